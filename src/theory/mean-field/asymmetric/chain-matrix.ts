import type { GaussianActivation } from '../activation.js'
import type { FieldGrid } from './field-grid.js'
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

/** A step of a chain between two grids, column after column: each holds what one node gives, from row `from` to before `to`. */
export interface ChainMatrix {
  readonly rows: number
  readonly values: Float64Array
  readonly from: Int32Array
  readonly to: Int32Array
}

/** Deviations beyond which the normal density, 1e-20 of its peak, counts as nothing. */
const reach = 9.5

/** Entries `U^power`-weighted density of h' at node i of `to` given node j, times the weight of j. */
export function chainMatrix(
  { activation, special, deviation = 1, gain = 1 }: FieldChain,
  { nodes, weights }: Pick<FieldGrid, 'nodes' | 'weights'>,
  power: number,
  to: FieldGrid,
): ChainMatrix {
  const rows = to.nodes.length
  const matrix = {
    rows,
    values: new Float64Array(rows * nodes.length),
    from: new Int32Array(nodes.length).fill(rows),
    to: new Int32Array(nodes.length),
  }
  const bells = to.stretches.map((stretch) => bellOn(stretch, deviation))
  const norm = 1 / (deviation * Math.sqrt(2 * Math.PI))
  for (let j = 0; j < nodes.length; j++) {
    const scale = gain * activation.value(nodes[j]!)
    const points = Math.min(720, 8 * Math.ceil(3 + Math.abs(scale) / (2 * deviation)))
    // A silent neuron's special weight does not matter: one point with the moment for weight.
    const beta = scale === 0 ? { nodes: [0], weights: [betaMoment(special, power)] } : betaRule(special, points)
    const column = matrix.values.subarray(j * rows, (j + 1) * rows)
    for (let k = 0; k < beta.nodes.length; k++) {
      const u = beta.nodes[k]!
      const size = beta.weights[k]! * (scale === 0 ? 1 : u ** power) * norm * weights[j]!
      for (const bell of bells) {
        const [first, end] = addBell(bell, column, scale * u, size)
        if (first < matrix.from[j]!) matrix.from[j] = first
        if (end > matrix.to[j]!) matrix.to[j] = end
      }
    }
  }
  return matrix
}

/** A stretch in units of a deviation, with what every normal density on it has in common. */
interface Bell {
  readonly first: number
  readonly panels: number
  readonly middle: number
  readonly deviation: number
  /** Width of a panel. */
  readonly step: number
  readonly offsets: Float64Array
  /** exp(-offset^2/2) */
  readonly heights: Float64Array
  /** exp(-step offset) */
  readonly ratios: Float64Array
  /** exp(-step^2) */
  readonly bend: number
}

function bellOn({ first, panels, width, middle, offsets }: FieldGrid['stretches'][number], deviation: number): Bell {
  const step = width / deviation
  const scaled = offsets.map((x) => x / deviation)
  return {
    first,
    panels,
    middle,
    deviation,
    step,
    offsets: scaled,
    heights: scaled.map((x) => Math.exp(-0.5 * x * x)),
    ratios: scaled.map((x) => Math.exp(-step * x)),
    bend: Math.exp(-step * step),
  }
}

/**
 * Adds size exp(-z^2/2), z the distance from the centre in deviations, to a column's rows on a stretch, and returns which rows
 * it touched. From one panel to the next the same node's value changes by a ratio, and that by a constant factor: from
 * the panel next to the centre outwards this needs no exponential, and loses fewer digits than the density falls.
 */
function addBell(bell: Bell, column: Float64Array, centre: number, size: number): readonly [from: number, to: number] {
  const { first, panels, deviation, step, offsets, heights, ratios, bend } = bell
  const points = offsets.length
  const begin = (bell.middle - centre) / deviation
  const nearest = Math.max(0, Math.min(panels - 1, Math.round(-begin / step)))
  const z = begin + nearest * step
  if (Math.abs(z) > reach + step) return [column.length, 0]
  const last = Math.min(panels - 1, nearest + Math.max(0, Math.ceil((reach - z) / step)))
  const least = Math.max(0, nearest - Math.max(0, Math.ceil((reach + z) / step)))
  const peak = size * Math.exp(-0.5 * z * z)
  const upwards = Math.exp(-step * (z + 0.5 * step))
  const downwards = Math.exp(step * (z - 0.5 * step))
  for (let k = 0; k < points; k++) {
    const here = peak * Math.exp(-z * offsets[k]!) * heights[k]!
    let value = here
    let ratio = upwards * ratios[k]!
    for (let i = first + nearest * points + k; i <= first + last * points + k; i += points) {
      column[i] = column[i]! + value
      value *= ratio
      ratio *= bend
    }
    ratio = downwards / ratios[k]!
    value = here * ratio
    for (let i = first + (nearest - 1) * points + k; i >= first + least * points + k; i -= points) {
      ratio *= bend
      column[i] = column[i]! + value
      value *= ratio
    }
  }
  return [first + least * points, first + (last + 1) * points]
}

/** matrix times vector. */
export function carried({ rows, values, from, to }: ChainMatrix, vector: Float64Array): Float64Array {
  const result = new Float64Array(rows)
  const columns = vector.length
  let j = 0
  // Four columns at a time, each row's sum in the order of the columns.
  for (; j + 3 < columns; j += 4) {
    const [a, b, c, d] = [vector[j]!, vector[j + 1]!, vector[j + 2]!, vector[j + 3]!]
    const first = Math.min(from[j]!, from[j + 1]!, from[j + 2]!, from[j + 3]!)
    const end = Math.max(to[j]!, to[j + 1]!, to[j + 2]!, to[j + 3]!)
    const [p, q, r, s] = [j * rows, (j + 1) * rows, (j + 2) * rows, (j + 3) * rows]
    for (let i = first; i < end; i++)
      result[i] = result[i]! + a * values[p + i]! + b * values[q + i]! + c * values[r + i]! + d * values[s + i]!
  }
  for (; j < columns; j++) {
    const factor = vector[j]!
    const start = j * rows
    for (let i = from[j]!; i < to[j]!; i++) result[i] = result[i]! + factor * values[start + i]!
  }
  return result
}
