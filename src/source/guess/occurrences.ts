/** Every name of a formula with its scripts and what stands around it, before anybody has said what it means. */
import { isReserved } from '../../expression/read-latex.js'
import { matchBraces, type Token } from '../../expression/tokens.js'

export interface Occurrence {
  /** The name without scripts: `\sigma`, `\tilde{r}`, `q'`. */
  readonly nucleus: string
  readonly subscript: readonly Token[]
  readonly superscript: readonly Token[]
  /** What stands in the bracket that follows at once; null where none does. */
  readonly argument: readonly Token[] | null
  readonly bracket: '(' | '[' | null
  /** Whether the bracket is there for a power: `m (u^l)^2`. */
  readonly bracketHasPower: boolean
  /** Whether it stands below a fraction line, under a root or in a logarithm. */
  readonly mustBePositive: boolean
  /** Whether it is what the formula begins with, followed by `=`. */
  readonly isLeftSide: boolean
}

export interface FormulaNames {
  readonly occurrences: readonly Occurrence[]
  /** Letters below sums and products; true where the sum has bounds. */
  readonly bound: ReadonlyMap<string, boolean>
  /** Names that stand alone in the upper bound of a sum. */
  readonly upperBounds: readonly string[]
  /** Letters behind the `d` of an integral. */
  readonly variables: readonly string[]
}

const marks = new Set(['_', '^'])

/** The names of a formula that has been cut into tokens; `own` are names of the author's that the reader has a meaning for. */
export function namesOf(tokens: readonly Token[], own: ReadonlySet<string> = new Set()): FormulaNames {
  const braces = matchBraces(tokens)
  const occurrences: Occurrence[] = []
  const bound = new Map<string, boolean>()
  const upperBounds: string[] = []
  const variables: string[] = []
  const positive = positiveRanges(tokens, braces)
  const skipped = new Set<number>()
  const script = (at: number): { readonly tokens: readonly Token[]; readonly end: number } => {
    const close = tokens[at]?.text === '{' ? braces.get(at) : undefined
    return close === undefined
      ? { tokens: tokens.slice(at, at + 1), end: at + 1 }
      : { tokens: tokens.slice(at + 1, close), end: close + 1 }
  }
  const hasIntegral = tokens.some(({ text }) => text === '\\int')
  for (let k = 0; k < tokens.length; k++) {
    const token = tokens[k]!
    if (token.text === '\\sum' || token.text === '\\prod') {
      readBounds(k + 1)
      continue
    }
    if (token.kind !== 'name' || skipped.has(k)) continue
    const next = tokens[k + 1]
    if (
      hasIntegral &&
      (token.text === 'd' || token.text === '\\mathrm{d}' || token.text === 'D') &&
      next?.kind === 'name' &&
      !isReserved(next.text)
    ) {
      if (!marks.has(tokens[k + 2]?.text ?? '')) {
        variables.push(next.text)
        skipped.add(k + 1)
      }
      continue
    }
    if (isDifferentialOfFraction(tokens, k)) continue
    if (isReserved(token.text) && !own.has(token.text) && !isDeclaredDelta(tokens, k)) continue
    occurrences.push(occurrenceAt(k))
  }
  return { occurrences, bound, upperBounds, variables }

  function readBounds(from: number): void {
    let at = from
    let below: readonly Token[] = []
    let above: readonly Token[] = []
    while (marks.has(tokens[at]?.text ?? '')) {
      const { tokens: content, end } = script(at + 1)
      if (tokens[at]!.text === '_') {
        below = content
        for (let k = at; k < end; k++) if (isLetter(tokens[k]!)) skipped.add(k)
      } else above = content
      at = end
    }
    const stop = below.findIndex(
      ({ text }) => text === '=' || text === '\\in' || text === '\\ne' || text === '\\neq' || text === '<',
    )
    const letters = stop < 0 ? below : below.slice(0, stop)
    for (const token of letters) if (isLetter(token)) bound.set(token.text, stop >= 0 && below[stop]!.text === '=')
    const names = above.filter(({ kind }) => kind === 'name')
    if (
      names.length === 1 &&
      above.every(({ kind, text }) => kind === 'name' || kind === 'number' || '+-'.includes(text))
    )
      upperBounds.push(names[0]!.text)
  }

  function occurrenceAt(k: number): Occurrence {
    let at = k + 1
    let nucleus = tokens[k]!.text
    while (tokens[at]?.text === "'") {
      nucleus += "'"
      at++
    }
    let subscript: readonly Token[] = []
    let superscript: readonly Token[] = []
    for (; marks.has(tokens[at]?.text ?? ''); ) {
      const { tokens: content, end } = script(at + 1)
      if (tokens[at]!.text === '_') subscript = content
      else superscript = content
      for (let inner = at + 1; inner < end; inner++) if (isIndexLike(content)) skipped.add(inner)
      at = end
    }
    const opened = tokens[at]?.text
    const bracket = opened === '(' || opened === '[' ? opened : null
    return {
      nucleus,
      subscript,
      superscript,
      bracket,
      argument: bracket === null ? null : argumentAt(tokens, at),
      bracketHasPower: bracket !== null && hasPowerBehind(tokens, at),
      mustBePositive: positive.some(([from, to]) => k >= from && k < to) || superscript[0]?.text === '-',
      isLeftSide:
        k === 0 &&
        (opened === '=' || (bracket !== null && tokens[at + argumentAt(tokens, at).length + 2]?.text === '=')),
    }
  }
}

/** In scripts and below sums `i` is a letter like any other. */
const isLetter = (token: Token): boolean =>
  token.kind === 'name' && (!isReserved(token.text) || /^[a-zA-Z]$/.test(token.text))

/** `\delta` is Kronecker's or Dirac's with two indices or an argument, otherwise a name of the author's. */
function isDeclaredDelta(tokens: readonly Token[], k: number): boolean {
  const next = tokens[k + 1]?.text
  return tokens[k]!.text === '\\delta' && next !== '_' && next !== '('
}

/** The `d` of `\frac{d}{dx}` and `\frac{df}{dx}`, above and below the line. */
function isDifferentialOfFraction(tokens: readonly Token[], k: number): boolean {
  const isSign = (at: number): boolean => tokens[at]?.text === 'd' || tokens[at]?.text === '\\mathrm{d}'
  if (!isSign(k) || tokens[k - 1]?.text !== '{') return false
  if (tokens[k - 2]?.text === '\\frac')
    return tokens[k + 1]?.text !== '}' || (tokens[k + 2]?.text === '{' && isSign(k + 3))
  if (tokens[k - 2]?.text !== '}' || tokens[k + 1]?.kind !== 'name') return false
  let open = k - 2
  for (let depth = 0; open >= 0; open--) {
    if (tokens[open]!.text === '}') depth++
    else if (tokens[open]!.text === '{' && --depth === 0) break
  }
  return isSign(open + 1) && tokens[open - 1]?.text === '\\frac'
}

/** Scripts that hold letters, numbers, offsets and commas alone. */
export const isIndexLike = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 &&
  tokens.every((token) => {
    const { kind, text } = token
    return isLetter(token) || kind === 'text' || (kind === 'number' && /^\d+$/.test(text)) || indexSigns.has(text)
  })

const indexSigns: ReadonlySet<string> = new Set([',', ';', '+', '-', "'", '(', ')', '*'])

function argumentAt(tokens: readonly Token[], at: number): readonly Token[] {
  let depth = 0
  for (let k = at; k < tokens.length; k++) {
    if (tokens[k]!.kind === 'open') depth++
    else if (tokens[k]!.kind === 'close' && --depth === 0) return tokens.slice(at + 1, k)
  }
  return tokens.slice(at + 1)
}

/** `(u^l)^2`: the bracket holds scripts and has a power of its own. */
function hasPowerBehind(tokens: readonly Token[], at: number): boolean {
  const argument = argumentAt(tokens, at)
  return tokens[at + argument.length + 2]?.text === '^' && argument.some(({ text }) => text === '^')
}

/** Where names must not vanish or be negative: denominators, roots, logarithms. */
function positiveRanges(
  tokens: readonly Token[],
  braces: ReadonlyMap<number, number>,
): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = []
  tokens.forEach(({ text }, k) => {
    if (text === '\\frac') {
      const above = braces.get(k + 1) ?? k + 1
      const below = braces.get(above + 1) ?? above + 1
      ranges.push([above + 1, below + 1])
    } else if (text === '\\sqrt') ranges.push([k + 1, (braces.get(k + 1) ?? k + 1) + 1])
    else if (text === '\\log') {
      const opened = tokens[k + 1]?.text
      ranges.push([k + 1, opened === '(' || opened === '[' ? k + 2 + argumentAt(tokens, k + 1).length : k + 2])
    } else if (text === '/') ranges.push([k + 1, k + 2])
  })
  return ranges
}
