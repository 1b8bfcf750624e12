import { proportional } from '../../exact/equality.js'
import type { SecondEngine } from '../../exact/second-engine.js'
import { InputError } from '../../expression/errors.js'
import type { Expression, Formula } from '../../expression/expression.js'
import { multiply } from '../../expression/expression.js'
import { exponentOf } from '../../expression/named.js'
import type { Notation } from '../../expression/notation.js'
import { carryOutGaussianIntegrals } from '../../theory/gaussian/carry-out.js'
import type { Depth, Derived } from '../derivation.js'
import type { Evidence, Witness } from '../evidence.js'
import { withPrivate } from '../private-symbols.js'
import type { Reading } from '../statement.js'
import type { CheckResult } from '../verdict.js'
import { bilinearForms } from './bilinear.js'
import { assumptionsOf, compareExactly, type ExactResult } from './exact.js'
import { withLinearExpectations } from './expectations.js'
import { compareInstances } from './instances.js'
import { speaksOf, statesDirectly, withDerived } from './named.js'
import { compareInWorlds, constantRatio } from './property.js'
import { rationalNear } from './rational.js'
import { compareRegion } from './region.js'
import { type Rewriting, rewrite, rewriteFormula, rewriteOnce } from './replace.js'
import { atIndexOf } from './shifted.js'
import { integrands, isApproximate, isEquation, layeredEnergies, residual, splitOrders, statedSides } from './sides.js'
import { compareSolutions, ofOtherSolution, solutionsOf } from './solutions.js'
import { needsOf, vocabularyOf } from './world.js'

/** A claimed formula, what was derived in its place, and under what notation both are read. */
export interface Comparison {
  readonly claimed: Formula
  readonly derived: Derived
  /** What was derived, in the paper's notation: the first side of the statement's own formula. Null: it has none. */
  readonly named?: Expression | null
  readonly target: Evidence['target']
  readonly notation: Notation
  /** Definitions and abbreviations that hold on both sides. */
  readonly abbreviations: readonly Rewriting[]
  /** Conventions to try, in order, after the text as it stands. */
  readonly readings: readonly { readonly reading: Reading; readonly rewritings: readonly Rewriting[] }[]
  readonly seed: number
  readonly depth: Depth
  /** How many sites a ring has, where the statement or what it rests on writes that below and above a sum. */
  readonly siteCount?: Expression | null
  /** Asked about every exact decision; its word is reported and decides nothing. */
  readonly secondEngine: SecondEngine | null
  /** Stop at the first refutation, by what is cheapest, and leave its witness as found. @defaultValue false */
  readonly briefly?: boolean
}

export interface Compared {
  readonly results: readonly CheckResult[]
  /** Id of the reading under which it holds; null for the text as it stands. */
  readonly reading: string | null
}

/**
 * Compares what a paper states with what was derived: exactly, and by properties in random small worlds. The text is
 * taken as it stands first; where that is refuted every reading of the statement is tried before it is called wrong.
 */
export function compare(comparison: Comparison): Compared {
  const asItStands = compareAs(comparison, comparison.derived)
  if (!refutes(asItStands)) return { results: asItStands, reading: null }
  // What is wrong in every reading is shown in the last: a witness taken as it stands might show what a reading excuses.
  let refuted = asItStands
  for (const { reading, rewritings } of comparison.readings) {
    const results = compareAs(comparison, rewriteDerived(comparison.derived, rewritings))
    if (!refutes(results) && results.some(({ evidence }) => evidence.outcome === 'holds'))
      return { results, reading: reading.id }
    if (refutes(results)) refuted = results.map((result) => underReading(result, reading.id))
  }
  return { results: refuted, reading: null }
}

const underReading = ({ check, evidence }: CheckResult, reading: string): CheckResult => ({
  check,
  evidence:
    evidence.outcome === 'refuted'
      ? { ...evidence, summary: `${evidence.summary}, as it stands and in the reading ${reading} (the witness)` }
      : evidence,
})

/** How the comparison ends under each of its readings, as briefly as can be said. */
export const compareReadings = (
  comparison: Comparison,
): readonly { readonly reading: Reading; readonly outcome: Evidence['outcome'] }[] =>
  comparison.readings.map(({ reading, rewritings }) => {
    const results = compareAs({ ...comparison, briefly: true }, rewriteDerived(comparison.derived, rewritings))
    const holds = results.some(({ evidence }) => evidence.outcome === 'holds')
    return { reading, outcome: refutes(results) ? 'refuted' : holds ? 'holds' : 'undecided' }
  })

const refutes = (results: readonly CheckResult[]): boolean =>
  results.some(({ evidence }) => evidence.outcome === 'refuted')

function rewriteDerived(derived: Derived, rewritings: readonly Rewriting[]): Derived {
  if ((derived.kind === 'value' || derived.kind === 'formula') && derived.others !== undefined) {
    const [first, ...others] = solutionsOf(derived).map((solution) => rewriteDerived(solution, rewritings))
    return { ...first, others } as Derived
  }
  if (derived.kind === 'value') return { ...derived, value: rewriteOnce(derived.value, rewritings) }
  if (derived.kind === 'formula') {
    const sides = derived.formula.sides.map((side) => rewriteOnce(side, rewritings))
    return { ...derived, formula: { ...derived.formula, sides } }
  }
  if (derived.kind === 'instances')
    return { ...derived, exponent: (size) => rewriteOnce(derived.exponent(size), rewritings) }
  return derived
}

/** Solutions from premises as rewritings: the first side, a scalar, gives way to the last. */
function givenSolutions(derived: Derived): readonly Rewriting[] {
  if (derived.kind !== 'value' && derived.kind !== 'formula') return []
  return (derived.modulo ?? []).map(({ sides }) => ({ pattern: sides[0]!, replacement: sides.at(-1)! }))
}

/** Longer chains of equalities than any paper prints are refused, not compared for minutes. */
const mostSides = 12

/** A side with what can be done to it without knowing the other: Gaussian integrals, linear expectations. */
const comparable = (e: Expression): Expression => withLinearExpectations(carryOutGaussianIntegrals(e))

/** The comparison with what was derived, or with each of several solutions. */
const compareAs = (comparison: Comparison, derived: Derived): readonly CheckResult[] =>
  compareSolutions(solutionsOf(derived), (solution) => compareWith(comparison, solution))

function compareWith(asked: Comparison, derived: Derived): readonly CheckResult[] {
  if (derived.kind === 'nothing') return []
  const given = { ...asked, notation: withPrivate(asked.notation, derived) }
  if (given.claimed.sides.length > mostSides)
    return [undecided(given, `a chain of ${given.claimed.sides.length} sides; at most ${mostSides} are compared`)]
  const comparison = { ...given, abbreviations: [...given.abbreviations, ...givenSolutions(derived)] }
  const opened = rewriteFormula(comparison.claimed, comparison.abbreviations)
  const claimed = { ...opened, sides: opened.sides.map(comparable) }
  if (derived.kind === 'region') return [regionResult(comparison, claimed, derived)]
  if (derived.kind === 'instances' && !derived.firstSide && given.named && !statesDirectly(opened, given.named))
    return [undecided(comparison, 'the formula does not state what was derived: its first side is another')]
  if (derived.kind === 'instances')
    return [
      { check: 'instances', evidence: compareInstances(claimed, derived, comparison.notation, comparison.target) },
    ]
  if (!isEquation(claimed) && derived.kind === 'value')
    return [undecided(comparison, 'an inequality is claimed and a value was derived; derive a region instead')]
  const { leadingOrder } = derived
  const named = given.named ? rewrite(given.named, comparison.abbreviations) : null
  if (derived.kind === 'value' && named !== null && !statesDirectly(opened, named))
    return indirectResults(comparison, opened, named, rewrite(derived.value, comparison.abbreviations), leadingOrder)
  if (derived.kind === 'value') {
    const value = comparable(rewrite(derived.value, comparison.abbreviations))
    const results = statedSides(claimed).flatMap((side, position, sides) =>
      pairResults(comparison, side, value, {
        leadingOrder,
        approximate: isApproximate(claimed),
        name: position === sides.length - 1 ? '' : ` of side ${position + 2}`,
      }),
    )
    return comparison.briefly ? results : ofOtherSolution(results, claimed, derived, comparison)
  }
  const formula = rewriteFormula(derived.formula, comparison.abbreviations)
  const results = equationResults(comparison, claimed, formula, leadingOrder)
  const moved = refutes(results) ? atIndexOf(claimed, formula) : null
  return moved === null ? results : equationResults(comparison, claimed, moved, leadingOrder).map(atIndex)
}

const atIndex = ({ check, evidence }: CheckResult): CheckResult => ({
  check,
  evidence:
    evidence.outcome === 'undecided'
      ? evidence
      : { ...evidence, summary: `${evidence.summary}, at the index of what is printed` },
})

/**
 * A formula that does not have the derived quantity alone on its first side: what was derived is put for the quantity
 * wherever it stands, and the two sides must then be equal. A formula that says nothing of the quantity, or that holds
 * whatever the quantity is, is undecided.
 */
function indirectResults(
  comparison: Comparison,
  claimed: Formula,
  named: Expression,
  value: Expression,
  leadingOrder: string | undefined,
): readonly CheckResult[] {
  if (!speaksOf(claimed, named))
    return [undecided(comparison, 'the formula says nothing of the quantity that was derived')]
  const [first, last] = [claimed.sides[0]!, claimed.sides.at(-1)!]
  if (compareExactly(first, last, comparison.notation).outcome === 'holds')
    return [undecided(comparison, 'the formula holds whatever the derived quantity is: it says nothing of it')]
  const [left, ...others] = claimed.sides.map((side) => comparable(withDerived(side, named, value)))
  return others.flatMap((other, position) =>
    pairResults(comparison, left!, other, {
      leadingOrder,
      approximate: isApproximate(claimed),
      name: position === others.length - 1 ? '' : ` of side ${position + 2}`,
      shows: ['values of the two sides, with what was derived in the place of the quantity'],
    }),
  )
}

function regionResult(
  comparison: Comparison,
  claimed: Formula,
  region: Extract<Derived, { kind: 'region' }>,
): CheckResult {
  const { outcome, witness, points, boundary, reason } = compareRegion(
    claimed,
    region,
    comparison.notation,
    comparison.abbreviations,
    comparison,
  )
  const summary =
    outcome === 'holds'
      ? `met exactly where ${region.describe}, at ${points} points, ${boundary} of them next to the boundary`
      : reason
  return {
    check: 'region',
    evidence: {
      method: 'property',
      target: comparison.target,
      outcome,
      summary,
      witness,
      numbers: { points, boundary, seed: comparison.seed },
    },
  }
}

const undecided = ({ target }: Comparison, summary: string): CheckResult => ({
  check: 'derivation',
  evidence: { method: 'exact', target, outcome: 'undecided', summary, witness: null, numbers: {} },
})

/** Two equations say the same where what must vanish in one is a constant multiple of what must vanish in the other. */
function equationResults(
  comparison: Comparison,
  claimed: Formula,
  derived: Formula,
  leadingOrder: string | undefined,
): readonly CheckResult[] {
  if (!isEquation(claimed)) return [undecided(comparison, 'an inequality is claimed and an equation was derived')]
  const left = residual(claimed)
  const right = residual(derived)
  const { notation } = comparison
  const factor = unitFactor(left, right, derived.sides[0]!, notation)
  const found = constantRatio(left, factor === null ? right : multiply(factor, right), notation, comparison)
  if (found === null || 'ratio' in found) {
    const ratio = found === null ? null : rationalNear(found.ratio)
    const factors = [factor, ratio].filter((f) => f !== null)
    const scaled = multiply(...factors, right)
    const shows = `values of what must vanish in the printed equation, and in the derived one${scaled === right ? '' : ' brought to the same factor'}`
    return pairResults(comparison, left, scaled, {
      leadingOrder,
      approximate: isApproximate(claimed),
      name: '',
      shows: [shows],
    })
  }
  return [
    {
      check: 'property',
      evidence: {
        method: 'property',
        target: comparison.target,
        outcome: 'refuted',
        summary: 'the printed equation is not a multiple of the derived one',
        witness: found.witness,
        numbers: { seed: comparison.seed },
      },
    },
  ]
}

/**
 * The factor between two residuals where it does not depend on what the derived equation is about (its left side):
 * multiplying an equation by it changes nothing. Null where there is none, or the exact engine cannot tell.
 */
function unitFactor(left: Expression, right: Expression, subject: Expression, notation: Notation): Expression | null {
  const names = [...needsOf(vocabularyOf(notation), [subject]).scalars]
  if (names.length === 0) return null
  try {
    const found = proportional(left, right, names, assumptionsOf(notation))
    return found?.free && !isZero(found.ratio) ? found.ratio : null
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

interface PairOptions {
  readonly leadingOrder: string | undefined
  readonly approximate: boolean
  readonly name: string
  /** What a witness gives the values of, where it is not the two sides themselves. */
  readonly shows?: readonly string[]
}

function pairResults(
  comparison: Comparison,
  claimed: Expression,
  derived: Expression,
  options: PairOptions,
): readonly CheckResult[] {
  const ofClaimed = splitOrders(claimed)
  const ofDerived = splitOrders(derived)
  const nearly = options.leadingOrder !== undefined || ofClaimed.orders.length > 0 || ofDerived.orders.length > 0
  const layered = layeredEnergies(ofClaimed.main, ofDerived.main)
  const integrated = layered ? null : integrands(ofClaimed.main, ofDerived.main)
  const [left, right] = layered ?? integrated ?? [ofClaimed.main, ofDerived.main]
  const shows = [
    ...(options.shows ?? []),
    ...(layered ? ['values of the energies in the exponents'] : integrated ? ['values of the integrands'] : []),
  ]
  const onlyOrders = ofClaimed.orders.length > 0 && ofDerived.orders.length > 0 && isZero(left) && isZero(right)
  return [
    ...(onlyOrders ? [] : mainResults(comparison, left, right, nearly, { ...options, shows })),
    ...(ofClaimed.orders.length > 0 && ofDerived.orders.length > 0
      ? [orderResult(comparison, ofClaimed.orders, ofDerived.orders, options)]
      : []),
  ]
}

const isZero = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

function mainResults(
  comparison: Comparison,
  claimed: Expression,
  derived: Expression,
  nearly: boolean,
  { leadingOrder, name, shows = [] }: PairOptions,
): readonly CheckResult[] {
  const { target, seed } = comparison
  const given = { left: claimed, right: derived, notation: comparison.notation }
  const bilinear = bilinearForms(claimed, derived, comparison.notation)
  const { left, right, notation } = bilinear ?? given
  const inAll = bilinear === null ? shows : [...shows, 'values of the matrices between a row and a column of numbers']
  const exponents = [exponentOf(left), exponentOf(right)] as const
  const [a, b] = exponents[0] && exponents[1] ? [exponents[0], exponents[1]] : [left, right]
  const provedFirst: ExactResult | null =
    comparison.briefly === true ? null : compareExactly(a, b, notation, comparison.secondEngine)
  const property = compareInWorlds(left, right, notation, { ...comparison, proved: provedFirst?.outcome === 'holds' })
  const settled = comparison.briefly === true && property.outcome === 'refuted'
  const exact: ExactResult = settled
    ? { outcome: 'undecided', witness: null, reason: 'a random instance refutes it', secondEngine: 'no opinion' }
    : (provedFirst ?? compareExactly(a, b, notation, comparison.secondEngine))
  const order = leadingOrder === undefined ? '' : `, to leading order in ${leadingOrder}`
  const orders = nearly ? { leadingOrder: true } : {}
  return [
    {
      check: `exact${name}`,
      evidence: {
        method: 'exact',
        target,
        outcome: exact.outcome,
        summary:
          exact.outcome === 'holds'
            ? `equal to what was derived${order}: ${exact.reason}`
            : exact.outcome === 'refuted'
              ? `differs from what was derived${order}: ${exact.reason}`
              : `not decided: ${exact.reason}`,
        witness: exact.witness && showing(exact.witness, a === left ? inAll : [...inAll, 'values of the exponents']),
        numbers: { secondEngine: exact.secondEngine },
        ...orders,
      },
    },
    {
      check: `property${name}`,
      evidence: {
        method: 'property',
        target,
        outcome: property.outcome,
        summary:
          property.outcome === 'holds'
            ? `equal in ${property.instances} random instances to at least ${Math.floor(property.digits)} digits`
            : property.outcome === 'refuted'
              ? `differs from what was derived${order} in a random instance`
              : `not decided: ${property.reason}`,
        witness: property.witness && showing(property.witness, inAll),
        numbers: { digits: Math.floor(property.digits), instances: property.instances, seed },
        compared: { left, right },
        ...orders,
      },
    },
  ]
}

/** A witness that says what its values are the values of. */
function showing(witness: Witness, shows: readonly string[]): Witness {
  const notes = [...shows, ...(witness.note === undefined ? [] : [witness.note])]
  return notes.length === 0 ? witness : { ...witness, note: notes.join('; of these, ') }
}

/** Orders are the same where one is a constant multiple of the other. */
function orderResult(
  comparison: Comparison,
  claimed: readonly Expression[],
  derived: readonly Expression[],
  { name }: PairOptions,
): CheckResult {
  const abbreviated = (e: Expression): Expression => rewrite(e, comparison.abbreviations)
  const matches = claimed.map((order) =>
    derived.map((other) => constantRatio(abbreviated(order), abbreviated(other), comparison.notation, comparison)),
  )
  const unmatched = matches.find((found) => !found.some((ratio) => ratio !== null && 'ratio' in ratio))
  const witness = unmatched?.find((found) => found !== null && 'witness' in found)
  const decided = unmatched === undefined || witness !== undefined
  return {
    check: `order${name}`,
    evidence: {
      method: 'property',
      target: comparison.target,
      outcome: unmatched === undefined ? 'holds' : decided ? 'refuted' : 'undecided',
      summary: unmatched === undefined ? 'the order of the rest is as derived' : 'the order of the rest is another',
      witness: witness && 'witness' in witness ? witness.witness : null,
      numbers: { seed: comparison.seed },
      leadingOrder: true,
    },
  }
}
