import type { SecondEngine } from '../exact/second-engine.js'
import type { Expression, Formula } from '../expression/expression.js'
import { type Comparison, compare, compareReadings } from './compare/compare.js'
import { hash32 } from './compare/hash.js'
import { statesDirectly } from './compare/named.js'
import type { CheckInput, Depth, Derived } from './derivation.js'
import type { Evidence } from './evidence.js'
import {
  deriveStatement,
  type Material,
  type Overrides,
  type PreparedPaper,
  premisesFor,
  printedPremises,
} from './prepare.js'
import { notingReads } from './read-premises.js'
import { runCheck } from './run-check.js'
import type { CheckResult } from './verdict.js'

/** What is found about a statement without any simulation. Plain data, which threads can hand to each other. */
export interface Groundwork {
  readonly targets: readonly TargetGroundwork[]
  /** Where the printed form was refuted: what became of it under every other convention of the statement. */
  readonly tried: readonly TriedReading[]
  /** Names of the premises that the derivation or a check has read so far. */
  readonly read: readonly string[]
}

/** The groundwork on what is printed, or on the correction. */
export interface TargetGroundwork {
  readonly target: Evidence['target']
  /** What the comparison with the derivation found. */
  readonly compared: readonly CheckResult[]
  /** Id of the reading under which the comparison holds; null for the text as it stands. */
  readonly reading: string | null
  /** The formula that checks are given; null where none are to be run. */
  readonly claimed: Formula | null
  /** What each of the statement's checks found, in their order; null for one that needs simulations. */
  readonly checked: readonly (CheckResult | null)[]
}

export interface TriedReading {
  readonly id: string
  readonly note: string
  readonly outcome: Evidence['outcome']
}

/** What computes needs none. */
const noSimulation = (): Promise<never> => Promise.reject(new Error('a direct check has asked for a simulation'))

/** What a check is given where a statement has no formula of its own (a figure, a prose claim). */
export const noFormula: Formula = { sides: [], relations: [] }

export interface GroundworkOptions {
  readonly seed: number
  readonly depth: Depth
  readonly secondEngine: SecondEngine | null
  readonly overrides: Overrides
  /** A formula to test in the printed one's place; the correction is then left out. */
  readonly instead: Formula | null
}

/**
 * Compares a statement with its derivation and runs those of its checks that need no simulation. It depends on the paper and
 * the options alone. Throws InputError where the statement or its derivation cannot be understood.
 */
export async function groundworkOf(
  prepared: PreparedPaper,
  id: string,
  options: GroundworkOptions,
): Promise<Groundwork> {
  const material = prepared.material(id)
  const read = new Set<string>()
  const derived = deriveStatement(prepared, id, options.overrides, read)
  const premises = notingReads(premisesFor(prepared, id, options.overrides), read)
  const premisesAsPrinted = printedPremises(prepared, id)
  const seed = (options.seed ^ hash32(id)) >>> 0
  const targets: TargetGroundwork[] = []
  let tried: readonly TriedReading[] = []
  for (const { target, formula } of targetsOf(prepared, id, options.instead)) {
    let compared: readonly CheckResult[] = []
    let claimed: Formula | null = formula ?? noFormula
    let reading: string | null = null
    if (derived !== null && formula !== null) {
      const comparison = compareWithDerived(material, formula, derived, target, {
        seed,
        depth: options.depth,
        secondEngine: options.secondEngine,
      })
      compared = comparison.results
      reading = comparison.reading
      if (target === 'printed' && compared.some(({ evidence }) => evidence.outcome === 'refuted'))
        tried = underOtherReadings(material, formula, derived, seed)
      // A roundabout way of stating a quantity that was refuted or not understood: its checks read the quantity itself.
      claimed = asStated(material, formula, derived, compared)
    }
    const checked: (CheckResult | null)[] = []
    // Networks and limits know nothing of a premise that somebody puts in another's place: only what is derived follows it.
    if (claimed !== null && options.overrides.size === 0) {
      const { context } = material
      const input: CheckInput = { claimed, target, derived, reading, premises, premisesAsPrinted, context, seed: options.seed, depth: options.depth } // biome-ignore format: one input
      for (const check of prepared.checks(id))
        checked.push(check.kind === 'direct' ? await runCheck(check, input, noSimulation) : null)
    }
    targets.push({ target, compared, reading, claimed, checked })
  }
  return { targets, tried, read: [...read] }
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
  const { notation, abbreviations, readings, siteCount } = material
  const named = namedBy(material)
  return compare({ claimed, derived, named, target, notation, abbreviations, readings, siteCount, ...options })
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
  // Which of several solutions it states is not known here.
  if (derived.others !== undefined) return null
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
