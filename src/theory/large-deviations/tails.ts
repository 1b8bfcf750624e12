import gammaln from '@stdlib/math-base-special-gammaln'
import { DomainError } from '../../expression/errors.js'
import type { DeviationChain } from './chain.js'
import { type RatePoint, type RateSearch, rateCurve, ratePoint, typicalEnd } from './rate.js'

/**
 * What stands before exp(-N I) in the chance of an end point: nothing; the Gaussian width `sqrt(N I''(q_typical) / 2 pi)`
 * times the lattice spacing; or all of the saddle point, the last layer's binomial exactly and the hidden layers'
 * Gaussian fluctuations.
 */
export type Prefactor = 'none' | 'gaussian' | 'saddle'

/** How a tail probability at finite N is read off a rate function. */
export interface TailReading {
  /** q^L > threshold, or q^L >= threshold. */
  readonly inequality: 'strict' | 'weak'
  readonly prefactor: Prefactor
  /** Whether the lattice's chances are divided by their sum. */
  readonly normalised: boolean
}

/** log P(q^L = end) for every end point of the lattice 1 - 2k/N^L, k = 0 ... N^L, without normalisation. */
export interface RateLattice {
  readonly ends: readonly number[]
  readonly logChances: readonly number[]
}

const logBinomial = (n: number, k: number): number => gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
const times = (x: number, log: number): number => (x === 0 ? 0 : x * log)

/** The last layer's number of neurons. Throws DomainError where alpha^L N is not a whole number above 0. */
export function outputWidth(chain: DeviationChain, width: number): number {
  const outputs = width * chain.layers.at(-1)!.width
  if (
    !(width > 0) ||
    !Number.isSafeInteger(Math.round(outputs)) ||
    Math.abs(outputs - Math.round(outputs)) > 1e-9 * outputs
  )
    throw new DomainError(
      `${outputs} neurons in the last layer: choose N so that alpha^L N is a whole number, 1 or more`,
    )
  return Math.round(outputs)
}

/** The law of q^L on its lattice at finite N as the rate function gives it. Throws as `rateCurve` does. */
export function latticeLaw(
  chain: DeviationChain,
  width: number,
  prefactor: Prefactor,
  options: RateSearch = {},
): RateLattice {
  const outputs = outputWidth(chain, width)
  const ends = Array.from({ length: outputs + 1 }, (_, k) => 1 - (2 * k) / outputs)
  const points = rateCurve(chain, ends, options)
  const gaussian = prefactor === 'gaussian' ? gaussianPrefactor(chain, width, outputs, options) : 0
  const logChances = points.map(
    (point, k) => -width * point.rate + (prefactor === 'saddle' ? saddlePrefactor(point, outputs, k) : gaussian),
  )
  return { ends, logChances }
}

function gaussianPrefactor(chain: DeviationChain, width: number, outputs: number, options: RateSearch): number {
  const { curvature } = ratePoint(chain, typicalEnd(chain), options)
  return Math.log(2 / outputs) + Math.log((width * curvature) / (2 * Math.PI)) / 2
}

/** Where the trajectory all but merges the hidden layers hardly fluctuate: their factor counts as one. */
function saddlePrefactor({ hiddenAmplitude }: RatePoint, outputs: number, k: number): number {
  const unequal = k / outputs
  const binomial = logBinomial(outputs, k) + times(k, Math.log(unequal)) + times(outputs - k, Math.log1p(-unequal))
  return binomial + (Number.isFinite(hiddenAmplitude) ? Math.log(hiddenAmplitude) : 0)
}

const sumOf = (logs: readonly number[]): number => {
  const most = Math.max(...logs)
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log(logs.reduce((s, x) => s + Math.exp(x - most), 0))
}

/** P(q^L above the threshold) from a lattice law under a reading's inequality and normalisation. */
export function tailOf(law: RateLattice, threshold: number, reading: Omit<TailReading, 'prefactor'>): number {
  const above = law.logChances.filter((_, k) => {
    // A threshold on the lattice is met exactly but for rounding.
    const gap = law.ends[k]! - threshold
    return reading.inequality === 'weak' ? gap > -1e-12 : gap > 1e-12
  })
  return Math.exp(sumOf(above) - (reading.normalised ? sumOf(law.logChances) : 0))
}

/** A tail probability under every reading: the lattice sums, and the saddle point's geometric sum on the lattice. */
export interface TailProbabilities {
  readonly readings: readonly (TailReading & { readonly probability: number })[]
  /** Bahadur and Rao's leading term on a lattice: the first chance in the tail over `1 - exp(-N I' spacing)`. */
  readonly bahadurRao: { readonly strict: number; readonly weak: number }
}

/**
 * P(q^L > threshold) and P(q^L >= threshold) at finite N under each reading of the rate function. Throws DomainError
 * for thresholds outside [-1, 1] and where N^L is not a whole number.
 */
export function tailProbabilities(
  chain: DeviationChain,
  width: number,
  threshold: number,
  options: RateSearch = {},
): TailProbabilities {
  if (!(Math.abs(threshold) <= 1)) throw new DomainError(`the threshold ${threshold} is outside [-1, 1]`)
  const outputs = outputWidth(chain, width)
  const readings = (['none', 'gaussian', 'saddle'] as const).flatMap((prefactor) => {
    const law = latticeLaw(chain, width, prefactor, options)
    return [true, false].flatMap((normalised) =>
      (['strict', 'weak'] as const).map((inequality) => {
        const reading = { inequality, prefactor, normalised }
        return { ...reading, probability: tailOf(law, threshold, reading) }
      }),
    )
  })
  const unequal = ((1 - threshold) / 2) * outputs
  const first = (k: number): number => {
    if (k < 0) return 0
    const point = ratePoint(chain, 1 - (2 * k) / outputs, options)
    const own = Math.exp(-width * point.rate + saddlePrefactor(point, outputs, k))
    return own / -Math.expm1((-width * point.slope * 2) / outputs)
  }
  return {
    readings,
    bahadurRao: { strict: first(Math.ceil(unequal - 1e-9) - 1), weak: first(Math.floor(unequal + 1e-9)) },
  }
}

/** Where a rate function computed at rising end points fails to be convex: neighbours between which the slope falls. */
export function convexityViolations(points: readonly RatePoint[]): readonly (readonly [number, number])[] {
  const sorted = [...points].sort((a, b) => a.end - b.end)
  return sorted.flatMap((point, k) => {
    const next = sorted[k + 1]
    if (!next || !(next.slope < point.slope - 1e-9 * (1 + Math.abs(point.slope)))) return []
    return [[point.end, next.end] as const]
  })
}
