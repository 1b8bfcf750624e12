import gammaln from '@stdlib/math-base-special-gammaln'
import { type ChainKernel, chiSquareSpacing, crossing } from './chain-kernel.js'

/** Binomial weights below e^-60 of the largest are left out. */
const lightest = 60

/** The kernel of r_+ with what it says of the number k of positive components. */
export interface RectifiedKernel extends ChainKernel {
  /** The numbers of components that are not left out: first, first + 1, … with their chances, which sum to one. */
  readonly counts: { readonly first: number; readonly chances: Float64Array }
  /**
   * E[f(k) | s] as a function of s between `left` and `right`, for a function given by its values at `counts`: interpolated
   * (six points) in a table fine enough for rounding.
   */
  given(f: Float64Array): (s: number) => number
}

/**
 * The kernel of r_+ at layer l + 1 given r_+ at layer l in a rectified linear network: chi-square with k degrees of
 * freedom, k ~ Binomial(N, 1/2). That no neuron is positive (k = 0) has the chance 2^-N and is left out: widths below
 * 64 are not for this kernel.
 */
export function rectifiedKernel(width: number, weightVariance: number, biasVariance: number): RectifiedKernel {
  const half = width / 2
  const reach = Math.ceil(Math.sqrt((lightest * width) / 2))
  const first = Math.max(1, Math.floor(half) - reach)
  const last = Math.min(width, Math.ceil(half) + reach)
  const weights = mixtureWeights(width, first, last)
  // density(s) = sum_k weight_k e^{k s} e^{-half (e^{2s} - 1) / 2}: powers of e^s by multiplication, outwards.
  const logMixture = (s: number): number => {
    const middle = Math.floor(half)
    const step = Math.exp(s)
    let sum = 0
    for (let k = middle, power = 1; k <= last; k++, power *= step) sum += weights[k - first]! * power
    for (let k = middle - 1, power = 1 / step; k >= first; k--, power /= step) sum += weights[k - first]! * power
    return Math.log(sum) + middle * s - (half * Math.expm1(2 * s)) / 2
  }
  /** E[f(k) | s] for a function by its values at first … last. */
  const conditional = (s: number, f: Float64Array): number => {
    const middle = Math.floor(half)
    const step = Math.exp(s)
    let [total, sum] = [0, 0]
    for (let k = middle, power = 1; k <= last; k++, power *= step) {
      const weight = weights[k - first]! * power
      total += weight
      sum += weight * f[k - first]!
    }
    for (let k = middle - 1, power = 1 / step; k >= first; k--, power /= step) {
      const weight = weights[k - first]! * power
      total += weight
      sum += weight * f[k - first]!
    }
    return sum / total
  }
  const peak = logMixture(0)
  const logDensity = (s: number): number => logMixture(s) - peak
  const cutoff = 44
  const contraction = weightVariance / 2
  const spread = Math.sqrt(5 / (4 * width)) * (1 + 1 / width)
  // The density falls to e^-44 within 30 of these, and there powers of e^s stay inside the range of doubles.
  const bracket = 30 * spread
  const left = crossing((s) => logDensity(s) + cutoff, -bracket, 0)
  const right = crossing((s) => -logDensity(s) - cutoff, 0, bracket)
  return {
    contraction,
    meanChiSquare: half,
    scale: Math.sqrt((half * biasVariance) / (1 - contraction)),
    logDensity,
    left,
    right,
    // The narrowest component bounds how fast the density can vary.
    spacing: chiSquareSpacing(last),
    spread,
    logMoment: (p) => {
      let sum = 0
      for (let k = first; k <= last; k++)
        sum += Math.exp(logBinomial(width, k) + p * Math.log(4 / width) + gammaln(k / 2 + p) - gammaln(k / 2))
      return Math.log(sum)
    },
    counts: { first, chances: chancesOf(width, first, last) },
    given: (f) => tabulated((s) => conditional(s, f), left, right),
  }
}

/** Spaced by a fiftieth of the standard deviation of s. */
const tablePoints = 1024

/** A smooth function between two points from a table, by Lagrange's formula on the six nearest points. */
function tabulated(f: (s: number) => number, from: number, to: number): (s: number) => number {
  const spacing = (to - from) / tablePoints
  const table = Float64Array.from({ length: tablePoints + 6 }, (_, k) => f(from + (k - 2) * spacing))
  // 1 / prod_{m != k} (k - m) over the six points.
  const constants = [-1 / 120, 1 / 24, -1 / 12, 1 / 12, -1 / 24, 1 / 120]
  return (s) => {
    const place = (s - from) / spacing
    const whole = Math.min(tablePoints, Math.max(0, Math.floor(place)))
    const x = place - whole + 2
    const node = Math.round(x)
    if (x === node) return table[whole + node]!
    let [product, sum] = [1, 0]
    for (let k = 0; k < 6; k++) {
      product *= x - k
      sum += (constants[k]! / (x - k)) * table[whole + k]!
    }
    return product * sum
  }
}

/** Chances of `first` … `last` heads in n fair coins, by ratios of neighbours, made to sum to one. */
function chancesOf(n: number, first: number, last: number): Float64Array {
  const chances = new Float64Array(last - first + 1)
  const middle = Math.floor(n / 2)
  chances[middle - first] = 1
  for (let k = middle; k < last; k++) chances[k + 1 - first] = (chances[k - first]! * (n - k)) / (k + 1)
  for (let k = middle; k > first; k--) chances[k - 1 - first] = (chances[k - first]! * k) / (n - k + 1)
  const total = chances.reduce((sum, p) => sum + p, 0)
  return chances.map((p) => p / total)
}

/** log of the chance of k heads in n fair coins. */
const logBinomial = (n: number, k: number): number =>
  gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) - n * Math.LN2

/**
 * Weight of e^{k s} in the density of s = log(chi^2_k / (N/2)) / 2, up to one constant: binomial(N, k) (N/4)^{k/2} /
 * Gamma(k/2). Each parity of k by its two-term recursion from the middle, so that no large logarithms cancel.
 */
function mixtureWeights(n: number, first: number, last: number): Float64Array {
  const weights = new Float64Array(last - first + 1)
  const middle = Math.floor(n / 2)
  const absolute = (k: number): number => logBinomial(n, k) + (k / 2) * Math.log(n / 4) - gammaln(k / 2)
  const up = (k: number): number => (((n - k) * (n - k - 1)) / ((k + 1) * (k + 2))) * (n / 4 / (k / 2))
  weights[middle - first] = 1
  weights[middle + 1 - first] = Math.exp(absolute(middle + 1) - absolute(middle))
  for (let k = middle; k + 2 <= last; k++) weights[k + 2 - first] = weights[k - first]! * up(k)
  for (let k = middle - 1; k >= first; k--) weights[k - first] = weights[k + 2 - first]! / up(k)
  return weights
}
