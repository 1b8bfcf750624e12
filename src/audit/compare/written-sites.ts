import { simplify } from '../../exact/simplify.js'
import { add, children, type Expression, type IndexedSumNode, keyOf, negate, one } from '../../expression/expression.js'
import type { Vocabulary } from './world.js'

/** How many sites the written bounds of a formula's sums over sites give the ring; null where none are written. */
export function writtenSites(
  e: Expression,
  vocabulary: Vocabulary,
  evaluateBound: (bound: Expression) => number,
): number | null {
  let found: number | null = null
  const visit = (node: Expression): void => {
    if ((node.kind === 'indexedSum' || node.kind === 'indexedProduct') && isSiteSum(node, vocabulary)) {
      const count = evaluateBound(node.range.to) - evaluateBound(node.range.from) + 1
      found = found === null ? count : Math.max(found, count)
    }
    for (const child of children(node)) visit(child)
  }
  visit(e)
  return found
}

type IntervalSum = IndexedSumNode & { readonly range: { readonly kind: 'interval' } }

const isSiteSum = (node: IndexedSumNode, vocabulary: Vocabulary): node is IntervalSum =>
  node.range.kind === 'interval' &&
  typeof node.index === 'string' &&
  vocabulary.byLetter.get(node.index)?.geometry === 'periodic'

/**
 * The number of sites that formulas write below and above their sums over sites, as an expression: `N` of a sum from 1 to N.
 * Null where none is written, or they do not agree.
 */
export function writtenCount(formulas: readonly Expression[], vocabulary: Vocabulary): Expression | null {
  const counts = new Map<string, Expression>()
  const visit = (node: Expression): void => {
    if (node.kind === 'indexedSum' && isSiteSum(node, vocabulary)) {
      const count = simplify(add(node.range.to, negate(node.range.from), one), {})
      counts.set(keyOf(count), count)
    }
    for (const child of children(node)) visit(child)
  }
  for (const formula of formulas) visit(formula)
  const [count, ...others] = counts.values()
  return count === undefined || others.length > 0 ? null : count
}
