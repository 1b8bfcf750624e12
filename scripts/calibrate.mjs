// Audits the papers with many seeds and compares verdicts with those of the first: nothing true may be refuted by chance.
// Usage: npm run build && npm run calibrate -- [SEEDS=10] [DEPTH=quick]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'dist', 'src', 'cli', 'corrigenda.js')
const [seeds = '10', depth = 'quick'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'corrigenda-'))
let first
let different = 0
const largest = []
try {
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const file = join(folder, `${seed}.json`)
    const { status } = spawnSync(
      process.execPath,
      [program, 'audit', '--seed', String(seed), '--depth', depth, '--json', file, '--out', folder, '--no-cache'],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    const { papers } = JSON.parse(readFileSync(file, 'utf8'))
    const statements = papers.flatMap((paper) => paper.statements)
    const verdicts = new Map(
      statements.map(({ id, verdict, severity, origin }) => [id, `${verdict} ${severity} ${origin}`]),
    )
    first ??= verdicts
    for (const [id, verdict] of verdicts)
      if (first.get(id) !== verdict) {
        different += 1
        console.log(`seed ${seed}: ${id} is ${verdict}, with seed 1 it was ${first.get(id)}`)
      }
    for (const { id, checks } of statements)
      for (const { method, outcome, target, numbers } of checks)
        if (method === 'sampled' && outcome === 'holds' && Math.abs(numbers.z) <= numbers.limit)
          largest.push({ id, target, seed, share: Math.abs(numbers.z) / numbers.limit })
    console.log(`seed ${seed}: ${statements.length} statements, exit code ${status}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
largest.sort((a, b) => b.share - a.share)
console.log(`${different} verdicts differ; nearest to a false alarm: ${JSON.stringify(largest.slice(0, 3))}`)
process.exitCode = different > 0 ? 1 : 0
