/** Section 2.2: the averaged functional by neurons, by one site, and its rate function. */
import {
  add,
  type Context,
  completeSquare,
  componentsOf,
  derive,
  type Expression,
  exp,
  type Formula,
  half,
  lastSide,
  log,
  mapChildren,
  multiply,
  type NetworkSize,
  negate,
  partIn,
  pi,
  rational,
  stated,
  substitute,
} from 'corrigenda'
import { inMoments, logWeight, termsWhere } from 'corrigenda/theory'
import { fieldExponent, sourceExponent } from './02-2-fields.js'
import {
  integratedOver,
  logOf,
  neuronsFrom,
  onNetworks,
  range,
  severalNeurons,
  withoutNeurons,
  withSiteDefinitions,
  writtenLog,
  writtenOut,
} from './two-networks.js'

const doubletIds = {
  fourier: 'sec-2.2.auxiliary-doublet',
  fields: 'sec-2.2.field-doublet',
  covariance: 'sec-2.2.covariance',
} as const

interface Doublets {
  readonly fourier?: Formula
  readonly fields: Formula
  readonly covariance: Formula
}

/** A formula's last side with doublets and covariance written by their components. */
export const withDoublets = (formula: Formula, { fourier, fields, covariance }: Doublets): Expression =>
  withSiteDefinitions(lastSide(formula), ...(fourier ? [fourier] : []), fields, covariance)

const fieldNames = ['referencePreActivation', 'preActivation']
const auxiliaryNames = ['referenceAuxiliaryField', 'auxiliaryField']
const activityNames = ['referenceActivity', 'activity']
export const siteNames = [...fieldNames, ...activityNames]

/** The law of the noise of both networks, by its name: `P(s_i^l | h_i^l)` of every neuron with a pre-activation. */
const noiseLaws = (size: NetworkSize, context: Context): Expression =>
  add(
    ...neuronsFrom(1, size).flatMap((place) =>
      ['P(\\hat{s}_i^l | \\hat{h}_i^l)', 'P(s_i^l | h_i^l)'].map((law) =>
        logOf(context.read(law), size, context, place),
      ),
    ),
  )

const constraintIds = {
  teacherLength: 'sec-2.2.teacher-length',
  studentLength: 'sec-2.2.student-length',
  overlap: 'sec-2.2.pair-overlap',
} as const

export const averagedFunctional = derive(
  'sec-2.2.averaged-functional',
  {
    ...doubletIds,
    ...constraintIds,
    functional: 'sec-2.2.generating-functional',
    teacher: 'sec-2.2.teacher-field',
    student: 'sec-2.2.student-field',
    average: 'sec-2.2.combined',
  },
  'Fourier integrals of pre-activations and order parameters, the average over weights and biases, noise and sources multiplied',
  (given, context) =>
    onNetworks(context, {
      describe: 'all factors multiplied',
      derived: (size) => {
        const fields = fieldExponent(given, size, context)
        // Without what weights and biases enter, which is averaged over.
        const disorder = partIn(fields, ['weight', 'referenceWeight', 'bias', 'referenceBias'])
        const constraints = [given.teacherLength, given.studentLength, given.overlap]
        return add(
          fields,
          negate(disorder),
          writtenLog(given.average, size, context),
          ...range(0, size.lastLayer).flatMap((l) => constraints.map((c) => writtenLog(c, size, context, { l }))),
          noiseLaws(size, context),
          sourceExponent(given.functional, size, context),
        )
      },
      claimed: (formula, size) => logOf(withDoublets(formula, given), size, context),
    }),
)

export const fieldIntegrals = derive(
  'sec-2.2.field-integrals',
  { ...doubletIds, integral: 'sec-2.2.averaged-functional' },
  'Gaussian integrals over the Fourier variables of the pre-activations',
  (given, context) =>
    onNetworks(context, {
      describe: 'Fourier variables integrated out',
      derived: (size) => {
        const exponent = logOf(withDoublets(given.integral, given), size, context)
        const variables = componentsOf(exponent, auxiliaryNames)
        const { blocks, remainder } = completeSquare(exponent, variables)
        const volume = multiply(rational(variables.length, 2), log(multiply(rational(2), pi)))
        return add(remainder, volume, ...blocks.map((block) => multiply(rational(-1, 2), log(block))))
      },
      claimed: (formula, size) => logOf(withDoublets(formula, given), size, context),
    }),
)

/** Logarithms of products taken apart, so that factors without a site's quantities stand by themselves. */
export const openLogs = (e: Expression): Expression => {
  const inner = mapChildren(e, openLogs)
  const of = inner.kind === 'function' && inner.name === 'log' ? inner.arguments[0] : undefined
  return of?.kind === 'product' ? logWeight(of) : inner
}

const isOfSite = (e: Expression): boolean => componentsOf(e, siteNames).length > 0

/** The integral of a site's weight over everything that the site has, in moments. */
export const siteIntegral = (logarithm: Expression, lastLayer: number): Expression =>
  inMoments({
    kind: 'measureIntegral',
    measures: range(1, lastLayer).flatMap((l) =>
      siteNames.map((name) => ({
        kind: 'indexed' as const,
        name,
        indices: [{ slot: 'layer', index: { letter: null, sign: 1 as const, offset: l } }],
      })),
    ),
    body: exp(logarithm),
  })

export const siteIndependent = derive(
  'sec-2.2.site-independent',
  { fields: 'sec-2.2.field-doublet', covariance: 'sec-2.2.covariance', integral: 'sec-2.2.field-integrals' },
  'every neuron brings the same integral: that of one neuron to the power of their number',
  (given, context) =>
    onNetworks(context, {
      describe: "order parameters, and one site's integral to the power of the number of sites",
      sizes: severalNeurons,
      derived: (size) => {
        const body = withDoublets(given.integral, given)
        const orders = termsWhere(logOf(body, size, context), (term) => !isSite(term))
        const one = ofOneSite(body, size, context)
        return openLogs(add(orders, multiply(rational(size.neurons ?? 1), log(siteIntegral(one, size.lastLayer)))))
      },
      claimed: (formula, size) => integralLog(withDoublets(formula, given), size, context),
    }),
)

/** Terms that belong to a neuron: they hold its activations or pre-activations, or the normalisation of the latters' density. */
function isSite(term: Expression): boolean {
  return isOfSite(term) || holdsCovariance(term)
}

const orderNames = ['referenceLength', 'studentLength', 'overlap']
const conjugateNames = ['referenceConjugate', 'studentConjugate', 'overlapConjugate']
/** The normalisation of a Gaussian density holds order parameters without their conjugates. */
const holdsCovariance = (term: Expression): boolean =>
  componentsOf(term, orderNames).length > 0 && componentsOf(term, conjugateNames).length === 0

/** Takes the outermost integrals off and leaves those inside powers and logarithms. */
const stripped = (e: Expression): Expression =>
  e.kind === 'measureIntegral' ? stripped(e.body) : e.kind === 'product' ? multiply(...e.factors.map(stripped)) : e

/** The logarithm of an integral over order parameters, integrals over a site in moments. */
const integralLog = (e: Expression, size: NetworkSize, context: Context): Expression =>
  openLogs(inMoments(logWeight(stripped(writtenOut(e, size, context))), siteNames))

/** What is raised to the number of neurons. */
function siteOf(formula: Formula): Expression {
  let found: Expression | null = null
  substitute(lastSide(formula), (node) => {
    if (node.kind === 'power' && node.exponent.kind === 'symbol' && node.exponent.name === 'width') found = node.base
    return undefined
  })
  if (found === null) throw new TypeError('nothing is raised to the number of neurons')
  return found
}

const givenSite = {
  integral: 'sec-2.2.site-independent',
  fields: 'sec-2.2.field-doublet',
  covariance: 'sec-2.2.covariance',
} as const

const depths: readonly NetworkSize[] = range(1, 2).map((lastLayer) => ({ lastLayer, neurons: 1, inputs: 1 }))
const everyDepth = 'layers enter as like factors, each with the layer before, so that these depths decide all'

/** Terms that one neuron alone brings, as those of a site. */
const ofOneSite = (body: Expression, size: NetworkSize, context: Context): Expression =>
  withoutNeurons(termsWhere(logOf(body, { ...size, neurons: 1 }, context), isSite))

export const measure = derive(
  'sec-2.2.measure',
  { fields: 'sec-2.2.field-doublet', covariance: 'sec-2.2.covariance', integral: 'sec-2.2.field-integrals' },
  "what one neuron's part of the functional integrates",
  (given, context) =>
    onNetworks(context, {
      describe: "the integrand of a site's integral",
      what: 'the logarithm of the weight',
      sizes: depths,
      complete: everyDepth,
      derived: (size) => ofOneSite(withDoublets(given.integral, given), size, context),
      claimed: (formula, size) => logOf(withDoublets(formula, given), size, context),
    }),
)

export const siteDensity = derive(
  'sec-2.2.site-density',
  { fields: 'sec-2.2.field-doublet', covariance: 'sec-2.2.covariance', integral: 'sec-2.2.field-integrals' },
  "what one neuron's part of the functional holds of its pre-activations alone",
  (given, context) =>
    onNetworks(context, {
      describe: 'the weight of the pre-activations of one neuron of a layer',
      what: 'its logarithm',
      sizes: depths.slice(0, 1),
      complete: 'every layer has a factor of its own',
      derived: (size) =>
        termsWhere(
          ofOneSite(withDoublets(given.integral, given), size, context),
          (term) => componentsOf(term, activityNames).length === 0,
        ),
      claimed: (formula, size) => logOf(withDoublets(formula, given), size, context),
    }),
)

/** A formula with the weight of a site written out in it, whatever its arguments are called. */
export const withSite = (e: Expression, weight: Formula, doublets: Doublets): Expression => {
  const own = lastSide(weight)
  const expected = weight.sides[0]
  const put = substitute(e, (node) => {
    if (node.kind !== 'apply' || node.name !== 'siteMeasure') return undefined
    const same = expected?.kind === 'apply' && JSON.stringify(node.arguments) === JSON.stringify(expected.arguments)
    return same ? own : multiply(own, stated('of other arguments', ...node.arguments))
  })
  return withSiteDefinitions(put, doublets.fields, doublets.covariance)
}

/** An expression of the rate function's kind, integrals over a site in moments, with what it integrates over. */
const rateOf = (e: Expression, size: NetworkSize, context: Context): Expression =>
  openLogs(inMoments(writtenOut(e, size, context), siteNames))

export const rate = derive(
  'sec-2.2.rate',
  { ...givenSite, weight: 'sec-2.2.measure' },
  'the logarithm of the integrand over order parameters, per neuron, without the units of the measure',
  (given, context) =>
    onNetworks(context, {
      describe: 'the logarithm of the integrand per neuron',
      what: 'the rate function',
      sizes: depths,
      complete: everyDepth,
      derived: (size) => {
        const body = withSiteDefinitions(stripped(lastSide(given.integral)), given.fields, given.covariance)
        // At two neurons a power of two stands for the power of N.
        const whole = integralLog(body, { ...size, neurons: 2 }, context)
        const perNeuron = multiply(
          half,
          termsWhere(whole, (term) => !isUnit(term)),
        )
        return add(perNeuron, integratedOver(siteOf(given.integral)))
      },
      claimed: (formula, size) =>
        add(rateOf(withSite(lastSide(formula), given.weight, given), size, context), integratedOver(lastSide(formula))),
    }),
)

/** Units of the measure over order parameters, `2 pi / N`, hold nothing. */
const isUnit = (term: Expression): boolean =>
  componentsOf(term, [...orderNames, ...conjugateNames]).length === 0 && !isOfSite(term) && !holdsMoment(term)

const holdsMoment = (e: Expression): boolean => {
  let found = false
  substitute(e, (node) => {
    if (node.kind === 'apply') found = true
    return undefined
  })
  return found
}
