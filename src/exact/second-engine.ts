import type { Expression } from '../expression/expression.js'
import { exactly } from '../numeric/budget.js'
import type { Assumptions, Fraction } from './generators.js'
import { Normalizer } from './normalizer.js'
import type { Polynomial } from './polynomial.js'

/** A computer algebra system that is asked for its opinion and never judges. */
export interface SecondEngine {
  readonly name: string
  /** Opinion on whether two formulas are equal; `no opinion` outside polynomial identities, beyond size bounds, or on any failure. */
  equal(a: Expression, b: Expression, assumptions?: Assumptions): 'equal' | 'different' | 'no opinion'
}

/** Longest text handed over: expansion time is bounded by it. */
const largestText = 4000

/** Most terms that what is handed over may expand to. */
const largestExpansion = 5000

/** An unexpanded fraction as text, in variables v0, v1, …, with a bound on the terms that numerator and denominator expand to. */
interface TextFraction {
  readonly above: string
  readonly below: string
  readonly terms: number
}

/** Terms of the n-th power of a sum of t terms: the ways to choose n of t with repetition. */
function termsOfPower(t: number, n: number): number {
  let count = 1
  for (let k = 1; k <= n; k++) count = (count * (t + k - 1)) / k
  return count
}

class NoOpinion extends Error {}

/**
 * Writes a formula for the other engine: sums, products and whole powers keep their shape, so that it does the
 * expanding; everything else is a generator's number. No text of a paper reaches it.
 */
class Translator {
  constructor(private readonly normalizer: Normalizer) {}

  difference(a: Expression, b: Expression): string {
    const [x, y] = [this.of(a), this.of(b)]
    this.counted(2 * x.terms * y.terms)
    return this.bounded(`(${x.above})*(${y.below})-(${y.above})*(${x.below})`)
  }

  private bounded(text: string): string {
    if (text.length > largestText) throw new NoOpinion()
    return text
  }

  private counted(terms: number): number {
    if (terms > largestExpansion) throw new NoOpinion()
    return terms
  }

  private of(e: Expression): TextFraction {
    switch (e.kind) {
      case 'number':
        return { above: `(${e.numerator})`, below: String(e.denominator), terms: 1 }
      case 'sum':
        return e.terms
          .map((t) => this.of(t))
          .reduce((x, y) =>
            x.below === y.below
              ? { above: this.bounded(`${x.above}+${y.above}`), below: x.below, terms: this.counted(x.terms + y.terms) }
              : {
                  above: this.bounded(`(${x.above})*(${y.below})+(${y.above})*(${x.below})`),
                  below: this.bounded(`(${x.below})*(${y.below})`),
                  terms: this.counted(2 * x.terms * y.terms),
                },
          )
      case 'product':
        return e.factors
          .map((f) => this.of(f))
          .reduce((x, y) => ({
            above: this.bounded(`(${x.above})*(${y.above})`),
            below: x.below === '1' ? y.below : y.below === '1' ? x.below : this.bounded(`(${x.below})*(${y.below})`),
            terms: this.counted(x.terms * y.terms),
          }))
      case 'power': {
        const { exponent } = e
        if (
          exponent.kind !== 'number' ||
          exponent.denominator !== 1n ||
          exponent.numerator > 12n ||
          exponent.numerator < -12n
        )
          return this.leaf(e)
        const base = this.of(e.base)
        const n = Number(exponent.numerator)
        const terms = this.counted(termsOfPower(base.terms, Math.abs(n)))
        return n >= 0
          ? { above: `(${base.above})^${n}`, below: base.below === '1' ? '1' : `(${base.below})^${n}`, terms }
          : { above: `(${base.below})^${-n}`, below: `(${base.above})^${-n}`, terms }
      }
      default:
        return this.leaf(e)
    }
  }

  private leaf(e: Expression): TextFraction {
    const form: Fraction = this.normalizer.of(e)
    return {
      above: this.polynomial(form.numerator),
      below: this.polynomial(form.denominator),
      terms: this.counted(Math.max(1, form.numerator.size, form.denominator.size)),
    }
  }

  private polynomial(p: Polynomial): string {
    const terms = [...p].map(([m, c]) => {
      const factors = [...m].flatMap((x, id) => (x === '\0' ? [] : [this.generator(id, x.charCodeAt(0))]))
      return [`(${c})`, ...factors].join('*')
    })
    return terms.length === 1 && p.get('') === 1n ? '1' : terms.length === 0 ? '0' : terms.join('+')
  }

  /** A generator's power; roots of one generator are the variable, and that generator its power. */
  private generator(id: number, exponent: number): string {
    const { table } = this.normalizer
    const root = this.rootOf(id)
    if (root) return `v${root.id}^${exponent * root.index}`
    if (table.generator(id).kind === 'imaginary') return `i^${exponent}`
    const relation = table.relationOf(id)
    // Other algebraic generators would need their relations, which the other engine is not trusted with.
    if (relation && !this.isPlainRoot(id)) throw new NoOpinion()
    return `v${id}^${exponent}`
  }

  private isPlainRoot(id: number): boolean {
    const { table } = this.normalizer
    for (let k = 0; k < table.size; k++) if (this.rootOf(k)?.id === id) return true
    return false
  }

  private rootOf(id: number): { readonly id: number; readonly index: number } | null {
    const { table } = this.normalizer
    const own = table.power(id)
    for (let k = 0; k < table.size; k++) {
      const generator = table.generator(k)
      const relation = table.relationOf(k)
      if (generator.kind !== 'root' || !relation || relation.degree !== generator.index) continue
      if (relation.value.size === 1 && relation.value.get([...own.keys()][0]!) === 1n)
        return { id: k, index: generator.index }
    }
    return null
  }
}

/** The part of nerdamer-prime that is used. */
interface Expanding {
  expand(text: string): { toString(): string }
}

/** nerdamer-prime behind the narrow interface, loaded only when asked for. */
export async function loadSecondEngine(): Promise<SecondEngine> {
  const module = (await import('nerdamer-prime')) as unknown as { default: Expanding }
  const engine = module.default
  return {
    name: 'nerdamer-prime',
    equal(a, b, assumptions = {}) {
      try {
        const normalizer = new Normalizer(assumptions)
        // All generators are met before any is written, so that roots and their bases agree.
        exactly(() => {
          normalizer.of(a)
          normalizer.of(b)
        })
        const text = exactly(() => new Translator(normalizer).difference(a, b))
        return engine.expand(text).toString() === '0' ? 'equal' : 'different'
      } catch {
        // Whatever goes wrong inside an engine that only witnesses is no evidence either way.
        return 'no opinion'
      }
    },
  }
}
