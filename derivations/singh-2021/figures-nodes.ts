/** Figure E.1: a neuron's mean over the inputs against its standard deviation over them. */
import {
  confirm,
  type Depth,
  type FigureData,
  figure,
  rectifiedForm,
  type ShardSummary,
  type SimulationRequest,
  signalMaps,
} from 'corrigenda'
import { type BoundsCase, sampledBounds } from 'corrigenda/audit'
import { antiCorrelated, curve, meanField, meanOf, networksOf, paper } from './figures-networks.js'

/** The networks that the thesis trains, and as many standard normal inputs as tell a standard deviation. */
const trained = { width: 100, depth: 10, inputs: 60 } as const
const lastLayer = trained.depth - 1
const layers = Array.from({ length: trained.depth }, (_, l) => l)

interface Shown {
  readonly title: string
  readonly rowCorrelation: number
  readonly weightVariance: number
}
const uncorrelated: Shown = { title: 'uncorrelated weights', rowCorrelation: 0, weightVariance: 2 }
const ordered: Shown = { title: 'anti-correlated, below 2', rowCorrelation: paper.rowCorrelation, weightVariance: 1.5 }
const critical: Shown = { title: 'anti-correlated, at 2', rowCorrelation: paper.rowCorrelation, weightVariance: 2 }
const chaotic: Shown = { title: 'anti-correlated, above 2', rowCorrelation: paper.rowCorrelation, weightVariance: 2.7 }
const all = [uncorrelated, ordered, critical, chaotic]

const ensembleOf = (
  { rowCorrelation, weightVariance }: Shown,
  width: number = trained.width,
  inputs: number = trained.inputs,
) =>
  networksOf(weightVariance, {
    widths: width,
    depth: trained.depth,
    biasVariance: 0,
    input: { kind: 'normal', count: inputs },
    ...(rowCorrelation === 0 ? {} : { rows: antiCorrelated }),
  })

/** Means and deviations of every node of every layer, of some networks; and their correlation in the last layer, of all. */
const requestOf = (shown: Shown, depth: Depth): Omit<SimulationRequest, 'seed' | 'stream'> => {
  const networks = depth === 'quick' ? 40 : 80
  return {
    ensemble: ensembleOf(shown),
    level: 'preactivations',
    observables: [
      { kind: 'layers', field: 'spreadCorrelation', layers: [lastLayer] },
      ...layers.flatMap((layer) =>
        (['nodeMean', 'nodeDeviation'] as const).map(
          (name) => ({ kind: 'samples', field: { name, layer }, count: networks }) as const,
        ),
      ),
    ],
    networks,
  }
}

/** |mean| and deviation of the nodes of some layers of one network. */
function nodesOf(summary: ShardSummary, network: number, of: readonly number[]) {
  const samples = (position: number): readonly number[] => {
    const observable = summary.observables[position]
    return observable?.kind === 'samples' ? (observable.trajectories[network] ?? []) : []
  }
  return {
    means: of.flatMap((layer) => samples(1 + 2 * layer).map(Math.abs)),
    deviations: of.flatMap((layer) => [...samples(2 + 2 * layer)]),
  }
}

// ---- Checks ------------------------------------------------------------------------------------------------------------

const parameters = ({ rowCorrelation, weightVariance }: Shown, width: number = trained.width) => ({
  k: rowCorrelation,
  '\\sigma_w^2': weightVariance,
  N: width,
  L: trained.depth,
})
const inLastLayer = (shown: Shown, depth: Depth, bound: { least?: number; most?: number }): BoundsCase => ({
  parameters: parameters(shown),
  request: requestOf(shown, depth),
  measured: (summary) => [meanOf(summary, 0, 0)],
  bounds: () => [bound],
  label: () => `the correlation of |mean| and deviation over the nodes of layer ${trained.depth} (${shown.title})`,
})
/** Below this a scatter of a hundred nodes looks like none, above twice of it like one. */
const faint = 0.3

const related = sampledBounds({
  name: 'mean and deviation of a node, uncorrelated weights',
  stream: 'singh-2021-fig-E.1-related',
  finiteWidth: "the thesis' own width: the relation is an effect of finite width",
  cases: (depth) => [inLastLayer(uncorrelated, depth, { least: faint })],
})

const unrelated = sampledBounds({
  name: 'mean and deviation of a node, anti-correlated weights',
  stream: 'singh-2021-fig-E.1-unrelated',
  finiteWidth: "the thesis' own width",
  cases: (depth) => [critical, chaotic].map((shown) => inLastLayer(shown, depth, { least: -faint, most: faint })),
})

// ---- The figure --------------------------------------------------------------------------------------------------------

const draw = (summaries: readonly ShardSummary[]): FigureData => ({
  panels: all.map((shown, s) => {
    const { weightVariance, rowCorrelation } = shown
    const last = nodesOf(summaries[s]!, 0, [lastLayer])
    const before = nodesOf(summaries[s]!, 0, layers.slice(0, -1))
    const maps = signalMaps({ activation: rectifiedForm, weightVariance, biasVariance: 0, rowCorrelation })
    const { q, c } = meanField(maps, trained.depth)[lastLayer]!
    const most = Math.max(...last.means)
    return {
      title: `(${'abcd'[s]}) ${shown.title}`,
      x: { label: '|mean| over inputs' },
      y: { label: 'standard deviation over inputs' },
      series: [
        { name: 'simulation, layers 1 to 9', kind: 'points', x: before.means, y: before.deviations, color: '#bbbbbb' },
        { name: 'simulation, layer 10', kind: 'points', x: last.means, y: last.deviations, color: '#b2182b' },
        curve(
          'limit of infinite width, layer 10',
          [0, most],
          [Math.sqrt(q * (1 - c)), Math.sqrt(q * (1 - c))],
          '#111111',
        ),
      ],
    }
  }),
})

export const figures = [
  figure(
    'fig-E.1',
    ({ seed, depth }) =>
      all.map((shown, s) => ({ ...requestOf(shown, depth), networks: 2, seed, stream: `singh-2021-fig-E.1/${s}` })),
    draw,
  ),
]

export const confirmations = [
  confirm('fig-E.1', related, unrelated),
  confirm('sec-E.related', related),
  confirm('sec-E.unrelated', unrelated),
]
