import { DomainError } from '../../expression/errors.js'

/** A network of constant width, deep inside: what the stationary law of its collective variable depends on. */
export interface CollectiveChain {
  readonly width: number
  /** sigma_w^2, below 1 for linear and below 2 for rectified linear networks. */
  readonly weightVariance: number
  /** sigma_b^2, above 0. */
  readonly biasVariance: number
  /** For `relu` the collective variable r is r_+, the norm of the positive pre-activations. @defaultValue 'linear' */
  readonly activation?: 'linear' | 'relu'
}

/** sigma_w^2 E chi^2 / N: by how much a deviation of r^2 shrinks in a layer. */
export const contractionOf = ({ weightVariance, activation = 'linear' }: CollectiveChain): number =>
  activation === 'relu' ? weightVariance / 2 : weightVariance

/** Throws DomainError unless the chain has a stationary law. */
export function checkChain(chain: CollectiveChain): void {
  const { width, weightVariance, biasVariance, activation = 'linear' } = chain
  if (!Number.isSafeInteger(width) || width < 1)
    throw new DomainError(`the width is ${width}: give a whole number of neurons, 1 or more`)
  const contraction = contractionOf(chain)
  if (!(contraction >= 0 && contraction < 1))
    throw new DomainError(
      `the weight variance is ${weightVariance}: the norm of a ${activation} network has a stationary law with a mean for 0 <= sigma_w^2 < ${activation === 'relu' ? 2 : 1}`,
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
 * The stationary law of r^2 to second order, in closed form. r_{l+1}^2 = D chi^2 with D = sigma_w^2 r_l^2 / N +
 * sigma_b^2 and chi^2 of N degrees of freedom (linear: m = E chi^2 = N, E chi^4 = m^2 (1 + 2/N)), or of k ~
 * Binomial(N, 1/2) of them (relu: m = N/2, E chi^4 = E k(k + 2) = m^2 (1 + 5/N)). With a = sigma_w^2 m / N:
 * E r^2 = m sigma_b^2 / (1 - a), E r^4 = (E chi^4 / m^2) E (a r^2 + m sigma_b^2)^2, and since
 * E[r_{l+1}^2 | r_l^2] = a r_l^2 + m sigma_b^2, Cov(k) = a^k Var.
 * @throws DomainError if there is no stationary law, or its variance is infinite (a^2 E chi^4 / m^2 >= 1).
 */
export function squaredNormLaw(chain: CollectiveChain): SquaredNormLaw {
  checkChain(chain)
  const { width, biasVariance, activation = 'linear' } = chain
  const a = contractionOf(chain)
  const excess = (activation === 'relu' ? 5 : 2) / width
  const remaining = 1 - a * a * (1 + excess)
  if (!(remaining > 0))
    throw new DomainError(
      `r^2 has no variance at width ${width} and weight variance ${chain.weightVariance}: take a larger width or a smaller weight variance`,
    )
  const mean = ((activation === 'relu' ? width / 2 : width) * biasVariance) / (1 - a)
  // Var = E r^4 - mean^2, rearranged so that nothing cancels.
  const variance = (excess * mean * mean) / remaining
  return { mean, variance, autocovariance: (lag) => a ** lag * variance }
}
