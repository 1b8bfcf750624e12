import { type Agreement, binomialWindow, clampedAgreement, tiedAgreement } from './agreement.js'

/** What a layer of diluted normal weights depends on. */
export interface DilutedLayer {
  /** N of the layer before. */
  readonly width: number
  /** Chance that a weight is dropped. */
  readonly p: number
  readonly weightVariance: number
  readonly biasVariance: number
  readonly zeroSign: 'random' | 'plus' | 'minus'
}

/**
 * Agreement of a neuron after dilution, exactly at finite width. The weights' law is symmetric, so only how many of the
 * layer before agree matters: of those k a ~ Binomial(k, 1 - p) are kept, of the others b ~ Binomial(N - k, 1 - p), and
 * given (a, b) the two fields are normals with variances sigma_w^2 + sigma_b^2 and
 * sigma_w^2 (a + b) / (N (1 - p)) + sigma_b^2 and covariance sigma_w^2 (a - b) / (N sqrt(1 - p)) + sigma_b^2.
 */
export function dilutedAgreement(layer: DilutedLayer, agreeing: number): Agreement {
  const { width, p, weightVariance, biasVariance, zeroSign } = layer
  if (biasVariance === 0 && 2 * agreeing < width) {
    // Turning one network turns the agreement.
    const turned = dilutedAgreement(layer, width - agreeing)
    return { same: turned.different, different: turned.same }
  }
  const kept = binomialWindow(agreeing, 1 - p)
  const turned = binomialWindow(width - agreeing, 1 - p)
  const first = weightVariance + biasVariance
  let same = 0
  let different = 0
  for (const [i, x] of kept.probabilities.entries()) {
    const a = kept.first + i
    for (const [j, y] of turned.probabilities.entries()) {
      const b = turned.first + j
      const second = (weightVariance * (a + b)) / (width * (1 - p)) + biasVariance
      const covariance = (weightVariance * (a - b)) / (width * Math.sqrt(1 - p)) + biasVariance
      // With a single zero field the other's sign is even: whatever sgn(0) is, the two agree in half of all cases.
      const tie = first > 0 ? tiedAgreement('random') : tiedAgreement(zeroSign)
      const at = first > 0 && second > 0 ? clampedAgreement(covariance / Math.sqrt(first * second)) : tie
      same += x * y * at.same
      different += x * y * at.different
    }
  }
  return { same, different }
}
