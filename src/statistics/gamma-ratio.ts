import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import { DomainError } from '../expression/errors.js'
import { chiSquareTwoSided } from './tails.js'
import type { TestResult } from './tests.js'

export interface GammaRatioOptions {
  /**
   * Degrees of freedom of one power: 2 / (Var / mean^2). Exact for 2 (complex Gaussian modes) and 1 (real ones: q = 0 or
   * pi). Modes that are not Gaussian, as those of the norm at finite width close to criticality, have fewer (measure
   * Var / mean^2 on many networks); the test is then the gamma law matched in mean and variance.
   * @defaultValue 2
   */
  readonly degreesPerPower?: number
}

function degreesOf(count: number, { degreesPerPower = 2 }: GammaRatioOptions): number {
  const degrees = degreesPerPower * count
  if (!(count >= 1 && degrees > 0 && Number.isFinite(degrees)))
    throw new DomainError(`${count} powers of ${degreesPerPower} degrees of freedom each: give positive numbers`)
  return degrees
}

/**
 * Exact test that the mean of `count` independent exponential powers |epsilon_q|^2 (complex Gaussian modes) has the
 * given expectation: 2 count mean / expected is chi-square with 2 count degrees of freedom. For a real mode (q = 0 or
 * pi) the power is Gaussian squared: pass `degreesPerPower: 1`. With few networks this is the test to take: a z-test
 * with the sample's own standard error raises false alarms, since a small mean comes with a small standard error.
 * @throws DomainError unless the mean is at least zero, the expectation and the count positive.
 */
export function gammaRatioTest(
  mean: number,
  expected: number,
  count: number,
  options: GammaRatioOptions = {},
): TestResult {
  if (!(mean >= 0 && expected > 0 && Number.isFinite(mean / expected)))
    throw new DomainError(
      `a mean power ${mean} against ${expected}: give a mean of zero or more and an expectation above zero`,
    )
  const degrees = degreesOf(count, options)
  const statistic = (degrees * mean) / expected
  return { statistic, pValue: chiSquareTwoSided(statistic, degrees) }
}

/** The range of mean / expected that `gammaRatioTest` accepts at a two-sided level alpha. */
export function gammaRatioInterval(
  count: number,
  alpha: number,
  options: GammaRatioOptions = {},
): readonly [number, number] {
  const degrees = degreesOf(count, options)
  return [chiSquareQuantile(alpha / 2, degrees) / degrees, chiSquareQuantile(1 - alpha / 2, degrees) / degrees]
}

/**
 * The smallest relative deviation of the expectation from a claim, up or down, that `gammaRatioTest` at a two-sided level
 * alpha catches with the given power.
 */
export function gammaRatioDetectable(
  count: number,
  { alpha, power }: { readonly alpha: number; readonly power: number },
  options: GammaRatioOptions = {},
): number {
  const [lower, upper] = gammaRatioInterval(count, alpha, options)
  const [low, high] = gammaRatioInterval(count, 2 * (1 - power), options)
  return Math.max(upper / low - 1, 1 - lower / high)
}
