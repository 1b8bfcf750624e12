import type { TransferOperator } from './transfer-operator.js'

/**
 * The stationary law of a banded Markov chain by the elimination of Grassmann, Taksar and Heyman (1985): no
 * subtraction occurs, so every probability, the smallest included, is accurate to rounding. Rows that lose mass over
 * the grid's edge are treated as if they kept it in proportion.
 */
export function stationaryProbabilities({ nodes, starts, band, entries }: TransferOperator): Float64Array {
  const n = nodes.length
  let below = 0
  let above = 0
  for (let i = 0; i < n; i++) {
    below = Math.max(below, i - Math.max(0, starts[i]!))
    above = Math.max(above, Math.min(n - 1, starts[i]! + band - 1) - i)
  }
  const width = below + above + 1
  // a[i * width + j - i + below] is the entry (i, j).
  const a = new Float64Array(n * width)
  for (let i = 0; i < n; i++)
    for (let k = 0; k < band; k++) {
      const j = starts[i]! + k
      if (j >= 0 && j < n) a[i * width + j - i + below] = entries[i * band + k]!
    }
  const share = (i: number, j: number): number => a[i * width + j - i + below]!
  // The node at the bulk is kept to the end: the ends of the grid are never needed to reach it.
  const centre = bulkNode(nodes)
  for (let state = n - 1; state > centre; state--) eliminate(state, Math.max(0, state - below), state - 1)
  for (let state = 0; state < centre; state++) eliminate(state, state + 1, Math.min(centre, state + above))

  const law = new Float64Array(n)
  law[centre] = 1
  for (let j = centre - 1; j >= 0; j--)
    for (let i = j + 1; i <= Math.min(centre, j + below); i++) law[j] = law[j]! + law[i]! * share(i, j)
  for (let j = centre + 1; j < n; j++)
    for (let i = Math.max(0, j - above); i < j; i++) law[j] = law[j]! + law[i]! * share(i, j)
  const total = law.reduce((sum, p) => sum + p, 0)
  return law.map((p) => p / total)

  /** Takes a state out of the chain: its neighbours [low, high] among those left inherit its paths. */
  function eliminate(state: number, low: number, high: number): void {
    const row = state * width - state + below
    let leaving = 0
    for (let j = low; j <= high; j++) leaving += a[row + j]!
    const [top, bottom] =
      state > centre ? [Math.max(0, state - above), state - 1] : [state + 1, Math.min(centre, state + below)]
    for (let i = top; i <= bottom; i++) {
      const at = i * width - i + below
      const part = a[at + state]! / leaving
      a[at + state] = part
      if (part === 0) continue
      const [from, to] = [Math.max(low, i - below), Math.min(high, i + above)]
      for (let j = from; j <= to; j++) a[at + j] = a[at + j]! + part * a[row + j]!
    }
  }
}

/** The node nearest to u = 0. */
function bulkNode(nodes: Float64Array): number {
  let best = 0
  for (let k = 1; k < nodes.length; k++) if (Math.abs(nodes[k]!) < Math.abs(nodes[best]!)) best = k
  return best
}
