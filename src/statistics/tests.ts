import { DomainError } from '../expression/errors.js'
import type { Estimate } from './estimate.js'
import { type Moments, variance } from './moments.js'
import { chiSquareUpper, kolmogorovUpper, normalTwoSided, studentTwoSided } from './tails.js'

/** What a test found. `pValue`: chance of a statistic at least this extreme if the hypothesis holds. */
export interface TestResult {
  readonly statistic: number
  readonly pValue: number
}

/** NaN is never evidence: a test of it is refused. */
function checked(statistic: number, pValue: (statistic: number) => number, what: string): TestResult {
  if (Number.isNaN(statistic))
    throw new DomainError(`the ${what} has no value: its data are not numbers or have no spread`)
  return { statistic, pValue: pValue(statistic) }
}

/** z-test that an estimate's expectation is `expected`. @throws DomainError if there is no standard error. */
export function zTest({ value, standardError }: Estimate, expected: number): TestResult {
  return checked(standardError > 0 ? (value - expected) / standardError : Number.NaN, normalTwoSided, 'z statistic')
}

/** z-test that two independent estimates have one expectation. */
export function twoSampleZTest(a: Estimate, b: Estimate): TestResult {
  return zTest(
    { value: a.value - b.value, standardError: Math.hypot(a.standardError, b.standardError), count: a.count + b.count },
    0,
  )
}

/** Student's test that normal observations have the mean `expected`. */
export function tTest(moments: Moments, expected: number): TestResult {
  const standardError = Math.sqrt(variance(moments) / moments.count)
  const t = standardError > 0 ? (moments.mean - expected) / standardError : Number.NaN
  return checked(t, (x) => studentTwoSided(x, moments.count - 1), 't statistic')
}

/** Welch's test that two samples have one mean. */
export function welchTest(a: Moments, b: Moments): TestResult {
  const [va, vb] = [variance(a) / a.count, variance(b) / b.count]
  const degrees = (va + vb) ** 2 / (va ** 2 / (a.count - 1) + vb ** 2 / (b.count - 1))
  return checked((a.mean - b.mean) / Math.sqrt(va + vb), (x) => studentTwoSided(x, degrees), 't statistic')
}

/**
 * Pearson's chi-square test of counts against expected counts, with `fitted` parameters taken from the data.
 * @throws DomainError if an expected count is below 5 (pool the cells) or the lengths differ.
 */
export function chiSquareTest(observed: readonly number[], expected: readonly number[], fitted = 0): TestResult {
  if (observed.length !== expected.length || observed.length < 2)
    throw new DomainError(
      `${observed.length} observed and ${expected.length} expected counts: give as many, at least 2`,
    )
  if (expected.some((count) => !(count >= 5)))
    throw new DomainError('an expected count is below 5: pool cells before the chi-square test')
  const statistic = observed.reduce((sum, count, k) => sum + (count - expected[k]!) ** 2 / expected[k]!, 0)
  return checked(statistic, (x) => chiSquareUpper(x, observed.length - 1 - fitted), 'chi-square statistic')
}

/** Stephens' finite-sample form of Kolmogorov's limit: good to a few per cent of the p-value from n = 5 on. */
const kolmogorovPValue = (distance: number, n: number): number =>
  Math.min(1, Math.max(0, kolmogorovUpper((Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance)))

/** Kolmogorov–Smirnov test that numbers follow a continuous distribution function. */
export function kolmogorovSmirnovTest(values: readonly number[], cdf: (x: number) => number): TestResult {
  const n = values.length
  if (n < 5) throw new DomainError(`${n} values: the Kolmogorov–Smirnov test wants at least 5`)
  const sorted = Float64Array.from(values).sort()
  let distance = 0
  for (let k = 0; k < n; k++) {
    const p = cdf(sorted[k]!)
    if (Number.isNaN(p)) distance = Number.NaN
    else distance = Math.max(distance, p - k / n, (k + 1) / n - p)
  }
  return checked(distance, (d) => kolmogorovPValue(d, n), 'Kolmogorov–Smirnov distance')
}

/** Kolmogorov–Smirnov test that two samples have one continuous law. */
export function twoSampleKolmogorovSmirnovTest(a: readonly number[], b: readonly number[]): TestResult {
  if (a.length < 5 || b.length < 5)
    throw new DomainError('the Kolmogorov–Smirnov test wants at least 5 values a sample')
  if (a.some(Number.isNaN) || b.some(Number.isNaN)) throw new DomainError('a sample holds NaN, which is no evidence')
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()]
  let [i, j, distance] = [0, 0, 0]
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i]!, y[j]!)
    while (i < x.length && x[i]! <= at) i++
    while (j < y.length && y[j]! <= at) j++
    distance = Math.max(distance, Math.abs(i / x.length - j / y.length))
  }
  return checked(distance, (d) => kolmogorovPValue(d, (a.length * b.length) / (a.length + b.length)), 'distance')
}

/** Whether p-values are uniform on (0, 1), as those of true hypotheses with continuous statistics are. */
export const uniformityTest = (pValues: readonly number[]): TestResult =>
  kolmogorovSmirnovTest(pValues, (p) => Math.min(1, Math.max(0, p)))
