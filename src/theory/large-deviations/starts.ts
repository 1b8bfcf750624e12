import type { Trajectory } from './action.js'
import type { DeviationChain } from './chain.js'

/**
 * Trajectories to start a search from: the means of every layer under the same tilts, for a set of tilts along each
 * statistic. Tilts of one network's square alone start away from any symmetry between the two.
 */
export function tiltedStarts(chain: DeviationChain, end: number): readonly Trajectory[] {
  const most = Math.max(...chain.layers.slice(0, -1).map(({ law }) => law.statistics), 0)
  const starts: Trajectory[] = []
  for (let axis = 0; axis < most; axis++)
    for (const size of [-20, -2, -0.5, 0.2, 1]) {
      const start = tilted(chain, end, axis, size)
      if (start) starts.push(start)
    }
  return starts
}

function tilted(chain: DeviationChain, end: number, axis: number, size: number): Trajectory | null {
  const trajectory: Float64Array[] = []
  for (const { law } of chain.layers.slice(0, -1)) {
    const tilts = new Float64Array(law.statistics)
    if (axis < tilts.length) tilts[axis] = size
    const moment = law.logMoment(tilts, trajectory.at(-1) ?? chain.start)
    if (!moment) return null
    trajectory.push(moment.gradient.slice(0, law.statistics))
  }
  return [...trajectory, Float64Array.of(end)]
}
