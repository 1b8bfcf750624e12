/** Appendix C: the field of RAAI and the slope of its approximate length map. */
import {
  add,
  type Context,
  confirm,
  derive,
  divide,
  type Expression,
  type Formula,
  lastSide,
  multiply,
  one,
  power,
  printedNumber,
  sameTree,
  squareRoot,
  substitute,
  subtract,
  toLeadingOrder,
  zero,
} from 'corrigenda'
import { atLargeWidth } from './appendix-b.js'
import { meanShares } from './asymmetric-networks.js'
import { centredShare, exactShare, named } from './asymmetric-quantities.js'

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

const meanRelation = printedNumber({
  name: 'squared mean over mean square of the activations at a fixed point of the length',
  readings: [named('in the exact limit', exactShare)],
  beside: [named('of a rectified centred normal variable', () => centredShare)],
})

export const confirmations = [confirm('sec-C.1.mean-relation', meanRelation, meanShares)]
