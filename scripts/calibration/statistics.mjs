/** What p-values of many seeds say: whether they are uniform, and how many are small. */
import { chiSquareTest, holm, kolmogorovSmirnovTest } from '../../dist/src/statistics/index.js'

/** As many equal bins as hold five values each, at most 20. */
export const binsOf = (count) => Math.min(20, Math.floor(count / 5))

/** Chi-square over equal bins. */
export function binned(pValues) {
  const bins = binsOf(pValues.length)
  const counts = new Array(bins).fill(0)
  for (const p of pValues) counts[Math.min(bins - 1, Math.floor(p * bins))] += 1
  return chiSquareTest(counts, new Array(bins).fill(pValues.length / bins)).pValue
}

/** Kolmogorov and Smirnov's test of uniformity. */
export const uniform = (pValues) => kolmogorovSmirnovTest(pValues, (p) => Math.min(1, Math.max(0, p))).pValue

/** Whether p-values come from counts: so few of them differ that they lie on a lattice, and bins hold what the lattice gives them. */
const onLattice = (pValues) => new Set(pValues).size < pValues.length / 2

/**
 * Uniformity of a check's p-values: each of its numbers is tested over the seeds, which are independent, and the smallest of
 * the numbers' p-values is multiplied by their count (the numbers of one seed come from the same networks).
 * `pValues[seed][number]`.
 */
export function uniformity(pValues) {
  const numbers = pValues[0].map((_, k) => pValues.map((row) => row[k]))
  const smallest = (test) => Math.min(1, numbers.length * Math.min(...numbers.map(test)))
  const lattice = numbers.some(onLattice)
  return { uniform: smallest(uniform), binned: lattice ? null : smallest(binned) }
}

/** How many p-values lie below a level, what is expected, and the spread of the count as the seeds show it. */
export function tail(rows, level) {
  const counts = rows.map((row) => row.filter((p) => p < level).length)
  const total = rows.reduce((sum, row) => sum + row.length, 0)
  const found = counts.reduce((a, b) => a + b, 0)
  const mean = found / counts.length
  const spread = Math.sqrt((counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (counts.length - 1)) * counts.length)
  return { level, total, found, expected: total * level, spread }
}

/** Wilson's interval of a share at 95 %. */
export function interval(found, total) {
  const z = 1.959964
  const share = found / total
  const middle = (share + z ** 2 / (2 * total)) / (1 + z ** 2 / total)
  const half = (z / (1 + z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2))
  return [found === 0 ? 0 : middle - half, found === total ? 1 : middle + half]
}

export { holm }
