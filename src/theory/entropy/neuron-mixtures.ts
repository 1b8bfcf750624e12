import { DomainError } from '../../expression/errors.js'
import type { PerturbedChain } from './perturbed-chain.js'

/** What the neurons of a layer do: a share of them keeps the overlap 1 - `low`, the rest 1 - `high`; equal where all are alike. */
export interface NeuronShares {
  readonly low: number
  readonly high: number
  /** Of the neurons with the deficit `high`. */
  readonly share: number
  /** Mean deficit of the layer. */
  readonly mean: number
}

/** The best of the perturbations that differ from neuron to neuron that were tried. */
export interface MixtureOptimum {
  /** Entropy per weight. */
  readonly entropy: number
  readonly layers: readonly NeuronShares[]
}

interface Piece extends NeuronShares {
  readonly entropy: number
}

/**
 * The largest entropy at an output error where every neuron may have a perturbation of its own: a larger class than one
 * strength for each layer. The field of a neuron sees only the mean overlap of the layer before, so that a layer's
 * entropy is the upper concave envelope, in its neurons' overlaps, of that of a single neuron; paths through the mean
 * overlaps are compared on a grid. What it returns can be realised (no more than the grid's best), so that an entropy
 * above that of uniform layers is a counterexample to these being best. Throws DomainError for an error outside (0, 1/2).
 */
export function mixtureOptimum(chain: PerturbedChain, error: number, points = 240): MixtureOptimum {
  if (!(error > 0 && error < 0.5)) throw new DomainError(`the error ${error} lies outside (0, 1/2)`)
  const spread = Array.from({ length: points }, (_, k) => 1 / (1 + Math.exp(20 - (30 * k) / (points - 1))))
  const grid = [0, ...spread, 1]
  interface Best {
    readonly entropy: number
    readonly layers: readonly NeuronShares[]
  }
  let before: readonly { readonly deficit: number; readonly best: Best }[] = [
    { deficit: 0, best: { entropy: 0, layers: [] } },
  ]
  for (const [k, layer] of chain.entries()) {
    const wanted = k === chain.length - 1 ? [2 * error] : grid
    const found: (Best | null)[] = wanted.map(() => null)
    for (const { deficit, best } of before) {
      if (deficit >= 1) continue
      const single = (after: number): number => {
        const e = (layer.overlap.argument(after) - deficit) / (1 - deficit)
        if (e < 0) return e > -1e-14 ? layer.perturbation.entropy(0) : Number.NEGATIVE_INFINITY
        return e <= layer.perturbation.largest ? layer.perturbation.entropy(e) : Number.NEGATIVE_INFINITY
      }
      pieces(grid, single, wanted).forEach((piece, j) => {
        if (piece === null) return
        const entropy = best.entropy + piece.entropy
        if (entropy > (found[j]?.entropy ?? Number.NEGATIVE_INFINITY)) {
          const { low, high, share, mean } = piece
          found[j] = { entropy, layers: [...best.layers, { low, high, share, mean }] }
        }
      })
    }
    before = found.flatMap((best, j) => (best === null ? [] : [{ deficit: wanted[j]!, best }]))
  }
  const [last] = before
  if (!last) throw new DomainError(`no perturbation of these layers gives the error ${error}`)
  return { entropy: last.best.entropy / chain.length, layers: last.best.layers }
}

/** For each wanted mean the better of all neurons alike and a mixture of two kinds from the envelope's corners. */
function pieces(
  grid: readonly number[],
  single: (after: number) => number,
  wanted: readonly number[],
): readonly (Piece | null)[] {
  const corners: { readonly x: number; readonly y: number }[] = []
  for (const x of grid) {
    const y = single(x)
    if (y === Number.NEGATIVE_INFINITY) continue
    for (;;) {
      const [a, b] = [corners.at(-2), corners.at(-1)]
      if (!a || !b || (b.y - a.y) * (x - a.x) > (y - a.y) * (b.x - a.x)) break
      corners.pop()
    }
    corners.push({ x, y })
  }
  let at = 0
  return wanted.map((mean) => {
    const alone = single(mean)
    while (at + 1 < corners.length - 1 && corners[at + 1]!.x < mean) at += 1
    const [a, b] = [corners[at], corners[at + 1]]
    const uniform =
      alone === Number.NEGATIVE_INFINITY ? null : { low: mean, high: mean, share: 1, mean, entropy: alone }
    if (!a || !b || mean < a.x || mean > b.x) return uniform
    const share = (mean - a.x) / (b.x - a.x)
    const entropy = a.y + share * (b.y - a.y)
    return uniform && uniform.entropy >= entropy ? uniform : { low: a.x, high: b.x, share, mean, entropy }
  })
}
