/** Sums and products over index letters and quantities. */
import {
  children,
  type Expression,
  type IndexedNode,
  type IndexedSumNode,
  type MeasureIntegralNode,
  multiply,
  one,
  type Range,
} from './expression.js'
import { readConfigurationsBelow } from './read-configurations.js'
import { scriptedLetter } from './read-index.js'
import { binding, expectText, fail, isNext, peek, type ReadState, take, takeGroup, within } from './read-state.js'
import { readSymbol, takeName } from './read-symbols.js'
import type { Token } from './tokens.js'

/** Letters below one sum. */
const most = 16

export type BoundIndex = { readonly index: string | IndexedNode; readonly range: Range }

function takeLetter(s: ReadState): string {
  let letter = take(s, 'an index letter').text
  for (; isNext(s, "'"); s.position++) letter += "'"
  return letter
}

/** A letter on its own is bound as it stands; anything with scripts is the declared quantity. */
function readSumIndex(s: ReadState): string | IndexedNode {
  const start = s.position
  const token = peek(s)
  if (token?.kind !== 'name') fail(s, 'expected an index letter')
  const composite = scriptedLetter(s.vocabulary, s.tokens.slice(start, s.end), 0)
  if (composite !== null) {
    s.position = start + composite.behind
    return composite.letter
  }
  const letter = takeLetter(s)
  if (!isNext(s, '_') && !isNext(s, '^')) return letter
  s.position = start
  const e = readSymbol(s, takeName(s), true)
  if (e.kind !== 'indexed') fail(s, 'a sum runs over a letter or over a quantity with indices', token)
  return e
}

const familyRange = (s: ReadState, letter: string, token: Token): Range => {
  const family = s.vocabulary.families.get(letter)?.[0]
  if (family === undefined)
    fail(s, `\`${letter}\` belongs to no index family: give the sum bounds or declare the letter`, token)
  return { kind: 'family', family: family.name }
}

function readValues(s: ReadState): readonly Expression[] {
  const opened = take(s, 'a set')
  const values: Expression[] = []
  do {
    if (isNext(s, ',')) s.position++
    values.push(s.grammar.expression(s))
  } while (isNext(s, ','))
  expectText(s, '\\}', opened)
  return values
}

/** One letter below a sum, with what it starts from where that is written: `l = 0`. */
interface LowerBound {
  readonly index: string | IndexedNode
  readonly from: Expression | null
}

function readLowerBound(s: ReadState): LowerBound {
  const index = readSumIndex(s)
  if (!isNext(s, '=')) return { index, from: null }
  s.position++
  return { index, from: s.grammar.expression(s) }
}

/** The upper bounds, `N` or `L, N`. */
const readUpperBounds = (s: ReadState, [from, to]: readonly [number, number]): readonly Expression[] =>
  within(s, from, to, () => {
    const list = [s.grammar.expression(s)]
    while (isNext(s, ',')) {
      s.position++
      list.push(s.grammar.expression(s))
    }
    return list
  })

/**
 * Letters with their bounds. A letter without a lower bound has that of the next letter with one, `j, k = 1`, or starts from 1 where
 * there is none, `\sum_j^N`; upper bounds go with the letters in order, the last for all that follow: `\prod_{l,i,j=1}^{L,N}`.
 */
function intervals(
  bounds: readonly LowerBound[],
  upper: readonly Expression[],
  s: ReadState,
  sign: Token,
): readonly BoundIndex[] {
  if (upper.length > bounds.length)
    fail(s, `${bounds.length} letters below this sum and ${upper.length} bounds above it`, sign)
  return bounds.map(({ index }, k) => {
    const from = bounds.slice(k).find((bound) => bound.from !== null)?.from ?? one
    return { index, range: { kind: 'interval', from, to: upper[k] ?? upper.at(-1)! } }
  })
}

const conditions: ReadonlySet<string> = new Set(['<', '>', '\\le', '\\ge', '\\ne', '\\neq', '\\ll', '\\gg'])

/** What stands below (and above) a sum sign. */
export function readRange(s: ReadState, sign: Token): readonly BoundIndex[] {
  let below: readonly [number, number] | null = null
  let above: readonly [number, number] | null = null
  while (isNext(s, '_') || isNext(s, '^')) {
    const mark = take(s, 'a bound')
    if (mark.text === '_' ? below : above) fail(s, `two bounds on one side of \`${sign.text}\``, mark)
    if (mark.text === '_') below = takeGroup(s, '_')
    else above = takeGroup(s, '^')
  }
  if (below === null) fail(s, `\`${sign.text}\` does not say what it runs over: write the letter below it`, sign)
  const upper = above
  const result = within(s, below[0], below[1], (): readonly BoundIndex[] => {
    const token = peek(s)
    const bounds: LowerBound[] = [readLowerBound(s)]
    for (;;) {
      if (isNext(s, ',')) s.position++
      else if (peek(s)?.kind !== 'name' || isNext(s, '\\in')) break
      bounds.push(readLowerBound(s))
      if (bounds.length > most) fail(s, `more than ${most} letters below one sum`, sign)
    }
    const condition = peek(s)
    if (condition !== undefined && conditions.has(condition.text))
      fail(
        s,
        `a sum over what meets a condition (\`${condition.text}\`) is not read: give the letter bounds, \`\\sum_{k=1}^{K}\`, or declare a set and write \`\\sum_{k \\in \\mathcal{K}}\``,
      )
    const indices = bounds.map((bound) => bound.index)
    if (upper !== null && !isNext(s, '\\in')) return intervals(bounds, readUpperBounds(s, upper), s, sign)
    if (bounds.some((bound) => bound.from !== null)) fail(s, 'the upper bound is missing', sign)
    if (upper !== null) fail(s, 'a sum over a set has no upper bound', sign)
    if (isNext(s, '\\in')) {
      s.position++
      if (isNext(s, '\\{')) {
        const values = readValues(s)
        return indices.map((index) => ({ index, range: { kind: 'values', values } }))
      }
      const setToken = peek(s)
      const set = readSymbol(s, takeName(s))
      if (set.kind !== 'symbol' || s.vocabulary.byName.get(set.name)?.kind !== 'set')
        fail(s, 'a sum runs over a declared set', setToken)
      return indices.map((index) => ({ index, range: { kind: 'set', name: set.name } }))
    }
    return indices.map((index) => {
      if (typeof index !== 'string')
        fail(s, 'a sum over a quantity needs its values: `=` with bounds, or `\\in`', token)
      return { index, range: familyRange(s, index, token!) }
    })
  })
  return result
}

/**
 * `\sum_{z^0 \in S} \cdots \sum_{z^L \in S}`: one sum over every `z^l` from the first to the last. It is kept as a single
 * `indexedSum` over the quantity whose letter reads `0\cdots L`.
 */
function joinEllipsis(s: ReadState, first: readonly BoundIndex[]): readonly BoundIndex[] {
  const dots = take(s, '\\cdots')
  const sign = take(s, 'the last sum')
  if (sign.text !== '\\sum' && sign.text !== '\\prod')
    fail(s, 'dots are read only between two sums over one quantity', dots)
  const [a, ...noneA] = first
  const [b, ...noneB] = readRange(s, sign)
  if (
    !a ||
    !b ||
    noneA.length + noneB.length > 0 ||
    typeof a.index === 'string' ||
    typeof b.index === 'string' ||
    a.index.name !== b.index.name
  )
    fail(s, 'dots are read only between two sums over one quantity', dots)
  const shown = (slot: { index: { letter: string | null; offset: number } } | undefined): string =>
    slot === undefined ? '' : (slot.index.letter ?? String(slot.index.offset))
  const last = b.index
  const indices = a.index.indices.map((slot, i) => {
    const [x, y] = [shown(slot), shown(last.indices[i])]
    return x === y ? slot : { ...slot, index: { letter: `${x}\\cdots ${y}`, sign: 1 as const, offset: 0 } }
  })
  return [{ index: { ...a.index, indices }, range: a.range }]
}

/** A sum or product with its summand: the rest of the term. */
export function readSum(s: ReadState): Expression {
  const sign = take(s, 'a sum')
  const configurations = sign.text === '\\sum' ? readConfigurationsBelow(s) : null
  if (configurations !== null)
    return { kind: 'measureIntegral', measures: configurations, body: s.grammar.term(s), trace: true }
  let ranges = readRange(s, sign)
  if (isNext(s, '\\cdots')) ranges = joinEllipsis(s, ranges)
  const letters = ranges.flatMap((r) => (typeof r.index === 'string' ? [r.index] : []))
  if (sign.text === '\\sum')
    return over(
      ranges,
      'indexedSum',
      binding(s, letters, () => s.grammar.term(s)),
    )
  const holds = (factor: Expression): boolean => letters.some((letter) => holdsLetter(factor, letter))
  const [inside, behind] = binding(s, letters, () => s.grammar.termUpTo(s, holds))
  return multiply(productOver(ranges, inside), ...behind)
}

/** Another integral or product, or a power of one. */
const isFurtherPart = (e: Expression): boolean =>
  e.kind === 'measureIntegral' || e.kind === 'indexedProduct' || (e.kind === 'power' && isFurtherPart(e.base))

/** An integral that ends in another, `\int dh \int ds f`, as one over both. */
function oneIntegral(e: MeasureIntegralNode): MeasureIntegralNode {
  const factors = factorsOf(e.body)
  const last = factors.at(-1)
  if (last?.kind !== 'measureIntegral' || last.trace) return e
  const inner = oneIntegral(last)
  return {
    ...e,
    measures: [...e.measures, ...inner.measures],
    body: multiply(...factors.slice(0, -1), inner.body),
  }
}

const factorsOf = (e: Expression): readonly Expression[] => (e.kind === 'product' ? e.factors : [e])

/** A body's factors up to the next integral or product that holds none of the letters, and from there on. */
function upToNextPart(
  body: Expression,
  letters: readonly string[],
): readonly [inside: readonly Expression[], behind: readonly Expression[]] {
  const factors = factorsOf(body)
  const next = factors.findIndex((e) => isFurtherPart(e) && !letters.some((letter) => holdsLetter(e, letter)))
  return next < 0 ? [factors, []] : [factors.slice(0, next), factors.slice(next)]
}

/**
 * The product of what holds its letters. Before an integral behind whose factors another product or integral begins,
 * `\prod_l \int dq^l f(q^l) \times \int dh\, g(q, h)`, it is one of measures and integrand: what begins there is integrated over too, and
 * not multiplied.
 */
export function productOver(ranges: readonly BoundIndex[], body: Expression): Expression {
  const letters = ranges.flatMap((r) => (typeof r.index === 'string' ? [r.index] : []))
  if (body.kind !== 'measureIntegral' || body.trace) return over(ranges, 'indexedProduct', body)
  const whole = oneIntegral(body)
  const [inside, behind] = upToNextPart(whole.body, letters)
  if (behind.length === 0) return over(ranges, 'indexedProduct', body)
  return { ...whole, body: multiply(over(ranges, 'indexedProduct', multiply(...inside)), ...behind) }
}

/** The product before the measures of an integral as one of its integrand, up to the next product or integral. */
export function productWithin(ranges: readonly BoundIndex[], body: Expression): Expression {
  const letters = ranges.flatMap((r) => (typeof r.index === 'string' ? [r.index] : []))
  const [inside, behind] = upToNextPart(body, letters)
  return multiply(over(ranges, 'indexedProduct', multiply(...inside)), ...behind)
}

/** A body under several sums or products. */
export const over = (ranges: readonly BoundIndex[], kind: IndexedSumNode['kind'], body: Expression): Expression =>
  ranges.reduceRight<Expression>((inner, { index, range }) => ({ kind, index, range, body: inner }), body)

/** Whether a letter stands free in an expression. */
export function holdsLetter(e: Expression, letter: string): boolean {
  if (e.kind === 'symbol') return e.name === letter
  if ((e.kind === 'indexedSum' || e.kind === 'indexedProduct') && e.index === letter) return false
  if ((e.kind === 'indexed' || e.kind === 'apply') && e.indices.some((slot) => slot.index.letter === letter))
    return true
  // What an integral runs over is bound in it.
  if (e.kind === 'measureIntegral') return holdsLetter(e.body, letter)
  return children(e).some((child) => holdsLetter(child, letter))
}
