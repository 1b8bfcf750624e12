import { type Formula, keyOf, zero } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { substitute } from '../../expression/substitute.js'
import type { Derived } from '../derivation.js'
import type { CheckResult } from '../verdict.js'
import { compareExactly } from './exact.js'
import { compareInWorlds } from './property.js'
import { type Rewriting, rewrite } from './replace.js'

const refutes = (results: readonly CheckResult[]): boolean =>
  results.some(({ evidence }) => evidence.outcome === 'refuted')

/** Everything that was derived, each by itself: the solution itself, then those that are as good. */
export function solutionsOf(derived: Derived): readonly Derived[] {
  if (derived.kind !== 'value' && derived.kind !== 'formula') return [derived]
  const { others = [], ...first } = derived
  const { leadingOrder, modulo, privately } = first
  const common = {
    ...(leadingOrder === undefined ? {} : { leadingOrder }),
    ...(modulo === undefined ? {} : { modulo }),
    ...(privately === undefined ? {} : { privately }),
  }
  return [first, ...others.map((other): Derived => ({ ...common, ...other }))]
}

/** The comparison with the first of several solutions that is not refuted and holds; with the first of all where there is none. */
export function compareSolutions(
  solutions: readonly Derived[],
  compareOne: (derived: Derived) => readonly CheckResult[],
): readonly CheckResult[] {
  const [first, ...others] = solutions
  const refuted = compareOne(first!)
  if (others.length === 0) return refuted
  if (!refutes(refuted)) return refuted.map((result) => noted(result, 'holds', `solution 1 of ${solutions.length}`))
  for (const [k, other] of others.entries()) {
    const results = compareOne(other)
    if (!refutes(results) && results.some(({ evidence }) => evidence.outcome === 'holds'))
      return results.map((result) => noted(result, 'holds', `solution ${k + 2} of ${solutions.length}`))
  }
  return refuted.map((result) =>
    noted(
      result,
      'refuted',
      `as from every one of the ${solutions.length} solutions; the witness is against the first`,
    ),
  )
}

/**
 * What is said of a value that was refuted and solves the condition that the derived one solves: that it is another solution. The
 * statement stays refuted, as the derivation says which solution is meant.
 */
export function ofOtherSolution(
  results: readonly CheckResult[],
  claimed: Formula,
  derived: Derived,
  { notation, seed, depth, abbreviations }: SolutionOptions,
): readonly CheckResult[] {
  if (derived.kind !== 'value' || derived.solves === undefined || !refutes(results)) return results
  const { condition, unknown } = derived.solves
  const stated = claimed.sides.at(-1)!
  const residue = rewrite(
    substitute(condition, (node) => (keyOf(node) === keyOf(unknown) ? stated : undefined)),
    abbreviations,
  )
  const vanishes =
    compareExactly(residue, zero, notation).outcome === 'holds' ||
    compareInWorlds(residue, zero, notation, { seed, depth }).outcome === 'holds'
  if (!vanishes) return results
  return results.map((result) =>
    noted(result, 'refuted', 'but it solves the same condition: another solution is printed than was derived'),
  )
}

interface SolutionOptions {
  readonly notation: Notation
  readonly abbreviations: readonly Rewriting[]
  readonly seed: number
  readonly depth: 'quick' | 'standard' | 'full'
}

const noted = (result: CheckResult, outcome: 'holds' | 'refuted', words: string): CheckResult =>
  result.evidence.outcome === outcome
    ? { ...result, evidence: { ...result.evidence, summary: `${result.evidence.summary}, ${words}` } }
    : result
