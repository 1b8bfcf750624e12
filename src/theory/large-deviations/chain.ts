import { DomainError } from '../../expression/errors.js'
import { rectifiedLaw } from './rectified-law.js'
import { signLaw } from './sign-law.js'
import { type SiteLaw, withAffineParameters } from './site-law.js'

/** How the perturbed network's weights come from the reference network's. */
export type WeightPerturbation =
  | { readonly kind: 'none' }
  /** `w = sqrt(1 - eta^2) w_hat + eta dw` */
  | { readonly kind: 'rotation'; readonly eta: number }
  /** Each weight is dropped with this probability, the rest enlarged to keep the variance. */
  | { readonly kind: 'dilution'; readonly probability: number }
  /** `w = sgn(w_hat) sigma_w` */
  | { readonly kind: 'binarisation' }
  /** Any correlation of a weight with its perturbed self. */
  | { readonly kind: 'correlation'; readonly value: number }

/**
 * Correlation between a weight and its perturbed self: the factor of the overlap in the covariance of the fields.
 * Throws DomainError for a rotation or a probability outside [0, 1] or a correlation outside [-1, 1].
 */
export function perturbedWeightCorrelation(perturbation: WeightPerturbation): number {
  switch (perturbation.kind) {
    case 'none':
      return 1
    case 'binarisation':
      return Math.sqrt(2 / Math.PI)
    case 'rotation':
      return Math.sqrt(1 - unit(perturbation.eta, 'eta') ** 2)
    case 'dilution':
      return Math.sqrt(1 - unit(perturbation.probability, 'the probability of dilution'))
    case 'correlation':
      if (!(Math.abs(perturbation.value) <= 1))
        throw new DomainError(`a correlation of ${perturbation.value} does not exist: give a number from -1 to 1`)
      return perturbation.value
  }
}

function unit(value: number, what: string): number {
  if (!(value >= 0 && value <= 1)) throw new DomainError(`${what} is ${value}: it is defined from 0 to 1`)
  return value
}

/** A hidden activation: built in, or the law of any pair of neurons whose statistics are the squares and the product. */
export type HiddenActivation = 'sign' | 'relu' | SiteLaw

/** A pair of networks: sign at the output, the given activation in the hidden layers. Numbers stand for all layers. */
export interface PairOfNetworks {
  /** L, the number of layers of weights; 1 or more. */
  readonly layers: number
  /** In hidden layers. */
  readonly activation: HiddenActivation | readonly HiddenActivation[]
  /** Of layers 1 to L. @defaultValue { kind: 'none' } */
  readonly perturbation?: WeightPerturbation | readonly WeightPerturbation[]
  /** sigma_w^2 of layers 1 to L. @defaultValue 2 */
  readonly weightVariance?: number | readonly number[]
  /** sigma_b^2 of layers 1 to L; both networks share their biases. @defaultValue 0 */
  readonly biasVariance?: number | readonly number[]
  /** alpha^l = N^l / N of layers 1 to L. @defaultValue 1 */
  readonly widths?: number | readonly number[]
  /** q^0, the overlap of the two inputs (+-1 each). @defaultValue 1 */
  readonly startOverlap?: number
}

/** One layer: the law of its neurons given the statistics of the layer before, and its width. */
export interface ChainLayer {
  readonly law: SiteLaw
  /** alpha^l */
  readonly width: number
}

/**
 * A chain of layers whose order parameters fluctuate: given layer l - 1 the neurons of layer l are independent, so that
 * P(x^L) ~ exp(-N inf sum_l alpha^l J_l(x^l | x^{l-1})). The last layer has one statistic, the end point.
 */
export interface DeviationChain {
  readonly start: readonly number[]
  readonly layers: readonly ChainLayer[]
  /** For chains of sign networks: the correlation of the fields of layers 1 to L as `slope q + offset`. */
  readonly signFields?: readonly { readonly slope: number; readonly offset: number }[]
}

/** A chain of any layers. Throws DomainError where neighbours do not fit, a width is not above 0, or the end has several statistics. */
export function deviationChain(start: readonly number[], layers: readonly ChainLayer[]): DeviationChain {
  if (layers.length === 0) throw new DomainError('a network without layers has no output: give 1 layer or more')
  let count = start.length
  for (const [k, { law, width }] of layers.entries()) {
    if (law.parameters !== count)
      throw new DomainError(`layer ${k + 1} wants ${law.parameters} order parameters and gets ${count}`)
    if (!(width > 0 && Number.isFinite(width)))
      throw new DomainError(
        `the width of layer ${k + 1} is ${width} times N: a layer without neurons has no order parameters; give a number above 0`,
      )
    count = law.statistics
  }
  if (count !== 1) throw new DomainError(`the last layer has ${count} statistics: the end point is one number`)
  return { start, layers }
}

/** The chain of a pair of networks with deterministic activations. Throws DomainError for values outside their domains. */
export function pairChain(networks: PairOfNetworks): DeviationChain {
  const { layers: depth, startOverlap = 1 } = networks
  if (!Number.isSafeInteger(depth) || depth < 1)
    throw new DomainError(`a network of ${depth} layers: give a whole number, 1 or more`)
  if (!(Math.abs(startOverlap) <= 1))
    throw new DomainError(`the overlap of the inputs is ${startOverlap}: it is defined from -1 to 1`)
  const each = <T>(value: T | readonly T[], what: string, count = depth): readonly T[] => {
    if (!Array.isArray(value)) return Array.from({ length: count }, () => value as T)
    if (value.length !== count) throw new DomainError(`${what}: ${value.length} given for ${count} layers`)
    return value as readonly T[]
  }
  const activations = [...each(networks.activation, 'activations of hidden layers', depth - 1), 'sign' as const]
  const perturbations = each<WeightPerturbation>(networks.perturbation ?? { kind: 'none' }, 'perturbations')
  const weightVariances = each(networks.weightVariance ?? 2, 'weight variances')
  const biasVariances = each(networks.biasVariance ?? 0, 'bias variances')
  const widths = each(networks.widths ?? 1, 'widths')
  let before = 1
  const layers = activations.map((activation, k): ChainLayer => {
    const variance = weightVariances[k]!
    const bias = biasVariances[k]!
    if (!(variance > 0 && Number.isFinite(variance)))
      throw new DomainError(`the weight variance of layer ${k + 1} is ${variance}: give a number above 0`)
    if (!(bias >= 0 && Number.isFinite(bias)))
      throw new DomainError(`the bias variance of layer ${k + 1} is ${bias}: give a number not below 0`)
    const law = activation === 'sign' ? signLaw : activation === 'relu' ? rectifiedLaw() : activation
    if (law.parameters !== 3 || (law.statistics !== 3 && law.statistics !== 1))
      throw new DomainError(`the law of layer ${k + 1} is not of a pair of neurons with a covariance of 3 entries`)
    const cross = variance * perturbedWeightCorrelation(perturbations[k]!)
    const [matrix, offset] =
      before === 1
        ? [
            [[0], [0], [cross]],
            [variance + bias, variance + bias, bias],
          ]
        : [
            [
              [variance, 0, 0],
              [0, variance, 0],
              [0, 0, cross],
            ],
            [bias, bias, bias],
          ]
    before = law.statistics
    return { law: withAffineParameters(law, matrix, offset), width: widths[k]! }
  })
  const chain = deviationChain([startOverlap], layers)
  if (activations.some((activation) => activation !== 'sign')) return chain
  const signFields = weightVariances.map((variance, k) => ({
    slope: (variance * perturbedWeightCorrelation(perturbations[k]!)) / (variance + biasVariances[k]!),
    offset: biasVariances[k]! / (variance + biasVariances[k]!),
  }))
  return { ...chain, signFields }
}
