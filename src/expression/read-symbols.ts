/** Names with their scripts: which declaration is meant, which scripts are indices, which a power, which the name's own. */
import { type Expression, type IndexSlot, power, symbol } from './expression.js'
import { fillSlots, readIndices } from './read-index.js'
import { bracketed, expectText, fail, isNext, peek, type ReadState, take, takeGroup, within } from './read-state.js'
import type { Token } from './tokens.js'
import { type Form, nearestForm } from './vocabulary.js'

/** A name and its scripts as they stand, not yet understood. */
export interface WrittenName {
  readonly token: Token
  readonly nucleus: string
  readonly primes: string
  /** Extents in the token list. */
  readonly subscript: readonly [number, number] | null
  readonly superscript: readonly [number, number] | null
  /** Where the reading of the nucleus alone would go on. */
  readonly afterNucleus: number
  readonly afterSubscript: number
}

/** A declared name of several letters (`KL`, `i\hat{V}`) that begins at the position, with the number of its tokens. */
function joinedName(s: ReadState): { readonly nucleus: string; readonly length: number } | null {
  for (let length = 4; length > 1; length--) {
    const parts = Array.from({ length }, (_, i) => peek(s, i))
    if (parts.some((t) => t?.kind !== 'name')) continue
    const nucleus = parts.map((t) => t!.text).join('')
    if (s.vocabulary.forms.has(nucleus)) return { nucleus, length }
  }
  return null
}

/** Whether a declared name of several letters begins at the position: it is taken whole, whatever its letters mean alone. */
export const isJoinedName = (s: ReadState): boolean => joinedName(s) !== null

/** Cuts out the name at the position with its scripts and moves past them. */
export function takeName(s: ReadState): WrittenName {
  const joined = joinedName(s)
  const token = take(s, 'a symbol')
  const nucleus = joined?.nucleus ?? token.text
  if (joined) s.position += joined.length - 1
  let primes = ''
  const takePrimes = (): void => {
    for (; isNext(s, "'"); s.position++) primes += "'"
  }
  takePrimes()
  const afterNucleus = s.position
  let subscript: readonly [number, number] | null = null
  let superscript: readonly [number, number] | null = null
  let afterSubscript = s.position
  for (;;) {
    if (isNext(s, '_')) {
      if (subscript) fail(s, 'two subscripts on one symbol: put them into one pair of braces')
      s.position++
      subscript = takeGroup(s, '_')
      if (!superscript) afterSubscript = s.position
    } else if (isNext(s, '^')) {
      if (superscript) fail(s, 'two superscripts on one symbol: put them into one pair of braces')
      s.position++
      superscript = takeGroup(s, '^')
    } else break
    takePrimes()
  }
  return { token, nucleus, primes, subscript, superscript, afterNucleus, afterSubscript }
}

interface Reading {
  readonly form: Form
  readonly indices: readonly IndexSlot[]
  /** The part of the superscript that is a power or a star. */
  readonly exponent: readonly [number, number] | null
  readonly score: readonly number[]
}

const applied = new Set(['function', 'field', 'functional'])

function startsWith(s: ReadState, range: readonly [number, number] | null, form: readonly string[]): boolean {
  if (form.length === 0) return true
  if (range === null || range[1] - range[0] < form.length) return false
  return form.every((text, i) => s.tokens[range[0] + i]!.text === text)
}

/** What is left of a script behind the part that belongs to the name. */
function remainder(
  s: ReadState,
  range: readonly [number, number] | null,
  used: number,
): readonly [number, number] | null {
  if (range === null) return null
  let from = range[0] + used
  if (used > 0 && from < range[1] && [',', ';'].includes(s.tokens[from]!.text)) from++
  return from < range[1] ? [from, range[1]] : null
}

function readingsOf(s: ReadState, name: WrittenName, form: Form, loose: boolean): readonly Reading[] {
  const { declaration } = form
  if (!startsWith(s, name.subscript, form.subscript) || !startsWith(s, name.superscript, form.superscript)) return []
  const below = remainder(s, name.subscript, form.subscript.length)
  const above = remainder(s, name.superscript, form.superscript.length)
  const slice = (r: readonly [number, number] | null): readonly Token[] => {
    const list = r ? s.tokens.slice(r[0], r[1]) : []
    const enclosed = ['(', '{'].includes(list[0]?.text ?? '') && [')', '}'].includes(list[list.length - 1]!.text)
    return enclosed ? list.slice(1, -1) : list
  }
  const subscripts = readIndices(s, slice(below))
  if (subscripts === null) return []
  const superscripts = readIndices(s, slice(above))
  const slots = declaration.slots.filter((d) => d.position === 'superscript')
  const specificity = form.subscript.length + form.superscript.length
  const followed = peek(s)
  const opens = followed?.text === '(' || (followed?.text === '[' && declaration.kind === 'functional')
  // `\epsilon^2(x)` is the square of the field; `\epsilon^0 (a + b)` is the quantity at site 0, times a bracket.
  const isPowerOfField = declaration.kind === 'field' && above !== null && !isSingleArgument(s)
  const kindFits = isPowerOfField ? -1 : applied.has(declaration.kind) === opens ? 1 : 0
  const made: Reading[] = []
  const consider = (indices: readonly IndexSlot[] | null, exponent: readonly [number, number] | null): void => {
    if (indices === null) return
    const letters = indices.filter((i) => i.index.letter !== null).length
    made.push({ form, indices, exponent, score: [specificity, letters, kindFits, indices.length] })
  }
  if (superscripts !== null && (superscripts.length > 0 || above === null)) {
    // On a slot that may be left out, a number other than 0 and 1 is a power: r_+^2 is a square, \Sigma^{-1} an inverse;
    // z^2 with a slot that is required is layer 2.
    const isPower =
      (loose || slots.every((d) => d.optional)) &&
      superscripts.some((i) => i.letter === null && i.offset !== 0 && i.offset !== 1)
    if (!isPower) consider(fillSlots(s.vocabulary, declaration, subscripts, superscripts, loose), null)
  }
  if (made.length === 0 && above !== null) consider(fillSlots(s.vocabulary, declaration, subscripts, [], loose), above)
  return made
}

const better = (a: Reading, b: Reading): boolean => {
  for (let i = 0; i < a.score.length; i++) if (a.score[i] !== b.score[i]) return a.score[i]! > b.score[i]!
  return false
}

const written = (s: ReadState, name: WrittenName): string => {
  const script = (mark: string, r: readonly [number, number] | null): string => {
    if (r === null) return ''
    const text = s.tokens
      .slice(r[0], r[1])
      .map((t) => t.text)
      .join('')
    return r[1] - r[0] === 1 ? mark + text : `${mark}{${text}}`
  }
  return `${name.nucleus}${name.primes}${script('_', name.subscript)}${script('^', name.superscript)}`
}

/** Superscripts that are marks and no power: transpose, conjugate. */
export function applyExponent(s: ReadState, base: Expression, range: readonly [number, number]): Expression {
  const only = range[1] - range[0] === 1 ? s.tokens[range[0]]!.text : null
  if (only === 'T') return { kind: 'transpose', of: base }
  if (only === '*' || only === '\\dagger') return { kind: 'conjugate', of: base }
  if (range[0] === range[1]) fail(s, 'an empty superscript')
  const exponent = within(s, range[0], range[1], () => s.grammar.expression(s))
  if (base.kind === 'number' && exponent.kind === 'number') {
    const digits = base.numerator.toString(16).length + base.denominator.toString(16).length
    const times = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator
    if (times <= 64n && BigInt(digits) * times > 4096n)
      fail(s, 'a power of numbers too large to carry out', s.tokens[range[0]])
  }
  return power(base, exponent)
}

/** The arguments in the bracket at the position, separated by commas. */
export function readArguments(s: ReadState, configurations: boolean): readonly Expression[] {
  const opened = take(s, 'an argument')
  const close = opened.text === '(' ? ')' : opened.text === '[' ? ']' : '\\}'
  return bracketed(s, () => {
    const list: Expression[] = []
    for (;;) {
      // A bar behind an argument of a functional is the condition's: P(a | b).
      if (configurations) s.bars = 1
      if (configurations && isNext(s, '\\cdots') && endsArgument(s, 1)) s.position++
      else if (configurations && isNext(s, '\\{')) list.push(...configuration(s))
      else list.push(s.grammar.expression(s))
      if (!isNext(s, ',') && !isNext(s, ';') && !(configurations && isNext(s, '|'))) break
      s.position++
    }
    expectText(s, close, opened)
    return list
  })
}

/** Whether the argument ends at the token so far ahead. */
const endsArgument = (s: ReadState, ahead: number): boolean =>
  [',', ';', ')', ']', '|'].includes(peek(s, ahead)?.text ?? '')

/** `\{r^l\}` or `\{a^l, b^l\}` as arguments; where more follows the closing brace (`\{a\} b`), the braces only group. */
function configuration(s: ReadState): readonly Expression[] {
  const start = s.position
  let depth = 0
  let after = start
  for (; after < s.end; after++) {
    if (s.tokens[after]!.kind === 'open') depth++
    else if (s.tokens[after]!.kind === 'close' && --depth === 0) break
  }
  const next = after + 1 < s.end ? s.tokens[after + 1]!.text : ''
  if (![',', ';', ')', ']', '|'].includes(next)) return [s.grammar.expression(s)]
  const opened = take(s, 'a configuration')
  const all = bracketed(s, () => {
    const list = [s.grammar.expression(s)]
    while (isNext(s, ',')) {
      s.position++
      list.push(s.grammar.expression(s))
    }
    return list
  })
  expectText(s, '\\}', opened)
  return all.map((of) => ({ kind: 'configuration', of }))
}

/** `\Sigma(q)`: a matrix or vector that depends on an index or variable. */
const isSingleArgument = (s: ReadState): boolean => isNext(s, '(') && peek(s, 1)?.kind === 'name' && isNext(s, ')', 2)

function build(s: ReadState, name: WrittenName, reading: Reading): Expression {
  const { declaration } = reading.form
  const { kind } = declaration
  const takesArguments =
    (applied.has(kind) && isNext(s, '(')) ||
    (kind === 'functional' && isNext(s, '[')) ||
    ((kind === 'matrix' || kind === 'vector') && isSingleArgument(s))
  let result: Expression
  if (takesArguments) {
    const list = readArguments(s, kind === 'functional')
    result = { kind: 'apply', name: declaration.name, indices: reading.indices, arguments: list }
    if (name.primes && !reading.form.nucleus.endsWith("'"))
      result = { kind: 'derivative', of: result, variable: list[0]!, order: name.primes.length }
  } else {
    if (name.primes && !reading.form.nucleus.endsWith("'"))
      fail(s, 'a derivative written with a prime needs an argument', name.token)
    if (kind === 'field') result = { kind: 'apply', name: declaration.name, indices: reading.indices, arguments: [] }
    else if (reading.indices.length > 0) result = { kind: 'indexed', name: declaration.name, indices: reading.indices }
    else result = symbol(declaration.name)
  }
  return reading.exponent ? applyExponent(s, result, reading.exponent) : result
}

function explain(s: ReadState, name: WrittenName): never {
  const text = written(s, name)
  const forms = s.vocabulary.forms.get(name.nucleus) ?? []
  const slotted = forms.find((f) => f.declaration.slots.length > 0 && startsWith(s, name.subscript, f.subscript))
  if (slotted) {
    const slots = slotted.declaration.slots.map((d) => `${d.position} ${d.slot}${d.optional ? ' (optional)' : ''}`)
    fail(
      s,
      `\`${text}\`: \`${slotted.latex}\` (${slotted.declaration.name}) takes the indices ${slots.join(', ')}; these do not fit`,
      name.token,
    )
  }
  const near = nearestForm(s.vocabulary, text)
  fail(
    s,
    `unknown symbol \`${text.slice(0, 80)}\`${near ? `: did you mean ${near}?` : ': declare it in the notation'}`,
    name.token,
  )
}

/**
 * Understands a name: a bound letter, the declared form that fits most of what is written, an index letter, a variable.
 * `loose` lets required indices be missing (measures `[dz]`, order symbols).
 */
export function readSymbol(s: ReadState, name: WrittenName, loose = s.loose): Expression {
  const letter = name.nucleus + name.primes
  const bare = (): Expression => {
    s.position = name.afterNucleus
    return symbol(letter)
  }
  if (name.subscript === null && s.bound.includes(letter)) return bare()
  const forms = [
    ...(name.primes ? (s.vocabulary.forms.get(letter) ?? []) : []),
    ...(s.vocabulary.forms.get(name.nucleus) ?? []),
  ]
  let best: Reading | null = null
  for (const form of forms)
    for (const reading of readingsOf(s, name, form, loose)) if (best === null || better(reading, best)) best = reading
  // A primed index letter is its own letter, not the derivative of a symbol.
  const isLetter = s.vocabulary.families.has(letter) || s.vocabulary.variables.has(letter)
  if (best && name.primes && isLetter && !best.form.nucleus.endsWith("'")) best = null
  if (best) return build(s, name, best)
  if (name.subscript === null && isLetter) return bare()
  return explain(s, name)
}
