import { DomainError, LimitError } from '../expression/errors.js'
import { type Expression, type KnownFunction, zero } from '../expression/expression.js'
import { isZeroFraction, oneFraction, rationalValue, zeroFraction } from './fraction.js'
import { contentOf } from './gcd.js'
import type { Fraction } from './generators.js'
import { factorial, shortened } from './integers.js'
import type { Normalizer } from './normalizer.js'
import {
  constantPolynomial,
  dividePolynomials,
  isConstant,
  leadingCoefficient,
  negatePolynomial,
} from './polynomial.js'
import { boundedKey } from './to-expression.js'

/** Numbers of factorials and gamma shifts that are carried out. */
const largestShift = 400n

/** A known function in normal form: by exponentials, logarithms, moduli and gamma functions where it can be, else a generator. */
export function callKnown(n: Normalizer, name: KnownFunction, args: readonly Expression[]): Fraction {
  const { field, transcendental } = n
  const x = n.of(args[0]!)
  const i = (): Fraction => transcendental.imaginary()
  const exp = (a: Fraction): Fraction => transcendental.exp(a)
  const half = (a: Fraction): Fraction => transcendental.scale(a, [1n, 2n])
  switch (name) {
    case 'exp':
      return exp(x)
    case 'log':
      if (isZeroFraction(x)) throw new DomainError('log of zero')
      return transcendental.log(x)
    case 'cosh':
      return half(field.add(exp(x), exp(field.negate(x))))
    case 'sinh':
      return half(field.subtract(exp(x), exp(field.negate(x))))
    case 'cos': {
      const turn = exp(field.multiply(i(), x))
      return half(field.add(turn, field.invert(turn)))
    }
    case 'sin': {
      const turn = exp(field.multiply(i(), x))
      return half(field.divide(field.subtract(turn, field.invert(turn)), i()))
    }
    case 'tan': {
      const square = exp(field.multiply(i(), transcendental.scale(x, [2n, 1n])))
      return field.divide(field.subtract(square, oneFraction), field.multiply(i(), field.add(square, oneFraction)))
    }
    case 'tanh': {
      const square = exp(transcendental.scale(x, [2n, 1n]))
      return field.divide(field.subtract(square, oneFraction), field.add(square, oneFraction))
    }
    case 'abs':
      return n.modulus(x)
    case 'sign':
      return isZeroFraction(x) ? zeroFraction : field.divide(n.modulus(x), x)
    case 'step':
      return half(field.add(oneFraction, isZeroFraction(x) ? zeroFraction : field.divide(n.modulus(x), x)))
    case 'max':
    case 'min':
      return args
        .slice(1)
        .map((a) => n.of(a))
        .reduce((a, b) => {
          const gap = n.modulus(field.subtract(a, b))
          return half(field.add(field.add(a, b), name === 'max' ? gap : field.negate(gap)))
        }, x)
    case 'erfc':
      return field.subtract(oneFraction, odd(n, 'erf', x))
    case 'erf':
    case 'asin':
    case 'atan':
      return odd(n, name, x)
    case 'acos':
      return field.subtract(half(transcendental.atomPi()), odd(n, 'asin', x))
    case 'gamma':
      return gamma(n, x)
    case 'factorial':
      return gamma(n, field.add(x, oneFraction))
    case 'binomial': {
      const k = n.of(args[1]!)
      const whole = rationalValue(k)
      if (whole?.[1] === 1n && whole[0] >= 0n && whole[0] <= largestShift) return fallingBinomial(n, x, whole[0])
      const next = (a: Fraction): Fraction => gamma(n, field.add(a, oneFraction))
      return field.divide(next(x), field.multiply(next(k), next(field.subtract(x, k))))
    }
    case 'kroneckerDelta':
      return delta(n, x, n.of(args[1]!))
    default:
      return opaque(n, name, [x])
  }
}

function opaque(n: Normalizer, name: KnownFunction, args: readonly Fraction[]): Fraction {
  // An arcsine is real on [-1, 1] only, a log gamma for positive arguments only.
  const inside = (a: Fraction): boolean => {
    const { low, high } = n.table.intervalOf(a.numerator)
    if (!isConstant(a.denominator)) return false
    const scale = Number(a.denominator.get(''))
    return name === 'asin' ? low >= -scale && high <= scale : low >= 0
  }
  const partly = name === 'asin' || name === 'logGamma'
  const real = args.every((a) => n.isRealForm(a) && (!partly || inside(a)))
  return n.atom({ kind: 'function', name, arguments: args.map((a) => n.expression(a)) }, real)
}

/** An odd function: the sign of the argument's leading coefficient is pulled out. */
function odd(n: Normalizer, name: KnownFunction, x: Fraction): Fraction {
  if (isZeroFraction(x)) return zeroFraction
  return leadingCoefficient(x.numerator) < 0n
    ? n.field.negate(opaque(n, name, [n.field.negate(x)]))
    : opaque(n, name, [x])
}

/** x (x - 1) … (x - k + 1) / k!, for any x. */
function fallingBinomial({ field }: Normalizer, x: Fraction, k: bigint): Fraction {
  let result = field.rational(1n, factorial(k))
  for (let j = 0n; j < k; j++) result = field.multiply(result, field.subtract(x, field.rational(j)))
  return result
}

/** Gamma with the integer part of its argument carried out as a product. */
function gamma(normalizer: Normalizer, x: Fraction): Fraction {
  const { field, transcendental } = normalizer
  const [above, d] = normalizer.constantPart(x)
  const free = field.subtract(x, field.rational(above, d))
  const whole = above >= 0n ? above / d : -((-above + d - 1n) / d)
  if (whole > largestShift || whole < -largestShift)
    throw new LimitError(`gamma with a shift by ${shortened(whole)}; shifts up to ${largestShift} are carried out`)
  if (isZeroFraction(free)) {
    if (d === 1n) {
      if (above <= 0n) throw new DomainError(`gamma(${above}) is a pole`)
      return field.rational(factorial(above - 1n))
    }
    if (d === 2n && whole === 0n) return transcendental.power(transcendental.atomPi(), [1n, 2n])
  }
  const base = field.add(free, field.rational(above - whole * d, d))
  const rest =
    d === 2n && isZeroFraction(free)
      ? transcendental.power(transcendental.atomPi(), [1n, 2n])
      : opaque(normalizer, 'gamma', [base])
  let result = rest
  for (let k = 0n; k < whole; k++) result = field.multiply(result, field.add(base, field.rational(k)))
  for (let k = -1n; k >= whole; k--) result = field.divide(result, field.add(base, field.rational(k)))
  return result
}

function delta(n: Normalizer, a: Fraction, b: Fraction): Fraction {
  const { field } = n
  const gap = field.subtract(a, b)
  if (isZeroFraction(gap)) return oneFraction
  if (rationalValue(gap)) return zeroFraction
  // The gap vanishes where its numerator does: sign, content and denominator do not matter.
  const primitive = dividePolynomials(gap.numerator, constantPolynomial(contentOf(gap.numerator)))!
  const sign = leadingCoefficient(primitive) < 0n ? negatePolynomial(primitive) : primitive
  const expression: Expression = {
    kind: 'function',
    name: 'kroneckerDelta',
    arguments: [n.expression(field.polynomial(sign)), zero],
  }
  const bounds = { low: 0, high: 1, openLow: false, openHigh: false }
  const id = n.table.register(boundedKey(expression), { kind: 'atom', expression }, true, bounds)
  if (!n.table.relationOf(id)) n.table.relate(id, { degree: 2, value: n.table.power(id) })
  return field.generator(id)
}
