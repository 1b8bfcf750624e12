import type { SecondEngine } from '../exact/second-engine.js'
import type { Expression, Formula } from '../expression/expression.js'
import type { ShardSummary, SimulationRequest } from '../network/index.js'
import { type Comparison, compare, compareReadings } from './compare/compare.js'
import { hash32 } from './compare/hash.js'
import { statesDirectly } from './compare/named.js'
import type { Check, CheckInput, Depth, Derived } from './derivation.js'
import type { Evidence } from './evidence.js'
import {
  asInputError,
  deriveStatement,
  type Material,
  type Overrides,
  type PreparedPaper,
  premisesFor,
} from './prepare.js'
import type { CheckResult } from './verdict.js'

/** Runs a simulation, somewhere: in this thread, in workers, on a cluster. Equal requests may be run once. */
export type Simulate = (request: SimulationRequest) => Promise<ShardSummary>

export interface AssessOptions {
  readonly seed: number
  readonly depth: Depth
  readonly simulate: Simulate
  readonly secondEngine: SecondEngine | null
  readonly overrides: Overrides
  /** A formula to test in the printed one's place; the correction is then left out. */
  readonly instead: Formula | null
}

/** Everything found about a statement, before it is judged. */
export interface Assessment {
  readonly results: readonly CheckResult[]
  readonly derived: Derived | null
  readonly reading: string | null
  /** Where the printed form was refuted: what became of it under every other convention of the statement. */
  readonly tried: readonly TriedReading[]
}

export interface TriedReading {
  readonly id: string
  readonly note: string
  readonly outcome: Evidence['outcome']
}

/** What a check is given where a statement has no formula of its own (a figure, a prose claim). */
export const noFormula: Formula = { sides: [], relations: [] }

/**
 * Compares a statement with its derivation and runs its checks, on what is printed and on the correction. Throws
 * InputError where the statement or its derivation cannot be understood; a check that throws one is undecided.
 */
export async function assess(prepared: PreparedPaper, id: string, options: AssessOptions): Promise<Assessment> {
  const material = prepared.material(id)
  const derived = deriveStatement(prepared, id, options.overrides)
  const premises = premisesFor(prepared, id, options.overrides)
  const seed = (options.seed ^ hash32(id)) >>> 0
  const targets = targetsOf(prepared, id, options.instead)
  const results: CheckResult[] = []
  const readings: (string | null)[] = []
  let tried: readonly TriedReading[] = []
  for (const { target, formula } of targets) {
    let claimed = formula ?? noFormula
    let reading: string | null = null
    if (derived !== null && formula !== null) {
      const compared = compareWithDerived(material, formula, derived, target, {
        seed,
        depth: options.depth,
        secondEngine: options.secondEngine,
      })
      results.push(...compared.results)
      readings.push(compared.reading)
      reading = compared.reading
      if (target === 'printed' && compared.results.some(({ evidence }) => evidence.outcome === 'refuted'))
        tried = underOtherReadings(material, formula, derived, seed)
      const direct = asStated(material, formula, derived, compared.results)
      // A roundabout way of stating a quantity that was refuted or not understood: its checks read the quantity itself.
      if (direct === null) continue
      claimed = direct
    }
    const input: CheckInput = {
      claimed,
      target,
      derived,
      reading,
      premises,
      context: material.context,
      seed: options.seed,
      depth: options.depth,
    }
    // Networks and limits know nothing of a premise that somebody puts in another's place: only what is derived follows it.
    if (options.overrides.size > 0) continue
    const checked = await runChecks(prepared, id, input, options)
    results.push(...checked)
    readings.push(...checked.map(({ evidence }) => (evidence.outcome === 'holds' ? (evidence.reading ?? null) : null)))
  }
  return { results, derived, reading: readings.find((reading) => reading !== null) ?? null, tried }
}

/**
 * A refuted formula under all conventions that the statement's data name: each reading, and each convention that excuses nothing,
 * by itself and together with every reading.
 */
function underOtherReadings(
  material: Material,
  claimed: Formula,
  derived: Derived,
  seed: number,
): readonly TriedReading[] {
  const { notation, abbreviations, readings, tried } = material
  const common = { claimed, derived, named: namedBy(material), target: 'printed', notation, abbreviations } as const
  const outcomesOf = (combined: Material['readings']): readonly Evidence['outcome'][] =>
    compareReadings({ ...common, readings: combined, seed, depth: 'quick', secondEngine: null }).map(
      ({ outcome }) => outcome,
    )
  return [
    ...readings.map((one) => ({ ...one.reading, outcomes: outcomesOf([one]) })),
    ...tried.map((one) => ({
      ...one.reading,
      outcomes: outcomesOf([
        one,
        ...readings.map(({ reading, rewritings }) => ({ reading, rewritings: [...one.rewritings, ...rewritings] })),
      ]),
    })),
  ].map(({ id, note, outcomes }) => ({
    id,
    note,
    outcome: outcomes.includes('holds') ? 'holds' : outcomes.includes('undecided') ? 'undecided' : 'refuted',
  }))
}

export function compareWithDerived(
  material: Material,
  claimed: Formula,
  derived: Derived,
  target: Evidence['target'],
  options: Pick<Comparison, 'seed' | 'depth' | 'secondEngine' | 'briefly'>,
): ReturnType<typeof compare> {
  const { notation, abbreviations, readings } = material
  return compare({ claimed, derived, named: namedBy(material), target, notation, abbreviations, readings, ...options })
}

/** What a statement is about: the first side of its printed formula. */
const namedBy = ({ printed }: Material): Expression | null =>
  printed !== null && printed.sides.length > 1 ? printed.sides[0]! : null

/**
 * The formula that checks are given: the claimed one where it has the statement's quantity on its first side. Where it
 * states the quantity in another way, and equivalently so, the quantity's derived value; null where it was not found
 * to hold.
 */
export function asStated(
  material: Material,
  claimed: Formula,
  derived: Derived,
  results: readonly CheckResult[],
): Formula | null {
  const named = namedBy(material)
  if (derived.kind !== 'value' || named === null || statesDirectly(claimed, named)) return claimed
  const outcomes = results.map(({ evidence }) => evidence.outcome)
  if (outcomes.includes('refuted') || !outcomes.includes('holds')) return null
  return { sides: [named, derived.value], relations: ['='] }
}

interface Target {
  readonly target: Evidence['target']
  readonly formula: Formula | null
}

function targetsOf(prepared: PreparedPaper, id: string, instead: Formula | null): readonly Target[] {
  if (instead !== null) return [{ target: 'printed', formula: instead }]
  const { printed, corrected } = prepared.material(id)
  const printedTarget: Target = { target: 'printed', formula: printed }
  if (prepared.statement(id).corrected === null) return [printedTarget]
  return [printedTarget, { target: 'corrected', formula: corrected }]
}

async function runChecks(
  prepared: PreparedPaper,
  id: string,
  input: CheckInput,
  options: AssessOptions,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of prepared.checks(id)) results.push(await runCheck(check, input, options))
  return results
}

/** Runs one check; what it throws, or cannot put in numbers, leaves it undecided. */
export async function runCheck(
  check: Check,
  input: CheckInput,
  { simulate, seed, depth }: Pick<AssessOptions, 'simulate' | 'seed' | 'depth'>,
): Promise<CheckResult> {
  let evidence: Evidence
  try {
    if (check.kind === 'direct') evidence = await check.run(input)
    else {
      const summaries = await Promise.all(check.simulations({ seed, depth }).map(simulate))
      evidence = check.judge(input, summaries)
    }
  } catch (error) {
    const failure = asInputError(error, 'the check fails')
    evidence = {
      method: check.kind === 'sampled' ? 'sampled' : 'numeric',
      target: input.target,
      outcome: 'undecided',
      summary: `${check.name}: ${failure.message}`,
      witness: null,
      numbers: {},
    }
  }
  return { check: check.name, evidence: withoutNaN(evidence) }
}

/** NaN is never evidence: a check whose figures are not numbers has decided nothing. */
function withoutNaN(evidence: Evidence): Evidence {
  const bad = Object.entries(evidence.numbers).filter(
    ([, value]) =>
      (typeof value === 'number' && !Number.isFinite(value)) ||
      (Array.isArray(value) && value.some((item) => !Number.isFinite(item))),
  )
  if (bad.length === 0) return evidence
  const names = bad.map(([name]) => name)
  const numbers = Object.fromEntries(Object.entries(evidence.numbers).filter(([name]) => !names.includes(name)))
  return {
    ...evidence,
    outcome: 'undecided',
    witness: null,
    summary: `not decided: ${names.join(', ')} is not a number (${evidence.summary})`,
    numbers,
  }
}
