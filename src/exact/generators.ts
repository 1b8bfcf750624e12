import type { Expression } from '../expression/expression.js'
import type { Domain } from '../expression/notation.js'
import {
  addPolynomials,
  exponentIn,
  generatorPower,
  multiplyPolynomials,
  onePolynomial,
  type Polynomial,
  withExponent,
} from './polynomial.js'

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

/** The range of values of a generator or polynomial, ends excluded where open. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly openLow: boolean
  readonly openHigh: boolean
}

interface Entry {
  readonly generator: Generator
  readonly real: boolean
  readonly interval: Interval
}

export const everywhere: Interval = { low: -Infinity, high: Infinity, openLow: true, openHigh: true }
export const positiveInterval: Interval = { low: 0, high: Infinity, openLow: true, openHigh: true }

function productInterval(a: Interval, b: Interval): Interval {
  const ends = [
    [a.low, a.openLow, b.low, b.openLow],
    [a.low, a.openLow, b.high, b.openHigh],
    [a.high, a.openHigh, b.low, b.openLow],
    [a.high, a.openHigh, b.high, b.openHigh],
  ] as const
  let low = Infinity
  let high = -Infinity
  let openLow = true
  let openHigh = true
  for (const [x, openX, y, openY] of ends) {
    const value = x === 0 || y === 0 ? 0 : x * y
    // A zero end that is attained makes the product attain zero whatever the other end does.
    const open = (openX || openY) && !((x === 0 && !openX) || (y === 0 && !openY))
    if (value < low) [low, openLow] = [value, open]
    else if (value === low) openLow = openLow && open
    if (value > high) [high, openHigh] = [value, open]
    else if (value === high) openHigh = openHigh && open
  }
  return { low, high, openLow, openHigh }
}

function powerInterval(a: Interval, exponent: number): Interval {
  let result = a
  for (let k = 1; k < exponent; k++) result = productInterval(result, a)
  if (exponent % 2 === 1 || result.low >= 0) return result
  return { ...result, low: 0, openLow: false }
}

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
    for (const m of a.keys())
      for (let k = 0; k < m.length; k++) if (m.charCodeAt(k) > 0 && !this.entries[k]!.real) return false
    return true
  }

  /** Bounds term by term: sound, not sharp. */
  intervalOf(a: Polynomial): Interval {
    let sum: Interval = { low: 0, high: 0, openLow: false, openHigh: false }
    for (const [m, c] of a) {
      const scale = Number(c)
      let term: Interval = { low: scale, high: scale, openLow: false, openHigh: false }
      for (let k = 0; k < m.length; k++) {
        const exponent = m.charCodeAt(k)
        if (exponent > 0) term = productInterval(term, powerInterval(this.entries[k]!.interval, exponent))
      }
      sum = {
        low: sum.low + term.low,
        high: sum.high + term.high,
        openLow: sum.openLow || term.openLow,
        openHigh: sum.openHigh || term.openHigh,
      }
    }
    return sum
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
      const factor: { rest: string; value: Polynomial } = { rest: m, value: onePolynomial }
      for (let id = m.length - 1; id >= 0; id--) {
        const exponent = exponentIn(m, id)
        const relation = exponent > 0 ? this.relations.get(id) : undefined
        if (!relation || exponent < relation.degree) continue
        factor.rest = withExponent(factor.rest, id, exponent % relation.degree)
        for (let k = 0; k < Math.floor(exponent / relation.degree); k++)
          factor.value = multiplyPolynomials(factor.value, relation.value)
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
