import { limitAtZero } from '../../numeric/neville.js'
import type { EntropyProblem } from './maximal-entropy.js'

/** A power law `a error^exponent` towards vanishing error. */
export interface PowerLaw {
  readonly exponent: number
  /** How far the exponent may be off. */
  readonly error: number
}

/** Power laws of the maximal-entropy perturbation at small errors. */
export interface SmallErrorLaws {
  /** Of each layer's strength; null for a layer that stays at the reference. */
  readonly strengths: readonly (PowerLaw | null)[]
  /** The slope of the entropy per weight in the logarithm of the error. */
  readonly entropy: PowerLaw
}

/**
 * Exponents with which the strengths of the best perturbation, and the entropy per weight, follow the error as it
 * vanishes: slopes between neighbouring errors of a geometric row, extrapolated to its end. Throws DomainError as
 * `maximal`.
 */
export function smallErrorLaws(
  problem: EntropyProblem,
  errors: readonly number[] = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6],
): SmallErrorLaws {
  const found = errors.map(problem.maximal)
  const law = (values: readonly number[]): PowerLaw => {
    const slopes = values.slice(1).map((value, k) => {
      const x = Math.sqrt(errors[k]! * errors[k + 1]!)
      return { x, y: (value - values[k]!) / Math.log(errors[k + 1]! / errors[k]!) }
    })
    const { value, error } = limitAtZero(slopes)
    return { exponent: value, error }
  }
  return {
    strengths: problem.chain.map((_, k) => {
      const values = found.map(({ strengths }) => strengths[k]!)
      return values.every((value) => value > 0) ? law(values.map(Math.log)) : null
    }),
    entropy: law(found.map(({ entropy }) => entropy)),
  }
}
