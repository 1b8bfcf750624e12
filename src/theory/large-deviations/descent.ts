import { bandedCholesky } from '../../numeric/banded-cholesky.js'
import { type Action, actionOf, hiddenSize, type Trajectory } from './action.js'
import type { DeviationChain } from './chain.js'
import { ConvergenceError } from './convergence-error.js'

/** A stationary trajectory to a fixed end point. */
export interface StationaryTrajectory {
  readonly trajectory: Trajectory
  readonly action: Action
  /** Largest component of the saddle-point equations that is not zero. */
  readonly residual: number
  readonly iterations: number
}

/** How many steps in a row the edge of a law may cut short. */
const mostOutside = 6

const largest = (v: Float64Array): number => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)

/** What the saddle-point equations miss: the derivatives by hidden statistics, and the transforms' own residuals. */
export const residualOf = (action: Action): number =>
  action.costs.reduce((m, cost) => Math.max(m, cost.residual), largest(action.gradient))

/**
 * Least action over the hidden trajectory from a start, by Newton's method with a growing multiple of the layers' own
 * curvature where the action is not convex: every step lowers the action, so that a local minimum is reached from
 * anywhere. Null where the start cannot be evaluated. Throws ConvergenceError where the gradient does not vanish, or the
 * action falls towards where a layer's law has no value. Bounded work: at most 400 steps, fewer at such an edge.
 */
export function descend(
  chain: DeviationChain,
  start: Trajectory,
  { tolerance = 1e-9, iterations = 400 } = {},
): StationaryTrajectory | null {
  const { size, band } = hiddenSize(chain)
  let trajectory = start
  let action = actionOf(chain, trajectory)
  if (!action) return null
  let damping = 0
  let outside = 0
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (size === 0) return { trajectory, action, residual: residualOf(action), iterations: iteration }
    const own = ownCurvature(chain, action, size)
    let step: Float64Array | null = null
    for (; !step; damping = Math.max(4 * damping, 1e-3)) {
      if (damping > 1e12) throw notConverged(action, iteration)
      const factor = bandedCholesky(
        action.hessian.map((h, k) => h + damping * own[k]!),
        size,
        band,
      )
      step = factor?.solve(action.gradient.map((g) => -g)) ?? null
      if (step) break
    }
    const decrement = -step.reduce((sum, s, k) => sum + s * action!.gradient[k]!, 0)
    let scale = 1
    let edge = false
    let next: { readonly trajectory: Trajectory; readonly action: Action } | null = null
    for (; scale > 1e-12 && !next; scale /= 2) {
      const moved = move(chain, trajectory, step, scale)
      const there = actionOf(chain, moved, action.costs.map((c) => c.tilts)) // biome-ignore format: one thing
      if (!there) {
        edge = true
        continue
      }
      const lower = there.value <= action.value - 1e-4 * scale * decrement
      // In the last digits the action cannot tell a step's worth: there the equations themselves decide.
      const closer =
        decrement <= 1e-10 * (1 + action.value) &&
        there.value <= action.value + 1e-13 * (1 + action.value) &&
        residualOf(there) < residualOf(action)
      if (lower || closer) next = { trajectory: moved, action: there }
    }
    // The way down leads where a law has no value: steps that halve the distance to that edge never end.
    outside = edge && scale < 0.1 ? outside + 1 : 0
    if (outside > mostOutside) throw leavesTheLaws(action, iteration)
    const settled = decrement <= 1e-24 * (1 + action.value) || missed(action, trajectory, size) === 0
    if (next && !(settled && residualOf(next.action) >= residualOf(action))) {
      ;({ trajectory, action } = next)
      damping = scale >= 0.5 ? damping / 8 : Math.max(2 * damping, 1e-3)
      if (damping < 1e-6) damping = 0
      if (!settled) continue
    }
    if (!next && !settled && decrement > 1e-16 * (1 + action.value)) throw notConverged(action, iteration)
    const residual = residualOf(action)
    const allowed = tolerance * (1 + action.costs.reduce((m, { tilts }) => Math.max(m, finiteLargest(tilts)), 0))
    if (!(missed(action, trajectory, size) <= allowed)) throw notConverged(action, iteration)
    return { trajectory, action, residual, iterations: iteration + 1 }
  }
  throw notConverged(action, iterations)
}

const leavesTheLaws = (action: Action, iterations: number): ConvergenceError =>
  new ConvergenceError(
    `the least action over the hidden layers lies where a layer's law has no value: after ${iterations} steps the descent stands at the edge of the order parameters that the law allows (a printed branch of a formula, say, that ends there) and the saddle-point equations are missed by ${residualOf(action)}; take a law that has a value on all branches, or another end point`,
    {},
    residualOf(action),
  )

const finiteLargest = (tilts: Float64Array): number =>
  tilts.reduce((m, t) => (Number.isFinite(t) ? Math.max(m, Math.abs(t)) : m), 0)

/** The largest part of the residuals that rounding of the order parameters (times the curvature) does not explain. */
function missed(action: Action, trajectory: Trajectory, size: number): number {
  const x = trajectory.slice(0, -1).flatMap((v) => [...v])
  const beyond = action.gradient.reduce((m, g, k) => {
    const rounding = 16 * Number.EPSILON * Math.abs(action.hessian[k * size + k]! * x[k]!)
    return Math.abs(g) <= rounding ? m : Math.max(m, Math.abs(g))
  }, 0)
  return action.costs.reduce((m, { residual }) => Math.max(m, residual > 1e-12 ? residual : 0), beyond)
}

const notConverged = (action: Action, iterations: number): ConvergenceError =>
  new ConvergenceError(
    `the least action over the hidden layers was not found: after ${iterations} steps the saddle-point equations are missed by ${residualOf(action)}; start elsewhere`,
    {},
    residualOf(action),
  )

/** The layers' own curvatures alpha^l J_xx on the block diagonal, in the statistics' own units. */
function ownCurvature(chain: DeviationChain, action: Action, size: number): Float64Array {
  const blocks = new Float64Array(size * size)
  let position = 0
  for (const [k, { law, width }] of chain.layers.slice(0, -1).entries()) {
    const { statistics: own } = law
    const all = own + law.parameters
    for (let i = 0; i < own; i++)
      for (let j = 0; j < own; j++)
        blocks[(position + i) * size + position + j] = width * action.costs[k]!.hessian[i * all + j]!
    // Positive definite but for coordinates in which the cost is not convex.
    if (own === 1) blocks[position * size + position] = Math.abs(blocks[position * size + position]!) + 1e-12
    position += own
  }
  return blocks
}

function move(chain: DeviationChain, trajectory: Trajectory, step: Float64Array, scale: number): Trajectory {
  let position = 0
  return trajectory.map((x, k) => {
    if (k === chain.layers.length - 1) return x
    const from = position
    position += x.length
    return x.map((v, i) => v + scale * step[from + i]!)
  })
}
