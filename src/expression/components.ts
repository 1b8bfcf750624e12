/** Formulas written out over explicit components: quantities whose indices are numbers. */
import {
  add,
  type Expression,
  type IndexedNode,
  type IndexSlot,
  keyOf,
  mapChildren,
  subtract,
  zero,
} from './expression.js'
import { indexedQuantities, substitute } from './substitute.js'

/**
 * A quantity at numbered places, its slots in the order given: `placed('field', { neuron: 1, layer: 2 })` is `h_1^2`, and
 * `placed('weight', { neuron: [1, 2], layer: 3 })` is `W_{12}^3`.
 */
export const placed = (name: string, places: Readonly<Record<string, number | readonly number[]>>): IndexedNode => ({
  kind: 'indexed',
  name,
  indices: Object.entries(places).flatMap(([slot, numbers]) =>
    [numbers].flat().map((k): IndexSlot => ({ slot, index: { letter: null, sign: 1, offset: k } })),
  ),
})

/** The number (with a letter, the offset) at a slot of an indexed quantity or declared function; null where it has no such slot. */
export const placeOf = (e: Expression, slot: string): number | null =>
  e.kind === 'indexed' || e.kind === 'apply' ? (e.indices.find((s) => s.slot === slot)?.index.offset ?? null) : null

/** Every component of the named quantities, each once, in reading order. */
export const componentsOf = (e: Expression, names: readonly string[]): readonly IndexedNode[] => {
  const found = indexedQuantities(e).filter((q) => names.includes(q.name))
  return [...new Map(found.map((q) => [keyOf(q), q])).values()]
}

/** An expression with the named quantities set to zero. */
export const without = (e: Expression, names: readonly string[]): Expression =>
  substitute(e, (node) => (node.kind === 'indexed' && names.includes(node.name) ? zero : undefined))

/** The part of an expression that depends on the named quantities: what is left of each term when they vanish is taken away. */
export function partIn(e: Expression, names: readonly string[]): Expression {
  const terms = e.kind === 'sum' ? e.terms : [e]
  return add(...terms.filter((t) => componentsOf(t, names).length > 0).map((t) => subtract(t, without(t, names))))
}

/** An expression in which quantities have other names, at the same places: of a student, say, as one of its teacher. */
export const renamed = (e: Expression, names: ReadonlyMap<string, string>): Expression =>
  substitute(e, (node) => {
    const name = node.kind === 'indexed' ? names.get(node.name) : undefined
    return name === undefined || node.kind !== 'indexed' ? undefined : { ...node, name }
  })

/** Every index slot replaced, or left out where `f` returns null. */
function mapSlots(e: Expression, f: (slot: IndexSlot) => IndexSlot | null): Expression {
  const mapped = mapChildren(e, (child) => mapSlots(child, f))
  if (mapped.kind !== 'indexed' && mapped.kind !== 'apply') return mapped
  return { ...mapped, indices: mapped.indices.map(f).filter((s) => s !== null) }
}

/** Numbers at a slot turned into a letter: place 1 becomes the letter, the place before it the letter minus one. */
export const withLetter = (e: Expression, slot: string, letter: string): Expression =>
  mapSlots(e, (s) =>
    s.slot === slot && s.index.letter === null ? { slot, index: { letter, sign: 1, offset: s.index.offset - 1 } } : s,
  )

/** Quantities without what stands at a slot: those of the only neuron, say, as those of a site. */
export const withoutSlot = (e: Expression, slot: string): Expression => mapSlots(e, (s) => (s.slot === slot ? null : s))

/** An unknown function of something: part of what a formula states beside its value, which nothing else can cancel. */
export const stated = (what: string, ...args: readonly Expression[]): Expression => ({
  kind: 'apply',
  name: what,
  indices: [],
  arguments: args,
})
