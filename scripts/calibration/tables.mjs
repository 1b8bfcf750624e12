/** The tables of docs/calibration.md, from what the seeds gave. */

import { readFileSync, writeFileSync } from 'node:fs'
import { normalTwoSided } from '../../dist/src/statistics/index.js'
import { binned, binsOf, holm, interval, tail, uniform, uniformity } from './statistics.mjs'

const row = (cells) => `| ${cells.join(' | ')} |`
const table = (head, rows) =>
  [row(head), row(head.map((_, k) => (k === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n')
const p = (x) => (x === 0 ? '0' : x < 0.001 ? x.toExponential(1) : x.toPrecision(2))
const percent = (x) => `${(100 * x).toPrecision(2)} %`
const range = ([low, high]) => `${p(low)} to ${p(high)}`

const short = (id) => id.slice(id.indexOf('/') + 1)
const shown = ({ statements }) =>
  `${short(statements[0])}${statements.length > 1 ? ` and ${statements.length - 1} more` : ''}`

/** Uniformity of each check's p-values, and of all together. */
export function uniformityTables(groups, pValues) {
  const tests = groups.map((_, g) => uniformity(pValues[g]))
  const adjusted = holm(tests.flatMap((test) => [test.uniform, test.binned ?? 1]))
  const perCheck = groups.map((group, g) => {
    const rows = pValues[g]
    const flat = rows.flat()
    const share = (level) => flat.filter((x) => x < level).length / flat.length
    return [
      `${group.check.name}, ${shown(group)}`,
      rows[0].length,
      p(tests[g].uniform),
      tests[g].binned === null ? 'counts' : p(tests[g].binned),
      p(Math.min(adjusted[2 * g], adjusted[2 * g + 1])),
      percent(share(0.05)),
      p(share(0.001)),
    ]
  })
  // One number of each check and seed: independent of one another but where checks share networks.
  const pooled = pValues.flatMap((rows) => rows.map((values, seed) => values[seed % values.length]))
  return {
    worst: Math.min(...adjusted),
    perCheck: table(
      [
        'check, statement',
        'numbers',
        'Kolmogorov-Smirnov',
        `chi-square, ${binsOf(pValues[0].length)} bins`,
        'smaller of both, corrected',
        'below 0.05',
        'below 0.001',
      ],
      perCheck,
    ),
    pooled: `One number of each check in turn, over all seeds (${pooled.length} p-values): Kolmogorov-Smirnov p = ${p(uniform(pooled))}, chi-square in ${binsOf(pooled.length)} bins p = ${p(binned(pooled))}.`,
  }
}

/**
 * How many p-values are small, over all checks; and, of those that are deviations in standard errors, how many would have been
 * by the normal law.
 */
export function tailTable(pValues, deviations, levels) {
  const seeds = pValues[0].length
  const rowsOf = (chosen) => Array.from({ length: seeds }, (_, seed) => chosen.flatMap((rows) => rows[seed]))
  const withErrors = pValues.filter((_, g) => deviations[g] !== null)
  const normal = deviations
    .filter((rows) => rows !== null)
    .map((rows) => rows.map((values) => values.map(normalTwoSided)))
  const ratio = ({ found, expected }) => (found / expected).toPrecision(3)
  return table(
    [
      'level',
      'p-values below',
      'expected',
      'standard deviation over seeds',
      'found over expected',
      'deviations in standard errors: found over expected',
      'the same by the normal law',
    ],
    levels.map((level) => {
      const all = tail(rowsOf(pValues), level)
      return [
        level.toExponential(0),
        all.found,
        all.expected.toPrecision(3),
        all.spread.toPrecision(2),
        ratio(all),
        ratio(tail(rowsOf(withErrors), level)),
        ratio(tail(rowsOf(normal), level)),
      ]
    }),
  )
}

/** Rate at which a check, all its numbers together, or an audit, all its checks together, would raise an alarm at a level. */
export function familyTable(pValues, levels) {
  const seeds = pValues[0].length
  const perCheck = pValues.map((rows) => rows.map((values) => Math.min(1, values.length * Math.min(...values))))
  const audits = Array.from({ length: seeds }, (_, s) =>
    Math.min(1, perCheck.length * Math.min(...perCheck.map((of) => of[s]))),
  )
  const all = perCheck.flat()
  return table(
    ['level', 'alarms of a check', 'rate', '95 % interval', 'alarms of an audit', 'rate', '95 % interval'],
    levels.map((level) => {
      const cells = [all, audits].flatMap((values) => {
        const found = values.filter((x) => x < level).length
        return [`${found} of ${values.length}`, p(found / values.length), range(interval(found, values.length))]
      })
      return [String(level), ...cells]
    }),
  )
}

/** What the checks declare, and what was caught of claims put off by as much. */
export function powerTables(groups, declared, caught) {
  return {
    declared: table(
      ['check, statement', 'best-measured number', 'worst-measured number'],
      groups.map((group, g) => [
        `${group.check.name}, ${shown(group)}`,
        percent(declared[g].smallest),
        percent(declared[g].largest),
      ]),
    ),
    caught: table(
      ['check, statement', 'claim put off by', 'caught by that number', '95 % interval', 'caught by the check'],
      caught.map(({ name, id, deviation, byNumber, byCheck, seeds }) => [
        `${name}, ${id}`,
        `${deviation > 0 ? '+' : '-'}${percent(Math.abs(deviation))}`,
        `${byNumber} of ${seeds}`,
        range(interval(byNumber, seeds)),
        byCheck,
      ]),
    ),
  }
}

/** Puts a text between two markers of a file. */
export function putBetween(file, marker, text) {
  const before = readFileSync(file, 'utf8')
  const pattern = new RegExp(`(<!-- ${marker} -->\\n)[\\s\\S]*(<!-- /${marker} -->)`)
  if (!pattern.test(before)) throw new Error(`${file} has no markers <!-- ${marker} -->`)
  writeFileSync(
    file,
    before.replace(pattern, (_, begin, end) => `${begin}\n${text}\n\n${end}`),
  )
}
