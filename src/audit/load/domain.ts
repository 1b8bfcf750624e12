import type { Domain } from '../../expression/notation.js'

const number = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)`
const shape = new RegExp(String.raw`^(integers\s+)?([([])\s*(${number})\s*,\s*(${number})\s*([)\]])$`)

const toNumber = (text: string): number =>
  text.endsWith('inf') ? (text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number(text)

/** How a domain is written, for messages. */
export const domainSyntax = "'(0, inf)', '[0, 1)' or 'integers [1, 100]'"

/**
 * Reads a domain such as `(0, inf)`, `[0, 1)`, `integers [1, 100]`. A round bracket leaves the end out. Null where the
 * text is none, the interval is empty, or an infinite end is said to belong to it.
 */
export function parseDomain(text: string): Domain | null {
  const match = shape.exec(text.trim())
  if (match === null) return null
  const minimum = toNumber(match[3]!)
  const maximum = toNumber(match[4]!)
  const includeMinimum = match[2] === '['
  const includeMaximum = match[5] === ']'
  const closedEndsFinite =
    (!includeMinimum || Number.isFinite(minimum)) && (!includeMaximum || Number.isFinite(maximum))
  const someValue = minimum < maximum || (minimum === maximum && includeMinimum && includeMaximum)
  if (!closedEndsFinite || !someValue) return null
  return { minimum, maximum, includeMinimum, includeMaximum, integer: match[1] !== undefined }
}
