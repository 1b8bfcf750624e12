/** Section 3.1: phases of ReLU networks with correlated weights, put to the maps themselves. */
import {
  confirm,
  criticalPoint,
  derive,
  directCheck,
  lastSide,
  lengthBoundary,
  printedNumber,
  rectifiedForm,
  type SignalModel,
  scalarValue,
  signalFate,
  signalMaps,
  uses,
} from 'corrigenda'
import { everywhere } from './02-1-phases.js'
import { correlationAfter } from './02-1-relu.js'
import { lengthSlopeOf } from './03-1-maps.js'
import { sampledAntiCorrelated } from './symmetric-critical.js'

const networks = (rowCorrelation: number, weightVariance: number, biasVariance = 0.1): SignalModel => ({
  activation: rectifiedForm,
  weightVariance,
  biasVariance,
  rowCorrelation,
})

const fateOf = (model: SignalModel) => ({ ...model, fate: signalFate(signalMaps(model)) })

export const orderedBounded = derive(
  'sec-3.1.ordered-bounded',
  { slope: 'sec-3.1.stability', length: 'eq-3.3' },
  'both the length map and the correlation map at one have slopes below one',
  ({ slope, length }, context) => {
    const lengthSlope = lengthSlopeOf(length, context)
    return {
      kind: 'region',
      describe: 'the length is bounded and correlation one is stable',
      contains: (values) => {
        const given = Object.fromEntries(values)
        return scalarValue(lengthSlope, given) < 1 && scalarValue(lastSide(slope), given) < 1
      },
    }
  },
)

export const positiveOrder = uses(
  'sec-3.1.positive-order',
  { map: 'eq-3.5', length: 'eq-3.3' },
  'both maps on either side of the boundary of the length',
)
const orderedThroughout = directCheck(
  'uncorrelated inputs in networks with positively correlated weights',
  'numeric',
  () => {
    const bounded = [-0.2, -0.5, -0.9].flatMap((k) =>
      [0.3, 0.7, 0.99].map((share) => fateOf(networks(k, share * lengthBoundary(rectifiedForm, k)))),
    )
    const found = everywhere(
      bounded,
      ({ fate }) => fate.attractor.value === 1,
      ({ fate }) => fate.attractor.value,
      'the attractor is one',
    )
    const far = [-0.2, -0.5, -0.9].flatMap((k) =>
      [1.05, 1.5, 3].map((share) => 1 - correlationAfter(networks(k, share * lengthBoundary(rectifiedForm, k)), 400)),
    )
    const worst = Math.max(...far)
    if (found.holds !== true) return found
    return {
      holds: worst < 1e-3,
      summary: `${found.summary} with bounded lengths; with unbounded ones the correlation after 400 layers differs from one by at most ${worst.toExponential(1)}`,
      numbers: { points: bounded.length + far.length, largest: worst },
    }
  },
)

export const chaoticBounded = uses(
  'sec-3.1.chaotic-bounded',
  { map: 'eq-3.5', length: 'eq-3.3' },
  'the attractor between both boundaries',
)
const chaosBetween = directCheck('attractor between both boundaries', 'numeric', () => {
  const points = [1, 10, 100].flatMap((k) => {
    const above = lengthBoundary(rectifiedForm, k)
    return [0.1, 0.5, 0.9].map((share) => fateOf(networks(k, 2 + share * (above - 2))))
  })
  return everywhere(
    points,
    ({ fate }) => fate.chi > 1 && fate.attractor.value < 1 && fate.attractor.stability === 'stable',
    ({ fate }) => fate.attractor.value,
    'uncorrelated inputs end at a stable correlation below one',
  )
})

export const chaoticUnbounded = uses(
  'sec-3.1.chaotic-unbounded',
  { map: 'eq-3.4', length: 'eq-3.3' },
  'both maps iterated where the length diverges',
)
const chaosBeyond = directCheck('correlation after 400 layers where the length diverges', 'numeric', () => {
  const found = [1, 10, 100].flatMap((k) =>
    [1.05, 1.5, 3].map((share) => {
      const model = networks(k, share * lengthBoundary(rectifiedForm, k))
      return { k, far: [0, 0.999].map((start) => correlationAfter(model, 400, start)) }
    }),
  )
  const worst = found.reduce((a, b) => (Math.max(...b.far) > Math.max(...a.far) ? b : a))
  return {
    holds: Math.max(...worst.far) < 0.9,
    summary: `at most ${Math.max(...worst.far).toFixed(4)} (k = ${worst.k}), whether the inputs were uncorrelated or nearly equal`,
    witness: { at: { k: String(worst.k) }, left: 'below one', right: String(Math.max(...worst.far)) },
    numbers: { largest: Number(Math.max(...worst.far).toFixed(5)) },
  }
})

export const numericalBoundary = uses(
  'sec-3.1.numerical-boundary',
  { length: 'eq-3.3' },
  'the slope of the length map at k = 100',
)
const at100 = printedNumber({
  name: 'boundary of the length at k = 100',
  readings: [
    {
      name: 'the weight variance at which the length map has slope one',
      value: () => lengthBoundary(rectifiedForm, 100),
    },
  ],
})

export const biasFree = uses(
  'sec-3.1.bias-free',
  { slope: 'sec-3.1.stability', length: 'eq-3.3' },
  'both boundaries at many bias variances',
)
const manyBiases = directCheck('both boundaries at bias variances from 1e-6 to 1', 'numeric', () => {
  const biases = [1e-6, 1e-4, 1e-2, 0.1, 1]
  const edge = lengthBoundary(rectifiedForm, 100)
  const deviations = biases.flatMap((bias) => {
    // The length that this bias variance gives at a weight variance of two; the boundary at that length.
    const { length } = signalFate(signalMaps(networks(100, 2, bias)))
    const critical = criticalPoint(rectifiedForm, length.value, 100)
    const bounded = [edge * (1 - 1e-6), edge * (1 + 1e-6)].map(
      (s) => signalMaps(networks(100, s, bias)).lengthSlope(1) < 1,
    )
    return [
      Math.abs(critical.weightVariance - 2),
      Math.abs(critical.biasVariance / bias - 1),
      bounded[0] === true && bounded[1] === false ? 0 : 1,
    ]
  })
  const worst = Math.max(...deviations)
  return {
    holds: worst < 1e-9,
    summary: `the correlation's stays at 2 and the length's at ${edge.toFixed(4)}, to ${worst.toExponential(0)}`,
    numbers: { worst },
  }
})

export const confirmations = [
  confirm(positiveOrder, orderedThroughout),
  confirm(chaoticBounded, chaosBetween),
  confirm(chaoticUnbounded, chaosBeyond),
  confirm(numericalBoundary, at100, sampledAntiCorrelated),
  confirm(biasFree, manyBiases),
]
