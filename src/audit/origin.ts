import { InputError } from '../expression/errors.js'
import { hash32 } from './compare/hash.js'
import type { Verdict } from './evidence.js'
import { compareWithDerived } from './groundwork.js'
import { deriveStatement, type PreparedPaper } from './prepare.js'

/** What is already known of the statements that another rests on. */
export interface KnownVerdict {
  readonly verdict: Verdict
  readonly origin: string | null
}

/**
 * Where the error of a wrong statement first enters. It is derived again from its wrong premises as they are printed: if
 * what it prints then follows, it inherits the error, and its origin is that premise's; otherwise the error is its own.
 */
export function originOf(
  prepared: PreparedPaper,
  id: string,
  known: ReadonlyMap<string, KnownVerdict>,
  seed: number,
): string {
  const wrong = prepared.graph.premisesOf(id).filter((premise) => {
    const verdict = known.get(premise)?.verdict
    return (verdict === 'erratum' || verdict === 'refuted') && prepared.material(premise).printed !== null
  })
  if (wrong.length === 0) return id
  // Each wrong premise alone, then all of them together.
  const attempts = wrong.length === 1 ? [wrong] : [...wrong.map((premise) => [premise]), wrong]
  const explains = attempts.find((premises) => followsFrom(prepared, id, premises, seed))
  const source = explains?.[0]
  return source === undefined ? id : (known.get(source)?.origin ?? source)
}

function followsFrom(prepared: PreparedPaper, id: string, premises: readonly string[], seed: number): boolean {
  const material = prepared.material(id)
  if (material.printed === null) return false
  try {
    const overrides = new Map(premises.map((premise) => [premise, prepared.material(premise).printed!]))
    const derived = deriveStatement(prepared, id, overrides)
    if (derived === null) return false
    const options = { seed: (seed ^ hash32(id)) >>> 0, depth: 'quick', secondEngine: null } as const
    const { results } = compareWithDerived(material, material.printed, derived, 'printed', options)
    const outcomes = results.map(({ evidence }) => evidence.outcome)
    return outcomes.includes('holds') && !outcomes.includes('refuted')
  } catch (error) {
    if (error instanceof InputError) return false
    throw error
  }
}
