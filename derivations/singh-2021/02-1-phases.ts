/** Section 2.1: depth scales, and phases of networks with smooth activations. */
import {
  type ActivationForm,
  confirm,
  criticalPoints,
  derive,
  directCheck,
  type Expression,
  type Finding,
  type Formula,
  firstSide,
  gaussianActivation,
  gaussianExpectation,
  hyperbolicForm,
  lastSide,
  measuredOrder,
  power,
  type Region,
  rational,
  rectifiedForm,
  type SignalFate,
  scalarValue,
  signalFate,
  signalMaps,
  symbol,
  uses,
} from 'corrigenda'
import { isolate } from 'corrigenda/theory'

export const errorForm: ActivationForm = { kind: 'erf', scale: 1 }
const weightVariances = [0.3, 0.8, 1.2, 1.6, 2, 2.5, 3.5, 5]
export const biasVariances = [0.01, 0.05, 0.1, 0.3, 1]
/** tanh, whose kernels are found by quadrature, at fewer points than erf, whose are known. */
const fewer = [0.8, 1.2, 1.8, 2.5]

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
  const closed = activation.kind !== 'formula'
  const points = (closed ? weightVariances : fewer).flatMap((weightVariance) =>
    (closed ? biasVariances : [0.05, 0.3]).map((biasVariance) => ({
      weightVariance,
      biasVariance,
      fate: signalFate(signalMaps({ activation, weightVariance, biasVariance })),
    })),
  )
  diagrams.set(activation, points)
  return points
}

export const at = ({ weightVariance, biasVariance }: Omit<Point, 'fate'>): Readonly<Record<string, string>> => ({
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

// ---- Gaussian fields -----------------------------------------------------------------------------------------------------

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

// ---- Order and chaos -----------------------------------------------------------------------------------------------------

/** A deviation from correlation one that shrinks or grows by the same factor in every layer. */
const deviationAfter = (slope: number, layers: number): number => slope ** layers

/** Where a deviation shrinks or grows, in what a premise calls the slope. */
const region = (describe: string, slope: Formula, shrinks: boolean): Region => ({
  kind: 'region',
  describe,
  contains: (values) => {
    const deviation = deviationAfter(scalarValue(firstSide(slope), Object.fromEntries(values)), 10)
    return shrinks ? deviation < 1 : deviation > 1
  },
})

export const ordered = derive(
  'sec-2.1.ordered',
  { slope: 'sec-2.1.stability' },
  'deviations from correlation one shrink by the slope from layer to layer',
  ({ slope }) => region('a small deviation from correlation one shrinks', slope, true),
)
export const chaotic = derive(
  'sec-2.1.chaotic',
  { slope: 'sec-2.1.stability' },
  'deviations from correlation one grow by the slope from layer to layer',
  ({ slope }) => region('a small deviation from correlation one grows', slope, false),
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

export const confirmations = [
  confirm(gaussian, excess),
  confirm(ordered, stableBelow),
  confirm(chaotic, stableBelow),
  confirm(belowUnity, attractors),
  confirm(criticalFlow, marginal),
  confirm(fastLength, scales),
]
