/** Figures 2.2 and 3.2: lengths and correlations of rectified networks with uncorrelated and with anti-correlated weights. */
import {
  confirm,
  correlationFixedPoints,
  type Depth,
  directCheck,
  type FigureData,
  figure,
  lengthBoundary,
  lengthFixedPoints,
  rectifiedForm,
  type SampledCheck,
  type ShardSummary,
  sampledExpectations,
  sampledExtrapolations,
  stableLength,
} from 'corrigenda'
import {
  colours,
  curve,
  inStream,
  lengthsAndCorrelations,
  meanField,
  meanOf,
  paper,
  shownLayers,
  simulated,
} from './figures-networks.js'

import {
  correlated,
  ensembleAt,
  exactLengths,
  mapsAt,
  type Shown,
  streamOf,
  uncorrelated,
} from './symmetric-networks.js'

// ---- Checks ------------------------------------------------------------------------------------------------------------

/** The networks of a figure, weight variance by weight variance. */
export const requestsOf = (shown: Shown, depth: Depth) =>
  shown.weightVariances.map((w) => lengthsAndCorrelations(ensembleAt(w, shown), depth === 'quick' ? 8 : paper.networks))

const lengths = (shown: Shown): SampledCheck =>
  sampledExpectations({
    name: 'mean lengths of the layers drawn',
    stream: streamOf(shown),
    finiteWidth: `the exact mean at N = ${paper.width}`,
    cases: (depth) =>
      requestsOf(shown, depth).map((request, c) => ({
        parameters: { '\\sigma_w^2': shown.weightVariances[c]!, '\\sigma_b^2': paper.biasVariance },
        request,
        measured: (summary) => shownLayers.map((layer) => meanOf(summary, 0, layer)),
        predicted: () => {
          const exact = exactLengths(shown.weightVariances[c]!, shown.rowCorrelation, paper.width)
          return shownLayers.map((layer) => exact[layer]!)
        },
        label: (k) => `the length at layer ${shownLayers[k]! + 1}, sigma_w^2 = ${shown.weightVariances[c]}`,
      })),
  })

/** Networks in proportion to 1/N: every width takes as long. */
const atEqualCost = (width: number, depth: Depth): number => Math.round(((depth === 'quick' ? 30 : 120) * 512) / width)
const comparedLayers = [3, 7, 15]

const correlations = (shown: Shown, weightVariances: readonly number[]): SampledCheck =>
  sampledExtrapolations({
    name: 'correlation coefficients after 4, 8 and 16 layers',
    stream: `${streamOf(shown)}-correlations`,
    cases: weightVariances.map((w) => ({
      parameters: { '\\sigma_w^2': w, '\\sigma_b^2': paper.biasVariance },
      widths: [128, 256, 512, 1024],
      request: (width, depth) =>
        lengthsAndCorrelations(ensembleAt(w, shown, { widths: width, depth: 16 }), atEqualCost(width, depth)),
      measured: (summary) => comparedLayers.map((layer) => meanOf(summary, 1, layer)),
      predicted: () => {
        const limit = meanField(mapsAt(w, shown.rowCorrelation), 16)
        return comparedLayers.map((layer) => limit[layer]!.c)
      },
      label: (k) => `the correlation after ${comparedLayers[k]! + 1} layers, sigma_w^2 = ${w}`,
    })),
  })

const shapes = (shown: Shown) =>
  directCheck('curves of theory at finite depth and their limits', 'numeric', () => {
    const boundary = lengthBoundary(rectifiedForm, shown.rowCorrelation)
    const below = shown.weightVariances.filter((w) => w < 0.8 * boundary)
    const above = shown.weightVariances.filter((w) => w > 1.02 * boundary)
    const lag = Math.max(
      ...below.map((w) => {
        const maps = mapsAt(w, shown.rowCorrelation)
        const fixed = stableLength(maps).value
        return Math.abs(meanField(maps, paper.deepest).at(-1)!.q / fixed - 1)
      }),
    )
    const near = mapsAt(0.98 * boundary, shown.rowCorrelation)
    const behind = 1 - meanField(near, paper.deepest).at(-1)!.q / stableLength(near).value
    const unbounded = above.every((w) => lengthFixedPoints(mapsAt(w, shown.rowCorrelation)).unbounded)
    const least = Math.min(
      ...shown.weightVariances.map((w) => meanField(mapsAt(w, shown.rowCorrelation), paper.deepest).at(-1)!.c),
    )
    const most = meanField(mapsAt(shown.weightVariances[0]!, shown.rowCorrelation), paper.deepest).at(-1)!.c
    return {
      holds: unbounded && lag < 0.01,
      summary: `up to 0.8 of the boundary ${boundary.toPrecision(6)} the length after ${paper.deepest} layers is within ${(100 * lag).toPrecision(2)} % of its fixed point, at 0.98 of it still ${(100 * behind).toPrecision(2)} % below: finite depth, not finite width; beyond the boundary it grows without bound; correlations after ${paper.deepest} layers run from ${most.toPrecision(6)} down to ${least.toPrecision(4)}`,
      witness: {
        at: { boundary: String(boundary) },
        left: 'the fixed point',
        right: `${(100 * lag).toPrecision(3)} % off`,
      },
      numbers: { boundary, lag, behind, leastCorrelation: least },
    }
  })

// ---- Figures -----------------------------------------------------------------------------------------------------------

const grid = (from: number, to: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1))

/** The correlation that the limit of many layers gives; lengths that grow without bound forget the bias. */
function limitingCorrelation(w: number, rowCorrelation: number): number {
  const boundary = lengthBoundary(rectifiedForm, rowCorrelation)
  const [maps, q] =
    w < boundary
      ? [mapsAt(w, rowCorrelation), stableLength(mapsAt(w, rowCorrelation)).value]
      : [mapsAt(boundary, rowCorrelation, 0), 1]
  return (
    correlationFixedPoints(maps, q).find(({ stability }) => stability === 'stable' || stability === 'half-stable')
      ?.value ?? 1
  )
}

const draw =
  (shown: Shown) =>
  (summaries: readonly ShardSummary[]): FigureData => {
    const [from, to] = [shown.weightVariances[0]!, shown.weightVariances.at(-1)!]
    const boundary = lengthBoundary(rectifiedForm, shown.rowCorrelation)
    const fine = grid(from, to, 71)
    const layersAt = fine.map((w) => meanField(mapsAt(w, shown.rowCorrelation), paper.deepest))
    const belowBoundary = grid(from, boundary - 0.01, 71)
    const limits = grid(from, to, 41).filter((w) => Math.abs(w - boundary) > 1e-3)
    return {
      panels: [
        {
          title: '(a) length',
          x: { label: 'σ_w^2' },
          y: { label: 'length q_h', log: true },
          series: [
            curve(
              'fixed point of the length map',
              belowBoundary,
              belowBoundary.map((w) => stableLength(mapsAt(w, shown.rowCorrelation)).value),
              '#111111',
            ),
            curve(`boundary ${boundary.toPrecision(4)}`, [boundary, boundary], [0.3, 100], '#777777', true),
            ...shownLayers.map((layer, k) =>
              curve(
                `theory, layer = ${layer + 1}`,
                fine,
                layersAt.map((l) => l[layer]!.q),
                colours[k]!,
                true,
              ),
            ),
            ...shownLayers.map((layer, k) => simulated(layer, shown.weightVariances, summaries, 0, colours[k]!)),
          ],
        },
        {
          title: '(b) correlation coefficient',
          x: { label: 'σ_w^2' },
          y: { label: 'correlation c_h' },
          series: [
            curve(
              'limit of many layers',
              limits,
              limits.map((w) => limitingCorrelation(w, shown.rowCorrelation)),
              '#111111',
            ),
            ...(shown.rowCorrelation === 0 ? [] : [curve('boundary 2', [2, 2], [0, 1], '#777777', true)]),
            ...shownLayers.map((layer, k) =>
              curve(
                `theory, layer = ${layer + 1}`,
                fine,
                layersAt.map((l) => l[layer]!.c),
                colours[k]!,
                true,
              ),
            ),
            ...shownLayers.map((layer, k) => simulated(layer, shown.weightVariances, summaries, 1, colours[k]!)),
          ],
        },
      ],
    }
  }

export const figures = [uncorrelated, correlated].map((shown) =>
  figure(shown.id, ({ seed, depth }) => inStream(requestsOf(shown, depth), streamOf(shown), seed), draw(shown)),
)

export const confirmations = [
  confirm('fig-2.2', shapes(uncorrelated), lengths(uncorrelated), correlations(uncorrelated, [1.5, 2, 2.5])),
  confirm('fig-3.2', shapes(correlated), lengths(correlated), correlations(correlated, [1.5, 2, 2.5])),
]
