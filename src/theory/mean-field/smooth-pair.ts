/** A mean with an estimate of its error. */
export interface PairMean {
  readonly value: number
  readonly error: number
}

/** Deviations from the centre that the plane is summed up to: the density there is 1e-20 of its peak. */
const reach = 9.5

/**
 * E[f(u1) f(u2)] for a smooth f, u1 and u2 of standard deviations a and b and correlation c, by the trapezoid on the plane
 * in the directions of the covariance's axes: exponentially accurate for analytic f (Trefethen & Weideman 2014). Steps are
 * halved until two sums agree; null where they do not, as for an f that changes within a hundredth of a deviation.
 */
export function smoothPairExpectation(f: (z: number) => number, a: number, b: number, c: number): PairMean | null {
  const along = Math.sqrt((1 + c) / 2)
  const across = Math.sqrt((1 - c) / 2)
  let previous = Number.NaN
  let value = 0
  let size = 0
  for (let points = 64; points <= 512; points *= 2) {
    const half = points / 2
    const step = reach / half
    // Every second point of every second row has been summed with the wider step.
    const finer = points > 64
    for (let i = -half; i <= half; i++) {
      const x = i * step
      const weight = Math.exp(-0.5 * x * x)
      const most = Math.floor(Math.sqrt(half * half - i * i))
      const known = finer && i % 2 === 0
      // Where both deviations are the same, y and -y give the same.
      for (let j = a === b ? 0 : -most; j <= most; j++) {
        if (known && j % 2 === 0) continue
        const y = j * step
        const times = a === b && j > 0 ? 2 : 1
        const term = times * weight * Math.exp(-0.5 * y * y) * f(a * (along * x + across * y)) * f(b * (along * x - across * y)) // biome-ignore format: one product
        value += term
        size += Math.abs(term)
      }
    }
    const scale = (step * step) / (2 * Math.PI)
    const difference = Math.abs(value * scale - previous)
    if (difference <= 1e-12 * size * scale) return { value: value * scale, error: difference + 1e-14 * size * scale }
    previous = value * scale
  }
  return null
}
