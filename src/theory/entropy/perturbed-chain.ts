import { DomainError } from '../../expression/errors.js'
import { findRoot } from '../../numeric/roots.js'

/**
 * How the overlap of two networks passes through a layer, `q -> f(c q)` with f increasing and c the correlation that the
 * perturbation leaves. Everything is written in deficits (1 - q for an overlap q, 1 - c q for f's argument): near perfect
 * agreement overlaps differ from one by less than a double can hold.
 */
export interface OverlapMap {
  /** 1 - f(1 - x), for x in [0, 1]: not negative, increasing. */
  readonly deficit: (x: number) => number
  /** The x of a deficit; below 0 where no perturbation gives so small a deficit. */
  readonly argument: (deficit: number) => number
  /** Derivative of `deficit`; infinite where it is. */
  readonly slope: (x: number) => number
}

/**
 * What perturbations of a layer there are, by the correlation 1 - e that they leave: their strength and the entropy of
 * the weights at this strength, for e between 0 (the reference) and `largest`.
 */
export interface PerturbationEntropy {
  /** The strength as a paper has it: the mixing angle's sine, the share of flipped weights. */
  readonly strength: (e: number) => number
  /** The e of a strength. Throws DomainError for a strength that there is not. */
  readonly ofStrength: (strength: number) => number
  /** Entropy per weight; -infinity is allowed at 0. Concave and increasing. */
  readonly entropy: (e: number) => number
  /** Derivative of `entropy`; infinite where it is. */
  readonly slope: (e: number) => number
  /** At most 1, where nothing of the reference is left. */
  readonly largest: number
}

/** One perturbed layer. */
export interface PerturbedLayer {
  readonly overlap: OverlapMap
  readonly perturbation: PerturbationEntropy
}

/** The layers of a network, first to last; the overlap of the inputs is one. */
export type PerturbedChain = readonly PerturbedLayer[]

/** The same layer so many times. Throws DomainError for a depth that is no positive whole number, or above 12. */
export function uniformChain(layer: PerturbedLayer, layers: number): PerturbedChain {
  if (!Number.isInteger(layers) || layers < 1 || layers > 12)
    throw new DomainError(`a chain of ${layers} layers; give a whole number from 1 to 12`)
  return Array.from({ length: layers }, () => layer)
}

/** Sign activations with Gaussian fields: f(x) = (2/pi) asin x. */
export const signOverlap: OverlapMap = {
  deficit: (x) => (4 / Math.PI) * Math.asin(Math.sqrt(x / 2)),
  argument: (deficit) => 2 * Math.sin((Math.PI * deficit) / 4) ** 2,
  slope: (x) => 2 / (Math.PI * Math.sqrt(x * (2 - x))),
}

/** Gaussian weights `sqrt(1 - eta^2) w + eta w'`: the solid angle about the reference, log eta per weight. */
export const rotatedWeights: PerturbationEntropy = {
  strength: (e) => Math.sqrt(e * (2 - e)),
  ofStrength: (eta) => {
    checkedStrength(eta, 'eta')
    // 1 - sqrt(1 - eta^2) without cancellation.
    return (eta * eta) / (1 + Math.sqrt(1 - eta * eta))
  },
  entropy: (e) => (Math.log(e) + Math.log(2 - e)) / 2,
  slope: (e) => (1 - e) / (e * (2 - e)),
  largest: 1,
}

/** Binary weights of which a share p is flipped: the entropy of a coin. From p = 1/2 on the reference is forgotten. */
export const flippedWeights: PerturbationEntropy = {
  strength: (e) => e / 2,
  ofStrength: (p) => {
    checkedStrength(p, 'p')
    if (p > 0.5)
      throw new DomainError(
        `p = ${p} leaves a negative correlation; flip the weights of another layer too, and use 1 - p`,
      )
    return 2 * p
  },
  entropy: (e) => coinEntropy(e / 2),
  slope: (e) => (Math.log(2 - e) - Math.log(e)) / 2,
  largest: 1,
}

/** -p log p - (1-p) log(1-p), and 0 at both ends. Throws DomainError outside [0, 1]. */
export function coinEntropy(p: number): number {
  checkedStrength(p, 'p')
  if (p === 0 || p === 1) return 0
  return -p * Math.log(p) - (1 - p) * Math.log1p(-p)
}

function checkedStrength(value: number, name: string): void {
  if (!(value >= 0 && value <= 1)) throw new DomainError(`${name} = ${value} is no perturbation: it lies in [0, 1]`)
}

/**
 * An overlap map from any increasing f on [0, 1] with f(1) at most 1; its inverse by bisection, its slope by differences.
 * Deficits below 1e-12 are noise: write the map in deficits where small errors matter.
 */
export function overlapMapFrom(f: (x: number) => number): OverlapMap {
  const deficit = (x: number): number => 1 - f(1 - x)
  const least = deficit(0)
  return {
    deficit,
    argument: (d) => {
      if (d <= least) return d < least ? -1 : 0
      if (d >= deficit(1)) return 1
      return findRoot((x) => deficit(x) - d, 0, 1, 1e-15).root
    },
    slope: (x) => {
      const h = Math.min(1e-5, Math.max(1e-9, x / 2))
      const [low, high] = [Math.max(0, x - h), Math.min(1, x + h)]
      return (deficit(high) - deficit(low)) / (high - low)
    },
  }
}

/** The overlaps' deficits after each layer for given correlation deficits e of the layers. */
export function deficitsOf(chain: PerturbedChain, e: readonly number[]): readonly number[] {
  let before = 0
  return chain.map(({ overlap }, k) => {
    const here = e[k] ?? Number.NaN
    before = overlap.deficit(here + before - here * before)
    return before
  })
}

/** Error at the output, (1 - q)/2, for given strengths. Throws DomainError for strengths that there are not. */
export function errorOfStrengths(chain: PerturbedChain, strengths: readonly number[]): number {
  if (strengths.length !== chain.length)
    throw new DomainError(`${strengths.length} perturbations for ${chain.length} layers`)
  const e = chain.map(({ perturbation }, k) => perturbation.ofStrength(strengths[k]!))
  return deficitsOf(chain, e).at(-1)! / 2
}

/** Entropy per weight of the chain: the mean over layers. */
export const entropyOf = (chain: PerturbedChain, e: readonly number[]): number =>
  chain.reduce((sum, { perturbation }, k) => sum + perturbation.entropy(e[k] ?? Number.NaN), 0) / chain.length
