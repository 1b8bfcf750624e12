import type { Token } from './tokens.js'

/** Commands whose arguments are, without braces, one token each. */
const ofTwoArguments: ReadonlySet<string> = new Set(['\\frac', '\\binom'])

const ofOneArgument: ReadonlySet<string> = new Set(['_', '^', '\\sqrt'])

/**
 * Numbers behind a fraction cut as TeX does, which takes a digit for an argument: `\frac12` is one half, `\frac123` three
 * halves, and `\frac{a}24` four times a half of a.
 */
export function splitFractionDigits(tokens: readonly Token[]): readonly Token[] {
  const split: Token[] = []
  for (const token of tokens) {
    let rest = token
    while (rest.kind === 'number' && /^\d\d/.test(rest.text) && isArgument(split)) {
      split.push({ ...rest, text: rest.text.slice(0, 1) })
      rest = { ...rest, text: rest.text.slice(1), column: rest.column + 1 }
    }
    split.push(rest)
  }
  return split
}

/** Whether what comes behind these tokens is an argument of a fraction. */
function isArgument(before: readonly Token[]): boolean {
  const isFraction = (at: number): boolean => ofTwoArguments.has(before[at]?.text ?? '')
  const last = before.length - 1
  if (isFraction(last)) return true
  if (before[last]?.text === '{') return false
  return isFraction((before[last]?.text === '}' ? openingOf(before, last) : last) - 1)
}

/** Where the group that ends at a brace begins. */
function openingOf(tokens: readonly Token[], end: number): number {
  let depth = 0
  for (let at = end; at >= 0; at--) {
    if (tokens[at]!.text === '}') depth++
    else if (tokens[at]!.text === '{' && --depth === 0) return at
  }
  return -1
}

/** Tokens without empty groups that are nobody's argument: authors write `={}&` and `{}-a` for the space around a sign. */
export function dropEmptyGroups(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const empty = tokens[at]!.text === '{' && tokens[at + 1]?.text === '}'
    const before = kept.at(-1)
    // Where an argument belongs it is missing: that is for the reader to say.
    const wanted = (before !== undefined && ofOneArgument.has(before.text)) || isArgument(kept)
    if (empty && !wanted) at++
    else kept.push(tokens[at]!)
  }
  return kept
}
