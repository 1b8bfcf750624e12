/** Sections 4.1 and 4.3: the integral over order parameters, its potential, and the saddle-point equations. */
import {
  add,
  type Context,
  componentsOf,
  derive,
  divide,
  type Expression,
  exp,
  type Formula,
  lastSide,
  log,
  multiply,
  type NetworkSize,
  negate,
  power,
  substitute,
  symbol,
  withDefinitions,
  without,
  zero,
} from 'corrigenda'
import { inMoments, logWeight, saddleValue, termsWhere } from 'corrigenda/theory'
import { byComponents, inputExponent, sameInputs } from './components.js'
import {
  measureAt,
  measureIds,
  measureOf,
  potentialAt,
  type SiteParts,
  siteLog,
  siteNames,
  siteOf,
  siteVariables,
  withMeasures,
  withNoise,
} from './sites.js'
import { at, completeInDepth, depths, onImaginaryAxis, onNetworks, writtenLog, writtenOut } from './small-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

const siteSize: readonly NetworkSize[] = [{ lastLayer: 2, neurons: 1, inputs: 1 }]
const everyLayer = 'the measure holds one layer and the order parameters of the layer before'
const constraintIds = {
  referencePower: 'eq-18',
  perturbedPower: 'eq-18-perturbed',
  overlap: 'eq-18-overlap',
} as const
const siteIds = { weight: 'eq-14', covariance: 'eq-20', vector: 'sec-4.field-vector' } as const

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
