/** Where the reader stands in a formula, and the bounds that it keeps. */
import { LatexError, type Place } from './errors.js'
import type { Expression } from './expression.js'
import type { Token } from './tokens.js'
import type { Vocabulary } from './vocabulary.js'

/** Bounds on a formula. */
export interface ReadLimits {
  /** Characters of LaTeX. @defaultValue 20000 */
  readonly length: number
  /** Brackets, fractions and scripts inside one another. @defaultValue 200 */
  readonly depth: number
  /** Factors and terms read. @defaultValue 50000 */
  readonly nodes: number
}

export const defaultLimits: ReadLimits = { length: 20_000, depth: 200, nodes: 50_000 }

/** The rules that call one another; they live in files of their own. */
export interface Grammar {
  readonly expression: (s: ReadState) => Expression
  /** One factor with its powers, as after a function's name: no signs, no products. */
  readonly factor: (s: ReadState) => Expression
  /** Everything up to the next `+`, `-` or closing bracket: the summand of a sum, the integrand of an integral. */
  readonly term: (s: ReadState) => Expression
  /** The same in two parts: up to the last factor for which `holds` is true, a fraction being one factor, and the factors behind. */
  readonly termUpTo: (
    s: ReadState,
    holds: (factor: Expression) => boolean,
  ) => readonly [Expression, readonly Expression[]]
}

export interface ReadState {
  readonly tokens: readonly Token[]
  readonly braces: ReadonlyMap<number, number>
  readonly vocabulary: Vocabulary
  readonly grammar: Grammar
  readonly limits: ReadLimits
  readonly place: Place
  position: number
  /** One past the last token that may be read here. */
  end: number
  depth: number
  nodes: number
  /** How many open `|…|` surround the position inside the innermost bracket. */
  bars: number
  /** How many integrals wait for their `dx` at the end of the integrand. */
  pending: number
  /** Letters and variables bound by the sums, products and integrals around the position. */
  readonly bound: string[]
  /** Whether indices may be missing: in order symbols and measures. */
  loose: boolean
}

export const peek = (s: ReadState, ahead = 0): Token | undefined =>
  s.position + ahead < s.end ? s.tokens[s.position + ahead] : undefined

export const isNext = (s: ReadState, text: string, ahead = 0): boolean => peek(s, ahead)?.text === text

/** An error at the present token (or at `token`). */
export function fail(s: ReadState, detail: string, token: Token | undefined = s.tokens[s.position]): never {
  const last = s.tokens[s.tokens.length - 1]
  const column = token?.column ?? (last ? last.column + last.text.length : 1)
  throw new LatexError(detail, { ...s.place, column })
}

/** The next token, which must exist; `wanted` says what was expected. */
export function take(s: ReadState, wanted: string): Token {
  const token = peek(s)
  if (token === undefined) fail(s, `the formula (or its group) ends where ${wanted} was expected`)
  s.position++
  return token
}

export function expectText(s: ReadState, text: string, opened?: Token): void {
  if (isNext(s, text)) {
    s.position++
    return
  }
  const found = peek(s)
  const what = found ? `found \`${found.text}\`` : 'the formula ends'
  if (opened) fail(s, `\`${opened.text}\` is never closed: expected \`${text}\` but ${what}`, opened)
  fail(s, `expected \`${text}\` but ${what}`)
}

/** Runs `read` one level deeper. Throws LatexError beyond the bound. */
export function deeper<T>(s: ReadState, read: () => T): T {
  if (++s.depth > s.limits.depth)
    fail(s, `more than ${s.limits.depth} levels of brackets, fractions and scripts: simplify the formula`)
  const result = read()
  s.depth--
  return result
}

export function count(s: ReadState): void {
  if (++s.nodes > s.limits.nodes) fail(s, `more than ${s.limits.nodes} terms and factors: split the formula`)
}

/** Reads the tokens from `from` up to `to` by a rule that must use them all; the position stays where it was. */
export function within<T>(s: ReadState, from: number, to: number, read: () => T): T {
  const { position, end, bars, pending } = s
  s.position = from
  s.end = to
  s.bars = 0
  s.pending = 0
  const result = deeper(s, read)
  if (s.position < s.end) fail(s, `\`${peek(s)!.text}\` does not fit here`)
  s.position = position
  s.end = end
  s.bars = bars
  s.pending = pending
  return result
}

/** The extent of the argument that follows: what stands in braces, or the next token. Moves past it. */
export function takeGroup(s: ReadState, of: string): readonly [from: number, to: number] {
  const token = take(s, `the argument of \`${of}\``)
  const at = s.position - 1
  if (token.text === '{') {
    const close = s.braces.get(at)!
    if (close >= s.end) fail(s, 'the braces cross', token)
    s.position = close + 1
    return [at + 1, close]
  }
  if (token.kind === 'close' || '^_&'.includes(token.text)) fail(s, `\`${of}\` needs an argument`, token)
  if (token.kind === 'number' && token.text.length > 1)
    fail(
      s,
      `LaTeX takes one digit here, ${token.text[0]}, and leaves ${token.text.slice(1)} behind it: put braces around what is meant, \`${of}{${token.text}}\` or \`${of}{${token.text[0]}} ${token.text.slice(1)}\``,
      token,
    )
  return [at, at + 1]
}

/** Reads a whole braced argument as an expression. */
export function readArgument(s: ReadState, of: string): Expression {
  const [from, to] = takeGroup(s, of)
  if (from === to) fail(s, `\`${of}\` has an empty argument`, s.tokens[from])
  return within(s, from, to, () => s.grammar.expression(s))
}

/** Runs `read` with more names bound. */
export function binding<T>(s: ReadState, names: readonly string[], read: () => T): T {
  s.bound.push(...names)
  const result = read()
  s.bound.length -= names.length
  return result
}

/** Runs `read` inside a bracket: bars and awaited differentials outside do not count. */
export function bracketed<T>(s: ReadState, read: () => T): T {
  const { bars, pending } = s
  s.bars = 0
  s.pending = 0
  const result = deeper(s, read)
  s.bars = bars
  s.pending = pending
  return result
}

/** Runs `read` where indices may be missing. */
export function loosely<T>(s: ReadState, read: () => T): T {
  const { loose } = s
  s.loose = true
  const result = read()
  s.loose = loose
  return result
}
