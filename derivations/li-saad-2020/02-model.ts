/** Section 2: normalisation of the noise, and the rotation of the weights. */
import {
  add,
  type Context,
  call,
  completeSquare,
  derive,
  divide,
  type Expression,
  exp,
  type Formula,
  half,
  lastSide,
  multiply,
  one,
  pi,
  power,
  rational,
  squareRoot,
  substitute,
  subtract,
  symbol,
} from 'corrigenda'
import { logWeight, secondMoment } from 'corrigenda/theory'
import { component } from './components.js'
import { inLetters, writtenOut } from './small-networks.js'

const single = { lastLayer: 1, neurons: 1, inputs: 1 }
const variance = power(symbol('weightStandardDeviation'), 2)

/** A law of a neuron's activation with its field and activation as plain quantities. */
const written = (law: Formula, context: Context): Expression => writtenOut(lastSide(law), single, context)

const activity = component('activity', 1)
const withActivity = (e: Expression, value: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'indexed' && node.name === 'activity' ? value : undefined))

export const thermal = derive(
  'sec-2.thermal-normalisation',
  { law: 'eq-3' },
  'both values put into (3) and added',
  ({ law }, context) => {
    const probability = written(law, context)
    return add(withActivity(probability, one), withActivity(probability, rational(-1)))
  },
)

export const noise = derive(
  'sec-2.noise-normalisation',
  { law: 'eq-4' },
  'Gaussian integral of (4) over the activation',
  ({ law }, context) => {
    const { determinant, remainder } = completeSquare(logWeight(written(law, context)), [activity])
    return multiply(exp(remainder), squareRoot(divide(multiply(rational(2), pi), determinant)))
  },
)

const weights = ['referenceWeight', 'weightPerturbation'].map((name) => ({
  ...component(name, 1),
  indices: [component(name, 1).indices[0]!, ...component(name, 1).indices],
}))

export const sameVariance = derive(
  'sec-2.same-variance',
  { rotation: 'eq-6' },
  'second moment of the rotated weight, both of its parts independent with the same variance',
  ({ rotation }, context) =>
    inLetters(secondMoment(power(writtenOut(lastSide(rotation), single, context), 2), weights, variance)),
)

/** The angle whose cosine is a correlation coefficient, by its sine. */
export const angleOf = (correlation: Expression): Expression =>
  call('asin', squareRoot(subtract(one, power(correlation, 2))))

export const angle = derive(
  'sec-2.angle',
  { rotation: 'eq-6' },
  'cosine of the angle of long weight vectors: the correlation coefficient of their components',
  ({ rotation }, context) => {
    const reference = weights[0]!
    const rotated = writtenOut(lastSide(rotation), single, context)
    // <w w_hat> by polarisation: the mixed second moment of independent variables.
    const plus = secondMoment(power(add(rotated, reference), 2), weights, variance)
    const minus = secondMoment(power(subtract(rotated, reference), 2), weights, variance)
    const covariance = multiply(half, half, subtract(plus, minus))
    return inLetters(angleOf(divide(covariance, variance)))
  },
)
