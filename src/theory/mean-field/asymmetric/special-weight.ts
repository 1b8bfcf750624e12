import { DomainError } from '../../../expression/errors.js'
import { type Rule, tridiagonalEigen } from '../../../numeric/gauss-rules.js'
import { gaussianExpectation } from '../../../numeric/quadrature.js'

/** The law Beta(alpha, beta) of the one incoming weight that is not normal (Lu et al. 2019 take Beta(2, 1)). */
export interface SpecialWeight {
  readonly alpha: number
  readonly beta: number
}

/** Throws DomainError for parameters that are not positive and finite. */
export function checkSpecial({ alpha, beta }: SpecialWeight): void {
  if (!(alpha > 0 && beta > 0 && Number.isFinite(alpha) && Number.isFinite(beta)))
    throw new DomainError(`a Beta(${alpha}, ${beta}) variable does not exist: both parameters are positive and finite`)
}

const rules = new Map<string, Rule>()

/**
 * Gauss-Jacobi rule for a mean over Beta(alpha, beta) on [0, 1]: weights of sum 1, exact for polynomials up to degree
 * 2 n - 1 (Golub & Welsch 1969). Throws DomainError for parameters that are not positive.
 */
export function betaRule({ alpha, beta }: SpecialWeight, points: number): Rule {
  checkSpecial({ alpha, beta })
  const key = `${alpha} ${beta} ${points}`
  const known = rules.get(key)
  if (known) return known
  const [a, b] = [beta - 1, alpha - 1]
  const sum = a + b
  const diagonal = Array.from({ length: points }, (_, k) =>
    k === 0 ? (b - a) / (sum + 2) : (b * b - a * a) / ((2 * k + sum) * (2 * k + sum + 2)),
  )
  const offDiagonal = Array.from({ length: points - 1 }, (_, j) => {
    const k = j + 1
    const twice = 2 * k + sum
    // At k = 1 the factors k + a + b and twice - 1 are the same and may both vanish.
    const ratio = k === 1 ? 1 / (twice + 1) : (k + sum) / ((twice - 1) * (twice + 1))
    return Math.sqrt(4 * k * (k + a) * (k + b) * ratio) / twice
  })
  const { values, first } = tridiagonalEigen(diagonal, offDiagonal)
  const rule = { nodes: values.map((x) => (1 + x) / 2), weights: first.map((v) => v * v) }
  rules.set(key, rule)
  return rule
}

/** E[U^power]. Throws DomainError for parameters that are not positive. */
export const betaMoment = ({ alpha, beta }: SpecialWeight, power: number): number => {
  checkSpecial({ alpha, beta })
  let moment = 1
  for (let k = 0; k < power; k++) moment *= (alpha + k) / (alpha + beta + k)
  return moment
}

/** A field of one neuron with a frozen special input: deviation Z + scale U, Z standard normal and U Beta. */
export interface FrozenField {
  readonly deviation: number
  readonly scale: number
  readonly special: SpecialWeight
}

/**
 * E f(deviation Z + scale U, U), with an estimate of the error; `kinks` are those of f in its first argument. Throws
 * DomainError for Beta parameters that are not positive and where f is not integrable.
 */
export function frozenExpectation(
  f: (field: number, special: number) => number,
  { deviation, scale, special }: FrozenField,
  kinks: readonly number[] = [],
): { readonly value: number; readonly error: number } {
  const apply = (points: number): readonly [number, number] => {
    const { nodes, weights } = betaRule(special, points)
    let [sum, errors] = [0, 0]
    for (const [k, u] of nodes.entries()) {
      const { value, error } = gaussianExpectation((h) => f(h, u), {
        mean: scale * u,
        variance: deviation * deviation,
        kinks,
        tolerance: 1e-12,
      })
      sum += weights[k]! * value
      errors += weights[k]! * error
    }
    return [sum, errors]
  }
  const points = Math.min(160, Math.ceil(24 + (4 * Math.abs(scale)) / Math.max(deviation, 1e-3)))
  const [coarse] = apply(points)
  const [value, error] = apply(points + 8)
  return { value, error: error + Math.abs(value - coarse) }
}
