import {
  children,
  type Expression,
  type Index,
  type IndexedNode,
  type IndexSlot,
  keyOf,
  mapChildren,
  type SymbolNode,
} from '../../expression/expression.js'

/** A quantity that calculus can differentiate by: a scalar or an indexed quantity. */
export type Variable = SymbolNode | IndexedNode

export const isVariable = (e: Expression): e is Variable => e.kind === 'symbol' || e.kind === 'indexed'

/** A replacement table for `substitute`. */
export const table = (pairs: readonly (readonly [Expression, Expression])[]): ReadonlyMap<string, Expression> =>
  new Map(pairs.map(([from, to]) => [keyOf(from), to]))

/** Applies `f` to every index of every indexed quantity and declared function in `e`. */
export function mapIndices(e: Expression, f: (slot: IndexSlot) => IndexSlot): Expression {
  const visit = (node: Expression): Expression => {
    if (node.kind === 'indexed') return { ...node, indices: node.indices.map(f) }
    const mapped = mapChildren(node, visit)
    return mapped.kind === 'apply' ? { ...mapped, indices: mapped.indices.map(f) } : mapped
  }
  return visit(e)
}

/** The index that `at` turns into where its letter stands for `value`: `l-1` with `l = q + 2` is `q + 1`. */
export function composeIndex(at: Index, value: Index): Index {
  const sign = (at.sign * value.sign) as 1 | -1
  return { letter: value.letter, sign, offset: at.sign * value.offset + at.offset }
}

/** Puts an index for a letter, in indices and where the letter stands as a number (`e^{-iql}`, `\cos q`). */
export function replaceLetter(e: Expression, letter: string, value: Index, asNumber: Expression): Expression {
  const visit = (node: Expression): Expression => {
    if (node.kind === 'symbol') return node.name === letter ? asNumber : node
    const moved = (slots: readonly IndexSlot[]): readonly IndexSlot[] =>
      slots.map((s) => (s.index.letter === letter ? { ...s, index: composeIndex(s.index, value) } : s))
    if (node.kind === 'indexed') return { ...node, indices: moved(node.indices) }
    const mapped = mapChildren(node, visit)
    return mapped.kind === 'apply' ? { ...mapped, indices: moved(mapped.indices) } : mapped
  }
  return visit(e)
}

/** Whether any node of the tree satisfies the predicate. */
export const some = (e: Expression, predicate: (node: Expression) => boolean): boolean =>
  predicate(e) || children(e).some((child) => some(child, predicate))

/** A function of trees that is asked of the same ones again and again, as while an integral is taken: each is looked at once. */
export function ofTree<E extends Expression, R>(f: (e: E) => R): (e: E) => R {
  const known = new WeakMap<E, { readonly value: R }>()
  return (e) => {
    const found = known.get(e)
    if (found !== undefined) return found.value
    const value = f(e)
    known.set(e, { value })
    return value
  }
}

/** All distinct scalars and indexed quantities of the tree, in reading order. */
export function variablesOf(e: Expression): readonly Variable[] {
  const found = new Map<string, Variable>()
  const visit = (node: Expression): Expression => {
    if (isVariable(node)) {
      found.set(keyOf(node), node)
      return node
    }
    return mapChildren(node, visit)
  }
  visit(e)
  return [...found.values()]
}

/** Whether the letter occurs, as an index or as a number. */
export const mentionsLetter = (e: Expression, letter: string): boolean =>
  some(
    e,
    (node) =>
      (node.kind === 'symbol' && node.name === letter) ||
      ((node.kind === 'indexed' || node.kind === 'apply') && node.indices.some((s) => s.index.letter === letter)),
  )

/** The additive terms of an expression. */
export const termsOf = (e: Expression): readonly Expression[] => (e.kind === 'sum' ? e.terms : [e])

/** The factors of an expression. */
export const factorsOf = (e: Expression): readonly Expression[] => (e.kind === 'product' ? e.factors : [e])
