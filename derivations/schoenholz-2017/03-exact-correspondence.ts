/**
 * Section 3 and appendix 8.1: from the law over weights and biases to the law over pre-activations. Weights, biases and
 * multipliers are integrated out in closed form on small networks, component by component.
 */
import {
  type ApplyNode,
  add,
  type Context,
  closeOnRing,
  completeSquare,
  componentsOf,
  derive,
  type Expression,
  type Formula,
  firstSide,
  half,
  InputError,
  imaginaryUnit,
  index,
  lastSide,
  log,
  mapSides,
  multiply,
  type NetworkSize,
  negate,
  replaceNamed,
  substitute,
  subtract,
  symbol,
} from 'corrigenda'
import type { IndexSlot } from 'corrigenda/expression'
import { onSmallNetworks, withCovariance, writtenExponent, writtenOut } from './small-networks.js'

const upTo = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, k) => from + k)

/**
 * The network's output in terms of its last pre-activations: what the definition of the pre-activations of a further layer,
 * l = L + 1, would take from layer L.
 */
function inLastLayer(weights: Formula, definition: Formula, { read }: Context): Formula {
  const last = read('z_i^L')
  if (last.kind !== 'indexed') throw new TypeError('z_i^L is not read as a quantity')
  const activation = activationIn(lastSide(definition))
  const moved = (slots: readonly IndexSlot[]): readonly IndexSlot[] =>
    slots.map((s) => (s.slot === 'site' ? { ...s, index: index('L', s.index.offset + 1) } : s))
  const [argument] = activation.arguments
  const layer = argument?.kind === 'indexed' ? moved(argument.indices).find((s) => s.slot === 'site') : undefined
  if (layer === undefined) throw new InputError('the activation is applied to no pre-activation of a layer')
  const output: Expression = {
    ...activation,
    indices: moved(activation.indices),
    arguments: [{ ...last, indices: last.indices.map((s) => (s.slot === 'site' ? layer : s)) }],
  }
  return mapSides(weights, (side) => replaceNamed(side, 'network', output))
}

/** The activation that the definition of the pre-activations applies. */
function activationIn(definition: Expression): ApplyNode {
  let found: ApplyNode | undefined
  substitute(definition, (node) => {
    if (node.kind === 'apply' && node.name === 'activation') found = node
    return undefined
  })
  if (!found) throw new InputError('the definition of the pre-activations applies no activation')
  return found
}

/** -i lambda (z - (W phi + b)) for every neuron, every input and the given layers. */
function constraints(definition: Formula, size: NetworkSize, layers: readonly number[], context: Context): Expression {
  const [z, sum] = [firstSide(definition), lastSide(definition)]
  const term = multiply(imaginaryUnit, context.read('\\lambda_{\\alpha;i}^l'), subtract(z, sum))
  const places = layers.flatMap((l) =>
    upTo(1, size.inputs).flatMap((i) => upTo(1, size.neurons ?? 1).map((neuron) => ({ l, i, '\\alpha': neuron }))),
  )
  return negate(add(...places.map((letters) => writtenOut(term, size, context, { letters }))))
}

/** The network written in its last pre-activations, in the exponent over weights and biases. */
const networkWrittenOut = (
  { weight, definition }: { readonly weight: Formula; readonly definition: Formula },
  context: Context,
) =>
  onSmallNetworks(context, {
    describe: 'the loss in the last pre-activations',
    exponent: (size) => writtenExponent(inLastLayer(weight, definition, context), size, context),
  })

/** A multiplier for the definition of each pre-activation of the layers from `first` to `last` (by the last layer's index). */
const constrained =
  (first: number, last: (size: NetworkSize) => number) =>
  ({ weight, definition }: { readonly weight: Formula; readonly definition: Formula }, context: Context) =>
    onSmallNetworks(context, {
      describe: 'a multiplier for the definition of each pre-activation that is introduced',
      exponent: (size) =>
        add(
          writtenExponent(inLastLayer(weight, definition, context), size, context),
          constraints(definition, size, upTo(first, last(size)), context),
        ),
    })

const toFirst = () => 0
const toLast = ({ lastLayer }: NetworkSize) => lastLayer

/** A weight that repeats or rearranges another's exponent. */
const restated =
  (describe: string) =>
  ({ weight }: { readonly weight: Formula }, context: Context) =>
    onSmallNetworks(context, { describe, exponent: (size) => writtenExponent(weight, size, context) })

export const firstActivation = derive(
  'eq-4',
  { definition: 'sec-3.change-of-variables' },
  'the activation that the definition of the second layer applies to the pre-activations of the first',
  ({ definition }, context) => {
    // The argument of phi in z^1 = W^1 phi(z^0) + b^1, its z^0 written by the same definition.
    const first = context.read('W_{\\alpha\\beta}^0 x_\\beta + b_\\alpha^0')
    const activation = activationAtLayer(lastSide(definition), 1)
    return { ...activation, arguments: [first] }
  },
)

/** The activation function that the definition of layer `l` uses. */
function activationAtLayer(definition: Expression, l: number): ApplyNode {
  const found = activationIn(definition)
  const indices = found.indices.map((s) =>
    s.index.letter === null ? s : { ...s, index: { letter: null, sign: 1 as const, offset: l + s.index.offset } },
  )
  return { ...found, indices }
}

export const weights = derive(
  'eq-24',
  { partition: 'eq-8', loss: 'eq-6', data: 'eq-5' },
  'total loss and its data term put into the partition function',
  ({ partition, loss, data }) =>
    replaceNamed(lastSide(partition), 'energy', replaceNamed(lastSide(loss), 'dataLoss', lastSide(data))),
)

const definition = 'sec-3.change-of-variables'
export const resultOne = derive(
  'eq-25',
  { weight: 'eq-24', definition },
  'the definition of every pre-activation enforced by a multiplier',
  constrained(0, toLast),
)
export const writtenOutNetwork = derive(
  'eq-26',
  { weight: 'eq-24', definition },
  'the network written in its last pre-activations',
  networkWrittenOut,
)
export const productOverInputs = derive('eq-27', { weight: 'eq-26' }, 'the same weight', restated('the same exponent'))
export const firstLayer = derive(
  'eq-28',
  { weight: 'eq-27', definition },
  'the definition of the first pre-activations enforced',
  constrained(0, toFirst),
)
export const allLayers = derive(
  'eq-29',
  { weight: 'eq-28', definition },
  'the definition of the other pre-activations enforced',
  constrained(1, toLast),
)
export const allLayersAgain = derive('eq-30', { weight: 'eq-29' }, 'the same weight', restated('the same exponent'))
export const fourierFactors = derive('eq-31', { weight: 'eq-30' }, 'the same weight', restated('the same exponent'))
export const reached = derive('eq-32', { weight: 'eq-25' }, 'the same weight', restated('the same exponent'))
export const inputsAsLayer = derive('eq-34', { weight: 'eq-25' }, 'the same weight', restated('the same exponent'))
export const squaresCompleted = derive(
  'eq-35',
  { weight: 'eq-34' },
  'the same weight',
  restated('the same exponent, its squares multiplied out'),
)

/** The exponent left once groups of variables are integrated out, one group after another. */
function integratedOut(exponent: Expression, groups: readonly (readonly Expression[])[]): Expression {
  let left = exponent
  const logarithms: Expression[] = []
  for (const group of groups) {
    const { remainder, determinant } = completeSquare(left, group)
    left = remainder
    logarithms.push(negate(multiply(half, log(determinant))))
  }
  return add(left, ...logarithms)
}

export const weightsIntegrated = derive(
  'eq-36',
  { weight: 'eq-34' },
  'Gaussian integrals over every weight and bias',
  ({ weight }, context) =>
    onSmallNetworks(context, {
      describe: 'weights and biases integrated out',
      exponent: (size) => {
        const exponent = writtenExponent(weight, size, context)
        return integratedOut(
          exponent,
          componentsOf(exponent, ['weight', 'bias']).map((variable) => [variable]),
        )
      },
    }),
)

export const matrixForm = derive(
  'eq-37',
  { weight: 'eq-36', covariance: 'sec-3.covariance' },
  'the quadratic form in the multipliers as a matrix',
  ({ weight, covariance }, context) =>
    onSmallNetworks(context, {
      describe: 'the quadratic form in the multipliers, the covariance over inputs written out',
      covariance,
      exponent: (size) => writtenExponent(weight, size, context),
    }),
)

/** Sizes at which the covariance over inputs is inverted; its entries stay symbols. */
const matrixSizes: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 2, widths: [1, 2], inputs: 1 },
  { lastLayer: 0, neurons: 1, inputs: 2 },
  { lastLayer: 0, neurons: 2, inputs: 2 },
]

export const multipliersIntegrated = derive(
  'eq-38',
  { weight: 'eq-37', covariance: 'sec-3.covariance' },
  'Gaussian integrals over the multipliers of every neuron',
  ({ weight }, context) =>
    onSmallNetworks(context, {
      describe: 'multipliers integrated out, each neuron with a factor |Sigma|^{-1/2}',
      sizes: matrixSizes,
      complete: null,
      widths: true,
      variables: [],
      exponent: (size) => {
        const exponent = writtenExponent(weight, size, context, true)
        const multipliers = componentsOf(exponent, ['multiplier'])
        const byNeuron = new Map<string, Expression[]>()
        for (const m of multipliers) {
          const key = JSON.stringify(m.indices.filter((s) => s.slot !== 'input'))
          byNeuron.set(key, [...(byNeuron.get(key) ?? []), m])
        }
        return integratedOut(exponent, [...byNeuron.values()])
      },
    }),
)

const mainResult = ({ weight }: { readonly weight: Formula }, context: Context) =>
  onSmallNetworks(context, {
    describe: 'the same exponent',
    sizes: matrixSizes,
    complete: null,
    widths: true,
    variables: [],
    exponent: (size) => writtenExponent(weight, size, context, true),
  })

const covariance = 'sec-3.covariance'
export const mainResultAgain = derive('eq-33', { weight: 'eq-38', covariance }, 'the same weight', mainResult)
export const mainResultInText = derive('eq-9', { weight: 'eq-33', covariance }, 'the same weight', mainResult)

const singleSizes: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 1, inputs: 1 },
  { lastLayer: 2, neurons: 2, widths: [1, 2, 1], inputs: 1 },
  { lastLayer: 1, neurons: 2, widths: [2, 1], inputs: 1 },
]
const singleComplete =
  'the exponent holds neurons only in sums over them and layers only in neighbouring pairs, so that these sizes decide all'

export const singleInput = derive(
  'eq-39',
  { weight: 'eq-33', covariance: 'sec-3.covariance' },
  'one input, the covariance written out',
  ({ weight, covariance }, context) =>
    onSmallNetworks(context, {
      describe: 'the weight of several inputs at one input',
      sizes: singleSizes,
      complete: singleComplete,
      widths: true,
      variables: ['preActivation'],
      exponent: (size) => withCovariance(writtenExponent(weight, size, context, true), covariance, size, context, true),
    }),
)

export const singleInputInText = derive('eq-10', { weight: 'eq-39' }, 'the same weight', ({ weight }, context) =>
  onSmallNetworks(context, {
    describe: 'the same exponent',
    sizes: singleSizes,
    complete: singleComplete,
    widths: true,
    variables: ['preActivation'],
    exponent: (size) => writtenExponent(weight, size, context, true),
  }),
)

export const ring = derive(
  'eq-11',
  { weight: 'eq-10' },
  'the chain closed to a ring, without data, with one width and one activation for all layers',
  ({ weight }, context) =>
    substitute(closeOnRing(weight, { letter: 'l', from: context.read('0'), to: context.scalar('L') }), (node) => {
      if (node.kind === 'indexed' && node.name === 'layerWidth') return symbol('width')
      return node.kind === 'apply' && node.name === 'activation' && node.indices.length > 0
        ? { ...node, indices: [], arguments: node.arguments }
        : undefined
    }),
)
