// @ts-check
/** Length and correlation maps of an activation, from the activation alone. */
import {
  add,
  call,
  claimedValue,
  columnOf,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  exp,
  gaussianActivation,
  gaussianKernel,
  half,
  integrateGaussian,
  lastSide,
  log,
  meanEstimate,
  multiply,
  negate,
  one,
  pi,
  power,
  printedNumber,
  rational,
  sampledExpectations,
  scalarValue,
  squareRoot,
  substituteSymbols,
  subtract,
  symbol,
  zero,
} from 'corrigenda'

/** @import { CheckInput, Context, Depth, Expression, Formula } from 'corrigenda' */

/** A function of z at another argument. @param {Formula} f @param {Expression} argument */
const at = (f, argument) => substituteSymbols(lastSide(f), new Map([['z', argument]]))

/** @param {Context} context */
const parameters = ({ scalar }) => ({
  weight: scalar('\\sigma_w^2'),
  bias: scalar('\\sigma_b^2'),
  q: scalar('q'),
  c: scalar('c'),
})

export const slope = derive('eq-2', { activation: 'eq-1' }, 'derivative of the activation', ({ activation }) =>
  differentiate(lastSide(activation), symbol('z')),
)

export const length = derive(
  'eq-3',
  { activation: 'eq-1' },
  'mean square of the activation over a normal pre-activation',
  ({ activation }, context) => {
    const { weight, bias, q } = parameters(context)
    const z = symbol('z')
    const density = divide(exp(negate(multiply(half, power(z, 2)))), squareRoot(multiply(rational(2), pi)))
    const body = multiply(density, power(at(activation, multiply(squareRoot(q), z)), 2))
    return add(multiply(weight, { kind: 'integral', variable: 'z', from: null, to: null, body }), bias)
  },
)

export const correlationSlope = derive(
  'eq-4',
  { slope: 'eq-2' },
  'mean of the product of two slopes over two correlated normal pre-activations, a Gaussian integral',
  ({ slope }, context) => {
    const { weight, q, c } = parameters(context)
    const [x, y] = [symbol('x'), symbol('y')]
    const determinant = multiply(power(q, 2), subtract(one, power(c, 2)))
    const inverse = divide(
      multiply(q, add(power(x, 2), power(y, 2), multiply(rational(-2), c, x, y))),
      multiply(rational(2), determinant),
    )
    // The slope is Gaussian: its value at 0 times e to its logarithm.
    const height = at(slope, zero)
    const logarithm = (/** @type {Expression} */ argument) => exponentOf(at(slope, argument))
    const integral = integrateGaussian(add(logarithm(x), logarithm(y), negate(inverse)), [x, y])
    const normalisation = multiply(rational(2), pi, squareRoot(determinant))
    return divide(multiply(weight, power(height, 2), exp(add(integral.exponent, integral.constant))), normalisation)
  },
)

/** The exponent of a product that holds one exponential. @param {Expression} e @returns {Expression} */
function exponentOf(e) {
  if (e.kind === 'function' && e.name === 'exp' && e.arguments[0] !== undefined) return e.arguments[0]
  if (e.kind === 'power' && e.base.kind === 'constant' && e.base.name === 'e') return e.exponent
  if (e.kind === 'product')
    for (const factor of e.factors)
      if (factor.kind === 'function' || (factor.kind === 'power' && factor.base.kind === 'constant'))
        return exponentOf(factor)
  throw new TypeError('the slope is no Gaussian')
}

export const correlation = derive(
  'eq-5',
  { slope: 'eq-4' },
  'the slope integrated from vanishing correlation, where an odd activation leaves the biases alone',
  ({ slope }, context) => {
    const { bias, q, c } = parameters(context)
    const body = substituteSymbols(lastSide(slope), new Map([[c.name, symbol('x')]]))
    return add({ kind: 'integral', variable: 'x', from: zero, to: c, body }, divide(bias, q))
  },
)

/** @param {Formula} slope @param {Context} context */
const atPerfect = (slope, context) => substituteSymbols(lastSide(slope), new Map([[parameters(context).c.name, one]]))

export const criticalWeight = derive(
  'eq-6',
  { slope: 'eq-4' },
  'weight variance over the slope at perfect correlation, which is proportional to it',
  ({ slope }, context) => divide(parameters(context).weight, atPerfect(slope, context)),
)

export const criticalBias = derive(
  'eq-7',
  { length: 'eq-3', critical: 'eq-6' },
  'what the length map at the critical weight variance lacks of its fixed point',
  ({ length, critical }, context) => {
    const { weight, bias, q } = parameters(context)
    const values = new Map([
      [weight.name, lastSide(critical)],
      [bias.name, zero],
    ])
    return subtract(q, substituteSymbols(lastSide(length), values))
  },
)

export const withoutBias = derive(
  'sec-3.without-bias',
  { critical: 'eq-6' },
  'the critical weight variance at vanishing mean square',
  ({ critical }, context) => substituteSymbols(lastSide(critical), new Map([[parameters(context).q.name, zero]])),
)

export const atOne = derive(
  'sec-3.number',
  { critical: 'eq-6' },
  'the critical weight variance at mean square one',
  () => ({ kind: 'nothing' }),
)

export const atOneRounded = confirm(
  atOne,
  printedNumber({
    name: 'critical weight variance',
    readings: [
      {
        name: 'the value at mean square one',
        value: ({ premises }) =>
          scalarValue(lastSide(premises['critical'] ?? { sides: [], relations: [] }), { meanSquare: 1 }),
      },
    ],
  }),
)

export const depthScale = derive(
  'eq-8',
  { slope: 'eq-4' },
  'minus the reciprocal of the logarithm of the slope at perfect correlation',
  ({ slope }, context) => negate(divide(one, log(atPerfect(slope, context)))),
)

// ---- quadrature of the activation itself, and networks ----

const erf = gaussianActivation({ kind: 'erf', scale: 1 })

const quadrature = directCheck('Gaussian quadrature in two variables', 'numeric', (input) => {
  let worst = 0
  for (const meanSquare of [0.1, 1, 7])
    for (const correlation of [-0.9, -0.2, 0.5, 0.95]) {
      const values = { weightVariance: 1.3, biasVariance: 0.2, meanSquare, correlation }
      const stated = claimedValue(input.claimed, input, values)
      const kernel = gaussianKernel(erf, {
        first: meanSquare,
        second: meanSquare,
        cross: meanSquare * correlation,
      }).value
      const found = (1.3 * kernel + 0.2) / meanSquare
      if (!(Math.abs(stated - found) < 1e-9))
        return {
          holds: false,
          summary: `${stated} is stated, ${found} found`,
          witness: {
            at: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
            left: String(stated),
            right: String(found),
          },
        }
      worst = Math.max(worst, Math.abs(stated - found))
    }
  return { holds: true, summary: 'they agree at twelve points', numbers: { deviation: worst } }
})

export const correlationIntegrated = confirm(correlation, quadrature)

// Two inputs of one length, so that both have the same law in the first layer.
const inputs = [
  [1, 1],
  [1.4, 0.2],
]
const width = 100
const sizes = [0.5, 2].map((weightVariance) => ({ weightVariance, biasVariance: 0.1 }))

/** Mean square and correlation of the first layer, which is normal at any width. @param {(typeof sizes)[number]} model */
const firstLayer = ({ weightVariance, biasVariance }) => {
  const meanSquare = weightVariance + biasVariance
  return { meanSquare, correlation: (0.8 * weightVariance + biasVariance) / meanSquare }
}

/**
 * What the second layer's overlap of two inputs is on average: exactly that of infinite width, since the first layer's neurons
 * are independent and normal at any width.
 *
 * @param {string} name
 * @param {readonly [number, number]} pair
 * @param {(claimed: Formula, input: CheckInput, model: (typeof sizes)[number]) => number} predicted
 */
const secondLayer = (name, pair, predicted) =>
  sampledExpectations({
    name,
    stream: 'second-layer',
    finiteWidth: 'none: the first layer is normal at any width',
    cases: (/** @type {Depth} */ depth) =>
      sizes.map((model) => ({
        parameters: { '\\sigma_w^2': model.weightVariance, '\\sigma_b^2': model.biasVariance, N: width },
        request: {
          ensemble: {
            kind: 'feed-forward',
            activation: { formula: call('erf', symbol('z')) },
            widths: width,
            depth: 2,
            ...model,
            input: { kind: 'explicit', vectors: inputs },
          },
          level: 'weights',
          observables: [{ kind: 'layers', field: { name: 'overlap', inputs: pair }, layers: [1] }],
          networks: depth === 'quick' ? 400 : depth === 'standard' ? 2000 : 20_000,
        },
        measured: (summary) => {
          const [found] = summary.observables
          if (found?.kind !== 'layers') throw new TypeError('the observable is no table')
          return [meanEstimate(columnOf(found.table, 0))]
        },
        predicted: (claimed, input) => [predicted(claimed, input, model)],
        label: () => name,
      })),
  })

export const lengthSampled = confirm(
  length,
  secondLayer('mean square in the second layer of sampled networks', [0, 0], (claimed, input, model) =>
    claimedValue(claimed, input, { ...model, ...firstLayer(model) }),
  ),
)

export const correlationSampled = confirm(
  correlation,
  secondLayer('overlap in the second layer of sampled networks', [0, 1], (claimed, input, model) => {
    const first = firstLayer(model)
    // The map is per mean square of the layer before.
    return claimedValue(claimed, input, { ...model, ...first }) * first.meanSquare
  }),
)
