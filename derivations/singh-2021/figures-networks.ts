/** What the thesis simulates for its figures: ensembles at its settings, theory beside them, numbers read off summaries. */
import {
  columnOf,
  DomainError,
  type Estimate,
  type FeedForwardEnsemble,
  meanEstimate,
  type Series,
  type ShardSummary,
  type SignalMaps,
  type SimulationRequest,
} from 'corrigenda'

/** Captions of figures 2.2, 3.2, 3.6 and 3.7; the bias variance of the first two. */
export const paper = { width: 2048, networks: 40, deepest: 32, biasVariance: 0.1, rowCorrelation: 100 } as const

/**
 * Inputs that go through each network. The thesis averages over 1024; by exchangeability four have the same means, and forty
 * networks then give 240 pairs.
 */
export const shownInputs = 4

/** Layers l whose fields are drawn, the first being that of the fields of the inputs. */
export const shownLayers = [0, 3, 7, 15, 31] as const

/** A rectified network of the thesis, its inputs standard normal. */
export const networksOf = (
  weightVariance: number,
  changes: Partial<FeedForwardEnsemble> = {},
): FeedForwardEnsemble => ({
  kind: 'feed-forward',
  activation: 'relu',
  widths: paper.width,
  depth: paper.deepest,
  weightVariance,
  biasVariance: paper.biasVariance,
  input: { kind: 'normal', count: shownInputs },
  ...changes,
})

/** Anti-correlated rows of the thesis' strength. */
export const antiCorrelated = {
  covariance: { kind: 'correlated', rowCorrelation: paper.rowCorrelation },
} as const satisfies FeedForwardEnsemble['rows']

/** Lengths and correlations of every layer. */
export const lengthsAndCorrelations = (
  ensemble: FeedForwardEnsemble,
  networks: number,
): Omit<SimulationRequest, 'seed' | 'stream'> => ({
  ensemble,
  level: 'preactivations',
  observables: [
    { kind: 'layers', field: 'meanLength' },
    { kind: 'layers', field: 'meanCorrelation' },
  ],
  networks,
})

/** The same requests as a check of this stream makes, one for each case, so that both share them. */
export const inStream = (
  requests: readonly Omit<SimulationRequest, 'seed' | 'stream'>[],
  stream: string,
  seed: number,
): readonly SimulationRequest[] => requests.map((request, c) => ({ ...request, seed, stream: `${stream}/${c}` }))

/** Mean over networks of a column of an observable. Throws DomainError for observables without columns. */
export function meanOf(summary: ShardSummary, position: number, column: number): Estimate {
  const observable = summary.observables[position]
  if (observable === undefined || !('table' in observable))
    throw new DomainError(`observable ${position} has no columns`)
  return meanEstimate(columnOf(observable.table, column))
}

/** Lengths and correlations layer by layer of an infinitely wide network with uncorrelated normal inputs. */
export function meanField(maps: SignalMaps, layers: number): readonly { readonly q: number; readonly c: number }[] {
  const { weightVariance, biasVariance } = maps.model
  let [q, cross] = [weightVariance + biasVariance, biasVariance]
  return Array.from({ length: layers }, (_, l) => {
    if (l > 0) [q, cross] = [maps.length(q), maps.covariance(q, q, cross)]
    return { q, c: cross / q }
  })
}

export const colours = ['#2166ac', '#1a9850', '#d98200', '#b2182b', '#984ea3'] as const

/** A line of theory. */
export const curve = (
  name: string,
  x: readonly number[],
  y: readonly number[],
  color: string,
  dashed = false,
): Series => ({
  name,
  kind: 'line',
  x,
  y,
  color,
  dashed,
})

/** Means of a layer over the figure's weight variances. */
export function simulated(
  layer: number,
  x: readonly number[],
  summaries: readonly ShardSummary[],
  position: number,
  color: string,
): Series {
  const means = summaries.map((summary) => meanOf(summary, position, layer))
  return {
    name: `simulation, layer = ${layer + 1}`,
    kind: 'points',
    x,
    y: means.map(({ value }) => value),
    error: means.map(({ standardError }) => standardError),
    color,
    legend: `simulation of ${paper.width} neurons, layer = ${layer + 1}`,
  }
}
