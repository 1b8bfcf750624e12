import { type Decimal, digitsOf, powerOfTen, rounded } from './decimal.js'

/**
 * Fixed point in base two, `n / 2^bits`: the inside of the elementary functions, where shifts stand for roundings. Each
 * function is good to a few units in the last place.
 */

const bitsPerDigit = Math.log2(10)

/** Bits for that many decimal digits, in steps, so that constants are computed for few numbers of bits. */
export const bitsFor = (digits: number): number => 64 * Math.ceil((digits * bitsPerDigit + 16) / 64)

/** A decimal number as n / 2^bits. */
export function toFixed({ coefficient, exponent }: Decimal, bits: number): bigint {
  return exponent >= 0
    ? (coefficient * powerOfTen(exponent)) << BigInt(bits)
    : (coefficient << BigInt(bits)) / powerOfTen(-exponent)
}

/** n / 2^bits * 10^power as a decimal number. */
export function fromFixed(n: bigint, bits: number, power: number, precision: number): Decimal {
  const places = precision + 10 - Math.floor(digitsOf(n) - bits / bitsPerDigit)
  const scaled = places >= 0 ? (n * powerOfTen(places)) >> BigInt(bits) : (n >> BigInt(bits)) / powerOfTen(-places)
  return rounded(scaled, power - places, precision)
}

/** sum of s^k / ((2k+1) n^(2k+1)): the arc tangent of 1/n for s = -1, its hyperbolic sister for s = 1. */
function inverseArc(n: bigint, s: 1n | -1n, bits: number): bigint {
  let term = (1n << BigInt(bits)) / n
  let sum = term
  for (let k = 3n; term !== 0n; k += 2n) {
    term = (s * term) / (n * n)
    sum += term / k
  }
  return sum
}

const guard = 32

function constant(compute: (bits: number) => bigint): (bits: number) => bigint {
  const known = new Map<number, bigint>()
  return (bits) => {
    const found = known.get(bits) ?? compute(bits + guard) >> BigInt(guard)
    known.set(bits, found)
    return found
  }
}

/** pi, by Machin's formula. */
export const piFixed = constant((bits) => 16n * inverseArc(5n, -1n, bits) - 4n * inverseArc(239n, -1n, bits))

/** The natural logarithm of ten, as 46 artanh(1/31) + 34 artanh(1/49) + 20 artanh(1/161). */
export const logTenFixed = constant(
  (bits) => 46n * inverseArc(31n, 1n, bits) + 34n * inverseArc(49n, 1n, bits) + 20n * inverseArc(161n, 1n, bits),
)

/** e^x for |x| of the order of one: Taylor's series of x / 2^k, squared k times. */
export function expFixed(x: bigint, bits: number): bigint {
  const halvings = Math.ceil(Math.sqrt(bits) / 2)
  const inner = BigInt(bits + halvings + 8)
  const y = (x << (inner - BigInt(bits))) >> BigInt(halvings)
  let term = 1n << inner
  let sum = term
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * y) >> inner) / n
    sum += term
  }
  for (let k = 0; k < halvings; k++) sum = (sum * sum) >> inner
  return sum >> (inner - BigInt(bits))
}

/** Sine and cosine of |x| of the order of one: Taylor's series of x / 2^k, doubled k times. */
export function circleFixed(x: bigint, bits: number): { readonly sine: bigint; readonly cosine: bigint } {
  const halvings = Math.ceil(Math.sqrt(bits) / 3)
  const inner = BigInt(bits + 2 * halvings + 8)
  const y = (x << (inner - BigInt(bits))) >> BigInt(halvings)
  const unit = 1n << inner
  const square = (y * y) >> inner
  let sine = y
  // 1 - cos, so that doubling loses nothing.
  let versed = 0n
  let odd = y
  let even = unit
  for (let n = 1n; odd !== 0n || even !== 0n; n += 2n) {
    even = -((even * square) >> inner) / (n * (n + 1n))
    odd = -((odd * square) >> inner) / ((n + 1n) * (n + 2n))
    versed -= even
    sine += odd
  }
  for (let k = 0; k < halvings; k++) {
    sine = (2n * sine * (unit - versed)) >> inner
    versed = 4n * versed - ((2n * versed * versed) >> inner)
  }
  const back = inner - BigInt(bits)
  return { sine: sine >> back, cosine: (unit - versed) >> back }
}

/** A double as n / 2^bits, for bits >= 52 and doubles of the order of one. */
const doubleFixed = (value: number, bits: number): bigint => BigInt(Math.round(value * 2 ** 52)) << BigInt(bits - 52)

/** The nearest double of n / 2^bits, for bits >= 52 and n / 2^bits of the order of one. */
const fixedDouble = (n: bigint, bits: number): number => Number(n >> BigInt(bits - 52)) / 2 ** 52

/** log x for x of the order of one: the double's logarithm y, and log(x / e^y) by the series of artanh. */
export function logFixed(x: bigint, bits: number): bigint {
  const scale = BigInt(bits)
  const near = doubleFixed(Math.log(fixedDouble(x, bits)), bits)
  const unit = 1n << scale
  const ratio = (x * expFixed(-near, bits)) >> scale
  const small = ((ratio - unit) << scale) / (ratio + unit)
  return near + 2n * arcSeries(small, 1n, bits)
}

/** atan x for |x| <= 1: the double's arc tangent z, and the angle that is left by the series. */
export function arcTangentFixed(x: bigint, bits: number): bigint {
  const scale = BigInt(bits)
  const near = doubleFixed(Math.atan(fixedDouble(x, bits)), bits)
  const { sine, cosine } = circleFixed(near, bits)
  const small = (x * cosine - (sine << scale)) / (cosine + ((x * sine) >> scale))
  return near + arcSeries(small, -1n, bits)
}

/** sum of s^k x^(2k+1) / (2k+1) for a small x. */
function arcSeries(x: bigint, s: 1n | -1n, bits: number): bigint {
  const square = (x * x) >> BigInt(bits)
  let power = x
  let sum = x
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (s * power * square) >> BigInt(bits)
    sum += power / k
  }
  return sum
}
