import { DomainError } from '../expression/errors.js'
import type { Expression } from '../expression/expression.js'
import { compileFormula } from './formula.js'
import { checkInput, countInputs, type NetworkInput } from './input.js'
import { checkVariance, checkWidth, deepestNetwork } from './limits.js'
import type { PairEnsemble } from './pairs/ensemble.js'
import { checkRows, type RowLaw } from './rows.js'
import { checkSpecialInput, type SpecialInput } from './special-input.js'

export type { NetworkInput, NormalInput } from './input.js'
export { checkVariance, checkWidth, deepestNetwork, widestLayer } from './limits.js'
export type { RowCovariance, RowLaw } from './rows.js'
export type { SpecialInput, SpecialWeightLaw } from './special-input.js'

/**
 * What a neuron does with its pre-activation. A formula is an expression in the one symbol `z`
 * (`{ kind: 'symbol', name: 'z' }`). `sign` is 0 at 0.
 */
export type Activation = (typeof namedActivations)[number] | { readonly formula: Expression }

/** The activations that have a name. */
export const namedActivations = ['linear', 'tanh', 'relu', 'sign'] as const

/** The name that an activation's formula gives its argument. */
export const activationVariable = 'z'

/**
 * An ensemble of untrained feed-forward networks, as plain data.
 *
 * Layer l = 0 … depth - 1 has pre-activations z^l = W^l phi(z^{l-1}) + b^l with phi(z^{-1}) standing for the input x
 * itself, so `depth` layers of pre-activations z^0 … z^{depth-1} come of an input. Weights are normals of variance
 * weightVariance / N, biases of variance biasVariance, all independent unless `rows` or `special` say otherwise.
 */
export interface FeedForwardEnsemble {
  readonly kind: 'feed-forward'
  readonly activation: Activation
  /** Neurons N_l of layer l: one number for all, or one for each of the `depth` layers. */
  readonly widths: number | readonly number[]
  readonly depth: number
  /** sigma_w^2 */
  readonly weightVariance: number
  /** sigma_b^2 */
  readonly biasVariance: number
  readonly input: NetworkInput
  /**
   * Which width N divides the weight variance where widths differ: that of the layer before (`fan-in`) or of the layer
   * itself (`fan-out`).
   * @defaultValue 'fan-in'
   */
  readonly normalisation?: 'fan-in' | 'fan-out'
  /** The joint law of the weights into one neuron. @defaultValue independent */
  readonly rows?: RowLaw
  /** One weight into each neuron that is of another law. @defaultValue none */
  readonly special?: SpecialInput
}

export type Ensemble = FeedForwardEnsemble | PairEnsemble

const isWhole = (value: number): boolean => Number.isSafeInteger(value)

/** Throws DomainError unless it can be simulated. */
export function checkActivation(activation: Activation): void {
  if (typeof activation === 'object') compileFormula(activation.formula, activationVariable)
  else if (!namedActivations.includes(activation))
    throw new DomainError(
      `the activation '${String(activation)}' is not known: take one of ${namedActivations.join(', ')}, or a formula in z`,
    )
}

/**
 * The ensemble itself, once it is known to make sense.
 * @throws DomainError that names the field, its value and what it may be.
 */
export function validateEnsemble(ensemble: FeedForwardEnsemble): FeedForwardEnsemble {
  const { depth, widths } = ensemble
  checkActivation(ensemble.activation)
  if (!isWhole(depth) || depth < 1)
    throw new DomainError(`the depth is ${depth}: give a whole number of layers, 1 or more`)
  if (depth > deepestNetwork) throw new DomainError(`the depth is ${depth}: at most ${deepestNetwork} layers`)
  if (typeof widths === 'number') checkWidth(widths, 'the width')
  else {
    if (widths.length !== depth)
      throw new DomainError(
        `there are ${widths.length} widths for ${depth} layers: give one width a layer, or one number`,
      )
    for (const [l, width] of widths.entries()) checkWidth(width, `the width of layer ${l}`)
  }
  checkVariance(ensemble.weightVariance, 'the weight variance')
  checkVariance(ensemble.biasVariance, 'the bias variance')
  checkInput(ensemble.input)
  if (ensemble.rows !== undefined) checkRows(ensemble.rows)
  if (ensemble.special !== undefined) checkSpecialInput(ensemble.special)
  return ensemble
}

/** N_l for every layer. */
export function widthsOf({ widths, depth }: FeedForwardEnsemble): readonly number[] {
  return typeof widths === 'number' ? Array.from({ length: depth }, () => widths) : widths
}

/** Components of an input. */
export function inputDimension({ input, widths }: FeedForwardEnsemble): number {
  if (input.kind === 'explicit') return input.vectors[0]!.length
  const first = typeof widths === 'number' ? widths : widths[0]!
  return input.kind === 'normal' ? (input.dimension ?? first) : first
}

/** The inputs' components, one input after another. Throws DomainError for inputs drawn anew for each network. */
export function inputComponents(ensemble: FeedForwardEnsemble): Float64Array {
  const { input } = ensemble
  if (input.kind === 'explicit') return Float64Array.from(input.vectors.flat())
  if (input.kind === 'normal')
    throw new DomainError('normal inputs have no components of their own: each network draws them')
  const dimension = inputDimension(ensemble)
  return new Float64Array(dimension).fill(Math.sqrt(input.squaredNorm / dimension))
}

/** Neurons of the widest layer, the input counted as one. */
export const widestOf = (ensemble: FeedForwardEnsemble): number =>
  widthsOf(ensemble).reduce((widest, width) => Math.max(widest, width), inputDimension(ensemble))

/** How many inputs go through each network. */
export const inputCount = ({ input }: FeedForwardEnsemble): number => countInputs(input)

/** |x|^2 of the first input. Throws DomainError for inputs drawn anew for each network. */
export function firstSquaredNorm(ensemble: FeedForwardEnsemble): number {
  const { input } = ensemble
  if (input.kind === 'normalised') return input.squaredNorm
  return inputComponents(ensemble)
    .subarray(0, inputDimension(ensemble))
    .reduce((sum, x) => sum + x * x, 0)
}

/** Variance of a weight of layer l: weightVariance over the width that the normalisation names. */
export function layerGains(ensemble: FeedForwardEnsemble): readonly number[] {
  const widths = widthsOf(ensemble)
  const { normalisation = 'fan-in', weightVariance } = ensemble
  const before = (l: number): number => (l === 0 ? inputDimension(ensemble) : widths[l - 1]!)
  return widths.map((width, l) => weightVariance / (normalisation === 'fan-out' ? width : before(l)))
}

/** How many numbers a field of a network has: its layers, and for pairs the input (column 0) as well. */
export const columnCount = (ensemble: Ensemble): number =>
  ensemble.kind === 'pair' ? ensemble.depth + 1 : ensemble.depth
