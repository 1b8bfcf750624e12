import { DomainError } from '../../../expression/errors.js'
import { gaussLegendre } from '../../../numeric/quadrature.js'
import type { GaussianActivation } from '../activation.js'
import { betaMoment, betaRule, type SpecialWeight } from './special-weight.js'

/**
 * The chain of fields h' = deviation Z + gain phi(h) U along special weights: Z standard normal, U Beta, both drawn anew.
 * In a wide network each neuron's special input is some neuron of the layer before, so its field's law follows this chain.
 */
export interface FieldChain {
  readonly activation: GaussianActivation
  readonly special: SpecialWeight
  /** Deviation of the normal part. @defaultValue 1 */
  readonly deviation?: number
  /** @defaultValue 1 */
  readonly gain?: number
}

/** The stationary law of a field chain, by its density on the nodes of a quadrature rule. */
export interface FieldLaw {
  readonly chain: FieldChain
  readonly nodes: Float64Array
  readonly weights: Float64Array
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

/** Panels of a given width about each place, split at the kinks. */
export function panelRule(
  from: number,
  to: number,
  width: (h: number) => number,
  kinks: readonly number[],
  points: number,
) {
  const cuts = [from, ...kinks.filter((k) => k > from && k < to).sort((a, b) => a - b), to]
  const { nodes, weights } = gaussLegendre(points)
  const at: number[] = []
  const by: number[] = []
  for (let c = 0; c + 1 < cuts.length; c++) {
    const pieces = Math.max(1, Math.ceil((cuts[c + 1]! - cuts[c]!) / width((cuts[c]! + cuts[c + 1]!) / 2)))
    const half = (cuts[c + 1]! - cuts[c]!) / (2 * pieces)
    for (let p = 0; p < pieces; p++)
      for (let k = 0; k < points; k++) {
        at.push(cuts[c]! + (2 * p + 1 + nodes[k]!) * half)
        by.push(weights[k]! * half)
      }
  }
  return { nodes: Float64Array.from(at), weights: Float64Array.from(by) }
}

/** Index of the first of ascending values above x. */
function firstAbove(values: Float64Array, x: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! > x) high = middle
    else low = middle + 1
  }
  return low
}

/** Entries `U^power`-weighted density of h' at node i of `to` given node j, times the weight of j: row after row. */
export function chainMatrix(
  { activation, special, deviation = 1, gain = 1 }: FieldChain,
  { nodes, weights }: Pick<FieldLaw, 'nodes' | 'weights'>,
  power: number,
  to: Float64Array = nodes,
): Float64Array {
  const n = nodes.length
  const matrix = new Float64Array(to.length * n)
  const norm = 1 / (deviation * Math.sqrt(2 * Math.PI))
  for (let j = 0; j < n; j++) {
    const scale = gain * activation.value(nodes[j]!)
    const points = Math.min(720, 8 * Math.ceil(3 + Math.abs(scale) / (2 * deviation)))
    // A silent neuron's special weight does not matter: one point with the moment for weight.
    const beta = scale === 0 ? { nodes: [0], weights: [betaMoment(special, power)] } : betaRule(special, points)
    for (let k = 0; k < beta.nodes.length; k++) {
      const u = beta.nodes[k]!
      const size = beta.weights[k]! * (scale === 0 ? 1 : u ** power) * norm * weights[j]!
      const centre = scale * u
      for (let i = firstAbove(to, centre - 9.5 * deviation); i < to.length; i++) {
        const z = (to[i]! - centre) / deviation
        if (z > 9.5) break
        matrix[i * n + j] = matrix[i * n + j]! + size * Math.exp(-0.5 * z * z)
      }
    }
  }
  return matrix
}

/** matrix times vector. */
export function carried(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length
  const result = new Float64Array(matrix.length / n)
  for (let i = 0; i < result.length; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!
    result[i] = sum
  }
  return result
}

/** Sum of weights times values. */
export function mass(weights: Float64Array, values: Float64Array): number {
  let sum = 0
  for (let k = 0; k < weights.length; k++) sum += weights[k]! * values[k]!
  return sum
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
    const matrix = chainMatrix(chain, grid, 0)
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

function iterated(
  matrix: Float64Array,
  deviation: number,
  { nodes, weights }: Pick<FieldLaw, 'nodes' | 'weights'>,
): Float64Array {
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
