import { LimitError } from '../expression/errors.js'
import type { Expression } from '../expression/expression.js'
import type { Domain } from '../expression/notation.js'
import { spend } from '../numeric/budget.js'
import { type Interval, intervalOfPolynomial } from './interval.js'
import {
  addPolynomials,
  exponentIn,
  generatorPower,
  multiplyPolynomials,
  onePolynomial,
  type Polynomial,
  powerPolynomial,
  withExponent,
} from './polynomial.js'

export { everywhere, type Interval, positiveInterval } from './interval.js'

/** A quotient of polynomials in the generators of one table. */
export interface Fraction {
  readonly numerator: Polynomial
  readonly denominator: Polynomial
}

/** What is known of the quantities in a formula, by canonical name (of symbols, indexed quantities, functions). */
export interface Assumptions {
  /** Known to be positive. */
  readonly positive?: ReadonlySet<string>
  /** Where real quantities live; a domain inside the positive numbers implies `positive`. */
  readonly domains?: ReadonlyMap<string, Domain>
  /** Quantities that may be complex; all others are real. */
  readonly complex?: ReadonlySet<string>
}

/** One generator of the field in which normal forms live. */
export type Generator =
  /** A quantity or an unevaluated node, independent of all others. */
  | { readonly kind: 'atom'; readonly expression: Expression }
  | { readonly kind: 'imaginary' }
  /** exp(i pi / order): a primitive root of unity. */
  | { readonly kind: 'unity'; readonly order: number }
  /** clearing * (base / clearing^index)^(1/index); its index-th power is `base`. */
  | { readonly kind: 'root'; readonly base: Polynomial; readonly clearing: Polynomial; readonly index: number }
  /** exp(exponent / index). */
  | { readonly kind: 'exponential'; readonly exponent: Fraction; readonly index: number }
  | { readonly kind: 'logarithm'; readonly argument: Fraction }
  /** |argument| of a real polynomial. */
  | { readonly kind: 'absolute'; readonly argument: Polynomial }

/** generator^degree = value; a relation of degree 1 renames a generator that was superseded. */
export interface PolynomialRelation {
  readonly degree: number
  readonly value: Polynomial
}

interface Entry {
  readonly generator: Generator
  readonly real: boolean
  readonly interval: Interval
}

/** More generators than this in one computation are refused. */
const largestTable = 10_000

/** The generators met so far with the relations between them. Grows while expressions are normalised; forms of one table can be compared. */
export class GeneratorTable {
  private readonly entries: Entry[] = []
  private readonly ids = new Map<string, number>()
  private readonly relations = new Map<number, PolynomialRelation>()
  private readonly reduced = new WeakMap<Polynomial, number>()
  private version = 0

  constructor(readonly assumptions: Assumptions = {}) {}

  /** The generator registered under `key`, if any. */
  find(key: string): number | undefined {
    return this.ids.get(key)
  }

  register(
    key: string,
    generator: Generator,
    real: boolean,
    interval: Interval,
    relation?: PolynomialRelation,
  ): number {
    const known = this.ids.get(key)
    if (known !== undefined) return known
    const id = this.entries.length
    if (id >= largestTable)
      throw new LimitError(`the formula is too large to decide exactly: more than ${largestTable} independent parts`)
    spend(20)
    this.entries.push({ generator, real, interval })
    this.ids.set(key, id)
    if (relation) this.relate(id, relation)
    return id
  }

  relate(id: number, relation: PolynomialRelation): void {
    this.relations.set(id, relation)
    this.version++
  }

  relationOf(id: number): PolynomialRelation | undefined {
    return this.relations.get(id)
  }

  generator(id: number): Generator {
    return this.entries[id]!.generator
  }

  get size(): number {
    return this.entries.length
  }

  isReal(a: Polynomial): boolean {
    spend(a.size)
    for (const m of a.keys())
      for (let k = 0; k < m.length; k++) if (m.charCodeAt(k) > 0 && !this.entries[k]!.real) return false
    return true
  }

  /** Bounds term by term: sound, not sharp. */
  intervalOf(a: Polynomial): Interval {
    return intervalOfPolynomial(a, (id) => this.entries[id]!.interval)
  }

  /** Whether a polynomial is known to be positive. */
  isPositive(a: Polynomial): boolean {
    if (a.size === 0 || !this.isReal(a)) return false
    const { low, openLow } = this.intervalOf(a)
    return low > 0 || (low === 0 && openLow)
  }

  /** The polynomial with every relation applied. */
  reduce(a: Polynomial): Polynomial {
    if (this.relations.size === 0 || this.reduced.get(a) === this.version) return a
    let current = a
    for (;;) {
      spend(10 + current.size)
      const next = this.reduceOnce(current)
      if (next === current) break
      current = next
    }
    this.reduced.set(current, this.version)
    return current
  }

  private reduceOnce(a: Polynomial): Polynomial {
    const kept = new Map<string, bigint>()
    let changed: Polynomial = new Map()
    let touched = false
    for (const [m, c] of a) {
      spend(m.length / 4)
      const factor: { rest: string; value: Polynomial } = { rest: m, value: onePolynomial }
      for (let id = m.length - 1; id >= 0; id--) {
        const exponent = exponentIn(m, id)
        const relation = exponent > 0 ? this.relations.get(id) : undefined
        if (!relation || exponent < relation.degree) continue
        factor.rest = withExponent(factor.rest, id, exponent % relation.degree)
        const times = Math.floor(exponent / relation.degree)
        factor.value = multiplyPolynomials(factor.value, powerPolynomial(relation.value, times))
      }
      if (factor.rest === m) kept.set(m, c)
      else {
        touched = true
        changed = addPolynomials(changed, multiplyPolynomials(new Map([[factor.rest, c]]), factor.value))
      }
    }
    return touched ? addPolynomials(kept, changed) : a
  }

  /** One generator as a polynomial. */
  power(id: number, exponent = 1): Polynomial {
    return generatorPower(id, exponent)
  }
}
