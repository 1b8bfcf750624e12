import { type Expression, type Formula, type IndexSlot, mapChildren, sameTree } from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'
import { compare } from './compare/compare.js'
import type { Derived } from './derivation.js'
import { compareWithDerived } from './groundwork.js'
import type { Material } from './prepare.js'

/** Whether an altered formula still says the same as the original, and how that was found out. */
export type Equivalence =
  /** Provably: the difference has the normal form 0, or is a total difference or derivative. */
  | 'same normal form'
  | 'total difference'
  /** Not provably, but in every random instance tried. */
  | 'same in every instance'
  /** A weight (the integrand of a partition function) with another constant factor: no probability changes. */
  | 'constant factor of a weight'
  /** An integral over the components of a quantity on all sites of a ring, named at another site. */
  | 'measure named at another site'
  /** It only passes from one declared convention of the statement to another. */
  | 'declared convention'

const seed = 5

/**
 * Whether an alteration happens to say the same as the original: provably, or in every instance tried. Null where it
 * does not, or nobody knows. Throws InputError as `compare`.
 */
export function sameMeaning(
  original: Formula,
  altered: Formula,
  { notation, abbreviations }: Material,
): Equivalence | null {
  const [before, after] = changedSide(original, altered)
  const { results } = compare({
    claimed: { sides: [after], relations: [] },
    derived: { kind: 'value', value: before },
    target: 'printed',
    notation,
    abbreviations,
    readings: [],
    seed,
    depth: 'standard',
    secondEngine: null,
    briefly: true,
  })
  const held = results.filter(({ evidence }) => evidence.outcome === 'holds').map(({ evidence }) => evidence)
  if (held.length === 0 || results.some(({ evidence }) => evidence.outcome === 'refuted')) return null
  const exact = held.find(({ method }) => method === 'exact')
  if (exact === undefined) return 'same in every instance'
  return exact.summary.includes('up to') ? 'total difference' : 'same normal form'
}

/**
 * Whether an alteration multiplies a weight by a number. Where exponents on small networks are derived, weights are
 * compared up to a constant factor, as the comparison declares.
 */
export function onlyScalesWeight(original: Formula, altered: Formula, derived: Derived | null): boolean {
  if (derived?.kind !== 'instances') return false
  const [before, after] = changedSide(original, altered)
  if (before.kind !== 'measureIntegral' || after.kind !== 'product') return false
  const others = after.factors.filter((factor) => factor !== before)
  return (
    others.length === after.factors.length - 1 && others.every(({ kind }) => kind === 'number' || kind === 'constant')
  )
}

/** Whether an alteration only names the measures of integrals over a ring's sites at other sites: `[dk_{l+1}]` for `[dk_l]`. */
export function onlyRenamesMeasures(original: Formula, altered: Formula, { families }: Notation): boolean {
  const rings = new Set(families.filter((f) => f.geometry === 'periodic').map((f) => f.name))
  const unshifted = (slot: IndexSlot): IndexSlot =>
    slot.index.letter !== null && rings.has(slot.slot) ? { ...slot, index: { ...slot.index, offset: 0 } } : slot
  const measure = (e: Expression): Expression =>
    e.kind === 'indexed' ? { ...e, indices: e.indices.map(unshifted) } : e
  const renamed = (e: Expression): Expression =>
    e.kind === 'measureIntegral'
      ? { ...e, measures: e.measures.map(measure), body: renamed(e.body) }
      : mapChildren(e, renamed)
  const [before, after] = changedSide(original, altered)
  return sameTree(renamed(before), renamed(after))
}

/** The side that was altered, before and after. */
function changedSide(original: Formula, altered: Formula): readonly [Expression, Expression] {
  const position = altered.sides.findIndex((side, k) => side !== original.sides[k])
  const k = position < 0 ? original.sides.length - 1 : position
  return [original.sides[k]!, altered.sides[k]!]
}

/**
 * Whether an alteration only passes from one declared convention of the statement to another (the sign of an integration
 * variable): it holds, under another reading than the original.
 */
export function allowedByConvention(
  original: Formula,
  altered: Formula,
  material: Material,
  derived: Derived | null,
): boolean {
  if (material.readings.length === 0 || derived === null) return false
  const [a, b] = [original, altered].map((formula) =>
    compareWithDerived(material, formula, derived, 'printed', { seed, depth: 'quick', secondEngine: null }),
  )
  return a!.reading !== b!.reading && b!.results.every(({ evidence }) => evidence.outcome !== 'refuted')
}
