import { DomainError } from '../../expression/errors.js'

/** A linear network of constant width, deep inside: what its stationary law depends on. */
export interface LinearChain {
  readonly width: number
  /** sigma_w^2, below 1. */
  readonly weightVariance: number
  /** sigma_b^2, above 0. */
  readonly biasVariance: number
}

/** Throws DomainError unless the linear chain has a stationary law. */
export function checkLinearChain({ width, weightVariance, biasVariance }: LinearChain): void {
  if (!Number.isSafeInteger(width) || width < 1)
    throw new DomainError(`the width is ${width}: give a whole number of neurons, 1 or more`)
  if (!(weightVariance >= 0 && weightVariance < 1))
    throw new DomainError(
      `the weight variance is ${weightVariance}: the norm of a linear network has a stationary law with a mean for 0 <= sigma_w^2 < 1`,
    )
  if (!(biasVariance > 0 && Number.isFinite(biasVariance)))
    throw new DomainError(
      `the bias variance is ${biasVariance}: without biases the norm dies out; give a positive number`,
    )
}

/** Exact stationary moments of r^2 = |z^l|^2. */
export interface SquaredNormLaw {
  readonly mean: number
  readonly variance: number
  /** Cov(r^2 at layer l + k, r^2 at layer l) for k >= 0. */
  autocovariance(lag: number): number
}

/**
 * The stationary law of r^2 to second order, in closed form. From r_{l+1}^2 = D chi^2_N with D = sigma_w^2 r_l^2 / N +
 * sigma_b^2, E chi^2 = N and E chi^4 = N (N + 2):
 * E r^2 = N sigma_b^2 / (1 - sigma_w^2), E r^4 = (1 + 2/N) E (sigma_w^2 r^2 + N sigma_b^2)^2, and since
 * E[r_{l+1}^2 | r_l^2] = sigma_w^2 r_l^2 + N sigma_b^2, Cov(k) = sigma_w^{2k} Var.
 * @throws DomainError if there is no stationary law, or its variance is infinite (sigma_w^4 (1 + 2/N) >= 1).
 */
export function squaredNormLaw(chain: LinearChain): SquaredNormLaw {
  checkLinearChain(chain)
  const { width, weightVariance: a, biasVariance } = chain
  const source = width * biasVariance
  const kurtosis = 1 + 2 / width
  const remaining = 1 - a * a * kurtosis
  if (!(remaining > 0))
    throw new DomainError(
      `r^2 has no variance at width ${width} and weight variance ${a}: sigma_w^4 (1 + 2/N) must be below 1; take a larger width`,
    )
  const mean = source / (1 - a)
  // Var = E r^4 - mean^2, rearranged so that nothing cancels.
  const variance = ((2 / width) * mean * mean) / remaining
  return { mean, variance, autocovariance: (lag) => a ** lag * variance }
}
