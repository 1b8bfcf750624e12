/** JSON that gives back every number bit for bit: where JSON has no word for one, a small object stands for it. */

const special = new Map<string, number>([
  ['-0', -0],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

/**
 * Plain data as one line of JSON, keys in alphabetical order: equal data give equal texts. Whole numbers of type bigint
 * are written, so that formulas have a text, and read back as such.
 */
export const writeExactJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return { $integer: String(item) }
    if (typeof item === 'number') {
      if (Object.is(item, -0)) return { $number: '-0' }
      return Number.isFinite(item) ? item : { $number: String(item) }
    }
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
  })

/** What `writeExactJson` wrote. Throws SyntaxError on anything that is no JSON. */
export function readExactJson(text: string): unknown {
  if (!text.includes('{"$')) return JSON.parse(text)
  return JSON.parse(text, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null) return item
    if ('$number' in item) return special.get(String(item.$number))
    if ('$integer' in item) return BigInt(String(item.$integer))
    return item
  })
}
