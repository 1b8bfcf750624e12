/** LaTeX cut into tokens: spacing, sizes and line breaks are gone, brackets are told apart, every token knows its column. */
import { LatexError, type Place } from './errors.js'
import { dropEmptyGroups, splitFractionDigits } from './token-groups.js'

export type TokenKind = 'number' | 'name' | 'open' | 'close' | 'bar' | 'symbol' | 'text'

/** One token. `text` is canonical: `\tilde\epsilon` and `\tilde{\epsilon}` are both the name `\tilde{\epsilon}`. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Counted from 1 in the LaTeX text. */
  readonly column: number
  /** For a bar written `\left|` or `\right|`: which end it is. */
  readonly side?: 'open' | 'close'
}

/** The longest formula that is read, in characters, where the caller names no other bound. */
export const defaultMaximumLength = 20_000

const spacing = new Set(
  '\\, \\! \\; \\: \\> \\  ~ \\displaystyle \\textstyle \\scriptstyle \\limits \\nolimits \\nonumber \\notag \\hfill \\thinspace \\square \\qed \\mathstrut \\ensuremath \\allowbreak \\strut \\noindent \\middle'
    .split(' ')
    .concat('\\ '),
)
const sizes = new Set(
  'left right big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm'
    .split(' ')
    .map((s) => `\\${s}`),
)
const accents = new Set(
  'tilde bar hat vec dot ddot overline underline widetilde widehat mathcal mathscr mathbf mathrm mathbb mathsf mathfrak mathit mathtt boldsymbol bm operatorname check breve pmb'
    .split(' ')
    .map((s) => `\\${s}`),
)
const dropped = new Set(['\\tag', '\\label', '\\hspace', '\\vspace', '\\phantom'])
const words = new Set(['\\text', '\\textrm', '\\mbox', '\\textnormal', '\\textit', '\\textbf'])
/** Operators that authors write as upright words. */
const uprightOperators = new Set(['Tr', 'sgn', 'sign', 'erf', 'erfc'])
const matrices = new Set('pmatrix bmatrix matrix vmatrix Bmatrix smallmatrix array'.split(' '))
const layouts = new Set(
  'align align* aligned equation equation* split gather gather* gathered multline multline*'.split(' '),
)
const synonyms = new Map([
  ['\\lbrace', '\\{'],
  ['\\rbrace', '\\}'],
  ['\\lbrack', '['],
  ['\\rbrack', ']'],
  ['\\vert', '|'],
  ['\\dfrac', '\\frac'],
  ['\\tfrac', '\\frac'],
  ['\\cfrac', '\\frac'],
  ['\\dbinom', '\\binom'],
  ['\\tbinom', '\\binom'],
  ['\\dots', '\\cdots'],
  ['\\ldots', '\\cdots'],
  ['\\dotsc', '\\cdots'],
  ['\\dotsb', '\\cdots'],
  ['\\leq', '\\le'],
  ['\\geq', '\\ge'],
  ['\\leqslant', '\\le'],
  ['\\geqslant', '\\ge'],
  ['\\rightarrow', '\\to'],
  ['\\longrightarrow', '\\to'],
  ['\\simeq', '\\approx'],
  ['\\cong', '\\approx'],
  ['\\lt', '<'],
  ['\\gt', '>'],
  ['\\ast', '*'],
  ['\\star', '*'],
  ['\\top', 'T'],
  ['\\intercal', 'T'],
  ['\\ln', '\\log'],
  ['\\operatorname*', '\\operatorname'],
])
const opening = new Set(['(', '[', '\\{', '\\langle', '{', '\\begin'])
const closing = new Set([')', ']', '\\}', '\\rangle', '}', '\\end'])

interface Scanner {
  readonly latex: string
  readonly place: Place
  position: number
}

const fail = (s: Scanner, detail: string, at: number): never => {
  throw new LatexError(detail, { ...s.place, column: at + 1 })
}

/** The text of the `{…}` that follows, its braces taken off. */
function group(s: Scanner, of: string): string {
  while (s.latex[s.position] === ' ') s.position++
  const start = s.position
  if (s.latex[start] !== '{') fail(s, `\`${of}\` needs an argument in braces`, start)
  let depth = 0
  for (; s.position < s.latex.length; s.position++) {
    const c = s.latex[s.position]
    if (c === '\\') s.position++
    else if (c === '{') depth++
    else if (c === '}' && --depth === 0) {
      s.position++
      return s.latex.slice(start + 1, s.position - 1)
    }
  }
  return fail(s, 'this `{` is never closed', start)
}

function command(s: Scanner): string {
  const match = /\\(?:[a-zA-Z]+\*?|.)/suy
  match.lastIndex = s.position
  const found = match.exec(s.latex)?.[0] ?? fail(s, 'a lone backslash at the end', s.position)
  // Only a few commands have a starred form; elsewhere the star is a symbol of its own.
  const text = found.endsWith('*') && found.length > 2 && found !== '\\operatorname*' ? found.slice(0, -1) : found
  s.position += text.length
  return text
}

function skipSpace(s: Scanner): void {
  while (/\s/.test(s.latex[s.position] ?? '')) s.position++
}

/** The argument of an accent or an alphabet: `{…}` or the next command or character. */
function accentArgument(s: Scanner, of: string): string {
  skipSpace(s)
  const c = s.latex[s.position]
  if (c === undefined) fail(s, `\`${of}\` needs an argument`, s.position)
  if (c === '{') return group(s, of).replace(/\s+/g, '')
  if (c === '\\') return command(s)
  s.position++
  return c!
}

/**
 * Cuts LaTeX into tokens.
 *
 * Dropped: spacing, sizes (`\left`, `\big`), null delimiters (`\left.`), `\tag`, `\label`, line breaks and `&` outside
 * matrices, and punctuation at the end of the formula.
 *
 * @throws LatexError on text longer than `maximumLength`, on unbalanced braces, and on characters that are no LaTeX.
 */
export function tokenize(latex: string, place: Place = {}, maximumLength = defaultMaximumLength): readonly Token[] {
  if (latex.length > maximumLength)
    throw new LatexError(
      `the formula has ${latex.length} characters; at most ${maximumLength} are read: split it into several statements`,
      place,
    )
  const s: Scanner = { latex, place, position: 0 }
  const tokens: Token[] = []
  const braces: number[] = []
  const environments: string[] = []
  let side: 'open' | 'close' | undefined
  const push = (kind: TokenKind, text: string, at: number): void => {
    tokens.push({ kind, text, column: at + 1, ...(kind === 'bar' && side ? { side } : {}) })
    side = undefined
  }
  while (s.position < latex.length) {
    const at = s.position
    const c = latex[at]!
    if (/\s/.test(c)) {
      s.position++
      continue
    }
    if (/[0-9]/.test(c)) {
      const number = /[0-9]+(?:\.[0-9]+)?/y
      number.lastIndex = at
      const text = number.exec(latex)![0]
      s.position += text.length
      push('number', text, at)
      continue
    }
    if (c !== '\\') {
      s.position++
      if (c === '%') fail(s, 'a comment inside a formula: take it out', at)
      if (c === '~' || (c === '&' && environments.length === 0)) continue
      if (/[a-zA-Z]/.test(c)) push('name', c, at)
      else if (c === '|') push('bar', c, at)
      else if (opening.has(c)) {
        if (c === '{') braces.push(at)
        push('open', c, at)
      } else if (closing.has(c)) {
        if (c === '}' && braces.pop() === undefined) fail(s, 'this `}` closes nothing', at)
        push('close', c, at)
      } else if ("+-*/=<>,;:.!^_&'".includes(c)) push('symbol', c, at)
      else {
        const code = latex.codePointAt(at)!
        const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
        fail(s, `the character ${name} is not read; write it as a LaTeX command`, at)
      }
      continue
    }
    const raw = command(s)
    const text = synonyms.get(raw) ?? raw
    if (text === '\\quad' || text === '\\qquad') {
      push('symbol', '\\quad', at)
      continue
    }
    if (spacing.has(text) || /^\\\s$/.test(text)) continue
    if (sizes.has(text)) {
      skipSpace(s)
      if (latex[s.position] === '.') s.position++
      else
        side = /^\\(?:left|[bB]igg?l)$/.test(text) ? 'open' : /^\\(?:right|[bB]igg?r)$/.test(text) ? 'close' : undefined
      continue
    }
    if (text === '\\\\') {
      if (/^\s*\[\s*-?[0-9.]+\s*(?:pt|em|ex|mm|cm)\s*\]/.test(latex.slice(s.position, s.position + 40)))
        s.position = latex.indexOf(']', s.position) + 1
      if (environments.length > 0) push('symbol', '\\\\', at)
      else push('symbol', '\\newline', at)
    } else if (dropped.has(text)) group(s, text)
    else if (words.has(text)) {
      const content = group(s, text).trim()
      if (uprightOperators.has(content)) push('name', `\\mathrm{${content}}`, at)
      else if (content !== '' && !/^[.,;]$/.test(content)) push('text', content, at)
    } else if (text === '\\begin' || text === '\\end') {
      const name = group(s, text).trim()
      if (layouts.has(name)) continue
      if (!matrices.has(name)) fail(s, `the environment \`${name}\` is not read`, at)
      if (text === '\\begin') {
        environments.push(name)
        if (name === 'array') group(s, 'array')
      } else if (environments.pop() !== name) fail(s, `\\end{${name}} does not close what was opened`, at)
      push(text === '\\begin' ? 'open' : 'close', text, at)
      if (text === '\\begin') tokens[tokens.length - 1] = { kind: 'open', text: '\\begin', column: at + 1 }
    } else if (accents.has(text)) push('name', `${text}{${accentArgument(s, text)}}`, at)
    else if (text === '|' || text === '\\mid') push('bar', '|', at)
    else if (text === '\\lvert' || text === '\\rvert') {
      side = text === '\\lvert' ? 'open' : 'close'
      push('bar', '|', at)
    } else if (opening.has(text)) push('open', text, at)
    else if (closing.has(text)) push('close', text, at)
    else if (text === '\\prime') push('symbol', "'", at)
    else if (/^\\[a-zA-Z]+$/.test(text)) push('name', text, at)
    else if ('<>*[]T'.includes(text))
      push(text === 'T' ? 'name' : text === '[' ? 'open' : text === ']' ? 'close' : 'symbol', text, at)
    else fail(s, `\`${text}\` is not read`, at)
  }
  if (braces.length > 0) fail(s, 'this `{` is never closed', braces[braces.length - 1]!)
  if (environments.length > 0)
    fail(s, `\\begin{${environments[environments.length - 1]}} is never closed`, latex.length)
  const end = /^(?:[.,;]|\\quad|\\newline)$/
  while (tokens.length > 0 && end.test(tokens[tokens.length - 1]!.text)) tokens.pop()
  return joinPrimes(dropLayout(splitFractionDigits(dropEmptyGroups(tokens))))
}

/** A wide space between two operands parts two formulas and stays; elsewhere, and after a line break, it is layout. */
function dropLayout(tokens: readonly Token[]): readonly Token[] {
  const isOperand = (t: Token | undefined, edge: TokenKind): boolean =>
    t !== undefined &&
    t.text !== '\\newline' &&
    t.text !== '\\quad' &&
    (t.kind !== 'symbol' ? t.kind === edge || !['open', 'close'].includes(t.kind) : false)
  return tokens.filter((t, i) => {
    if (t.text === '\\newline') return false
    return (
      t.text !== '\\quad' ||
      (isOperand(tokens[i - 1], 'close') && isOperand(tokens[i + 1], 'open') && tokens[i + 1]!.text !== '\\times')
    )
  })
}

/** `q^{\prime}` and `q^\prime` are `q'`. */
function joinPrimes(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.text === '^' && tokens[i + 1]?.text === "'") continue
    if (tokens[i]!.text === '^' && tokens[i + 1]?.text === '{' && tokens[i + 2]?.text === "'") {
      let end = i + 2
      while (tokens[end]?.text === "'") end++
      if (tokens[end]?.text === '}') {
        result.push(...tokens.slice(i + 2, end))
        i = end
        continue
      }
    }
    result.push(tokens[i]!)
  }
  return result
}

/** For every `{` its `}`: positions in the token list. The braces are balanced (see `tokenize`). */
export function matchBraces(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const match = new Map<number, number>()
  const open: number[] = []
  tokens.forEach((token, i) => {
    if (token.text === '{') open.push(i)
    else if (token.text === '}') match.set(open.pop()!, i)
  })
  return match
}
