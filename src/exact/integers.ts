import { gcdIntegers } from './gcd.js'
import type { PolynomialRelation } from './generators.js'
import {
  addPolynomials,
  constantPolynomial,
  dividePolynomials,
  generatorPower,
  leadingMonomial,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  subtractPolynomials,
} from './polynomial.js'

/** Prime factors up to 10^4 by trial division; what is left, if any, stands as one factor (its exact root taken if it is a square). */
export function factorInteger(value: bigint): readonly (readonly [bigint, number])[] {
  let rest = value < 0n ? -value : value
  const factors: (readonly [bigint, number])[] = []
  for (let p = 2n; p <= 10_000n && p * p <= rest; p += p === 2n ? 1n : 2n) {
    let count = 0
    while (rest % p === 0n) {
      rest /= p
      count++
    }
    if (count > 0) factors.push([p, count])
  }
  if (rest > 1n) {
    const root = integerRoot(rest)
    factors.push(root * root === rest ? [root, 2] : [rest, 1])
  }
  return factors
}

function integerRoot(value: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (x + value / x) / 2n
    if (next >= x) return x
    x = next
  }
}

const cyclotomic = (n: number, id: number): Polynomial => {
  let result: Polynomial = subtractPolynomials(generatorPower(id, n), onePolynomial)
  for (let d = 1; d < n; d++) if (n % d === 0) result = dividePolynomials(result, cyclotomic(d, id))!
  return result
}

/** The relation of exp(i pi / order): its minimal polynomial is the cyclotomic polynomial of 2 order. */
export function cyclotomicRelation(order: number, id: number): PolynomialRelation {
  const polynomial = cyclotomic(2 * order, id)
  const lead = leadingMonomial(polynomial)
  const degree = lead.charCodeAt(id)
  const rest = addPolynomials(polynomial, negatePolynomial(new Map([[lead, 1n]])))
  return { degree, value: negatePolynomial(rest) }
}

/** n! for a whole number. */
export function factorial(n: bigint): bigint {
  let result = 1n
  for (let k = 2n; k <= n; k++) result *= k
  return result
}

export const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / gcdIntegers(a, b)) * b

export const constant = constantPolynomial
