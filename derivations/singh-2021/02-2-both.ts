/** Section 2.2: what its maps have in common with those of section 2.1, and the fixed point that a perturbation destroys. */
import {
  type ActivationForm,
  add,
  confirm,
  derive,
  directCheck,
  divide,
  type Expression,
  type Formula,
  gaussianActivation,
  gaussianKernel,
  hyperbolicForm,
  type IndexSlot,
  InputError,
  lastSide,
  linearForm,
  multiply,
  type NetworkSize,
  one,
  power,
  rectifiedForm,
  signalMaps,
  stableLength,
  substitute,
  subtract,
  symbol,
  uses,
  without,
} from 'corrigenda'
import { covarianceNumbers } from './02-2-networks.js'
import { correlation as coefficientOfBoth, firstLength, named, slopeOf, tidied } from './signals.js'
import { layerOf, onNetworks, writtenOut } from './two-networks.js'

/** Order parameters of pre-activations by those of the layer before, and these by activations, component by component. */
const twoNeurons: readonly NetworkSize[] = [{ lastLayer: 1, neurons: 2, inputs: 1 }]

export const unified = derive(
  'sec-2.2.unified-covariance',
  {
    covariance: 'sec-2.2.covariance',
    activation: 'eq-2.1-activation',
    length: 'sec-2.2.length',
    overlap: 'sec-2.2.overlap',
    fieldLength: 'sec-2.1.length-sum',
    fieldOverlap: 'sec-2.1.overlap-sum',
  },
  'the covariance that the activations of a layer give without perturbation, and the averages of section 2.1 for the pre-activations that they are said to equal',
  (given, context) => {
    const marks = [1, 2].map((a) => [1, 2].map((b) => symbol(`entry ${a}${b}`)))
    const asSum = (matrix: Expression): Expression => {
      if (matrix.kind !== 'matrix') throw new InputError('a matrix is expected')
      return add(...matrix.rows.flatMap((row, a) => row.map((entry, b) => multiply(entry, marks[a]![b]!))))
    }
    const inputsOf = (node: Expression): readonly Expression[] => (node.kind === 'apply' ? node.arguments : [])
    // A definition for an input or two, at a layer, for the inputs that are named.
    const defined = (
      definition: Formula,
      layer: number,
      inputs: readonly Expression[],
      size: NetworkSize,
    ): Expression => {
      const own = inputsOf(definition.sides[0]!)
      const put = substitute(lastSide(definition), (node) => {
        const k = own.findIndex((x) => x.kind === 'symbol' && node.kind === 'symbol' && x.name === node.name)
        return k < 0 ? undefined : inputs[k]
      })
      return writtenOut(put, size, context, { l: layer })
    }
    // Activations by their pre-activations: the same functions of the same inputs on both sides.
    const byFields = (e: Expression): Expression =>
      substitute(e, (node) => {
        if (node.kind !== 'apply' || node.name !== 'activity') return undefined
        const rule = lastSide(given.activation)
        const indices: readonly IndexSlot[] = node.indices
        return substitute(rule, (part) =>
          part.kind === 'apply' && part.name === 'preActivation'
            ? { ...part, indices, arguments: node.arguments }
            : undefined,
        )
      })
    const written = (e: Expression, size: NetworkSize): Expression =>
      byFields(
        substitute(e, (node) => {
          const layer = layerOf(node)
          if (node.kind !== 'apply' || layer === null) return undefined
          const one = node.arguments.length === 1
          if (node.name === 'activityOverlap')
            return defined(one ? given.length : given.overlap, layer, node.arguments, size)
          if (node.name === 'fieldOverlap')
            return defined(one ? given.fieldLength : given.fieldOverlap, layer, node.arguments, size)
          return undefined
        }),
      )
    const [x1, x2] = [symbol('firstInput'), symbol('secondInput')]
    const orders: ReadonlyMap<string, readonly Expression[]> = new Map([
      ['referenceLength', [x1]],
      ['studentLength', [x2]],
      ['overlap', [x1, x2]],
    ])
    return onNetworks(context, {
      describe: 'entry by entry, written by the pre-activations of the layer',
      what: 'the covariance',
      sizes: twoNeurons,
      everySide: true,
      derived: (size) => {
        // Layer l + 1 has the covariance that layer l gives.
        const plain = without(writtenOut(lastSide(given.covariance), size, context, { l: 2 }), ['perturbation'])
        const named = substitute(plain, (node) => {
          const inputs = node.kind === 'indexed' ? orders.get(node.name) : undefined
          return inputs && node.kind === 'indexed'
            ? { kind: 'apply', name: 'activityOverlap', indices: node.indices, arguments: inputs }
            : undefined
        })
        return written(asSum(named), size)
      },
      claimed: (formula, size) => written(asSum(writtenOut(lastSide(formula), size, context)), size),
    })
  },
)

/** What a map of activations gives for pre-activations: `\sigma_w^2 q_s + \sigma_b^2`. */
const byPreActivations = (e: Expression): Expression =>
  add(multiply(power(symbol('weightStandardDeviation'), 2), e), power(symbol('biasStandardDeviation'), 2))

/** `(q_h - \sigma_b^2) / \sigma_w^2`: the order parameter of activations of which one of pre-activations comes. */
const behind = (q: Expression): Expression =>
  divide(subtract(q, power(symbol('biasStandardDeviation'), 2)), power(symbol('weightStandardDeviation'), 2))

export const sameLengths = derive(
  'sec-2.2.same-length-map',
  { map: 'sec-2.2.length-map' },
  'the length map of the activations, written for pre-activations by the change of variables of the last display',
  ({ map }, { read }) =>
    byPreActivations(
      substitute(lastSide(map), (node) =>
        node.kind === 'apply' && node.name === 'activityOverlap' ? behind(read('q_h^{l-1}(x)')) : undefined,
      ),
    ),
)

const unperturbedIds = {
  map: 'sec-2.2.overlap-map',
  first: 'sec-2.2.overlap-map-first',
  second: 'sec-2.2.overlap-map-second',
  correlation: 'sec-2.2.perturbed-correlation',
} as const

/** The map of the overlap without perturbation, both inputs with pre-activations of one length and activations of an overlap. */
function unperturbedMap(
  given: { readonly [K in keyof typeof unperturbedIds]: Formula },
  length: Expression,
  overlap: Expression,
): Expression {
  const coefficient = substitute(without(lastSide(given.correlation), ['perturbation']), (node) => {
    if (node.kind === 'indexed' && node.name === 'overlap') return overlap
    return node.kind === 'symbol' && node.name === 'stationaryLength' ? behind(length) : undefined
  })
  const field = (formula: Formula): Expression =>
    substitute(lastSide(formula), (node) => {
      if (node.kind !== 'apply') return undefined
      if (node.name === 'activityOverlap') return behind(length)
      return node.name === 'perturbedCorrelation' ? coefficient : undefined
    })
  return substitute(lastSide(given.map), (node) => {
    if (node.kind !== 'symbol') return undefined
    return node.name === 'firstField'
      ? field(given.first)
      : node.name === 'secondField'
        ? field(given.second)
        : undefined
  })
}

export const sameOverlaps = derive(
  'sec-2.2.same-overlap-map',
  unperturbedIds,
  'the map of the overlap of the activations without perturbation at fixed length, written for pre-activations',
  (given, { read }) => {
    const length = read('q_h^*(x)')
    const overlap = behind(multiply(read('c_h^{l-1}(x_1, x_2)'), length))
    return byPreActivations(unperturbedMap(given, length, overlap))
  },
)

/** The map of the correlation of the activations at fixed length has the same slope at one as that of section 2.1. */
export const sameStability = derive(
  'sec-2.2.same-stability',
  unperturbedIds,
  "slope of the overlap of the activations by their correlation coefficient, by Price's theorem, at correlation one, divided by their length",
  (given, context) => {
    const ownLength = behind(firstLength)
    const map = unperturbedMap(given, firstLength, multiply(coefficientOfBoth, ownLength))
    return named(tidied(divide(slopeOf(map, coefficientOfBoth, one), ownLength)), context, { first: 'q^*(x)' })
  },
)

// ---- The fixed point of correlation one --------------------------------------------------------------------------------------

export const noFixedPoint = uses(
  'sec-2.2.no-fixed-point',
  { covariance: 'sec-2.2.covariance' },
  'the overlap one layer on of networks whose activations agree, for four activations',
)

const activations: readonly (readonly [string, ActivationForm])[] = [
  ['tanh', hyperbolicForm],
  ['erf', { kind: 'erf', scale: 1 }],
  ['ReLU', rectifiedForm],
  ['linear', linearForm],
]

const agreementLost = directCheck('correlation one layer on of equal activations', 'numeric', ({ premises }) => {
  const { covariance } = premises
  if (covariance === undefined) return { holds: null, summary: 'needs the covariance' }
  let nearest = { gap: Number.POSITIVE_INFINITY, name: '', eta: 0 }
  let kept = 0
  for (const [name, activation] of activations) {
    const model = { activation, weightVariance: 0.8, biasVariance: 0.2 }
    const q = (stableLength(signalMaps(model)).value - model.biasVariance) / model.weightVariance
    const after = (eta: number): number => {
      const pair = covarianceNumbers(covariance, { ...model, eta, lengths: [q, q], overlap: q })
      return gaussianKernel(gaussianActivation(activation), pair).value / q
    }
    kept = Math.max(kept, Math.abs(1 - after(0)))
    for (const eta of [0.01, 0.1, 0.5, 0.9]) {
      const gap = 1 - after(eta)
      if (gap < nearest.gap) nearest = { gap, name, eta }
    }
  }
  return {
    holds: kept < 1e-9 && nearest.gap > 1e-6,
    summary: `without perturbation it is one, to ${kept.toExponential(0)}; with one it falls below by ${nearest.gap.toExponential(2)} at least (${nearest.name}, eta = ${nearest.eta})`,
    witness: { at: { '\\eta': String(nearest.eta) }, left: String(1 - nearest.gap), right: '1', note: nearest.name },
    numbers: { kept, least: nearest.gap },
  }
})

export const confirmations = [confirm(noFixedPoint, agreementLost)]
