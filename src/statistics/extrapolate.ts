import { DomainError } from '../expression/errors.js'
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
