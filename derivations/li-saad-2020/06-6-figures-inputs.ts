/** Figures 5, 6 and 7, drawn again with theory, exact law and simulation together. */
import {
  type FigureData,
  type FigureMaterial,
  figure,
  type Panel,
  type ShardSummary,
  type SimulationRequest,
} from 'corrigenda'
import { ratePoint, typicalEnd } from 'corrigenda/theory'
import { captionStrength, correlatedMaps } from './06-3-inputs.js'
import { bottleneckAt, bottleneckShare } from './06-4-bottleneck.js'
import { shownStarts } from './06-4-deviations.js'
import {
  type Architecture,
  architectures,
  chainOf,
  latticeCounts,
  mapsOf,
  meanOf,
  nameOf,
  pairsOf,
  paper,
  ratesAt,
  rotatedLaw,
  typicalOverlap,
} from './results-quantities.js'
import { colours, counting, ends, exactRate, overlapAxis, rateAxis, sampledRate, theory } from './results-series.js'

// ---- Figure 5 ------------------------------------------------------------------------------------------------------------------

const inputGrid = Array.from({ length: 101 }, (_, k) => k / 50 - 1)
const sampledInputs = [-0.5, 0, 0.5, 0.75]
const shownDepths = [2, 4, 8]
const inputWidth = 96
const panelsOfFive = [
  { title: '(a) sign-DNN', architecture: 'sign', strength: 0 },
  { title: '(b) relu-DNN', architecture: 'relu', strength: 0 },
  { title: '(c) relu-DNN, positive correlation', architecture: 'relu', strength: captionStrength },
  { title: '(d) relu-DNN, negative correlation', architecture: 'relu', strength: -captionStrength },
] as const

const inputRequests = ({ seed, depth }: Pick<FigureMaterial, 'seed' | 'depth'>): readonly SimulationRequest[] =>
  panelsOfFive.flatMap(({ architecture, strength }) =>
    sampledInputs.map((overlap) => ({
      ensemble: pairsOf(architecture, {
        widths: inputWidth,
        input: { flips: { kind: 'overlap', overlap } },
        // The simulator's rows have the covariance I - cJ.
        ...(strength === 0 ? {} : { weights: { kind: 'gaussian', rowCorrelation: -strength / inputWidth } }),
      }),
      level: 'preactivations' as const,
      observables: [{ kind: 'layers' as const, field: 'pairOverlap' as const, layers: [paper.layers] }],
      networks: depth === 'quick' ? 200 : 1000,
      stream: `li-saad-2020-inputs/${architecture}/${strength}/${overlap}`,
      seed,
    })),
  )

const drawInputs = (summaries: readonly ShardSummary[], input: FigureMaterial): FigureData => ({
  panels: panelsOfFive.map(({ title, architecture, strength }, panel) => {
    const plain = mapsOf(input, architecture)
    const maps = plain && (strength === 0 ? plain : correlatedMaps(plain, strength))
    const points = sampledInputs.map((_, k) => meanOf(summaries[panel * sampledInputs.length + k]!, 0, 0))
    return {
      title,
      x: { label: 'input overlap q^0' },
      y: { label: 'output overlap' },
      series: [
        ...(maps
          ? shownDepths.map((layers, k) =>
              theory(
                `L = ${layers}`,
                inputGrid,
                inputGrid.map((q) => typicalOverlap(maps, 0, layers, q)),
                colours[k]!,
              ),
            )
          : []),
        ...(architecture === 'sign'
          ? [
              {
                name: `exact mean, L = 4, N = ${inputWidth}`,
                kind: 'points' as const,
                x: sampledInputs,
                y: sampledInputs.map(
                  (q) =>
                    rotatedLaw(
                      Array.from({ length: 5 }, () => inputWidth),
                      0,
                      q,
                    ).mean,
                ),
                color: '#1a9850',
              },
            ]
          : []),
        {
          name: `simulation, L = 4, N = ${inputWidth}`,
          kind: 'points' as const,
          x: sampledInputs,
          y: points.map(({ value }) => value),
          error: points.map(({ standardError }) => standardError),
          color: colours[1]!,
        },
      ],
    }
  }),
})

// ---- Figure 6 ------------------------------------------------------------------------------------------------------------------

const started = (architecture: Architecture, startOverlap: number) =>
  chainOf(architecture, { startOverlap, layers: paper.layers })
const startRequests = ({ seed, depth }: Pick<FigureMaterial, 'seed' | 'depth'>): readonly SimulationRequest[] =>
  architectures.map((architecture) =>
    counting(
      pairsOf(architecture, { input: { flips: { kind: 'overlap', overlap: shownStarts[1]! } } }),
      depth === 'quick' ? 5000 : 50_000,
      `starts/${architecture}`,
      seed,
    ),
  )

const drawDeviations = (summaries: readonly ShardSummary[]): FigureData => {
  const law = rotatedLaw([64, 64, 64, 64, 64], 0, shownStarts[1]!)
  const panels = architectures.flatMap((architecture, a) =>
    [false, true].map((shifted): Panel & { readonly order: number } => ({
      order: a + (shifted ? 2 : 0),
      title: `(${'abcd'[a + (shifted ? 2 : 0)]}) ${nameOf(architecture)}`,
      x: { label: shifted ? 'q^L less the typical overlap' : 'output overlap q^L' },
      y: rateAxis,
      series: [
        ...shownStarts.map((start, k) => {
          const chain = started(architecture, start)
          const shift = shifted ? typicalEnd(chain) : 0
          return theory(
            `q^0 = ${start}`,
            ends.map((q) => q - shift),
            ratesAt(chain, ends),
            colours[k]!,
          )
        }),
        ...(shifted
          ? []
          : [
              ...(architecture === 'sign' ? [exactRate(`N = 64, q^0 = ${shownStarts[1]}`, law, 64)] : []),
              sampledRate(`N = 64, q^0 = ${shownStarts[1]}`, latticeCounts(summaries[a]!, 0), 64, colours[1]!),
            ]),
      ],
    })),
  )
  const layers = [0, 1, 2, 3, 4]
  const trajectories = architectures.map((architecture, a): Panel => {
    const start = shownStarts[1]!
    const chain = started(architecture, start)
    return {
      title: `(${'ef'[a]}) trajectories, ${nameOf(architecture)}, q^0 = ${start}`,
      x: { label: 'layer l' },
      y: { label: architecture === 'sign' ? 'overlap q^l' : 'correlation coefficient ρ^l' },
      series: [-0.5, -0.25, 0, 0.25, 0.5, 0.75].flatMap((end, k) => [
        theory(
          `q^L = ${end}`,
          layers,
          [start, ...ratePoint(chain, end).layers.map(({ correlation }) => correlation)],
          colours[k % colours.length]!,
        ),
        ...(architecture === 'sign'
          ? [
              {
                name: `exact conditional mean, q^L = ${end}`,
                kind: 'points' as const,
                x: layers,
                y: law.conditionalMeans(end),
                color: '#1a9850',
                legend: 'exact conditional means, N = 64',
              },
            ]
          : []),
      ]),
    }
  })
  return {
    panels: [...panels.sort((x, y) => x.order - y.order).map(({ order: _, ...panel }) => panel), ...trajectories],
  }
}

// ---- Figure 7 ------------------------------------------------------------------------------------------------------------------

const bottleneckEnds = [-1, ...ends, 1]

const bottleneckLayers = [0, 1, 2, 3]
const bottleneckWidths = (layer: number): readonly number[] =>
  [0, 1, 2, 3, 4].map((l) => (l === layer && l > 0 ? 64 * bottleneckShare : 64))
const bottleneckRequests = ({ seed, depth }: Pick<FigureMaterial, 'seed' | 'depth'>): readonly SimulationRequest[] =>
  architectures.flatMap((architecture) =>
    bottleneckLayers.map((layer) =>
      counting(
        pairsOf(architecture, {
          widths: bottleneckWidths(layer),
          input: { flips: { kind: 'overlap', overlap: shownStarts[1]! } },
        }),
        depth === 'quick' ? 5000 : 20_000,
        `bottleneck/${architecture}/${layer}`,
        seed,
      ),
    ),
  )

const drawBottleneck = (summaries: readonly ShardSummary[]): FigureData => {
  const start = shownStarts[1]!
  return {
    panels: architectures.map((architecture, a) => ({
      title: `(${'ab'[a]}) ${nameOf(architecture)}, q^0 = ${start}`,
      x: overlapAxis,
      y: rateAxis,
      series: bottleneckLayers.flatMap((layer, k) => {
        const name = layer === 0 ? 'no bottleneck' : `bottleneck at layer ${layer}`
        const counts = latticeCounts(summaries[a * bottleneckLayers.length + layer]!, 0)
        return [
          theory(name, bottleneckEnds, ratesAt(bottleneckAt(architecture, layer, start), bottleneckEnds), colours[k]!),
          ...(architecture === 'sign'
            ? [
                {
                  ...exactRate(name, rotatedLaw([...bottleneckWidths(layer)], 0, start), 64),
                  color: colours[k]!,
                  legend: `exact law of 64 neurons, ${name}`,
                },
              ]
            : []),
          { ...sampledRate(name, counts, 64, colours[k]!), legend: `simulation of 64 neurons, ${name}` },
        ]
      }),
    })),
  }
}

export const figures = [
  figure('fig-5', inputRequests, drawInputs),
  figure('fig-6', startRequests, drawDeviations),
  figure('fig-7', bottleneckRequests, drawBottleneck),
]
