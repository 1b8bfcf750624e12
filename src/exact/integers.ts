import { spend } from '../numeric/budget.js'
import { wordsOf } from '../numeric/words.js'
import type { PolynomialRelation } from './generators.js'
import { constantPolynomial, monomialOf } from './polynomial.js'

/** Prime factors up to 10^4 by trial division; what is left, if any, stands as one factor (its exact root taken if it is a square). */
export function factorInteger(value: bigint): readonly (readonly [bigint, number])[] {
  let rest = value < 0n ? -value : value
  const factors: (readonly [bigint, number])[] = []
  const words = wordsOf(rest)
  if (words > 1) spend(5000 * (1 + words / 20))
  for (let p = 2n; p <= 10_000n && p * p <= rest; p += p === 2n ? 1n : 2n) {
    let count = 0
    while (rest % p === 0n) {
      spend(words / 10)
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

/** The largest order of a root of unity that is carried out. */
export const largestOrderOfUnity = 2000

/**
 * The relation of exp(i pi / order) for a prime-power order p^k: its minimal polynomial is the cyclotomic polynomial of
 * 2 order, x^(2^k) + 1 for p = 2, else 1 - y + y^2 - … + y^(p-1) with y = x^(p^(k-1)).
 */
export function cyclotomicRelation(order: number, id: number): PolynomialRelation {
  const p = Number(factorInteger(BigInt(order))[0]![0])
  if (p === 2) return { degree: order, value: constantPolynomial(-1n) }
  const step = order / p
  const value = new Map<string, bigint>()
  for (let j = 0; j < p - 1; j++) value.set(monomialOf(id, j * step), j % 2 === 0 ? -1n : 1n)
  return { degree: (p - 1) * step, value }
}

/** n! for a whole number. */
export function factorial(n: bigint): bigint {
  let result = 1n
  for (let k = 2n; k <= n; k++) result *= k
  return result
}

/** An integer for a message: digits left out where there are many. */
export function shortened(value: bigint): string {
  const text = String(value)
  return text.length <= 24 ? text : `${text.slice(0, 8)}… (${text.length} digits)`
}
