import { add, type Expression, mapChildren, multiply } from '../../expression/expression.js'
import { termsOf } from '../support/tree.js'
import { shiftSites } from './energy.js'

/** Products over sums multiplied out at the top of an expression. */
function distributed(e: Expression): readonly Expression[] {
  if (e.kind === 'sum') return e.terms.flatMap(distributed)
  if (e.kind !== 'product') return [e]
  const position = e.factors.findIndex((f) => f.kind === 'sum')
  const factor = e.factors[position]
  if (!factor) return [e]
  const others = e.factors.filter((_, k) => k !== position)
  return termsOf(factor).flatMap((t) => distributed(multiply(...others, t)))
}

/** The largest offset of the site's letter anywhere in an expression; null where the letter does not occur. */
function lastOffset(e: Expression, letter: string): number | null {
  let last: number | null = null
  const visit = (node: Expression): Expression => {
    if (node.kind === 'indexed' || node.kind === 'apply')
      for (const { index } of node.indices)
        if (index.letter === letter && index.sign === 1) last = Math.max(last ?? index.offset, index.offset)
    return mapChildren(node, visit)
  }
  visit(e)
  return last
}

/**
 * A summand over a ring with every term shifted so that its last site is `l`: summands that differ by shifts of whole terms
 * become the same. (Sufficient for equality on the ring, and defined for any terms; the Euler operator decides the rest.)
 */
export function alignedDensity(density: Expression, letter: string): Expression {
  return add(
    ...distributed(density).map((term) => {
      const last = lastOffset(term, letter)
      return last === null || last === 0 ? term : shiftSites(term, letter, -last)
    }),
  )
}
