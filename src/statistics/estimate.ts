import { DomainError } from '../expression/errors.js'
import { type Moments, standardErrorOfMean, standardErrorOfVariance, variance } from './moments.js'

/** A number with its standard error, from `count` independent observations. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
  readonly count: number
}

function checkEnough(count: number, least: number): void {
  if (count < least) throw new DomainError(`${count} observations have no standard error here: take at least ${least}`)
}

/** The mean with its standard error. @throws DomainError for fewer than two observations. */
export function meanEstimate(moments: Moments): Estimate {
  checkEnough(moments.count, 2)
  return { value: moments.mean, standardError: standardErrorOfMean(moments), count: moments.count }
}

/** The unbiased variance with its standard error from the sample's fourth moment. @throws DomainError for fewer than four observations. */
export function varianceEstimate(moments: Moments): Estimate {
  checkEnough(moments.count, 4)
  return { value: variance(moments), standardError: standardErrorOfVariance(moments), count: moments.count }
}

/** An estimate multiplied by a number without error. */
export const scaleEstimate = ({ value, standardError, count }: Estimate, factor: number): Estimate => ({
  value: factor * value,
  standardError: Math.abs(factor) * standardError,
  count,
})
