/** Section 2.2: the saddle point of the rate function. */
import {
  add,
  type Context,
  completeSquare,
  derive,
  differentiate,
  divide,
  type Expression,
  exp,
  type Formula,
  half,
  type IndexedNode,
  InputError,
  keyOf,
  lastSide,
  log,
  multiply,
  type NetworkSize,
  negate,
  pi,
  rational,
  stated,
  substitute,
  subtract,
  symbol,
  without,
  zero,
} from 'corrigenda'
import { inMoments, logWeight, quadraticExponent, stationarity, vanishes } from 'corrigenda/theory'
import { siteNames, withDoublets, withSite } from './02-2-sites.js'
import {
  at,
  byNetwork,
  layerOf,
  onNetworks,
  orderParameters,
  single,
  withoutNeurons,
  writtenOut,
} from './two-networks.js'

// ---- The integral over a layer ---------------------------------------------------------------------------------------------

const siteIds = {
  rate: 'sec-2.2.rate',
  weight: 'sec-2.2.measure',
  fields: 'sec-2.2.field-doublet',
  covariance: 'sec-2.2.covariance',
  noise: 'sec-2.2.noise',
} as const
type SiteFormulas = { readonly [K in keyof typeof siteIds]: Formula }

/** The law of the noise in the place of its name, for both networks. */
function withNoise(e: Expression, noise: Formula, context: Context): Expression {
  const law = withoutNeurons(writtenOut(byNetwork(lastSide(noise)), single, context))
  const written = logWeight(
    substitute(law, (node) =>
      node.kind === 'apply' && node.name === 'preActivation' ? { ...node, kind: 'indexed' } : undefined,
    ),
  )
  return substitute(e, (node) => {
    if (node.kind !== 'apply' || node.name !== 'log probability') return undefined
    const [activity, field] = node.arguments
    if (activity === undefined || field === undefined) return undefined
    return substitute(written, (part) => {
      if (part.kind !== 'indexed') return undefined
      return part.name === 'activity' ? activity : part.name === 'preActivation' ? field : undefined
    })
  })
}

const conjugateNames = orderParameters.map(({ conjugate }) => conjugate)

/** The logarithm under the rate function's integral, and what stands beside it. */
function rateParts(given: SiteFormulas, size: NetworkSize, context: Context) {
  const written = writtenOut(withSite(lastSide(given.rate), given.weight, given), size, context)
  let inside: Expression | null = null
  const orders = substitute(written, (node) => {
    if (node.kind !== 'function' || node.name !== 'log') return undefined
    const [integral] = node.arguments
    if (integral?.kind !== 'measureIntegral') return undefined
    inside = integral.body
    return zero
  })
  if (inside === null) throw new InputError('the rate function has no integral over a site')
  return { orders, weight: withNoise(logWeight(inside), given.noise, context) }
}

/** An exponent at vanishing conjugates and sources. */
const atSaddle = (e: Expression): Expression => without(e, [...conjugateNames, 'source', 'referenceSource'])

const ofLayer = (names: readonly string[], layer: number): readonly IndexedNode[] =>
  names.map((name) => at(name, layer))
const activityNames = siteNames.filter((name) => name.toLowerCase().endsWith('activity'))
const fieldNames = siteNames.filter((name) => !activityNames.includes(name))

/** The logarithm of a Gaussian integral over two variables. */
const logVolume = (determinant: Expression): Expression =>
  subtract(log(multiply(rational(2), pi)), multiply(half, log(determinant)))

const known = (e: Expression): Expression => (vanishes(e) ? zero : e)

/** Values of the activation function as names of their own: nothing is known of them, and nothing is to be done to them. */
function hidden(e: Expression): { readonly e: Expression; readonly names: ReadonlyMap<string, Expression> } {
  const names = new Map<string, Expression>()
  const put = substitute(e, (node) => {
    if (node.kind !== 'apply' || node.name !== 'activation') return undefined
    const name = `activation at ${keyOf(node)}`
    names.set(name, node)
    return symbol(name)
  })
  return { e: put, names }
}

/** A layer's activations integrated out: their means and covariance given the fields, and what is left of the exponent. */
function overActivities(exponent: Expression, layer: number) {
  const { e, names } = hidden(exponent)
  const shown = (x: Expression, value?: Expression): Expression =>
    substitute(x, (node) =>
      node.kind === 'symbol' && names.has(node.name) ? (value ?? names.get(node.name)) : undefined,
    )
  const { matrix, shifts, remainder, determinant } = completeSquare(e, ofLayer(activityNames, layer))
  const [[a, b], [c, d]] = matrix as [[Expression, Expression], [Expression, Expression]]
  const covariance = [
    [d, negate(b)],
    [negate(c), a],
  ].map((row) => row.map((entry) => divide(entry, determinant)))
  const variables = ofLayer(fieldNames, layer)
  const fields = quadraticExponent(remainder, variables)
  const form = add(
    ...fields.matrix.flatMap((row, i) =>
      row.map((entry, j) => multiply(rational(-1, 2), entry, variables[i]!, variables[j]!)),
    ),
  )
  // What the noise leaves of the activation function cancels.
  const constant = shown(fields.constant, zero)
  const cancelled = known(subtract(fields.constant, constant))
  return {
    means: shifts.map((mean) => shown(mean)),
    covariance,
    left: add(form, constant, shown(cancelled), logVolume(determinant)),
  }
}

/** The logarithm of the integral over a layer, all others apart; its exponent holds nothing of the layers behind. */
function layerIntegral(exponent: Expression, layer: number): Expression {
  const { left } = overActivities(exponent, layer)
  const { remainder, determinant } = completeSquare(left, ofLayer(fieldNames, layer))
  return known(add(remainder, logVolume(determinant)))
}

/** The part of an exponent that one layer's variables enter, with the constants: layers are independent given the order parameters. */
const partOfLayer = (exponent: Expression, layer: number): Expression => {
  const others = (e: Expression): boolean => [...siteNames].some((name) => holdsOther(e, name, layer))
  const terms = exponent.kind === 'sum' ? exponent.terms : [exponent]
  return add(...terms.filter((term) => !others(term)))
}

function holdsOther(e: Expression, name: string, layer: number): boolean {
  let found = false
  substitute(e, (node) => {
    if (node.kind === 'indexed' && node.name === name && layerOf(node) !== layer) found = true
    return undefined
  })
  return found
}

// ---- Conjugates ------------------------------------------------------------------------------------------------------------

const depthOne: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }
const anyLayer = 'a layer depends on the order parameters of the layer before alone, so that one decides all'

export const conjugates = derive(
  'sec-2.2.conjugates',
  siteIds,
  'derivatives of the rate function by the order parameters: the integral over the layer behind, whose conjugates vanish, in closed form',
  (given, context) =>
    onNetworks(context, {
      describe: 'the conjugates at the saddle point',
      what: 'what vanishes',
      sizes: [depthOne],
      complete: anyLayer,
      firstSide: true,
      derived: (size) => {
        const { orders, weight } = rateParts(given, size, context)
        const behind = layerIntegral(atSaddle(partOfLayer(weight, 1)), 1)
        return add(
          ...orderParameters.map(({ name, conjugate }) => {
            const slope = stationarity(add(orders, behind), at(name, 0))
            const unit = differentiate(slope, at(conjugate, 0))
            const value = negate(divide(without(slope, conjugateNames), unit))
            return stated('vanishes', subtract(at(conjugate, 0), value))
          }),
        )
      },
      claimed: (formula, size) => {
        const sides = formula.sides.map((side) => writtenOut(side, size, context, { l: 0 }))
        const last = sides.at(-1)!
        return add(...sides.slice(0, -1).map((side) => stated('vanishes', subtract(side, last))))
      },
    }),
)

// ---- Mean-field equations --------------------------------------------------------------------------------------------------

/** The derivative of the rate function by a conjugate, at the saddle point, solved for the order parameter. */
function meanField(given: SiteFormulas, k: number, size: NetworkSize, context: Context): Expression {
  const { name, conjugate } = orderParameters[k]!
  const { orders, weight } = rateParts(given, size, context)
  const [by, quantity] = [at(conjugate, 1), at(name, 1)]
  const unit = differentiate(differentiate(orders, by), quantity)
  const polynomial = atSaddle(differentiate(weight, by))
  const { means, covariance, left } = overActivities(atSaddle(partOfLayer(weight, 1)), 1)
  const activities = ofLayer(activityNames, 1)
  const form = activities.map((x) =>
    activities.map((y) => multiply(half, differentiate(differentiate(polynomial, x), y))),
  )
  const noise = form.flatMap((row, a) => row.map((entry, b) => multiply(entry, covariance[a]![b]!)))
  const products = form.flatMap((row, a) => row.map((entry, b) => multiply(entry, means[a]!, means[b]!)))
  const total = layerIntegral(atSaddle(partOfLayer(weight, 1)), 1)
  const measures = ofLayer(fieldNames, 1)
  const averaged = products
    .filter((term) => !(term.kind === 'number' && term.numerator === 0n))
    .map((body) => multiply({ kind: 'measureIntegral', measures, body: multiply(body, exp(left)) }, exp(negate(total))))
  return negate(divide(add(...noise, ...averaged), unit))
}

/** A formula's value with its integrals over the fields in moments. */
const inFields = (
  formula: Formula,
  given: Pick<SiteFormulas, 'fields' | 'covariance'>,
  size: NetworkSize,
  context: Context,
) => inMoments(writtenOut(withDoublets(formula, given), size, context), fieldNames)

const saddleEquation = (id: string, k: number) =>
  derive(
    id,
    siteIds,
    'the derivative of the rate function by the conjugate set to zero and solved, activations averaged over their noise',
    (given, context) =>
      onNetworks(context, {
        describe: 'the stationary point of the rate function',
        what: 'the order parameter',
        sizes: [depthOne],
        complete: anyLayer,
        derived: (size) => inMoments(meanField(given, k, size, context), fieldNames),
        claimed: (formula, size) => inFields(formula, given, size, context),
      }),
  )

export const teacherMeanField = saddleEquation('sec-2.2.teacher-mean-field', 0)
export const studentMeanField = saddleEquation('sec-2.2.student-mean-field', 1)
export const overlapMeanField = saddleEquation('sec-2.2.overlap-mean-field', 2)

/** An expression as beta grows: powers below zero of it vanish. */
const noiseless = (e: Expression): Expression =>
  substitute(e, (node) =>
    node.kind === 'power' &&
    node.base.kind === 'symbol' &&
    node.base.name === 'inverseTemperature' &&
    node.exponent.kind === 'number' &&
    node.exponent.numerator < 0n
      ? zero
      : undefined,
  )

const noiselessLimit = (id: string, equation: string) =>
  derive(
    id,
    { equation, fields: 'sec-2.2.field-doublet', covariance: 'sec-2.2.covariance' },
    'the mean-field equation as beta grows',
    (given, context) =>
      onNetworks(context, {
        describe: 'the equation without noise',
        what: 'the order parameter',
        sizes: [depthOne],
        complete: anyLayer,
        derived: (size) =>
          inFields({ sides: [noiseless(lastSide(given.equation))], relations: [] }, given, size, context),
        claimed: (formula, size) => inFields(formula, given, size, context),
      }),
  )

export const teacherNoiseless = noiselessLimit('sec-2.2.teacher-noiseless', 'sec-2.2.teacher-mean-field')
export const studentNoiseless = noiselessLimit('sec-2.2.student-noiseless', 'sec-2.2.student-mean-field')
export const overlapNoiseless = noiselessLimit('sec-2.2.overlap-noiseless', 'sec-2.2.overlap-mean-field')
