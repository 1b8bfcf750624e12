import type { DeviationChain } from './chain.js'
import { siteCost, typicalStatistics } from './legendre.js'
import type { Cost, Vector } from './site-law.js'

/** Statistics of layers 1 to L; the last is the end point. */
export type Trajectory = readonly Float64Array[]

/** The cost of a whole trajectory with derivatives in its free (hidden) statistics, one layer after another. */
export interface Action {
  readonly value: number
  readonly costs: readonly Cost[]
  /** By the hidden statistics. */
  readonly gradient: Float64Array
  readonly hessian: Float64Array
  /** By the end point, and mixed with the hidden statistics. */
  readonly endSlope: number
  readonly endCurvature: number
  readonly endMixed: Float64Array
  /** Log of the product of the determinants of the hidden layers' own second derivatives alpha^l J_xx. */
  readonly logOwnDeterminants: number
}

/** How many hidden statistics there are, and how far apart two of them can be that interact. */
export function hiddenSize(chain: DeviationChain): { readonly size: number; readonly band: number } {
  const counts = chain.layers.slice(0, -1).map(({ law }) => law.statistics)
  const size = counts.reduce((sum, n) => sum + n, 0)
  const band = counts.reduce((most, n, k) => Math.max(most, n + (counts[k + 1] ?? 0)), 0)
  return { size, band: Math.min(size, band) }
}

/** The action of a trajectory; null where a layer cannot take its statistics. `guess` are tilts to start from. */
export function actionOf(chain: DeviationChain, trajectory: Trajectory, guess?: readonly Vector[]): Action | null {
  const { size } = hiddenSize(chain)
  const costs: Cost[] = []
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  const endMixed = new Float64Array(size)
  let [value, endSlope, endCurvature, logOwnDeterminants] = [0, 0, 0, 0]
  let position = 0
  let before = -1
  for (const [k, { law, width }] of chain.layers.entries()) {
    const from = k === 0 ? chain.start : trajectory[k - 1]!
    const cost = siteCost(law, trajectory[k]!, from, guess?.[k])
    if (!cost) return null
    costs.push(cost)
    value += width * cost.value
    const [own, all] = [law.statistics, law.statistics + law.parameters]
    const last = k === chain.layers.length - 1
    // Where each of the cost's variables lies among the hidden ones; -1: fixed.
    const place = (i: number): number => (i < own ? (last ? -1 : position + i) : before < 0 ? -1 : before + i - own)
    for (let i = 0; i < all; i++) {
      const row = place(i)
      if (row >= 0) gradient[row] = gradient[row]! + width * cost.gradient[i]!
      for (let j = 0; j < all; j++) {
        const column = place(j)
        const entry = width * cost.hessian[i * all + j]!
        if (row >= 0 && column >= 0) hessian[row * size + column] = hessian[row * size + column]! + entry
        else if (last && i === 0 && column >= 0) endMixed[column] = entry
      }
    }
    if (!last) logOwnDeterminants += ownLogDeterminant(cost.hessian, own, all, width)
    if (last) [endSlope, endCurvature] = [width * cost.gradient[0]!, width * cost.hessian[0]!]
    before = position
    position += own
  }
  return { value, costs, gradient, hessian, endSlope, endCurvature, endMixed, logOwnDeterminants }
}

function ownLogDeterminant(hessian: Float64Array, own: number, all: number, width: number): number {
  const m = Array.from({ length: own }, (_, i) => Array.from({ length: own }, (__, j) => width * hessian[i * all + j]!))
  let sum = 0
  for (let k = 0; k < own; k++) {
    const pivot = m[k]![k]!
    sum += Math.log(pivot)
    for (let i = k + 1; i < own; i++) {
      const factor = m[i]![k]! / pivot
      for (let j = k; j < own; j++) m[i]![j]! -= factor * m[k]![j]!
    }
  }
  return sum
}

/**
 * The mean-field trajectory: every layer's statistics at their means given the layer before. Null where a layer's law
 * has no value (a singular covariance).
 */
export function typicalTrajectory(chain: DeviationChain): Trajectory | null {
  const trajectory: Float64Array[] = []
  for (const { law } of chain.layers) {
    const next = typicalStatistics(law, trajectory.at(-1) ?? chain.start)
    if (!next) return null
    trajectory.push(next)
  }
  return trajectory
}
