/** How far a sum reaches beyond a sign. */
import { add, children, type Expression, multiply } from './expression.js'

/** The innermost body of a sum over one letter at the end of a term, and how the term is made of it. */
interface Reach {
  readonly letter: string
  readonly body: Expression
  readonly rebuilt: (body: Expression) => Expression
}

/** A sum with written bounds; repeated indices are summed in their own term alone. */
function reachOf(e: Expression): Reach | null {
  if (e.kind === 'indexedSum' && typeof e.index === 'string' && e.range.kind === 'interval')
    return { letter: e.index, body: e.body, rebuilt: (body) => ({ ...e, body }) }
  if (e.kind !== 'product') return null
  // A sum with a sign of its own in front of it: what follows could be meant with either sign.
  if (e.factors.some((f) => f.kind === 'number' && f.numerator < 0n)) return null
  const last = e.factors.at(-1)
  const inner = last ? reachOf(last) : null
  return inner && { ...inner, rebuilt: (body) => multiply(...e.factors.slice(0, -1), inner.rebuilt(body)) }
}

/** Whether a letter stands in a quantity's index, bound by nothing. An integral over components binds what it runs over. */
function standsFree(e: Expression, letter: string): boolean {
  if (e.kind === 'measureIntegral') return false
  if ((e.kind === 'indexedSum' || e.kind === 'indexedProduct') && e.index === letter) return false
  if ((e.kind === 'indexed' || e.kind === 'apply') && e.indices.some((slot) => slot.index.letter === letter))
    return true
  return children(e).some((child) => standsFree(child, letter))
}

/**
 * `\\sum_{l=1}^L -a^l - b^l`: a sum reaches beyond a sign where what follows has its letter, which would stand for nothing
 * there. Letters that stand free in a term before, or are bound from outside, are left as they are.
 */
export function withReach(terms: readonly Expression[], bound: readonly string[]): readonly Expression[] {
  const gathered: Expression[] = []
  for (const term of terms) {
    const before = gathered.at(-1)
    const reach = before ? reachOf(before) : null
    const taken =
      reach !== null &&
      !bound.includes(reach.letter) &&
      standsFree(term, reach.letter) &&
      !gathered.some((other) => standsFree(other, reach.letter))
    if (taken) gathered[gathered.length - 1] = reach.rebuilt(add(reach.body, term))
    else gathered.push(term)
  }
  return gathered
}
