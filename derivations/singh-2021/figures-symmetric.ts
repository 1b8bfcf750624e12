/** Figures 2.2 and 3.2: lengths and correlations of rectified networks with uncorrelated and with anti-correlated weights. */
import {
  confirm,
  correlationFixedPoints,
  type Depth,
  directCheck,
  type FeedForwardEnsemble,
  type FigureData,
  figure,
  findRoot,
  lengthBoundary,
  lengthFixedPoints,
  rectifiedForm,
  type SampledCheck,
  type ShardSummary,
  type SignalMaps,
  sampledExpectations,
  sampledExtrapolations,
  signalMaps,
  stableLength,
} from 'corrigenda'
import {
  antiCorrelated,
  colours,
  curve,
  inStream,
  lengthsAndCorrelations,
  meanField,
  meanOf,
  networksOf,
  paper,
  shownLayers,
  simulated,
} from './figures-networks.js'

interface Shown {
  readonly id: 'fig-2.2' | 'fig-3.2'
  readonly rowCorrelation: number
  readonly weightVariances: readonly number[]
}

const uncorrelated: Shown = {
  id: 'fig-2.2',
  rowCorrelation: 0,
  weightVariances: [0.5, 1, 1.4, 1.6, 1.7, 1.8, 1.9, 2, 2.1, 2.2, 2.4, 2.7, 3],
}
const correlated: Shown = {
  id: 'fig-3.2',
  rowCorrelation: paper.rowCorrelation,
  weightVariances: [0.5, 1, 1.5, 1.8, 2, 2.2, 2.4, 2.6, 2.7, 2.82, 2.92, 3.1, 3.3, 3.6, 4],
}

const mapsAt = (
  weightVariance: number,
  rowCorrelation: number,
  biasVariance: number = paper.biasVariance,
): SignalMaps => signalMaps({ activation: rectifiedForm, weightVariance, biasVariance, rowCorrelation })
const ensembleAt = (
  weightVariance: number,
  { rowCorrelation }: Pick<Shown, 'rowCorrelation'>,
  changes: Partial<FeedForwardEnsemble> = {},
): FeedForwardEnsemble =>
  networksOf(weightVariance, { ...(rowCorrelation === 0 ? {} : { rows: antiCorrelated }), ...changes })

/**
 * E q^l of a rectified network of finite width, exactly: given a layer's covariance its fields are independent normals, and the
 * next length is linear in the last one. (E phi)^2 enters for different neurons alone.
 */
function exactLengths(
  weightVariance: number,
  rowCorrelation: number,
  width: number,
  biasVariance: number = paper.biasVariance,
): readonly number[] {
  const share = rowCorrelation / (1 + rowCorrelation)
  const plain = mapsAt(weightVariance, 0, biasVariance)
  const centred = mapsAt(weightVariance, Number.POSITIVE_INFINITY, biasVariance)
  let q = weightVariance * (1 - share / width) + biasVariance
  return Array.from({ length: paper.deepest }, (_, l) => {
    if (l > 0) {
      const squares = plain.length(q) - biasVariance
      const means = plain.length(q) - centred.length(q)
      q = squares - share * (squares / width + (1 - 1 / width) * means) + biasVariance
    }
    return q
  })
}

// ---- Checks ------------------------------------------------------------------------------------------------------------

const requestsOf = (shown: Shown, depth: Depth) =>
  shown.weightVariances.map((w) => lengthsAndCorrelations(ensembleAt(w, shown), depth === 'quick' ? 8 : paper.networks))
const streamOf = ({ id }: Shown): string => `singh-2021-${id}`

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

// ---- Where the curves of different depths cross ---------------------------------------------------------------------------

/** The weight variance at which the first two layers have one length; then all do. */
const crossing = (rowCorrelation: number, biasVariance: number): number =>
  findRoot(
    (w) => {
      const [first, second] = meanField(mapsAt(w, rowCorrelation, biasVariance), 2)
      return second!.q - first!.q
    },
    1,
    5,
    1e-12,
  ).root
const spreadAt = (w: number, rowCorrelation: number, biasVariance: number): number => {
  const all = meanField(mapsAt(w, rowCorrelation, biasVariance), paper.deepest).map(({ q }) => q)
  return Math.max(...all) / Math.min(...all) - 1
}

const crossesBefore = (rowCorrelation: number) =>
  directCheck('where the lengths of all depths are equal', 'numeric', () => {
    const boundary = lengthBoundary(rectifiedForm, rowCorrelation)
    const biases = [paper.biasVariance, paper.biasVariance / 10, paper.biasVariance / 100]
    const at = biases.map((bias) => crossing(rowCorrelation, bias))
    const gaps = at.map((w) => boundary - w)
    const spread = Math.max(...at.map((w, k) => spreadAt(w, rowCorrelation, biases[k]!)))
    // Proportional to the bias variance, and so gone without it.
    const proportional = gaps.every((gap, k) => Math.abs(gap / biases[k]! - gaps[0]! / biases[0]!) < 1e-6)
    return {
      holds: gaps[0]! > 0 && spread < 1e-9 && proportional,
      summary: `lengths of standard normal inputs are equal at all layers at sigma_w^2 = ${at[0]!.toPrecision(6)}, ${gaps[0]!.toPrecision(4)} before ${boundary.toPrecision(6)}: there the first layer's length is the fixed point; with a tenth and a hundredth of the bias variance the gap is ${gaps[1]!.toPrecision(4)} and ${gaps[2]!.toPrecision(4)}: the bias it is, neither the width nor the depth`,
      witness: { at: { 'sigma_b^2': String(biases[0]) }, left: String(boundary), right: String(at[0]) },
      numbers: { crossings: at, boundary, spread },
    }
  })

const crossesAtBoundary = directCheck('where the lengths of all depths are equal without bias', 'numeric', () => {
  const found = [0, paper.rowCorrelation].map((rowCorrelation) => ({
    rowCorrelation,
    boundary: lengthBoundary(rectifiedForm, rowCorrelation),
    at: crossing(rowCorrelation, 0),
  }))
  const gap = Math.max(...found.map(({ at, boundary }) => Math.abs(at - boundary)))
  return {
    holds: gap < 1e-9,
    summary: `at sigma_w^2 = ${found.map(({ at, rowCorrelation }) => `${at.toPrecision(7)} (k = ${rowCorrelation})`).join(' and ')}, the boundary itself`,
    witness: { at: {}, left: String(found[0]!.boundary), right: String(found[0]!.at) },
    numbers: { crossings: found.map(({ at }) => at) },
  }
})

const crossingWidth = 512

/** At the crossing every layer of sampled networks has one mean length: exactly for uncorrelated weights, else to 1/N. */
const sampledCrossing = (shown: Shown, biasVariance: number): SampledCheck => {
  const at = crossing(shown.rowCorrelation, biasVariance)
  return sampledExpectations({
    name: 'lengths at the crossing',
    stream: `${streamOf(shown)}-crossing-${biasVariance}`,
    finiteWidth: `the exact mean at N = ${crossingWidth}${shown.rowCorrelation === 0 ? ', which is that at every width' : ''}`,
    cases: (depth) => [
      {
        parameters: { '\\sigma_w^2': at, '\\sigma_b^2': biasVariance },
        request: {
          ...lengthsAndCorrelations(
            ensembleAt(at, shown, { biasVariance, widths: crossingWidth }),
            depth === 'quick' ? 40 : 160,
          ),
          observables: [{ kind: 'layers', field: 'meanLength' }],
        },
        measured: (summary) => shownLayers.map((layer) => meanOf(summary, 0, layer)),
        predicted: () => {
          const exact = exactLengths(at, shown.rowCorrelation, crossingWidth, biasVariance)
          return shownLayers.map((layer) => exact[layer]!)
        },
        label: (k) => `the length at layer ${shownLayers[k]! + 1}`,
      },
    ],
  })
}

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
  confirm('fig-2.2.crossing', crossesBefore(0), sampledCrossing(uncorrelated, paper.biasVariance)),
  confirm('fig-2.2.crossing-bias-free', crossesAtBoundary, sampledCrossing(uncorrelated, 0)),
  confirm('fig-3.2', shapes(correlated), lengths(correlated), correlations(correlated, [1.5, 2, 2.5])),
  confirm('fig-3.2.crossing', crossesBefore(paper.rowCorrelation), sampledCrossing(correlated, paper.biasVariance)),
]
