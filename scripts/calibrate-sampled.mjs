// Runs the sampled checks of all papers, and nothing else of an audit, with many seeds: are p-values of what holds uniform, does
// any outcome change, how often would a true statement be refuted, and is what the checks declare to catch caught?
// Usage: npm run build && npm run calibrate-sampled -- [FOLDER=out/calibration] [SEEDS=1000] [DEPTH=quick] [PAPER | STATEMENT ...]
// Each paper (all, where none is named) and each statement named has a part of its own in docs/calibration.md.
// FOLDER keeps the simulations: a run that is ended goes on where it was, and the statistics are measured anew without simulating.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { samplingSignificance, statedPower } from '../dist/src/audit/index.js'
import { openSession } from '../dist/src/cli/session.js'
import { dearFrom, grouped, isTrue, judgedWith, most } from './calibration/measure.mjs'
import { putOffChecks } from './calibration/power.mjs'
import { sampledChecks } from './calibration/sampled-checks.mjs'
import { familyTable, powerTables, putBetween, tailTable, uniformityTables } from './calibration/tables.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [folder = join(root, 'out', 'calibration'), count = '1000', depth = 'quick', ...wanted] = process.argv.slice(2)
const seeds = Array.from({ length: Number(count) }, (_, k) => k + 1)
if (!(seeds.length >= 50)) throw new Error(`${count} seeds: give 50 or more`)

const { papers } = await openSession(root)
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const listed = ({ check, statements }) =>
  `${check.name} (${statements.length} statement${statements.length === 1 ? '' : 's'}, from ${statements[0]})`

for (const name of wanted.length > 0 ? wanted : papers.map(({ paper }) => paper.id)) await measure(name)

/** Runs the sampled checks of a paper or of a statement with all seeds, and puts the tables into its part of docs/calibration.md. */
async function measure(name) {
  const prepared = papers.find(({ paper }) => paper.id === name.split('/')[0])
  if (prepared === undefined) throw new Error(`no paper ${name}`)
  const checks = (await sampledChecks([prepared])).filter(({ id }) => id === name || name === prepared.paper.id)
  const first = judgedWith({ folder, seed: 1, depth }, checks)
  const groups = grouped(checks, first)
  const holding = groups.filter(isTrue)

  const pValues = holding.map(() => [])
  const deviations = holding.map(() => [])
  const declared = holding.map(() => ({ smallest: [], largest: [], ofNumbers: [] }))
  const changed = []
  let undecided = 0
  for (const seed of seeds) {
    const evidence = judgedWith({ folder, seed, depth }, groups)
    groups.forEach((group, g) => {
      const { outcome, tests, numbers, summary } = evidence[g]
      if (outcome !== group.evidence.outcome) changed.push({ seed, group, outcome, summary })
      const at = holding.indexOf(group)
      if (at < 0) return
      if (tests === undefined) {
        undecided += 1
        return
      }
      pValues[at].push(tests.map(({ pValue }) => pValue))
      deviations[at].push(tests.map(({ deviation }) => deviation ?? null))
      declared[at].smallest.push(numbers.smallestDetectable)
      declared[at].largest.push(numbers.largestDetectable)
      declared[at].ofNumbers.push(tests.map(({ detectable, prediction }) => detectable / Math.abs(prediction)))
    })
    if (seed % 50 === 0) console.error(`seed ${seed}`)
  }

  const medians = declared.map(({ smallest, largest, ofNumbers }) => ({
    smallest: median(smallest),
    largest: median(largest),
    ofNumbers: ofNumbers[0].map((_, k) => median(ofNumbers.map((row) => row[k]))),
  }))
  const putOff = putOffChecks(
    holding,
    medians.map(({ ofNumbers }) => ofNumbers),
  ).map((one) => ({ ...one, seeds: 0, byNumber: 0, byCheck: 0 }))
  for (const seed of seeds) {
    const evidence = judgedWith({ folder, seed, depth }, putOff)
    putOff.forEach((one, k) => {
      const { outcome, tests } = evidence[k]
      one.seeds += 1
      if (tests[one.number].pValue < samplingSignificance / tests.length) one.byNumber += 1
      if (outcome === 'refuted') one.byCheck += 1
    })
    if (seed % 50 === 0) console.error(`seed ${seed}`)
  }

  const normal = deviations.map((rows) => (rows[0].includes(null) ? null : rows))
  const { perCheck, pooled, worst } = uniformityTables(holding, pValues)
  const power = powerTables(holding, medians, putOff)
  const refutedTrue = changed.filter(({ group, outcome }) => holding.includes(group) && outcome === 'refuted').length
  const trials = holding.length * seeds.length
  const comparisons = pValues.reduce((sum, rows) => sum + rows.flat().length, 0)
  const other = groups.filter((group) => !holding.includes(group))

  const tallied = (group) => {
    const own = changed.filter((one) => one.group === group)
    const outcomes = [...new Set(own.map(({ outcome }) => outcome))].map(
      (outcome) => `${outcome} with ${own.filter((one) => one.outcome === outcome).length} seeds`,
    )
    const [{ seed, summary }] = own
    return `- ${listed(group)}: ${outcomes.join(', ')}, ${group.evidence.outcome} with ${seeds.length - own.length} (seed ${seed}: ${summary})`
  }

  const text = `${checks.length} sampled checks of statements' printed and corrected forms, with seeds 1 to ${seeds.length} at depth \`${depth}\`; no more than ${most.preactivations} networks of an ensemble that is simulated neuron by neuron (${most.fewPreactivations} where a network has fewer than ${dearFrom} of them), no more than ${most.others} of any other. Checks of several statements that come to the same numbers are judged once: ${groups.length} are left, ${holding.length} of them with a hypothesis that holds (${comparisons} p-values in all).

#### Outcomes

${
  changed.length === 0
    ? `No outcome of any check changed over the seeds: what held with seed 1 held with all ${seeds.length}, what was refuted was refuted with all.`
    : `Outcomes that are not the same with all seeds; of checks without p-values, fewer networks than an audit takes may leave them undecided:\n\n${groups
        .filter((group) => changed.some((one) => one.group === group))
        .map(tallied)
        .join('\n')}`
}
${undecided > 0 ? `\n${undecided} times a check gave no p-values.\n` : ''}
Of what holds, ${refutedTrue} of ${trials} checks were refuted. At the level declared, 2e-7 each, that was to be expected; the seeds alone bound the level of a check by ${(3 / trials).toExponential(1)} (95 %), the counts below of small p-values bound it more closely.

${other.length === 0 ? '' : `Without p-values, or with those of a hypothesis that is to be refuted, and so only in the comparison of outcomes: ${other.map(listed).join('; ')}.`}

#### Uniform

${perCheck}

The numbers of one seed come from the same networks, so each number is tested over the seeds by itself, and the smallest p-value multiplied by their count. Where p-values come from counts of networks (\`counts\`), they lie on a lattice and no test in bins applies. The corrected value is Holm's over all checks and both tests; the smallest is ${worst.toPrecision(2)}. ${pooled}

#### Small p-values

${normal.includes(null) ? 'The last two columns leave out the variances of Fourier modes, which are tested by an exact law and not by deviations in standard errors.\n\n' : ''}${tailTable(pValues, normal, [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6])}

#### False alarms

${familyTable(pValues, [0.05, 0.01, 0.001])}

A check's alarm is any of its p-values below the level over their count; an audit's, any below that over the number of checks.

#### Power

Every sampled check declares, in its evidence, the smallest relative deviation that it catches with probability ${statedPower} at its level. Medians over the seeds, at these sizes:

${power.declared}${putOff.length === 0 ? '' : `\n\nClaims put off by what is declared for the best-measured number (the median over the seeds), up and down, and judged with every seed:\n\n${power.caught}`}`
  putBetween(join(root, 'docs', 'calibration.md'), `sampled checks of ${name}`, text)
  console.log(`${name}: ${changed.length} outcomes differ; smallest corrected p-value of uniformity ${worst}`)
}
