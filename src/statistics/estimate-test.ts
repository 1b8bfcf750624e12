/**
 * Whether an estimate's expectation is a given number, where few or skewed observations make the normal law of the
 * deviation in standard errors a bad guide: far out, where a refutation that may err once in a million times is decided,
 * a mean of 400 exponential numbers is below its expectation by six of its own standard errors thousands of times more
 * often than a normal variable. (A small mean comes with a small standard error.)
 *
 * Three steps take a deviation to the normal scale: the standard error is put at the expected value instead of the measured
 * one (regression of the error on the value); the value's skewness is taken out by Wilson and Hilferty's cube root, as for
 * a gamma law; and what is left is compared with Student's law of the error's degrees of freedom.
 */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { DomainError } from '../expression/errors.js'
import { degreesOfError, type Estimate } from './estimate.js'
import { studentTwoSided } from './tails.js'
import type { TestResult } from './tests.js'

/** Below this skewness a law is normal to all digits that matter. */
const negligible = 1e-9

/** Standard normal score of a standardised variable with this skewness. */
function normalScore(x: number, skewness: number): number {
  if (Math.abs(skewness) < negligible) return x
  return (6 / skewness) * (Math.cbrt(1 + (skewness * x) / 2) - 1) + skewness / 6
}

/** The inverse of `normalScore`. */
function skewedScore(z: number, skewness: number): number {
  if (Math.abs(skewness) < negligible) return z
  return (2 / skewness) * ((1 + (skewness * z) / 6 - skewness ** 2 / 36) ** 3 - 1)
}

/** |t| that Student's variable exceeds with probability alpha, both sides together. */
function studentCritical(alpha: number, degrees: number): number {
  const normal = -normalQuantile(alpha / 2, 0, 1)
  if (degrees > 1e7) return normal
  let [low, high] = [normal, 2 * normal]
  while (studentTwoSided(high, degrees) > alpha) high *= 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (studentTwoSided(middle, degrees) > alpha) low = middle
    else high = middle
  }
  return high
}

/**
 * Two-sided test of the expectation. The statistic is the deviation in standard errors, as measured.
 * @throws DomainError if there is no standard error.
 */
export function estimateTest(estimate: Estimate, expected: number): TestResult {
  const { value, standardError, skewness = 0, errorSlope = 0 } = estimate
  const statistic = standardError > 0 ? (value - expected) / standardError : Number.NaN
  if (!Number.isFinite(statistic))
    throw new DomainError('the deviation has no value: its data are not numbers or have no spread')
  const atExpected = 1 - errorSlope * statistic
  // An error that would vanish at the expected value: it is out of the law's reach.
  if (!(atExpected > 0)) return { statistic, pValue: 0 }
  const score = normalScore(statistic / atExpected, skewness)
  const degrees = degreesOfError(estimate)
  const pValue = degrees > 1e7 ? 2 * normalCdf(-Math.abs(score), 0, 1) : studentTwoSided(score, degrees)
  return { statistic, pValue }
}

/** A deviation that the error at the expected value would put at `score`; infinite where no deviation is so far out. */
function asMeasured(score: number, errorSlope: number): number {
  const atExpected = 1 + errorSlope * score
  return atExpected > 0 ? score / atExpected : score < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/**
 * Deviations in standard errors, as measured, outside of which `estimateTest` finds p-values below alpha: lower and upper. An end
 * is infinite where, of so few observations, no deviation is improbable enough.
 */
export function acceptedDeviations(estimate: Estimate, alpha: number): readonly [number, number] {
  const { skewness = 0, errorSlope = 0 } = estimate
  const critical = studentCritical(alpha, degreesOfError(estimate))
  const [lower, upper] = [-critical, critical].map((z) => asMeasured(skewedScore(z, skewness), errorSlope))
  return [lower!, upper!]
}

/**
 * The smallest deviation of the expectation from a claim, up or down, that `estimateTest` at level alpha catches with
 * the given power: in the estimate's own units, the standard error taken to move with the expectation as it does with
 * the value. Infinite where so few observations catch none.
 */
export function detectableDeviation(estimate: Estimate, { alpha, power }: { alpha: number; power: number }): number {
  const { standardError, skewness = 0, errorSlope = 0 } = estimate
  const critical = studentCritical(alpha, degreesOfError(estimate))
  // What the deviation is compared with varies too: critical times a standard error of so many degrees of freedom.
  const margin = normalQuantile(power, 0, 1) * Math.sqrt(1 + critical ** 2 / (2 * degreesOfError(estimate)))
  const [below, above] = [skewedScore(-critical, skewness), skewedScore(critical, skewness)]
  const [low, high] = [skewedScore(-margin, skewness), skewedScore(margin, skewness)]
  const [atLow, atHigh] = [1 + errorSlope * low, 1 + errorSlope * high]
  if (!(atLow > 0 && atHigh > 0)) return Number.POSITIVE_INFINITY
  return Math.max((above - low) / atLow, (high - below) / atHigh) * standardError
}
