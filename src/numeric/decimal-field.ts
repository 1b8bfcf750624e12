import { Decimal } from 'decimal.js'
import { DomainError, LimitError } from '../expression/errors.js'
import { erfcDecimal, erfDecimal, gammaDecimal, logGammaDecimal } from './decimal-special.js'
import type { RealField } from './real-field.js'

const cache = new Map<number, RealField<Decimal>>()

/** Digits that an angle may have before the point: they are lost to its rounding, and the guard digits make up for no more. */
const largestExponentOfAngle = 15

/** Reals of `digits` significant decimal digits, computed with 15 guard digits; from 1 to 900 digits. */
export function decimalField(digits: number): RealField<Decimal> {
  const known = cache.get(digits)
  if (known) return known
  if (!Number.isInteger(digits) || digits < 1 || digits > 900)
    throw new DomainError(`a precision of ${digits} digits: choose a whole number from 1 to 900`)
  const D = Decimal.clone({ precision: digits + 15, toExpNeg: -9, toExpPos: 21, maxE: 1e7, minE: -1e7 })
  const pi = D.acos(-1)
  // Taylor's series at a large argument takes as many terms as the argument is large; the exponential does not.
  const small = (a: Decimal): boolean => a.abs().lte(1)
  const circular = (f: () => Decimal, a: Decimal): Decimal => {
    if (a.e > largestExponentOfAngle)
      throw new LimitError(
        `an angle of ${a.toSignificantDigits(5).toString()}: at most 10^${largestExponentOfAngle} is reduced to a turn; more would cost digits`,
      )
    return f()
  }
  const hyperbolic = (a: Decimal, sign: 1 | -1): Decimal => {
    const forth = D.exp(a)
    const back = D.div(1, forth)
    return (sign > 0 ? forth.add(back) : forth.sub(back)).div(2)
  }
  const tanh = (a: Decimal): Decimal => {
    if (small(a)) return D.tanh(a)
    const square = D.exp(a.abs().mul(-2))
    const size = D.sub(1, square).div(square.add(1))
    return a.isNegative() ? size.neg() : size
  }
  const field: RealField<Decimal> = {
    name: `${digits} digits`,
    digits,
    zero: new D(0),
    one: new D(1),
    pi,
    e: D.exp(1),
    fromRational: (numerator, denominator) => new D(String(numerator)).div(String(denominator)),
    fromNumber: (value) => new D(value),
    add: (a, b) => D.add(a, b),
    subtract: (a, b) => D.sub(a, b),
    multiply: (a, b) => D.mul(a, b),
    divide: (a, b) => D.div(a, b),
    negate: (a) => a.neg(),
    sign: (a) => (a.isZero() || a.isNaN() ? 0 : a.isNegative() ? -1 : 1),
    isFinite: (a) => a.isFinite(),
    isInteger: (a) => a.isInteger(),
    toNumber: (a) => a.toNumber(),
    toText: (a) => a.toSignificantDigits(digits).toString(),
    power: (a, b) => D.pow(a, b),
    powerInteger: (a, n) => D.pow(a, n),
    squareRoot: (a) => D.sqrt(a),
    exp: (a) => D.exp(a),
    log: (a) => D.ln(a),
    sin: (a) => circular(() => D.sin(a), a),
    cos: (a) => circular(() => D.cos(a), a),
    sinh: (a) => (small(a) ? D.sinh(a) : hyperbolic(a, -1)),
    cosh: (a) => (small(a) ? D.cosh(a) : hyperbolic(a, 1)),
    tanh,
    atan2: (y, x) => D.atan2(y, x),
    asin: (a) => D.asin(a),
    acos: (a) => D.acos(a),
    special: (name, a) => {
      switch (name) {
        case 'erf':
          return erfDecimal(D, a)
        case 'erfc':
          return erfcDecimal(D, a)
        case 'gamma':
          return gammaDecimal(D, a)
        case 'logGamma':
          return logGammaDecimal(D, a)
        default:
          throw new DomainError(`${name} has no numeric value`)
      }
    },
  }
  cache.set(digits, field)
  return field
}
