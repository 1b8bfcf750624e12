import type { z } from 'zod'
import { InputError, type Place } from '../../expression/errors.js'
import { nearWord } from '../near-word.js'
import type { YamlDocument } from './document.js'
import { knownKeys } from './schema.js'

const shown = 10

/**
 * Checks a document's value against a schema. Throws one InputError that lists every problem (at most ten) with file,
 * line, statement and the way out; its place is the first one's.
 */
export function validate<T extends z.ZodType>(document: YamlDocument, schema: T): z.output<T> {
  const result = schema.safeParse(document.value, { reportInput: false })
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => ({
    detail: `${pathText(issue.path)}${isMissing(document.value, issue) ? 'missing; add it' : messageOf(issue)}`,
    place: { ...placeOfIssue(document, issue), ...statementAt(document.value, issue.path) },
  }))
  const [first, ...rest] = problems
  const others = rest.slice(0, shown - 1).map(({ detail, place }) => new InputError(detail, place).message)
  if (rest.length >= shown) others.push(`and ${rest.length - shown + 1} more`)
  throw new InputError([first!.detail, ...others].join('\n'), first!.place)
}

function placeOfIssue(document: YamlDocument, issue: z.core.$ZodIssue): Place {
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  return document.placeOf(key === undefined ? issue.path : [...issue.path, key])
}

/** The id of the statement in whose entry a path lies. */
function statementAt(value: unknown, path: readonly PropertyKey[]): Place {
  if (!Array.isArray(value) || typeof path[0] !== 'number') return {}
  const entry: unknown = value[path[0]]
  if (typeof entry !== 'object' || entry === null || !('id' in entry)) return {}
  return typeof entry.id === 'string' ? { statement: entry.id } : {}
}

function pathText(path: readonly PropertyKey[]): string {
  const names = path.filter((part) => typeof part === 'string')
  return names.length === 0 ? '' : `${names.join('.')}: `
}

/** Whether a problem is that nothing stands at its place. */
function isMissing(value: unknown, issue: z.core.$ZodIssue): boolean {
  if (issue.path.length === 0 || issue.code === 'unrecognized_keys') return false
  let at: unknown = value
  for (const part of issue.path) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Readonly<Record<PropertyKey, unknown>>)[part]
  }
  return at === undefined
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownKey).join('; ')
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.flat()[0]
    return nested === undefined ? issue.message : messageOf(nested)
  }
  return issue.message
}

function unknownKey(key: string): string {
  const near = nearWord(key, knownKeys)
  return `unknown key '${key}'; ${near === undefined ? 'remove it' : `did you mean '${near}'?`}`
}
