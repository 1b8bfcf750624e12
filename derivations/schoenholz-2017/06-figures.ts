/** Figures 5 and 6, drawn again with theory and simulation together. */
import {
  type Combination,
  type ComplexMatrix,
  combinations,
  confirm,
  crossMoments,
  type FigureData,
  type Formula,
  figure,
  meanEstimate,
  modeMoments,
  onPremise,
  type Series,
  type ShardSummary,
  scaleEstimate,
  tableEstimates,
  uses,
} from 'corrigenda'
import { asInThePaper, sampledCovariances } from './06-networks.js'
import { sampledCounts, sampledNorms } from './06-saddle.js'
import { biasVariance, colours, modesOf, paperNetworks, paperWidth, paperWindow } from './networks.js'
import { fieldNames, figureVariances } from './rectified-networks.js'
import { claimedMatrices, exactMatrices, figureModes, unitsOf } from './rectified-windows.js'

export const figureFive = uses(
  'fig-5',
  { saddle: 'eq-20', count: 'sec-6.saddle-count' },
  "the norms and counts that (20) implies at the figure's parameters",
)
export const figureSix = uses(
  'fig-6',
  { inverse: 'eq-22' },
  "the covariances that (22) implies at the figure's weight variances",
)

const line = (name: string, x: readonly number[], y: readonly number[]): Series => ({
  name,
  kind: 'line',
  x,
  y,
  color: '#111',
  dashed: true,
})
const fine = Array.from({ length: 98 }, (_, k) => 0.02 * (k + 1))

export const figures = [
  figure(
    'fig-5',
    (input) => sampledNorms.simulations(input),
    (summaries): FigureData => {
      const points = (position: number, name: string, color: string): Series => ({
        name,
        kind: 'points',
        x: figureVariances,
        y: summaries.map((summary) => tableEstimates(summary, position)[0]!.value),
        error: summaries.map((summary) => tableEstimates(summary, position)[0]!.standardError),
        color,
      })
      const variance = { label: 'weight variance σ_w²' }
      return {
        panels: [
          {
            x: variance,
            y: { label: 'r*' },
            series: [
              points(0, 'positive components', '#b2182b'),
              points(1, 'negative components', '#2166ac'),
              line(
                'theory, (20)',
                fine,
                fine.map((s) => Math.sqrt((200 * biasVariance) / (2 - s))),
              ),
            ],
          },
          {
            title: 'inset',
            x: variance,
            y: { label: 'k*' },
            series: [points(2, 'positive components', '#111'), line('theory, (20)', [0, 2], [100, 100])],
          },
        ],
      }
    },
  ),
  // Not the larger simulations by which the check judges how the powers fluctuate.
  figure(
    'fig-6',
    (input) => asInThePaper.simulations(input).filter(({ networks }) => networks === paperNetworks),
    (summaries, { context, premises, printed }): FigureData => {
      const matricesOf = (formula: Formula | undefined) =>
        formula === undefined ? [] : figureVariances.map((s) => claimedMatrices(formula, { context, premises }, s))
      const theory = { printed: matricesOf(printed['inverse']), corrected: matricesOf(premises['inverse']) }
      return {
        panels: combinations(fieldNames.length).map((combination) => figureSixPanel(combination, summaries, theory)),
      }
    },
  ),
]

const waveVectors = figureModes.map((m) => (2 * Math.PI * m) / paperWindow)

/** One number of the covariance matrix: variances as they are, covariances over both standard deviations. */
function figureSixPanel(
  { a, b, part }: Combination,
  summaries: readonly ShardSummary[],
  theory: Readonly<Record<'printed' | 'corrected', readonly (readonly ComplexMatrix[])[]>>,
): FigureData['panels'][number] {
  const [one, other] = [fieldNames[a]!, fieldNames[b]!]
  const ofMatrix = (s: number, k: number, { re, im }: { readonly re: number; readonly im: number }): number => {
    const exact = exactMatrices(s, paperWidth)[k]!
    if (part === 'alone') return re
    return (part === 'real' ? re : im) / Math.sqrt(exact[a]![a]!.re * exact[b]![b]!.re)
  }
  const lines = (matrices: readonly (readonly ComplexMatrix[])[], name: string, color: string): readonly Series[] =>
    matrices.map((ofModes, c) => ({
      name: `${name}, σ_w² = ${figureVariances[c]}`,
      kind: 'line',
      x: waveVectors,
      y: ofModes.map((m, k) => ofMatrix(figureVariances[c]!, k, m[a]![b]!)),
      color,
      dashed: true,
      legend: name,
    }))
  const exact = figureVariances.map(
    (s): Series => ({
      name: `exact law, σ_w² = ${s}`,
      kind: 'line',
      x: waveVectors,
      y: exactMatrices(s, paperWidth).map((m, k) => ofMatrix(s, k, m[a]![b]!)),
      color: '#1a9850',
      legend: 'exact law, N = 200',
    }),
  )
  const measured = figureVariances.map((s, c): Series => {
    const modes = modesOf(summaries[c]!)
    const unit = paperWindow * unitsOf(s, paperWidth)[a]! * unitsOf(s, paperWidth)[b]!
    const estimates = figureModes.map((mode, k) => {
      const moments =
        part === 'alone'
          ? modeMoments(modes, mode, a).power
          : crossMoments(modes, mode, a, b)[part === 'real' ? 're' : 'im']
      return scaleEstimate(meanEstimate(moments), ofMatrix(s, k, { re: unit, im: unit }))
    })
    return {
      name: `simulation, σ_w² = ${s}`,
      kind: 'points',
      x: waveVectors,
      y: estimates.map(({ value }) => value),
      error: estimates.map(({ standardError }) => Math.abs(standardError)),
      color: colours[c]!,
    }
  })
  return {
    title:
      part === 'alone'
        ? `variance of ${one}`
        : `${part === 'real' ? 'real' : 'imaginary'} part of the covariance of ${one}\u00a0and ${other}`,
    x: { label: 'wave vector q' },
    y: part === 'alone' ? { label: 'variance', log: true } : { label: 'covariance over both standard deviations' },
    series: [
      ...exact,
      ...measured,
      ...lines(theory.printed, 'theory: (22) as printed, N → ∞', '#8e0152'),
      ...lines(theory.corrected, 'theory: (22) corrected, N → ∞', '#111'),
    ],
  }
}

export const confirmations = [
  confirm(figureFive, onPremise('saddle', sampledNorms), onPremise('count', sampledCounts)),
  confirm(figureSix, onPremise('inverse', asInThePaper), onPremise('inverse', sampledCovariances)),
]
