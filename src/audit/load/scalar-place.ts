/** A text of a YAML file as it stands there, for messages about a place inside it. */
export interface ScalarSource {
  /** As written: with quotes, escapes and line breaks. */
  readonly raw: string
  /** Where it begins in its file, both counted from 1. */
  readonly line: number
  readonly column: number
}

/**
 * Where the character of a value stands in the file: quotes, doubled quotes, escapes and folded lines are seen through. The
 * beginning of the text where value and source do not fit each other.
 *
 * @param position counted from 0 in the value
 */
export function placeInScalar(
  { raw, line, column }: ScalarSource,
  value: string,
  position: number,
): { readonly line: number; readonly column: number } {
  const quote = raw[0] === "'" || raw[0] === '"' ? raw[0] : null
  let at = quote === null ? afterBlockHeader(raw) : 1
  const isSpace = (c: string | undefined): boolean => c !== undefined && /\s/.test(c)
  for (let k = 0; k < Math.min(position, value.length); ) {
    if (isSpace(value[k])) {
      while (isSpace(value[k]) && k < position) k++
      while (isSpace(raw[at])) at++
      continue
    }
    // Folding may have put a line break where the value has none.
    while (isSpace(raw[at])) at++
    at += quote === "'" && raw.startsWith("''", at) ? 2 : quote === '"' && raw[at] === '\\' ? 2 : 1
    k++
  }
  while (isSpace(raw[at]) && !isSpace(value[position])) at++
  if (at >= raw.length) return { line, column }
  const before = raw.slice(0, at).split('\n')
  return before.length === 1
    ? { line, column: column + at }
    : { line: line + before.length - 1, column: before.at(-1)!.length + 1 }
}

/** `>-` and `|` stand before a block of lines. */
function afterBlockHeader(raw: string): number {
  const header = /^[|>][-+0-9]*[^\n]*\n/.exec(raw)
  return header === null ? 0 : header[0].length
}
