/** Appendix C: the field of RAAI and the slope of its approximate length map. */
import {
  add,
  type Context,
  confirm,
  derive,
  differentiate,
  divide,
  type Expression,
  type Formula,
  findRoot,
  InputError,
  lastSide,
  multiply,
  one,
  power,
  printedNumber,
  rational,
  sameTree,
  scalarValue,
  squareRoot,
  substitute,
  subtract,
  symbol,
  toLeadingOrder,
  zero,
} from 'corrigenda'
import { frozenExpectation } from 'corrigenda/theory'
import { approximated, atLargeWidth, inPlain, meanSquaredSlope } from './appendix-b.js'
import { meanShares } from './asymmetric-networks.js'
import { antiCorrelation, centredShare, exactShare, named, special } from './asymmetric-quantities.js'

/** The special part of a field: that of appendix A. */
function specialPart(field: Expression): Expression {
  const terms = field.kind === 'sum' ? field.terms : [field]
  const part = terms.find((term) => {
    let holds = false
    substitute(term, (node) => {
      holds ||= node.kind === 'symbol' && node.name === 'u'
      return undefined
    })
    return holds
  })
  if (part === undefined) throw new TypeError('the field has no special part')
  return part
}

export const field = derive(
  'sec-C.1.field',
  { field: 'sec-A.1.field' },
  'the normal part with the reduced overlap for the overlap, the special part as in appendix A',
  ({ field: h }, { read }) =>
    add(multiply(read('\\sigma_w'), squareRoot(read('\\tilde{q}^{l-1}(x)')), read('z')), specialPart(lastSide(h))),
)

/** Entries of a covariance matrix on its diagonal, less what every entry has; and what every entry has. */
function partsOf(entry: Expression): { readonly diagonal: Expression; readonly constant: Expression } {
  const at = (delta: Expression): Expression =>
    substitute(entry, (node) => (node.kind === 'function' && node.name === 'kroneckerDelta' ? delta : undefined))
  return { diagonal: subtract(at(one), at(zero)), constant: at(zero) }
}

/**
 * sigma_w^{-2} times the covariance of both sums of weights: sums of products over the N nodes left by their overlap, products of
 * sums by their means.
 */
function covarianceOf(weights: Formula, inputs: readonly [string, string], context: Context): Expression {
  const { read } = context
  const [a, b] = inputs
  const { diagonal, constant } = partsOf(lastSide(weights))
  const factor = (e: Expression, nodes: number): Expression =>
    atLargeWidth(divide(multiply(e, power(read('N'), nodes)), read('\\sigma_w^2')), context)
  const overlap = read(a === b ? `q_{-k_j^{l-1}}^{l-1}(${a})` : `q_{-k_j^{l-1}}^{l-1}(${a}, ${b})`)
  const mean = (x: string): Expression => read(`m_{-k_j^{l-1}}^{l-1}(${x})`)
  return add(multiply(factor(diagonal, 1), overlap), multiply(factor(constant, 2), mean(a), mean(b)))
}

const reducedMethod =
  "covariance of the sums of weights with the program's covariance as N goes to infinity: sums of products over nodes by the overlap, products of sums by the means"
export const reduced = derive(
  'sec-C.1.reduced',
  { weights: 'sec-D.covariance' },
  reducedMethod,
  ({ weights }, context) => toLeadingOrder('1/N', covarianceOf(weights, ['x', 'x'], context)),
)
export const covariance = derive(
  'sec-C.2.covariance',
  { weights: 'sec-D.covariance' },
  reducedMethod,
  ({ weights }, context) =>
    toLeadingOrder('1/N', {
      kind: 'matrix',
      rows: [
        [covarianceOf(weights, ['x_1', 'x_1'], context), covarianceOf(weights, ['x_1', 'x_2'], context)],
        [covarianceOf(weights, ['x_1', 'x_2'], context), covarianceOf(weights, ['x_2', 'x_2'], context)],
      ],
    }),
)

export const redefinedField = derive(
  'sec-C.1.field-redefined',
  { field: 'sec-C.1.field' },
  'the normal part with the redefined deviation and the mean square of all nodes',
  ({ field: h }, { read }) =>
    add(multiply(read('\\tilde{\\sigma}'), squareRoot(read('q_s^{l-1}(x)')), read('z')), specialPart(lastSide(h))),
)

export const slope = derive(
  'eq-C.1',
  { slope: 'eq-B.1' },
  '(B.1) with the redefined deviation',
  ({ slope: uncorrelated }, { read }) =>
    substitute(lastSide(uncorrelated), (node) =>
      sameTree(node, read('\\sigma_w')) ? read('\\tilde{\\sigma}') : undefined,
    ),
)

// ---- Equal inputs -------------------------------------------------------------------------------------------------------------

/**
 * Price's theorem: of E phi(h_1) phi(h_2) the slope by the correlation of the activations behind is the slope of the covariance of
 * both normal parts, times the mean product of both derivatives, over the length, which is taken as one for ReLU.
 */
export const stability = derive(
  'sec-C.2.stability',
  { covariance: 'sec-C.2.covariance', field: 'sec-C.1.field-redefined' },
  "by Price's theorem the slope of the covariance of both normal parts, times the mean squared derivative at the field, at a length of one",
  ({ covariance: of, field: h }, context) => {
    const { read } = context
    const matrix = lastSide(of)
    if (matrix.kind !== 'matrix') throw new InputError('the covariance is a matrix')
    const correlation = symbol('correlation')
    const cross = inPlain(matrix.rows[0]![1]!, read('q_{-k_j^{l-1}}^{l-1}(x_1, x_2)'), correlation)
    const weight = multiply(read('\\sigma_w^2'), differentiate(cross, correlation))
    const atOne = inPlain(approximated(lastSide(h)), read('q_s^{l-1}(x)'), one)
    return multiply(weight, meanSquaredSlope(atOne, context))
  },
)

/** The weight variance at which a slope sigma_w^2 E phi'(a z + u)^2 is one, where `a` may be the redefined deviation. */
function marginalVariance(slopeFormula: Formula, redefined: Formula): number {
  const slopes: Expression[] = []
  const factor = substitute(lastSide(slopeFormula), (node) => {
    if (node.kind !== 'integral') return undefined
    slopes.push(node)
    return one
  })
  let argument: Expression | null = null
  substitute(slopes[0] ?? one, (node) => {
    if (node.kind === 'derivative') argument ??= node.variable
    return undefined
  })
  if (argument === null) throw new InputError('the slope holds no derivative of the activation')
  const valueAt = (e: Expression, deviation: number): number => {
    const reduced = Math.sqrt(
      scalarValue(lastSide(redefined), { weightStandardDeviation: deviation, rowCorrelation: antiCorrelation }),
    )
    return scalarValue(e, { weightStandardDeviation: deviation, reducedDeviation: reduced })
  }
  const ofNormal = differentiate(argument, symbol('z'))
  const excess = (s: number): number => {
    const deviation = Math.exp(s / 2)
    const frozen = { deviation: valueAt(ofNormal, deviation), scale: 1, special }
    const squared = frozenExpectation((h) => (h > 0 ? 1 : 0), frozen, [0]).value
    return Math.log(valueAt(factor, deviation) * squared)
  }
  return Math.exp(findRoot(excess, Math.log(0.05), Math.log(20), 1e-10).root)
}

const hundredths = 100
export const correlationBoundary = derive(
  'sec-C.2.boundary',
  { stability: 'sec-C.2.stability', redefined: 'sec-C.1.redefined' },
  'the weight variance at which the slope is one, to the two decimals that boundaries are given to',
  ({ stability: condition, redefined }) =>
    rational(Math.round(hundredths * marginalVariance(condition, redefined)), hundredths),
)

const meanRelation = printedNumber({
  name: 'squared mean over mean square of the activations at a fixed point of the length',
  readings: [named('in the exact limit', exactShare)],
  beside: [named('of a rectified centred normal variable', () => centredShare)],
})

export const confirmations = [confirm('sec-C.1.mean-relation', meanRelation, meanShares)]
