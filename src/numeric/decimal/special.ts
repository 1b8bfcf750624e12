import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Decimal,
  divide,
  fromNumber,
  fromRational,
  isInteger,
  leadingExponent,
  multiply,
  negate,
  one,
  rounded,
  signOf,
  squareRoot,
  subtract,
  toNumber,
  toText,
  zero,
} from './decimal.js'
import { circle, exp, log, pi } from './functions.js'

const whole = (n: number): Decimal => ({ coefficient: BigInt(n), exponent: 0 })
const to = (a: Decimal, precision: number): Decimal => rounded(a.coefficient, a.exponent, precision)

/** B_2, B_4, …, B_{2 count} as exact [numerator, denominator], from the tangent numbers (Brent & Harvey 2011, algorithm TangentNumbers). */
function bernoulliEven(count: number): readonly (readonly [bigint, bigint])[] {
  const tangent: bigint[] = [0n, 1n]
  for (let k = 2; k <= count; k++) tangent[k] = BigInt(k - 1) * tangent[k - 1]!
  for (let k = 2; k <= count; k++)
    for (let j = k; j <= count; j++) tangent[j] = BigInt(j - k) * tangent[j - 1]! + BigInt(j - k + 2) * tangent[j]!
  return Array.from({ length: count }, (_, i) => {
    const n = BigInt(2 * (i + 1))
    const sign = i % 2 === 0 ? 1n : -1n
    return [sign * n * tangent[i + 1]!, 4n ** n - 2n ** n] as const
  })
}

const stirlingCache = new Map<number, readonly Decimal[]>()

/** B_2k / (2k (2k - 1)), the coefficients of Stirling's series. */
function stirlingCoefficients(precision: number): readonly Decimal[] {
  const known = stirlingCache.get(precision)
  if (known !== undefined) return known
  const made = bernoulliEven(precision).map(([numerator, denominator], k) =>
    fromRational(numerator, denominator * BigInt((2 * k + 2) * (2 * k + 1)), precision),
  )
  stirlingCache.set(precision, made)
  return made
}

/** log Gamma(x) for x > 0: recurrence up to x of the size of the digits, then Stirling's series. */
export function logGamma(x: Decimal, precision: number): Decimal {
  if (signOf(x) <= 0) throw new DomainError(`logGamma(${toText(x, precision)}): the argument must be positive`)
  const wide = precision + 20
  let shifted = x
  let product = one
  while (toNumber(shifted) < precision) {
    product = multiply(product, shifted, wide)
    shifted = add(shifted, one, wide)
  }
  const half = fromRational(1n, 2n, wide)
  const twoPi = multiply(pi(wide), whole(2), wide)
  const main = multiply(subtract(shifted, half, wide), log(shifted, wide), wide)
  let sum = add(subtract(main, shifted, wide), multiply(log(twoPi, wide), half, wide), wide)
  let power = divide(one, shifted, wide)
  const inverseSquare = multiply(power, power, wide)
  for (const coefficient of stirlingCoefficients(wide)) {
    const term = multiply(coefficient, power, wide)
    sum = add(sum, term, wide)
    if (leadingExponent(term) < -precision - 15) break
    power = multiply(power, inverseSquare, wide)
  }
  return subtract(sum, log(product, wide), precision)
}

/** Arguments up to this have their factorial multiplied out. */
const largestProduct = 3000
const factorials: bigint[] = [1n]

function factorial(n: number): bigint {
  for (let k = factorials.length; k <= n; k++) factorials.push(factorials[k - 1]! * BigInt(k))
  return factorials[n]!
}

/** Gamma(x) at real x, poles excluded; negative arguments by reflection. */
export function gamma(x: Decimal, precision: number): Decimal {
  const size = toNumber(x)
  if (isInteger(x) && signOf(x) <= 0) throw new DomainError(`gamma(${toText(x, precision)}) is a pole`)
  if (size < -1e6)
    throw new DomainError(`gamma(${toText(x, precision)}): too small a value; the least argument is -1000000`)
  if (size > 1e7) throw new DomainError(`gamma(${toText(x, precision)}) is too large; use logGamma`)
  if (isInteger(x) && size <= largestProduct) return rounded(factorial(size - 1), 0, precision)
  const wide = precision + 25
  if (size >= 0.5) return to(exp(logGamma(x, wide), wide), precision)
  // The sine is that of an angle within two half turns, so that the digits before the point cost none behind it.
  const turns = 2 * Math.trunc(size / 2)
  const angle = multiply(pi(wide), subtract(x, whole(turns), wide), wide)
  const other = exp(logGamma(subtract(one, x, wide), wide), wide)
  return divide(pi(wide), multiply(circle(angle, wide).sine, other, wide), precision)
}

/** erf(x) by its series with positive terms (Abramowitz & Stegun 7.1.6). */
function erfSeries(x: Decimal, precision: number): Decimal {
  const square = multiply(x, x, precision)
  const doubled = multiply(square, whole(2), precision)
  let term = x
  let sum = x
  for (let n = 1; leadingExponent(term) > leadingExponent(sum) - precision - 3; n++) {
    term = divide(multiply(term, doubled, precision), whole(2 * n + 1), precision)
    sum = add(sum, term, precision)
  }
  const size = divide(whole(2), squareRoot(pi(precision), precision), precision)
  return multiply(multiply(sum, size, precision), exp(negate(square), precision), precision)
}

/** erf(x); beyond the precision it is 1. */
export function erf(x: Decimal, precision: number): Decimal {
  if (x.coefficient === 0n) return zero
  if (toNumber(x) ** 2 > precision * 2.4 + 10) return whole(signOf(x))
  return to(erfSeries(x, precision + 10), precision)
}

/** erfc beyond this underflows the exponents that are carried. */
const largestErfc = 4000

/**
 * erfc(x) to full relative precision: where the digits that cancel are fewer than those asked for, by the erf series
 * carried to as many more; beyond, by Laplace's continued fraction (Abramowitz & Stegun 7.1.14), evaluated backwards,
 * whose terms needed grow as (digits / x)^2.
 */
export function erfc(x: Decimal, precision: number): Decimal {
  if (signOf(x) <= 0) return add(one, erf(negate(x), precision), precision)
  const size = toNumber(x)
  if (size > largestErfc)
    throw new DomainError(`erfc(${toText(x, precision)}): too small a value; the largest argument is ${largestErfc}`)
  const square = size ** 2
  if (square < Math.min(precision, 1000 - precision)) {
    const wide = precision + Math.ceil(square / Math.LN10) + 15
    return subtract(one, erfSeries(x, wide), precision)
  }
  const wide = precision + 15
  const terms = Math.ceil(30 + ((precision + 5) * Math.LN10) ** 2 / (8 * square))
  let tail = x
  for (let n = terms; n >= 1; n--) tail = add(x, divide(fromNumber(n / 2), tail, wide), wide)
  const top = exp(negate(multiply(x, x, wide)), wide)
  return divide(divide(top, squareRoot(pi(wide), wide), wide), tail, precision)
}
