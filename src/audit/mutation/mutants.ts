import { children, type Expression, type Formula, keyOf, mapChildren } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { isOpaque, type Scope } from './changes.js'
import { type MutationName, type MutationOperator, mutationOperators } from './operators.js'

/** A formula with one thing changed. */
export interface Mutant {
  readonly operator: MutationName
  /** Where in the formula, counted in reading order among the places that the operator applies to. */
  readonly place: number
  readonly formula: Formula
}

/**
 * A formula's mutants: one operator applied at one place of what it states (every side but the first, or the only
 * one). Of each operator at most `each` places, spread evenly over the formula; equal mutants once. Pure.
 */
export function mutants(formula: Formula, notation: Notation, each: number): readonly Mutant[] {
  const scope = scopeOf(notation)
  const seen = new Set(formula.sides.map(keyOf))
  const single = formula.sides.length === 1
  return mutationOperators.flatMap((operator) => {
    const all = formula.sides.flatMap((side, k) =>
      k === 0 && !single
        ? []
        : variantsOf(side, operator, scope).flatMap((changed) => {
            const key = `${k} ${keyOf(changed)}`
            if (seen.has(key)) return []
            seen.add(key)
            return [{ ...formula, sides: formula.sides.map((s, position) => (position === k ? changed : s)) }]
          }),
    )
    return spread(all.length, each).map((place): Mutant => ({ operator: operator.name, place, formula: all[place]! }))
  })
}

/** Up to `count` of the numbers below `total`, evenly apart. */
function spread(total: number, count: number): readonly number[] {
  if (total <= count) return Array.from({ length: total }, (_, k) => k)
  return Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * total) / count))
}

/** Every expression that differs from a side by one application of an operator, in reading order. */
export function variantsOf(side: Expression, operator: MutationOperator, scope: Scope): readonly Expression[] {
  const original = keyOf(side)
  const whole = isOpaque(side) ? [] : (operator.whole?.(side, scope) ?? [])
  const all = [...whole, ...variants(side, operator, scope)]
  return all.filter((variant) => keyOf(variant) !== original)
}

function variants(e: Expression, operator: MutationOperator, scope: Scope): readonly Expression[] {
  // An order symbol's content is known up to a factor; a configuration and a derivative's variable are names.
  if (isOpaque(e) || e.kind === 'derivative') return []
  const here = operator.here(e, scope)
  const below = children(e).flatMap((child, position) =>
    variants(child, operator, scope).map((changed) => {
      let seen = -1
      return mapChildren(e, (part) => {
        seen += 1
        return seen === position ? changed : part
      })
    }),
  )
  return [...here, ...below]
}

/** What the changes may know of a notation. */
export function scopeOf({ symbols, families }: Notation): Scope {
  return {
    lattices: new Set(families.filter((f) => f.geometry === 'periodic' || f.geometry === 'open').map((f) => f.name)),
    scalars: new Map(
      symbols
        .filter((s) => s.kind === 'scalar')
        .map((s) => [s.name, s.complex ? 'complex' : s.domain?.integer ? 'whole' : 'real']),
    ),
    quantities: new Map(
      symbols
        .filter((s) => s.kind === 'quantity')
        .map((s) => [s.name, s.slots.map(({ slot, position }) => `${position} ${slot}`).join(', ')]),
    ),
    familiesOf: (letter) => families.filter((f) => f.letters.includes(letter)).map((f) => f.name),
  }
}
