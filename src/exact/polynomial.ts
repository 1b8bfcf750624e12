import { LimitError } from '../expression/errors.js'
import { spend } from '../numeric/budget.js'
import { wordsOf } from '../numeric/words.js'
import { checkedBits, heightOf } from './height.js'

/**
 * Sparse polynomials over the integers in numbered generators. A monomial is the string whose character at place `id`
 * has the exponent of generator `id` as its code, without trailing zeros, so that monomials are map keys as they are.
 */
export type Polynomial = ReadonlyMap<string, bigint>

/** Products and sums with more terms than this are refused (LimitError). */
export const largestTermCount = 50_000
const largestExponent = 20_000

export const zeroPolynomial: Polynomial = new Map()
export const onePolynomial: Polynomial = new Map([['', 1n]])

export const constantPolynomial = (value: bigint): Polynomial =>
  value === 0n ? zeroPolynomial : new Map([['', value]])

/** generator^exponent. */
export const generatorPower = (id: number, exponent = 1): Polynomial => new Map([[monomialOf(id, exponent), 1n]])

/** The monomial generator^exponent. */
export function monomialOf(id: number, exponent: number): string {
  if (exponent > largestExponent)
    throw new LimitError(
      `a power of ${Number.isFinite(exponent) ? exponent : 'more than 10^308'}; at most ${largestExponent} is carried out`,
    )
  return exponent === 0 ? '' : '\0'.repeat(id) + String.fromCharCode(exponent)
}

/** Exponent of a generator in a monomial. */
export const exponentIn = (monomial: string, id: number): number => (id < monomial.length ? monomial.charCodeAt(id) : 0)

export function multiplyMonomials(a: string, b: string): string {
  if (a.length < b.length) return multiplyMonomials(b, a)
  if (b.length === 0) return a
  let result = ''
  for (let k = 0; k < b.length; k++) {
    const exponent = a.charCodeAt(k) + b.charCodeAt(k)
    if (exponent > largestExponent)
      throw new LimitError(`a power of ${exponent}; at most ${largestExponent} is carried out`)
    result += String.fromCharCode(exponent)
  }
  return result + a.slice(b.length)
}

/** The monomial without trailing zero exponents: the only form that may be a key. */
export const trimmed = (monomial: string): string => {
  let end = monomial.length
  while (end > 0 && monomial.charCodeAt(end - 1) === 0) end--
  return monomial.slice(0, end)
}

/** a / b, or null where b does not divide a. */
export function divideMonomials(a: string, b: string): string | null {
  if (b.length > a.length) return null
  if (b.length === 0) return a
  let result = ''
  for (let k = 0; k < b.length; k++) {
    const exponent = a.charCodeAt(k) - b.charCodeAt(k)
    if (exponent < 0) return null
    result += String.fromCharCode(exponent)
  }
  return trimmed(result + a.slice(b.length))
}

/** The monomial with one generator's exponent replaced. */
export function withExponent(monomial: string, id: number, exponent: number): string {
  const padded = monomial.padEnd(id + 1, '\0')
  return trimmed(padded.slice(0, id) + String.fromCharCode(exponent) + padded.slice(id + 1))
}

/** Greatest common divisor of two monomials. */
export function commonMonomial(a: string, b: string): string {
  let result = ''
  for (let k = 0; k < Math.min(a.length, b.length); k++)
    result += String.fromCharCode(Math.min(a.charCodeAt(k), b.charCodeAt(k)))
  return trimmed(result)
}

const accumulate = (into: Map<string, bigint>, monomial: string, coefficient: bigint): void => {
  const sum = (into.get(monomial) ?? 0n) + coefficient
  if (sum === 0n) into.delete(monomial)
  else into.set(monomial, sum)
}

const bounded = (size: number): void => {
  if (size > largestTermCount)
    throw new LimitError(`a polynomial of more than ${largestTermCount} terms; the formula is too large to expand`)
}

export function addPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size === 0) return b
  if (b.size === 0) return a
  spend(a.size + 2 * b.size)
  const result = new Map(a)
  for (const [m, c] of b) accumulate(result, m, c)
  bounded(result.size)
  return result
}

export function scalePolynomial(a: Polynomial, factor: bigint, monomial = ''): Polynomial {
  if (factor === 0n) return zeroPolynomial
  if (factor === 1n && monomial === '') return a
  const words = wordsOf(factor)
  const height = heightOf(a)
  // A sign changes no size.
  if (factor !== -1n) checkedBits(words + height)
  spend(a.size * (3 + monomial.length / 2 + (words + height) / 8 + (words * height) / 32))
  const result = new Map<string, bigint>()
  for (const [m, c] of a) result.set(multiplyMonomials(m, monomial), c * factor)
  return result
}

export const negatePolynomial = (a: Polynomial): Polynomial => scalePolynomial(a, -1n)
export const subtractPolynomials = (a: Polynomial, b: Polynomial): Polynomial => addPolynomials(a, negatePolynomial(b))

/** Steps for the product of two terms: monomials are as long as their last generator, coefficients as their digits. */
function stepsOfTerm(a: Polynomial, b: Polynomial): number {
  const [p, q] = [heightOf(a), heightOf(b)]
  checkedBits(p + q)
  return 5 + Math.min(lengthOf(a), lengthOf(b)) / 2 + (p * q) / 32 + (p + q) / 8
}

/** Characters of the longest monomial. */
function lengthOf(a: Polynomial): number {
  let length = 0
  for (const m of a.keys()) if (m.length > length) length = m.length
  return length
}

export function multiplyPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size > b.size) return multiplyPolynomials(b, a)
  if (a.size === 0) return zeroPolynomial
  if (a.size === 1) {
    const [m, c] = a.entries().next().value!
    return scalePolynomial(b, c, m)
  }
  if (a.size * b.size > 20 * largestTermCount) bounded(Number.POSITIVE_INFINITY)
  spend(a.size * b.size * stepsOfTerm(a, b))
  const result = new Map<string, bigint>()
  for (const [m, c] of a) for (const [n, d] of b) accumulate(result, multiplyMonomials(m, n), c * d)
  bounded(result.size)
  return result
}

export function powerPolynomial(a: Polynomial, exponent: number): Polynomial {
  // No sum of terms has more digits than this power of its largest one: refused before the squaring starts.
  if (a.size === 1 && heightOf(a) > 1) checkedBits((heightOf(a) - 1) * exponent)
  let result = onePolynomial
  let square = a
  for (let k = exponent; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = multiplyPolynomials(result, square)
    if (k > 1) square = multiplyPolynomials(square, square)
  }
  return result
}

/** The monomial that comes last in lexicographic order of exponents, generator 0 weighing most; '' for zero. */
export function leadingMonomial(a: Polynomial): string {
  let best = ''
  for (const m of a.keys()) if (m > best) best = m
  return best
}

export const leadingCoefficient = (a: Polynomial): bigint => a.get(leadingMonomial(a)) ?? 0n

export const isConstant = (a: Polynomial): boolean => a.size === 0 || (a.size === 1 && a.has(''))

export const samePolynomial = (a: Polynomial, b: Polynomial): boolean => {
  if (a.size !== b.size) return false
  for (const [m, c] of a) if (b.get(m) !== c) return false
  return true
}

/** A string that two equal polynomials share. */
export function polynomialKey(a: Polynomial): string {
  let steps = 0
  const terms = [...a].map(([m, c]) => {
    steps += 4 + m.length / 16 + wordsOf(c)
    return `${m.length}:${m}${c} `
  })
  spend(steps)
  return terms.sort().join('')
}

export function degreeIn(a: Polynomial, id: number): number {
  let degree = 0
  for (const m of a.keys()) degree = Math.max(degree, exponentIn(m, id))
  return degree
}

/** Generators that occur, ascending. */
export function generatorsIn(a: Polynomial): readonly number[] {
  const found = new Set<number>()
  let steps = 0
  for (const m of a.keys()) {
    steps += 1 + m.length / 16
    for (let k = 0; k < m.length; k++) if (m.charCodeAt(k) > 0) found.add(k)
  }
  spend(steps)
  return [...found].sort((x, y) => x - y)
}

/** Coefficients of the powers of one generator. */
export function coefficientsIn(a: Polynomial, id: number): readonly Polynomial[] {
  const result: Map<string, bigint>[] = []
  spend(a.size * 4)
  for (const [m, c] of a) {
    const exponent = exponentIn(m, id)
    while (result.length <= exponent) result.push(new Map())
    result[exponent]!.set(exponent === 0 ? m : withExponent(m, id, 0), c)
  }
  return result
}

/** Exact quotient, or null where b does not divide a over the integers. */
export function dividePolynomials(a: Polynomial, b: Polynomial): Polynomial | null {
  if (b.size === 0) return null
  const lead = leadingMonomial(b)
  const leadCoefficient = b.get(lead)!
  if (b.size === 1) {
    const quotient = new Map<string, bigint>()
    for (const [m, c] of a) {
      const monomial = divideMonomials(m, lead)
      if (monomial === null || c % leadCoefficient !== 0n) return null
      quotient.set(monomial, c / leadCoefficient)
    }
    return quotient
  }
  const steps = b.size * stepsOfTerm(b, b)
  const rest = new Map(a)
  const quotient = new Map<string, bigint>()
  while (rest.size > 0) {
    spend(rest.size / 2 + steps)
    const top = leadingMonomial(rest)
    const coefficient = rest.get(top)!
    const monomial = divideMonomials(top, lead)
    if (monomial === null || coefficient % leadCoefficient !== 0n) return null
    const factor = coefficient / leadCoefficient
    quotient.set(monomial, factor)
    bounded(quotient.size)
    checkedBits(wordsOf(factor))
    for (const [m, c] of b) accumulate(rest, multiplyMonomials(m, monomial), -factor * c)
  }
  return quotient
}
