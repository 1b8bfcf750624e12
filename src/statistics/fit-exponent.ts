import { DomainError } from '../expression/errors.js'
import type { SizedValue } from './extrapolate.js'
import { type LinearFit, leastSquares } from './least-squares.js'

export interface ExponentFit {
  /** b in value = a size^b. */
  readonly exponent: number
  readonly error: number
  readonly fit: LinearFit
}

/**
 * The exponent of a power law: slope of log |value| against log size, weighted by relative errors (first order).
 * @throws DomainError if a value is zero or not resolved (error above half of it), where its logarithm says nothing.
 */
export function fitExponent(points: readonly SizedValue[]): ExponentFit {
  for (const { size, value, error } of points)
    if (!(size > 0) || !(error <= Math.abs(value) / 2) || value === 0)
      throw new DomainError(`the value ${value} ± ${error} at size ${size} has no usable logarithm: take more networks`)
  const fit = leastSquares(
    points.map(({ size }) => [1, Math.log(size)]),
    points.map(({ value }) => Math.log(Math.abs(value))),
    points.map(({ value, error }) => error / Math.abs(value)),
  )
  return { exponent: fit.coefficients[1]!, error: fit.errors[1]!, fit }
}
