/** Chapter 1: sizes, laws of weights and activation functions. */
import {
  add,
  type Context,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  gaussianExpectation,
  half,
  lengthBoundary,
  linearForm,
  multiply,
  negate,
  one,
  type PremiseValues,
  power,
  rational,
  symbol,
  uses,
} from 'corrigenda'
import { summedNeurons } from './02-1-rule.js'
import { meanOf, slopesOf } from './rectifier.js'
import { firstLength, replaced, tidied, varianceOf } from './signals.js'
import { sampledGlorot, sampledHe } from './symmetric-critical.js'

// ---- Sizes ------------------------------------------------------------------------------------------------------------

export const parameterCount = derive(
  'sec-1.parameter-count',
  {},
  'a weight for every pair of neighbouring neurons and a bias for every neuron, to leading order in the width',
  (_, { read }) => {
    const width = symbol('width')
    const all = multiply(read('L'), add(multiply(width, width), width))
    const leading = multiply(half, differentiate(differentiate(all, width), width), power(width, 2))
    return { kind: 'orderOf', of: tidied(leading) }
  },
)

/** How the contribution of the layer before goes with its width: that many weights, each with its variance. */
const contribution = ({ weights }: PremiseValues<{ weights: string }>, { read }: Context): Expression => ({
  kind: 'orderOf',
  of: tidied(divide(multiply(read('N_{l-1}'), varianceOf(weights)), read('\\sigma_w^2'))),
})
const contributionMethod = 'variances of independent weights added over the neurons of the layer before'
export const orderOne = derive('sec-1.1.order-one', { weights: 'sec-1.1.weight-law' }, contributionMethod, contribution)
export const signalOrderOne = derive(
  'sec-2.1.order-one',
  { weights: 'sec-2.1.weight-law' },
  contributionMethod,
  contribution,
)

// ---- Activation functions -----------------------------------------------------------------------------------------------

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const activations: readonly ((x: number) => number)[] = [
  (x) => Math.max(0, x),
  (x) => x * sigmoid(x),
  sigmoid,
  Math.tanh,
]
const grid = Array.from({ length: 1601 }, (_, k) => (k - 800) / 100)

export const manyToOne = derive(
  'sec-1.1.many-to-one',
  {},
  'which of the four functions do not increase strictly from -8 to 8; outside they are monotonic',
  () => {
    const increases = (f: (x: number) => number): boolean => grid.every((x, k) => k === 0 || f(x) > f(grid[k - 1]!))
    return rational(activations.filter((f) => !increases(f)).length)
  },
)

export const saturation = uses('sec-1.2.saturation', {}, 'slopes at 4.5 against the largest')
const slopes = directCheck('slopes at 4.5', 'numeric', () => {
  const s = sigmoid(4.5)
  const found = [
    { name: 'sigmoid', slope: s * (1 - s), largest: 1 / 4 },
    { name: 'tanh', slope: 1 - Math.tanh(4.5) ** 2, largest: 1 },
  ]
  const worst = Math.max(...found.map(({ slope, largest }) => slope / largest))
  return {
    holds: worst < 0.05,
    summary: `${found.map(({ name, slope, largest }) => `${name}: ${slope.toPrecision(2)}, ${((100 * slope) / largest).toPrecision(2)} % of the largest`).join('; ')}; beyond they are smaller still`,
    numbers: { largestShare: Number(worst.toPrecision(4)) },
  }
})

/** Klambauer et al. 2017: the constants for which mean zero and variance one are a fixed point. */
const [scale, floor] = [1.0507009873554805, 1.6732632423543772]
export const selu = (z: number): number => scale * (z > 0 ? z : floor * Math.expm1(z))

export const selfNormalising = uses(
  'sec-1.1.selu',
  {},
  'mean and mean square of the activation of a standard normal variable',
)
const seluMoments = directCheck('mean and variance of SELU of a standard normal variable', 'numeric', () => {
  const mean = gaussianExpectation(selu, { variance: 1, kinks: [0] }).value
  const square = gaussianExpectation((z) => selu(z) ** 2, { variance: 1, kinks: [0] }).value
  const worst = Math.max(Math.abs(mean), Math.abs(square - mean ** 2 - 1))
  return { holds: worst < 1e-9, summary: `zero and one to ${worst.toExponential(0)}`, numbers: { worst } }
})

// ---- Initialisation -------------------------------------------------------------------------------------------------------

export const glorot = derive(
  'sec-1.1.glorot',
  { rule: 'sec-1.1.rule' },
  'the variance at which the weights of the rule, without a rectifier and without a bias, together keep the length; all layers of one width',
  ({ rule }, { read }) => {
    const together = rational(Math.round(lengthBoundary(linearForm)))
    const { from, to } = summedNeurons(rule)
    return replaced(divide(together, tidied(add(to, negate(from), one))), read('N_{l-1}'), read('N'))
  },
)

export const he = derive(
  'sec-1.1.he',
  { relu: 'sec-1.1.relu' },
  'the length over the mean square of the rectifier of a Gaussian field',
  ({ relu }, context) => {
    const rectifier = { name: 'activation', indices: [], order: 0, field: 0 }
    const square = { functions: [rectifier, rectifier], covariance: [[firstLength]] }
    return tidied(divide(firstLength, meanOf(slopesOf(relu, context), square)))
  },
)

export const confirmations = [
  confirm(saturation, slopes),
  confirm(selfNormalising, seluMoments),
  confirm(glorot, sampledGlorot),
  confirm(he, sampledHe),
]
