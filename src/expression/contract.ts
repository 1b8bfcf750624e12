/** Einstein's convention: a letter that occurs in exactly two factors of a product is summed over its family. */
import { children, type Expression, multiply } from './expression.js'
import type { IndexFamily } from './notation.js'
import type { Vocabulary } from './vocabulary.js'

/** The family over which a repeated letter is summed, or null for letters that are not. */
export const summedFamily = (vocabulary: Vocabulary, letter: string): IndexFamily | null =>
  vocabulary.families.get(letter)?.find((f) => f.summedWhenRepeated) ?? null

type Counts = ReadonlyMap<string, number>
const none: Counts = new Map()

function merge(all: readonly Counts[], how: (a: number, b: number) => number): Counts {
  const nonempty = all.filter((m) => m.size > 0)
  if (nonempty.length <= 1) return nonempty[0] ?? none
  const result = new Map<string, number>()
  for (const counts of nonempty) for (const [letter, n] of counts) result.set(letter, how(result.get(letter) ?? 0, n))
  return result
}
const plus = (a: number, b: number): number => a + b

/** Reads the free summed letters of expressions; remembers what it has seen. */
export class LetterCounter {
  readonly #vocabulary: Vocabulary
  readonly #seen = new WeakMap<Expression, Counts>()

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /** How often each summed letter stands free in `e`, as a factor: a sum has it once if its terms have it once. */
  counts(e: Expression): Counts {
    const known = this.#seen.get(e)
    if (known) return known
    const result = this.#compute(e)
    this.#seen.set(e, result)
    return result
  }

  #compute(e: Expression): Counts {
    const below = (): Counts[] => children(e).map((c) => this.counts(c))
    switch (e.kind) {
      case 'product':
      case 'matrixProduct':
        return merge(below(), plus)
      case 'indexed':
      case 'apply': {
        const letters = e.indices.flatMap(({ index }) =>
          index.letter !== null && summedFamily(this.#vocabulary, index.letter) ? [index.letter] : [],
        )
        const own = merge(
          letters.map((l) => new Map([[l, 1]])),
          plus,
        )
        return e.kind === 'indexed' ? own : merge([own, ...below()], Math.max)
      }
      case 'power': {
        if (e.exponent.kind !== 'number') return merge(below(), Math.max)
        // A denominator is a group of its own: its letters do not pair with the numerator's.
        if (e.exponent.numerator < 0n) return none
        const times = e.exponent.denominator === 1n ? Number(e.exponent.numerator) : 1
        return new Map([...this.counts(e.base)].map(([letter, n]) => [letter, n * times]))
      }
      case 'indexedSum':
      case 'indexedProduct': {
        const inner = new Map(this.counts(e.body))
        if (typeof e.index === 'string') inner.delete(e.index)
        return inner
      }
      default:
        return merge(below(), Math.max)
    }
  }
}

/** What went wrong in a contraction: the reader adds the place. */
export class ContractionProblem extends Error {}

function wrap(vocabulary: Vocabulary, letters: readonly string[], body: Expression): Expression {
  return letters.reduceRight<Expression>(
    (inner, letter) => ({
      kind: 'indexedSum',
      index: letter,
      range: { kind: 'family', family: summedFamily(vocabulary, letter)!.name },
      body: inner,
    }),
    body,
  )
}

/**
 * The product of `factors` with its repeated letters summed, each over the fewest factors that hold both occurrences.
 * Letters in `bound` belong to a sum written out around the product and stay.
 *
 * @throws ContractionProblem where a letter occurs three times or more.
 */
export function contractProduct(
  counter: LetterCounter,
  vocabulary: Vocabulary,
  factors: readonly Expression[],
  bound: readonly string[],
): Expression {
  const flat = factors.flatMap((f) => (f.kind === 'product' ? f.factors : [f]))
  const holders = new Map<string, number[]>()
  const totals = new Map<string, number>()
  flat.forEach((factor, i) => {
    for (const [letter, n] of counter.counts(factor)) {
      if (bound.includes(letter)) continue
      holders.set(letter, [...(holders.get(letter) ?? []), i])
      totals.set(letter, (totals.get(letter) ?? 0) + n)
    }
  })
  // One factor that holds a letter twice by itself: W_{\alpha\alpha} is a trace; a power is left as it stands.
  const repeated = [...holders].filter(([letter, at]) => {
    const total = totals.get(letter)!
    if (at.length === 1) return total === 2 && ['indexed', 'matrixProduct'].includes(flat[at[0]!]!.kind)
    if (total > 2)
      throw new ContractionProblem(
        `the index \`${letter}\` occurs ${total} times in one product: a repeated index must occur exactly twice`,
      )
    return true
  })
  if (repeated.length === 0) return multiply(...flat)
  // Factors linked by common letters are summed together; the others stay outside.
  const groups: { at: Set<number>; letters: string[] }[] = []
  for (const [letter, at] of repeated) {
    const linked = groups.filter((g) => at.some((i) => g.at.has(i)))
    const merged = {
      at: new Set([...linked.flatMap((g) => [...g.at]), ...at]),
      letters: [...linked.flatMap((g) => g.letters), letter],
    }
    for (const g of linked) groups.splice(groups.indexOf(g), 1)
    groups.push(merged)
  }
  const inside = new Set(groups.flatMap((g) => [...g.at]))
  return multiply(
    ...flat.filter((_, i) => !inside.has(i)),
    ...groups.map((g) => wrap(vocabulary, g.letters, multiply(...flat.filter((_, i) => g.at.has(i))))),
  )
}

/** Letters summed at the top of a term, as factors of it. */
function summedAtTop(vocabulary: Vocabulary, e: Expression): readonly string[] {
  if (e.kind === 'product') return e.factors.flatMap((f) => summedAtTop(vocabulary, f))
  if (e.kind !== 'indexedSum' || typeof e.index !== 'string' || !summedFamily(vocabulary, e.index)) return []
  return [e.index, ...summedAtTop(vocabulary, e.body)]
}

/** A letter that is free in one term of a sum and repeated in another, or null. */
export function inconsistentLetter(
  counter: LetterCounter,
  vocabulary: Vocabulary,
  terms: readonly Expression[],
  bound: readonly string[],
): string | null {
  if (terms.length < 2) return null
  const summed = new Set(terms.flatMap((t) => summedAtTop(vocabulary, t)).filter((letter) => !bound.includes(letter)))
  if (summed.size === 0) return null
  for (const term of terms) for (const letter of counter.counts(term).keys()) if (summed.has(letter)) return letter
  return null
}
