import { LimitError } from '../../expression/errors.js'
import type { ChainKernel } from './chain-kernel.js'

/** A chain's transfer operator on a uniform grid in u = log(r / r*), banded. */
export interface TransferOperator {
  readonly nodes: Float64Array
  /** Row i's nonzero entries are columns starts[i] … starts[i] + band - 1 (those inside the grid), at entries[i * band]. */
  readonly starts: Int32Array
  readonly band: number
  readonly entries: Float64Array
  /** The law of u' from a law of u (row vector times matrix), into `out`. */
  forward(law: Float64Array, out: Float64Array): void
  /** E[f(u') | u] (matrix times column vector), into `out`. */
  backward(f: Float64Array, out: Float64Array): void
  /** The law of u when u = centre + s. */
  lawAround(centre: number): Float64Array
}

const mostNodes = 20_000

/** The operator on the grid over [from, to]. @throws LimitError if that takes too many nodes. */
export function transferOperator(kernel: ChainKernel, from: number, to: number, spacing: number): TransferOperator {
  const first = Math.floor(from / spacing)
  const n = Math.ceil(to / spacing) - first + 1
  if (n > mostNodes)
    throw new LimitError(
      `the exact law needs ${n} nodes, more than ${mostNodes}: its tail is too heavy; take a larger width or a smaller weight variance`,
    )
  const nodes = Float64Array.from({ length: n }, (_, i) => (first + i) * spacing)
  // The trapezoid sum over the whole line is exact to rounding: it fixes the density's constant.
  let total = 0
  for (let k = Math.floor(kernel.left / spacing); k <= Math.ceil(kernel.right / spacing); k++)
    total += Math.exp(kernel.logDensity(k * spacing))
  const density = (s: number): number =>
    s < kernel.left || s > kernel.right ? 0 : Math.exp(kernel.logDensity(s)) / total

  const band = Math.ceil((kernel.right - kernel.left) / spacing) + 1
  const starts = new Int32Array(n)
  const entries = new Float64Array(n * band)
  for (let i = 0; i < n; i++) {
    const mu = 0.5 * Math.log1p(kernel.contraction * Math.expm1(2 * nodes[i]!))
    const start = Math.ceil((mu + kernel.left) / spacing) - first
    starts[i] = start
    for (let k = 0; k < band; k++) {
      const j = start + k
      if (j >= 0 && j < n) entries[i * band + k] = density(nodes[j]! - mu)
    }
  }
  return {
    nodes,
    starts,
    band,
    entries,
    forward(law, out) {
      out.fill(0)
      for (let i = 0; i < n; i++) {
        const weight = law[i]!
        if (weight === 0) continue
        const start = starts[i]!
        const stop = Math.min(band, n - start)
        for (let k = Math.max(0, -start); k < stop; k++)
          out[start + k] = out[start + k]! + weight * entries[i * band + k]!
      }
    },
    backward(f, out) {
      for (let i = 0; i < n; i++) {
        const start = starts[i]!
        const stop = Math.min(band, n - start)
        let sum = 0
        for (let k = Math.max(0, -start); k < stop; k++) sum += entries[i * band + k]! * f[start + k]!
        out[i] = sum
      }
    },
    lawAround: (centre) => Float64Array.from(nodes, (u) => density(u - centre)),
  }
}
