import { type Expression, type Formula, type IndexSlot, sameTree } from '../../expression/expression.js'
import { mapSides } from '../../expression/named.js'
import { shiftIndex } from '../../expression/substitute.js'

/**
 * A derived formula at the index of a claimed one: `q^l = F(q^{l-1})` becomes `q^{l+1} = F(q^l)` beside a claimed
 * `q^{l+1} = …`, as what holds at every index holds at the next. Null where the two first sides are not the same quantity
 * with its letters moved on by whole numbers, or stand at the same index already.
 */
export function atIndexOf(claimed: Formula, derived: Formula): Formula | null {
  const shifts = shiftsBetween(derived.sides[0], claimed.sides[0])
  if (shifts === null) return null
  const moved = [...shifts].reduce(
    (formula, [letter, by]) => mapSides(formula, (side) => shiftIndex(side, letter, by)),
    derived,
  )
  // A letter in two places of the quantity may have to go two ways.
  return sameTree(moved.sides[0]!, claimed.sides[0]!) ? moved : null
}

/** By how much each letter is moved on from one quantity to the other; null where that is not all that differs. */
export function shiftsBetween(
  from: Expression | undefined,
  to: Expression | undefined,
): ReadonlyMap<string, number> | null {
  const [before, after] = [indicesOf(from), indicesOf(to)]
  if (before === null || after === null || before.name !== after.name || before.slots.length !== after.slots.length)
    return null
  const shifts = new Map<string, number>()
  for (const [k, { slot, index }] of before.slots.entries()) {
    const other = after.slots[k]!
    if (other.slot !== slot || other.index.letter !== index.letter || other.index.sign !== index.sign) return null
    const by = index.sign * (other.index.offset - index.offset)
    if (by === 0) continue
    if (index.letter === null) return null
    shifts.set(index.letter, by)
  }
  return shifts.size === 0 ? null : shifts
}

const indicesOf = (
  e: Expression | undefined,
): { readonly name: string; readonly slots: readonly IndexSlot[] } | null =>
  e?.kind === 'indexed' || e?.kind === 'apply' ? { name: e.name, slots: e.indices } : null
