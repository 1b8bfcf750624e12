/** What to do next about a statement that is open, to the letter. */

import type { Paper, Statement } from './statement.js'
import type { CheckResult } from './verdict.js'

/** What the next step depends on. */
export interface OpenStatement {
  readonly statement: Statement
  readonly verdict: string
  /** How it was derived; null: it was not. */
  readonly method: string | null
  readonly results: readonly CheckResult[]
  readonly error: unknown
  /** A module that speaks of it and did not load. @defaultValue null */
  readonly unloaded?: string | null
  /** Why its derivation was left out. @defaultValue null */
  readonly leftOut?: string | null
}

/**
 * The next step for an open statement: which derivation to write, and where, or what to do so that its LaTeX is read. Null for
 * every other verdict, for what is open for a declared reason, and where an error or undecided evidence says it already.
 */
export function nextStep(
  paper: Paper,
  { statement, verdict, method, results, error, unloaded, leftOut }: OpenStatement,
): string | null {
  if (verdict !== 'open' || error !== null || statement.open !== null || results.length > 0) return null
  if (leftOut && method === null) return `mend its derivation, which was left out: ${leftOut}`
  if (unloaded) return `mend ${unloaded}, which did not load`
  const place = `${statement.source.file}:${statement.source.line}`
  const id = shortId(statement)
  if (statement.encoding === 'hand' && statement.encoded === null)
    return `make it readable: change its notation or LaTeX and take 'encoding: hand' away (${place}), or add 'encoded' with LaTeX that says the same; it is not read because: ${oneLine(statement.encodingReason ?? '')}`
  if (method !== null)
    return `its derivation compares nothing: add checks with confirm('${id}', …) in derivations/${paper.id}/`
  const premise = premiseFor(paper, statement)
  const scaffold = `derive('${id}', { ${premise === null ? '' : `premise: '${premise}' `}}, 'how it follows', (${premise === null ? '_' : '{ premise }'}, context) => …)`
  return `write ${scaffold} in derivations/${paper.id}/, or 'role: definition' (${place}) where nothing is to be derived`
}

/** The nearest readable statement before it: more often than not what it follows from. */
function premiseFor(paper: Paper, statement: Statement): string | null {
  const at = paper.statements.indexOf(statement)
  const before = paper.statements.slice(0, at).reverse()
  const readable = (one: Statement): boolean => one.encoding === 'latex' || one.encoded !== null
  const found = before.find(readable) ?? paper.statements.slice(at + 1).find(readable)
  return found === undefined ? null : shortId(found)
}

const shortId = ({ id, paper }: Statement): string => id.slice(paper.length + 1)
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
