import type { ConstantNode, KnownFunction } from '../expression/expression.js'
import { type Complex, complexArithmetic } from './complex.js'
import type { Decimal } from './decimal/decimal.js'
import { decimalField } from './decimal-field.js'
import { doubleField } from './double-field.js'
import { realArithmetic } from './real.js'

export type { Complex } from './complex.js'

/**
 * Numbers of one kind with the operations that a formula needs. An operation outside its domain throws DomainError,
 * never NaN; overflow may give an infinity, which `isFinite` tells.
 */
export interface Arithmetic<T> {
  readonly name: string
  readonly digits: number
  fromRational(numerator: bigint, denominator: bigint): T
  fromNumber(value: number): T
  constant(name: ConstantNode['name']): T
  add(a: T, b: T): T
  multiply(a: T, b: T): T
  divide(a: T, b: T): T
  negate(a: T): T
  /** Principal power; 0^0 is 1, a negative power of 0 is a DomainError. */
  power(base: T, exponent: T): T
  powerInteger(base: T, exponent: number): T
  call(name: KnownFunction, args: readonly T[]): T
  conjugate(a: T): T
  modulus(a: T): T
  isFinite(a: T): boolean
  isZero(a: T): boolean
  real(a: T): number
  imaginary(a: T): number
  /** Full-precision decimal text, `1.5`, `2 - 3i`. */
  toText(a: T): string
}

/** Double precision on the real line: a square root or logarithm of a negative number is a DomainError. */
export const real: Arithmetic<number> = realArithmetic(doubleField)

/** Double precision in the complex plane, principal branches. */
export const complex: Arithmetic<Complex<number>> = complexArithmetic(doubleField)

/** Complex numbers whose parts carry `digits` decimal digits; what is real stays exactly real. */
export const decimalArithmetic = (digits: number): Arithmetic<Complex<Decimal>> =>
  complexArithmetic(decimalField(digits))

/** Real numbers of `digits` decimal digits. */
export const realDecimalArithmetic = (digits: number): Arithmetic<Decimal> => realArithmetic(decimalField(digits))
