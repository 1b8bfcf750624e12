import { gcdIntegers } from './gcd.js'

/** An exact rational exponent in lowest terms, positive denominator. */
export type Rational = readonly [bigint, bigint]

/** n / d in lowest terms. */
export const lowest = (n: bigint, d: bigint): Rational => {
  const g = gcdIntegers(n, d) || 1n
  const s = d < 0n ? -1n : 1n
  return [(s * n) / g, (s * d) / g]
}
/** The product. */
export const times = (a: Rational, b: Rational): Rational => lowest(a[0] * b[0], a[1] * b[1])
/** The largest whole number not above n / d. */
export const floorOf = (n: bigint, d: bigint): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d))

/** A turn in (-1, 1]: the principal argument over pi. */
export const principal = ([n, d]: Rational): Rational => {
  const [p, q] = lowest(n - 2n * d * floorOf(n, 2n * d), d)
  return p > q ? [p - 2n * q, q] : [p, q]
}
