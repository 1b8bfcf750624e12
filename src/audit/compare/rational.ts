import { type NumberNode, rational } from '../../expression/expression.js'

/** The fraction with a denominator of at most a thousand that a number is, to nine digits; null where there is none. */
export function rationalNear(value: number): NumberNode | null {
  if (!Number.isFinite(value)) return null
  for (let denominator = 1; denominator <= 1000; denominator++) {
    const numerator = Math.round(value * denominator)
    if (Math.abs(value - numerator / denominator) <= 1e-9 * Math.abs(value)) return rational(numerator, denominator)
  }
  return null
}
