import { DomainError } from '../expression/errors.js'
import type { Estimate } from './estimate.js'
import { fitEstimates } from './fit-estimates.js'
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
  const at = checkedLimit(points, powers)
  const fit = leastSquares(
    points.map(({ size }) => powers.map((power) => size ** -power)),
    points.map(({ value }) => value),
    points.map(({ error }) => error),
  )
  return { value: fit.coefficients[at]!, error: fit.errors[at]!, powers, fit }
}

/** Where the limit stands among the powers. @throws DomainError if it does not, or a size is not positive. */
function checkedLimit(points: readonly { readonly size: number }[], powers: readonly number[]): number {
  const at = powers.indexOf(0)
  if (at < 0) throw new DomainError('an extrapolation needs the power 0, whose coefficient is the limit')
  for (const { size } of points)
    if (!(size > 0)) throw new DomainError(`a point has the size ${size}: sizes are positive`)
  return at
}

/** An estimate at a system size. */
export interface SizedEstimate {
  readonly size: number
  readonly estimate: Estimate
}

/**
 * The limit size -> infinity of estimates whose standard errors were measured on the same observations as the values, by
 * {@link fitEstimates}.
 * @throws DomainError as `extrapolate`.
 */
export function extrapolateEstimates(
  points: readonly SizedEstimate[],
  { powers }: { readonly powers: readonly number[] },
): Extrapolation & { readonly limit: Estimate } {
  const at = checkedLimit(points, powers)
  const found = fitEstimates(
    points.map(({ size }) => powers.map((power) => size ** -power)),
    points.map(({ estimate }) => estimate),
  )
  const limit = found.at(powers.map((_, k) => (k === at ? 1 : 0)))
  return { value: limit.value, error: limit.standardError, powers, fit: found.fit, limit }
}
