import { DomainError, LimitError } from '../expression/errors.js'
import * as decimal from './decimal/decimal.js'
import * as functions from './decimal/functions.js'
import { erf, erfc, gamma, logGamma } from './decimal/special.js'
import type { RealField } from './real-field.js'

export type { Decimal } from './decimal/decimal.js'

type Decimal = decimal.Decimal

const cache = new Map<number, RealField<Decimal>>()

/** Digits that an angle may have before the point: they are lost to its rounding, and the guard digits make up for no more. */
const largestExponentOfAngle = 15
/** Digits carried beyond those asked for. */
const guardDigits = 15

/** Reals of `digits` significant decimal digits, computed with 15 guard digits; from 1 to 900 digits. */
export function decimalField(digits: number): RealField<Decimal> {
  const known = cache.get(digits)
  if (known) return known
  if (!Number.isInteger(digits) || digits < 1 || digits > 900)
    throw new DomainError(`a precision of ${digits} digits: choose a whole number from 1 to 900`)
  const p = digits + guardDigits
  const two = decimal.fromNumber(2)
  // Taylor's series at a large argument takes as many terms as the argument is large; the exponential does not.
  const small = (a: Decimal): boolean => decimal.signOf(decimal.subtract(decimal.absolute(a), decimal.one, p)) <= 0
  const hyperbolic = (a: Decimal, sign: 1 | -1): Decimal => {
    const forth = functions.exp(a, p)
    const back = decimal.divide(decimal.one, forth, p)
    return decimal.divide(sign > 0 ? decimal.add(forth, back, p) : decimal.subtract(forth, back, p), two, p)
  }
  const tanh = (a: Decimal): Decimal => {
    if (small(a)) {
      const { sine, cosine } = functions.smallHyperbola(a, p + 5)
      return decimal.divide(sine, cosine, p)
    }
    const square = functions.exp(decimal.multiply(decimal.absolute(a), decimal.fromNumber(-2), p), p)
    const size = decimal.divide(decimal.subtract(decimal.one, square, p), decimal.add(square, decimal.one, p), p)
    return decimal.signOf(a) < 0 ? decimal.negate(size) : size
  }
  // Sine and cosine of one angle are computed together, and asked for one after the other.
  let last: { readonly angle: Decimal; readonly value: ReturnType<typeof functions.circle> } | null = null
  const circle = (a: Decimal): ReturnType<typeof functions.circle> => {
    if (last !== null && last.angle === a) return last.value
    if (a.coefficient !== 0n && decimal.leadingExponent(a) > largestExponentOfAngle)
      throw new LimitError(
        `an angle of ${decimal.toText(a, 5)}: at most 10^${largestExponentOfAngle} is reduced to a turn; more would cost digits`,
      )
    const value = functions.circle(a, p)
    last = { angle: a, value }
    return value
  }
  const field: RealField<Decimal> = {
    name: `${digits} digits`,
    digits,
    zero: decimal.zero,
    one: decimal.one,
    pi: functions.pi(p),
    e: functions.exp(decimal.one, p),
    fromRational: (numerator, denominator) => decimal.fromRational(numerator, denominator, p),
    fromNumber: decimal.fromNumber,
    add: (a, b) => decimal.add(a, b, p),
    subtract: (a, b) => decimal.subtract(a, b, p),
    multiply: (a, b) => decimal.multiply(a, b, p),
    divide: (a, b) => decimal.divide(a, b, p),
    negate: decimal.negate,
    sign: decimal.signOf,
    isFinite: decimal.isNumber,
    isInteger: decimal.isInteger,
    toNumber: decimal.toNumber,
    toText: (a) => decimal.toText(a, digits),
    power: (a, b) => functions.power(a, b, p),
    powerInteger: (a, n) => decimal.powerInteger(a, n, p),
    squareRoot: (a) => decimal.squareRoot(a, p),
    exp: (a) => functions.exp(a, p),
    log: (a) => functions.log(a, p),
    sin: (a) => circle(a).sine,
    cos: (a) => circle(a).cosine,
    sinh: (a) => (small(a) ? functions.smallHyperbola(a, p).sine : hyperbolic(a, -1)),
    cosh: (a) => (small(a) ? functions.smallHyperbola(a, p).cosine : hyperbolic(a, 1)),
    tanh,
    atan2: (y, x) => functions.arcTangent(y, x, p),
    asin: (a) => functions.arcSine(a, p),
    acos: (a) => functions.arcCosine(a, p),
    special: (name, a) => {
      switch (name) {
        case 'erf':
          return erf(a, p)
        case 'erfc':
          return erfc(a, p)
        case 'gamma':
          return gamma(a, p)
        case 'logGamma':
          return logGamma(a, p)
        default:
          throw new DomainError(`${name} has no numeric value`)
      }
    },
  }
  cache.set(digits, field)
  return field
}
