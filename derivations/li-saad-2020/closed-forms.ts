/** Integrals over sites without noise in closed form, matrices by their entries, and what the inputs bring to a potential. */
import {
  add,
  type Context,
  componentsOf,
  contains,
  type Expression,
  type Formula,
  type IndexedNode,
  lastSide,
  type MatrixNode,
  mapChildren,
  multiply,
  type NetworkSize,
  negate,
  power,
  substitute,
  withDefinitions,
} from 'corrigenda'
import { integrateQuadrants, logWeight, type SitePair, termsWhere } from 'corrigenda/theory'
import { neuronPair } from './03-typical.js'
import { type Measures, measureAt, siteVariables } from './sites.js'
import { at, layerOf, writtenOut } from './small-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

/** The logarithm of a site's weight without the law of its outputs: what the limit without noise leaves to integrate. */
export function noiseless(weight: Expression): Expression {
  const logarithm = logWeight(weight)
  const isLaw = (n: Expression): boolean =>
    (n.kind === 'apply' && n.name === 'log probability') || (n.kind === 'symbol' && n.name === 'inverseTemperature')
  // The output layer's measure has the law (3) written out: its terms are those that hold the temperature.
  return termsWhere(logarithm, (term) => !contains(term, isLaw))
}

/** The integral over a site in the limit without noise, by quadrants. */
function siteValue(
  given: Measures,
  activation: Formula,
  layer: number,
  lastLayer: number,
  context: Context,
  form: SitePair['form'],
): Expression {
  const measure = measureAt(layer === lastLayer ? given.output : given.hidden, given, layer, context)
  const exponent = noiseless(measure)
  const free = termsWhere(
    exponent,
    (term) =>
      componentsOf(
        term,
        siteVariables(layer).map((v) => v.name),
      ).length === 0,
  )
  const own = termsWhere(
    exponent,
    (term) =>
      componentsOf(
        term,
        siteVariables(layer).map((v) => v.name),
      ).length > 0,
  )
  const normalisation = multiply(...(free.kind === 'sum' ? free.terms : [free]).map(exponential))
  return multiply(normalisation, integrateQuadrants(own, neuronPair(activation, layer, form)))
}

/** `e^t` of a term that is a multiple of a logarithm. */
const exponential = (term: Expression): Expression => {
  if (term.kind === 'function' && term.name === 'log') return term.arguments[0]!
  const factors = term.kind === 'product' ? term.factors : [term]
  const logarithm = factors.find((f) => f.kind === 'function' && f.name === 'log')
  if (logarithm?.kind === 'function')
    return {
      kind: 'power',
      base: logarithm.arguments[0]!,
      exponent: multiply(...factors.filter((f) => f !== logarithm)),
    }
  return { kind: 'function', name: 'exp', arguments: [term] }
}

/** A potential with the integrals over its sites carried out. */
export function carriedOut(
  potential: Formula,
  given: Measures,
  activationAt: (layer: number) => Formula,
  size: NetworkSize,
  context: Context,
  form: SitePair['form'],
): Expression {
  const written = writtenOut(lastSide(potential), size, context)
  const carry = (e: Expression): Expression => {
    if (e.kind !== 'measureIntegral') return mapChildren(e, carry)
    const [measure] = measuresIn(e)
    if (measure === undefined) throw new TypeError('an integral over a site has no measure')
    const layer = layerOf(measure)!
    return siteValue(given, activationAt(layer), layer, size.lastLayer, context, form)
  }
  return carry(written)
}

const measuresIn = (e: Expression): readonly Expression[] => {
  if (e.kind === 'apply' && e.name === 'siteMeasure') return [e]
  const found: Expression[] = []
  mapChildren(e, (child) => {
    found.push(...measuresIn(child))
    return child
  })
  return found
}

/** Order parameters of every layer set to a value. */
export const withNamed = (e: Expression, names: readonly string[], value: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'indexed' && names.includes(node.name) ? value : undefined))

/** An entry of the triangular factor of the inverse covariance, at the layer l. */
const factorEntry = (name: string, place: number): IndexedNode => ({
  kind: 'indexed',
  name,
  indices: [
    { slot: 'layer', index: { letter: 'l', sign: 1, offset: 0 } },
    { slot: 'entry', index: { letter: null, sign: 1, offset: place } },
  ],
})
export const factor = [
  factorEntry('factorScale', 11),
  factorEntry('factorShear', 12),
  factorEntry('factorScale', 22),
] as const

/**
 * Any covariance, by the triangular factor of its inverse: the inverse is [[p^2, p r], [p r, r^2 + t^2]] with positive p and t,
 * so that roots of its determinant are known to be p t.
 */
export const symbolicCovariance = (): Formula => {
  const [p, r, t] = factor
  const inverse: MatrixNode = {
    kind: 'matrix',
    rows: [
      [power(p, 2), multiply(p, r)],
      [multiply(p, r), add(power(r, 2), power(t, 2))],
    ],
  }
  const left: Expression = { kind: 'indexed', name: 'fieldCovariance', indices: [p.indices[0]!] }
  return { sides: [left, power(inverse, -1)], relations: ['='] }
}

const forms: ReadonlyMap<string, string> = new Map([
  ['bothActiveEntry', 'bothActiveForm'],
  ['perturbedActiveEntry', 'perturbedActiveForm'],
  ['referenceActiveEntry', 'referenceActiveForm'],
])

/** Matrices of a layer by their names, written out. */
export const matrices =
  (definitions: readonly Formula[], covariance: Formula, context: Context) =>
  (name: string, layer: number): Expression => {
    const latex = name === 'fieldCovariance' ? '\\Sigma_l' : '\\Sigma_l^{-1}'
    const definition = definitions.find((d) => d.sides[0]?.kind === 'indexed' && d.sides[0].name === name)
    const e = definition ? lastSide(definition) : context.read(latex)
    return writtenOut(withDefinitions(e, covariance), { ...single, lastLayer: layer }, context, { l: layer })
  }

/** Entries of matrices, `A_{12}^l`, `\Sigma_{l,12}^{-1}`, read off the matrices' own definitions. */
export function withEntries(e: Expression, matrixAt: (name: string, layer: number) => Expression): Expression {
  return substitute(e, (node) => {
    if (node.kind !== 'indexed') return undefined
    const place = node.indices.find((s) => s.slot === 'entry')?.index.offset
    const layer = layerOf(node)
    if (place === undefined || layer === null || node.name.startsWith('factor')) return undefined
    const name = forms.get(node.name) ?? (node.name === 'inverseCovarianceEntry' ? 'inverse' : 'fieldCovariance')
    const matrix = matrixAt(name, layer)
    if (matrix.kind !== 'matrix') throw new TypeError(`${name} is no matrix`)
    const [row, column] = [Math.floor(place / 10) - 1, (place % 10) - 1]
    return matrix.rows[row]?.[column]
  })
}

/** A potential with the input's term as the law of the inputs gives it. */
export function withInputs(potential: Expression, logarithm: Expression): Expression {
  const conjugates = ['conjugateOverlap', 'conjugatePower', 'referenceConjugatePower']
  const terms = potential.kind === 'sum' ? potential.terms : [potential]
  const ofInput = (term: Expression): boolean => componentsOf(term, conjugates).some((q) => layerOf(q) === 0)
  const orders: readonly (readonly [string, string])[] = [
    ['referenceConjugatePower', 'referenceActivityPower'],
    ['conjugatePower', 'activityPower'],
    ['conjugateOverlap', 'overlap'],
  ]
  const own = add(...orders.map(([conjugate, order]) => multiply(at(conjugate, 0), at(order, 0))), logarithm)
  return add(...terms.filter((term) => !ofInput(term)), negate(multiply(at('widthRatio', 0), own)))
}
