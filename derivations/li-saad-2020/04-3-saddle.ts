/** Sections 4.1 and 4.3: the integral over order parameters, its potential, and the saddle-point equations. */
import {
  add,
  averageOver,
  type Context,
  completeSquare,
  contains,
  derive,
  divide,
  type Expression,
  exp,
  type Formula,
  type IndexedNode,
  inMoments,
  integrand,
  keyOf,
  lastSide,
  log,
  logWeight,
  multiply,
  type NetworkSize,
  negate,
  pi,
  power,
  rational,
  saddleValue,
  substitute,
  symbol,
  termsWhere,
  zero,
} from 'corrigenda'
import { byComponents, component, componentsOf, inputExponent, partIn, sameInputs, without } from './components.js'
import {
  at,
  completeInDepth,
  depths,
  layerOf,
  onImaginaryAxis,
  onNetworks,
  withDefinitions,
  writtenLog,
  writtenOut,
} from './small-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

/** What an integral over a site runs over, at a layer. */
export const siteVariables = (layer: number): readonly IndexedNode[] =>
  ['referencePreActivation', 'preActivation', 'referenceActivity', 'activity'].map((name) => at(name, layer))
const siteNames = siteVariables(0).map((v) => v.name)

// ---- The measure of one site ---------------------------------------------------------------------------------------------

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
interface SiteParts {
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

interface MeasureParts extends SiteParts {
  readonly constraints: readonly Formula[]
}

/** The logarithm of the weight of a site of a layer, derived. */
const siteLog = (parts: MeasureParts, layer: number, context: Context): Expression =>
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

const siteSize: readonly NetworkSize[] = [{ lastLayer: 2, neurons: 1, inputs: 1 }]
const everyLayer = 'the measure holds one layer and the order parameters of the layer before'
const constraintIds = {
  referencePower: 'eq-18',
  perturbedPower: 'eq-18-perturbed',
  overlap: 'eq-18-overlap',
} as const
const siteIds = { weight: 'eq-14', covariance: 'eq-20', vector: 'sec-4.field-vector' } as const

/** What stands under the integrals over the sites of (21), with the width that it is raised to. */
function sitesIn(e: Expression): readonly { readonly width: IndexedNode; readonly body: Expression }[] {
  if (e.kind === 'power' && e.exponent.kind === 'indexed' && e.exponent.name === 'layerWidth')
    return [{ width: e.exponent, body: integrand(e.base) }]
  if (e.kind === 'product') return e.factors.flatMap(sitesIn)
  return e.kind === 'measureIntegral' || e.kind === 'indexedProduct' ? sitesIn(e.body) : []
}

/** The weight of a site of (21): of a hidden layer, whose width has the letter l, or of the output layer. */
function siteOf(
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

type MeasureNotation = Pick<SiteParts, 'covariance' | 'vector'>
const integralIds = { integral: 'eq-21', covariance: 'eq-20', vector: 'sec-4.field-vector' } as const

export const hiddenMeasure = derive(
  'eq-31',
  integralIds,
  'what (21) integrates over a site of a hidden layer',
  (given, context) =>
    onNetworks(context, {
      describe: 'the weight of a site of a hidden layer',
      what: 'the logarithm of the measure',
      sizes: siteSize,
      complete: everyLayer,
      derived: () => logWeight(siteOf(given.integral, 'l', given, 1, context)),
      claimed: (formula) => logWeight(measureAt(formula, given, 1, context)),
    }),
)

export const outputMeasure = derive(
  'eq-32',
  { ...integralIds, noise: 'eq-3' },
  'what (21) integrates over a site of the output layer, with the noise of (3)',
  (given, context) =>
    onNetworks(context, {
      describe: 'the weight of a site of the output layer',
      what: 'the logarithm of the measure',
      sizes: siteSize,
      complete: everyLayer,
      derived: () => withNoise(logWeight(siteOf(given.integral, 'L', given, 2, context)), given.noise, 2, context),
      claimed: (formula) => logWeight(measureAt(formula, given, 2, context)),
    }),
)

// ---- The integral over order parameters and its potential ----------------------------------------------------------------

/** The integral of a weight over a site of a layer, in moments. */
const siteIntegral = (weight: Expression, layer: number): Expression =>
  inMoments({ kind: 'measureIntegral', measures: siteVariables(layer), body: weight })

const layers = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k)

/** Terms of a Fourier constraint that hold no neuron: its measure and the order parameter itself. */
const orderTerms = (constraint: Formula, size: NetworkSize, layer: number, context: Context): Expression => {
  const written = writtenLog(constraint, size, context, { l: layer })
  return without(written, ['activity', 'referenceActivity'])
}

export const overOrderParameters = derive(
  'eq-21',
  {
    ...siteIds,
    ...constraintIds,
    output: 'eq-19',
    same: 'sec-2.same-input',
    values: 'sec-4.input-law',
  },
  'sites of every layer summed and integrated over one by one, inputs summed over their values',
  (given, context) =>
    onNetworks(context, {
      describe: 'order parameters, inputs and the integral over a site of every layer',
      sizes: depths,
      complete: completeInDepth,
      derived: (size) => {
        const L = size.lastLayer
        const constraints = [given.referencePower, given.perturbedPower, given.overlap]
        const law = sameInputs(given.values, given.same, single, context)
        const sites = layers(1, L).map((l) => {
          const own = l === L ? [given.output] : constraints
          return multiply(
            at('layerWidth', l),
            log(siteIntegral(exp(siteLog({ ...given, constraints: own }, l, context)), l)),
          )
        })
        return add(
          ...layers(0, L - 1).flatMap((l) => constraints.map((c) => orderTerms(c, size, l, context))),
          orderTerms(given.output, size, L, context),
          multiply(at('layerWidth', 0), logWeight(law.mean(exp(inputExponent())))),
          ...sites,
        )
      },
      claimed: (formula, size) => integralLog(formula, given, size, context),
    }),
)

/** The logarithm of the integrand of (21), its integrals over sites in moments. */
function integralLog(
  formula: Formula,
  { covariance, vector }: Pick<SiteParts, 'covariance' | 'vector'>,
  size: NetworkSize,
  context: Context,
): Expression {
  const body = strippedOfMeasure(withDefinitions(lastSide(formula), covariance, vector))
  return inMoments(onImaginaryAxis(logWeight(writtenOut(byComponents(body), size, context))), siteNames)
}

/** Takes the outermost integral off and leaves those inside powers. */
const strippedOfMeasure = (e: Expression): Expression =>
  e.kind === 'measureIntegral' ? e.body : e.kind === 'product' ? multiply(...e.factors.map(strippedOfMeasure)) : e

const orderNames = [
  'overlap',
  'activityPower',
  'referenceActivityPower',
  'conjugateOverlap',
  'conjugatePower',
  'referenceConjugatePower',
]

/** Minus the logarithm of an integrand per input, its measure left out. */
const potentialOf = (logarithm: Expression, widths: Formula): Expression => {
  const own = termsWhere(logarithm, (term) => componentsOf(term, orderNames).length > 0)
  return divide(withDefinitions(own, widths), negate(symbol('width')))
}

/** Both measures of a potential written in terms of them. */
export interface Measures extends Pick<SiteParts, 'covariance' | 'vector'> {
  readonly hidden: Formula
  readonly output: Formula
}

/** The measure of a layer of a network: hidden, or that of the output. */
const measureOf = (given: Measures, layer: number, lastLayer: number, context: Context): Expression =>
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
    return averageOver(node.of, measureOf(given, layer, size.lastLayer, context), siteVariables(layer))
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

export const potential = derive(
  'eq-30',
  { integrand: 'eq-21', widths: 'sec-2.widths', noise: 'eq-3', ...measureIds },
  'minus the logarithm of the integrand of (21), divided by N',
  (given, context) =>
    onNetworks(context, {
      describe: 'minus the logarithm of the integrand per input',
      what: 'the potential',
      sizes: depths,
      complete: completeInDepth,
      derived: (size) => {
        const L = size.lastLayer
        const body = strippedOfMeasure(withDefinitions(lastSide(given.integrand), given.covariance, given.vector))
        const written = withNoise(writtenOut(byComponents(body), size, context), given.noise, L, context)
        return potentialOf(inMoments(onImaginaryAxis(logWeight(written)), siteNames), given.widths)
      },
      claimed: (formula, size) => potentialAt(formula, given, size, context),
    }),
)

// ---- Saddle-point equations ------------------------------------------------------------------------------------------------

const potentialIds = { potential: 'eq-30', ...measureIds } as const

const saddleSizes = (from: number): readonly NetworkSize[] => depths.filter(({ lastLayer }) => lastLayer >= from)

interface Saddle {
  readonly id: string
  /** The variable by which the potential is differentiated, and the quantity that this gives, with their layers. */
  readonly by: readonly [string, number]
  readonly quantity: readonly [string, number]
  readonly least: number
}

/** A saddle-point equation of (30), solved for the quantity that is printed. */
const saddle = ({ id, by, quantity, least }: Saddle) =>
  derive(
    id,
    potentialIds,
    `the derivative of the potential by ${by[0] === 'overlap' ? 'the overlap' : 'the conjugate'} set to zero and solved`,
    (given, context) =>
      onNetworks(context, {
        describe: 'the stationary point of the potential',
        what: 'the saddle-point equation',
        sizes: saddleSizes(least),
        complete: completeInDepth,
        everySide: true,
        derived: (size) => {
          const written = withMeasures(writtenOut(lastSide(given.potential), size, context), given, size, context)
          // Derivatives go inside the integrals first: the equation is linear in the quantity, whatever the integrals are.
          const value = saddleValue(written, at(...by), at(...quantity))
          return inMoments(value)
        },
        claimed: (formula, size) =>
          inMoments(withMeasures(writtenOut(lastSide(formula), size, context), given, size, context)),
      }),
  )

export const referencePowerSaddle = saddle({
  id: 'eq-34',
  by: ['referenceConjugatePower', 1],
  quantity: ['referenceActivityPower', 1],
  least: 2,
})
export const powerSaddle = saddle({
  id: 'eq-34-perturbed',
  by: ['conjugatePower', 1],
  quantity: ['activityPower', 1],
  least: 2,
})
export const overlapSaddle = saddle({
  id: 'eq-35',
  by: ['conjugateOverlap', 1],
  quantity: ['overlap', 1],
  least: 1,
})
export const conjugateSaddle = saddle({
  id: 'eq-36',
  by: ['overlap', 0],
  quantity: ['conjugateOverlap', 0],
  least: 1,
})

/** The saddle-point value of an order parameter of the inputs, by its conjugate. */
const inputSaddle = (
  potentialFormula: Formula,
  conjugate: string,
  quantity: string,
  size: NetworkSize,
  context: Context,
) => saddleValue(writtenOut(lastSide(potentialFormula), size, context), at(conjugate, 0), at(quantity, 0))

export const inputPowers = derive(
  'eq-33',
  { potential: 'eq-30' },
  'the derivatives of the potential by the conjugates of the input set to zero and solved',
  ({ potential: given }, context) =>
    onNetworks(context, {
      describe: 'the stationary point of the potential',
      what: 'the saddle-point value',
      sizes: depths,
      complete: completeInDepth,
      everySide: true,
      derived: (size) => inputSaddle(given, 'referenceConjugatePower', 'referenceActivityPower', size, context),
      // Each side that is named is taken at its own saddle point.
      claimed: (formula, size) =>
        substitute(writtenOut(lastSide(formula), size, context), (node) =>
          node.kind === 'indexed' && node.name === 'activityPower'
            ? inputSaddle(given, 'conjugatePower', 'activityPower', size, context)
            : undefined,
        ),
    }),
)

export const inputOverlap = derive(
  'eq-33-overlap',
  { potential: 'eq-30' },
  'the derivative of the potential by the conjugate of the input overlap set to zero and solved',
  ({ potential: given }, context) => inputSaddle(given, 'conjugateOverlap', 'overlap', depths[0]!, context),
)

/** A mean activation: the response of the site's integral to a field on it. */
const meanActivity = (id: string, name: string) =>
  derive(
    id,
    measureIds,
    "logarithmic derivative of the site's integral by a source of the activation",
    (given, context) =>
      onNetworks(context, {
        describe: 'the response to a source',
        what: 'the average',
        sizes: saddleSizes(1),
        complete: completeInDepth,
        derived: (size) => {
          const source = symbol('source of the activation')
          const weight = multiply(measureOf(given, 1, size.lastLayer, context), exp(multiply(source, at(name, 1))))
          const integral: Expression = { kind: 'measureIntegral', measures: siteVariables(1), body: weight }
          const response: Expression = {
            kind: 'measureIntegral',
            measures: siteVariables(1),
            body: { kind: 'derivative', of: weight, variable: source, order: 1 },
          }
          const ratio = inMoments(multiply(response, power(integral, -1)))
          return substitute(ratio, (node) => (node.kind === 'symbol' && node.name === source.name ? zero : undefined))
        },
        claimed: (formula, size) =>
          inMoments(withMeasures(writtenOut(lastSide(formula), size, context), given, size, context)),
      }),
  )

export const referenceMean = meanActivity('eq-37', 'referenceActivity')
export const perturbedMean = meanActivity('eq-37-perturbed', 'activity')
