import { bandedCholesky } from '../../numeric/banded-cholesky.js'
import { SecondOrder } from '../../numeric/second-order.js'
import { hiddenSize } from './action.js'
import type { DeviationChain } from './chain.js'
import { ConvergenceError } from './convergence-error.js'
import { descend, type StationaryTrajectory } from './descent.js'
import type { Cost, SiteLaw, Vector } from './site-law.js'

/**
 * The cost of a sign layer with overlaps written as q = tanh(x), so that 1 - q keeps its digits far below rounding:
 * trajectories that all but merge (equal weights) need that. Closed form of the cost only.
 */
function logitSignLaw({ slope, offset }: { readonly slope: number; readonly offset: number }): SiteLaw {
  const share = (x: SecondOrder): SecondOrder => {
    const e = Math.exp(-2 * Math.abs(x.value))
    const small = e / (1 + e)
    const value = x.value > 0 ? small : 1 / (1 + e)
    const first = (-2 * e) / (1 + e) ** 2
    return x.through([value, first, -2 * first * (1 - 2 * value)])
  }
  return {
    statistics: 1,
    parameters: 1,
    logMoment: () => null,
    cost(x: Vector, y: Vector): Cost | null {
      const [u, v] = [SecondOrder.variable(x[0]!, 0, 2), SecondOrder.variable(y[0]!, 1, 2)]
      const [d, up] = [share(u), share(u.scaled(-1))]
      const gap = share(v).scaled(2 * slope, 1 - offset - slope)
      const sine = gap.times(gap.scaled(-1, 2))
      if (!(sine.value > 0 && d.value > 0 && up.value > 0)) return null
      // p = arccos(1 - gap) / pi, from sin^2: dp/dgap = 1 / (pi sin).
      const root = Math.sqrt(sine.value)
      const angle = Math.atan2(root, 1 - gap.value)
      const p = gap.through([angle / Math.PI, 1 / (Math.PI * root), -(1 - gap.value) / (Math.PI * root ** 3)])
      const other = gap.through([
        (Math.PI - angle) / Math.PI,
        -1 / (Math.PI * root),
        (1 - gap.value) / (Math.PI * root ** 3),
      ])
      const value = d.times(d.over(p).log()).plus(up.times(up.over(other).log()))
      if (!Number.isFinite(value.value)) return null
      const { gradient, hessian } = value
      return { value: value.value, tilts: Float64Array.of(gradient[0]!), gradient, hessian, residual: 0 }
    },
  }
}

/** A trajectory of overlaps that all but merges in some layer. */
export interface MergingTrajectory {
  /** (1 - q^l) / 2 */
  readonly shares: readonly number[]
  readonly tilts: readonly number[]
  readonly value: number
  /** First and second derivative by the end point. */
  readonly slope: number
  readonly curvature: number
  readonly residual: number
}

/**
 * Minima of the action of sign networks in which the pair all but merges (or becomes opposite) at a hidden layer and
 * comes apart again by little up to the end point: where weights are equal, staying merged costs nothing, and close to
 * the ends +-1 such trajectories compete with the smooth one. One descent for each layer of merging.
 */
export function mergingTrajectories(chain: DeviationChain, end: number): readonly MergingTrajectory[] {
  const fields = chain.signFields
  const start = chain.start[0]!
  if (!fields || !(Math.abs(end) < 1) || !(Math.abs(start) < 1)) return []
  const logit: DeviationChain = {
    start: [Math.atanh(start)],
    layers: chain.layers.map(({ width }, k) => ({ law: logitSignLaw(fields[k]!), width })),
  }
  const found: MergingTrajectory[] = []
  const sign = end < 0 ? -1 : 1
  for (let layer = 0; layer < chain.layers.length - 1; layer++) {
    // Backwards from the end: each layer typical given the one before, which sin^2 of half its angle fixes.
    const x = new Array<number>(chain.layers.length).fill(0)
    x[x.length - 1] = Math.atanh(end)
    let possible = true
    for (let k = x.length - 2; k >= layer && possible; k--) {
      const { slope, offset } = fields[k + 1]!
      if (Math.abs(slope) < 1 || offset !== 0) possible = false
      const share = 1 / (1 + Math.exp(2 * Math.abs(x[k + 1]!)))
      const before = Math.sin((Math.PI * share) / 2) ** 2
      x[k] = sign * Math.min(170, Math.atanh(Math.min(1 - 1e-16, 1 - 2 * before)))
      if (before < 1e-15) x[k] = (sign * -Math.log(before)) / 2
    }
    if (!possible) continue
    const first = x[layer]!
    for (let k = 0; k < layer; k++)
      x[k] = Math.atanh(start) + ((Math.sign(first) - Math.atanh(start)) * (k + 1)) / (layer + 1)
    try {
      const m = descend(logit, x.map((v) => Float64Array.of(v)), { tolerance: 1e-6 }) // biome-ignore format: one thing
      if (m) found.push(described(logit, end, m))
    } catch (error) {
      // A start from which nothing is found is no candidate; the smooth trajectories remain.
      if (!(error instanceof ConvergenceError)) throw error
    }
  }
  return found
}

/** Back to overlaps: with q = tanh(x), dx/dq = 1/(1 - q^2). */
function described(logit: DeviationChain, end: number, found: StationaryTrajectory): MergingTrajectory {
  const { trajectory, action, residual } = found
  const { size, band } = hiddenSize(logit)
  const response = bandedCholesky(action.hessian, size, band)?.solve(action.endMixed)
  const relief = response ? response.reduce((sum, r, k) => sum + r * action.endMixed[k]!, 0) : Number.NaN
  const steep = 1 / ((1 - end) * (1 + end))
  return {
    shares: trajectory.map((v) => 1 / (1 + Math.exp(2 * v[0]!))),
    tilts: action.costs.map((cost, k) => cost.tilts[0]! * Math.cosh(trajectory[k]![0]!) ** 2),
    value: action.value,
    slope: action.endSlope * steep,
    curvature: (action.endCurvature - relief) * steep * steep + action.endSlope * 2 * end * steep * steep,
    residual,
  }
}
