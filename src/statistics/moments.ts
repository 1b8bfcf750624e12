/**
 * Moments of numbers that come one by one or in batches, without keeping the numbers: count, mean and the sums of
 * second to fourth powers of deviations, updated and merged stably (Welford 1962; Chan, Golub and LeVeque 1983; Pébay,
 * SAND2008-6212).
 */
export interface Moments {
  readonly count: number
  readonly mean: number
  /** Sum of (x - mean)^2. */
  readonly m2: number
  readonly m3: number
  readonly m4: number
}

export const noMoments: Moments = { count: 0, mean: 0, m2: 0, m3: 0, m4: 0 }

/** Moments of two samples together. Associative up to rounding: fix the order where bytes matter. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b
  if (b.count === 0) return a
  const [na, nb] = [a.count, b.count]
  const n = na + nb
  const d = b.mean - a.mean
  const dn = d / n
  const dn2 = dn * dn
  const cross = d * dn * na * nb
  return {
    count: n,
    mean: a.mean + nb * dn,
    m2: a.m2 + b.m2 + cross,
    m3: a.m3 + b.m3 + cross * dn * (na - nb) + 3 * dn * (na * b.m2 - nb * a.m2),
    m4:
      a.m4 +
      b.m4 +
      cross * dn2 * (na * na - na * nb + nb * nb) +
      6 * dn2 * (na * na * b.m2 + nb * nb * a.m2) +
      4 * dn * (na * b.m3 - nb * a.m3),
  }
}

/** Moments with one more number. */
export const addToMoments = (moments: Moments, x: number): Moments =>
  mergeMoments(moments, { count: 1, mean: x, m2: 0, m3: 0, m4: 0 })

/** Moments of a list. */
export const momentsOf = (values: Iterable<number>): Moments => {
  let moments = noMoments
  for (const x of values) moments = addToMoments(moments, x)
  return moments
}

/** Unbiased variance; NaN for fewer than two numbers. */
export const variance = ({ count, m2 }: Moments): number => (count > 1 ? m2 / (count - 1) : Number.NaN)

/** Standard error of the mean; NaN for fewer than two numbers. */
export const standardErrorOfMean = (moments: Moments): number => Math.sqrt(variance(moments) / moments.count)

/** Skewness g_1 = (m3/n) / (m2/n)^{3/2}; NaN without spread. */
export const skewness = ({ count, m2, m3 }: Moments): number => (Math.sqrt(count) * m3) / m2 ** 1.5

/** Excess kurtosis g_2; NaN without spread. */
export const excessKurtosis = ({ count, m2, m4 }: Moments): number => (count * m4) / (m2 * m2) - 3

/**
 * Standard error of the unbiased variance, from the sample's own fourth moment (no normality assumed); NaN for fewer
 * than two numbers.
 */
export function standardErrorOfVariance(moments: Moments): number {
  const { count: n, m4 } = moments
  const s2 = variance(moments)
  return Math.sqrt(Math.max(0, (m4 / n - ((n - 3) / (n - 1)) * s2 * s2) / n))
}
