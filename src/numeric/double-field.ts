import erfOf from '@stdlib/math-base-special-erf'
import gammaOf from '@stdlib/math-base-special-gamma'
import logGammaOf from '@stdlib/math-base-special-gammaln'
import { DomainError } from '../expression/errors.js'
import type { KnownFunction } from '../expression/expression.js'
import { erfcDouble } from './erfc.js'
import type { RealField } from './real-field.js'

/** A quotient of large integers as a double, also where numerator and denominator each overflow one. */
export function rationalToNumber(numerator: bigint, denominator: bigint): number {
  const direct = Number(numerator) / Number(denominator)
  if (Number.isFinite(direct) && (direct !== 0 || numerator === 0n)) return direct
  const sign = numerator < 0n ? -1 : 1
  const n = numerator < 0n ? -numerator : numerator
  const shift = BigInt(denominator.toString(2).length - n.toString(2).length + 64)
  const scaled = shift >= 0n ? (n << shift) / denominator : n / (denominator << -shift)
  return sign * Number(scaled) * 2 ** -Number(shift)
}

function special(name: KnownFunction, x: number): number {
  switch (name) {
    case 'erf':
      return erfOf(x)
    case 'erfc':
      return erfcDouble(x)
    case 'gamma':
      if (x <= 0 && Number.isInteger(x)) throw new DomainError(`gamma(${x}) is a pole`)
      return gammaOf(x)
    case 'logGamma':
      if (x <= 0) throw new DomainError(`logGamma(${x}): the argument must be positive`)
      return logGammaOf(x)
    default:
      throw new DomainError(`${name} has no numeric value`)
  }
}

/** Double precision reals. */
export const doubleField: RealField<number> = {
  name: 'double',
  digits: 15,
  zero: 0,
  one: 1,
  pi: Math.PI,
  e: Math.E,
  fromRational: rationalToNumber,
  fromNumber: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : 0),
  isFinite: Number.isFinite,
  isInteger: Number.isInteger,
  toNumber: (a) => a,
  toText: (a) => String(a),
  power: (a, b) => a ** b,
  powerInteger: (a, n) => a ** n,
  squareRoot: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  atan2: Math.atan2,
  asin: Math.asin,
  acos: Math.acos,
  special,
}
