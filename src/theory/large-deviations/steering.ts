import { DomainError } from '../../expression/errors.js'
import { solveLinear } from '../../numeric/roots.js'
import { actionOf } from './action.js'
import type { DeviationChain } from './chain.js'
import type { RatePoint } from './rate.js'

/** How a hidden layer's tilts follow the order parameters of the layer before: `tilts + gains (x - centre)`. */
export interface TiltSchedule {
  readonly tilts: readonly number[]
  /** None for the first layer, before which nothing fluctuates. */
  readonly feedback?: { readonly centre: readonly number[]; readonly gains: readonly (readonly number[])[] }
}

const product = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)))

/**
 * Tilts of every layer along a dominant trajectory, with the linear feedback that is optimal near it: if a network
 * strays in layer l - 1, the cheapest way on to the same end has other tilts. From the second derivatives of the
 * cost to go (Riccati's recursion, backwards): `S^l = alpha J_yy - alpha J_yx (alpha J_xx + S^{l+1})^-1 alpha J_xy`, and
 * d tilts^l / d x^{l-1} = S^{l+1} (alpha J_xx + S^{l+1})^-1 J_xy. What importance sampling of finite networks needs.
 * Throws DomainError where the trajectory has no action (it merges with the end before the last layer).
 */
export function tiltSchedule(chain: DeviationChain, point: RatePoint): readonly TiltSchedule[] {
  const trajectory = point.layers.map(({ statistics }) => Float64Array.from(statistics))
  const action = actionOf(chain, trajectory)
  if (!action) throw new DomainError('the trajectory touches the edge of its range: there are no tilts along it')
  const schedules: TiltSchedule[] = []
  let ahead: number[][] | null = null
  for (let k = chain.layers.length - 1; k >= 0; k--) {
    const { law, width } = chain.layers[k]!
    const { hessian, tilts } = action.costs[k]!
    const [own, all] = [law.statistics, law.statistics + law.parameters]
    const part = (rows: readonly [number, number], columns: readonly [number, number]): number[][] =>
      Array.from({ length: rows[1] - rows[0] }, (_, i) =>
        Array.from(
          { length: columns[1] - columns[0] },
          (__, j) => width * hessian[(rows[0] + i) * all + columns[0] + j]!,
        ),
      )
    const before = part([own, all], [own, all])
    if (!ahead) {
      schedules.unshift({ tilts: [...tilts] })
      ahead = before
      continue
    }
    const next = ahead
    const total = part([0, own], [0, own]).map((row, i) => row.map((x, j) => x + next[i]![j]!))
    const mixed = part([0, own], [own, all])
    const columns = (mixed[0] ?? []).map((_, j) =>
      solveLinear(
        total,
        mixed.map((row) => row[j]!),
      ),
    )
    if (columns.some((c) => c === null)) throw new DomainError('the cost to go has no minimum along this trajectory')
    const response = total.map((_, i) => columns.map((c) => c![i]!))
    const gains = product(next, response).map((row) => row.map((x) => x / width))
    const centre = [...(k === 0 ? chain.start : trajectory[k - 1]!)]
    schedules.unshift(k === 0 ? { tilts: [...tilts] } : { tilts: [...tilts], feedback: { centre, gains } })
    const relief = product(part([own, all], [0, own]), response)
    ahead = before.map((row, i) => row.map((x, j) => x - relief[i]![j]!))
  }
  return schedules
}
