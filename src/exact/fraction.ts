import { DomainError } from '../expression/errors.js'
import { spend, withinBudget } from '../numeric/budget.js'
import { contentOf, gcdIntegers, gcdPolynomials } from './gcd.js'
import type { Fraction, GeneratorTable } from './generators.js'
import {
  addPolynomials,
  constantPolynomial,
  degreeIn,
  dividePolynomials,
  generatorsIn,
  isConstant,
  leadingCoefficient,
  multiplyPolynomials,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  polynomialKey,
  powerPolynomial,
  samePolynomial,
  trimmed,
  zeroPolynomial,
} from './polynomial.js'

export const zeroFraction: Fraction = { numerator: zeroPolynomial, denominator: onePolynomial }
export const oneFraction: Fraction = { numerator: onePolynomial, denominator: onePolynomial }

export const isZeroFraction = (a: Fraction): boolean => a.numerator.size === 0

/** The value of a fraction without generators, or null. */
export function rationalValue(a: Fraction): readonly [bigint, bigint] | null {
  if (!isConstant(a.numerator) || !isConstant(a.denominator)) return null
  return [a.numerator.get('') ?? 0n, a.denominator.get('') ?? 1n]
}

/** A string that equal fractions of one table share. */
export const fractionKey = (a: Fraction): string => `${polynomialKey(a.numerator)}/${polynomialKey(a.denominator)}`

/** What clearing one denominator of roots may take; beyond it they stay there. */
const rationalisingSteps = 2_000_000

/** Arithmetic of fractions in one generator table: relations applied, roots cleared from denominators, lowest terms, positive leading denominator. */
export class FractionField {
  constructor(readonly table: GeneratorTable) {}

  rational(numerator: bigint, denominator = 1n): Fraction {
    const g = gcdIntegers(numerator, denominator) || 1n
    const s = denominator < 0n ? -1n : 1n
    return {
      numerator: constantPolynomial((s * numerator) / g),
      denominator: constantPolynomial((s * denominator) / g),
    }
  }

  generator(id: number, exponent = 1): Fraction {
    const value = this.table.power(id, Math.abs(exponent))
    return exponent >= 0 ? this.of(value, onePolynomial) : this.of(onePolynomial, value)
  }

  polynomial(a: Polynomial): Fraction {
    return this.of(a, onePolynomial)
  }

  /** The canonical form of numerator / denominator. Throws DomainError where the denominator vanishes identically. */
  of(numerator: Polynomial, denominator: Polynomial): Fraction {
    spend(5)
    let n = this.table.reduce(numerator)
    let d = this.table.reduce(denominator)
    if (d.size === 0) throw new DomainError('division by an expression that is identically zero')
    if (n.size === 0) return zeroFraction
    ;[n, d] = withinBudget<readonly [Polynomial, Polynomial]>(
      rationalisingSteps,
      () => this.rationalised(n, d),
      () => [n, d],
    )
    if (!samePolynomial(d, onePolynomial)) {
      const g = gcdPolynomials(n, d)
      if (!samePolynomial(g, onePolynomial)) {
        n = dividePolynomials(n, g) ?? n
        d = dividePolynomials(d, g) ?? d
      }
      if (leadingCoefficient(d) < 0n) {
        n = negatePolynomial(n)
        d = negatePolynomial(d)
      }
    }
    return { numerator: n, denominator: d }
  }

  /** Clears generators with g^2 = value, and powers of roots, from the denominator, latest first. */
  private rationalised(numerator: Polynomial, denominator: Polynomial): [Polynomial, Polynomial] {
    let n = numerator
    let d = denominator
    for (const id of [...generatorsIn(d)].reverse()) {
      const relation = this.table.relationOf(id)
      const degree = degreeIn(d, id)
      if (!relation || degree === 0 || degreeIn(relation.value, id) > 0 || d.size > 60 || n.size > 2000) continue
      let factor: Polynomial
      if (d.size === 1) factor = this.table.power(id, relation.degree - degree)
      else if (relation.degree === 2) {
        const conjugate = new Map<string, bigint>()
        for (const [m, c] of d) conjugate.set(m, (m.length > id ? m.charCodeAt(id) : 0) % 2 === 1 ? -c : c)
        factor = conjugate
      } else continue
      const norm = this.table.reduce(multiplyPolynomials(d, factor))
      if (norm.size === 0) continue
      d = norm
      n = this.table.reduce(multiplyPolynomials(n, factor))
    }
    return [n, d]
  }

  add(a: Fraction, b: Fraction): Fraction {
    if (a.numerator.size === 0) return b
    if (b.numerator.size === 0) return a
    if (samePolynomial(a.denominator, b.denominator))
      return this.of(addPolynomials(a.numerator, b.numerator), a.denominator)
    const g = gcdPolynomials(a.denominator, b.denominator)
    const left = dividePolynomials(a.denominator, g)!
    const right = dividePolynomials(b.denominator, g)!
    return this.of(
      addPolynomials(multiplyPolynomials(a.numerator, right), multiplyPolynomials(b.numerator, left)),
      multiplyPolynomials(left, b.denominator),
    )
  }

  negate(a: Fraction): Fraction {
    return { numerator: negatePolynomial(a.numerator), denominator: a.denominator }
  }

  subtract(a: Fraction, b: Fraction): Fraction {
    return this.add(a, this.negate(b))
  }

  multiply(a: Fraction, b: Fraction): Fraction {
    if (a === oneFraction) return b
    if (b === oneFraction) return a
    return this.of(multiplyPolynomials(a.numerator, b.numerator), multiplyPolynomials(a.denominator, b.denominator))
  }

  invert(a: Fraction): Fraction {
    return this.of(a.denominator, a.numerator)
  }

  divide(a: Fraction, b: Fraction): Fraction {
    return this.of(multiplyPolynomials(a.numerator, b.denominator), multiplyPolynomials(a.denominator, b.numerator))
  }

  power(a: Fraction, exponent: number): Fraction {
    if (exponent === 0) return oneFraction
    const n = powerPolynomial(a.numerator, Math.abs(exponent))
    const d = powerPolynomial(a.denominator, Math.abs(exponent))
    return exponent > 0 ? this.of(n, d) : this.of(d, n)
  }

  sum(items: readonly Fraction[]): Fraction {
    // Terms with one denominator are gathered first: a sum of many monomials then needs one gcd, not many.
    const groups = new Map<string, Fraction>()
    for (const item of items) {
      const key = polynomialKey(item.denominator)
      const known = groups.get(key)
      groups.set(
        key,
        known ? { numerator: addPolynomials(known.numerator, item.numerator), denominator: item.denominator } : item,
      )
    }
    return [...groups.values()]
      .map((f) => this.of(f.numerator, f.denominator))
      .reduce((a, b) => this.add(a, b), zeroFraction)
  }

  /** a with generators replaced by fractions; the others stay. */
  substitute(a: Fraction, images: ReadonlyMap<number, Fraction>): Fraction {
    const image = (p: Polynomial): Fraction => {
      const terms: Fraction[] = []
      for (const [m, c] of p) {
        spend(2 + m.length)
        let kept = ''
        let term = oneFraction
        for (let k = 0; k < m.length; k++) {
          const exponent = m.charCodeAt(k)
          const to = exponent > 0 ? images.get(k) : undefined
          kept += String.fromCharCode(to ? 0 : exponent)
          if (to) term = this.multiply(term, this.power(to, exponent))
        }
        terms.push(this.multiply(term, this.of(new Map([[trimmed(kept), c]]), onePolynomial)))
      }
      return this.sum(terms)
    }
    return this.divide(image(a.numerator), image(a.denominator))
  }

  /** Whether two fractions are equal, however they were reduced. */
  same(a: Fraction, b: Fraction): boolean {
    return isZeroFraction(this.subtract(a, b))
  }
}

/** Content of a fraction: the rational number c with a = c * (primitive numerator) / (primitive denominator). */
export const fractionContent = (a: Fraction): readonly [bigint, bigint] => [
  contentOf(a.numerator),
  contentOf(a.denominator),
]
