/** Appendix B: the approximate maps of RAI and their slopes, for ReLU in the end. */
import {
  add,
  type Context,
  confirm,
  derive,
  differentiate,
  divide,
  type Expression,
  type Formula,
  lastSide,
  mapChildren,
  multiply,
  negate,
  one,
  power,
  sameTree,
  squareRoot,
  substitute,
  symbol,
  zero,
} from 'corrigenda'
import { equalInputs, mean } from './appendix-a.js'

/** Sums whose letter does not stand in what they sum, as that many times it. */
function counted(e: Expression): Expression {
  const inner = mapChildren(e, counted)
  if (inner.kind !== 'indexedSum' || inner.range.kind !== 'interval') return inner
  const { from, to } = inner.range
  return multiply(add(to, negate(from), one), inner.body)
}

/** The approximation: overlaps without one node by all, the special input's activation by its root mean square. */
const approximated = (e: Expression): Expression =>
  counted(
    substitute(e, (node) => {
      if (node.kind !== 'apply') return undefined
      const layer = node.indices.filter((s) => s.slot === 'layer')
      const overlap: Expression = { kind: 'apply', name: 'activityOverlap', indices: layer, arguments: node.arguments }
      if (node.name === 'remainingOverlap') return overlap
      return node.name === 'activity' ? squareRoot(overlap) : undefined
    }),
  )

export const lengthMap = derive(
  'sec-B.1.map',
  { map: 'eq-A.1' },
  '(A.1) with the overlap of all nodes and the root mean square of a node; what no longer depends on nodes is counted',
  ({ map }) => approximated(lastSide(map)),
)

/** An integral over all variables without what stands before it, and its integrand taken apart. */
const limitOf = (map: Formula): Expression => {
  // As N goes to infinity (1 + N I)/(N + 1) is I.
  let integral: Expression | null = null
  substitute(lastSide(map), (node) => {
    if (node.kind !== 'integral') return undefined
    integral ??= node
    return zero
  })
  if (integral === null) throw new TypeError('there is no integral in the map')
  return integral
}

const variable = symbol('mean square')
const inPlain = (e: Expression, quantity: Expression, by: Expression): Expression =>
  substitute(e, (node) => (sameTree(node, quantity) ? by : undefined))

/** The slope of the length map by its argument, in the paper's names. */
function slopeOf(map: Formula, { read }: Context): Expression {
  const quantity = read('q_s^{l-1}(x)')
  return inPlain(differentiate(inPlain(limitOf(map), quantity, variable), variable), variable, quantity)
}

const slopeMethod = 'the derivative of the map as N goes to infinity, under the integral'
export const slopeMap = derive('sec-B.1.slope-map', { map: 'sec-B.1.map' }, slopeMethod, ({ map }, context) =>
  slopeOf(map, context),
)
export const slopeInside = derive('sec-B.1.slope-inside', { map: 'sec-B.1.map' }, slopeMethod, ({ map }, context) =>
  slopeOf(map, context),
)

/** phi(a x) = a phi(x) for a > 0 lets the length be taken as one: a slope does not depend on it. */
export const slope = derive(
  'eq-B.1',
  { slope: 'sec-B.1.slope-inside' },
  'for ReLU the slope does not depend on the length, which is taken as one',
  ({ slope: inside }, { read }) => inPlain(lastSide(inside), read('q_s^{l-1}(x)'), one),
)

// ---- Equal inputs -------------------------------------------------------------------------------------------------------------

export const correlationMap = derive(
  'sec-B.2.map',
  { map: 'sec-A.2.rewritten', first: 'sec-A.2.first-argument', second: 'sec-A.2.second-argument' },
  'the map of the overlap with its fields, approximated as the length map, both lengths at their fixed point, divided by it',
  ({ map, first, second }, { read }) => {
    const withFields = inPlain(inPlain(lastSide(map), read('v_1'), lastSide(first)), read('v_2'), lastSide(second))
    const correlated = substitute(withFields, (node) =>
      node.kind === 'apply' && node.name === 'remainingCorrelation' ? read('c_s^{l-1}(x_1, x_2)') : undefined,
    )
    const length = read('q_s^*(x)')
    const stationary = substitute(approximated(correlated), (node) =>
      node.kind === 'apply' && node.name === 'activityOverlap' ? length : undefined,
    )
    return divide(stationary, length)
  },
)

/**
 * The slope of the map at correlation one: of E f(u1) f(u2) by the correlation of both fields, by Price's theorem, the product of both
 * derivatives times the fields' scale.
 */
export const stability = derive(
  'eq-B.2',
  { map: 'sec-B.1.map' },
  "by Price's theorem the slope at correlation one is the normal part's variance times the mean squared derivative, over the length, which is taken as one for ReLU",
  ({ map }, context) => {
    const field = fieldIn(limitOf(map))
    const atOne = inPlain(field, context.read('q_s^{l-1}(x)'), one)
    const normal = context.read('z')
    const scale = differentiate(atOne, symbol('z'))
    const derivative: Expression = {
      kind: 'derivative',
      of: { kind: 'apply', name: 'activation', indices: [], arguments: [atOne] },
      variable: atOne,
      order: 1,
    }
    if (normal.kind !== 'symbol') throw new TypeError('the normal variable is a letter')
    return multiply(power(scale, 2), mean(power(derivative, 2), context, 'z', 'u'))
  },
)

/** What the activation is taken of. */
function fieldIn(e: Expression): Expression {
  let field: Expression | null = null
  substitute(e, (node) => {
    if (node.kind === 'apply' && node.name === 'activation') field ??= node.arguments[0]!
    return undefined
  })
  if (field === null) throw new TypeError('there is no activation')
  return field
}

export const confirmations = [confirm('sec-C.2.equal-inputs', equalInputs)]
