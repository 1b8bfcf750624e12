/** Dense networks of sign neurons: laws of perturbed weights, equations (5) to (7), and the overlaps that follow. */
import {
  add,
  type CheckInput,
  type Context,
  confirm,
  derive,
  directCheck,
  divide,
  type Expression,
  expanded,
  type Formula,
  infiniteWidth,
  keyOf,
  lastSide,
  type MatrixNode,
  multiply,
  negate,
  one,
  power,
  rational,
  sampledExpectations,
  sampledExtrapolations,
  scalarValue,
  squareRoot,
  substitute,
  symbol,
  tableEstimates,
  zero,
} from 'corrigenda'
import { agreementAt, thermalOverlap } from 'corrigenda/network'
import { layerProduct } from './single-site.js'

// ---- Laws of the weights -------------------------------------------------------------------------------------------------

/** The perturbed weight as a mixture of two independent weights of the same law: their coefficients. */
export function mixture(perturbation: Formula): { readonly kept: Expression; readonly mixed: Expression } {
  const side = lastSide(perturbation)
  const coefficient = (name: string): Expression => {
    const only = substitute(side, (node) =>
      node.kind === 'indexed' && (node.name === 'referenceWeight' || node.name === 'weightPerturbation')
        ? rational(node.name === name ? 1 : 0)
        : undefined,
    )
    return only
  }
  return { kept: coefficient('referenceWeight'), mixed: coefficient('weightPerturbation') }
}

const weightVariance = power(symbol('weightStandardDeviation'), 2)

export const variance = derive(
  'sec-continuous.variance',
  { perturbation: 'sec-continuous.perturbation' },
  'the squares of both coefficients times the variance of independent weights',
  ({ perturbation }) => {
    const { kept, mixed } = mixture(perturbation)
    return multiply(add(power(kept, 2), power(mixed, 2)), weightVariance)
  },
)

/** The probability of a value under a law written with Kronecker deltas, for a reference weight that is +1. */
export function probabilityOf(law: Formula, value: 1 | -1): Expression {
  return substitute(lastSide(law), (node) => {
    if (node.kind !== 'function' || node.name !== 'kroneckerDelta') return undefined
    const numbers = node.arguments.map((argument) =>
      substitute(argument, (part) =>
        part.kind === 'indexed' ? (part.name === 'weight' ? rational(value) : one) : undefined,
      ),
    )
    return keyOf(numbers[0]!) === keyOf(numbers[1]!) ? one : zero
  })
}

/** Mean of a perturbed weight whose reference is +1: what a flip leaves of the correlation. */
export const keptByFlips = (law: Formula): Expression => add(probabilityOf(law, 1), negate(probabilityOf(law, -1)))

/** The covariance matrix of both fields: each is a normalised sum over the layer before, whose states have the overlap q. */
function fieldCovariance(
  { field, overlap }: { readonly field: Formula; readonly overlap: Formula },
  weights: { readonly variance: Expression; readonly covariance: Expression },
  { read }: Context,
): MatrixNode {
  // The sum of N products of weights and states, normalised twice: N times the square of the prefactor.
  const prefactor = substitute(lastSide(field), (node) => (node.kind === 'indexedSum' ? one : undefined))
  const scale = multiply(symbol('width'), power(prefactor, 2))
  const mean = lastSide(overlap)
  if (mean.kind !== 'product') throw new TypeError('the overlap is a mean over neurons')
  const diagonal = multiply(scale, weights.variance)
  const corner = multiply(scale, weights.covariance, read('q^{l-1}'))
  return {
    kind: 'matrix',
    rows: [
      [diagonal, corner],
      [corner, diagonal],
    ],
  }
}

export const continuousCovariance = derive(
  'eq-7',
  { field: 'sec-dense.local-field', overlap: 'sec-dense.overlap', perturbation: 'sec-continuous.perturbation' },
  'second moments of both fields: of the weights by the mixture, of the states by the overlap of the layer before',
  (premises, context) => {
    const { kept, mixed } = mixture(premises.perturbation)
    // The perturbed field has the reference's variance where the mixture keeps that of a weight.
    const own = multiply(add(power(kept, 2), power(mixed, 2)), weightVariance)
    const matrix = fieldCovariance(
      premises,
      { variance: weightVariance, covariance: multiply(kept, weightVariance) },
      context,
    )
    return {
      ...matrix,
      rows: [matrix.rows[0]!, [matrix.rows[1]![0]!, multiply(matrix.rows[1]![1]!, divide(own, weightVariance))]],
    }
  },
)

export const binaryCovariance = derive(
  'eq-10',
  { field: 'sec-dense.local-field', overlap: 'sec-dense.overlap', flips: 'sec-binary.perturbed' },
  'second moments of both fields: of the weights by the flips, of the states by the overlap of the layer before',
  (premises, context) => fieldCovariance(premises, { variance: one, covariance: keptByFlips(premises.flips) }, context),
)

// ---- Overlaps ------------------------------------------------------------------------------------------------------------

/**
 * The mean product of the signs of two normal fields, by Price's theorem: its derivative by the correlation is four times
 * their density at the origin; it vanishes without correlation.
 */
function signOverlapOf(density: Expression, covariance: Formula): Expression {
  const matrix = entriesOf(lastSide(covariance))
  const correlation = divide(matrix[0]![1]!, squareRoot(multiply(matrix[0]![0]!, matrix[1]![1]!)))
  // The density (5) at vanishing fields, of variance one.
  const atOrigin = substitute(density, (node) => {
    if (node.kind === 'determinant' || node.kind === 'modulus') return add(one, negate(power(symbol('t'), 2)))
    return node.kind === 'matrixProduct' ? zero : undefined
  })
  return { kind: 'integral', variable: 't', from: zero, to: correlation, body: multiply(rational(4), atOrigin) }
}

function entriesOf(e: Expression): readonly (readonly Expression[])[] {
  if (e.kind === 'matrix') return e.rows
  if (e.kind !== 'product') throw new TypeError('a matrix is expected')
  const matrix = e.factors.find((f): f is MatrixNode => f.kind === 'matrix')
  const rest = e.factors.filter((f) => f !== matrix)
  if (!matrix) throw new TypeError('a matrix is expected')
  return matrix.rows.map((row) => row.map((x) => multiply(...rest, x)))
}

/** The density of both fields in the measure of a layer: what holds no state. */
const densityIn = (measure: Formula): Expression => {
  const product = layerProduct(measure)
  const factors = product.kind === 'product' ? product.factors : [product]
  const text = (e: Expression): string => keyOf(e)
  const density = factors.filter((f) => text(f).includes('ovariance') || text(f).includes('fieldVector'))
  return multiply(...density)
}

const priceTheorem =
  "the mean product of both signs, whose derivative by the fields' correlation is four times their density at the origin"

export const continuousOverlap = derive(
  'eq-8',
  { measure: 'eq-5', covariance: 'eq-7' },
  priceTheorem,
  ({ measure, covariance }) => signOverlapOf(densityIn(measure), covariance),
)
export const binaryOverlap = derive(
  'eq-11',
  { measure: 'eq-5', covariance: 'eq-10' },
  priceTheorem,
  ({ measure, covariance }) => signOverlapOf(densityIn(measure), covariance),
)

/** The claimed overlap at a strength of the perturbation and an overlap before it. */
export function claimedOverlap(
  claimed: Formula,
  input: Pick<CheckInput, 'context'>,
  strength: number,
  before: number,
): number {
  const scalars = substitute(expanded(claimed, input), (node) => {
    if (node.kind !== 'indexed') return undefined
    return symbol(node.name === 'overlap' ? 'before' : 'strength')
  })
  return scalarValue(scalars, { before, strength })
}

const coldLimit = (kept: (strength: number) => number) =>
  directCheck('mean product of states as the noise vanishes', 'numeric', (input) => {
    let worst = { gap: 0, strength: 0, before: 0, left: 0, right: 0 }
    for (const strength of [0.05, 0.3, 0.45])
      for (const before of [0.9, 0.4]) {
        const right = thermalOverlap(kept(strength) * before, 1e4)
        const left = claimedOverlap(input.claimed, input, strength, before)
        const gap = Math.abs(left - right)
        if (!(gap <= worst.gap)) worst = { gap, strength, before, left, right }
      }
    return {
      // At beta = 10^4 the fields within 10^-4 of zero are still noisy.
      holds: worst.gap < 3e-8,
      summary: `the integral (6) at beta = 10^4 agrees to ${worst.gap.toExponential(0)} at six perturbations and overlaps`,
      witness: {
        at: { perturbation: String(worst.strength), 'q before': String(worst.before) },
        left: String(worst.left),
        right: String(worst.right),
      },
      numbers: { deviation: worst.gap },
    }
  })

const networksAt = (depth: CheckInput['depth'], standard: number): number =>
  depth === 'quick' ? Math.ceil(standard / 4) : depth === 'full' ? 4 * standard : standard

const sampledRotations = sampledExpectations({
  name: 'overlaps of sampled pairs, weights drawn',
  stream: 'rotated-pairs',
  finiteWidth: 'one layer from a given overlap: exact at every width, since fields of Gaussian weights are normal',
  cases: (depth) =>
    [
      [0.1, 1],
      [0.6, 1],
      [0.3, 0.5],
    ].map(([eta, overlap]) => ({
      parameters: { '\\eta^l': eta!, 'q^{l-1}': overlap! },
      request: {
        ensemble: {
          kind: 'pair',
          activation: 'sign',
          widths: 40,
          depth: 1,
          weights: { kind: 'gaussian' },
          weightVariance: 1,
          perturbation: { kind: 'rotation', eta: eta! },
          input: { flips: { kind: 'overlap', overlap: overlap! } },
        },
        level: 'weights',
        observables: [{ kind: 'layers', field: 'pairOverlap', layers: [1] }],
        networks: networksAt(depth, 2000),
      },
      measured: tableEstimates,
      predicted: (claimed, input) => [claimedOverlap(claimed, input, eta!, overlap!)],
      label: () => 'the mean overlap',
    })),
})

const binaryPair = (widths: number, p: number, overlap: number) =>
  ({
    kind: 'pair',
    activation: 'sign',
    widths,
    depth: 1,
    weights: { kind: 'binary' },
    weightVariance: 1,
    perturbation: { kind: 'signFlips', p },
    input: { flips: { kind: 'overlap', overlap } },
  }) as const

const exactFlips = infiniteWidth({
  name: 'exact agreement of neurons with flipped weights',
  widths: [128, 256, 512, 1024, 2048],
  cases: [
    [0.1, 1],
    [0.3, 0.5],
    [0.05, 0.75],
  ].map(([p, overlap]) => ({
    parameters: { 'p^l': p!, 'q^{l-1}': overlap! },
    exact: (width) => [1 - 2 * agreementAt(binaryPair(width, p!, overlap!), 1, overlap!).different],
    predicted: (claimed, input) => [claimedOverlap(claimed, input, p!, overlap!)],
    label: () => 'the overlap',
  })),
})

const sampledFlips = sampledExtrapolations({
  name: 'overlaps of sampled pairs with binary weights, extrapolated in the width',
  stream: 'flipped-pairs',
  cases: [
    [0.1, 1],
    [0.3, 0.5],
  ].map(([p, overlap]) => ({
    parameters: { 'p^l': p!, 'q^{l-1}': overlap! },
    widths: [24, 48, 96],
    powers: [0, 1],
    request: (width, depth) => ({
      ensemble: binaryPair(width, p!, overlap!),
      level: 'weights' as const,
      observables: [{ kind: 'layers' as const, field: 'pairOverlap' as const, layers: [1] }],
      networks: networksAt(depth, 1000),
    }),
    measured: tableEstimates,
    predicted: (claimed, input) => [claimedOverlap(claimed, input, p!, overlap!)],
    label: () => 'the mean overlap',
  })),
})

export const confirmations = [
  confirm(
    continuousOverlap,
    coldLimit((eta) => Math.sqrt(1 - eta * eta)),
    sampledRotations,
  ),
  confirm(
    binaryOverlap,
    coldLimit((p) => 1 - 2 * p),
    exactFlips,
    sampledFlips,
  ),
]
