// Audits the papers with many seeds and compares verdicts with those of the first: nothing true may be refuted by chance. The
// result goes into docs/calibration.md.
// Usage: npm run build && npm run calibrate -- [SEEDS=10] [DEPTH=quick] [FOLDER]
// FOLDER keeps the reports, so that a run that is ended goes on where it was; give another after a change of the code.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { putBetween } from './calibration/tables.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'dist', 'src', 'cli', 'corrigenda.js')
const [seeds = '10', depth = 'quick', kept] = process.argv.slice(2)
const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'corrigenda-'))
mkdirSync(folder, { recursive: true })

/** A seed's report: as kept, or audited now. The exit code is 0 where every statement is accounted for. */
function audited(seed) {
  const file = join(folder, `${depth}-${seed}.json`)
  if (!existsSync(file)) {
    const options = [
      '--seed',
      String(seed),
      '--depth',
      depth,
      '--json',
      file,
      '--out',
      join(folder, 'out'),
      '--no-cache',
    ]
    const { status } = spawnSync(process.execPath, [program, 'audit', ...options], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status === null) throw new Error(`the audit with seed ${seed} was ended`)
  }
  return JSON.parse(readFileSync(file, 'utf8')).papers.flatMap((paper) => paper.statements)
}

const judged = ({ verdict, severity, origin }) => `${verdict} ${severity} ${origin}`
const unaccounted = ({ verdict }) => verdict === 'refuted' || verdict === 'open'
let first
const differences = []
const sampled = []
let open = 0
try {
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const statements = audited(seed)
    first ??= new Map(statements.map((statement) => [statement.id, judged(statement)]))
    for (const statement of statements) {
      if (first.get(statement.id) !== judged(statement))
        differences.push(
          `seed ${seed}: ${statement.id} is ${judged(statement)}, with seed 1 it was ${first.get(statement.id)}`,
        )
      for (const { method, outcome, target, numbers } of statement.checks)
        if (method === 'sampled' && outcome === 'holds' && numbers.pValue * numbers.comparisons >= numbers.significance)
          sampled.push({ id: statement.id, target, seed, corrected: numbers.pValue * numbers.comparisons })
    }
    open += statements.filter(unaccounted).length
    console.log(
      `seed ${seed}: ${statements.length} statements, ${statements.filter(unaccounted).length} not accounted for`,
    )
  }
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true })
}
sampled.sort((a, b) => a.corrected - b.corrected)
const [nearest] = sampled
const text = `| depth | seeds | statements | verdicts, severities or origins that differ from seed 1's | statements refuted without a correction, or open | sampled comparisons that held | nearest to a false alarm |
| --- | --: | --: | --: | --: | --: | --- |
| ${depth} | 1 to ${seeds} | ${first.size} | ${differences.length} | ${open} | ${sampled.length} | p = ${nearest.corrected.toPrecision(2)}, corrected for its check's numbers: ${nearest.id}, seed ${nearest.seed} (2e-7 would refute) |${differences.map((line) => `\n\n- ${line}`).join('')}`
putBetween(join(root, 'docs', 'calibration.md'), `audits at depth ${depth}`, text)
for (const line of differences) console.log(line)
console.log(`${differences.length} verdicts differ; nearest to a false alarm: ${JSON.stringify(sampled.slice(0, 3))}`)
process.exitCode = differences.length > 0 ? 1 : 0
