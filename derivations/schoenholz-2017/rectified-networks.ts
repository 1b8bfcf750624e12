/**
 * The ensembles of section 6: rectified networks, the covariance matrix of their Fourier modes as it is measured, and what a
 * claimed energy or inverse covariance implies for the same windows at infinite width.
 */
import {
  boltzmannEnergy,
  type CheckInput,
  columnOf,
  crossMoments,
  type Estimate,
  type Expression,
  expanded,
  type FeedForwardEnsemble,
  type Formula,
  fourierKernel,
  half,
  type MatrixNode,
  meanEstimate,
  modeMoments,
  modeNormalForm,
  type NumericKernel,
  numericKernel,
  type Observable,
  type ScalarValues,
  type ShardSummary,
  scaledMatrix,
  scaleEstimate,
  windowedCovariances,
} from 'corrigenda'
import { biasVariance, paperDepth, paperWidth } from './linear-networks.js'
import { normalisedFluctuations, normalisedQuantities } from './rectified-quantities.js'

/** Weight variances of figure 6. */
export const figureVariances: readonly number[] = [0.02, 0.34, 0.66, 0.98, 1.3, 1.62, 1.94]

export const rectifiedNetwork = (
  weightVariance: number,
  widths = paperWidth,
  depth = paperDepth,
): FeedForwardEnsemble => ({
  kind: 'feed-forward',
  activation: 'relu',
  widths,
  depth,
  weightVariance,
  biasVariance,
  input: { kind: 'normalised', squaredNorm: widths },
})

export const scalars = (weightVariance: number, width = paperWidth): ScalarValues => ({
  weightStandardDeviation: Math.sqrt(weightVariance),
  biasStandardDeviation: Math.sqrt(biasVariance),
  width,
})

export const shownParameters = (weightVariance: number, width?: number): Readonly<Record<string, number>> => ({
  '\\sigma_w^2': weightVariance,
  '\\sigma_b^2': biasVariance,
  ...(width === undefined ? {} : { N: width }),
})

/** Layers of the windows that are transformed. */
export const window = 64
/** Modes that are compared: wave vectors 2 pi m/64, none of them 0 or pi, where amplitudes are real. */
export const shownModes: readonly number[] = [1, 4, 12, 24]

/** Where the norms would stand at infinite width; only the mode at q = 0 knows of it. */
const reference = (weightVariance: number, width: number): number =>
  Math.sqrt((width * biasVariance) / (2 - weightVariance))

export const covarianceObservable = (weightVariance: number, width: number, last = window): Observable => ({
  kind: 'modePower',
  fields: ['positiveNorm', 'negativeNorm', 'positiveCount'],
  references: [reference(weightVariance, width), reference(weightVariance, width), width / 2],
  last,
})

/** Entries of the covariance matrix, each once: which two fields. */
export const pairs: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
  [2, 2],
  [0, 1],
  [0, 2],
  [1, 2],
]
const names: readonly string[] = ['r_+', 'r_-', 'k']

interface EntryPart {
  readonly mode: number
  readonly a: number
  readonly b: number
  readonly part: 'Re' | 'Im'
}

/** The real numbers that a covariance matrix holds at the shown modes: three variances and three complex covariances each. */
export const entries: readonly EntryPart[] = shownModes.flatMap((mode) =>
  pairs.flatMap(([a, b]): readonly EntryPart[] =>
    a === b
      ? [{ mode, a, b, part: 'Re' }]
      : [
          { mode, a, b, part: 'Re' },
          { mode, a, b, part: 'Im' },
        ],
  ),
)
export const entryLabel = (k: number): string => {
  const { mode, a, b, part } = entries[k]!
  return a === b
    ? `the variance of ${names[a]} at q = 2 pi ${mode}/${window}`
    : `${part} of the covariance of ${names[a]} and ${names[b]} at q = 2 pi ${mode}/${window}`
}

/**
 * The entries as measured, in normalised variables: norms over the root of sigma_b^2/(2 - sigma_w^2), and the number of
 * negative components (the networks count positive ones) over the root of the width.
 */
export function measuredEntries(summary: ShardSummary, weightVariance: number, width: number): readonly Estimate[] {
  const observable = summary.observables[0]
  if (observable?.kind !== 'modePower') throw new TypeError('the first observable is no mode power')
  const norm = Math.sqrt((2 - weightVariance) / biasVariance)
  const scale = [norm, norm, -1 / Math.sqrt(width)]
  return entries.map(({ mode, a, b, part }) => {
    const moments =
      a === b
        ? modeMoments(observable, mode, a).power
        : crossMoments(observable, mode, a, b)[part === 'Re' ? 're' : 'im']
    return scaleEstimate(meanEstimate(moments), scale[a]! * scale[b]! * window)
  })
}

/** Means over a window's layers of the positive norm, the negative norm or the positive count. */
export const windowMeanOf = (summary: ShardSummary, position: number): Estimate => {
  const observable = summary.observables[position]
  if (!observable || !('table' in observable)) throw new TypeError(`observable ${position} is no table`)
  return meanEstimate(columnOf(observable.table, 0))
}

const mentionsModes = (e: Expression): boolean =>
  JSON.stringify(e, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)).includes('"positiveMode"')

/** The kernel per site of a claim: an energy or weight over sites or over modes, or an inverse covariance matrix. */
export function claimedKernel(claimed: Formula, input: CheckInput, weightVariance: number): NumericKernel {
  const { context } = input
  const side = expanded(claimed, input)
  // The number of sites counts as one: energies over modes are read with unitary amplitudes.
  const parameters = new Map([...Object.entries(scalars(weightVariance)), ['depth', 0] as const])
  if (side.kind === 'matrix') return numericKernel(scaledMatrix(side, half), parameters, context.scalar('q').name)
  const energy = side.kind === 'measureIntegral' ? boltzmannEnergy(side) : side
  const symbolic: MatrixNode = mentionsModes(energy)
    ? modeNormalForm(energy, normalisedQuantities(context))
    : fourierKernel(energy, { ...normalisedFluctuations(context), waveVector: 'q' })
  return numericKernel(symbolic, parameters)
}

/** The entries that a claim implies for a transformed window of an infinite chain, times the number of layers. */
export function claimedEntries(claimed: Formula, input: CheckInput, weightVariance: number): readonly number[] {
  const kernel = claimedKernel(claimed, input, weightVariance)
  const covariances = windowedCovariances(kernel, window, shownModes)
  return entries.map(({ mode, a, b, part }) => {
    const { re, im } = covariances[shownModes.indexOf(mode)]![a]![b]!
    return part === 'Re' ? re : im
  })
}
