/** Figure 2 (d) to (f): stationary states and evolutions of sparse networks. */
import {
  claimedValue,
  confirm,
  type Estimate,
  type FigureData,
  type FigureMaterial,
  figure,
  onPremise,
  type Series,
  sampledExtrapolations,
  tableEstimates,
  uses,
} from 'corrigenda'
import { iterated, networksAt, severalLayers, sparsePair } from './04-sparse.js'
import { colours } from './05-figures-dense.js'

const flips: readonly number[] = [0.01, 0.04, 0.07, 0.1, 0.12, 0.14, 0.155, 0.18, 0.21]
const settled = { width: 600, depth: 50, networks: 12, magnetisation: 0.8 } as const

const stationaryNetworks = sampledExtrapolations({
  name: 'deep sparse networks, extrapolated in the width',
  stream: 'sparse-deep',
  cases: [0.05, 0.1].map((p) => ({
    parameters: { k: 3, p },
    widths: [100, 200, 400],
    powers: [0, 1],
    request: (width, level) => ({
      ensemble: sparsePair(width, 40, 3, p, settled.magnetisation),
      level: 'weights' as const,
      observables: [
        { kind: 'layers' as const, field: 'perturbedMean' as const, layers: [40] },
        { kind: 'layers' as const, field: 'pairOverlap' as const, layers: [40] },
      ],
      networks: networksAt(level, 160),
    }),
    measured: (summary) => [...tableEstimates(summary, 0), ...tableEstimates(summary, 1)],
    predicted: (claimed, input) => {
      const m = claimedValue(claimed, input, { flipping: p })
      return [m, m]
    },
    label: (k) => (k === 0 ? 'the stationary magnetisation' : 'the stationary overlap'),
  })),
})

export const figureD = uses(
  'fig-2d',
  { stationary: 'sec-sparse.stationary', overlap: 'sec-sparse.stationary-overlap' },
  'the stationary magnetisation, and the error from the overlap equal to it',
)

const stationaryFigure = figure(
  'fig-2d',
  ({ seed }) =>
    flips.map((p) => ({
      ensemble: sparsePair(settled.width, settled.depth, 3, p, settled.magnetisation),
      level: 'weights' as const,
      observables: [
        { kind: 'layers' as const, field: 'perturbedMean' as const, layers: [settled.depth] },
        { kind: 'layers' as const, field: 'pairOverlap' as const, layers: [settled.depth] },
      ],
      networks: settled.networks,
      stream: `figure-2d/${p}`,
      seed,
    })),
  (summaries, material): FigureData => {
    const fine = Array.from({ length: 121 }, (_, k) => (0.24 * k) / 120)
    const magnetisations = fine.map((p) =>
      p < 1 / 6 ? claimedValue(material.premises['stationary']!, material, { flipping: p }) : 0,
    )
    const measured = (position: number): readonly Estimate[] => summaries.map((s) => tableEstimates(s, position)[0]!)
    const networkName = `networks, N = ${settled.width}, layer ${settled.depth}`
    const line = (name: string, y: readonly number[], color: string): Series => ({
      name,
      kind: 'line',
      x: fine,
      y,
      color,
    })
    const points = (
      name: string,
      estimates: readonly Estimate[],
      value: (x: number) => number,
      color: string,
    ): Series => ({
      name,
      kind: 'points',
      x: flips,
      y: estimates.map((e) => value(e.value)),
      error: estimates.map((e) => e.standardError),
      color,
    })
    return {
      panels: [
        {
          x: { label: 'flipping probability p' },
          y: { label: 'magnetisation m^∞, error ε' },
          series: [
            line('magnetisation, theory', magnetisations, colours[0]),
            points(`magnetisation, ${networkName}`, measured(0), (x) => x, colours[0]),
            line(
              'error, theory',
              magnetisations.map((m) => (1 - m) / 2),
              colours[3],
            ),
            points(`error, ${networkName}`, measured(1), (q) => (1 - q) / 2, colours[3]),
          ],
        },
      ],
    }
  },
)

const shown: readonly number[] = [0.05, 0.1, 0.15, 0.2]
const layersShown = 24
const bias = 0.3
const drawn = { width: 800, networks: 40 } as const

const evolutionRequests = ({ seed }: { readonly seed: number }) =>
  shown.map((p) => ({
    ensemble: sparsePair(drawn.width, layersShown, 3, p, bias),
    level: 'weights' as const,
    observables: [
      { kind: 'layers' as const, field: 'perturbedMean' as const },
      { kind: 'layers' as const, field: 'pairOverlap' as const },
    ],
    networks: drawn.networks,
    stream: `figure-2e/${p}`,
    seed,
  }))

const layerNumbers = Array.from({ length: layersShown + 1 }, (_, l) => l)

const evolutionFigure = (id: 'fig-2e' | 'fig-2f', label: string): ReturnType<typeof figure> =>
  figure(id, evolutionRequests, (summaries, { premises }: FigureMaterial): FigureData => {
    const position = id === 'fig-2e' ? 0 : 1
    const value = (x: number): number => (id === 'fig-2e' ? x : (1 - x) / 2)
    return {
      panels: [
        {
          x: { label: 'layer l' },
          y: { label },
          series: shown.flatMap((p, k): readonly Series[] => {
            const layers = iterated(premises['magnetisation']!, premises['overlap']!, layersShown, p, bias)
            const estimates = tableEstimates(summaries[k]!, position)
            return [
              {
                name: `theory, p = ${p}`,
                kind: 'line',
                x: layerNumbers,
                y: layers.map((state) => value(id === 'fig-2e' ? state.magnetisation : state.overlap)),
                color: colours[k]!,
              },
              {
                name: `networks, N = ${drawn.width}, p = ${p}`,
                legend: k === 0 ? `networks, N = ${drawn.width}` : null,
                kind: 'points',
                x: layerNumbers,
                y: estimates.map((e) => value(e.value)),
                error: estimates.map((e) => (id === 'fig-2e' ? e.standardError : e.standardError / 2)),
                color: colours[k]!,
              },
            ]
          }),
        },
      ],
    }
  })

const maps = { magnetisation: 'eq-13', overlap: 'eq-14' } as const
export const figureE = uses('fig-2e', maps, 'the map (13) from layer to layer, three inputs')
export const figureF = uses('fig-2f', maps, 'the maps (13) and (14) from layer to layer, three inputs')

export const figures = [
  stationaryFigure,
  evolutionFigure('fig-2e', 'magnetisation m^{l}'),
  evolutionFigure('fig-2f', 'internal error δ(l)'),
]

export const confirmations = [
  confirm(figureD, onPremise('stationary', stationaryNetworks)),
  confirm(figureE, onPremise('magnetisation', severalLayers('perturbedMean'))),
  confirm(figureF, onPremise('overlap', severalLayers('pairOverlap'))),
]
