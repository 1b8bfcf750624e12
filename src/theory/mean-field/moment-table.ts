import { DomainError } from '../../expression/errors.js'
import type { GaussianActivation } from './activation.js'
import { gaussianMean, gaussianSecondMoment, gaussianSquaredSlope } from './kernels.js'

/** E phi^2, E phi and E phi'^2 on a uniform grid of log q. */
export interface MomentTable {
  readonly from: number
  readonly step: number
  readonly second: Float64Array
  readonly mean: Float64Array
  readonly slope: Float64Array
}

const least = 1e-8
const most = 1e6
const perDecade = 24

/**
 * Moments of an activation for mean squares from 1e-8 to 1e6, so that a phase diagram costs no quadrature a cell. It ends
 * earlier where the moments cease to exist.
 */
export function momentTable(activation: GaussianActivation): MomentTable {
  const step = Math.LN10 / perDecade
  const from = Math.log(least)
  const rows: [number, number, number][] = []
  for (let k = 0; k <= Math.round(Math.log(most / least) / step); k++) {
    const q = Math.exp(from + k * step)
    try {
      const row: [number, number, number] = [
        gaussianSecondMoment(activation, q).value,
        gaussianMean(activation, q).value,
        gaussianSquaredSlope(activation, q).value,
      ]
      if (Number.isNaN(row[0]) || row[0] === Number.POSITIVE_INFINITY) break
      rows.push(row)
    } catch (error) {
      if (error instanceof DomainError && k >= 6) break
      throw error
    }
  }
  const column = (c: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[c])
  return { from, step, second: column(0), mean: column(1), slope: column(2) }
}

/** Six-point interpolation in log q: relative error about 1e-8 for smooth moments. */
export function tabled(table: MomentTable, values: Float64Array, s: number): number {
  const place = (s - table.from) / table.step
  const first = Math.max(0, Math.min(values.length - 6, Math.floor(place) - 2))
  const t = place - first
  let sum = 0
  for (let k = 0; k < 6; k++) {
    let weight = 1
    for (let j = 0; j < 6; j++) if (j !== k) weight *= (t - j) / (k - j)
    sum += weight * values[first + k]!
  }
  return sum
}
