import { DomainError } from '../expression/errors.js'
import { checkDomain } from './collective-law.js'
import { type FieldCovariances, fieldCovariances } from './law/rectified-fields.js'
import { rectifiedKernel } from './law/rectified-kernel.js'
import { stationaryLaw } from './law/stationary.js'

/** A window of layers, and which of its modes. */
export interface RectifiedWindow {
  /** Neurons in every layer, 64 to 10^6. */
  readonly width: number
  /** sigma_w^2, 0 to 1.998. */
  readonly weightVariance: number
  readonly biasVariance: number
  /** Layers in the window, n: 1 to 8192. */
  readonly layers: number
  /** Modes m, q = 2 pi m/n. */
  readonly modes: readonly number[]
}

/** A complex number. */
interface Amplitude {
  readonly re: number
  readonly im: number
}

/** Largest disagreement of two resolutions, relative to the fields' variances. */
const agreement = 1e-9

/**
 * The exact covariance matrices of the Fourier modes of (r_+, r_-, number of positive components) of a rectified network at
 * finite width, deep inside it: n E[X_a conj(X_b)], with X = (1/n) sum_j (x_j - E x) e^{iqj} over a window of n layers, for each
 * mode asked for. From the transfer operator of r_+, as `collectiveLaw`, at two resolutions.
 * @throws DomainError outside the domain or where the resolutions disagree; LimitError where the tail is too heavy.
 */
export function rectifiedCovariances(window: RectifiedWindow): readonly (readonly (readonly Amplitude[])[])[] {
  const { width, weightVariance, biasVariance, layers, modes } = window
  if (!(Number.isSafeInteger(layers) && layers >= 1 && layers <= 8192))
    throw new DomainError(`a window of ${layers} layers: give 1 to 8192`)
  checkDomain({ activation: 'relu', width, weightVariance, biasVariance })
  const kernel = rectifiedKernel(width, weightVariance, biasVariance)
  const covariances = fieldCovariances(width, kernel)
  const [coarse, fine] = [1, 0.8].map((factor) =>
    covariances(stationaryLaw(kernel, factor * kernel.spacing, 1, [0, 0]), layers - 1),
  )
  const scales = fine![0]!.map((row, a) => Math.sqrt(row[a]!))
  for (const [lag, matrix] of fine!.entries())
    for (let a = 0; a < scales.length; a++)
      for (let b = 0; b < scales.length; b++) {
        const [x, y] = [coarse![lag]![a]![b]!, matrix[a]![b]!]
        if (!(Math.abs(x - y) <= agreement * scales[a]! * scales[b]!))
          throw new DomainError(
            `the covariance of fields ${a} and ${b} at lag ${lag} comes out as ${x} and as ${y} at two resolutions; take a larger width`,
          )
      }
  return modes.map((mode) => transformed(fine!, mode))
}

/** sum over d from 1 - n to n - 1 of (1 - |d|/n) C_ab(d) e^{iqd}, where C_ab(-d) = C_ba(d), q = 2 pi mode/n. */
function transformed(lags: readonly FieldCovariances[], mode: number): readonly (readonly Amplitude[])[] {
  const n = lags.length
  const angles = lags.map((_, d) => (2 * Math.PI * ((d * mode) % n)) / n)
  const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)]
  return lags[0]!.map((row, a) =>
    row.map((same, b) => {
      let [re, im] = [same, 0]
      for (let d = 1; d < n; d++) {
        const share = 1 - d / n
        const [later, earlier] = [lags[d]![a]![b]!, lags[d]![b]![a]!]
        re += share * (later + earlier) * cosines[d]!
        im += share * (later - earlier) * sines[d]!
      }
      return { re, im }
    }),
  )
}
