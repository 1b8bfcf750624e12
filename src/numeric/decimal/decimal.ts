/**
 * Decimal floating point on whole numbers: `coefficient * 10^exponent`, rounded half away from zero to a number of
 * significant digits after every operation. Results are those of decimal.js (with ROUND_HALF_UP), digit for digit, at a
 * small part of its cost: the engine's own long integers do the work.
 */
export interface Decimal {
  readonly coefficient: bigint
  /** NaN where the number is none: beyond `largestExponent`, or made of such a number. */
  readonly exponent: number
}

/** Numbers of 10^largestExponent and more are infinite, those below 10^-largestExponent are zero. */
export const largestExponent = 10_000_000

export const zero: Decimal = { coefficient: 0n, exponent: 0 }
export const one: Decimal = { coefficient: 1n, exponent: 0 }
export const infinite: Decimal = { coefficient: 0n, exponent: Number.NaN }

export const isNumber = (a: Decimal): boolean => !Number.isNaN(a.exponent)
export const isZero = (a: Decimal): boolean => a.coefficient === 0n && isNumber(a)
export const signOf = (a: Decimal): -1 | 0 | 1 => (a.coefficient > 0n ? 1 : a.coefficient < 0n ? -1 : 0)

const powersOfTen: bigint[] = [1n]

/** 10^n for a whole n >= 0. */
export function powerOfTen(n: number): bigint {
  if (n > 20_000) return 10n ** BigInt(n)
  for (let k = powersOfTen.length; k <= n; k++) powersOfTen.push(powersOfTen[k - 1]! * 10n)
  return powersOfTen[n]!
}

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)

/** The number of decimal digits of a whole number; 0 has none. */
export function digitsOf(n: bigint): number {
  if (n === 0n) return 0
  const size = magnitude(n)
  const approximate = Number(size)
  if (approximate === Number.POSITIVE_INFINITY) return size.toString().length
  const guess = Math.floor(Math.log10(approximate))
  // The logarithm of a number next to a power of ten may fall on its other side.
  if (size >= powerOfTen(guess + 1)) return guess + 2
  return size >= powerOfTen(guess) ? guess + 1 : guess
}

/** The exponent of the first digit: 2 for 100 and 999. */
export const leadingExponent = (a: Decimal): number => a.exponent + digitsOf(a.coefficient) - 1

/** A whole number divided by 10^n, rounded half away from zero. */
function shortened(n: bigint, places: number): bigint {
  const unit = powerOfTen(places)
  const half = unit / 2n
  return n < 0n ? -((half - n) / unit) : (n + half) / unit
}

/** `coefficient * 10^exponent` to a precision. */
export function rounded(coefficient: bigint, exponent: number, precision: number): Decimal {
  const limit = powerOfTen(precision)
  if (coefficient < limit && -coefficient < limit) return inRange(coefficient, exponent)
  const surplus = digitsOf(coefficient) - precision
  return inRange(shortened(coefficient, surplus), exponent + surplus)
}

/** No number that fits has more digits than this next to the largest exponent. */
const longest = 5000

function inRange(coefficient: bigint, exponent: number): Decimal {
  if (exponent > longest - largestExponent && exponent < largestExponent - longest) return { coefficient, exponent }
  if (Number.isNaN(exponent)) return infinite
  if (coefficient === 0n) return zero
  const leading = leadingExponent({ coefficient, exponent })
  if (leading > largestExponent) return infinite
  return leading < -largestExponent ? zero : { coefficient, exponent }
}

export const negate = (a: Decimal): Decimal => ({ coefficient: -a.coefficient, exponent: a.exponent })

export function add(a: Decimal, b: Decimal, precision: number): Decimal {
  if (a.coefficient === 0n) return isNumber(a) ? rounded(b.coefficient, b.exponent, precision) : infinite
  if (b.coefficient === 0n) return isNumber(b) ? rounded(a.coefficient, a.exponent, precision) : infinite
  const shift = a.exponent - b.exponent
  if (Math.abs(shift) > 2 * precision) {
    // What lies wholly below the last digit changes nothing: no shift by millions of digits for it.
    const apart = leadingExponent(a) - leadingExponent(b)
    if (apart > precision + 2) return rounded(a.coefficient, a.exponent, precision)
    if (apart < -precision - 2) return rounded(b.coefficient, b.exponent, precision)
  }
  return shift >= 0
    ? rounded(a.coefficient * powerOfTen(shift) + b.coefficient, b.exponent, precision)
    : rounded(a.coefficient + b.coefficient * powerOfTen(-shift), a.exponent, precision)
}

export const subtract = (a: Decimal, b: Decimal, precision: number): Decimal => add(a, negate(b), precision)

export const multiply = (a: Decimal, b: Decimal, precision: number): Decimal =>
  rounded(a.coefficient * b.coefficient, a.exponent + b.exponent, precision)

/** a / b; infinite where b is zero. */
export function divide(a: Decimal, b: Decimal, precision: number): Decimal {
  if (b.coefficient === 0n || !isNumber(a)) return infinite
  if (a.coefficient === 0n) return zero
  const more = Math.max(0, precision + 2 + digitsOf(b.coefficient) - digitsOf(a.coefficient))
  return rounded((a.coefficient * powerOfTen(more)) / b.coefficient, a.exponent - b.exponent - more, precision)
}

/** The root of a number that is not negative. */
export function squareRoot(a: Decimal, precision: number): Decimal {
  if (a.coefficient === 0n) return a
  let more = Math.max(0, 2 * (precision + 2) - digitsOf(a.coefficient))
  if ((a.exponent - more) % 2 !== 0) more += 1
  return rounded(wholeRoot(a.coefficient * powerOfTen(more)), (a.exponent - more) / 2, precision)
}

/** The largest whole number whose square is not above n >= 0, by Newton's method from above. */
export function wholeRoot(n: bigint): bigint {
  if (n < 2n ** 52n) return BigInt(Math.floor(Math.sqrt(Number(n))))
  const bits = n.toString(16).length * 4
  const half = BigInt((bits >> 1) - (bits > 120 ? 52 : 0))
  // A first guess good to fifty bits where there are as many, else a power of two above the root.
  let root = bits > 120 ? (BigInt(Math.ceil(Math.sqrt(Number(n >> (half * 2n))))) + 1n) << half : 1n << (half + 1n)
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** a^n for a whole n; infinite for a negative power of zero. */
export function powerInteger(a: Decimal, n: number, precision: number): Decimal {
  if (!isNumber(a)) return infinite
  if (n < 0) return divide(one, powerWithGuard(a, -n, precision), precision)
  const { coefficient, exponent } = powerWithGuard(a, n, precision)
  return rounded(coefficient, exponent, precision)
}

function powerWithGuard(a: Decimal, n: number, precision: number): Decimal {
  const guarded = precision + 25
  let result = one
  let square = a
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = multiply(result, square, guarded)
    if (k > 1) square = multiply(square, square, guarded)
  }
  return result
}

export const compare = (a: Decimal, b: Decimal, precision: number): -1 | 0 | 1 => signOf(subtract(a, b, precision))

export const absolute = (a: Decimal): Decimal => (a.coefficient < 0n ? negate(a) : a)

export const isInteger = ({ coefficient, exponent }: Decimal): boolean =>
  exponent >= 0 || coefficient === 0n || (exponent > -longest && coefficient % powerOfTen(-exponent) === 0n)

/** A quotient of whole numbers. */
export const fromRational = (numerator: bigint, denominator: bigint, precision: number): Decimal =>
  denominator === 1n
    ? rounded(numerator, 0, precision)
    : divide({ coefficient: numerator, exponent: 0 }, { coefficient: denominator, exponent: 0 }, precision)

/** The shortest decimal that stands for a double: 0.1 for 0.1. */
export function fromNumber(value: number): Decimal {
  if (Number.isSafeInteger(value)) return { coefficient: BigInt(value), exponent: 0 }
  if (!Number.isFinite(value)) return infinite
  const eighths = value * 8
  if (Number.isInteger(eighths) && Math.abs(eighths) < 2 ** 40)
    return { coefficient: BigInt(eighths * 125), exponent: -3 }
  return fromText(String(value))
}

/** Reads `-12.5e-3`. */
export function fromText(text: string): Decimal {
  const [digits, power] = text.split('e')
  const [whole, fraction = ''] = digits!.split('.')
  return { coefficient: BigInt(`${whole}${fraction}`), exponent: Number(power ?? 0) - fraction.length }
}

const exactPowers = Array.from({ length: 23 }, (_, k) => 10 ** k)

/** The nearest double. */
export function toNumber({ coefficient, exponent }: Decimal): number {
  if (Number.isNaN(exponent)) return Number.NaN
  const direct = Number(coefficient)
  // Both exact, so that one rounding is all there is.
  if (Math.abs(direct) < 2 ** 53 && exponent <= 0 && exponent >= -22) return direct / exactPowers[-exponent]!
  return Number(`${coefficient}e${exponent}`)
}

/** To that many significant digits, without trailing zeros: `0.5`, `-1.25e-9`, `3e+21`. */
export function toText(a: Decimal, digits: number): string {
  if (!isNumber(a)) return 'NaN'
  const { coefficient, exponent } = rounded(a.coefficient, a.exponent, digits)
  if (coefficient === 0n) return '0'
  const sign = coefficient < 0n ? '-' : ''
  const all = magnitude(coefficient).toString()
  const kept = all.replace(/0+$/, '')
  const leading = exponent + all.length - 1
  if (leading <= -9 || leading >= 21) {
    const fraction = kept.length > 1 ? `.${kept.slice(1)}` : ''
    return `${sign}${kept[0]}${fraction}e${leading < 0 ? '-' : '+'}${Math.abs(leading)}`
  }
  if (leading < 0) return `${sign}0.${'0'.repeat(-leading - 1)}${kept}`
  if (kept.length <= leading + 1) return `${sign}${kept.padEnd(leading + 1, '0')}`
  return `${sign}${kept.slice(0, leading + 1)}.${kept.slice(leading + 1)}`
}
