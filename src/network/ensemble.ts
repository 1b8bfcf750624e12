import { DomainError } from '../expression/errors.js'
import type { Expression } from '../expression/expression.js'
import { compileFormula } from './formula.js'
import type { PairEnsemble } from './pairs/ensemble.js'

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
 * What goes into the network. For one input only its squared length matters to the law of z^0, so `normalised` stands
 * for the vector with equal components and |x|^2 = squaredNorm, of as many components as layer 0 has neurons.
 */
export type NetworkInput =
  | { readonly kind: 'normalised'; readonly squaredNorm: number }
  /** One or several inputs of one common dimension. */
  | { readonly kind: 'explicit'; readonly vectors: readonly (readonly number[])[] }

/**
 * An ensemble of untrained feed-forward networks, as plain data.
 *
 * Layer l = 0 … depth - 1 has pre-activations z^l = W^l phi(z^{l-1}) + b^l with phi(z^{-1}) standing for the input x
 * itself, so `depth` layers of pre-activations z^0 … z^{depth-1} come of an input. Weights are independent normals
 * of variance weightVariance / N, biases of variance biasVariance.
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
}

export type Ensemble = FeedForwardEnsemble | PairEnsemble

/** Most neurons a layer may have. */
export const widestLayer = 10_000_000
/** Most layers a network may have. */
export const deepestNetwork = 10_000_000

const isWhole = (value: number): boolean => Number.isSafeInteger(value)

/** Throws DomainError unless it can be simulated. */
export function checkActivation(activation: Activation): void {
  if (typeof activation === 'object') compileFormula(activation.formula, activationVariable)
  else if (!namedActivations.includes(activation))
    throw new DomainError(
      `the activation '${String(activation)}' is not known: take one of ${namedActivations.join(', ')}, or a formula in z`,
    )
}

/** Throws DomainError unless it can be simulated. */
export function checkVariance(value: number, what: string): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new DomainError(`${what} is ${value}: a variance is a finite number, zero or more`)
}

/** Throws DomainError unless it can be simulated. */
export function checkWidth(width: number, where: string): void {
  if (!isWhole(width) || width < 1)
    throw new DomainError(`${where} is ${width}: give a whole number of neurons, 1 or more`)
  if (width > widestLayer)
    throw new DomainError(
      `${where} is ${width}: layers hold at most ${widestLayer} neurons; take a smaller width, or several and extrapolate in 1/N`,
    )
}

function checkInput(input: NetworkInput): void {
  if (input.kind === 'normalised') {
    if (!(input.squaredNorm >= 0 && input.squaredNorm < Number.POSITIVE_INFINITY))
      throw new DomainError(`the input's squared norm is ${input.squaredNorm}: give a finite number, zero or more`)
    return
  }
  const dimension = input.vectors[0]?.length ?? 0
  if (dimension === 0) throw new DomainError('the ensemble has no input: give at least one vector with a component')
  for (const [k, vector] of input.vectors.entries()) {
    if (vector.length !== dimension)
      throw new DomainError(
        `input ${k} has ${vector.length} components and input 0 has ${dimension}: give all inputs one dimension`,
      )
    if (!vector.every(Number.isFinite)) throw new DomainError(`input ${k} has a component that is not a finite number`)
  }
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
  return ensemble
}

/** N_l for every layer. */
export function widthsOf({ widths, depth }: FeedForwardEnsemble): readonly number[] {
  return typeof widths === 'number' ? Array.from({ length: depth }, () => widths) : widths
}

/** Components of an input. */
export const inputDimension = ({ input, widths }: FeedForwardEnsemble): number =>
  input.kind === 'explicit' ? input.vectors[0]!.length : typeof widths === 'number' ? widths : widths[0]!

/** The inputs' components, one input after another. */
export function inputComponents(ensemble: FeedForwardEnsemble): Float64Array {
  const { input } = ensemble
  if (input.kind === 'explicit') return Float64Array.from(input.vectors.flat())
  const dimension = inputDimension(ensemble)
  return new Float64Array(dimension).fill(Math.sqrt(input.squaredNorm / dimension))
}

/** Neurons of the widest layer, the input counted as one. */
export const widestOf = (ensemble: FeedForwardEnsemble): number =>
  widthsOf(ensemble).reduce((widest, width) => Math.max(widest, width), inputDimension(ensemble))

/** How many inputs go through each network. */
export const inputCount = ({ input }: FeedForwardEnsemble): number =>
  input.kind === 'explicit' ? input.vectors.length : 1

/** |x|^2 of the first input. */
export const firstSquaredNorm = ({ input }: FeedForwardEnsemble): number =>
  input.kind === 'explicit' ? input.vectors[0]!.reduce((sum, x) => sum + x * x, 0) : input.squaredNorm

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
