import { DomainError } from '../expression/errors.js'
import { combineEstimates, type Estimate } from './estimate.js'
import { type LinearFit, leastSquares } from './least-squares.js'

/** A measured value at a system size. */
export interface SizedValue {
  readonly size: number
  readonly value: number
  readonly error: number
}

export interface Extrapolation {
  /** The limit of infinite size: the coefficient of (1/size)^0. */
  readonly value: number
  readonly error: number
  readonly powers: readonly number[]
  readonly fit: LinearFit
}

/**
 * The limit size -> infinity from a weighted fit value(size) = sum_p c_p size^{-p}.
 * @throws DomainError if 0 is not among the powers or the points cannot fix them.
 */
export function extrapolate(
  points: readonly SizedValue[],
  options: { readonly powers: readonly number[] },
): Extrapolation {
  const { powers } = options
  const at = powers.indexOf(0)
  if (at < 0) throw new DomainError('an extrapolation needs the power 0, whose coefficient is the limit')
  for (const { size } of points)
    if (!(size > 0)) throw new DomainError(`a point has the size ${size}: sizes are positive`)
  const fit = leastSquares(
    points.map(({ size }) => powers.map((power) => size ** -power)),
    points.map(({ value }) => value),
    points.map(({ error }) => error),
  )
  return { value: fit.coefficients[at]!, error: fit.errors[at]!, powers, fit }
}

/** An estimate at a system size. */
export interface SizedEstimate {
  readonly size: number
  readonly estimate: Estimate
}

/** How often the weights are put anew; each turn takes out what is left of another power of the errors. */
const turns = 3

/**
 * The limit size -> infinity of estimates whose standard errors were measured on the same observations as the values.
 * Weights from such errors prefer the points that happen to lie low, where the errors are small too; so every error is put
 * at the fitted value instead (`errorSlope`), and the fit repeated. The limit is then a sum of the values with fixed
 * weights, and what is known of their laws carries over to it.
 * @throws DomainError as `extrapolate`.
 */
export function extrapolateEstimates(
  points: readonly SizedEstimate[],
  { powers }: { readonly powers: readonly number[] },
): Extrapolation & { readonly limit: Estimate } {
  const fitWith = (errors: readonly number[]): Extrapolation =>
    extrapolate(
      points.map(({ size, estimate }, i) => ({ size, value: estimate.value, error: errors[i]! })),
      { powers },
    )
  let errors = points.map(({ estimate }) => estimate.standardError)
  let found = fitWith(errors)
  for (let turn = 0; turn < turns; turn++) {
    errors = points.map((point) => errorAtFit(point, found))
    found = fitWith(errors)
  }
  const covariances = found.fit.covariance[powers.indexOf(0)]!
  const weights = points.map(
    ({ size }, i) => powers.reduce((sum, power, k) => sum + covariances[k]! * size ** -power, 0) / errors[i]! ** 2,
  )
  const limit = combineEstimates(
    weights,
    points.map(({ estimate }) => estimate),
  )
  return { ...found, value: limit.value, error: limit.standardError, limit }
}

/** A point's standard error where its value is what the fit says; never less than a tenth of the measured one. */
function errorAtFit({ size, estimate }: SizedEstimate, { powers, fit }: Extrapolation): number {
  const { value, standardError, errorSlope = 0 } = estimate
  const fitted = powers.reduce((sum, power, k) => sum + fit.coefficients[k]! * size ** -power, 0)
  return Math.max(standardError / 10, standardError + errorSlope * (fitted - value))
}
