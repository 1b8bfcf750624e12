import {
  absolute,
  add,
  type Decimal,
  digitsOf,
  divide,
  infinite,
  isNumber,
  leadingExponent,
  multiply,
  one,
  powerOfTen,
  rounded,
  signOf,
  squareRoot,
  subtract,
  zero,
} from './decimal.js'
import {
  arcTangentFixed,
  bitsFor,
  circleFixed,
  expFixed,
  fromFixed,
  logFixed,
  logTenFixed,
  piFixed,
  toFixed,
} from './fixed-point.js'

/** Elementary functions of decimal numbers, to full relative precision. */

/** Digits carried beyond those asked for. */
const guardDigits = 12

export const pi = (precision: number): Decimal => {
  const bits = bitsFor(precision + guardDigits)
  return fromFixed(piFixed(bits), bits, 0, precision)
}

/** e^a; infinite or zero where the exponent is out of reach. */
export function exp(a: Decimal, precision: number): Decimal {
  if (!isNumber(a)) return infinite
  if (a.coefficient === 0n) return one
  const leading = leadingExponent(a)
  if (leading > 7) return a.coefficient > 0n ? infinite : zero
  if (leading < -precision - 2) return add(one, a, precision)
  // A double's worth of bits more: whole multiples of log 10 are taken away, up to 10^7 of them.
  const bits = bitsFor(precision + guardDigits)
  const wide = bits + 64
  const x = toFixed(a, wide)
  const ten = logTenFixed(wide)
  const power = nearest(x, ten)
  const rest = (x - power * ten) >> 64n
  return fromFixed(expFixed(rest, bits), bits, Number(power), precision)
}

/** The whole number next to n / unit. */
function nearest(n: bigint, unit: bigint): bigint {
  const doubled = 2n * n + unit
  return doubled >= 0n ? doubled / (2n * unit) : -((2n * unit - 1n - doubled) / (2n * unit))
}

/** log a for a > 0. */
export function log(a: Decimal, precision: number): Decimal {
  if (!isNumber(a)) return infinite
  const digits = digitsOf(a.coefficient)
  // m * 10^power with m between 0.3 and 3, so that nothing cancels but where a itself is near one.
  const leads = Number(a.coefficient / powerOfTen(Math.max(0, digits - 15))) / 10 ** Math.min(digits - 1, 14)
  const shift = digits - (leads < 3 ? 1 : 0)
  const power = BigInt(a.exponent + shift)
  const mantissa: Decimal = { coefficient: a.coefficient, exponent: -shift }
  if (power === 0n && a.coefficient === powerOfTen(shift)) return zero
  for (let digits = precision + guardDigits; ; ) {
    const bits = bitsFor(digits)
    const found = logFixed(toFixed(mantissa, bits), bits) + power * logTenFixed(bits)
    const lost = zerosAhead(found, bits)
    if (lost <= digits - precision - 8) return fromFixed(found, bits, 0, precision)
    // Next to one: as many digits more as the result has zeros in front.
    digits += lost
  }
}

/** Zeros after the point of n / 2^bits. */
const zerosAhead = (n: bigint, bits: number): number => Math.ceil(bits * Math.log10(2)) - digitsOf(n)

/** Sine and cosine of an angle of less than 10^16. */
export function circle(a: Decimal, precision: number): { readonly sine: Decimal; readonly cosine: Decimal } {
  if (!isNumber(a)) return { sine: infinite, cosine: infinite }
  const leading = leadingExponent(a)
  if (a.coefficient === 0n || 2 * leading < -precision - 4) {
    const square = multiply(a, a, precision)
    const half = divide(square, { coefficient: -2n, exponent: 0 }, precision)
    return { sine: rounded(a.coefficient, a.exponent, precision), cosine: add(one, half, precision) }
  }
  let sine: Decimal | null = null
  let cosine: Decimal | null = null
  for (let digits = precision + guardDigits + Math.max(0, -leading); sine === null || cosine === null; ) {
    const bits = bitsFor(digits)
    const turned = reduced(a, bits)
    const { sine: s, cosine: c } = circleFixed(turned.rest, bits)
    const [inSine, inCosine] = turned.quarter % 2 === 0 ? [s, c] : [c, s]
    const lost = (n: bigint): number => zerosAhead(n, bits)
    const allowed = digits - precision - 6
    const signed = (n: bigint, minus: boolean): Decimal => fromFixed(minus ? -n : n, bits, 0, precision)
    if (sine === null && lost(inSine) <= allowed) sine = signed(inSine, turned.quarter >= 2)
    if (cosine === null && lost(inCosine) <= allowed)
      cosine = signed(inCosine, turned.quarter === 1 || turned.quarter === 2)
    digits += Math.max(lost(inSine), lost(inCosine))
  }
  return { sine, cosine }
}

/** An angle as a number of quarter turns, 0 to 3, and what is left of it, at most an eighth of a turn. */
function reduced(a: Decimal, bits: number): { readonly quarter: number; readonly rest: bigint } {
  const wide = bits + 64
  const x = toFixed(a, wide)
  const quarter = piFixed(wide) / 2n
  const turns = nearest(x, quarter)
  return { quarter: Number(((turns % 4n) + 4n) % 4n), rest: (x - turns * quarter) >> 64n }
}

/** Hyperbolic sine and cosine of |a| <= 1. */
export function smallHyperbola(a: Decimal, precision: number): { readonly sine: Decimal; readonly cosine: Decimal } {
  const leading = leadingExponent(a)
  if (a.coefficient === 0n || 2 * leading < -precision - 4) {
    const half = divide(multiply(a, a, precision), { coefficient: 2n, exponent: 0 }, precision)
    return { sine: rounded(a.coefficient, a.exponent, precision), cosine: add(one, half, precision) }
  }
  const bits = bitsFor(precision + guardDigits - leading)
  const forth = expFixed(toFixed(a, bits), bits)
  const back = (1n << BigInt(2 * bits)) / forth
  return {
    sine: fromFixed((forth - back) / 2n, bits, 0, precision),
    cosine: fromFixed((forth + back) / 2n, bits, 0, precision),
  }
}

/** The angle of the point (x, y), from -pi to pi. */
export function arcTangent(y: Decimal, x: Decimal, precision: number): Decimal {
  if (!isNumber(x) || !isNumber(y)) return infinite
  const sign = signOf(y)
  if (sign === 0) return x.coefficient < 0n ? pi(precision) : zero
  const wide = precision + guardDigits
  const quarter = divide(pi(wide), { coefficient: BigInt(2 * sign), exponent: 0 }, wide)
  if (x.coefficient === 0n) return rounded(quarter.coefficient, quarter.exponent, precision)
  // From the nearer axis, so that the quotient is at most one.
  const steep = signOf(subtract(absolute(y), absolute(x), wide)) > 0
  const quotient = steep ? divide(x, y, wide) : divide(y, x, wide)
  const angle = arcOf(quotient, wide)
  if (steep) return subtract(quarter, angle, precision)
  if (x.coefficient > 0n) return rounded(angle.coefficient, angle.exponent, precision)
  return add(add(quarter, quarter, wide), angle, precision)
}

/** The arc tangent of |a| <= 1. */
function arcOf(a: Decimal, precision: number): Decimal {
  const leading = leadingExponent(a)
  if (a.coefficient === 0n || 2 * leading < -precision - 4) return a
  const bits = bitsFor(precision - leading)
  return fromFixed(arcTangentFixed(toFixed(a, bits), bits), bits, 0, precision)
}

/** The root of 1 - a^2, without cancellation. */
function complement(a: Decimal, precision: number): Decimal {
  if (a.coefficient === 0n || 2 * leadingExponent(a) < -precision - 4) return one
  // Exact: neither factor has more digits than this.
  const wide = Math.max(precision, digitsOf(a.coefficient) + Math.abs(a.exponent) + 2)
  return squareRoot(multiply(subtract(one, a, wide), add(one, a, wide), precision), precision)
}

/** For |a| <= 1. */
export const arcSine = (a: Decimal, precision: number): Decimal =>
  arcTangent(a, complement(a, precision + guardDigits), precision)

/** For |a| <= 1. */
export const arcCosine = (a: Decimal, precision: number): Decimal =>
  arcTangent(complement(a, precision + guardDigits), a, precision)

/** a^b for a > 0. */
export function power(a: Decimal, b: Decimal, precision: number): Decimal {
  if (!isNumber(a) || !isNumber(b)) return infinite
  if (b.coefficient === 0n) return one
  // The digits of the exponent before its point are lost to those of the result.
  const before = Math.max(0, leadingExponent(b) + String(Math.abs(leadingExponent(a))).length + 1)
  const wide = precision + guardDigits + Math.min(before, 20)
  return exp(multiply(b, log(a, wide), wide), precision)
}
