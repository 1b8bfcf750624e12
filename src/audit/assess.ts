import type { CheckInput, Derived } from './derivation.js'
import { type Groundwork, type GroundworkOptions, groundworkOf, type TriedReading } from './groundwork.js'
import { deriveStatement, type PreparedPaper, premisesFor, printedPremises } from './prepare.js'
import { notingReads } from './read-premises.js'
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
  /** Names of premises that neither the derivation nor a check has read; none where a check had no occasion to. */
  readonly unread: readonly string[]
  /** Where the printed form was refuted: what became of it under every other convention of the statement. */
  readonly tried: readonly TriedReading[]
}

/**
 * Compares a statement with its derivation and runs its checks, on what is printed and on the correction. Throws
 * InputError where the statement or its derivation cannot be understood; a check that throws one is undecided.
 */
export async function assess(prepared: PreparedPaper, id: string, options: AssessOptions): Promise<Assessment> {
  const { context } = prepared.material(id)
  const read = new Set<string>()
  const derived = deriveStatement(prepared, id, options.overrides, read)
  const given = premisesFor(prepared, id, options.overrides)
  const premises = notingReads(given, read)
  const premisesAsPrinted = printedPremises(prepared, id)
  const groundwork = (await options.groundwork?.(id)) ?? (await groundworkOf(prepared, id, options))
  for (const name of groundwork.read) read.add(name)
  const results: CheckResult[] = []
  const readings: (string | null)[] = []
  for (const { target, compared, claimed, reading, checked } of groundwork.targets) {
    results.push(...compared)
    readings.push(reading)
    if (claimed === null) continue
    const { seed, depth } = options
    const input: CheckInput = { claimed, target, derived, reading, premises, premisesAsPrinted, context, seed, depth }
    for (const [k, check] of prepared.checks(id).entries()) {
      if (k >= checked.length) continue
      const result = checked[k] ?? (await runCheck(check, input, options.simulate))
      results.push(result)
      readings.push(result.evidence.outcome === 'holds' ? (result.evidence.reading ?? null) : null)
    }
  }
  const everyCheckRan = options.overrides.size === 0 && groundwork.targets.every(({ claimed }) => claimed !== null)
  // What a figure reads is read when it is drawn; `uses` says what a claim rests on, read or not.
  const judged = everyCheckRan && prepared.figure(id) === undefined && derived?.kind !== 'nothing'
  const unread = judged ? Object.keys(given).filter((name) => !read.has(name)) : []
  const reading = readings.find((one) => one !== null) ?? null
  return { results, derived, unread, reading, tried: groundwork.tried }
}
