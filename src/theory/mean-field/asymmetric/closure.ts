import { DomainError } from '../../../expression/errors.js'
import { findRoot } from '../../../numeric/roots.js'
import { gaussianActivation } from '../activation.js'
import { meanShare } from '../model.js'
import type { AsymmetricModel } from './limit.js'
import { frozenExpectation } from './special-weight.js'

/** What stands for the fluctuating activation of a neuron's special input. */
export interface AsymmetricClosure extends AsymmetricModel {
  readonly special: AsymmetricModel['special']
  /** Its root mean square, or its mean. */
  readonly replacement: 'rms' | 'mean'
  /**
   * (E phi)^2 / E phi^2 where a mean is called for: the closure's `own`, which the recursion finds, or a number taken from
   * elsewhere (1/pi for a rectified centred normal variable).
   * @defaultValue 'own'
   */
  readonly squaredMean?: 'own' | number
}

/** First two moments of activations. */
export interface ActivationMoments {
  readonly mean: number
  readonly meanSquare: number
}

/** The normal part's variance and the size of the special input at given moments. */
function field(closure: AsymmetricClosure, { mean, meanSquare }: ActivationMoments, variances: ClosureVariances) {
  const share = meanShare(closure.rowCorrelation ?? 0)
  const square = typeof closure.squaredMean === 'number' ? closure.squaredMean * meanSquare : mean * mean
  const { weightVariance, biasVariance = 0 } = variances
  if (!(weightVariance >= 0 && biasVariance >= 0))
    throw new DomainError(`the variances are ${weightVariance} and ${biasVariance}: neither is negative`)
  return {
    deviation: Math.sqrt(weightVariance * (meanSquare - share * square) + biasVariance),
    scale: closure.replacement === 'rms' ? Math.sqrt(meanSquare) : Math.sqrt(square),
    special: closure.special,
  }
}

/** Variances of the normal weights and biases. */
export interface ClosureVariances {
  readonly weightVariance: number
  /** @defaultValue 0 */
  readonly biasVariance?: number
}

/**
 * One layer of the closed recursion of moments: the special input's activation is replaced by a number, so that the field is
 * deviation Z + scale U. Throws DomainError for negative variances, k <= -1 and Beta parameters that are not positive.
 */
export function closureStep(
  closure: AsymmetricClosure,
  moments: ActivationMoments,
  variances: ClosureVariances,
): ActivationMoments {
  const { value: phi, kinks } = gaussianActivation(closure.activation)
  const frozen = field(closure, moments, variances)
  return {
    mean: frozenExpectation(phi, frozen, kinks).value,
    meanSquare: frozenExpectation((h) => phi(h) ** 2, frozen, kinks).value,
  }
}

/** Growth a layer under a closure for a homogeneous activation without bias. */
export interface ClosureGrowth {
  /** Of the mean square. */
  readonly length: number
  /** sigma_w^2 E phi'^2: of the squared difference of close inputs with the special input's activation held fixed. */
  readonly separation: number
  /** E (sigma_w^2 + U^2) phi'^2: the special input's activations differ between the inputs as all others do. */
  readonly fullSeparation: number
  /** (E phi)^2 / E phi^2 where the recursion settles. */
  readonly squaredMean: number
}

/**
 * Growth factors where the recursion of a closure has settled. Throws DomainError for an activation that is not
 * homogeneous, and as {@link closureStep}.
 */
export function closureGrowth(closure: AsymmetricClosure, weightVariance: number): ClosureGrowth {
  if (closure.activation.kind !== 'rectifier')
    throw new DomainError('growth factors of a closure do not depend on the length for homogeneous activations alone')
  let moments: ActivationMoments = { mean: 0.6, meanSquare: 1 }
  let length = 1
  const fixed = closure.replacement === 'rms' && (typeof closure.squaredMean === 'number' || !closure.rowCorrelation)
  for (let k = 0; k < 200; k++) {
    const next = closureStep(closure, moments, { weightVariance })
    length = next.meanSquare
    const mean = next.mean / Math.sqrt(length)
    const change = Math.abs(mean - moments.mean)
    if (typeof closure.squaredMean === 'number' || fixed || change < 1e-13) {
      moments = fixed ? { ...moments, mean } : moments
      break
    }
    moments = { mean, meanSquare: 1 }
  }
  const { derivative, kinks } = gaussianActivation(closure.activation)
  const frozen = field(closure, moments, { weightVariance })
  const slope = frozenExpectation((h) => derivative(h) ** 2, frozen, kinks).value
  const special = frozenExpectation((h, u) => u * u * derivative(h) ** 2, frozen, kinks).value
  return {
    length,
    separation: weightVariance * slope,
    fullSeparation: weightVariance * slope + special,
    squaredMean: moments.mean ** 2,
  }
}

/** The weight variance at which one of the closure's growth factors is 1, sought from 0.01 to 20. */
export const closureCritical = (
  closure: AsymmetricClosure,
  factor: 'length' | 'separation' | 'fullSeparation',
): number =>
  Math.exp(
    findRoot((s) => Math.log(closureGrowth(closure, Math.exp(s))[factor]), Math.log(0.01), Math.log(20), 1e-11).root,
  )
