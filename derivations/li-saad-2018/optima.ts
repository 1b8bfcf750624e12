/** Perturbations of greatest entropy of the networks of figure 2: four layers of sign neurons. */
import {
  type EntropyProblem,
  entropyProblem,
  entropyTransitions,
  flippedWeights,
  type MaximalEntropy,
  rotatedWeights,
  signOverlap,
  type Transition,
  uniformChain,
} from 'corrigenda/theory'

export type Weights = 'continuous' | 'binary'

const layers = {
  continuous: { overlap: signOverlap, perturbation: rotatedWeights },
  binary: { overlap: signOverlap, perturbation: flippedWeights },
} as const

const known = new Map<string, EntropyProblem>()

/** The problem for so many layers; its branches are traced once. */
export function problemOf(weights: Weights, depth: number): EntropyProblem {
  const key = `${weights} ${depth}`
  const problem = known.get(key) ?? entropyProblem(uniformChain(layers[weights], depth))
  known.set(key, problem)
  return problem
}

let jumps: readonly Transition[] | null = null

/** Jumps of the optimum for four layers of binary weights. */
export function binaryJumps(): readonly Transition[] {
  jumps ??= entropyTransitions(problemOf('binary', 4), { from: 0.02, to: 0.498, pieces: 60 })
  return jumps
}

/** Errors from small ones to nearly 1/2. */
export const errors: readonly number[] = [
  1e-4, 1e-3, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.29, 0.31, 0.35, 0.39, 0.41, 0.43, 0.45, 0.46, 0.47, 0.48, 0.49,
  0.498,
]

const optima = new Map<string, readonly MaximalEntropy[]>()

/** The optima at those errors, for four layers. */
export function optimaOf(weights: Weights): readonly MaximalEntropy[] {
  const found = optima.get(weights) ?? errors.map(problemOf(weights, 4).maximal)
  optima.set(weights, found)
  return found
}
