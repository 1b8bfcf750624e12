import { DomainError } from '../expression/errors.js'
import {
  excessKurtosis,
  type Moments,
  skewness,
  standardErrorOfMean,
  standardErrorOfVariance,
  variance,
} from './moments.js'

/** A number with its standard error, from `count` independent observations, and what is known of the number's own law. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
  readonly count: number
  /** Skewness of the value, not of an observation: for a mean that is less by the root of the count. @defaultValue 0 */
  readonly skewness?: number
  /**
   * How the standard error moves with the value, by regression: half the skewness where it was measured on the same
   * observations as the value (few large ones raise both), zero where it was known beforehand. @defaultValue 0
   */
  readonly errorSlope?: number
  /** Degrees of freedom of the standard error; Infinity where it was known beforehand. @defaultValue count - 1 */
  readonly degreesOfFreedom?: number
}

function checkEnough(count: number, least: number): void {
  if (count < least) throw new DomainError(`${count} observations have no standard error here: take at least ${least}`)
}

/**
 * The mean with its standard error, and the law of both as far as the sample's third and fourth moments tell. With
 * observations of skewness g and excess kurtosis k, the mean has skewness g/√n, and the part of the sample's variance that
 * is not correlated with the mean varies as one of 2(n - 1)/(2 + k - g²) degrees of freedom.
 * @throws DomainError for fewer than two observations.
 */
export function meanEstimate(moments: Moments): Estimate {
  const { count, mean } = moments
  checkEnough(count, 2)
  const standardError = standardErrorOfMean(moments)
  if (!(standardError > 0)) return { value: mean, standardError, count }
  const [g, k] = [skewness(moments), excessKurtosis(moments)]
  return {
    value: mean,
    standardError,
    count,
    skewness: g / Math.sqrt(count),
    errorSlope: g / Math.sqrt(count) / 2,
    degreesOfFreedom: Math.min(count - 1, (2 * (count - 1)) / Math.max(2 + k - g * g, 2 / count)),
  }
}

/** The unbiased variance with its standard error from the sample's fourth moment. @throws DomainError for fewer than four observations. */
export function varianceEstimate(moments: Moments): Estimate {
  checkEnough(moments.count, 4)
  return { value: variance(moments), standardError: standardErrorOfVariance(moments), count: moments.count }
}

/**
 * The mean of the observations' squares, from the moments of the observations: x² = m² + 2md + d² about the mean m, so
 * that its variance is 4m² E d² + 4m E d³ + E d⁴ - (E d²)². Its skewness is that of 2md + d² to first order in d/m: meant
 * for observations that fluctuate little about a mean. @throws DomainError for fewer than four observations.
 */
export function meanSquareEstimate({ count: n, mean, m2, m3, m4 }: Moments): Estimate {
  checkEnough(n, 4)
  const [d2, d3, d4] = [m2 / n, m3 / n, m4 / n]
  const spread = 4 * mean ** 2 * d2 + 4 * mean * d3 + d4 - d2 ** 2
  const third = 8 * mean ** 3 * d3 + 12 * mean ** 2 * (d4 - d2 ** 2)
  const skew = spread > 0 ? third / spread ** 1.5 / Math.sqrt(n) : 0
  return {
    value: mean ** 2 + d2,
    standardError: Math.sqrt(Math.max(0, spread) / (n - 1)),
    count: n,
    skewness: skew,
    errorSlope: skew / 2,
    degreesOfFreedom: n - 1,
  }
}

/** The share of `count` independent events among `total` trials, with its binomial error. @throws DomainError outside 0 < count < total. */
export function shareEstimate(count: number, total: number): Estimate {
  if (!(count > 0 && count < total))
    throw new DomainError(`${count} of ${total}: a share of none or of all has no standard error`)
  const value = count / total
  const standardError = Math.sqrt((value * (1 - value)) / total)
  const skew = (1 - 2 * value) / (total * standardError)
  return {
    value,
    standardError,
    count: total,
    skewness: skew,
    errorSlope: skew / 2,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  }
}

/**
 * The sum of independent estimates times fixed weights. Variances add with squared weights, third cumulants (and what the
 * errors owe to the values) with cubed ones; degrees of freedom by Satterthwaite's rule. `count` is that of all together.
 * @throws DomainError for lists of different lengths, or none.
 */
export function combineEstimates(weights: readonly number[], estimates: readonly Estimate[]): Estimate {
  if (weights.length !== estimates.length || weights.length === 0)
    throw new DomainError(`${weights.length} weights for ${estimates.length} estimates: give one each`)
  const errors = estimates.map(({ standardError }, i) => weights[i]! * standardError)
  const sum = (term: (estimate: Estimate, i: number) => number): number =>
    estimates.reduce((total, estimate, i) => total + term(estimate, i), 0)
  const spread = sum((_, i) => errors[i]! ** 2)
  const standardError = Math.sqrt(spread)
  return {
    value: sum(({ value }, i) => weights[i]! * value),
    standardError,
    count: sum(({ count }) => count),
    skewness: sum(({ skewness: own = 0 }, i) => own * (errors[i]! / standardError) ** 3),
    errorSlope: sum(({ errorSlope = 0 }, i) => errorSlope * (errors[i]! / standardError) ** 3),
    degreesOfFreedom: 1 / sum((estimate, i) => (errors[i]! / standardError) ** 4 / degreesOfError(estimate)),
  }
}

/** Degrees of freedom of an estimate's standard error. */
export const degreesOfError = ({ degreesOfFreedom, count }: Estimate): number => degreesOfFreedom ?? count - 1

/** The estimate of `offset + factor * x` from that of x; both numbers are without error. */
export const shiftEstimate = (estimate: Estimate, offset: number, factor = 1): Estimate => ({
  ...estimate,
  value: offset + factor * estimate.value,
  standardError: Math.abs(factor) * estimate.standardError,
  ...(estimate.skewness === undefined ? {} : { skewness: Math.sign(factor) * estimate.skewness }),
  ...(estimate.errorSlope === undefined ? {} : { errorSlope: Math.sign(factor) * estimate.errorSlope }),
})

/** An estimate multiplied by a number without error. */
export const scaleEstimate = (estimate: Estimate, factor: number): Estimate => shiftEstimate(estimate, 0, factor)
