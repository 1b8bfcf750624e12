import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { DomainError } from '../expression/errors.js'

export interface PowerRequest {
  /** Standard error of what is compared. */
  readonly standardError: number
  /** Chance of any false alarm over all tests. */
  readonly alpha: number
  /** Chance of catching the deviation. @defaultValue 0.999 */
  readonly power?: number
  /** How many two-sided tests share alpha (Bonferroni). @defaultValue 1 */
  readonly tests?: number
}

function checkProbability(value: number, what: string): void {
  if (!(value > 0 && value < 1)) throw new DomainError(`${what} is ${value}: give a number between 0 and 1`)
}

/** |z| from which one of `tests` two-sided z-tests rejects, the chance of any false alarm being alpha. */
export function criticalZ(alpha: number, tests = 1): number {
  checkProbability(alpha, 'alpha')
  if (!(tests >= 1)) throw new DomainError(`${tests} tests: give 1 or more`)
  return -normalQuantile(alpha / (2 * tests), 0, 1)
}

/**
 * The smallest deviation of an expectation, in the units of its standard error, that a two-sided z-test catches with
 * the given power: (z_{1 - alpha/(2 tests)} + z_power) standard errors.
 * @throws DomainError outside 0 < alpha, power < 1, or without a positive standard error.
 */
export function smallestDetectableDeviation({ standardError, alpha, power = 0.999, tests = 1 }: PowerRequest): number {
  checkProbability(power, 'the power')
  if (!(standardError > 0 && Number.isFinite(standardError)))
    throw new DomainError(`the standard error is ${standardError}: a test without spread has no power to state`)
  return (criticalZ(alpha, tests) + normalQuantile(power, 0, 1)) * standardError
}
