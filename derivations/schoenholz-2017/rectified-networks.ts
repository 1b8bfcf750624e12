/**
 * The ensembles of section 6: rectified networks, the covariance matrix of their Fourier modes as it is measured, and what a
 * claimed energy or inverse covariance implies for the same windows at infinite width.
 */
import {
  boltzmannEnergy,
  type CheckInput,
  crossMoments,
  type Estimate,
  expanded,
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
  type ShardSummary,
  scaledMatrix,
  scaleEstimate,
  windowedCovariances,
} from 'corrigenda'
import { biasVariance, mentions, modesOf, networkOf, scalars } from './networks.js'
import { normalisedFluctuations, normalisedQuantities } from './rectified-quantities.js'

/** Weight variances of figure 6. */
export const figureVariances: readonly number[] = [0.02, 0.34, 0.66, 0.98, 1.3, 1.62, 1.94]

export const rectifiedNetwork = networkOf('relu')

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
export const fieldNames: readonly string[] = ['r_+', 'r_-', 'k']

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
    ? `the variance of ${fieldNames[a]} at q = 2 pi ${mode}/${window}`
    : `${part} of the covariance of ${fieldNames[a]} and ${fieldNames[b]} at q = 2 pi ${mode}/${window}`
}

/**
 * The entries as measured, in normalised variables: norms over the root of sigma_b^2/(2 - sigma_w^2), and the number of
 * negative components (the networks count positive ones) over the root of the width.
 */
export function measuredEntries(summary: ShardSummary, weightVariance: number, width: number): readonly Estimate[] {
  const observable = modesOf(summary)
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

/** The kernel per site of a claim: an energy or weight over sites or over modes, or an inverse covariance matrix. */
export function claimedKernel(
  claimed: Formula,
  input: Pick<CheckInput, 'context' | 'premises'>,
  weightVariance: number,
): NumericKernel {
  const { context } = input
  const side = expanded(claimed, input)
  // The number of sites counts as one: energies over modes are read with unitary amplitudes.
  const parameters = new Map([...Object.entries(scalars(weightVariance)), ['depth', 0] as const])
  if (side.kind === 'matrix') return numericKernel(scaledMatrix(side, half), parameters, context.scalar('q').name)
  const energy = side.kind === 'measureIntegral' ? boltzmannEnergy(side) : side
  const symbolic: MatrixNode = mentions(energy, 'positiveMode')
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
