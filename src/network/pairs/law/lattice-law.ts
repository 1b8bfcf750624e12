import { DomainError } from '../../../expression/errors.js'
import { agreeingNeurons } from '../validate.js'
import { logSum } from './log-sums.js'

/** Which overlaps a tail holds: `above` and `below` are strict. */
export type TailKind = 'above' | 'atLeast' | 'below' | 'atMost'

/** A law on the points q = 2 k / n - 1, k = 0 … n; logarithms throughout, so that nothing underflows. */
export interface LatticeLaw {
  /** n. */
  readonly width: number
  /** log P(q = 2 k / n - 1), k = 0 … n. */
  readonly logProbabilities: Float64Array
  /** log P(q = overlap). @throws DomainError off the lattice. */
  logProbability(overlap: number): number
  /** log P(q > overlap), or >=, <, <= it; any number may be asked for. */
  logTail(overlap: number, kind: TailKind): number
  readonly mean: number
  readonly variance: number
}

/** Comparison of a lattice point with a number, which rounding may have moved off the lattice. */
function holds(q: number, bound: number, kind: TailKind): boolean {
  if (Math.abs(q - bound) < 1e-12) return kind === 'atLeast' || kind === 'atMost'
  return kind === 'above' || kind === 'atLeast' ? q > bound : q < bound
}

/** The law with these logarithms of probabilities. */
export function latticeLaw(logProbabilities: Float64Array): LatticeLaw {
  const width = logProbabilities.length - 1
  const overlap = (k: number): number => (2 * k - width) / width
  const mean = logProbabilities.reduce((sum, log, k) => sum + Math.exp(log) * overlap(k), 0)
  const variance = logProbabilities.reduce((sum, log, k) => sum + Math.exp(log) * (overlap(k) - mean) ** 2, 0)
  return {
    width,
    logProbabilities,
    mean,
    variance,
    logProbability: (q) => logProbabilities[agreeingNeurons(q, width)]!,
    logTail: (q, kind) => {
      if (Number.isNaN(q)) throw new DomainError('a tail beyond NaN is not defined: give a number')
      return logSum(logProbabilities.filter((_, k) => holds(overlap(k), q, kind)))
    },
  }
}

/** log of the convolution of two lists of probabilities. */
function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1)
  for (let k = 0; k < out.length; k++) {
    const first = Math.max(0, k - b.length + 1)
    const last = Math.min(k, a.length - 1)
    const terms = new Float64Array(last - first + 1)
    for (let i = first; i <= last; i++) terms[i - first] = a[i]! + b[k - i]!
    out[k] = logSum(terms)
  }
  return out
}

/**
 * The law of the mean of several independent overlaps of one law: what the mean over patterns would follow if networks
 * answered to patterns independently (they share their weights, so they need not).
 * @throws DomainError for a number of patterns that is no whole number from 1 to 1000.
 */
export function independentMean({ logProbabilities }: LatticeLaw, patterns: number): LatticeLaw {
  if (!Number.isSafeInteger(patterns) || patterns < 1 || patterns > 1000)
    throw new DomainError(`${patterns} patterns: give a whole number from 1 to 1000`)
  let sum = logProbabilities
  for (let k = 1; k < patterns; k++) sum = convolve(sum, logProbabilities)
  return latticeLaw(sum)
}
