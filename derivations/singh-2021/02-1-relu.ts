/** Section 2.1: the phases of ReLU networks. */
import {
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Formula,
  lastSide,
  lengthFixedPoints,
  measuredOrder,
  power,
  rectifiedForm,
  type SignalModel,
  scalarValue,
  signalFate,
  signalMaps,
  symbol,
  uses,
} from 'corrigenda'
import { withRectifiedMeans } from 'corrigenda/theory'
import { biasVariances, everywhere } from './02-1-phases.js'
import { domains, firstLength, plain, tidied } from './signals.js'

export const noChaos = uses(
  'sec-2.1.no-chaos',
  { slope: 'sec-2.1.stability', length: 'eq-2.3' },
  'fate of signals in bounded ReLU networks',
)
const boundedFate = directCheck('fate of signals in bounded ReLU networks', 'numeric', () => {
  const points = [0.1, 0.5, 1, 1.5, 1.9, 1.99].flatMap((weightVariance) =>
    biasVariances.map((biasVariance) => ({
      weightVariance,
      biasVariance,
      fate: signalFate(signalMaps({ activation: rectifiedForm, weightVariance, biasVariance })),
    })),
  )
  return everywhere(
    points,
    ({ fate }) => fate.correlations.length === 1 && fate.attractor.value === 1 && fate.attractor.stability === 'stable',
    ({ fate }) => fate.attractor.value,
    'correlation one is the only fixed point, and stable',
  )
})

/** The slope of ReLU's length map, from the map for any activation. */
export const rectifiedSlope = (length: Formula, context: Parameters<typeof plain>[1]) =>
  tidied(
    differentiate(
      withRectifiedMeans(plain(lastSide(length), context, { first: 'q_h^{l-1}(x)' }), domains),
      firstLength,
    ),
  )

export const bounded = derive(
  'sec-2.1.bounded',
  { length: 'eq-2.3' },
  'the length map of ReLU is a line: it has a positive fixed point where its slope is below one',
  ({ length }, context) => {
    const slope = rectifiedSlope(length, context)
    return {
      kind: 'region',
      describe: 'the length has a finite positive fixed point',
      contains: (values) => scalarValue(slope, Object.fromEntries(values)) < 1,
    }
  },
)

export const biasFree = derive(
  'sec-2.1.bias-free',
  { length: 'eq-2.3' },
  'the weight variance at which the slope of the length map is one, which holds no bias',
  ({ length }, context) => {
    const slope = rectifiedSlope(length, context)
    return tidied(divide(power(symbol('weightStandardDeviation'), 2), slope))
  },
)

export const he = uses('sec-2.1.he', { length: 'eq-2.3' }, 'the length map at the pair of values')
const keepsLength = directCheck('lengths at (2, 0)', 'numeric', () => {
  const maps = signalMaps({ activation: rectifiedForm, weightVariance: 2, biasVariance: 0 })
  const worst = Math.max(...[1e-3, 1, 50].map((q) => Math.abs(maps.length(q) / q - 1)))
  return {
    holds: worst < 1e-12 && lengthFixedPoints(maps).every,
    summary: `every length is a fixed point, to ${worst.toExponential(0)}`,
    numbers: { worst },
  }
})

export const unboundedStable = uses(
  'sec-2.1.unbounded-stable',
  { map: 'eq-2.4', length: 'eq-2.3' },
  'both maps iterated where the length diverges',
)
/**
 * Correlation of two inputs of length one after some layers of a homogeneous activation: lengths of one are taken through the
 * layer without its bias and scaled, so that nothing overflows where lengths diverge.
 */
export function correlationAfter(model: SignalModel, layers: number, start = 0): number {
  const maps = signalMaps({ ...model, biasVariance: 0 })
  const growth = maps.length(1)
  let length = 1
  let correlation = start
  for (let l = 0; l < layers; l++) {
    const bias = model.biasVariance === 0 ? 0 : model.biasVariance / length
    correlation = Math.min(1, (maps.covariance(1, 1, correlation) + bias) / (growth + bias))
    length = growth * length + model.biasVariance
  }
  return correlation
}
const unboundedFlow = directCheck('correlation of uncorrelated inputs where the length diverges', 'numeric', () => {
  const found = [2.1, 2.5, 3, 5].map((weightVariance) => {
    const model = { activation: rectifiedForm, weightVariance, biasVariance: 0.1 }
    const [near, far] = [100, 400].map((layers) => 1 - correlationAfter(model, layers))
    return { weightVariance, near: near!, far: far! }
  })
  const worst = found.reduce((a, b) => (b.far > a.far ? b : a))
  return {
    holds: found.every(({ near, far }) => far < near && far < 1e-3),
    summary: `after 400 layers it differs from one by at most ${worst.far.toExponential(1)}; it falls as a power, ${measuredOrder(
      [
        { x: 100, y: worst.near },
        { x: 400, y: worst.far },
      ],
    ).toFixed(2)}, of the depth`,
    numbers: { largest: worst.far },
  }
})

export const converge = uses('sec-1.2.converge', { map: 'eq-2.4', length: 'eq-2.3' }, 'both maps iterated')
const everyVariance = directCheck('correlation of uncorrelated inputs after 4000 layers', 'numeric', () => {
  const found = [0.5, 1, 1.5, 2].flatMap((weightVariance) =>
    [0, 0.1, 1].map((biasVariance) => ({
      at: { '\\sigma_w^2': String(weightVariance), '\\sigma_b^2': String(biasVariance) },
      gap: 1 - correlationAfter({ activation: rectifiedForm, weightVariance, biasVariance }, 4000),
    })),
  )
  const worst = found.reduce((a, b) => (b.gap > a.gap ? b : a))
  return {
    holds: worst.gap < 1e-3,
    summary: `it differs from one by at most ${worst.gap.toExponential(1)}`,
    witness: { at: worst.at, left: '1', right: String(1 - worst.gap) },
    numbers: { largest: worst.gap },
  }
})

export const deepCorrelation = uses(
  'sec-2.1.deep-correlation',
  { map: 'eq-2.4', length: 'eq-2.3' },
  'both maps iterated',
)
const after32 = directCheck('correlation of uncorrelated inputs after 32 layers', 'numeric', () => {
  const found = Array.from({ length: 29 }, (_, k) => 0.2 + 0.1 * k).map((weightVariance) => ({
    weightVariance,
    value: correlationAfter({ activation: rectifiedForm, weightVariance, biasVariance: 0.1 }, 32),
  }))
  const least = found.reduce((a, b) => (b.value < a.value ? b : a))
  return {
    holds: least.value > 0.95,
    summary: `at least ${least.value.toFixed(4)}, at a weight variance of ${least.weightVariance.toFixed(1)}, for weight variances from 0.2 to 3`,
    witness: { at: { '\\sigma_w^2': String(least.weightVariance) }, left: '1', right: String(least.value) },
    numbers: { least: Number(least.value.toFixed(5)), weightVariance: Number(least.weightVariance.toFixed(1)) },
  }
})

export const confirmations = [
  confirm(noChaos, boundedFate),
  confirm(he, keepsLength),
  confirm(unboundedStable, unboundedFlow),
  confirm(converge, everyVariance),
  confirm(deepCorrelation, after32),
]
