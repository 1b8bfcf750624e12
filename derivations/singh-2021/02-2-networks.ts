/** Section 2.2 on sampled pairs of networks: the first layer behind given inputs, where the covariance is exact at every width. */
import {
  type Activation,
  type ActivationForm,
  type Context,
  call,
  columnOf,
  confirm,
  type Estimate,
  type Expression,
  type Formula,
  gaussianActivation,
  gaussianKernel,
  gaussianSecondMoment,
  hyperbolicForm,
  InputError,
  lastSide,
  linearForm,
  meanEstimate,
  rectifiedForm,
  type SampledCase,
  type ShardSummary,
  sampledExpectations,
  sampledExtrapolation,
  scalarValue,
  substitute,
  symbol,
  uses,
} from 'corrigenda'
import type { PairCovariance } from 'corrigenda/theory'
import { withDoublets } from './02-2-sites.js'
import { writtenOut } from './two-networks.js'

/** Parameters of a layer, and the order parameters of the layer before it. */
export interface LayerNumbers {
  readonly weightVariance: number
  readonly biasVariance: number
  readonly eta: number
  readonly lengths: readonly [number, number]
  readonly overlap: number
}

const named = (layer: LayerNumbers): Readonly<Record<string, number>> => ({
  weightStandardDeviation: Math.sqrt(layer.weightVariance),
  biasStandardDeviation: Math.sqrt(layer.biasVariance),
  perturbation: layer.eta,
  referenceLength: layer.lengths[0],
  studentLength: layer.lengths[1],
  overlap: layer.overlap,
})

/** A formula's quantities as scalars: every order parameter is one of the layer before. */
const asScalars = (e: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'indexed' ? symbol(node.name) : undefined))

/** The covariance of both pre-activations by a formula for it. */
export function covarianceNumbers(covariance: Formula, layer: LayerNumbers): PairCovariance {
  const matrix = lastSide(covariance)
  if (matrix.kind !== 'matrix') throw new InputError('the covariance is no matrix')
  const [[first, cross], [, second]] = matrix.rows.map((row) =>
    row.map((entry) => scalarValue(asScalars(entry), named(layer))),
  ) as [[number, number], [number, number]]
  return { first, second, cross }
}

/** Pairs of one layer: inputs of +1 and -1 that agree in four out of five components. */
const inputOverlap = 0.6
const width = 20
const temperature = 4

interface Pair extends LayerNumbers {
  readonly activation: Activation
  readonly form: ActivationForm
  readonly name: string
}

const layer = { lengths: [1, 1], overlap: inputOverlap } as const
const pairs: readonly Pair[] = [
  {
    ...layer,
    name: 'tanh',
    activation: 'tanh',
    form: hyperbolicForm,
    weightVariance: 1.6,
    biasVariance: 0.5,
    eta: 0.5,
  },
  { ...layer, name: 'ReLU', activation: 'relu', form: rectifiedForm, weightVariance: 1.2, biasVariance: 0.8, eta: 0.8 },
  {
    ...layer,
    name: 'linear',
    activation: 'linear',
    form: linearForm,
    weightVariance: 0.7,
    biasVariance: 0.3,
    eta: 0.3,
  },
]

const fields = ['referenceOverlap', 'perturbedOverlap', 'pairOverlap'] as const

const estimates = (summary: ShardSummary, wanted: readonly number[]): readonly Estimate[] =>
  wanted.map((k) => {
    const observable = summary.observables[k]
    if (!observable || !('table' in observable)) throw new TypeError('the layer was not observed')
    return meanEstimate(columnOf(observable.table, 0))
  })

const caseOf = (
  pair: Pair,
  networks: number,
  wanted: readonly number[],
  predicted: SampledCase['predicted'],
): SampledCase => ({
  parameters: {
    '\\sigma_w^2': pair.weightVariance,
    '\\sigma_b^2': pair.biasVariance,
    '\\eta': pair.eta,
    '\\beta': temperature,
    N: width,
  },
  request: {
    ensemble: {
      kind: 'pair',
      activation: pair.activation,
      widths: width,
      depth: 1,
      weights: { kind: 'gaussian' },
      weightVariance: pair.weightVariance,
      biasVariance: pair.biasVariance,
      biasPerturbation: 'rotation',
      perturbation: { kind: 'rotation', eta: pair.eta },
      input: { flips: { kind: 'overlap', overlap: inputOverlap } },
      inverseTemperature: temperature,
    },
    level: 'weights',
    observables: fields.map((field) => ({ kind: 'layers' as const, field, layers: [1] })),
    networks,
  },
  measured: (summary) => estimates(summary, wanted),
  predicted,
  label: (k) =>
    `${['the length of the teacher', 'the length of the student', 'the overlap'][wanted[k]!]} (${pair.name})`,
})

const finiteWidth =
  'none: the inputs have given lengths and overlap, and the mean over one layer is that over one neuron at any width'

/** Lengths and overlap of the first layer by the covariance that a formula gives to it. */
const byCovariance = sampledExpectations({
  name: 'lengths and overlap of a sampled layer of perturbed weights and biases, with noise',
  stream: 'path-integral-layer',
  finiteWidth,
  cases: (depth) =>
    pairs.map((pair) =>
      caseOf(pair, depth === 'quick' ? 4000 : 40_000, [0, 1, 2], (claimed) => {
        const { first, second, cross } = covarianceNumbers(claimed, pair)
        const phi = gaussianActivation(pair.form)
        const noise = 1 / temperature
        return [
          gaussianSecondMoment(phi, first).value + noise,
          gaussianSecondMoment(phi, second).value + noise,
          gaussianKernel(phi, { first, second, cross }).value,
        ]
      }),
    ),
})

/** A mean-field equation's value for a tanh layer: its integral by the trapezoidal rule on a square. */
function equationValue(
  claimed: Formula,
  given: Readonly<Record<string, Formula>>,
  pair: Pair,
  context: Context,
): number {
  const { fields: doublet, covariance } = given
  if (doublet === undefined || covariance === undefined) throw new InputError('needs the doublet and the covariance')
  const size = { lastLayer: 1, neurons: 1, inputs: 1 }
  const written = writtenOut(withDoublets(claimed, { fields: doublet, covariance }), size, context)
  const scalars = substitute(asScalars(written), (node) =>
    node.kind === 'apply' && node.name === 'activation' ? call('tanh', ...node.arguments.map(asScalars)) : undefined,
  )
  const values = { ...named(pair), inverseTemperature: temperature }
  const step = 0.4
  const points = Array.from({ length: 45 }, (_, k) => (k - 22) * step)
  const integral = (body: Expression): number =>
    step *
    step *
    points.reduce(
      (sum, referencePreActivation) =>
        sum +
        points.reduce(
          (row, preActivation) => row + scalarValue(body, { ...values, referencePreActivation, preActivation }),
          0,
        ),
      0,
    )
  let total = 0
  const rest = substitute(scalars, (node) => {
    if (node.kind !== 'measureIntegral') return undefined
    total = integral(asScalars(node.body))
    return symbol('total')
  })
  return scalarValue(rest, { ...values, total })
}

const byEquation = (what: number) =>
  sampledExpectations({
    name: 'a sampled layer of tanh neurons with perturbed weights and biases, with noise',
    stream: 'path-integral-layer',
    finiteWidth,
    cases: (depth) =>
      pairs
        .slice(0, 1)
        .map((pair) =>
          caseOf(pair, depth === 'quick' ? 4000 : 40_000, [what], (claimed, { premises, context }) => [
            equationValue(claimed, premises, pair, context),
          ]),
        ),
  })

// ---- Layers of different widths ----------------------------------------------------------------------------------------------

const etas = [0.3, 0.6, 0.1] as const
/** Widths of the layers in units of the input's. */
const shares = [1, 2, 0.5, 1] as const
const deep = pairs[0]!

/** Lengths and overlap of the last layer, layer by layer. */
function lastLayer(covariance: Formula): readonly number[] {
  const phi = gaussianActivation(deep.form)
  return etas.reduce<readonly [number, number, number]>(
    ([first, second, overlap], eta) => {
      const pair = covarianceNumbers(covariance, { ...deep, eta, lengths: [first, second], overlap })
      const noise = 1 / temperature
      return [
        gaussianSecondMoment(phi, pair.first).value + noise,
        gaussianSecondMoment(phi, pair.second).value + noise,
        gaussianKernel(phi, pair).value,
      ]
    },
    [1, 1, inputOverlap],
  )
}

const unequalLayers = sampledExtrapolation({
  name: 'lengths and overlap of the third layer of tanh networks with layers of different widths, extrapolated in the width',
  stream: 'path-integral-widths',
  parameters: { '\\sigma_w^2': deep.weightVariance, '\\sigma_b^2': deep.biasVariance, '\\beta': temperature, L: 3 },
  widths: [20, 40, 80, 160],
  powers: [0, 1, 2],
  request: (size, depth) => ({
    ensemble: {
      kind: 'pair',
      activation: deep.activation,
      widths: shares.map((share) => share * size),
      depth: 3,
      weights: { kind: 'gaussian' },
      weightVariance: deep.weightVariance,
      biasVariance: deep.biasVariance,
      biasPerturbation: 'rotation',
      perturbation: etas.map((eta) => ({ kind: 'rotation' as const, eta })),
      input: { flips: { kind: 'overlap', overlap: inputOverlap } },
      inverseTemperature: temperature,
    },
    level: 'preactivations',
    observables: fields.map((field) => ({ kind: 'layers' as const, field, layers: [3] })),
    networks: depth === 'quick' ? 2000 : 8000,
  }),
  measured: (summary) => estimates(summary, [0, 1, 2]),
  predicted: (_, { premises }) => {
    if (premises['covariance'] === undefined) throw new InputError('needs the covariance')
    return lastLayer(premises['covariance'])
  },
  label: (k) => ['the length of the teacher', 'the length of the student', 'the overlap'][k]!,
})

export const anyWidth = uses(
  'sec-2.2.any-width',
  { covariance: 'sec-2.2.covariance' },
  'the mean-field equations through three layers of different widths and perturbations',
)

export const confirmations = [
  confirm(anyWidth, unequalLayers),
  confirm('sec-2.2.covariance', byCovariance),
  confirm('sec-2.2.teacher-mean-field', byEquation(0)),
  confirm('sec-2.2.student-mean-field', byEquation(1)),
  confirm('sec-2.2.overlap-mean-field', byEquation(2)),
]
