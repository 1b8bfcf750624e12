/** Arguments of a macro in the text of a formula. */

export interface Arguments {
  /** What stands in square brackets; null where none do. */
  readonly option: string | null
  /** What stands in braces, without them. */
  readonly values: readonly string[]
  /** Behind the last of them. */
  readonly end: number
}

export const skipSpaces = (latex: string, from: number): number => {
  let at = from
  while (/\s/.test(latex[at] ?? '')) at++
  return at
}

/**
 * The arguments that follow a macro's name at `from`: a star, which is passed over, an option, and braces, at least and at most
 * as many as `takes` says. Those that must be there may be single signs, as for TeX; the others follow at once. Null where
 * there are too few.
 */
export function argumentsAt(latex: string, from: number, takes: readonly [number, number]): Arguments | null {
  let at = from
  if (takes[1] > 0 && latex[skipSpaces(latex, at)] === '*') at = skipSpaces(latex, at) + 1
  let option: string | null = null
  if (takes[1] > 0 && latex[at] === '[') {
    const end = closing(latex, at, '[', ']')
    if (end === null) return null
    option = latex.slice(at + 1, end)
    at = end + 1
  }
  const values: string[] = []
  while (values.length < takes[1]) {
    const next = values.length < takes[0] ? skipSpaces(latex, at) : at
    const end = latex[next] === '{' ? closing(latex, next, '{', '}') : null
    if (end !== null) {
      values.push(latex.slice(next + 1, end).trim())
      at = end + 1
      continue
    }
    const sign = values.length < takes[0] ? /^(?:\\[a-zA-Z]+|\\.|[^\s{}\\])/.exec(latex.slice(next))?.[0] : undefined
    if (sign === undefined) break
    values.push(sign)
    at = next + sign.length
  }
  return values.length < takes[0] ? null : { option, values, end: at }
}

/** The bracket that closes the one at `from`; null where none does. */
function closing(latex: string, from: number, open: string, close: string): number | null {
  let depth = 0
  for (let at = from; at < latex.length; at++) {
    const sign = latex[at]
    if (sign === '\\') at += 1
    else if (sign === open) depth += 1
    else if (sign === close && --depth === 0) return at
  }
  return null
}
