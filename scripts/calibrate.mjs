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

/** The papers of a seed's report: as kept, or audited now. The exit code is 0 where every statement is accounted for. */
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
  return JSON.parse(readFileSync(file, 'utf8')).papers
}

const judged = ({ verdict, severity, origin }) => `${verdict}, ${severity}, ${origin}`
const unaccounted = ({ verdict, openReason }) => verdict === 'refuted' || (verdict === 'open' && openReason === null)
const papers = new Map()
const differences = []
try {
  for (let seed = 1; seed <= Number(seeds); seed++) {
    for (const { id: paper, statements } of audited(seed)) {
      const first = new Map(statements.map((statement) => [statement.id, judged(statement)]))
      if (!papers.has(paper)) papers.set(paper, { first, seeds: 0, differing: 0, open: 0, held: 0, corrected: [] })
      const tally = papers.get(paper)
      tally.seeds += 1
      tally.open += statements.filter(unaccounted).length
      for (const id of new Set([...first.keys(), ...tally.first.keys()])) {
        const [was, is] = [tally.first.get(id) ?? 'absent', first.get(id) ?? 'absent']
        if (was === is) continue
        tally.differing += 1
        differences.push(`seed ${seed}: ${id} is ${is}, with seed 1 it was ${was}`)
      }
      for (const { id, checks } of statements)
        for (const { method, outcome, numbers } of checks) {
          if (method !== 'sampled' || outcome !== 'holds') continue
          tally.held += 1
          const { pValue = numbers.leastP, comparisons, significance } = numbers
          // Without p-values, or with those of a hypothesis that is to be refuted: nothing that could come near an alarm.
          if (pValue === undefined || pValue * comparisons < significance) continue
          tally.corrected.push({ id, seed, p: Math.min(1, pValue * comparisons) })
        }
      console.log(
        `seed ${seed}, ${paper}: ${statements.length} statements, ${statements.filter(unaccounted).length} not accounted for`,
      )
    }
  }
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true })
}
const nearest = ({ corrected }) => {
  if (corrected.length === 0) return 'no p-values'
  const { id, seed, p } = corrected.reduce((least, one) => (one.p < least.p ? one : least))
  return `p = ${p.toPrecision(2)}, corrected for its check's numbers: ${id.split('/')[1]}, seed ${seed}`
}
const rows = [...papers].map(
  ([paper, tally]) =>
    `| ${paper} | ${tally.seeds} | ${tally.first.size} | ${tally.differing} | ${tally.open} | ${tally.held}, ${tally.corrected.length} of them with p-values | ${nearest(tally)} |`,
)
const text = `| paper | seeds | statements | verdicts, severities or origins that differ from seed 1's | statements refuted without a correction, or open | sampled comparisons that held | nearest to a false alarm (2e-7 would be one) |
| --- | --: | --: | --: | --: | --- | --- |
${rows.join('\n')}${differences.map((line) => `\n\n- ${line}`).join('')}`
putBetween(join(root, 'docs', 'calibration.md'), `audits at depth ${depth}`, text)
console.log(text)
process.exitCode = differences.length > 0 ? 1 : 0
