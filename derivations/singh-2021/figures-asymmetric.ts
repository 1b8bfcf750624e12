/** Figures 3.6 and 3.7: lengths and correlations of randomised asymmetric networks, without and with anti-correlated weights. */
import {
  confirm,
  type Depth,
  type FigureData,
  type FigureInput,
  figure,
  type Panel,
  type ShardSummary,
} from 'corrigenda'
import { sampledBounds } from 'corrigenda/audit'
import { closureGrowth } from 'corrigenda/theory'
import {
  antiCorrelatedToo,
  asProgrammed,
  asymmetric,
  averaged,
  beta21,
  correlatedRows,
  growth,
  lengthBoundaryOf,
  type Shown,
  separationBoundary,
  varianceAt,
  withoutBiasSeparation,
} from './asymmetric-ensembles.js'
import { populations } from './asymmetric-populations.js'
import {
  antiCorrelated,
  colours,
  curve,
  inStream,
  lengthsAndCorrelations,
  meanOf,
  networksOf,
  paper,
  simulated,
} from './figures-networks.js'

// ---- What the figures show -------------------------------------------------------------------------------------------------

/** The networks of a figure, weight variance by weight variance, and the stream that they draw from. */
export const requestsOf = (shown: Shown, depth: Depth) =>
  shown.weightVariances.map((w) => {
    const request = lengthsAndCorrelations(asProgrammed(w, shown), depth === 'quick' ? 6 : paper.networks)
    const exponent = { kind: 'windowMean', field: 'logGrowth', last: averaged } as const
    return { ...request, observables: [...request.observables, exponent] }
  })
export const streamOf = ({ id }: Shown): string => `singh-2021-${id}`
const last = paper.deepest - 1

/** Bounds on the correlation after the figure's layers, from the figure's own networks. */
const bounded = (
  shown: Shown,
  name: string,
  finiteWidth: string,
  boundOf: (w: number) => { least?: number; most?: number } | null,
) =>
  sampledBounds({
    name,
    stream: streamOf(shown),
    finiteWidth,
    cases: (depth) =>
      requestsOf(shown, depth).map((request, c) => {
        const w = shown.weightVariances[c]!
        return {
          parameters: { '\\sigma_w^2': w, N: paper.width, L: paper.deepest },
          request,
          measured: (summary) => (boundOf(w) === null ? [] : [meanOf(summary, 1, last)]),
          bounds: () => [boundOf(w) ?? {}],
          label: () => `the correlation at sigma_w^2 = ${w}`,
        }
      }),
  })

const shownLayers = [3, 7, 15, 31]

// ---- Figures ---------------------------------------------------------------------------------------------------------------

const boundaryLine = (name: string, at: number, from: number, to: number) =>
  curve(`${name} ${at.toPrecision(6)}`, [at, at], [from, to], '#777777', true)

function growthPanel(shown: Shown, summaries: readonly ShardSummary[]): Panel {
  const { model, weightVariances } = shown
  const factors = [0.9, 1, 1.1, 1.25, 1.5]
  const means = summaries.map((summary) => meanOf(summary, 2, 0))
  return {
    title: '(c) growth of the length a layer',
    x: { label: 'σ_w^2' },
    y: { label: 'log growth a layer' },
    series: [
      curve(
        'exact limit without bias',
        factors.map((factor) => varianceAt(shown, factor)),
        factors.map(Math.log),
        '#111111',
      ),
      ...(['rms', 'mean'] as const).map((replacement, k) =>
        curve(
          replacement === 'rms' ? 'closure by the root mean square' : 'closure by the mean',
          weightVariances,
          weightVariances.map((w) => Math.log(closureGrowth({ ...model, replacement }, w).length)),
          colours[k]!,
          true,
        ),
      ),
      {
        name: `simulation, layers ${paper.deepest - averaged + 1} to ${paper.deepest}`,
        kind: 'points',
        x: weightVariances,
        y: means.map(({ value }) => value),
        error: means.map(({ standardError }) => standardError),
        color: '#b2182b',
      },
    ],
  }
}

const deeper = 64
const biased = { weightVariances: [0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2], networks: 10 }
/** With a bias of order one, where the limit has its transition: figure 3.7 beyond the thesis' own setting. */
const biasedRequests = (depth: Depth) =>
  biased.weightVariances.map((w) =>
    lengthsAndCorrelations(
      networksOf(w, { depth: deeper, special: beta21, rows: antiCorrelated }),
      depth === 'quick' ? 3 : biased.networks,
    ),
  )

function biasedPanel(summaries: readonly ShardSummary[]): Panel {
  return {
    title: `(d) with σ_b^2 = ${paper.biasVariance}`,
    x: { label: 'σ_w^2' },
    y: { label: 'correlation c_h' },
    series: [
      boundaryLine('exact boundary', separationBoundary(), 0, 1),
      ...[15, 31, 63].map((layer, k) => simulated(layer, biased.weightVariances, summaries, 1, colours[k + 2]!)),
    ],
  }
}

const draw =
  (shown: Shown) =>
  (summaries: readonly ShardSummary[], input: FigureInput): FigureData => {
    const { weightVariances: x } = shown
    const own = summaries.slice(0, x.length)
    const limits = x.map((w) => populations(shown, w, input))
    const panel = (what: 'q' | 'c', position: number): readonly Panel['series'][number][] =>
      shownLayers.flatMap((layer, k) => [
        curve(
          `limit of infinite width without bias, layer = ${layer + 1}`,
          x,
          limits.map((l) => l[layer]![what]),
          colours[k]!,
          true,
        ),
        simulated(layer, x, own, position, colours[k]!),
      ])
    const boundary = lengthBoundaryOf(shown)
    return {
      panels: [
        {
          title: '(a) length',
          x: { label: 'σ_w^2' },
          y: { label: 'length q_h', log: true },
          series: [boundaryLine('exact boundary', boundary, 1e-3, 1e3), ...panel('q', 0)],
        },
        {
          title: '(b) correlation coefficient',
          x: { label: 'σ_w^2' },
          y: { label: 'correlation c_h' },
          series: panel('c', 1),
        },
        growthPanel(shown, own),
        ...(correlatedRows(shown) ? [biasedPanel(summaries.slice(x.length))] : []),
      ],
    }
  }

export const figures = [asymmetric, antiCorrelatedToo].map((shown) =>
  figure(
    shown.id,
    ({ seed, depth }) => [
      ...inStream(requestsOf(shown, depth), streamOf(shown), seed),
      ...(correlatedRows(shown) ? inStream(biasedRequests(depth), `${streamOf(shown)}-biased`, seed) : []),
    ],
    draw(shown),
  ),
)

export const confirmations = [
  confirm(
    'fig-3.6',
    growth(asymmetric),
    withoutBiasSeparation(asymmetric, false),
    bounded(asymmetric, 'correlations after 32 layers', "the figure's own width", () => ({ least: 0.99 })),
  ),
  confirm(
    'fig-3.7',
    growth(antiCorrelatedToo),
    withoutBiasSeparation(antiCorrelatedToo, true),
    bounded(
      antiCorrelatedToo,
      'correlations after 32 layers',
      "the figure's own width; in wider networks correlations of the left side fall at this depth",
      (w) => (w <= 0.4 ? { least: 0.95 } : w >= 1.2 ? { most: 0.6 } : null),
    ),
  ),
]
