/**
 * The windows of figure 6: the covariance matrix of the three fields' modes in the last 512 layers, exactly at finite width, as
 * claimed, and as measured. In normalised variables: norms over the root of sigma_b^2/(2 - sigma_w^2), and the number of
 * negative components (networks count positive ones) over the root of the width.
 */
import {
  type CheckInput,
  type ComplexMatrix,
  carriedMatrix,
  crossMoments,
  type Formula,
  limitAtZero,
  type ModePowerSummary,
  modeMoments,
  windowedCovariances,
} from 'corrigenda'
import { rectifiedCovariances } from 'corrigenda/network'
import { biasVariance, paperWidth, paperWindow, remembered } from './networks.js'
import { claimedKernel } from './rectified-networks.js'

/** Modes that are shown and compared: all of the long waves, then every eighth; none at q = 0 or pi, where amplitudes are real. */
export const figureModes: readonly number[] = Array.from({ length: paperWindow / 2 - 1 }, (_, m) => m + 1).filter(
  (m) => m < 16 || m % 8 === 1,
)

/** What amplitudes are multiplied with. */
export const unitsOf = (weightVariance: number, width: number): readonly number[] => {
  const norm = Math.sqrt((2 - weightVariance) / biasVariance)
  return [norm, norm, -1 / Math.sqrt(width)]
}

const scaled = (m: ComplexMatrix, by: readonly number[], factor = 1): ComplexMatrix =>
  m.map((row, a) =>
    row.map(({ re, im }, b) => {
      const unit = factor * by[a]! * by[b]!
      return { re: unit * re, im: unit * im }
    }),
  )

/** The exact matrices at a width, one for each of the figure's modes. The transient, e^{-15} at most after 512 layers, is left out. */
export const exactMatrices = remembered((weightVariance, width): readonly ComplexMatrix[] =>
  rectifiedCovariances({ width, weightVariance, biasVariance, layers: paperWindow, modes: figureModes }).map((m) =>
    scaled(m, unitsOf(weightVariance, width)),
  ),
)

/** Widths from which the exact law's limit is extrapolated. */
export const limitWidths: readonly number[] = [1600, 3200, 6400]

/** The exact law's limit of infinite width. */
const limitMatrices = remembered((weightVariance, _): readonly ComplexMatrix[] => {
  const points = limitWidths.map((width) => ({ width, matrices: exactMatrices(weightVariance, width) }))
  const limit = (of: (m: ComplexMatrix) => number, k: number): number =>
    limitAtZero(points.map(({ width, matrices }) => ({ x: 1 / width, y: of(matrices[k]!) }))).value
  return figureModes.map((_, k) =>
    [0, 1, 2].map((a) =>
      [0, 1, 2].map((b) => ({ re: limit((m) => m[a]![b]!.re, k), im: limit((m) => m[a]![b]!.im, k) })),
    ),
  )
})

/** Matrices that claims imply, by formula; a check and a figure ask for the same ones. */
const implied = new WeakMap<Formula, Map<string, readonly ComplexMatrix[]>>()

/** What a claim says of the modes of a window at infinite width; computed once for each formula of a statement. */
export function claimedMatrices(
  claimed: Formula,
  input: Pick<CheckInput, 'context' | 'premises'>,
  weightVariance: number,
): readonly ComplexMatrix[] {
  const known = implied.get(claimed) ?? new Map<string, readonly ComplexMatrix[]>()
  implied.set(claimed, known)
  const key = `${input.context.statement.id} ${weightVariance}`
  const matrices =
    known.get(key) ?? windowedCovariances(claimedKernel(claimed, input, weightVariance), paperWindow, figureModes)
  known.set(key, matrices)
  return matrices
}

/** The same at the paper's width: changed as the exact law's limit must be changed to become the exact law at that width. */
export const claimedAtPaperWidth = (
  claimed: Formula,
  input: Pick<CheckInput, 'context' | 'premises'>,
  weightVariance: number,
): readonly ComplexMatrix[] => {
  const [limit, exact] = [
    limitMatrices(weightVariance, Number.POSITIVE_INFINITY),
    exactMatrices(weightVariance, paperWidth),
  ]
  return claimedMatrices(claimed, input, weightVariance).map((m, k) => carriedMatrix(m, limit[k]!, exact[k]!))
}

/** The matrix of a mode as networks of the paper's width have it. */
export function measuredMatrix(modes: ModePowerSummary, mode: number, weightVariance: number): ComplexMatrix {
  const mean = [0, 1, 2].map((a) =>
    [0, 1, 2].map((b) => {
      if (a === b) return { re: modeMoments(modes, mode, a).power.mean, im: 0 }
      const { re, im } = crossMoments(modes, mode, a, b)
      return { re: re.mean, im: im.mean }
    }),
  )
  return scaled(mean, unitsOf(weightVariance, paperWidth), paperWindow)
}
