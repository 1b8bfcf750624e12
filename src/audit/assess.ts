import type { CheckInput, Derived } from './derivation.js'
import { type Groundwork, type GroundworkOptions, groundworkOf, type TriedReading } from './groundwork.js'
import { deriveStatement, type PreparedPaper, premisesFor } from './prepare.js'
import { runCheck, type Simulate } from './run-check.js'
import type { CheckResult } from './verdict.js'

export interface AssessOptions extends GroundworkOptions {
  readonly simulate: Simulate
  /** Does a statement's groundwork somewhere else, in another thread say; null where it must be done here. @defaultValue here */
  readonly groundwork?: (id: string) => Promise<Groundwork | null>
}

/** Everything found about a statement, before it is judged. */
export interface Assessment {
  readonly results: readonly CheckResult[]
  readonly derived: Derived | null
  readonly reading: string | null
  /** Where the printed form was refuted: what became of it under every other convention of the statement. */
  readonly tried: readonly TriedReading[]
}

/**
 * Compares a statement with its derivation and runs its checks, on what is printed and on the correction. Throws
 * InputError where the statement or its derivation cannot be understood; a check that throws one is undecided.
 */
export async function assess(prepared: PreparedPaper, id: string, options: AssessOptions): Promise<Assessment> {
  const { context } = prepared.material(id)
  const derived = deriveStatement(prepared, id, options.overrides)
  const premises = premisesFor(prepared, id, options.overrides)
  const { targets, tried } = (await options.groundwork?.(id)) ?? (await groundworkOf(prepared, id, options))
  const results: CheckResult[] = []
  for (const { target, compared, claimed, reading, checked } of targets) {
    results.push(...compared)
    if (claimed === null) continue
    const { seed, depth } = options
    const input: CheckInput = { claimed, target, derived, reading, premises, context, seed, depth }
    for (const [k, check] of prepared.checks(id).entries())
      if (k < checked.length) results.push(checked[k] ?? (await runCheck(check, input, options.simulate)))
  }
  return { results, derived, reading: targets.find(({ reading }) => reading !== null)?.reading ?? null, tried }
}
