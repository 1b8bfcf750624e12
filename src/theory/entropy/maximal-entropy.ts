import { DomainError, LimitError } from '../../expression/errors.js'
import { type GridOptions, gridOptimum } from './dynamic-programming.js'
import type { PerturbedChain } from './perturbed-chain.js'
import {
  type PerturbationState,
  pointsWithDeficit,
  type StationaryBranch,
  type StationaryPoint,
  stationaryBranches,
} from './stationary-branches.js'

/** The perturbation of greatest entropy at an output error. */
export interface MaximalEntropy {
  readonly error: number
  /** Strengths of the layers' perturbations. */
  readonly strengths: readonly number[]
  /** Correlation deficits of the layers, 1 - c. */
  readonly e: readonly number[]
  /** 1 - q after each layer. */
  readonly deficits: readonly number[]
  /** Entropy per weight, the mean over layers. */
  readonly entropy: number
  /** d entropy / d error. */
  readonly multiplier: number
  readonly states: readonly PerturbationState[]
}

/** A solver for one chain: its branches are traced once, and every error asked of them. */
export interface EntropyProblem {
  readonly chain: PerturbedChain
  readonly branches: readonly StationaryBranch[]
  /** Every stationary point at an error, best first. Throws DomainError for an error outside (0, 1/2). */
  readonly stationary: (error: number) => readonly MaximalEntropy[]
  /** The best of them. Throws DomainError where there is none. */
  readonly maximal: (error: number) => MaximalEntropy
}

/**
 * The problem of the largest entropy at a given output error `(1 - q^L)/2`, with q^l = f(c_l q^{l-1}), q^0 = 1. All
 * stationary points are enumerated, boundary points among them (see `stationaryBranches`). Throws DomainError as that.
 */
export function entropyProblem(chain: PerturbedChain): EntropyProblem {
  const branches = stationaryBranches(chain)
  const stationary = (error: number): readonly MaximalEntropy[] => {
    if (!(error > 0 && error < 0.5))
      throw new DomainError(
        `the error ${error} lies outside (0, 1/2): at 0 nothing is perturbed, at 1/2 nothing is left`,
      )
    return branches
      .flatMap((branch) =>
        pointsWithDeficit(branch, 2 * error).map((point) => described(chain, branch.states, point, error)),
      )
      .sort((a, b) => b.entropy - a.entropy)
  }
  const maximal = (error: number): MaximalEntropy => {
    const [first] = stationary(error)
    if (!first) throw new DomainError(`no perturbation of these layers gives the error ${error}`)
    return first
  }
  return { chain, branches, stationary, maximal }
}

export const described = (
  chain: PerturbedChain,
  states: readonly PerturbationState[],
  { e, deficits, entropy, multiplier }: StationaryPoint,
  error = deficits.at(-1)! / 2,
): MaximalEntropy => ({
  error,
  strengths: chain.map(({ perturbation }, k) => perturbation.strength(e[k]!)),
  e,
  deficits,
  entropy,
  multiplier,
  states,
})

/** The optimum with what dynamic programming says of it. */
export interface CertifiedEntropy extends MaximalEntropy {
  /** The entropy that dynamic programming found: a perturbation that exists, hence never more than the optimum. */
  readonly byGrid: number
}

/** Entropies per weight of the two methods may differ by this share of the larger, or of a hundredth. */
const agreement = 1e-9

/**
 * The perturbation of greatest entropy by two methods that share nothing: enumeration of stationary points, and dynamic
 * programming. Throws LimitError where they disagree: then one of them missed the optimum, and the message says which.
 */
export function certifiedEntropy(problem: EntropyProblem, error: number, options: GridOptions = {}): CertifiedEntropy {
  const found = problem.maximal(error)
  const grid = gridOptimum(problem.chain, error, options)
  const allowed = agreement * Math.max(0.01, Math.abs(found.entropy))
  if (Math.abs(grid.entropy - found.entropy) > allowed)
    throw new LimitError(
      grid.entropy > found.entropy
        ? `dynamic programming found an entropy of ${grid.entropy} at the error ${error}, more than any stationary point: ${found.entropy}`
        : `dynamic programming stopped at an entropy of ${grid.entropy} at the error ${error}, below ${found.entropy}: give it more points or refinements`,
    )
  return { ...found, byGrid: grid.entropy }
}
