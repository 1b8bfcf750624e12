/** What an integral over one site of a layer holds: its weight, derived and as printed, and potentials written with it. */
import {
  add,
  type Context,
  completeSquare,
  componentsOf,
  contains,
  type Expression,
  exp,
  type Formula,
  type IndexedNode,
  keyOf,
  lastSide,
  log,
  multiply,
  type NetworkSize,
  partIn,
  pi,
  rational,
  substitute,
  withDefinitions,
  without,
} from 'corrigenda'
import { averageOver, inMoments, integrand, logWeight, termsWhere } from 'corrigenda/theory'
import { component } from './components.js'
import { at, layerOf, writtenLog, writtenOut } from './small-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }
/** What an integral over a site runs over, at a layer. */
export const siteVariables = (layer: number): readonly IndexedNode[] =>
  ['referencePreActivation', 'preActivation', 'referenceActivity', 'activity'].map((name) => at(name, layer))
export const siteNames = siteVariables(0).map((v) => v.name)

/** A layer's quantities without the number of their only neuron, at another layer than the one they were derived for. */
const atLayer = (e: Expression, from: number, to: number): Expression =>
  substitute(e, (node) => {
    const layer = layerOf(node)
    if (layer === null || (node.kind !== 'indexed' && node.kind !== 'apply')) return undefined
    const indices = node.indices
      .filter((s) => s.slot !== 'neuron')
      .map((s) => (s.slot === 'layer' ? { ...s, index: { ...s.index, offset: s.index.offset - from + to } } : s))
    if (node.kind === 'apply') return { ...node, indices, arguments: node.arguments.map((a) => atLayer(a, from, to)) }
    return { ...node, indices }
  })

/** What a site of a layer is made of: statements by what they bring. */
export interface SiteParts {
  readonly weight: Formula
  readonly covariance: Formula
  readonly vector: Formula
}

/** Terms of an exponent that hold the quantities of the only neuron of layer 1 other than weights. */
function layerTerms(weight: Formula, context: Context): Expression {
  const free = without(writtenLog(weight, single, context), ['weight', 'referenceWeight'])
  const names = ['referenceAuxiliaryField', 'auxiliaryField', 'referencePreActivation', 'preActivation']
  const own = termsWhere(free, (term) => componentsOf(term, names).length > 0)
  // The measure of the Fourier integrals depends on nothing.
  const constant = termsWhere(free, (term) => !contains(term, (n) => n.kind === 'indexed' || n.kind === 'apply'))
  return add(own, constant)
}

/** The logarithm of a site's weight at layer 1, its Fourier variables integrated out: noise and Gaussian fields. */
function fieldWeight({ weight, covariance }: SiteParts, context: Context): Expression {
  const auxiliary = [component('referenceAuxiliaryField', 1), component('auxiliaryField', 1)]
  const matrix = writtenOut(lastSide(covariance), single, context)
  if (matrix.kind !== 'matrix') throw new TypeError('the covariance of the fields is no matrix')
  const quadratic = matrix.rows.flatMap((row, i) =>
    row.map((entry, j) => multiply(rational(-1, 2), entry, auxiliary[i]!, auxiliary[j]!)),
  )
  const { determinant, remainder } = completeSquare(add(layerTerms(weight, context), ...quadratic), auxiliary)
  return add(remainder, log(multiply(rational(2), pi)), multiply(rational(-1, 2), log(determinant)))
}

/** What the Fourier integrals of the order parameters of a layer bring to each of its sites. */
const sourceTerms = (constraints: readonly Formula[], layer: number, context: Context): Expression =>
  add(
    ...constraints.map((constraint) => {
      const size = { ...single, lastLayer: layer }
      return atLayer(
        partIn(writtenLog(constraint, size, context, { l: layer }), ['activity', 'referenceActivity']),
        layer,
        layer,
      )
    }),
  )

/** The law (3) of a sign neuron with its field and activation, in the place of an unknown one. */
export const withNoise = (e: Expression, law: Formula, layer: number, context: Context): Expression => {
  const written = logWeight(atLayer(writtenOut(lastSide(law), single, context), 1, layer))
  return substitute(e, (node) => {
    if (node.kind !== 'apply' || (node.name !== 'log probability' && node.name !== 'probability')) return undefined
    const [s, h] = node.arguments
    if (s === undefined || h === undefined || layerOf(s) !== layer) return undefined
    const given = new Map([
      [keyOf(at('activity', layer)), s],
      [keyOf(at('preActivation', layer)), h],
    ] as const)
    const put = substitute(written, given)
    return node.name === 'probability' ? exp(put) : put
  })
}

export interface MeasureParts extends SiteParts {
  readonly constraints: readonly Formula[]
}

/** The logarithm of the weight of a site of a layer, derived. */
export const siteLog = (parts: MeasureParts, layer: number, context: Context): Expression =>
  add(atLayer(fieldWeight(parts, context), 1, layer), sourceTerms(parts.constraints, layer, context))

/** A printed site measure at a layer, written out. */
export const measureAt = (
  measure: Formula,
  { covariance, vector }: Pick<SiteParts, 'covariance' | 'vector'>,
  layer: number,
  context: Context,
): Expression =>
  writtenOut(withDefinitions(lastSide(measure), covariance, vector), { ...single, lastLayer: layer }, context, {
    l: layer,
  })

/** What stands under the integrals over the sites of (21), with the width that it is raised to. */
function sitesIn(e: Expression): readonly { readonly width: IndexedNode; readonly body: Expression }[] {
  if (e.kind === 'power' && e.exponent.kind === 'indexed' && e.exponent.name === 'layerWidth')
    return [{ width: e.exponent, body: integrand(e.base) }]
  if (e.kind === 'product') return e.factors.flatMap(sitesIn)
  return e.kind === 'measureIntegral' || e.kind === 'indexedProduct' ? sitesIn(e.body) : []
}

/** The weight of a site of (21): of a hidden layer, whose width has the letter l, or of the output layer. */
export function siteOf(
  formula: Formula,
  letter: 'l' | 'L',
  parts: MeasureNotation,
  layer: number,
  context: Context,
): Expression {
  const found = sitesIn(lastSide(formula)).find(({ width }) => width.indices[0]?.index.letter === letter)
  if (found === undefined) throw new TypeError(`the formula has no integral over a site of layer ${letter}`)
  return measureAt({ sides: [found.body], relations: [] }, parts, layer, context)
}

export type MeasureNotation = Pick<SiteParts, 'covariance' | 'vector'>
/** Both measures of a potential written in terms of them. */
export interface Measures extends Pick<SiteParts, 'covariance' | 'vector'> {
  readonly hidden: Formula
  readonly output: Formula
}

/** The measure of a layer of a network: hidden, or that of the output. */
export const measureOf = (given: Measures, layer: number, lastLayer: number, context: Context): Expression =>
  measureAt(layer === lastLayer ? given.output : given.hidden, given, layer, context)

/** Single-site measures by their definitions, averages over them as ratios of integrals. */
export function withMeasures(e: Expression, given: Measures, size: NetworkSize, context: Context): Expression {
  const isMeasure = (n: Expression): boolean => (n.kind === 'apply' || n.kind === 'indexed') && n.name === 'siteMeasure'
  return substitute(e, (node) => {
    if (isMeasure(node)) {
      const layer = layerOf(node)!
      const measure = measureOf(given, layer, size.lastLayer, context)
      // Arguments of another layer are not those that the measure is a measure of.
      const others = node.kind === 'apply' ? node.arguments.filter((a) => layerOf(a) !== layer) : []
      return others.length === 0
        ? measure
        : multiply(measure, { kind: 'apply', name: 'arguments of another layer', indices: [], arguments: others })
    }
    if (node.kind !== 'expectation' || !node.over?.[0] || !isMeasure(node.over[0])) return undefined
    const layer = layerOf(node.over[0])!
    return averageOver(
      withMeasures(node.of, given, size, context),
      measureOf(given, layer, size.lastLayer, context),
      siteVariables(layer),
    )
  })
}

/** A potential with its measures put in, at a depth, in moments. */
export const potentialAt = (potential: Formula, given: Measures, size: NetworkSize, context: Context): Expression =>
  inMoments(withMeasures(writtenOut(lastSide(potential), size, context), given, size, context))

export const measureIds = {
  covariance: 'eq-20',
  vector: 'sec-4.field-vector',
  hidden: 'eq-31',
  output: 'eq-32',
} as const
