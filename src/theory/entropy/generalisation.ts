import { DomainError } from '../../expression/errors.js'
import { described, type EntropyProblem, type MaximalEntropy } from './maximal-entropy.js'
import { pointsWhere } from './stationary-branches.js'

/** The typical error at a number of examples, in the annealed approximation. */
export interface AnnealedError {
  /** Examples per weight. */
  readonly load: number
  /** The error at which entropy plus the examples' cost is greatest; 1/2 where nothing is learnt. */
  readonly error: number
  /** Entropy per weight plus load times log(1 - error) there. */
  readonly volume: number
  /** The perturbation there; null at the error 1/2. */
  readonly perturbation: MaximalEntropy | null
}

/**
 * The error that maximises `S(error) + load log(1 - error)`, S the maximal entropy per weight: candidates are all
 * stationary points of all branches, and the error 1/2, where nothing of the reference is left. Throws DomainError for a
 * load that is not positive.
 */
export function annealedError(problem: EntropyProblem, load: number): AnnealedError {
  if (!(load > 0)) throw new DomainError(`a load of ${load} examples per weight; it must be positive`)
  const forgotten =
    problem.chain.reduce((sum, { perturbation }) => sum + perturbation.entropy(perturbation.largest), 0) /
    problem.chain.length
  // Only where every layer can lose all correlation is 1/2 an error that they can have together.
  const all = problem.chain.every(({ perturbation }) => perturbation.largest === 1)
  const start = { load, error: 0.5, volume: all ? forgotten + load * Math.log(0.5) : Number.NEGATIVE_INFINITY }
  let best: AnnealedError = { ...start, perturbation: null }
  for (const branch of problem.branches)
    for (const point of pointsWhere(
      branch,
      ({ multiplier, deficits }) => Math.log(multiplier) + Math.log1p(-deficits.at(-1)! / 2) - Math.log(load),
    )) {
      const error = point.deficits.at(-1)! / 2
      const volume = point.entropy + load * Math.log1p(-error)
      if (volume > best.volume)
        best = { load, error, volume, perturbation: described(problem.chain, branch.states, point) }
    }
  return best
}

/** A load at which the annealed error jumps. */
export interface LearningTransition {
  readonly load: number
  readonly below: AnnealedError
  readonly above: AnnealedError
}

/**
 * Loads between two given ones at which the annealed error falls at once, each to twelve digits: pieces of the range
 * across which it moves are halved until nothing, or a jump, is left. Throws DomainError as `annealedError`.
 */
export function learningTransitions(
  problem: EntropyProblem,
  from: number,
  to: number,
  pieces = 60,
): readonly LearningTransition[] {
  const found: LearningTransition[] = []
  const at = (k: number): number => from * (to / from) ** (k / pieces)
  let left = annealedError(problem, from)
  for (let k = 1; k <= pieces; k++) {
    const right = annealedError(problem, at(k))
    let [below, above] = [left, right]
    while (above.load / below.load - 1 > 1e-12) {
      const middle = annealedError(problem, Math.sqrt(above.load * below.load))
      const nearBelow = Math.abs(middle.error - below.error) < Math.abs(middle.error - above.error)
      if (nearBelow) below = middle
      else above = middle
      // Where the curve is smooth the difference shrinks with the bracket.
      if (Math.abs(above.error - below.error) < 1e-5) break
    }
    if (Math.abs(above.error - below.error) > 1e-5) found.push({ load: (below.load + above.load) / 2, below, above })
    left = right
  }
  return found
}
