import type { Expression } from './expression.js'

const keys = new WeakMap<object, string>()

/** A string that two trees share exactly when they are the same tree: for maps and sets. */
export function keyOf(e: Expression): string {
  const known = keys.get(e)
  if (known !== undefined) return known
  const key = textOf(e)
  keys.set(e, key)
  return key
}

/** A tree's parts as JSON, whole numbers of any length with an `n`. */
function textOf(part: unknown): string {
  if (typeof part === 'string') return JSON.stringify(part)
  if (typeof part === 'bigint') return `"${part}n"`
  if (typeof part !== 'object' || part === null) return String(part)
  if (Array.isArray(part)) return `[${part.map(partText).join()}]`
  return `{${Object.entries(part).map(([name, value]) => `"${name}":${partText(value)}`)}}`
}

const isNode = (part: unknown): part is Expression => typeof part === 'object' && part !== null && 'kind' in part

const partText = (part: unknown): string => (isNode(part) ? keyOf(part) : textOf(part))

/** Same tree (not: same value). */
export const sameTree = (a: Expression, b: Expression): boolean => sameParts(a, b)

function sameParts(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((part, k) => sameParts(part, b[k]))
  const [ofA, ofB] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>]
  const names = Object.keys(ofA)
  return names.length === Object.keys(ofB).length && names.every((name) => sameParts(ofA[name], ofB[name]))
}
