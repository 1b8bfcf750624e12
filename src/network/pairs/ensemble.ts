import type { Activation } from '../ensemble.js'

/**
 * How a layer's perturbed weights w come of its reference weights ŵ:
 * - `none`: w = ŵ;
 * - `rotation`: w = sqrt(1 - eta^2) ŵ + eta δ, δ drawn anew from the law of ŵ;
 * - `dilution`: w = 0 with probability p, else ŵ / sqrt(1 - p);
 * - `binarisation`: w = sgn(ŵ) sigma_w;
 * - `signFlips`: w = -ŵ with probability p, else ŵ.
 */
export type Perturbation =
  | { readonly kind: 'none' }
  /** 0 <= eta <= 1 */
  | { readonly kind: 'rotation'; readonly eta: number }
  /** 0 <= p < 1 */
  | { readonly kind: 'dilution'; readonly p: number }
  | { readonly kind: 'binarisation' }
  /** 0 <= p <= 1 */
  | { readonly kind: 'signFlips'; readonly p: number }

/**
 * The reference weights' law. A field of layer l is h_i = N_{l-1}^{-1/2} sum_j w_ij s_j + b_i.
 * - `gaussian`: normal of variance sigma_w^2; with `rowCorrelation` c (one number, or one a layer) each row has the
 *   covariance sigma_w^2 (I - c J), J the matrix of ones, which takes c < 1 / N_{l-1};
 * - `binary`: sigma_w times a fair sign;
 * - `sparse`: each neuron sees `inputs` = k different neurons of the layer before, drawn uniformly and the same in both
 *   networks, with weights sigma_w (`plus`) or sigma_w times a fair sign (`random`); k is odd and N_{l-1} in the field's
 *   normalisation is k.
 */
export type WeightLaw =
  | { readonly kind: 'gaussian'; readonly rowCorrelation?: number | readonly number[] }
  | { readonly kind: 'binary' }
  | { readonly kind: 'sparse'; readonly inputs: number; readonly reference: 'plus' | 'random' }

/** What the perturbed network is given of the reference's input. */
export type InputPerturbation =
  | { readonly kind: 'none' }
  /** `count` components, drawn uniformly, are flipped. */
  | { readonly kind: 'count'; readonly count: number }
  /** As many are flipped as give the overlap q^0: N^0 (1 - q^0) / 2, which must be whole. */
  | { readonly kind: 'overlap'; readonly overlap: number }
  /** Each is flipped with a probability, independently. */
  | { readonly kind: 'probability'; readonly probability: number }

/** Random inputs of +1 and -1. */
export interface PairInput {
  /** m^0, the mean of a component. @defaultValue 0 */
  readonly magnetisation?: number
  /** @defaultValue { kind: 'none' } */
  readonly flips?: InputPerturbation
}

/**
 * Pairs of networks, a reference and a perturbed copy, as plain data. Layer 0 is the input s^0 of N^0 components +-1;
 * layers l = 1 … depth have fields h^l = W^l s^{l-1} + b^l and activations s^l = phi^l(h^l). Observables have columns
 * 0 … depth, so column l is what papers write with an upper index l.
 */
export interface PairEnsemble {
  readonly kind: 'pair'
  /** phi of layers 1 … depth - 1. */
  readonly activation: Activation
  /** phi of layer `depth`. @defaultValue the same as `activation` */
  readonly outputActivation?: Activation
  /** N^0 … N^depth: one number for all, or depth + 1 numbers. */
  readonly widths: number | readonly number[]
  /** L, the number of layers of weights. */
  readonly depth: number
  readonly weights: WeightLaw
  /** sigma_w^2 */
  readonly weightVariance: number
  /** sigma_b^2 @defaultValue 0 */
  readonly biasVariance?: number
  /**
   * `none`: both networks share their biases; `rotation`: a layer's biases are rotated as its weights are,
   * b = sqrt(1 - eta^2) b̂ + eta δ. @defaultValue 'none'
   */
  readonly biasPerturbation?: 'none' | 'rotation'
  /** One for all layers, or one for each of the layers 1 … depth. */
  readonly perturbation: Perturbation | readonly Perturbation[]
  readonly input?: PairInput
  /** M: how many independent inputs go through each pair. @defaultValue 1 */
  readonly patterns?: number
  /**
   * beta. In a sign layer P(s | h) = e^{beta s h} / (2 cosh beta h); in any other s = phi(h) + a normal of variance
   * 1 / beta. Noise is independent in the two networks, in neurons and in patterns. Left out: no noise.
   */
  readonly inverseTemperature?: number
  /**
   * sgn(0), met with binary weights: a fair coin, independent in the two networks (the limit beta -> infinity), or
   * fixed. @defaultValue 'random'
   */
  readonly zeroSign?: 'random' | 'plus' | 'minus'
  /**
   * `gaussian`: the fields of a layer, given the layer before, are taken for normals with their true covariance; that
   * is exact for normal weights under rotation and a model of its own (asymptotically the same) for other weights and
   * perturbations. @defaultValue 'exact'
   */
  readonly fields?: 'exact' | 'gaussian'
}

/** N^0 … N^L. */
export function pairWidths({ widths, depth }: PairEnsemble): readonly number[] {
  return typeof widths === 'number' ? Array.from({ length: depth + 1 }, () => widths) : widths
}

/** What is done to the weights of layer l = 1 … L. */
export const perturbationAt = ({ perturbation }: PairEnsemble, layer: number): Perturbation =>
  'kind' in perturbation ? perturbation : perturbation[layer - 1]!

/** phi of layer l = 1 … L. */
export const activationAt = ({ activation, outputActivation = activation, depth }: PairEnsemble, layer: number) =>
  layer === depth ? outputActivation : activation

/** c of layer l = 1 … L. */
export function rowCorrelationAt({ weights }: PairEnsemble, layer: number): number {
  if (weights.kind !== 'gaussian') return 0
  const { rowCorrelation = 0 } = weights
  return typeof rowCorrelation === 'number' ? rowCorrelation : rowCorrelation[layer - 1]!
}

/** M. */
export const patternCount = ({ patterns = 1 }: PairEnsemble): number => patterns

/** beta, infinite where there is no noise. */
export const inverseTemperatureOf = ({ inverseTemperature = Number.POSITIVE_INFINITY }: PairEnsemble): number =>
  inverseTemperature

/** Whether layer l = 0 … L holds nothing but +1 and -1. */
export const isBinaryLayer = (ensemble: PairEnsemble, layer: number): boolean =>
  layer === 0 || activationAt(ensemble, layer) === 'sign'

/** How many input components are flipped, or null where that is random. */
export function flippedInputs(ensemble: PairEnsemble): number | null {
  const { flips = { kind: 'none' } } = ensemble.input ?? {}
  if (flips.kind === 'none') return 0
  if (flips.kind === 'count') return flips.count
  if (flips.kind === 'overlap') return Math.round((pairWidths(ensemble)[0]! * (1 - flips.overlap)) / 2)
  return null
}

/** Cov(ŵ, w) / sigma_w^2 of one weight: the factor by which the perturbation multiplies the fields' covariance. */
export function weightCorrelation(weights: WeightLaw, perturbation: Perturbation): number {
  switch (perturbation.kind) {
    case 'none':
      return 1
    case 'rotation':
      return Math.sqrt((1 - perturbation.eta) * (1 + perturbation.eta))
    case 'dilution':
      return Math.sqrt(1 - perturbation.p)
    case 'binarisation':
      return weights.kind === 'gaussian' ? Math.sqrt(2 / Math.PI) : 1
    case 'signFlips':
      return 1 - 2 * perturbation.p
  }
}

/** Cov(b̂, b) / sigma_b^2 of one bias of layer l = 1 … L. */
export function biasCorrelation(ensemble: PairEnsemble, layer: number): number {
  if (ensemble.biasPerturbation !== 'rotation') return 1
  return weightCorrelation(ensemble.weights, perturbationAt(ensemble, layer))
}

/** Whether the fields of layer l are normals, given the layer before, at every width. */
export function hasGaussianFields(ensemble: PairEnsemble, layer: number): boolean {
  const { kind } = perturbationAt(ensemble, layer)
  return ensemble.weights.kind === 'gaussian' && (kind === 'none' || kind === 'rotation')
}
