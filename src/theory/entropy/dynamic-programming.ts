import { DomainError } from '../../expression/errors.js'
import type { PerturbedChain } from './perturbed-chain.js'

/** A path of overlaps through the layers, as deficits after each layer, with the entropy per weight along it. */
export interface EntropyPath {
  readonly deficits: readonly number[]
  readonly entropy: number
}

export interface GridOptions {
  /** Overlaps tried at each layer. @defaultValue 240 */
  readonly points?: number
  /** Halvings of the grid around the best path. @defaultValue 60 */
  readonly refinements?: number
}

const logistic = (v: number): number => (v > 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v)))
const logit = (x: number): number => Math.log(x) - Math.log1p(-x)

/** Entropy of layer k between two overlaps; -infinity where no perturbation leads from one to the other. */
function step(chain: PerturbedChain, k: number, before: number, after: number): number {
  const { overlap, perturbation } = chain[k]!
  const e = (overlap.argument(after) - before) / (1 - before)
  if (!(e >= 0 && e <= perturbation.largest))
    return e < 0 && e > -1e-15 ? perturbation.entropy(0) : Number.NEGATIVE_INFINITY
  return perturbation.entropy(e)
}

/** The best path where each layer's overlap is one of a list; the last is given. */
function best(chain: PerturbedChain, choices: readonly (readonly number[])[]): EntropyPath | null {
  let values: readonly number[] = [0]
  let before: readonly number[] = [0]
  const came: (readonly number[])[] = []
  for (const [k, list] of choices.entries()) {
    const origins: number[] = []
    values = list.map((after) => {
      let [value, origin] = [Number.NEGATIVE_INFINITY, 0]
      for (let j = 0; j < before.length; j++) {
        const from = values[j]!
        if (from === Number.NEGATIVE_INFINITY) continue
        const total = from + step(chain, k, before[j]!, after)
        if (total > value) [value, origin] = [total, j]
      }
      origins.push(origin)
      return value
    })
    before = list
    came.push(origins)
  }
  const entropy = values[0]!
  if (entropy === Number.NEGATIVE_INFINITY) return null
  const deficits: number[] = []
  let at = 0
  for (let k = choices.length - 1; k >= 0; k--) {
    deficits.unshift(choices[k]![at]!)
    at = came[k]![at]!
  }
  return { deficits, entropy: entropy / chain.length }
}

/**
 * The largest entropy at an output error by dynamic programming: overlaps after each layer on a grid (spread over small
 * deficits as over large ones, with none lost at all among them), then finer and finer grids around the best path. One
 * search for each number of first layers left at the reference, the best of them returned. Knows nothing of stationarity
 * or multipliers: a second opinion on `maximalEntropy`. Throws DomainError for an error that no perturbation gives.
 */
export function gridOptimum(chain: PerturbedChain, error: number, options: GridOptions = {}): EntropyPath {
  const { points = 240, refinements = 60 } = options
  const target = 2 * error
  if (!(target > 0 && target < 1)) throw new DomainError(`the error ${error} lies outside (0, 1/2)`)
  let found: EntropyPath | null = null
  const reference = referenceDeficits(chain)
  for (let aligned = 0; aligned < chain.length; aligned++) {
    const path = searchBehind(chain, target, reference.slice(0, aligned), points, refinements)
    if (path !== null && (found === null || path.entropy > found.entropy)) found = path
  }
  if (found === null) throw new DomainError(`no perturbation of these layers gives the error ${error}`)
  return found
}

function referenceDeficits(chain: PerturbedChain): readonly number[] {
  let before = 0
  return chain.map(({ overlap }) => {
    before = overlap.deficit(before)
    return before
  })
}

function searchBehind(
  chain: PerturbedChain,
  target: number,
  fixed: readonly number[],
  points: number,
  refinements: number,
): EntropyPath | null {
  const layers = chain.length
  // The largest deficit that each layer may have: that from which unperturbed layers reach the target.
  const ceilings: number[] = [target]
  for (let k = layers - 1; k > 0; k--) ceilings.unshift(chain[k]!.overlap.argument(ceilings[0]!))
  if (ceilings.some((ceiling) => !(ceiling > 0))) return null
  const open = (k: number): boolean => k >= fixed.length && k < layers - 1
  const lists = (of: (k: number) => readonly number[]): readonly (readonly number[])[] =>
    chain.map((_, k) => (k < fixed.length ? [fixed[k]!] : k === layers - 1 ? [target] : of(k)))
  // Shares of the ceiling, spread over decades near 0 and near 1.
  const [low, high] = [-24, 12]
  const spacing = (high - low) / (points - 1)
  const shares = Array.from({ length: points }, (_, j) => logistic(low + spacing * j))
  let path = best(
    chain,
    lists((k) => shares.map((share) => share * ceilings[k]!)),
  )
  if (path === null || !chain.some((_, k) => open(k))) return path
  let width = spacing
  for (let round = 0; round < refinements; round++) {
    const centre: readonly number[] = path.deficits
    const refined = best(
      chain,
      lists((k) => {
        const share = Math.min(centre[k]! / ceilings[k]!, 1 - 1e-16)
        return share <= 0 ? [0] : [-2, -1, 0, 1, 2].map((j) => logistic(logit(share) + (j * width) / 2) * ceilings[k]!)
      }),
    )
    if (refined === null) break
    const moved = refined.deficits.some((d, k) => open(k) && Math.abs(d / centre[k]! - 1) > 0.9 * width)
    if (refined.entropy >= path.entropy) path = refined
    // The window follows a best path at its rim before it shrinks.
    if (!moved) width /= 2
    if (width < 1e-9) break
  }
  return path
}
