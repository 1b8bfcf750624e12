import type { KnownFunction } from '../expression/expression.js'

/**
 * Real numbers of one precision: what complex arithmetic is built on. Functions are called inside their real domain
 * only; `special` throws DomainError where it has no value.
 */
export interface RealField<R> {
  readonly name: string
  /** Decimal digits that a result of a few operations is good for. */
  readonly digits: number
  readonly zero: R
  readonly one: R
  readonly pi: R
  readonly e: R
  fromRational(numerator: bigint, denominator: bigint): R
  fromNumber(value: number): R
  add(a: R, b: R): R
  subtract(a: R, b: R): R
  multiply(a: R, b: R): R
  divide(a: R, b: R): R
  negate(a: R): R
  /** -1, 0 or 1; NaN counts as 0. */
  sign(a: R): number
  isFinite(a: R): boolean
  isInteger(a: R): boolean
  toNumber(a: R): number
  toText(a: R): string
  /** a^b for a > 0. */
  power(a: R, b: R): R
  powerInteger(a: R, n: number): R
  squareRoot(a: R): R
  exp(a: R): R
  log(a: R): R
  sin(a: R): R
  cos(a: R): R
  sinh(a: R): R
  cosh(a: R): R
  tanh(a: R): R
  atan2(y: R, x: R): R
  asin(a: R): R
  acos(a: R): R
  /** erf, erfc, gamma, logGamma at a real argument. */
  special(name: KnownFunction, a: R): R
}
