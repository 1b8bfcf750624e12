import { InputError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import { toLatex } from '../../expression/write-latex.js'
import { hash32 } from '../compare/hash.js'
import type { Check, CheckInput, Derived } from '../derivation.js'
import {
  allowedByConvention,
  type Equivalence,
  onlyRenamesMeasures,
  onlyScalesWeight,
  sameMeaning,
} from '../equivalent.js'
import type { Evidence } from '../evidence.js'
import { asStated, compareWithDerived } from '../groundwork.js'
import { asInputError, deriveStatement, type Material, type PreparedPaper, premisesFor } from '../prepare.js'
import { runCheck, type Simulate } from '../run-check.js'
import { type Mutant, mutants } from './mutants.js'
import type { MutationName } from './operators.js'

/** What became of a mutant. */
export interface MutantResult {
  readonly operator: MutationName
  readonly place: number
  readonly latex: string
  readonly fate: 'refuted' | 'equivalent' | 'explained' | 'survived'
  /** Refuted: by which check. Equivalent: how that was found out. Explained: why. Survived: what held or was undecided. */
  readonly reason: string
}

/** A statement's mutants. */
export interface AttackResult {
  readonly statement: string
  /** Why the statement was not attacked; null where it was. */
  readonly skipped: string | null
  /** Why the statement could not be understood, or its derivation fails: then it has no mutants. @defaultValue nothing is wrong */
  readonly error?: string
  /**
   * The check that refutes the statement as it is (corrected, where it is): that its alterations are refuted too would say
   * nothing, so that it has no mutants. @defaultValue it is not refuted
   */
  readonly refuted?: string
  readonly mutants: readonly MutantResult[]
}

export interface AttackOptions {
  readonly seed: number
  /** Mutants of each operator at most. */
  readonly each: number
  readonly simulate: Simulate
  readonly signal?: AbortSignal
  readonly onMutant?: (result: MutantResult, done: number, total: number) => void
}

/** What is computed once for all mutants of a statement. */
interface Target {
  readonly prepared: PreparedPaper
  readonly id: string
  readonly original: Formula
  readonly material: Material
  readonly derived: Derived | null
  readonly input: Omit<CheckInput, 'claimed' | 'reading'>
}

const depth = 'quick'

/**
 * Alters a statement's formula (corrected, where it is) in every declared way and sees whether the checks notice. A
 * mutant is compared with the derivation first, by what is cheapest; checks run only until one refutes it, those that
 * need networks last. Throws InputError where the statement itself cannot be understood.
 */
export async function attackStatement(
  prepared: PreparedPaper,
  id: string,
  options: AttackOptions,
): Promise<AttackResult> {
  const material = prepared.material(id)
  const original = material.corrected ?? material.printed
  const skipped = reasonToSkip(prepared, id, original)
  if (skipped !== null || original === null) return { statement: id, skipped, mutants: [] }
  const derived = deriveStatement(prepared, id, new Map())
  const premises = premisesFor(prepared, id, new Map())
  const input = { target: 'printed', derived, premises, context: material.context, seed: options.seed, depth } as const
  const target: Target = { prepared, id, original, material, derived, input }
  const wrong = await refutationOf(target, original, ['direct'], options)
  if (wrong !== null) return { statement: id, skipped: null, refuted: wrong, mutants: [] }
  const results: MutantResult[] = []
  const all = mutants(original, material.notation, options.each)
  for (const mutant of all) {
    options.signal?.throwIfAborted()
    const result = await attackMutant(target, mutant, options)
    results.push(result)
    options.onMutant?.(result, results.length, all.length)
  }
  // Networks are simulated for the statement itself only where they refuted one of its mutants.
  const reasons = new Set(results.map(({ reason }) => reason))
  if (prepared.checks(id).some(({ kind, name }) => kind === 'sampled' && reasons.has(name))) {
    const sampled = await refutationOf(target, original, ['sampled'], options)
    if (sampled !== null) return { statement: id, skipped: null, refuted: sampled, mutants: [] }
  }
  return { statement: id, skipped: null, mutants: results }
}

/** The first check that refutes a formula in the statement's place; null where the comparison and these kinds of checks do not. */
async function refutationOf(
  target: Target,
  formula: Formula,
  kinds: readonly Check['kind'][],
  options: AttackOptions,
): Promise<string | null> {
  const { prepared, id, material, derived } = target
  const compared = derived === null ? nothingCompared : comparison(target, formula, derived, options.seed)
  const refutation = compared.results.find(({ evidence }) => evidence.outcome === 'refuted')
  if (refutation !== undefined) return refutation.check
  const claimed = derived === null ? formula : asStated(material, formula, derived, compared.results)
  if (claimed === null) return null
  const checks = prepared.checks(id).filter(({ kind }) => kinds.includes(kind))
  return firstRefutation(checks, { ...target.input, claimed, reading: compared.reading }, options, [])
}

/** Why a statement has no mutants, or null: what is not derived and not checked cannot be found wrong. */
export function reasonToSkip(prepared: PreparedPaper, id: string, formula: Formula | null): string | null {
  if (formula === null) return 'no formula of its own'
  if (prepared.graph.derivationOf.has(id) || prepared.checks(id).length > 0) return null
  return 'a definition: nothing is derived'
}

async function attackMutant(target: Target, mutant: Mutant, options: AttackOptions): Promise<MutantResult> {
  const { prepared, id, material, original, derived } = target
  const latex = latexOf(mutant.formula, material)
  const told = (fate: MutantResult['fate'], reason: string): MutantResult => {
    const { operator, place } = mutant
    return { operator, place, latex, fate, reason }
  }
  const compared = derived === null ? nothingCompared : comparison(target, mutant.formula, derived, options.seed)
  const found: Evidence[] = compared.results.map(({ evidence }) => evidence)
  const refutation = compared.results.find(({ evidence }) => evidence.outcome === 'refuted')
  if (refutation !== undefined) return told('refuted', refutation.check)
  const equivalence = equivalenceOf(target, mutant.formula)
  if (equivalence !== null) return told('equivalent', equivalence)
  const claimed = derived === null ? mutant.formula : asStated(material, mutant.formula, derived, compared.results)
  // What is not understood as a statement on the quantity is nothing that its checks could read.
  const checks = claimed === null ? [] : prepared.checks(id)
  const input = { ...target.input, claimed: claimed ?? mutant.formula, reading: compared.reading }
  for (const kind of ['direct', 'sampled'] as const) {
    const refuted = await firstRefutation(
      checks.filter((check) => check.kind === kind),
      input,
      options,
      found,
    )
    if (refuted !== null) return told('refuted', refuted)
  }
  if (quietly(() => allowedByConvention(original, mutant.formula, material, derived)))
    return told('equivalent', 'declared convention' satisfies Equivalence)
  const why = explanationOf(prepared.statement(id).survivors, mutant, latex)
  if (why !== null) return told('explained', why)
  return told(
    'survived',
    found.map(({ outcome, summary }) => `${outcome}: ${summary}`).join('; ') || 'nothing to check',
  )
}

type Compared = ReturnType<typeof compareWithDerived>
const nothingCompared: Compared = { results: [], reading: null }

/** Compares briefly; what cannot be compared is undecided. */
function comparison(target: Target, claimed: Formula, derived: Derived, seed: number): Compared {
  try {
    return compareWithDerived(target.material, claimed, derived, 'printed', {
      seed: (seed ^ hash32(target.id)) >>> 0,
      depth,
      secondEngine: null,
      briefly: true,
    })
  } catch (error) {
    const summary = asInputError(error, 'the comparison fails').message
    const evidence = {
      method: 'exact',
      target: 'printed',
      outcome: 'undecided',
      summary,
      witness: null,
      numbers: {},
    } as const
    return { results: [{ check: 'derivation', evidence }], reading: null }
  }
}

async function firstRefutation(
  checks: readonly Check[],
  input: CheckInput,
  options: AttackOptions,
  found: Evidence[],
): Promise<string | null> {
  for (const check of checks) {
    const { evidence } = await runCheck(check, input, options.simulate)
    found.push(evidence)
    if (evidence.outcome === 'refuted') return check.name
  }
  return null
}

const equivalenceOf = ({ original, material, derived }: Target, altered: Formula): Equivalence | null =>
  onlyScalesWeight(original, altered, derived)
    ? 'constant factor of a weight'
    : onlyRenamesMeasures(original, altered, material.notation)
      ? 'measure named at another site'
      : quietly(() => sameMeaning(original, altered, material))

/** Null where the formula cannot be understood: then nothing is known. */
function quietly<T>(compute: () => T): T | null {
  try {
    return compute()
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

function latexOf(formula: Formula, { notation }: Material): string {
  return quietly(() => toLatex(formula, notation)) ?? '(cannot be written)'
}

function explanationOf(
  survivors: readonly { readonly mutant: string; readonly why: string }[],
  { operator, place }: Mutant,
  latex: string,
): string | null {
  const plain = (text: string): string => text.replace(/\s+/g, '')
  const names = [plain(latex), plain(`${operator} at ${place}`)]
  return survivors.find(({ mutant }) => names.includes(plain(mutant)))?.why ?? null
}
