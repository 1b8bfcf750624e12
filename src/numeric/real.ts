import { DomainError } from '../expression/errors.js'
import type { KnownFunction } from '../expression/expression.js'
import type { Arithmetic } from './arithmetic.js'
import { spend } from './budget.js'
import type { RealField } from './real-field.js'

/** `n!` style products for gamma, binomial and factorial at real arguments. */
export function combinatorial<R>(field: RealField<R>, name: KnownFunction, args: readonly R[]): R {
  const gamma = (x: R): R => field.special('gamma', x)
  const next = (x: R): R => field.add(x, field.one)
  const first = args[0]!
  if (name === 'factorial') return gamma(next(first))
  const second = args[1]!
  const k = field.toNumber(second)
  if (field.isInteger(second) && k >= 0 && k <= 1000) {
    spend(k * field.digits)
    let result = field.one
    for (let j = 0; j < k; j++) {
      const factor = field.subtract(first, field.fromNumber(j))
      result = field.divide(field.multiply(result, factor), field.fromNumber(j + 1))
    }
    return result
  }
  const logGamma = (x: R): R => field.special('logGamma', x)
  const rest = field.subtract(first, second)
  return field.exp(field.subtract(field.subtract(logGamma(next(first)), logGamma(next(second))), logGamma(next(rest))))
}

const fail = (field: RealField<unknown>, what: string, value: unknown, need: string): never => {
  throw new DomainError(`${what} of ${field.toText(value)}: ${need}`)
}

/** A known function at real arguments with a real value; DomainError where there is none. */
export function realCall<R>(field: RealField<R>, name: KnownFunction, args: readonly R[]): R {
  const x = args[0]!
  const f = field as RealField<unknown>
  const s = field.sign(x)
  switch (name) {
    case 'exp':
    case 'sin':
    case 'cos':
    case 'sinh':
    case 'cosh':
    case 'tanh':
      return field[name](x)
    case 'log':
      return s > 0 ? field.log(x) : fail(f, 'log', x, 'the argument must be positive')
    case 'tan':
      return field.divide(field.sin(x), field.cos(x))
    case 'asin':
    case 'acos':
      return field.sign(field.subtract(field.multiply(x, x), field.one)) <= 0
        ? field[name](x)
        : fail(f, name, x, 'the argument must lie in [-1, 1]')
    case 'atan':
      return field.atan2(x, field.one)
    case 'abs':
      return s < 0 ? field.negate(x) : x
    case 'sign':
      return field.fromNumber(s)
    case 'step':
      return field.fromNumber((s + 1) / 2)
    case 'max':
    case 'min':
      return args.reduce((a, b) => (field.sign(field.subtract(a, b)) > 0 === (name === 'max') ? a : b))
    case 'erf':
    case 'erfc':
    case 'gamma':
    case 'logGamma':
      return field.special(name, x)
    case 'factorial':
    case 'binomial':
      return combinatorial(field, name, args)
    case 'kroneckerDelta':
      return field.sign(field.subtract(x, args[1]!)) === 0 ? field.one : field.zero
    case 'diracDelta':
      throw new DomainError('diracDelta has no numeric value; it has meaning under an integral only')
  }
}

/** Arithmetic that never leaves the real line. */
export function realArithmetic<R>(field: RealField<R>): Arithmetic<R> {
  const f = field as RealField<unknown>
  const nonzero = (a: R): R => {
    if (field.sign(a) === 0 && field.isFinite(a)) throw new DomainError('division by zero')
    return a
  }
  const powerInteger = (base: R, n: number): R =>
    n === 0 ? field.one : field.powerInteger(n < 0 ? nonzero(base) : base, n)
  return {
    name: `real, ${field.name}`,
    digits: field.digits,
    fromRational: field.fromRational,
    fromNumber: field.fromNumber,
    constant: (name) => {
      if (name === 'i') throw new DomainError('the imaginary unit on the real line; use complex arithmetic')
      return name === 'pi' ? field.pi : field.e
    },
    add: field.add,
    multiply: field.multiply,
    divide: (a, b) => field.divide(a, nonzero(b)),
    negate: field.negate,
    power: (base, exponent) => {
      const n = field.toNumber(exponent)
      if (field.isInteger(exponent) && Math.abs(n) <= 1e9) return powerInteger(base, n)
      const s = field.sign(base)
      if (s === 0) return field.sign(exponent) > 0 ? field.zero : nonzero(base)
      if (s < 0)
        return fail(
          f,
          n === 0.5 ? 'square root' : `power ${field.toText(exponent)}`,
          base,
          'the base must not be negative',
        )
      return n === 0.5 && field.sign(field.subtract(exponent, field.divide(field.one, field.fromNumber(2)))) === 0
        ? field.squareRoot(base)
        : field.power(base, exponent)
    },
    powerInteger,
    call: (name, args) => realCall(field, name, args),
    conjugate: (a) => a,
    modulus: (a) => (field.sign(a) < 0 ? field.negate(a) : a),
    isFinite: field.isFinite,
    isZero: (a) => field.sign(a) === 0 && field.isFinite(a),
    real: field.toNumber,
    imaginary: () => 0,
    toText: field.toText,
  }
}
