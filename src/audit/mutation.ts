import {
  add,
  children,
  type Expression,
  type Formula,
  keyOf,
  mapChildren,
  multiply,
  negate,
  power,
  rational,
} from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'

/** Ways of getting a formula wrong. */
export const mutationOperators = ['sign', 'factor', 'power', 'index', 'drop'] as const
export type MutationOperator = (typeof mutationOperators)[number]

/** A formula with one thing changed. */
export interface Mutant {
  readonly operator: MutationOperator
  /** Where in the formula, counted in reading order among the places that the operator applies to. */
  readonly place: number
  readonly formula: Formula
}

/**
 * A formula's mutants: its last side with one sign turned, one term or factor doubled, one exponent raised, one index
 * moved on, or one term dropped. Of each operator at most `each` places, spread evenly over the formula. Pure.
 */
export function mutants(formula: Formula, notation: Notation, each: number): readonly Mutant[] {
  const lattices = new Set(
    notation.families.filter((f) => f.geometry === 'periodic' || f.geometry === 'open').map((f) => f.name),
  )
  const last = formula.sides.length - 1
  const side = formula.sides[last]
  if (side === undefined) return []
  return mutationOperators.flatMap((operator) => {
    const all = variants(side, operator, lattices)
    return spread(all.length, each).map((place): Mutant => {
      const changed = all[place]!
      return {
        operator,
        place,
        formula: { ...formula, sides: formula.sides.map((s, k) => (k === last ? changed : s)) },
      }
    })
  })
}

/** Up to `count` of the numbers below `total`, evenly apart. */
function spread(total: number, count: number): readonly number[] {
  if (total <= count) return Array.from({ length: total }, (_, k) => k)
  return Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * total) / count))
}

/** Every expression that differs from the given one by one application of an operator. */
function variants(e: Expression, operator: MutationOperator, lattices: ReadonlySet<string>): readonly Expression[] {
  const here = applyHere(e, operator, lattices)
  // What an order symbol or a configuration holds is known up to a factor, or is only a name.
  if (e.kind === 'orderOf' || e.kind === 'configuration' || e.kind === 'derivative') return here
  const parts = children(e)
  const below = parts.flatMap((child, position) =>
    variants(child, operator, lattices).map((changed) => {
      let seen = -1
      return mapChildren(e, (part) => {
        seen += 1
        return seen === position ? changed : part
      })
    }),
  )
  const original = keyOf(e)
  return [...here, ...below].filter((variant) => keyOf(variant) !== original)
}

function applyHere(e: Expression, operator: MutationOperator, lattices: ReadonlySet<string>): readonly Expression[] {
  switch (operator) {
    case 'sign':
      return e.kind === 'sum' ? e.terms.map((_, k) => add(...replaced(e.terms, k, negate))) : []
    case 'drop':
      return e.kind === 'sum' ? e.terms.map((_, k) => add(...e.terms.filter((_, position) => position !== k))) : []
    case 'factor':
      if (e.kind === 'sum') return e.terms.map((_, k) => add(...replaced(e.terms, k, doubled)))
      return e.kind === 'product' || e.kind === 'indexedSum' ? [doubled(e)] : []
    case 'power':
      return e.kind === 'power' && e.exponent.kind === 'number' ? [power(e.base, add(e.exponent, rational(1)))] : []
    case 'index':
      return e.kind === 'indexed' ? shiftedIndices(e, lattices) : []
  }
}

const doubled = (e: Expression): Expression => multiply(rational(2), e)

const replaced = (
  list: readonly Expression[],
  position: number,
  change: (e: Expression) => Expression,
): readonly Expression[] => list.map((item, k) => (k === position ? change(item) : item))

/** Only a letter on a lattice can be moved on by one: neurons and inputs have no next. */
function shiftedIndices(
  e: Extract<Expression, { kind: 'indexed' }>,
  lattices: ReadonlySet<string>,
): readonly Expression[] {
  return e.indices.flatMap(({ slot, index }, k) => {
    if (index.letter === null || !lattices.has(slot)) return []
    const moved = { slot, index: { ...index, offset: index.offset + 1 } }
    return [{ ...e, indices: e.indices.map((s, position) => (position === k ? moved : s)) }]
  })
}
