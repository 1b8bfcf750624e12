import { bandedCholesky } from '../../numeric/banded-cholesky.js'
import type { SecondOrder } from '../../numeric/second-order.js'
import type { Cost, SiteLaw, Vector } from './site-law.js'

const block = (m: Float64Array, size: number, rows: number): Float64Array => {
  const part = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) for (let j = 0; j < rows; j++) part[i * rows + j] = m[i * size + j]!
  return part
}

/** How many steps of the transform in a row may be cut short by the edge of the log-moment's domain. */
const mostOutside = 20

/**
 * The cost of statistics x: the law's closed form where it has one, else the Legendre transform of its log-moment
 * function by damped Newton (concave, so that it converges from any start). `guess` are tilts to start from. Null
 * where x is not attainable or the parameters are not admissible.
 */
export function siteCost(law: SiteLaw, x: Vector, y: Vector, guess?: Vector): Cost | null {
  if (law.cost) return law.cost(x, y)
  const k = law.statistics
  let tilts = Float64Array.from(guess ?? new Float64Array(k))
  let moment = law.logMoment(tilts, y)
  if (!moment && guess) {
    tilts = new Float64Array(k)
    moment = law.logMoment(tilts, y)
  }
  if (!moment) return null
  const objective = (t: Float64Array, m: SecondOrder): number => {
    let sum = -m.value
    for (let i = 0; i < k; i++) sum += t[i]! * x[i]!
    return sum
  }
  let value = objective(tilts, moment)
  let previous = Number.POSITIVE_INFINITY
  let outside = 0
  for (let iteration = 0; iteration < 100; iteration++) {
    const size = k + law.parameters
    const missing = Float64Array.from({ length: k }, (_, i) => x[i]! - moment!.gradient[i]!)
    const factor = bandedCholesky(block(moment.hessian, size, k), k, k)
    if (!factor) return null
    const step = factor.solve(missing)
    let decrement = 0
    for (let i = 0; i < k; i++) decrement += step[i]! * missing[i]!
    if (!(decrement >= 0)) return null
    // Converged, or as far as the log-moment's own rounding lets it.
    const small = decrement / (1 + Math.abs(value))
    if (small <= 1e-26 || (small <= 1e-18 && decrement >= previous / 4))
      return transformed(law, moment, tilts, missing, value)
    previous = decrement
    let taken = false
    let stopped = false
    for (let scale = 1; scale > 1e-10; scale /= 2) {
      const next = tilts.map((t, i) => t + scale * step[i]!)
      const there = law.logMoment(next, y)
      if (!there || !Number.isFinite(there.value)) {
        stopped = true
        continue
      }
      const gained = objective(next, there)
      // In the last digits the objective cannot tell: there the decrement decides.
      if (gained >= value + 1e-4 * scale * decrement - 1e-15 * (1 + Math.abs(value))) {
        taken = true
        ;[tilts, moment, value] = [next, there, gained]
        break
      }
    }
    // Step after step up to where the log-moment ends: there is no maximum before it.
    outside = stopped ? outside + 1 : 0
    if (outside > mostOutside) return null
    if (!taken) {
      if (decrement > 1e-18 * (1 + Math.abs(value))) return null
      return transformed(law, moment, tilts, missing, value)
    }
  }
  return null
}

/** Derivatives of the transform from those of the log-moment function W at the maximising tilts. */
function transformed(
  law: SiteLaw,
  moment: SecondOrder,
  tilts: Float64Array,
  missing: Float64Array,
  value: number,
): Cost | null {
  const k = law.statistics
  const size = k + law.parameters
  const w = moment.hessian
  const factor = bandedCholesky(block(w, size, k), k, k)
  if (!factor) return null
  const gradient = Float64Array.from({ length: size }, (_, i) => (i < k ? tilts[i]! : -moment.gradient[i]!))
  const hessian = new Float64Array(size * size)
  // J_xx = W_tt^-1, J_xy = -W_tt^-1 W_ty, J_yy = -W_yy + W_yt W_tt^-1 W_ty.
  for (let column = 0; column < size; column++) {
    const right = Float64Array.from({ length: k }, (_, i) =>
      column < k ? (i === column ? 1 : 0) : -w[i * size + column]!,
    )
    const solved = factor.solve(right)
    for (let i = 0; i < k; i++) hessian[i * size + column] = solved[i]!
    for (let i = k; i < size; i++) {
      let sum = column < k ? 0 : -w[i * size + column]!
      for (let j = 0; j < k; j++) sum -= w[i * size + j]! * solved[j]!
      hessian[i * size + column] = sum
    }
  }
  return { value, tilts, gradient, hessian, residual: missing.reduce((m, v) => Math.max(m, Math.abs(v)), 0) }
}

/** The statistics' means without tilt: what the layer does in the limit of infinite width. Null if not admissible. */
export function typicalStatistics(law: SiteLaw, y: Vector): Float64Array | null {
  const moment = law.logMoment(new Float64Array(law.statistics), y)
  return moment?.gradient.slice(0, law.statistics) ?? null
}
