import { DomainError } from '../../expression/errors.js'
import type { EntropyProblem, MaximalEntropy } from './maximal-entropy.js'

/** A jump of the optimum: the optimum on either side of it, at errors that differ by less than the position's error. */
export interface Transition {
  /** Position. */
  readonly at: number
  /** Half the width of the bracket. */
  readonly error: number
  readonly below: MaximalEntropy
  readonly above: MaximalEntropy
}

export interface TransitionOptions {
  /** Errors between which jumps are sought. @defaultValue 0.001 */
  readonly from?: number
  /** @defaultValue 0.499 */
  readonly to?: number
  /** Pieces that the range is cut into; two jumps within one piece are found as one. @defaultValue 100 */
  readonly pieces?: number
}

/** Jumps of a strength by less than this are not told from a steep slope. */
const smallestJump = 1e-5
/** Brackets are closed to this width. */
const narrowest = 1e-12

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((m, x, k) => Math.max(m, Math.abs(x - b[k]!)), 0)

/**
 * The first-order transitions of the maximal entropy: errors at which the best perturbation jumps from one vector to
 * another with the same entropy. Pieces across which it moves are halved towards the larger move until nothing, or a
 * jump, is left. Throws DomainError as `maximal` does, and for a range outside (0, 1/2).
 */
export function entropyTransitions(problem: EntropyProblem, options: TransitionOptions = {}): readonly Transition[] {
  const { from = 0.001, to = 0.499, pieces = 100 } = options
  if (!(from > 0 && from < to && to < 0.5))
    throw new DomainError(`transitions are sought between two errors in (0, 1/2), not ${from} and ${to}`)
  const found: Transition[] = []
  let left = problem.maximal(from)
  for (let k = 1; k <= pieces; k++) {
    const right = problem.maximal(from + ((to - from) * k) / pieces)
    const jump = jumpBetween(problem, left, right)
    if (jump !== null) found.push(jump)
    left = right
  }
  return found
}

function jumpBetween(problem: EntropyProblem, left: MaximalEntropy, right: MaximalEntropy): Transition | null {
  const sameKind = left.states.every((state, k) => state === right.states[k])
  if (sameKind && distance(left.strengths, right.strengths) < smallestJump) return null
  let [below, above] = [left, right]
  while (above.error - below.error > narrowest) {
    const middle = problem.maximal((below.error + above.error) / 2)
    if (distance(middle.strengths, below.strengths) < distance(middle.strengths, above.strengths)) below = middle
    else above = middle
    if (distance(below.strengths, above.strengths) < smallestJump) return null
  }
  return { at: (below.error + above.error) / 2, error: (above.error - below.error) / 2, below, above }
}
