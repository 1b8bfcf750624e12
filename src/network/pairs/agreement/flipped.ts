import { type Agreement, binomialWindow } from './agreement.js'

/** What a layer of binary weights with random sign flips depends on. */
export interface FlippedLayer {
  /** N of the layer before. */
  readonly width: number
  /** Chance that a weight's sign is turned. */
  readonly p: number
  readonly zeroSign: 'random' | 'plus' | 'minus'
}

/** For A = 0 … N: the agreement when A of the N products have the same sign in both networks. */
function agreementByShared(width: number, zeroSign: FlippedLayer['zeroSign']): readonly Agreement[] {
  // sizes[n][u]: chance that n fair signs add up to +-u.
  const sizes = Array.from({ length: width + 1 }, (_, n) => {
    const { first, probabilities } = binomialWindow(n, 0.5)
    const size = new Float64Array(n + 1)
    for (const [i, x] of probabilities.entries()) size[Math.abs(2 * (first + i) - n)]! += x
    return size
  })
  /** P(|U| > |V|) of sums of two numbers of signs. */
  const larger = (u: Float64Array, v: Float64Array): number => {
    let [sum, below] = [0, 0]
    for (let x = 0; x < u.length; x++) {
      sum += u[x]! * below
      below += v[x] ?? 0
    }
    return sum
  }
  return sizes.map((u, shared) => {
    const v = sizes[width - shared]!
    let tie = 0
    for (let x = 1; x < Math.min(u.length, v.length); x++) tie += u[x]! * v[x]!
    const both = u[0]! * v[0]!
    // |U| = |V| > 0: one field is zero, the other's sign even. U = V = 0: both fields are zero.
    const [same, different] = zeroSign === 'random' ? [both / 2, both / 2] : [both, 0]
    return { same: larger(u, v) + tie / 2 + same, different: larger(v, u) + tie / 2 + different }
  })
}

/**
 * Agreement of a neuron with binary weights of which each is turned with probability p, exactly at finite width, as a
 * function of how many neurons k of the layer before agree. The products w_j s_j are the same in both networks at
 * A ~ Binomial(k, 1 - p) + Binomial(N - k, p) places; with U and V the sums of fair signs over those and the other
 * places the fields are U + V and U - V, which have the same sign where |U| > |V|.
 */
export function flippedAgreement(layer: FlippedLayer): (agreeing: number) => Agreement {
  const { width, p, zeroSign } = layer
  const byShared = agreementByShared(width, zeroSign)
  return (agreeing) => {
    const kept = binomialWindow(agreeing, 1 - p)
    const turned = binomialWindow(width - agreeing, p)
    let same = 0
    let different = 0
    for (const [i, x] of kept.probabilities.entries())
      for (const [j, y] of turned.probabilities.entries()) {
        const at = byShared[kept.first + i + turned.first + j]!
        same += x * y * at.same
        different += x * y * at.different
      }
    return { same, different }
  }
}
