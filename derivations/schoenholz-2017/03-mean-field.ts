/** Section 3: the mean-field approximation and figure 1. */
import {
  type CheckInput,
  columnOf,
  confirm,
  contains,
  derive,
  type Estimate,
  type Expression,
  expanded,
  type FigureMaterial,
  type Formula,
  figure,
  gaussianExpectation,
  index,
  lastSide,
  meanSquareEstimate,
  multiply,
  onPremise,
  type Series,
  type ShardSummary,
  sampledExtrapolation,
  scalarValue,
  scaleEstimate,
  substitute,
  substituteLetter,
  symbol,
  uses,
  zero,
} from 'corrigenda'
import { networksAt } from './networks.js'

// ---- Mean field ---------------------------------------------------------------------------------------------------------

export const meanField = derive(
  'sec-3.mean-field',
  { covariance: 'sec-3.covariance' },
  'the covariance of one input with itself, summed over the neurons of the layer, squared activations by their expectation',
  ({ covariance }, context) => {
    const same = substituteLetter(substituteLetter(lastSide(covariance), 'i', index('i')), 'j', index('i'))
    const averaged = substitute(same, (node) => {
      if (node.kind !== 'indexedSum') return undefined
      const single = substitute(node, (part) =>
        part.kind === 'indexed' && part.name === 'preActivation'
          ? { ...part, indices: part.indices.filter((s) => s.slot !== 'input') }
          : undefined,
      )
      return { kind: 'expectation', of: single }
    })
    return multiply(context.read('N_l'), averaged)
  },
)

/** Figure 1's ensembles: tanh, 100 layers. */
const figureOneVariances: readonly number[] = [0.1, 0.45, 0.8, 1.15, 1.5]
const tanhNetwork = (weightVariance: number, widths = 500, depth = 100) => ({
  kind: 'feed-forward' as const,
  activation: 'tanh' as const,
  widths,
  depth,
  weightVariance,
  biasVariance: 0.001,
  input: { kind: 'normalised' as const, squaredNorm: widths },
})

/** Mean squared norm of a layer, from the moments of its norm. */
const squaredNorms = (summary: ShardSummary): readonly Estimate[] => {
  const observable = summary.observables[0]
  if (!observable || !('table' in observable)) throw new TypeError('the layers were not observed')
  return observable.table.mean.map((_, k) => meanSquareEstimate(columnOf(observable.table, k)))
}

const checkedLayers: readonly number[] = [1, 5, 20, 60, 99]

/** The claimed right side with its expectation read as a Gaussian one: the next layer's mean square from this one's. */
function claimedMap(
  claimed: Formula,
  input: Pick<CheckInput, 'context'>,
  weightVariance: number,
): (q: number) => number {
  const right = expanded(claimed, input)
  return (q) => {
    const activation = gaussianExpectation((u) => Math.tanh(u) ** 2, { variance: q }).value
    const width = 1000
    const values = {
      weightStandardDeviation: Math.sqrt(weightVariance),
      biasStandardDeviation: Math.sqrt(0.001),
      width,
      squares: width * activation,
    }
    // In mean field layers are independent and tanh has mean zero: only squares have an expectation.
    const squared = (inside: Expression) =>
      !contains(
        inside,
        (part) =>
          part.kind === 'indexed' &&
          part.name === 'preActivation' &&
          part.indices.some((s) => s.slot === 'site' && s.index.offset !== -1),
      )
    const written = substitute(right, (node) =>
      node.kind === 'expectation'
        ? squared(node.of)
          ? symbol('squares')
          : zero
        : node.kind === 'indexed' && node.name === 'layerWidth'
          ? symbol('width')
          : undefined,
    )
    return scalarValue(written, values) / width
  }
}

/** Mean squared pre-activation of every layer by the claimed recursion, for an input of squared norm N. */
function claimedLengths(
  claimed: Formula,
  input: Pick<CheckInput, 'context'>,
  weightVariance: number,
): readonly number[] {
  const map = claimedMap(claimed, input, weightVariance)
  const lengths = [weightVariance + 0.001]
  while (lengths.length < 100) lengths.push(map(lengths.at(-1)!))
  return lengths
}

const meanFieldNorms = figureOneVariances.map((s) =>
  sampledExtrapolation({
    name: `mean squared norms of sampled tanh networks at weight variance ${s}, extrapolated in the width`,
    stream: `tanh-mean-field/${s}`,
    parameters: { '\\sigma_w^2': s, '\\sigma_b^2': 0.001, L: 100 },
    widths: [125, 250, 500, 1000],
    powers: [0, 1],
    request: (width, depth) => ({
      ensemble: tanhNetwork(s, width),
      level: 'preactivations' as const,
      observables: [{ kind: 'layers' as const, field: 'norm' as const, layers: checkedLayers }],
      networks: networksAt(depth, 240),
    }),
    measured: (summary, width) => squaredNorms(summary).map((e) => scaleEstimate(e, 1 / width)),
    predicted: (claimed, input) => {
      const lengths = claimedLengths(claimed, input, s)
      return checkedLayers.map((l) => lengths[l]!)
    },
    label: (k) => `the mean squared pre-activation of layer ${checkedLayers[k]}`,
  }),
)

export const figureOneTheory = uses(
  'fig-1',
  { meanField: 'sec-3.mean-field' },
  'the mean-field recursion at the weight variances of the figure',
)

/** The figure's own networks: the mean-field line goes through the mean of the samples, and the samples scatter about it. */
const figureOne = figure(
  'fig-1',
  ({ seed }) =>
    figureOneVariances.map((s) => ({
      ensemble: tanhNetwork(s),
      level: 'preactivations',
      observables: [{ kind: 'samples', field: 'norm', count: 3 }],
      networks: 3,
      stream: `figure-1/${s}`,
      seed,
    })),
  (summaries, input) => ({
    panels: [
      {
        x: { label: 'layer l' },
        y: { label: '|z^l|' },
        series: [...figureOneNetworks(summaries), ...figureOneLines(input)],
      },
    ],
  }),
)

const figureOneLayers = Array.from({ length: 100 }, (_, l) => l)

const figureOneNetworks = (summaries: readonly ShardSummary[]): readonly Series[] =>
  figureOneVariances.flatMap((s, k) => {
    const observable = summaries[k]?.observables[0]
    const trajectories = observable?.kind === 'samples' ? observable.trajectories : []
    return trajectories.map(
      (y, t): Series => ({
        name: `σ_w² = ${s}, network ${t + 1}`,
        legend: `networks, σ_w² = ${s}`,
        kind: 'line',
        x: figureOneLayers,
        y,
        color: colours[k]!,
      }),
    )
  })

/** The recursion that the figure rests on, as the paper has it. */
const figureOneLines = ({ premises, context }: FigureMaterial): readonly Series[] =>
  figureOneVariances.map((s) => ({
    name: `σ_w² = ${s}, mean field`,
    legend: 'theory: mean-field recursion, N → ∞',
    kind: 'line',
    x: figureOneLayers,
    y: claimedLengths(premises['meanField']!, { context }, s).map((q) => Math.sqrt(500 * q)),
    dashed: true,
    color: '#111',
  }))

const colours = ['#2166ac', '#67a9cf', '#969696', '#ef8a62', '#b2182b']
export const figures = [figureOne]

export const confirmations = [
  confirm(meanField, ...meanFieldNorms),
  confirm(figureOneTheory, ...meanFieldNorms.map((check) => onPremise('meanField', check))),
]
