/** Section 2.1: the maps of length and overlap, fixed points and depth scales. */
import {
  add,
  type Context,
  confirm,
  derive,
  directCheck,
  divide,
  type Expression,
  type Formula,
  gaussianMeanOf,
  isolate,
  lastSide,
  log,
  meanSlope,
  mergedFields,
  multiply,
  negate,
  one,
  power,
  rational,
  scalarValue,
  squareRoot,
  substitute,
  symbol,
  withRectifiedMeans,
} from 'corrigenda'
import {
  asIntegral,
  atLargeWidth,
  correlation,
  domains,
  firstLength,
  named,
  plain,
  replaced,
  tidied,
} from './signals.js'

// ---- Maps -------------------------------------------------------------------------------------------------------------

const both = { first: 'q_h^{l-1}(x_1)', second: 'q_h^{l-1}(x_2)', correlation: 'c_h^{l-1}(x_1,x_2)' } as const
/** Both lengths at their fixed point. */
const stationary = { first: 'q_h^*(x)', second: 'q_h^*(x)', correlation: 'c_h^{l-1}(x_1,x_2)' } as const

export const lengthMap = derive(
  'eq-2.3',
  { sum: 'sec-2.1.length-sum' },
  'neurons of a wide layer are independent Gaussian fields: the sum over them by the mean over one',
  ({ sum }, context) => named(atLargeWidth(lastSide(sum), context), context, { first: 'q_h^{l-1}(x)' }),
)

/** The overlap's map in plain lengths and correlation. */
const overlapMapOf = (sum: Formula, context: Context): Expression => atLargeWidth(lastSide(sum), context)

export const overlapMap = derive(
  'eq-2.4',
  { sum: 'sec-2.1.overlap-sum', correlation: 'sec-2.1.correlation' },
  'the same for the Gaussian fields of both inputs, by Cholesky of their covariance with the overlap as the correlation coefficient has it',
  ({ sum }, context) => named(overlapMapOf(sum, context), context, both),
)

/** The k-th field of the only pair in a map, written by normal variables. */
function fieldOf(map: Expression, position: 0 | 1): Expression {
  const found: Expression[] = []
  substitute(map, (node) => {
    if (node.kind === 'apply' && node.name === 'activation') found.push(node.arguments[0]!)
    return undefined
  })
  return found[position]!
}

const fieldMethod = 'normal variables for both fields by Cholesky of their covariance'
export const firstField = derive('eq-2.4-first', { sum: 'sec-2.1.overlap-sum' }, fieldMethod, ({ sum }, context) =>
  named(fieldOf(overlapMapOf(sum, context), 0), context, both),
)
export const secondField = derive('eq-2.4-second', { sum: 'sec-2.1.overlap-sum' }, fieldMethod, ({ sum }, context) =>
  named(fieldOf(overlapMapOf(sum, context), 1), context, both),
)

/** A map with both lengths the same. */
export const atEqualLengths = (e: Expression): Expression => replaced(e, symbol('second length'), firstLength)

export const stationaryMap = derive(
  'eq-2.5',
  { sum: 'sec-2.1.overlap-sum' },
  'the map of the overlap with both lengths at their fixed point',
  ({ sum }, context) => named(atEqualLengths(overlapMapOf(sum, context)), context, stationary),
)
export const stationaryFirst = derive('eq-2.5-first', { sum: 'sec-2.1.overlap-sum' }, fieldMethod, ({ sum }, context) =>
  named(atEqualLengths(fieldOf(overlapMapOf(sum, context), 0)), context, stationary),
)
export const stationarySecond = derive(
  'eq-2.5-second',
  { sum: 'sec-2.1.overlap-sum' },
  fieldMethod,
  ({ sum }, context) => named(atEqualLengths(fieldOf(overlapMapOf(sum, context), 1)), context, stationary),
)
