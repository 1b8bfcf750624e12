import type { RectifiedKernel } from './rectified-kernel.js'
import type { StationaryLaw } from './stationary.js'

/** Stationary covariances of r_+, r_- and the number of positive components: [first field][second field]. */
export type FieldCovariances = readonly (readonly number[])[]

/** Chances of a step that are left out: all of them together are below rounding. */
const negligible = 1e-22

const sum = (values: Float64Array, weights: Float64Array): number =>
  values.reduce((total, x, k) => total + x * weights[k]!, 0)

/** E sqrt(chi^2_k) for k = 0 … last, by c_k c_{k+1} = k, which holds exactly. */
function meanChi(last: number): Float64Array {
  const means = new Float64Array(last + 1)
  means[1] = Math.sqrt(2 / Math.PI)
  for (let k = 1; k < last; k++) means[k + 1] = k / means[k]!
  return means
}

/**
 * Cov(a at layer l + d, b at layer l) of the three fields a, b of a rectified network of infinite depth, for d = 0 … most:
 * exact at finite width. Only r_+ is passed on: with D = sigma_w^2 r_+^2/N + sigma_b^2 of the layer before and k ~
 * Binomial(N, 1/2), r_+^2 = D chi^2_k and r_-^2 = D chi^2_{N-k} independently. So a later count knows nothing of the layers
 * before, and later norms of either sign, alike in law, know of them through r_+ alone: Cov(r_+-(l + d), b(l)) = sum over
 * values u of r_+(l) of E[b; u] (T^d r)(u), T the transfer operator.
 */
export function fieldCovariances(
  width: number,
  kernel: RectifiedKernel,
): (law: StationaryLaw, most: number) => readonly FieldCovariances[] {
  const { counts, contraction, scale } = kernel
  const { first, chances } = counts
  const root = Math.sqrt(width / 2)
  const chi = meanChi(Math.max(width, 1))
  const at = (k: (count: number) => number): Float64Array => Float64Array.from(chances, (_, j) => k(first + j))
  // In units of r_+ and r_- at a layer whose D is that of the fixed point.
  const positive = at((k) => chi[k]! / root)
  const negative = at((k) => chi[width - k]! / root)
  const excess = at((k) => k - width / 2)
  const meanNorm = sum(positive, chances)
  const about = (a: Float64Array, ma: number, b: Float64Array, mb: number): number =>
    chances.reduce((total, p, k) => total + p * (a[k]! - ma) * (b[k]! - mb), 0)

  const [otherNorm, moreCounts] = [kernel.given(negative), kernel.given(excess)]
  const shapes = {
    norms: about(positive, meanNorm, negative, meanNorm),
    normAndCount: about(positive, meanNorm, excess, 0),
    counts: about(excess, 0, excess, 0),
  }

  return ({ operator, law }, most) => {
    const { nodes, starts, band, entries } = operator
    const n = nodes.length
    // sqrt(D) of the next layer, in units of that of the fixed point.
    const deviation = nodes.map((u) => Math.sqrt(1 + contraction * Math.expm1(2 * u)))
    const meanDeviation = sum(deviation, law)
    const spread = law.reduce((total, p, u) => total + p * (deviation[u]! - meanDeviation) ** 2, 0)
    const meanSquare = meanDeviation ** 2 + spread
    const mean = scale * meanDeviation * meanNorm

    const norm = nodes.map((u) => scale * Math.exp(u) - mean)
    const variance = law.reduce((total, p, u) => total + p * norm[u]! ** 2, 0)
    const norms = scale ** 2 * (spread * meanNorm ** 2 + meanSquare * shapes.norms)
    const normAndCount = scale * meanDeviation * shapes.normAndCount
    const equal: FieldCovariances = [
      [variance, norms, normAndCount],
      [norms, variance, -normAndCount],
      [normAndCount, -normAndCount, shapes.counts],
    ]

    // E[b - its mean; u] for each field b.
    const weighted = [Float64Array.from(law, (p, u) => p * norm[u]!), new Float64Array(n), new Float64Array(n)]
    const [, ofNegative, ofCount] = weighted
    for (let i = 0; i < n; i++) {
      const mu = 0.5 * Math.log1p(contraction * Math.expm1(2 * nodes[i]!))
      for (let k = 0; k < band; k++) {
        const j = starts[i]! + k
        const p = j >= 0 && j < n ? law[i]! * entries[i * band + k]! : 0
        if (p < negligible) continue
        const s = nodes[j]! - mu
        ofNegative![j] = ofNegative![j]! + p * (scale * deviation[i]! * otherNorm(s) - mean)
        ofCount![j] = ofCount![j]! + p * moreCounts(s)
      }
    }
    let current = Float64Array.from(norm)
    let next = new Float64Array(n)
    const covariances: FieldCovariances[] = [equal]
    for (let lag = 1; lag <= most; lag++) {
      operator.backward(current, next)
      ;[current, next] = [next, current]
      const later = weighted.map((w) => sum(w, current))
      covariances.push([later, later, [0, 0, 0]])
    }
    return covariances
  }
}
