import { DomainError } from '../expression/errors.js'
import { findRoot } from '../numeric/roots.js'
import { type Estimate, shiftEstimate } from './estimate.js'
import { acceptedDeviations, estimateTest } from './estimate-test.js'
import { fitEstimates, type Misfit } from './fit-estimates.js'
import type { TestResult } from './tests.js'

/** What was measured at a value of a parameter, in a system of a size. Different responses are independent. */
export interface Response {
  readonly at: number
  readonly size: number
  readonly estimate: Estimate
}

/**
 * How responses depend on the parameter x and the size n: a polynomial in x, plus sum_p c_p n^-p. With `slope` the
 * polynomial is slope x + c_0, and nothing but c_0 is fitted of it.
 */
export interface ResponseModel {
  /** Degree of the polynomial in x, 1 or more. @defaultValue 2 */
  readonly degree?: number
  /** The slope in x where it is known beforehand: of a logarithm of a growth, say, in the logarithm of a factor of it. */
  readonly slope?: number
  /** Powers p of 1/n. @defaultValue 1 */
  readonly sizePowers?: readonly number[]
}

/** Where the response of infinite size vanishes, as far as the measurements tell. */
export interface RootFit {
  /** With its standard error to first order (delta method): for reports. The interval is the exact one. */
  readonly root: Estimate
  /** The same for a finite size. Throws DomainError where the response of that size has one sign over the measured range. */
  readonly rootAt: (size: number) => Estimate
  /** The slope of the response at the root. */
  readonly slope: number
  /** Test that the root is at x; beyond the measured range that it is at the range's end, which is nearer. */
  readonly test: (x: number) => TestResult
  /** The roots that `test` does not reject at level alpha; an end beyond the measured range is infinite. */
  readonly interval: (alpha: number) => readonly [from: number, to: number]
  readonly range: readonly [from: number, to: number]
  readonly misfit: Misfit
  readonly count: number
}

/**
 * The value of a parameter at which a measured response, extrapolated to infinite size, vanishes: the responses at several
 * values and sizes are fitted together, and the confidence interval of the root is made of those x at which the fitted
 * response does not differ from zero (Fieller 1954): exact where the response is normal, also where the slope is hardly known.
 * The response must be monotone over the measured range.
 * @throws DomainError where the points cannot fix the model, or the fitted response has one sign over the measured range.
 */
export function fitRoot(responses: readonly Response[], model: ResponseModel = {}): RootFit {
  const { degree = 2, slope, sizePowers = [1] } = model
  for (const { at, size } of responses)
    if (!(size > 0 && Number.isFinite(at)))
      throw new DomainError(`a response at ${at} and size ${size}: give a finite value and a positive size`)
  if (!(Number.isSafeInteger(degree) && degree >= 1) || !sizePowers.every((p) => p > 0))
    throw new DomainError(
      `degree ${degree}, powers ${sizePowers.join(', ')}: give a degree of 1 or more, powers above 0`,
    )
  const values = responses.map(({ at }) => at)
  const range = [Math.min(...values), Math.max(...values)] as const
  // Powers of x about the middle of the range hang together the least.
  const middle = (range[0] + range[1]) / 2
  const polynomial = (x: number): readonly number[] =>
    slope !== undefined ? [1] : Array.from({ length: degree + 1 }, (_, d) => (x - middle) ** d)
  const known = (x: number): number => (slope === undefined ? 0 : slope * (x - middle))
  const found = fitEstimates(
    responses.map(({ at, size }) => [...polynomial(at), ...sizePowers.map((p) => size ** -p)]),
    responses.map(({ at, estimate }) => shiftEstimate(estimate, -known(at))),
  )
  const response = (x: number, size: number): Estimate => {
    const row = [...polynomial(x), ...sizePowers.map((p) => size ** -p)]
    const value = shiftEstimate(found.at(row), known(x))
    return { ...value, standardError: value.standardError * found.weightingFactor(row) }
  }
  // A known slope holds everywhere; a fitted one where it was measured.
  const bounded = slope === undefined
  const rootAt = (size: number): Estimate => {
    const value = (x: number): number => response(x, size).value
    const at = bounded ? rootWithin(value, range) : middle - value(middle) / slope
    const rate = slope ?? slopeAt(found.fit.coefficients, degree, at - middle)
    return { ...shiftEstimate(response(at, size), 0, 1 / rate), value: at }
  }
  const limit = (x: number): Estimate => response(x, Number.POSITIVE_INFINITY)
  const root = rootAt(Number.POSITIVE_INFINITY)
  const at = root.value
  const rate = slope ?? slopeAt(found.fit.coefficients, degree, at - middle)
  const test = (x: number): TestResult =>
    estimateTest(limit(bounded ? Math.min(range[1], Math.max(range[0], x)) : x), 0)
  return {
    root,
    rootAt,
    slope: rate,
    test,
    interval: (alpha) => {
      const distance = Math.max(...acceptedDeviations(limit(at), alpha).map(Math.abs)) * limit(at).standardError
      const ends = ([-1, 1] as const).map((side) => {
        const far = bounded ? range[side < 0 ? 0 : 1] : at + (4 * side * distance) / Math.abs(rate)
        if (!(test(far).pValue < alpha)) return side * Number.POSITIVE_INFINITY
        // Far out p-values are zero to all digits.
        return findRoot((x) => Math.max(-700, Math.log(test(x).pValue / alpha)), at, far, 1e-9).root
      })
      return [ends[0]!, ends[1]!]
    },
    range,
    misfit: found.misfit,
    count: responses.reduce((sum, { estimate }) => sum + estimate.count, 0),
  }
}

function rootWithin(value: (x: number) => number, [from, to]: readonly [number, number]): number {
  if (value(from) > 0 === value(to) > 0)
    throw new DomainError(
      `the fitted response has one sign from ${from} to ${to}: measure at values on both sides of the root`,
    )
  return findRoot(value, from, to, 1e-12).root
}

/** The slope of a polynomial with these lowest coefficients. */
const slopeAt = (coefficients: readonly number[], degree: number, x: number): number =>
  Array.from({ length: degree }, (_, k) => (k + 1) * coefficients[k + 1]! * x ** k).reduce((sum, term) => sum + term)
