import { type Trajectory, typicalTrajectory } from './action.js'
import type { DeviationChain } from './chain.js'
import { siteCost } from './legendre.js'

/** What came of the forward-backward iteration; without convergence there is no trajectory. */
export interface ForwardBackwardReport {
  readonly converged: boolean
  readonly iterations: number
  /** The last change of any tilt by an iteration. */
  readonly residual: number
  readonly trajectory: Trajectory | null
  readonly tilts: readonly Float64Array[] | null
  /** Why it stopped, where it did not converge. */
  readonly failure: string | null
}

/**
 * Saddle points as optimal control finds them: order parameters forward given the tilts, tilts backward given the
 * order parameters, until neither moves. `mixing` is the share of the new tilts that is taken (1: the plain iteration).
 * It may diverge, circle or step where a log-moment has no value: the report says which, and gives no iterate then.
 */
export function forwardBackward(
  chain: DeviationChain,
  end: number,
  { mixing = 1, iterations = 2000, tolerance = 1e-11 } = {},
): ForwardBackwardReport {
  const depth = chain.layers.length
  const typical = typicalTrajectory(chain)
  let tilts: Float64Array[] = chain.layers.map(({ law }) => new Float64Array(law.statistics))
  let residual = Number.POSITIVE_INFINITY
  const stopped = (iteration: number, failure: string): ForwardBackwardReport => ({
    converged: false,
    iterations: iteration,
    residual,
    trajectory: null,
    tilts: null,
    failure,
  })
  if (!typical) return stopped(0, 'the mean-field trajectory has a singular covariance')
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const trajectory: Float64Array[] = []
    for (let k = 0; k < depth - 1; k++) {
      const { law } = chain.layers[k]!
      const moment = law.logMoment(tilts[k]!, trajectory[k - 1] ?? chain.start)
      if (!moment) return stopped(iteration, `forward pass: the single-site integral of layer ${k + 1} has no value`)
      trajectory.push(moment.gradient.slice(0, law.statistics))
    }
    trajectory.push(Float64Array.of(end))
    const last = siteCost(chain.layers[depth - 1]!.law, trajectory[depth - 1]!, trajectory[depth - 2] ?? chain.start)
    if (!last) return stopped(iteration, `the last layer cannot reach the end point`)
    const next: Float64Array[] = tilts.map((t) => Float64Array.from(t))
    next[depth - 1] = last.tilts
    for (let k = depth - 1; k > 0; k--) {
      const { law, width } = chain.layers[k]!
      // At the ends of the range the last tilt is infinite: there the cost's own derivative is taken.
      const slopes =
        k === depth - 1
          ? last.gradient.slice(law.statistics).map((g) => -g)
          : law.logMoment(next[k]!, trajectory[k - 1]!)?.gradient.slice(law.statistics)
      if (!slopes) return stopped(iteration, `backward pass: the single-site integral of layer ${k + 1} has no value`)
      next[k - 1] = slopes.map(
        (g, i) => (1 - mixing) * tilts[k - 1]![i]! + (mixing * width * g) / chain.layers[k - 1]!.width,
      )
    }
    residual = 0
    for (let k = 0; k < depth - 1; k++)
      for (let i = 0; i < next[k]!.length; i++) residual = Math.max(residual, Math.abs(next[k]![i]! - tilts[k]![i]!))
    if (!Number.isFinite(residual)) return stopped(iteration, 'the tilts are not finite numbers')
    tilts = next
    if (residual <= tolerance)
      return { converged: true, iterations: iteration, residual, trajectory, tilts, failure: null }
  }
  return stopped(iterations, `the tilts still move by ${residual} an iteration`)
}
