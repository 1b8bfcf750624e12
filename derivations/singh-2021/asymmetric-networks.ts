/** Sampled networks of section 3.3: explicit widths, one special weight to a neuron, correlated rows. */
import {
  claimedValue,
  columnOf,
  type Depth,
  type Estimate,
  type FeedForwardEnsemble,
  meanEstimate,
  type SampledCheck,
  type ShardSummary,
  sampledExtrapolation,
} from 'corrigenda'
import { halfLastUnit } from 'corrigenda/audit'
import type { ObservableSummary } from 'corrigenda/network'
import { momentsOf } from 'corrigenda/statistics'
import { layerLaws } from 'corrigenda/theory'
import { antiCorrelated, antiCorrelation, asymmetric, exactShare, special } from './asymmetric-quantities.js'

type Scheme = 'uncorrelated' | 'antiCorrelated'

const networksOf = (
  scheme: Scheme,
  width: number,
  depth: number,
  weightVariance: number,
  biasVariance: number,
): FeedForwardEnsemble => ({
  kind: 'feed-forward',
  activation: 'relu',
  widths: width,
  depth,
  weightVariance,
  biasVariance,
  input: { kind: 'normal', count: 4 },
  ...(scheme === 'antiCorrelated'
    ? { rows: { covariance: { kind: 'correlated', rowCorrelation: antiCorrelation } } }
    : {}),
  special: { weight: { kind: 'beta', ...special }, among: 'weights' },
})

/** Networks at each depth of the audit: a fourth of the standard number in a quick one, four times in a full one. */
const networksAt = (depth: Depth, standard: number): number =>
  depth === 'quick' ? Math.ceil(standard / 4) : depth === 'full' ? 4 * standard : standard

const tableOf = (observable: ObservableSummary | undefined) => {
  if (!observable || !('table' in observable)) throw new TypeError('the layers were not observed')
  return observable.table
}
const meansOf = (summary: ShardSummary, observable = 0): readonly Estimate[] => {
  const table = tableOf(summary.observables[observable])
  return table.mean.map((_, k) => meanEstimate(columnOf(table, k)))
}

const widths = [64, 128, 256, 512] as const
const layers = [0, 1, 2, 4, 9] as const

/** Dead fractions of ten layers with a bias variance of order one against the exact laws. */
export const deadFractions = (scheme: Scheme): SampledCheck => {
  const model = scheme === 'uncorrelated' ? asymmetric : antiCorrelated
  const variance = scheme === 'uncorrelated' ? 0.36 : 0.9
  return sampledExtrapolation({
    name: `dead fractions of sampled networks, ${scheme === 'uncorrelated' ? 'RAI' : 'RAAI'}`,
    stream: `asymmetric-dead/${scheme}`,
    parameters: { '\\sigma_w^2': variance, '\\sigma_b^2': variance, L: 10 },
    widths,
    powers: [0, 1, 2],
    request: (width, depth) => ({
      ensemble: networksOf(scheme, width, 10, variance, variance),
      level: 'preactivations',
      observables: [{ kind: 'layers', field: 'deadFraction', layers }],
      networks: networksAt(depth, 800),
    }),
    measured: (summary) => meansOf(summary),
    predicted: () => {
      const laws = layerLaws(model, { weightVariance: variance, biasVariance: variance }, 10)
      return layers.map((l) => laws[l]!.negative)
    },
    label: (k) => `the dead fraction of layer ${layers[k]! + 1}`,
  })
}

/** The value within a number's printed digits that comes nearest to another. */
function withinDigits(claimed: number, exact: number): number {
  const half = halfLastUnit(claimed)
  return Math.min(Math.max(exact, claimed - half), claimed + half)
}

/** Squared mean over mean square of the activations, deep in networks at a fixed point of the length. */
export const meanShares: SampledCheck = sampledExtrapolation({
  name: 'squared mean over mean square of the activations in sampled networks, RAAI',
  stream: 'asymmetric-mean-share',
  parameters: { '\\sigma_w^2': 0.9, '\\sigma_b^2': 1, L: 30 },
  widths,
  powers: [0, 1, 2],
  request: (width, depth) => ({
    ensemble: networksOf('antiCorrelated', width, 30, 0.9, 1),
    level: 'preactivations',
    observables: [
      { kind: 'samples', field: { name: 'activationOverlap', inputs: [0, 0] }, count: networksAt(depth, 800) },
      { kind: 'samples', field: 'activationMean', count: networksAt(depth, 800) },
    ],
    networks: networksAt(depth, 800),
  }),
  measured: (summary) => {
    const [squares, means] = summary.observables.map((observable) => {
      if (observable.kind !== 'samples') throw new TypeError('the activations were not observed')
      return observable.trajectories
    })
    return [meanEstimate(momentsOf(squares!.map((path, t) => means![t]!.at(-1)! ** 2 / path.at(-1)!)))]
  },
  predicted: (claimed, input) => [withinDigits(claimedValue(claimed, input, {}), exactShare())],
  label: () => 'the squared mean over the mean square of the activations',
})
