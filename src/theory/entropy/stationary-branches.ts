import { DomainError } from '../../expression/errors.js'
import { findRoot } from '../../numeric/roots.js'
import type { PerturbationEntropy, PerturbedChain } from './perturbed-chain.js'

/** What a layer does on a branch of stationary points: unperturbed, perturbed as the multiplier asks, or as far as it goes. */
export type PerturbationState = 'reference' | 'free' | 'largest'

/** A point at which the entropy is stationary among perturbations with the same output error. */
export interface StationaryPoint {
  /** Correlation deficits of the layers. */
  readonly e: readonly number[]
  /** Deficits of the overlaps after each layer. */
  readonly deficits: readonly number[]
  /** Entropy per weight. */
  readonly entropy: number
  /** d entropy / d error: the multiplier. */
  readonly multiplier: number
}

/**
 * A curve of stationary points, by the states of the layers: its parameter is that of the first perturbed layer, and all
 * others follow from it, since stationarity fixes each layer by the one before.
 */
export interface StationaryBranch {
  readonly states: readonly PerturbationState[]
  /** The point at a parameter v, e = 1/(1 + exp(-v)) of the first perturbed layer's largest; null where the branch is not. */
  readonly at: (v: number) => StationaryPoint | null
  /** The curve on a grid, for brackets. */
  readonly table: readonly { readonly v: number; readonly point: StationaryPoint }[]
}

const logistic = (v: number): number => (v > 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v)))

/** The e at which slope(e) (1 - e) has a value; null where it has it nowhere. */
function solveLayer({ slope, largest }: PerturbationEntropy, wanted: number): number | null {
  if (!(wanted >= 0) || wanted === Number.POSITIVE_INFINITY) return null
  const excess = (v: number): number => {
    const e = largest * logistic(v)
    return Math.log(slope(e)) + Math.log(largest === 1 ? logistic(-v) : 1 - e) - Math.log(wanted)
  }
  const [low, high] = [-700, 36]
  if (excess(low) < 0 || excess(high) > 0) return null
  const { root } = findRoot(excess, low, high, 1e-15)
  return largest * logistic(root)
}

/** The stationary point whose first perturbed layer has the parameter v. */
function shoot(chain: PerturbedChain, states: readonly PerturbationState[], v: number): StationaryPoint | null {
  const e: number[] = []
  const deficits: number[] = []
  let before = 0
  let multiplier: number | null = null
  let entropy = 0
  for (const [k, { overlap, perturbation }] of chain.entries()) {
    const state = states[k]!
    let here = state === 'reference' ? 0 : perturbation.largest
    if (state === 'free') {
      const solved: number | null =
        multiplier === null ? perturbation.largest * logistic(v) : solveLayer(perturbation, multiplier * (1 - before))
      if (solved === null) return null
      here = solved
    }
    const x = here + before - here * before
    const slope = overlap.slope(x)
    if (multiplier !== null) {
      // A boundary is stationary where the entropy falls, or the error's price is higher, beyond it.
      const gain = perturbation.slope(here) * (1 - here) - multiplier * (1 - before)
      if ((state === 'reference' && gain > 0) || (state === 'largest' && gain < 0)) return null
      multiplier /= slope * (1 - here)
    } else if (state === 'free') multiplier = perturbation.slope(here) / (slope * (1 - before))
    else if (state === 'largest') return null
    before = overlap.deficit(x)
    entropy += perturbation.entropy(here)
    e.push(here)
    deficits.push(before)
  }
  if (multiplier === null || !Number.isFinite(entropy)) return null
  const layers = chain.length
  return { e, deficits, entropy: entropy / layers, multiplier: (2 * multiplier) / layers }
}

/** Dense about v = 0, where branches bend, and thinner towards perfect agreement. */
const grid: readonly number[] = [
  ...Array.from({ length: 120 }, (_, k) => -690 * (1 - k / 120) ** 2 - 12),
  ...Array.from({ length: 601 }, (_, k) => -12 + 0.07 * k),
]

function* statesOf(chain: PerturbedChain): Generator<readonly PerturbationState[]> {
  const options = chain.map(({ perturbation }): readonly PerturbationState[] =>
    perturbation.largest < 1 ? ['reference', 'free', 'largest'] : ['reference', 'free'],
  )
  const count = options.reduce((product, list) => product * list.length, 1)
  for (let code = 0; code < count; code++) {
    let rest = code
    const states = options.map((list) => {
      const state = list[rest % list.length]!
      rest = Math.floor(rest / list.length)
      return state
    })
    const first = states.findIndex((state) => state !== 'reference')
    if (first < 0 || !states.includes('free')) continue
    const endless = states.some(
      (state, k) => k > first && state === 'reference' && chain[k]!.perturbation.slope(0) === Number.POSITIVE_INFINITY,
    )
    // Where entropy gains infinitely fast at first, a layer behind a perturbed one is perturbed.
    if (!endless) yield states
  }
}

/**
 * Every branch of stationary points of the entropy at fixed output error: for each choice of layers that stay at the
 * reference (or at their largest perturbation) the others follow from the first perturbed one, so that each branch is a
 * curve and none can be missed. A layer at its largest perturbation before the first free one is not followed.
 * Throws DomainError where an entropy's slope times 1 - e is not falling: a layer would then have several answers.
 */
export function stationaryBranches(chain: PerturbedChain): readonly StationaryBranch[] {
  if (chain.length === 0) throw new DomainError('a chain without layers')
  for (const { perturbation } of new Set(chain)) checkFalling(perturbation)
  return [...statesOf(chain)].map((states) => {
    const at = (v: number): StationaryPoint | null => shoot(chain, states, v)
    const table = grid.flatMap((v) => {
      const point = at(v)
      return point === null ? [] : [{ v, point }]
    })
    return { states, at, table }
  })
}

function checkFalling({ slope, largest }: PerturbationEntropy): void {
  if (!(largest > 0 && largest <= 1))
    throw new DomainError(`the largest perturbation leaves ${1 - largest} of the correlation; it must leave 0 to 1`)
  let last = Number.POSITIVE_INFINITY
  for (let v = -30; v <= 30; v += 0.5) {
    const e = largest * logistic(v)
    const value = slope(e) * (1 - e)
    if (!(value <= last * (1 + 1e-9)) || value < 0)
      throw new DomainError(`the entropy must be concave and increasing in the lost correlation; at ${e} it is not`)
    last = value
  }
}

/** The points of a branch with a given output deficit. */
export function pointsWithDeficit(branch: StationaryBranch, deficit: number): readonly StationaryPoint[] {
  return pointsWhere(branch, (point) => Math.log(point.deficits.at(-1)!) - Math.log(deficit))
}

/** The points of a branch at which a quantity vanishes. */
export function pointsWhere(
  branch: StationaryBranch,
  excess: (point: StationaryPoint) => number,
): readonly StationaryPoint[] {
  const found: StationaryPoint[] = []
  for (let k = 1; k < branch.table.length; k++) {
    const [a, b] = [branch.table[k - 1]!, branch.table[k]!]
    const [fa, fb] = [excess(a.point), excess(b.point)]
    if (fa === 0) found.push(a.point)
    if (fa === 0 || fb === 0 || fa > 0 === fb > 0) continue
    const { root } = findRoot(
      (v) => {
        const point = branch.at(v)
        return point === null ? Number.NaN : excess(point)
      },
      a.v,
      b.v,
      1e-15,
    )
    const point = branch.at(root)
    if (point !== null) found.push(point)
  }
  const last = branch.table.at(-1)
  if (last && excess(last.point) === 0) found.push(last.point)
  return found
}
