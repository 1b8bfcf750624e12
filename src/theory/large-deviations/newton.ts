import { DomainError } from '../../expression/errors.js'
import { solveLinear } from '../../numeric/roots.js'
import { type Trajectory, typicalTrajectory } from './action.js'
import type { DeviationChain } from './chain.js'
import { ConvergenceError } from './convergence-error.js'

/** Order parameters and tilts of every layer: a candidate for a saddle point. */
export interface SaddlePoint {
  readonly trajectory: Trajectory
  readonly tilts: readonly Float64Array[]
  /** Largest component of the saddle-point equations that is not zero. */
  readonly residual: number
  readonly iterations: number
}

interface Equations {
  readonly residuals: number[]
  readonly jacobian: number[][]
}

/**
 * The saddle-point equations at tilts and statistics, with their Jacobian: each layer's tilted means are its
 * statistics, and `alpha^l tilt^l = alpha^{l+1} d log-moment^{l+1} / d x^l`. Unknowns layer by layer: tilts, then
 * statistics (none for the last layer, whose statistic is given). Null where a log-moment has no value.
 */
export function saddleEquations(
  chain: DeviationChain,
  trajectory: Trajectory,
  tilts: readonly Float64Array[],
): Equations | null {
  const depth = chain.layers.length
  const offsets: number[] = []
  let size = 0
  for (const [k, { law }] of chain.layers.entries()) {
    offsets.push(size)
    size += k === depth - 1 ? law.statistics : 2 * law.statistics
  }
  const residuals = new Array<number>(size).fill(0)
  const jacobian = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const put = (row: number, column: number, x: number): void => {
    jacobian[row]![column] = jacobian[row]![column]! + x
  }
  for (const [k, { law, width }] of chain.layers.entries()) {
    const from = k === 0 ? chain.start : trajectory[k - 1]!
    const moment = law.logMoment(tilts[k]!, from)
    if (!moment) return null
    const [own, all] = [law.statistics, law.statistics + law.parameters]
    const at = offsets[k]!
    // Columns of this log-moment's variables; the first layer's parameters are fixed.
    const before = k === 0 ? -1 : offsets[k - 1]! + chain.layers[k - 1]!.law.statistics
    const column = (i: number): number => (i < own ? at + i : before < 0 ? -1 : before + i - own)
    for (let i = 0; i < all; i++) {
      // Rows: own means; and, weighed by widths, the previous layer's balance.
      const row = i < own ? at + i : column(i)
      if (row < 0) continue
      const weight = i < own ? 1 : -width
      residuals[row] = residuals[row]! + weight * moment.gradient[i]!
      for (let j = 0; j < all; j++) {
        const c = column(j)
        if (c >= 0) put(row, c, weight * moment.hessian[i * all + j]!)
      }
    }
    for (let i = 0; i < own; i++) {
      residuals[at + i] = residuals[at + i]! - trajectory[k]![i]!
      if (k === depth - 1) continue
      put(at + i, at + own + i, -1)
      residuals[at + own + i] = residuals[at + own + i]! + width * tilts[k]![i]!
      put(at + own + i, at + i, width)
    }
  }
  return { residuals, jacobian }
}

const largest = (v: readonly number[]): number => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)

/** Newton's method, undamped, on the whole saddle-point system. Throws ConvergenceError with its residual. */
export function newtonSaddle(
  chain: DeviationChain,
  start: { readonly trajectory: Trajectory; readonly tilts: readonly Float64Array[] },
  { tolerance = 1e-10, iterations = 30 } = {},
): SaddlePoint {
  let { trajectory, tilts } = start
  let residual = Number.POSITIVE_INFINITY
  const depth = chain.layers.length
  for (let iteration = 0; iteration < iterations; iteration++) {
    const equations = saddleEquations(chain, trajectory, tilts)
    const step = equations && solveLinear(equations.jacobian, equations.residuals)
    if (!equations || !step) {
      const why = equations ? 'the Jacobian is singular' : 'a log-moment diverges'
      throw new ConvergenceError(`Newton's method left the saddle point: ${why}, residual ${residual}`, {}, residual)
    }
    const here = largest(equations.residuals)
    // Converged, and no step of Newton's improves it: rounding is reached.
    if (here <= tolerance && here >= residual / 2) return { trajectory, tilts, residual: here, iterations: iteration }
    residual = here
    let position = 0
    const moved = tilts.map((t, k) => {
      const own = t.map((v, i) => v - step[position + i]!)
      position += t.length
      const x = trajectory[k]!
      if (k === depth - 1) return { own, x }
      const next = x.map((v, i) => v - step[position + i]!)
      position += x.length
      return { own, x: next }
    })
    tilts = moved.map((m) => m.own)
    trajectory = moved.map((m) => m.x)
  }
  throw new ConvergenceError(
    `Newton's method did not converge in ${iterations} steps: the saddle-point equations are missed by ${residual}`,
    {},
    residual,
  )
}

/**
 * The saddle point for an end point by continuation from the mean-field point, with steps that shrink where Newton's
 * method fails. Throws DomainError at the ends of the range, where the last tilt is infinite, and ConvergenceError.
 */
export function continueSaddle(chain: DeviationChain, end: number, { steps = 8 } = {}): SaddlePoint {
  const trajectory = typicalTrajectory(chain)
  if (!trajectory) throw new DomainError('the mean-field trajectory has a singular covariance: nothing fluctuates')
  const from = trajectory.at(-1)![0]!
  if (!(Math.abs(end) < 1))
    throw new DomainError(`at the end point ${end} the last tilt is not finite: continuation is for -1 < q < 1`)
  let point: SaddlePoint = {
    trajectory,
    tilts: chain.layers.map(({ law }) => new Float64Array(law.statistics)),
    residual: 0,
    iterations: 0,
  }
  let [done, step] = [0, 1 / steps]
  let iterations = 0
  while (done < 1) {
    const next = Math.min(1, done + step)
    const last = Float64Array.of(from + (end - from) * next)
    try {
      const found = newtonSaddle(chain, { ...point, trajectory: [...point.trajectory.slice(0, -1), last] })
      point = found
      iterations += found.iterations
      done = next
      step *= 1.5
    } catch (error) {
      if (!(error instanceof ConvergenceError) || step < 1e-6) throw error
      step /= 2
    }
  }
  return { ...point, iterations }
}
