import { DomainError } from '../expression/errors.js'
import { type NumberNode, rational } from '../expression/expression.js'
import { gcdIntegers } from './gcd.js'

/** A polynomial in one variable over the rationals: coefficients by ascending power. */
export type RationalPolynomial = readonly NumberNode[]

/** A real root known exactly: the only one of its polynomial between two rational numbers. */
export interface AlgebraicRoot {
  /** Coefficients of a polynomial without multiple roots that it is a root of. */
  readonly polynomial: RationalPolynomial
  /** Equal where the root is this rational number. */
  readonly low: NumberNode
  readonly high: NumberNode
}

const add = (a: NumberNode, b: NumberNode): NumberNode =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
const times = (a: NumberNode, b: NumberNode): NumberNode =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)
const over = (a: NumberNode, b: NumberNode): NumberNode =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)
const minus = (a: NumberNode): NumberNode => rational(-a.numerator, a.denominator)
const zero = rational(0)

/** Leading zeros dropped, multiplied by a positive number so that coefficients are whole numbers without common factor. */
function primitive(p: RationalPolynomial): RationalPolynomial {
  let size = p.length
  while (size > 0 && p[size - 1]!.numerator === 0n) size--
  const kept = p.slice(0, size)
  const common = kept.reduce((m, { denominator }) => (m / gcdIntegers(m, denominator)) * denominator, 1n)
  const whole = kept.map(({ numerator, denominator }) => (numerator * common) / denominator)
  const content = whole.reduce((g, n) => gcdIntegers(g, n), 0n) || 1n
  return whole.map((n) => rational(n / content))
}

/** The exact value of a polynomial at a rational number, by Horner's rule. */
export const polynomialAt = (p: RationalPolynomial, x: NumberNode): NumberNode =>
  p.reduceRight((sum, c) => add(times(sum, x), c), zero)

/** The derivative. */
export const derivativeOf = (p: RationalPolynomial): RationalPolynomial =>
  p.slice(1).map((c, k) => times(c, rational(k + 1)))

/** Quotient and remainder of a division by a polynomial other than zero. */
function divided(a: RationalPolynomial, b: RationalPolynomial): readonly [RationalPolynomial, RationalPolynomial] {
  const rest = [...a]
  const quotient: NumberNode[] = []
  const lead = b.at(-1)!
  for (let k = a.length - b.length; k >= 0; k--) {
    const factor = over(rest[k + b.length - 1]!, lead)
    quotient.unshift(factor)
    b.forEach((c, j) => {
      rest[k + j] = add(rest[k + j]!, minus(times(factor, c)))
    })
  }
  return [quotient, primitive(rest.slice(0, b.length - 1))]
}

function commonDivisor(a: RationalPolynomial, b: RationalPolynomial): RationalPolynomial {
  let [x, y] = [primitive(a), primitive(b)]
  while (y.length > 0) [x, y] = [y, divided(x, y)[1]]
  return x
}

const signAt = (p: RationalPolynomial, x: NumberNode): number => {
  const { numerator } = polynomialAt(p, x)
  return numerator > 0n ? 1 : numerator < 0n ? -1 : 0
}

const variations = (row: readonly RationalPolynomial[], x: NumberNode): number => {
  const signs = row.map((p) => signAt(p, x)).filter((sign) => sign !== 0)
  return signs.slice(1).filter((sign, k) => sign !== signs[k]).length
}

/** Sturm's row of a polynomial without multiple roots. */
function sturmRow(p: RationalPolynomial): readonly RationalPolynomial[] {
  const row: RationalPolynomial[] = [p, primitive(derivativeOf(p))]
  for (;;) {
    const last = row.at(-1)!
    if (last.length <= 1) return row
    const rest = divided(row.at(-2)!, last)[1]
    if (rest.length === 0) return row
    row.push(rest.map(minus))
  }
}

const midpoint = (a: NumberNode, b: NumberNode): NumberNode => times(add(a, b), rational(1, 2))

/**
 * Every real root of a polynomial in (from, to], ascending, each alone in its interval (Sturm). Multiple roots once.
 * Throws DomainError for the polynomial zero.
 */
export function realRoots(p: RationalPolynomial, from: NumberNode, to: NumberNode): readonly AlgebraicRoot[] {
  const given = primitive(p)
  if (given.length === 0) throw new DomainError('every number is a root of the polynomial 0')
  if (given.length === 1) return []
  const free = primitive(divided(given, commonDivisor(given, derivativeOf(given)))[0])
  const row = sturmRow(free)
  const found: AlgebraicRoot[] = []
  const search = (low: NumberNode, high: NumberNode): void => {
    const count = variations(row, low) - variations(row, high)
    if (count === 0) return
    if (count === 1) {
      found.push(signAt(free, high) === 0 ? { polynomial: free, low: high, high } : { polynomial: free, low, high })
      return
    }
    const middle = midpoint(low, high)
    search(low, middle)
    search(middle, high)
  }
  search(from, to)
  return found
}

/** The root's interval halved until it is narrower than 2^-bits. */
export function refineRoot(root: AlgebraicRoot, bits = 80): AlgebraicRoot {
  let { low, high } = root
  const width = rational(1, 1n << BigInt(bits))
  const wide = (): boolean => {
    const gap = add(high, minus(low))
    return gap.numerator * width.denominator > width.numerator * gap.denominator
  }
  // The lower end may itself be a root of the polynomial, outside the half-open interval: signs are taken at the upper.
  const above = signAt(root.polynomial, high)
  while (wide()) {
    const middle = midpoint(low, high)
    const sign = signAt(root.polynomial, middle)
    if (sign === 0) return { ...root, low: middle, high: middle }
    if (sign === above) high = middle
    else low = middle
  }
  return { ...root, low, high }
}

/** The nearest double, or next to it. */
export function rootValue(root: AlgebraicRoot): number {
  const { low, high } = refineRoot(root)
  return numberOf(midpoint(low, high))
}

/** A rational number as a double. */
export function numberOf({ numerator, denominator }: NumberNode): number {
  const direct = Number(numerator) / Number(denominator)
  if (Number.isFinite(direct)) return direct
  const shift = BigInt(Math.max(0, denominator.toString(2).length - 900))
  return Number(numerator >> shift) / Number(denominator >> shift)
}
