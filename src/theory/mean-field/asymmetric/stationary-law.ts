import { DomainError } from '../../../expression/errors.js'
import type { GaussianActivation } from '../activation.js'
import { type ChainMatrix, carried, chainMatrix, type FieldChain } from './chain-matrix.js'
import { type FieldGrid, mass, panelRule } from './field-grid.js'
import { betaMoment } from './special-weight.js'

/** The stationary law of a field chain, by its density on the nodes of a quadrature rule. */
export interface FieldLaw extends FieldGrid {
  readonly chain: FieldChain
  readonly density: Float64Array
  /** About what the second moment, in units of the deviation, lacks beyond the grid's ends. */
  readonly truncation: number
  /** E f(h). */
  readonly mean: (f: (h: number) => number) => number
}

/** Deviations that the grid may reach to. */
const farthest = 180

/** A homogeneous activation varies on no scale of its own, others on one of about 1 near zero. */
const panelWidth = (activation: GaussianActivation, deviation: number) => (h: number) =>
  activation.form.kind === 'rectifier' || Math.abs(h) > 6 ? deviation : Math.min(deviation, 1)

/** Growth a layer of the squared field of a rectifier far from zero, before the special weight: which side leads where. */
function farGrowth({ form }: GaussianActivation): number {
  if (form.kind !== 'rectifier') return 0
  const { positive, negative } = form
  if (positive < 0 && negative < 0) return positive * negative
  return Math.max(positive < 0 ? 0 : positive ** 2, negative < 0 ? 0 : negative ** 2)
}

/**
 * The stationary law of a field chain by discretised density evolution, Nystrom's method on Gauss-Legendre panels with
 * `points` nodes a deviation (at 12 moments have about 10 digits). Throws DomainError where the chain has no stationary
 * law within reach: its multiplications by U grow faster than they shrink.
 */
export function stationaryLaw(chain: FieldChain, points = 12): FieldLaw {
  const { activation, deviation = 1 } = chain
  if (!(deviation > 0 && Number.isFinite(deviation)))
    throw new DomainError(`the deviation of the normal part is ${deviation}: give a positive number`)
  const growth = farGrowth(activation) * (chain.gain ?? 1) ** 2 * betaMoment(chain.special, 2)
  if (growth >= 1)
    throw new DomainError(
      `the fields along special weights have no stationary law of finite mean square: far from zero it grows ${growth} times a layer through the special weight alone; it is finite where gain^2 E[U^2] times the squared slope is below 1`,
    )
  const kinks = [...new Set([...activation.kinks, ...activation.jumps, -6, 6])]
  let [below, above] = [12, 12]
  for (;;) {
    const grid = panelRule(-below * deviation, above * deviation, panelWidth(activation, deviation), kinks, points)
    const matrix = chainMatrix(chain, grid, 0, grid)
    const density = iterated(matrix, deviation, grid)
    const n = density.length
    const tail = (k: number): number => (density[k]! / deviation ** 2) * Math.abs(grid.nodes[k]!) ** 3
    const [low, high] = [tail(0), tail(n - 1)]
    const last = 1.7 * Math.max(below, above) > farthest
    if (Math.max(low, high) <= (last ? 1e-6 : 1e-13))
      return {
        chain,
        ...grid,
        density,
        truncation: Math.max(low, high),
        mean: (f) => {
          let sum = 0
          for (let k = 0; k < n; k++) sum += grid.weights[k]! * density[k]! * f(grid.nodes[k]!)
          return sum
        },
      }
    if (last)
      throw new DomainError(
        'the fields along special weights have no stationary law that falls off within reach: special weight times gain exceeds one too often; a special weight of smaller mean, or a larger growth of the mean square, has one',
      )
    if (low > 1e-13) below *= 1.7
    if (high > 1e-13) above *= 1.7
  }
}

function iterated(matrix: ChainMatrix, deviation: number, { nodes, weights }: FieldGrid): Float64Array {
  let density: Float64Array = Float64Array.from(nodes, (h) => Math.exp(-0.5 * (h / deviation) ** 2))
  for (let k = 0; k < 2000; k++) {
    const next = carried(matrix, density)
    const total = mass(weights, next)
    let change = 0
    for (let i = 0; i < next.length; i++) {
      next[i] = next[i]! / total
      change += weights[i]! * Math.abs(next[i]! - density[i]!)
    }
    density = next
    if (change < 1e-14) break
  }
  return density
}
