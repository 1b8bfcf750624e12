/** Section 2.1: the maps of length and overlap, fixed points and depth scales. */
import {
  type Context,
  derive,
  divide,
  type Expression,
  type Formula,
  firstSide,
  lastSide,
  log,
  multiply,
  negate,
  one,
  simplify,
  squareRoot,
  substitute,
  subtract,
  symbol,
} from 'corrigenda'
import { isolate } from 'corrigenda/theory'
import {
  atLargeWidth,
  atValue,
  correlation,
  domains,
  firstLength,
  named,
  plain,
  replaced,
  secondLength,
  slopeOf,
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

/** The overlap over the root of both lengths by the correlation coefficient, from how the coefficient is defined. */
function overlapRatio(coefficient: Formula, context: Context): Expression {
  const overlap = symbol('overlap')
  const [named, value] = [firstSide(coefficient), lastSide(coefficient)]
  const letters = {
    overlap: 'q_h^l(x_1,x_2)',
    first: 'q_h^l(x_1)',
    second: 'q_h^l(x_2)',
    coefficient: 'c_h^l(x_1,x_2)',
  }
  const inPlain = (e: Expression): Expression => {
    const lengths = plain(e, context, {
      first: letters.first,
      second: letters.second,
      correlation: letters.coefficient,
    })
    return replaced(lengths, context.read(letters.overlap), overlap)
  }
  const solved = isolate(subtract(inPlain(value), inPlain(named)), overlap)
  return simplify(divide(solved, squareRoot(multiply(firstLength, secondLength))), { domains })
}

export const overlapMap = derive(
  'eq-2.4',
  { sum: 'sec-2.1.overlap-sum', correlation: 'sec-2.1.correlation' },
  'the same for the Gaussian fields of both inputs, by Cholesky of their covariance with the overlap as the correlation coefficient has it',
  ({ sum, correlation: coefficient }, context) => {
    const ratio = overlapRatio(coefficient, context)
    const map = atValue(overlapMapOf(sum, context), correlation, ratio)
    return named(map, context, both)
  },
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

// ---- Fixed points and slopes -------------------------------------------------------------------------------------------

/** A map of the overlap with the fields that stand below it put in, in plain lengths and correlation. */
export function mapWithFields(
  { map, first, second }: { readonly map: Formula; readonly first: Formula; readonly second: Formula },
  context: Context,
): Expression {
  const withFirst = replaced(lastSide(map), symbol('firstField'), lastSide(first))
  return plain(replaced(withFirst, symbol('secondField'), lastSide(second)), context, stationary)
}

const mapPremises = { map: 'eq-2.5', first: 'eq-2.5-first', second: 'eq-2.5-second' } as const

export const fixedPoint = derive(
  'sec-2.1.fixed-point',
  { ...mapPremises, length: 'eq-2.3' },
  'the map of the overlap at correlation one over the length map, both at the same length',
  ({ length, ...map }, context) => {
    const lengthAt = plain(lastSide(length), context, { first: 'q_h^{l-1}(x)' })
    const ratio = tidied(divide(atValue(mapWithFields(map, context), correlation, one), lengthAt))
    return named(ratio, context, { first: 'q^*(x)' })
  },
)

export const stability = derive(
  'sec-2.1.stability',
  mapPremises,
  "slope of the overlap by its own size, by Price's theorem, at correlation one and divided by the length",
  (map, context) => {
    const slope = slopeOf(mapWithFields(map, context), correlation, one)
    return named(tidied(divide(slope, firstLength)), context, { first: 'q^*(x)' })
  },
)

// ---- Depth scales ------------------------------------------------------------------------------------------------------

export const lengthScale = derive(
  'sec-2.1.scale-length',
  { length: 'eq-2.3' },
  "slope of the length map by Price's theorem; deviations shrink by it from layer to layer",
  ({ length }, context) => {
    const map = plain(lastSide(length), context, { first: 'q_h^{l-1}(x)' })
    return named(negate(log(tidied(slopeOf(map, firstLength)))), context, { first: 'q^*(x)' })
  },
)

/** Both at their fixed points. */
const atFixedPoint = { first: 'q^*(x)', second: 'q^*(x)', correlation: 'c^*(x_1, x_2)' } as const

export const correlationScale = derive(
  'sec-2.1.scale-correlation',
  mapPremises,
  "slope of the correlation map at its fixed point, by Price's theorem; deviations shrink by it from layer to layer",
  (map, context) => {
    const slope = divide(slopeOf(mapWithFields(map, context), correlation), firstLength)
    return named(negate(log(tidied(slope))), context, atFixedPoint)
  },
)
export const scaleFirst = derive(
  'sec-2.1.scale-first',
  { first: 'eq-2.5-first' },
  'the field at both fixed points',
  ({ first }, context) => named(plain(lastSide(first), context, stationary), context, atFixedPoint),
)
export const scaleSecond = derive(
  'sec-2.1.scale-second',
  { second: 'eq-2.5-second' },
  'the field at both fixed points',
  ({ second }, context) => named(plain(lastSide(second), context, stationary), context, atFixedPoint),
)

/** The depth scale with the fields that stand below it put in, at correlation one. */
export function scaleAtOne(
  { scale, first, second }: { readonly scale: Formula; readonly first: Formula; readonly second: Formula },
  context: Context,
): Expression {
  const fields = replaced(lastSide(scale), symbol('firstField'), lastSide(first))
  const inPlain = plain(replaced(fields, symbol('secondField'), lastSide(second)), context, atFixedPoint)
  return named(tidied(atValue(inPlain, correlation, one)), context, atFixedPoint)
}

export const scaleOrdered = derive(
  'sec-2.1.scale-ordered',
  { scale: 'sec-2.1.scale-correlation', first: 'sec-2.1.scale-first', second: 'sec-2.1.scale-second' },
  'the depth scale at correlation one',
  (premises, context) => scaleAtOne(premises, context),
)
