import { DomainError } from '../expression/errors.js'
import type { KnownFunction } from '../expression/expression.js'
import type { Arithmetic } from './arithmetic.js'
import { realCall } from './real.js'
import type { RealField } from './real-field.js'

/** A complex number; `im` is exactly zero for real ones. */
export interface Complex<R> {
  readonly re: R
  readonly im: R
}

/** Functions without a value off the real line, or with a branch cut on it. */
const realOnly: ReadonlySet<KnownFunction> = new Set<KnownFunction>([
  ...(['erf', 'erfc', 'gamma', 'logGamma', 'factorial', 'binomial', 'sign', 'step', 'max', 'min'] as const),
  ...(['asin', 'acos', 'log'] as const),
])

/** Beyond this modulus the series of erf loses too many digits. */
const largestErf = 8

/** Complex arithmetic with principal branches over any real field. */
export function complexArithmetic<R>(field: RealField<R>): Arithmetic<Complex<R>> {
  type C = Complex<R>
  const { zero, one } = field
  const two = field.fromNumber(2)
  const half = field.divide(one, two)
  const ofReal = (re: R): C => ({ re, im: zero })
  const isReal = (a: C): boolean => field.sign(a.im) === 0
  const isZero = (a: C): boolean => isReal(a) && field.sign(a.re) === 0 && field.isFinite(a.re)
  const add = (a: C, b: C): C => ({ re: field.add(a.re, b.re), im: field.add(a.im, b.im) })
  const negate = (a: C): C => ({ re: field.negate(a.re), im: isReal(a) ? zero : field.negate(a.im) })
  const multiply = (a: C, b: C): C =>
    isReal(a) && isReal(b)
      ? ofReal(field.multiply(a.re, b.re))
      : {
          re: field.subtract(field.multiply(a.re, b.re), field.multiply(a.im, b.im)),
          im: field.add(field.multiply(a.re, b.im), field.multiply(a.im, b.re)),
        }
  const divide = (a: C, b: C): C => {
    if (isZero(b)) throw new DomainError('division by zero')
    if (isReal(b)) return { re: field.divide(a.re, b.re), im: isReal(a) ? zero : field.divide(a.im, b.re) }
    const norm = field.add(field.multiply(b.re, b.re), field.multiply(b.im, b.im))
    const n = multiply(a, { re: b.re, im: field.negate(b.im) })
    return { re: field.divide(n.re, norm), im: field.divide(n.im, norm) }
  }
  const absolute = (a: R): R => (field.sign(a) < 0 ? field.negate(a) : a)
  const modulus = (a: C): R =>
    isReal(a) ? absolute(a.re) : field.squareRoot(field.add(field.multiply(a.re, a.re), field.multiply(a.im, a.im)))
  // A real number that went through the complex plane comes back with a rounding error for an imaginary part, whose
  // sign would choose the branch. At high precision nothing else is that small: it is taken for the zero that it is.
  const noise = field.digits > 20 ? field.powerInteger(field.fromNumber(10), -Math.floor(0.8 * field.digits)) : null
  const settled = (a: C): C => {
    if (noise === null || isReal(a)) return a
    const ratio = field.subtract(absolute(a.im), field.multiply(absolute(a.re), noise))
    return field.sign(ratio) < 0 ? ofReal(a.re) : a
  }
  const exp = (a: C): C => {
    const size = field.exp(a.re)
    return isReal(a)
      ? ofReal(size)
      : { re: field.multiply(size, field.cos(a.im)), im: field.multiply(size, field.sin(a.im)) }
  }
  const log = (argument: C): C => {
    const a = settled(argument)
    if (isZero(a)) throw new DomainError('log of 0: the argument must not be zero')
    if (isReal(a) && field.sign(a.re) > 0) return ofReal(field.log(a.re))
    return { re: field.log(modulus(a)), im: isReal(a) ? field.pi : field.atan2(a.im, a.re) }
  }
  const powerInteger = (base: C, n: number): C => {
    if (n === 0) return ofReal(one)
    if (n < 0 && isZero(base)) throw new DomainError('division by zero')
    if (isReal(base)) return ofReal(field.powerInteger(base.re, n))
    let result = ofReal(one)
    let square = base
    for (let k = Math.abs(n); k > 0; k = Math.floor(k / 2)) {
      if (k % 2 === 1) result = multiply(result, square)
      square = multiply(square, square)
    }
    return n < 0 ? divide(ofReal(one), result) : result
  }
  const power = (unsettled: C, exponent: C): C => {
    const base = settled(unsettled)
    const n = field.toNumber(exponent.re)
    if (isReal(exponent) && field.isInteger(exponent.re) && Math.abs(n) <= 1e9) return powerInteger(base, n)
    if (isZero(base)) {
      if (field.sign(exponent.re) > 0) return ofReal(zero)
      throw new DomainError('division by zero')
    }
    if (isReal(exponent) && isReal(base)) {
      const root = field.sign(field.subtract(exponent.re, half)) === 0
      if (field.sign(base.re) > 0) return ofReal(root ? field.squareRoot(base.re) : field.power(base.re, exponent.re))
      if (root) return { re: zero, im: field.squareRoot(field.negate(base.re)) }
    }
    return exp(multiply(exponent, log(base)))
  }
  const i: C = { re: zero, im: one }
  const scale = (a: C, s: R): C => ({ re: field.multiply(a.re, s), im: field.multiply(a.im, s) })
  const subtract = (a: C, b: C): C => add(a, negate(b))
  const circular = (a: C, sign: 1 | -1): C => {
    const turn = multiply(i, a)
    const forth = exp(turn)
    const back = exp(negate(turn))
    return sign > 0 ? scale(add(forth, back), half) : divide(subtract(forth, back), { re: zero, im: two })
  }
  const hyperbolic = (a: C, sign: 1 | -1): C =>
    scale(sign > 0 ? add(exp(a), exp(negate(a))) : subtract(exp(a), exp(negate(a))), half)
  // By the series of erf(z) itself where z is nearer the imaginary axis, by that of erf(z) e^{z^2} elsewhere: there terms hardly cancel.
  const erf = (z: C): C => {
    if (field.toNumber(modulus(z)) > largestErf)
      throw new DomainError(`erf of a complex number beyond ${largestErf} in modulus has no value here`)
    const square = multiply(z, z)
    const plain = Math.abs(field.toNumber(z.im)) >= Math.abs(field.toNumber(z.re))
    const small = field.powerInteger(field.fromNumber(10), -field.digits - 3)
    let term = z
    let sum = z
    let largest = 0
    for (let n = 1; n < 5000; n++) {
      // Terms (-1)^n z^{2n+1} / n!, divided by 2n+1; or 2^n z^{2n+1} / (2n+1)!!.
      const ratio = plain
        ? scale(square, field.fromRational(-1n, BigInt(n)))
        : scale(square, field.fromRational(2n, BigInt(2 * n + 1)))
      term = multiply(term, ratio)
      const next = plain ? scale(term, field.fromRational(1n, BigInt(2 * n + 1))) : term
      sum = add(sum, next)
      largest = Math.max(largest, field.toNumber(modulus(next)))
      if (field.sign(field.subtract(modulus(next), field.multiply(modulus(sum), small))) <= 0) break
    }
    if (largest > field.toNumber(modulus(sum)) * 10 ** (field.digits / 4))
      throw new DomainError('the series of erf loses too many digits for this complex number')
    const whole = scale(sum, field.divide(two, field.squareRoot(field.pi)))
    return plain ? whole : multiply(whole, exp(negate(square)))
  }
  const complexCall = (name: KnownFunction, args: readonly C[]): C => {
    const a = args[0]!
    switch (name) {
      case 'exp':
        return exp(a)
      case 'log':
        return log(a)
      case 'sin':
        return circular(a, -1)
      case 'cos':
        return circular(a, 1)
      case 'tan':
        return divide(circular(a, -1), circular(a, 1))
      case 'sinh':
        return hyperbolic(a, -1)
      case 'cosh':
        return hyperbolic(a, 1)
      case 'tanh':
        return divide(hyperbolic(a, -1), hyperbolic(a, 1))
      case 'abs':
        return ofReal(modulus(a))
      case 'asin': // -i log(i z + sqrt(1 - z^2))
        return negate(multiply(i, log(add(multiply(i, a), power(subtract(ofReal(one), multiply(a, a)), ofReal(half))))))
      case 'acos':
        return subtract(ofReal(field.divide(field.pi, two)), complexCall('asin', args))
      case 'atan': // (i/2) (log(1 - i z) - log(1 + i z))
        return multiply(
          { re: zero, im: half },
          subtract(log(subtract(ofReal(one), multiply(i, a))), log(add(ofReal(one), multiply(i, a)))),
        )
      case 'erf':
        return erf(a)
      case 'erfc':
        return subtract(ofReal(one), erf(a))
      case 'kroneckerDelta':
        return ofReal(isZero(subtract(a, args[1]!)) ? one : zero)
      default:
        throw new DomainError(`${name} of a complex number has no value here; the argument must be real`)
    }
  }
  const call = (name: KnownFunction, unsettled: readonly C[]): C => {
    const args = realOnly.has(name) ? unsettled.map(settled) : unsettled
    if (!args.every(isReal)) return complexCall(name, args)
    const x = args[0]!.re
    const outside =
      (name === 'log' && field.sign(x) <= 0) ||
      ((name === 'asin' || name === 'acos') && field.sign(field.subtract(field.multiply(x, x), one)) > 0)
    return outside
      ? complexCall(name, args)
      : ofReal(
          realCall(
            field,
            name,
            args.map((arg) => arg.re),
          ),
        )
  }
  return {
    name: `complex, ${field.name}`,
    digits: field.digits,
    fromRational: (n, d) => ofReal(field.fromRational(n, d)),
    fromNumber: (value) => ofReal(field.fromNumber(value)),
    constant: (name) => (name === 'i' ? i : ofReal(name === 'pi' ? field.pi : field.e)),
    add,
    multiply,
    divide,
    negate,
    power,
    powerInteger,
    call,
    conjugate: (a) => ({ re: a.re, im: isReal(a) ? zero : field.negate(a.im) }),
    modulus: (a) => ofReal(modulus(a)),
    isFinite: (a) => field.isFinite(a.re) && field.isFinite(a.im),
    isZero,
    real: (a) => field.toNumber(a.re),
    imaginary: (a) => field.toNumber(a.im),
    toText: (a) => {
      if (isReal(a)) return field.toText(a.re)
      const size = field.toText(field.sign(a.im) < 0 ? field.negate(a.im) : a.im)
      return `${field.toText(a.re)} ${field.sign(a.im) < 0 ? '-' : '+'} ${size}i`
    },
  }
}
