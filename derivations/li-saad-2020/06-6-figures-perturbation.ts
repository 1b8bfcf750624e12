/** Figures 3, 4 and C1, drawn again with theory, exact law and simulation together. */
import {
  type FigureData,
  type FigureMaterial,
  figure,
  type Panel,
  type Series,
  type ShardSummary,
  type SimulationRequest,
} from 'corrigenda'
import type { PairEnsemble } from 'corrigenda/network'
import { patternsThrough } from './06-5-patterns.js'
import {
  architectures,
  binarisationAsDilution,
  binarised,
  chainOf,
  diluted,
  exactLaw,
  latticeCounts,
  mapsOf,
  nameOf,
  pairsOf,
  paper,
  ratesAt,
  rotatedLaw,
  rotationFor,
  tiltedRectifiers,
  typicalOverlap,
} from './results-quantities.js'
import { colours, counting, ends, exactRate, overlapAxis, rateAxis, sampledRate, theory } from './results-series.js'

const depths = Array.from({ length: 10 }, (_, k) => k + 1)
// ---- Figures 3 and 4 ---------------------------------------------------------------------------------------------------------

const patternCounts = [1, 2, 4]
/** Fewer networks where several patterns go through each. */
const networksFor = (patterns: number, depth: FigureMaterial['depth']): number =>
  depth === 'quick' ? 2000 : patterns === 1 ? paper.networks : 20_000 / patterns

const perturbationRequests = (stream: string, probability: number) => (input: Pick<FigureMaterial, 'seed' | 'depth'>) =>
  architectures.flatMap((architecture) =>
    patternCounts
      .filter((patterns) => patterns === 1 || architecture === 'sign')
      .map((patterns) =>
        counting(
          pairsOf(architecture, { perturbation: rotationFor(probability), patterns }),
          networksFor(patterns, input.depth),
          `${stream}/${architecture}/${patterns}`,
          input.seed,
        ),
      ),
  )

const depthPanel = (input: FigureMaterial, probabilities: readonly number[]): Panel => ({
  title: '(d) typical overlap',
  x: { label: 'depth L' },
  y: { label: 'q_{mf}^L' },
  series: architectures.flatMap((architecture, a) => {
    const maps = mapsOf(input, architecture)
    if (!maps) return []
    return probabilities.map((p, k) => ({
      ...theory(
        `${nameOf(architecture)}, p = ${p.toPrecision(2)}`,
        depths,
        depths.map((layers) => typicalOverlap(maps, Math.sqrt(p), layers)),
        colours[2 * a + (k % 2)]!,
      ),
      dashed: k > 0,
    }))
  }),
})

const insetPanel = (input: FigureMaterial): Panel => {
  const dilutions = Array.from({ length: 101 }, (_, k) => k / 100)
  return {
    title: '(d), inset: against the dilution',
    x: { label: 'probability of dilution p' },
    y: { label: 'q_{mf}^L' },
    series: architectures.flatMap((architecture, a) => {
      const maps = mapsOf(input, architecture)
      return (maps ? [2, 4] : []).map((layers, k) => ({
        ...theory(
          `${nameOf(architecture)}, L = ${layers}`,
          dilutions,
          dilutions.map((p) => typicalOverlap(maps!, Math.sqrt(p), layers)),
          colours[2 * a + k]!,
        ),
        dashed: k > 0,
      }))
    }),
  }
}

const tiltedEnds = [-1, -0.875, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 0.875]
/** Rates of overlaps that plain simulation does not meet, shifted by the simulation's most frequent overlap. */
function tiltedRate(counts: readonly number[], options: typeof diluted | typeof binarised, seed: number): Series {
  const most = Math.max(...counts) / counts.reduce((a, b) => a + b, 0)
  const estimates = tiltedEnds.map((end) => {
    const unequal = (paper.width * (1 - end)) / 2
    return tiltedRectifiers(options, end, [{ fewest: unequal, most: unequal }], 1000, seed)[0]!
  })
  return {
    name: 'networks drawn along dominant trajectories and weighed back, N = 64',
    kind: 'points',
    x: tiltedEnds,
    y: estimates.map(({ logProbability }) => (Math.log(most) - logProbability) / paper.width),
    error: estimates.map(({ relativeError }) => relativeError / paper.width),
    color: '#1a9850',
  }
}

function drawPerturbation(
  summaries: readonly ShardSummary[],
  input: FigureMaterial,
  options: typeof diluted | typeof binarised,
  exactEnsemble: PairEnsemble,
  extra: readonly Panel[],
): FigureData {
  const [sign, relu] = architectures.map((architecture) => chainOf(architecture, options))
  const counts = summaries.map((summary) => latticeCounts(summary, 0))
  const rates = (chain: typeof sign, factor = 1) => ratesAt(chain!, ends).map((rate) => factor * rate)
  return {
    panels: [
      {
        title: '(a) sign-DNN',
        x: overlapAxis,
        y: rateAxis,
        series: [
          exactRate('N = 64', exactLaw(exactEnsemble), paper.width),
          sampledRate('N = 64', counts[0]!, paper.width, colours[0]!),
          theory('N → ∞', ends, rates(sign), '#111'),
        ],
      },
      {
        title: '(b) relu-DNN',
        x: overlapAxis,
        y: rateAxis,
        series: [
          sampledRate('N = 64', counts[patternCounts.length]!, paper.width, colours[0]!),
          tiltedRate(counts[patternCounts.length]!, options, input.seed),
          theory('N → ∞', ends, rates(relu), '#111'),
        ],
      },
      {
        title: '(c) M patterns, sign-DNN',
        x: { label: 'overlap over M patterns' },
        y: rateAxis,
        series: patternCounts.flatMap((patterns, k) => [
          sampledRate(`M = ${patterns}`, counts[k]!, paper.width, colours[k]!),
          theory(`M = ${patterns}`, ends, rates(sign, patterns), colours[k]!),
        ]),
      },
      ...extra,
    ],
  }
}

// ---- Figure C1 -----------------------------------------------------------------------------------------------------------------

const manyCases = architectures.flatMap((architecture) =>
  [2, 4].flatMap((layers) => [1, 4].map((patterns) => ({ architecture, layers, patterns }))),
)
const manyRequests = ({ seed, depth }: Pick<FigureMaterial, 'seed' | 'depth'>): readonly SimulationRequest[] =>
  manyCases.map(({ architecture, layers, patterns }) =>
    counting(
      patternsThrough(architecture, patterns, layers, paper.width),
      depth === 'quick' ? 2000 : 10_000,
      `many/${architecture}/${layers}/${patterns}`,
      seed,
    ),
  )
const drawPatterns = (summaries: readonly ShardSummary[]): FigureData => ({
  panels: architectures.flatMap((architecture) =>
    [2, 4].map((layers) => ({
      title: `${nameOf(architecture)}, L = ${layers}`,
      x: { label: 'overlap over M patterns' },
      y: rateAxis,
      series: manyCases.flatMap((one, k) => {
        if (one.architecture !== architecture || one.layers !== layers) return []
        const chain = chainOf(architecture, { ...diluted, layers })
        const color = colours[k % 2]!
        return [
          ...(architecture === 'sign' && one.patterns === 1
            ? [
                exactRate(
                  'N = 64, M = 1',
                  rotatedLaw(
                    Array.from({ length: layers + 1 }, () => 64),
                    paper.dilution,
                  ),
                  64,
                ),
              ]
            : []),
          sampledRate(`N = 64, M = ${one.patterns}`, latticeCounts(summaries[k]!, 0), paper.width, color),
          theory(
            `M = ${one.patterns}`,
            ends,
            ratesAt(chain, ends).map((rate) => one.patterns * rate),
            color,
          ),
        ]
      }),
    })),
  ),
})

export const figures = [
  figure('fig-3', perturbationRequests('figure-3', paper.dilution), (summaries, input) =>
    drawPerturbation(
      summaries,
      input,
      diluted,
      pairsOf('sign', { perturbation: { kind: 'dilution', p: paper.dilution } }),
      [depthPanel(input, [0.5, 0.9]), insetPanel(input)],
    ),
  ),
  figure('fig-4', perturbationRequests('figure-4', binarisationAsDilution), (summaries, input) =>
    drawPerturbation(summaries, input, binarised, pairsOf('sign', { perturbation: { kind: 'binarisation' } }), [
      depthPanel(input, [binarisationAsDilution]),
    ]),
  ),
  figure('fig-C.1', manyRequests, drawPatterns),
]
