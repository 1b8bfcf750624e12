import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import { DomainError } from '../expression/errors.js'
import { chiSquareTwoSided } from './tails.js'
import type { TestResult } from './tests.js'

/**
 * Exact test that the mean of `count` independent exponential powers |epsilon_q|^2 (complex Gaussian modes) has the
 * given expectation: 2 count mean / expected is chi-square with 2 count degrees of freedom. For a real mode (q = 0 or
 * pi) the power is Gaussian squared: pass `degreesPerPower: 1`.
 */
export function gammaRatioTest(
  mean: number,
  expected: number,
  count: number,
  { degreesPerPower = 2 }: { readonly degreesPerPower?: 1 | 2 } = {},
): TestResult {
  if (!(mean >= 0 && expected > 0) || !(count >= 1))
    throw new DomainError(`a mean power ${mean} of ${count} against ${expected}: give powers above zero and a count`)
  const degrees = degreesPerPower * count
  const statistic = (degrees * mean) / expected
  return { statistic, pValue: chiSquareTwoSided(statistic, degrees) }
}

/** The range of mean / expected that `gammaRatioTest` accepts at a two-sided level alpha. */
export function gammaRatioInterval(
  count: number,
  alpha: number,
  { degreesPerPower = 2 }: { readonly degreesPerPower?: 1 | 2 } = {},
): readonly [number, number] {
  const degrees = degreesPerPower * count
  return [chiSquareQuantile(alpha / 2, degrees) / degrees, chiSquareQuantile(1 - alpha / 2, degrees) / degrees]
}
