/** Figure 2 (a) to (c): perturbations of greatest entropy in dense networks, and generalisation. */
import {
  type CheckInput,
  confirm,
  directCheck,
  type Estimate,
  type FigureData,
  type Formula,
  figure,
  onPremise,
  type SampledCase,
  type SampledCheck,
  type Series,
  sampledExpectations,
  tableEstimates,
  uses,
} from 'corrigenda'
import { overlapChain, overlapLaw, type PairEnsemble } from 'corrigenda/network'
import { annealedError, errorOfStrengths } from 'corrigenda/theory'
import { claimedOverlap } from './02-dense.js'
import { networksAt } from './04-sparse.js'
import { binaryJumps, problemOf, type Weights } from './optima.js'

export const colours = ['#2166ac', '#67a9cf', '#ef8a62', '#b2182b'] as const
const depth = 4

// ---- (a) and (b): perturbations of greatest entropy ----------------------------------------------------------------------

/** Odd, so that no field of binary weights vanishes. */
const width = 255
const shownErrors: readonly number[] = [0.05, 0.15, 0.25, 0.35, 0.44, 0.48]

const pairAt = (weights: Weights, error: number): PairEnsemble => {
  const { strengths } = problemOf(weights, depth).maximal(error)
  return {
    kind: 'pair',
    activation: 'sign',
    widths: width,
    depth,
    weights: { kind: weights === 'continuous' ? 'gaussian' : 'binary' },
    weightVariance: 1,
    perturbation: strengths.map((strength) =>
      weights === 'continuous' ? { kind: 'rotation', eta: strength } : { kind: 'signFlips', p: strength },
    ),
  }
}

const exactErrors = new Map<string, number>()
/** Mean output error of such networks at their width, by the exact law of the overlap. */
function exactError(weights: Weights, error: number): number {
  const key = `${weights} ${error}`
  const known = exactErrors.get(key) ?? (1 - overlapLaw(overlapChain(pairAt(weights, error))).mean) / 2
  exactErrors.set(key, known)
  return known
}

/** The claimed overlap map through all layers. */
function claimedError(claimed: Formula, input: Pick<CheckInput, 'context'>, strengths: readonly number[]): number {
  return (1 - strengths.reduce((q, strength) => claimedOverlap(claimed, input, strength, q), 1)) / 2
}

const networks = 400

const perturbedNetworks = (weights: Weights): SampledCheck =>
  sampledExpectations({
    name: 'output errors of networks with perturbations of greatest entropy',
    stream: `maximal-entropy-${weights}`,
    finiteWidth: `finite width by the exact law of the overlap at N = ${width}`,
    cases: (level) =>
      shownErrors.map((error): SampledCase => {
        const { strengths } = problemOf(weights, depth).maximal(error)
        return {
          parameters: { '\\varepsilon': error, N: width, L: depth },
          request: {
            ensemble: pairAt(weights, error),
            level: 'collective',
            observables: [{ kind: 'layers', field: 'pairOverlap', layers: [depth] }],
            networks: networksAt(level, networks),
          },
          measured: (summary) =>
            tableEstimates(summary).map(
              ({ value, ...rest }): Estimate => ({
                ...rest,
                value: (1 - value) / 2,
                standardError: rest.standardError / 2,
              }),
            ),
          // The exact law knows nothing of the formula: where that is another map, the prediction moves with it.
          predicted: (claimed, input) => [
            exactError(weights, error) +
              claimedError(claimed, input, strengths) -
              errorOfStrengths(problemOf(weights, depth).chain, strengths),
          ],
          label: () => 'the mean output error',
        }
      }),
  })

const even = Array.from({ length: 97 }, (_, k) => 0.005 * (k + 1))
/** Errors of the drawn curve: those of a jump from both of its sides. */
const curveOf = (weights: Weights): readonly number[] =>
  weights === 'continuous'
    ? even
    : [...even, ...binaryJumps().flatMap(({ below, above }) => [below.error, above.error])].sort((a, b) => a - b)

const entropyFigure = (weights: Weights, symbolOf: string): ReturnType<typeof figure> =>
  figure(
    weights === 'continuous' ? 'fig-2a' : 'fig-2b',
    (input) => perturbedNetworks(weights).simulations(input),
    (summaries): FigureData => {
      const problem = problemOf(weights, depth)
      const curve = curveOf(weights)
      const optima = curve.map(problem.maximal)
      const measured = summaries.map((summary) => tableEstimates(summary)[0]!)
      const layers = Array.from({ length: depth }, (_, l) => l)
      const at = (error: number): readonly number[] => problem.maximal(error).strengths
      return {
        panels: [
          {
            x: { label: 'output error ε' },
            y: { label: `${symbolOf} of each layer` },
            series: layers.flatMap((l): readonly Series[] => [
              {
                name: `theory, layer ${l + 1}`,
                kind: 'line',
                x: curve,
                y: optima.map(({ strengths }) => strengths[l]!),
                color: colours[l]!,
              },
              {
                name: `networks, N = ${width}, layer ${l + 1}`,
                legend: l === 0 ? `networks at the theory's perturbation, their error at N = ${width}` : null,
                kind: 'points',
                x: measured.map(({ value }) => (1 - value) / 2),
                y: shownErrors.map((error) => at(error)[l]!),
                color: colours[l]!,
              },
            ]),
          },
          {
            title: 'inset',
            x: { label: 'output error ε' },
            y: { label: 'entropy per weight' },
            series: [
              { name: 'theory', kind: 'line', x: curve, y: optima.map(({ entropy }) => entropy), color: '#111' },
              {
                name: `exact law, N = ${width}`,
                kind: 'points',
                x: shownErrors.map((error) => exactError(weights, error)),
                y: shownErrors.map((error) => problem.maximal(error).entropy),
                color: '#7b3294',
              },
            ],
          },
        ],
      }
    },
  )

export const figureA = uses(
  'fig-2a',
  { overlap: 'eq-8' },
  'the perturbations of greatest entropy, through the overlaps (8)',
)
export const figureB = uses(
  'fig-2b',
  { overlap: 'eq-11' },
  'the perturbations of greatest entropy, through the overlaps (11)',
)

// ---- (c): generalisation -------------------------------------------------------------------------------------------------

const loads = Array.from({ length: 80 }, (_, k) => 10 ** (-0.5 + (3.5 * k) / 79))
const depths: readonly number[] = [1, 2, 3, 4]

const generalisation = figure(
  'fig-2c',
  () => [],
  (): FigureData => {
    const curves = depths.map((layers) =>
      loads.map((load) => annealedError(problemOf('continuous', layers), load).error),
    )
    const lines = (k: number): Series => ({
      name: `theory, L = ${depths[k]}`,
      kind: 'line',
      x: loads,
      y: curves[k]!,
      color: colours[k]!,
    })
    return {
      panels: [
        {
          x: { label: 'examples per weight α', log: true },
          y: { label: 'typical error ε*' },
          series: depths.map((_, k) => lines(k)),
        },
        {
          title: 'inset',
          x: { label: 'examples per weight α', log: true },
          y: { label: 'typical error ε*', log: true },
          series: depths.flatMap((layers, k): readonly Series[] => [
            lines(k),
            {
              name: `(2^L - 1)/(L α), L = ${layers}`,
              legend: k === 0 ? 'small errors: (2^{L} - 1)/(L α)' : null,
              kind: 'line',
              dashed: true,
              x: loads.filter((load) => load > 3),
              y: loads.filter((load) => load > 3).map((load) => (2 ** layers - 1) / (layers * load)),
              color: '#111',
            },
          ]),
        },
      ],
    }
  },
)

/** Where the volume is greatest, against every error of a grid. */
const greatestVolume = directCheck('volume at other errors', 'property', () => {
  let tried = 0
  for (const layers of depths) {
    const problem = problemOf('continuous', layers)
    for (const load of [0.5, 2, 5, 6, 10, 50]) {
      const best = annealedError(problem, load)
      for (let k = 1; k < 50; k += 2) {
        const error = k / 100
        const volume = problem.maximal(error).entropy + load * Math.log1p(-error)
        tried += 1
        if (volume > best.volume + 1e-12)
          return {
            holds: false,
            summary: `the volume is greater at ${error}`,
            witness: {
              at: { L: String(layers), alpha: String(load) },
              left: String(best.volume),
              right: String(volume),
            },
          }
      }
    }
  }
  return {
    holds: true,
    summary: `none of ${tried} other errors leaves more volume, for 1 to 4 layers at six loads`,
    numbers: { tried },
  }
})

export const figures = [entropyFigure('continuous', 'η^{*l}'), entropyFigure('binary', 'p^{*l}'), generalisation]

export const confirmations = [
  confirm(figureA, onPremise('overlap', perturbedNetworks('continuous'))),
  confirm(figureB, onPremise('overlap', perturbedNetworks('binary'))),
  confirm('fig-2c', greatestVolume),
]
