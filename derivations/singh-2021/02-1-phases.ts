/** Section 2.1: phases of tanh and ReLU networks, put to the maps themselves. */
import {
  type ActivationForm,
  confirm,
  criticalPoints,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  type Finding,
  type Formula,
  gaussianActivation,
  gaussianExpectation,
  hyperbolicForm,
  lastSide,
  lengthFixedPoints,
  measuredOrder,
  power,
  type Region,
  rational,
  rectifiedForm,
  type SignalFate,
  type SignalModel,
  scalarValue,
  signalFate,
  signalMaps,
  symbol,
  uses,
} from 'corrigenda'
import { isolate, withRectifiedMeans } from 'corrigenda/theory'
import { domains, firstLength, plain, tidied } from './signals.js'

export const errorForm: ActivationForm = { kind: 'erf', scale: 1 }
const weightVariances = [0.3, 0.8, 1.2, 1.6, 2, 2.5, 3.5, 5]
const biasVariances = [0.01, 0.05, 0.1, 0.3, 1]

export interface Point {
  readonly weightVariance: number
  readonly biasVariance: number
  readonly fate: SignalFate
}

const diagrams = new Map<ActivationForm, readonly Point[]>()

/** What becomes of signals over a diagram. */
export function diagramOf(activation: ActivationForm): readonly Point[] {
  const known = diagrams.get(activation)
  if (known) return known
  const points = weightVariances.flatMap((weightVariance) =>
    biasVariances.map((biasVariance) => ({
      weightVariance,
      biasVariance,
      fate: signalFate(signalMaps({ activation, weightVariance, biasVariance })),
    })),
  )
  diagrams.set(activation, points)
  return points
}

const at = ({ weightVariance, biasVariance }: Omit<Point, 'fate'>): Readonly<Record<string, string>> => ({
  '\\sigma_w^2': String(weightVariance),
  '\\sigma_b^2': String(biasVariance),
})

/** A statement about every point of some diagrams. */
export function everywhere(
  points: readonly Point[],
  says: (point: Point) => boolean,
  value: (point: Point) => number,
  words: string,
): Finding {
  const wrong = points.find((point) => !says(point))
  if (points.length === 0) return { holds: null, summary: 'no point of the diagrams is concerned' }
  if (wrong)
    return {
      holds: false,
      summary: `not so at one of ${points.length} points`,
      witness: { at: at(wrong), left: words, right: String(value(wrong)) },
    }
  return { holds: true, summary: `${words} at all ${points.length} points`, numbers: { points: points.length } }
}

export const smooth = (): readonly Point[] => [...diagramOf(hyperbolicForm), ...diagramOf(errorForm)]

// ---- Gaussian fields ----------------------------------------------------------------------------------------------------

export const gaussian = uses(
  'sec-2.1.gaussian',
  { rule: 'eq-2.1', weights: 'sec-2.1.weight-law', biases: 'sec-2.1.bias-law' },
  'given the layer before a pre-activation is exactly Gaussian; its variance fluctuates over networks',
)
/** The excess kurtosis of a pre-activation of the second layer: three times the relative variance of its conditional variance. */
const excessAt = (activation: ActivationForm, width: number): number => {
  const { value } = gaussianActivation(activation)
  const moment = (power: number): number =>
    gaussianExpectation((u) => value(u) ** power, { variance: 1, kinks: [0] }).value
  return (3 * (moment(4) - moment(2) ** 2)) / width / moment(2) ** 2
}
const excess = directCheck('excess kurtosis of a pre-activation of the second layer', 'numeric', () => {
  const widths = [64, 4096]
  const forms = [
    { name: 'ReLU', form: rectifiedForm },
    { name: 'tanh', form: hyperbolicForm },
  ]
  const found = forms.map(({ name, form }) => {
    const points = widths.map((x) => ({ x, y: excessAt(form, x) }))
    return { name, order: measuredOrder(points), last: points.at(-1)!.y }
  })
  return {
    holds: found.every(({ order }) => order < -0.9),
    summary: `it falls as the width to the power ${found.map(({ order }) => order.toFixed(2)).join(', ')}: ${found.map(({ name, last }) => `${name} ${last.toExponential(1)}`).join(', ')} at a width of 4096`,
    numbers: { order: Number(found[0]!.order.toFixed(3)) },
    leadingOrder: true,
  }
})

// ---- Order and chaos --------------------------------------------------------------------------------------------------

/** A deviation from correlation one that shrinks or grows by the same factor in every layer. */
const deviationAfter = (slope: number, layers: number): number => slope ** layers

const region = (describe: string, shrinks: boolean): Region => ({
  kind: 'region',
  describe,
  contains: (values) => {
    const slope = values.get('stabilitySlope') ?? Number.NaN
    return shrinks ? deviationAfter(slope, 10) < 1 : deviationAfter(slope, 10) > 1
  },
})

export const ordered = derive(
  'sec-2.1.ordered',
  { slope: 'sec-2.1.stability' },
  'deviations from correlation one shrink by the slope from layer to layer',
  () => region('a small deviation from correlation one shrinks', true),
)
export const chaotic = derive(
  'sec-2.1.chaotic',
  { slope: 'sec-2.1.stability' },
  'deviations from correlation one grow by the slope from layer to layer',
  () => region('a small deviation from correlation one grows', false),
)
const stableBelow = directCheck('stability of correlation one over the diagrams of tanh and erf', 'numeric', () =>
  everywhere(
    smooth(),
    ({ fate }) => fate.chi < 1 === (fate.correlations.at(-1)!.stability === 'stable'),
    ({ fate }) => fate.chi,
    'correlation one is stable exactly where chi_1 is below one',
  ),
)

export const boundary = derive(
  'sec-2.1.boundary',
  { scale: 'sec-2.1.scale-ordered' },
  'the slope at which the inverse depth scale vanishes',
  ({ scale }) => isolate(lastSide(scale), symbol('stabilitySlope')),
)

export const belowUnity = uses('sec-2.1.below-unity', { map: 'eq-2.5' }, 'the attractor of the correlation map')
const attractors = directCheck('attractor of uncorrelated and of nearly equal inputs', 'numeric', () =>
  everywhere(
    smooth().filter(({ fate }) => fate.chi > 1),
    ({ fate }) => {
      const below = fate.correlations.at(-2)
      // The next fixed point below one is where inputs that are nearly equal end up.
      return fate.attractor.value < 1 && below !== undefined && below.stability === 'stable'
    },
    ({ fate }) => fate.attractor.value,
    'the attractor is a stable fixed point below one',
  ),
)

export const criticalFlow = uses('sec-2.1.critical-flow', { map: 'eq-2.5' }, 'the correlation map on the boundary')
const marginal = directCheck('rate at which correlations near one change on the boundary of tanh', 'numeric', () => {
  const [point] = criticalPoints(hyperbolicForm, 0.1)
  if (!point) return { holds: null, summary: 'there is no boundary at this bias variance' }
  const maps = signalMaps({ activation: hyperbolicForm, ...point })
  const points = [1e-3, 1e-4].map((x) => ({ x, y: 1 - maps.correlation(1 - x, point.length) - x }))
  const order = measuredOrder(points)
  return {
    holds: order > 1.5,
    summary: `a deviation d from one changes by a term of order d^${order.toFixed(2)} in a layer`,
    numbers: { order: Number(order.toFixed(3)), weightVariance: point.weightVariance },
  }
})

export const fastLength = uses('sec-2.1.fast-length', { map: 'eq-2.5' }, 'both depth scales')
const scales = directCheck('depth scales over the diagram of tanh', 'numeric', () =>
  everywhere(
    diagramOf(hyperbolicForm),
    ({ fate }) => fate.lengthScale < fate.correlationScale,
    ({ fate }) => fate.lengthScale / fate.correlationScale,
    'the length relaxes faster than the correlation',
  ),
)

/** The power of the depth scale that grows in proportion to the inverse distance of the slope from one. */
export function divergingPower(scale: Formula): Expression {
  const scaleAt = (slope: number): number => 1 / scalarValue(lastSide(scale), { stabilitySlope: slope })
  const growth = measuredOrder([1e-4, 1e-6].map((x) => ({ x, y: scaleAt(1 - x) })))
  return power(symbol('correlationScale'), rational(Math.round(-1 / growth)))
}

export const diverges = derive(
  'sec-2.1.diverges',
  { scale: 'sec-2.1.scale-ordered' },
  'which power of the depth scale grows in proportion to the inverse distance from the boundary',
  ({ scale }) => divergingPower(scale),
)

// ---- ReLU -------------------------------------------------------------------------------------------------------------

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
  confirm(gaussian, excess),
  confirm(ordered, stableBelow),
  confirm(chaotic, stableBelow),
  confirm(belowUnity, attractors),
  confirm(criticalFlow, marginal),
  confirm(fastLength, scales),
  confirm(noChaos, boundedFate),
  confirm(he, keepsLength),
  confirm(unboundedStable, unboundedFlow),
  confirm(converge, everyVariance),
  confirm(deepCorrelation, after32),
]
