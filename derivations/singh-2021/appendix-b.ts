/** Appendix B: the approximate maps of RAI and their slopes, for ReLU in the end. */
import {
  type ApplyNode,
  add,
  type Context,
  confirm,
  derive,
  differentiate,
  divide,
  type Expression,
  type Formula,
  firstSide,
  InputError,
  lastSide,
  mapChildren,
  multiply,
  negate,
  one,
  power,
  type Region,
  sameTree,
  scalarValue,
  simplify,
  squareRoot,
  substitute,
  subtract,
  symbol,
  zero,
} from 'corrigenda'
import { equalInputs, mean, sumIn } from './appendix-a.js'

/** The quantities of a kind in an expression, each once. */
function quantitiesIn(e: Expression, wanted: (node: ApplyNode) => boolean): readonly Expression[] {
  const found: Expression[] = []
  substitute(e, (node) => {
    if (node.kind === 'apply' && wanted(node) && !found.some((other) => sameTree(other, node))) found.push(node)
    return undefined
  })
  return found
}

/** Sums whose letter does not stand in what they sum, as that many times it. */
function counted(e: Expression): Expression {
  const inner = mapChildren(e, counted)
  if (inner.kind !== 'indexedSum' || inner.range.kind !== 'interval') return inner
  const { from, to } = inner.range
  return multiply(add(to, negate(from), one), inner.body)
}

export const rootMeanSquare = derive(
  'sec-B.1.root-mean-square',
  { overlap: 'sec-A.overlap', chance: 'sec-D.chance' },
  'the root of the mean over the node that is chosen, each as likely as the program has it, of its squared activation',
  ({ overlap, chance }, { read }) => {
    const { sum } = sumIn(lastSide(overlap))
    const node = quantitiesIn(sum.body, ({ name }) => name === 'activity')[0]
    if (node === undefined) throw new InputError('the overlap sums activations')
    const square = power(inPlain(node, read('x_1'), read('x')), 2)
    return squareRoot(multiply(lastSide(chance), { ...sum, body: square }))
  },
)

// ---- What the text says of slopes and of ReLU ------------------------------------------------------------------------------------

export const homogeneous = derive(
  'sec-B.1.homogeneous',
  { relu: 'sec-1.1.relu' },
  'the activation at a multiple of its argument',
  ({ relu }, { read }) => inPlain(lastSide(relu), read('x'), multiply(read('a'), read('x'))),
)

/** Differences from a fixed point of a linear map of lengths after many layers, over those at the start. */
const differenceAfter = (slope: number, layers: number): number => slope ** layers
/** Where such a difference shrinks or grows, in what a premise calls the slope. */
const wherever = (describe: string, slope: Formula, holds: (difference: number) => boolean): Region => ({
  kind: 'region',
  describe,
  contains: (values) => holds(differenceAfter(scalarValue(firstSide(slope), Object.fromEntries(values)), 2)),
})
const linearity = { slope: 'sec-B.1.slope-map' } as const
const ofLinearMap = 'differences of lengths are multiplied by the slope of a linear map in every layer'
export const boundedPhase = derive('sec-B.1.bounded-phase', linearity, ofLinearMap, ({ slope }) =>
  wherever('lengths draw nearer to their fixed point from layer to layer', slope, (difference) => difference < 1),
)
export const unboundedPhase = derive('sec-B.1.unbounded-phase', linearity, ofLinearMap, ({ slope }) =>
  wherever('lengths are driven away from it', slope, (difference) => difference > 1),
)

/** The approximation: overlaps without one node by all, the special input's activation by its root mean square. */
export const approximated = (e: Expression): Expression =>
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

/** A map with another expression in its integral's place, and that integral. */
function integralIn(map: Formula, by: Expression) {
  let integral: Expression | null = null
  const rest = substitute(lastSide(map), (node) => {
    if (node.kind !== 'integral') return undefined
    integral ??= node
    return by
  })
  if (integral === null) throw new TypeError('there is no integral in the map')
  return { integral: integral as Expression, rest }
}

/** An integral over all variables without what stands before it: as N goes to infinity (1 + N I)/(N + 1) is I. */
const limitOf = (map: Formula): Expression => integralIn(map, zero).integral

/** An expression of the width as it goes to infinity. */
export function atLargeWidth(e: Expression, { read }: Context): Expression {
  const small = symbol('one over the width')
  const put = (of: Expression, from: Expression, by: Expression): Expression =>
    substitute(of, (node) => (sameTree(node, from) ? by : undefined))
  return put(simplify(put(e, read('N'), power(small, -1))), small, zero)
}

/** What stands before a map's integral as N goes to infinity. */
const factorOf = (map: Formula, context: Context): Expression =>
  atLargeWidth(subtract(integralIn(map, one).rest, integralIn(map, zero).rest), context)

const variable = symbol('mean square')
export const inPlain = (e: Expression, quantity: Expression, by: Expression): Expression =>
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

export const correlationSlope = derive(
  'sec-B.2.slope-map',
  { map: 'sec-B.2.map' },
  'the derivative of the map by the correlation that it holds, as N goes to infinity',
  ({ map }, context) => {
    const { integral } = integralIn(map, zero)
    // All that the integral holds of the layer before is the correlation that it is differentiated by.
    const held = quantitiesIn(integral, (node) => node.indices.length > 0)
    const [correlation, ...others] = held
    if (correlation === undefined || others.length > 0) throw new InputError('the map holds one correlation')
    const of: Expression = { kind: 'apply', name: 'integralOfMap', indices: [], arguments: [correlation] }
    return multiply(factorOf(map, context), { kind: 'derivative', of, variable: correlation, order: 1 })
  },
)

/** The mean square of the activation's derivative at a field of a normal and a special part. */
export function meanSquaredSlope(field: Expression, context: Context): Expression {
  const of: Expression = { kind: 'apply', name: 'activation', indices: [], arguments: [field] }
  return mean(power({ kind: 'derivative', of, variable: field, order: 1 }, 2), context, 'z', 'u')
}

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
    return multiply(power(differentiate(atOne, symbol('z')), 2), meanSquaredSlope(atOne, context))
  },
)

/** The term of (B.1) that holds nothing of the activation but its derivative. */
export const sameTerm = derive(
  'sec-B.2.same-term',
  { slope: 'eq-B.1' },
  "the first of both terms: that whose integrand has the activation's derivative alone",
  ({ slope: both }) => {
    const side = lastSide(both)
    const terms = side.kind === 'sum' ? side.terms : [side]
    const own = terms.filter(
      (term) => quantitiesIn(withoutDerivatives(term), ({ name }) => name === 'activation').length === 0,
    )
    return add(...own)
  },
)
const withoutDerivatives = (e: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'derivative' ? one : undefined))

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

export const confirmations = [
  confirm('sec-B.2.equal-inputs', equalInputs),
  confirm('sec-C.2.equal-inputs', equalInputs),
]
