/** Section 3.1: maps of length, overlap and correlation for correlated weights. */
import {
  type Context,
  derive,
  differentiate,
  divide,
  type Expression,
  type Formula,
  lastSide,
  one,
  power,
  rational,
  scalarValue,
  substitute,
  symbol,
} from 'corrigenda'
import { type GaussianMean, rectifiedMean, rewriteMeans, withRectifiedMeans } from 'corrigenda/theory'
import { atEqualLengths, mapWithFields } from './02-1-maps.js'
import { meanOf, slopesOf } from './rectifier.js'
import {
  asIntegral,
  atLargeWidth,
  atValue,
  correctionOrder,
  correlation,
  domains,
  firstLength,
  named,
  plain,
  replaced,
  slopeOf,
  tidied,
} from './signals.js'

const single = { first: 'q_h^{l-1}(x)' } as const
const both = { first: 'q_h^{l-1}(x_1)', second: 'q_h^{l-1}(x_2)', correlation: 'c_h^{l-1}(x_1,x_2)' } as const
const stationary = { first: 'q_h^*(x)', second: 'q_h^*(x)', correlation: 'c_h^{l-1}(x_1,x_2)' } as const

const wide =
  'neurons of a wide layer are independent Gaussian fields: sums over one neuron and over pairs by means, as the width grows'

// ---- Length -----------------------------------------------------------------------------------------------------------

export const lengthMap = derive('eq-3.2', { sum: 'sec-3.1.length-sum' }, wide, ({ sum }, context) =>
  named(atLargeWidth(lastSide(sum), context), context, single),
)
export const lengthByMap = derive('sec-3.1.length-map', { length: 'eq-3.2' }, 'the length map', ({ length }) =>
  lastSide(length),
)

export const independent = derive(
  'sec-3.1.independent',
  { sum: 'sec-3.1.overlap-sum' },
  'the sum over all pairs at finite width, means of different neurons multiplied, less its limit',
  ({ sum }, context) => ({
    kind: 'orderOf',
    of: power(context.read('N'), -correctionOrder(lastSide(sum), context)),
  }),
)

/** A map with every mean of ReLU in closed form. */
const rectified = (e: Expression): Expression => tidied(withRectifiedMeans(e, domains))

export const rectifiedLength = derive(
  'eq-3.3',
  { length: 'eq-3.2', relu: 'sec-1.1.relu' },
  'half moments of a Gaussian field',
  ({ length, relu }, context) => {
    const slopes = slopesOf(relu, context)
    const map = rewriteMeans(plain(lastSide(length), context, single), (mean) => meanOf(slopes, mean), domains)
    return named(tidied(map), context, single)
  },
)

/** The slope of a length map in closed form. */
export const lengthSlopeOf = (length: Formula, context: Context): Expression =>
  tidied(differentiate(plain(lastSide(length), context, single), firstLength))

export const bounded = derive(
  'sec-3.1.bounded',
  { length: 'eq-3.3' },
  'the length map is a line: bounded where its slope is below one',
  ({ length }, context) => {
    const slope = lengthSlopeOf(length, context)
    return {
      kind: 'region',
      describe: 'the length is bounded',
      contains: (values) => scalarValue(slope, Object.fromEntries(values)) < 1,
    }
  },
)

/** The weight variance at which the length map has slope one. */
const boundaryOf = (length: Formula, context: Context): Expression =>
  tidied(divide(power(symbol('weightStandardDeviation'), 2), lengthSlopeOf(length, context)))

const shifted = (length: Formula, context: Context, sign: 1 | -1) => {
  const boundary = boundaryOf(length, context)
  const at = (values: Readonly<Record<string, number>>): number => scalarValue(boundary, { ...values })
  return {
    kind: 'region' as const,
    describe: `the boundary of the length lies ${sign > 0 ? 'above' : 'below'} that of uncorrelated weights`,
    contains: (values: ReadonlyMap<string, number>) => {
      const given = Object.fromEntries(values)
      return sign * (at(given) - at({ ...given, rowCorrelation: 0 })) > 0
    },
  }
}
const shiftMethod = 'the boundary against that at k = 0'
export const downward = derive('sec-3.1.downward', { length: 'eq-3.3' }, shiftMethod, ({ length }, context) =>
  shifted(length, context, -1),
)
export const upward = derive('sec-3.1.upward', { length: 'eq-3.3' }, shiftMethod, ({ length }, context) =>
  shifted(length, context, 1),
)

// ---- Overlap ----------------------------------------------------------------------------------------------------------

export const overlapMap = derive('eq-3.4', { sum: 'sec-3.1.overlap-sum' }, wide, ({ sum }, context) =>
  named(atLargeWidth(lastSide(sum), context), context, both),
)

const fieldMethod = 'normal variables for both fields by Cholesky of their covariance'
/** The fields of a correlated pair. */
function pairOf(map: Expression, position: 0 | 1): Expression {
  const fields: Expression[] = []
  rewriteMeans(
    map,
    (mean) => {
      const integral = asIntegral(mean)
      if (!isUncorrelated(mean))
        substitute(integral, (node) => {
          if (node.kind === 'apply' && node.name === 'activation') fields.push(node.arguments[0]!)
          return undefined
        })
      return integral
    },
    domains,
  )
  return fields[position]!
}

const isUncorrelated = ({ covariance }: GaussianMean): boolean => {
  const cross = covariance[0]?.[1]
  return cross !== undefined && cross.kind === 'number' && cross.numerator === 0n
}

export const firstField = derive('eq-3.4-first', { sum: 'sec-3.1.overlap-sum' }, fieldMethod, ({ sum }, context) =>
  named(pairOf(atLargeWidth(lastSide(sum), context), 0), context, both),
)
export const secondField = derive('eq-3.4-second', { sum: 'sec-3.1.overlap-sum' }, fieldMethod, ({ sum }, context) =>
  named(pairOf(atLargeWidth(lastSide(sum), context), 1), context, both),
)

interface OverlapPremises {
  readonly map: Formula
  readonly first: Formula
  readonly second: Formula
}

/** (3.4) in plain lengths and correlation. */
function overlapOf({ map, first, second }: OverlapPremises, context: Context): Expression {
  const withFields = substitute(lastSide(map), (node) => {
    if (node.kind !== 'symbol') return undefined
    return node.name === 'firstField' ? lastSide(first) : node.name === 'secondField' ? lastSide(second) : undefined
  })
  return plain(withFields, context, both)
}

const overlapPremises = { map: 'eq-3.4', first: 'eq-3.4-first', second: 'eq-3.4-second' } as const

export const overlapByMap = derive('sec-3.1.overlap-map', overlapPremises, 'the map of the overlap', (given, context) =>
  named(overlapOf(given, context), context, both),
)

/** Means of independent fields of ReLU carried out, the others left. */
const partlyRectified = (e: Expression): Expression =>
  tidied(rewriteMeans(e, (mean) => (isUncorrelated(mean) ? rectifiedMean(mean, domains) : asIntegral(mean)), domains))

export const overlapRelu = derive(
  'sec-3.1.overlap-relu',
  { ...overlapPremises, relu: 'sec-1.1.relu' },
  'means of independent fields by half moments',
  ({ relu: _, ...given }, context) => named(partlyRectified(overlapOf(given, context)), context, both),
)
export const overlapStationary = derive(
  'sec-3.1.overlap-stationary',
  { ...overlapPremises, relu: 'sec-1.1.relu' },
  'the same with both lengths at their fixed point',
  ({ relu: _, ...given }, context) =>
    named(tidied(atEqualLengths(partlyRectified(overlapOf(given, context)))), context, stationary),
)
export const correlationMap = derive(
  'eq-3.5',
  { ...overlapPremises, relu: 'sec-1.1.relu' },
  'the overlap over the fixed point of the length',
  ({ relu: _, ...given }, context) =>
    named(tidied(divide(atEqualLengths(partlyRectified(overlapOf(given, context))), firstLength)), context, stationary),
)

// ---- Fixed point and stability -----------------------------------------------------------------------------------------

/** (3.5), or the line above it, with the map of (2.5) put in; in plain lengths and correlation. */
function stationaryOverlap(
  { overlap, ...map }: OverlapPremises & { readonly overlap: Formula },
  context: Context,
): Expression {
  const inner = mapWithFields(map, context)
  return substitute(plain(lastSide(overlap), context, stationary), (node) =>
    node.kind === 'apply' && node.name === 'covarianceMap' ? inner : undefined,
  )
}

const stationaryPremises = { map: 'eq-2.5', first: 'eq-2.5-first', second: 'eq-2.5-second' } as const

export const fixedPoint = derive(
  'sec-3.1.fixed-point',
  { ...stationaryPremises, overlap: 'sec-3.1.overlap-stationary', length: 'eq-3.3' },
  'the overlap at correlation one over the length map, both at the same length',
  ({ length, ...given }, context) => {
    const overlap = rectified(atValue(stationaryOverlap(given, context), correlation, one))
    return tidied(divide(overlap, plain(lastSide(length), context, single)))
  },
)

export const covarianceMapAlone = derive(
  'sec-3.1.covariance-map-alone',
  { overlap: 'eq-3.5' },
  'the derivative by the correlation of what (3.5) holds beside the covariance map',
  ({ overlap }, { read }) => {
    const rest = substitute(lastSide(overlap), (node) =>
      node.kind === 'apply' && node.name === 'covarianceMap' ? rational(0) : undefined,
    )
    const changing = symbol('correlation behind')
    return differentiate(replaced(rest, read('c_h^{l-1}(x_1,x_2)'), changing), changing)
  },
)

export const stabilityIntegral = derive(
  'sec-3.1.stability-integral',
  { ...stationaryPremises, overlap: 'eq-3.5' },
  "slope of the correlation map at one, by Price's theorem",
  (given, context) =>
    named(tidied(slopeOf(stationaryOverlap(given, context), correlation, one)), context, { first: 'q^*(x)' }),
)
/** The slope for ReLU. */
const stabilityOf = (given: OverlapPremises & { readonly overlap: Formula }, context: Context): Expression =>
  rectified(slopeOf(stationaryOverlap(given, context), correlation, one))

export const stability = derive(
  'sec-3.1.stability',
  { ...stationaryPremises, overlap: 'eq-3.5', relu: 'sec-1.1.relu' },
  "slope of the correlation map at one, by Price's theorem, for ReLU",
  ({ relu: _, ...given }, context) => stabilityOf(given, context),
)

export const boundary = derive(
  'sec-3.1.boundary',
  { slope: 'sec-3.1.stability' },
  'the weight variance over the slope, which is proportional to it',
  ({ slope }) => tidied(divide(power(symbol('weightStandardDeviation'), 2), lastSide(slope))),
)
export const sameCondition = derive(
  'sec-3.1.same-condition',
  { length: 'eq-3.3' },
  'the weight variance at which the length map of uncorrelated weights has slope one',
  ({ length }, context) => {
    const uncorrelated = substitute(boundaryOf(length, context), (node) =>
      node.kind === 'symbol' && node.name === 'rowCorrelation' ? rational(0) : undefined,
    )
    return tidied(uncorrelated)
  },
)

// ---- Without bias ------------------------------------------------------------------------------------------------------

export const anticorrelated = derive(
  'sec-3.1.aci',
  { ...overlapPremises, length: 'eq-3.3', relu: 'sec-1.1.relu' },
  'slope at one of the overlap over the length, layer by layer, at the stated variances: no fixed point of the length is supposed',
  ({ relu: _, length, ...given }, context) => {
    const overlap = partlyRectified(atEqualLengths(overlapOf(given, context)))
    const slope = divide(rectified(slopeOf(overlap, correlation, one)), plain(lastSide(length), context, single))
    const stated = substitute(slope, (node) => {
      if (node.kind === 'symbol' && node.name === 'biasStandardDeviation') return rational(0)
      if (node.kind === 'symbol' && node.name === 'weightStandardDeviation') return power(rational(2), rational(1, 2))
      return undefined
    })
    return tidied(stated)
  },
)
