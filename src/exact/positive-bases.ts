import { LimitError } from '../expression/errors.js'
import { spend } from '../numeric/budget.js'
import { type FractionField, fractionKey } from './fraction.js'
import { gcdIntegers, gcdPolynomials } from './gcd.js'
import { everywhere, type Fraction, type GeneratorTable, positiveInterval } from './generators.js'
import { factorInteger } from './integers.js'
import {
  constantPolynomial,
  dividePolynomials,
  isConstant,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  polynomialKey,
  samePolynomial,
} from './polynomial.js'
import { floorOf, type Rational } from './rational.js'

/** Roots of higher index are refused (LimitError). */
export const largestIndex = 2000

/** Roots and logarithms of polynomials known to be positive, over a pool of pairwise coprime bases. */
export class PositiveBases {
  private readonly table: GeneratorTable
  private bases: Polynomial[] = []
  /** The root of largest index of each base. */
  private readonly current = new Map<string, number>()

  constructor(private readonly field: FractionField) {
    this.table = field.table
  }

  /** A positive polynomial over the pool of coprime bases, which is refined where the two share a factor. */
  refined(a: Polynomial): readonly (readonly [Polynomial, number])[] {
    if (isConstant(a)) return factorInteger(a.get('') ?? 1n).map(([p, k]) => [constantPolynomial(p), k])
    for (const base of this.bases) {
      spend(10)
      if (samePolynomial(base, a)) return [[base, 1]]
      const g = gcdPolynomials(a, base)
      if (isConstant(g)) continue
      const positive = this.table.isPositive(g) ? g : negatePolynomial(g)
      const restOfBase = dividePolynomials(base, positive)!
      const restOfA = dividePolynomials(a, positive)!
      if (!this.table.isPositive(positive) || !this.table.isPositive(restOfA)) continue
      if (!isConstant(restOfBase)) {
        if (!this.table.isPositive(restOfBase)) continue
        this.bases = this.bases.filter((b) => b !== base)
        this.bases.push(positive, restOfBase)
        this.replaceBase(base, positive, restOfBase)
      }
      return [...this.refined(positive), ...this.refined(restOfA)]
    }
    this.bases.push(a)
    return [[a, 1]]
  }

  /** Roots and logarithms of a base that turned out to be a product become products and sums. */
  private replaceBase(base: Polynomial, first: Polynomial, second: Polynomial): void {
    const key = polynomialKey(base)
    const root = this.table.find(`root ${key}`)
    if (root !== undefined) {
      const generator = this.table.generator(this.latest(`root ${key}`))
      if (generator.kind === 'root') {
        const part: Rational = [1n, BigInt(generator.index)]
        const image = this.field.multiply(this.root(first, part), this.root(second, part))
        this.table.relate(this.latest(`root ${key}`), { degree: 1, value: image.numerator })
      }
    }
    const logarithm = this.table.find(`log ${fractionKey(this.field.polynomial(base))}`)
    if (logarithm !== undefined) {
      const image = this.field.add(this.log(first), this.log(second))
      this.table.relate(logarithm, { degree: 1, value: image.numerator })
    }
  }

  private latest(key: string): number {
    return this.current.get(key) ?? this.table.find(key)!
  }

  /** base^(p/q) of a positive polynomial. */
  root(base: Polynomial, exponent: Rational): Fraction {
    const [p, q] = exponent
    const { field, table } = this
    const whole = floorOf(p, q)
    const rest = p - whole * q
    if (whole > 20_000n || whole < -20_000n) throw new LimitError(`a power of ${whole}; at most 20000 is carried out`)
    const integral = field.power(field.polynomial(base), Number(whole))
    if (rest === 0n) return integral
    const key = `root ${polynomialKey(base)}`
    const known = this.current.get(key)
    const knownGenerator = known === undefined ? undefined : table.generator(known)
    const index = knownGenerator?.kind === 'root' ? BigInt(knownGenerator.index) : 1n
    const wide = (index / gcdIntegers(index, q)) * q
    if (wide > BigInt(largestIndex))
      throw new LimitError(`a root of index ${wide}; at most ${largestIndex} is carried out`)
    let id = known
    if (id === undefined || wide !== index) {
      id = table.register(
        id === undefined ? key : `${key} index ${wide}`,
        { kind: 'root', base, clearing: onePolynomial, index: Number(wide) },
        true,
        positiveInterval,
        { degree: Number(wide), value: base },
      )
      if (known !== undefined) table.relate(known, { degree: 1, value: table.power(id, Number(wide / index)) })
      this.current.set(key, id)
    }
    return field.multiply(integral, field.generator(id, Number((rest * wide) / q)))
  }

  /** log of a base. */
  log(base: Polynomial): Fraction {
    const argument = this.field.polynomial(base)
    const id = this.table.register(`log ${fractionKey(argument)}`, { kind: 'logarithm', argument }, true, everywhere)
    return this.field.generator(id)
  }
}
