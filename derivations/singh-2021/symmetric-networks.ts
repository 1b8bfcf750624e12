/** Rectified networks of figures 2.2 and 3.2 and the exact mean of their lengths at finite width. */
import { type FeedForwardEnsemble, rectifiedForm, type SignalMaps, signalMaps } from 'corrigenda'
import { antiCorrelated, networksOf, paper } from './figures-networks.js'

export interface Shown {
  readonly id: 'fig-2.2' | 'fig-3.2'
  readonly rowCorrelation: number
  readonly weightVariances: readonly number[]
}

export const uncorrelated: Shown = {
  id: 'fig-2.2',
  rowCorrelation: 0,
  weightVariances: [0.5, 1, 1.4, 1.6, 1.7, 1.8, 1.9, 2, 2.1, 2.2, 2.4, 2.7, 3],
}
export const correlated: Shown = {
  id: 'fig-3.2',
  rowCorrelation: paper.rowCorrelation,
  weightVariances: [0.5, 1, 1.5, 1.8, 2, 2.2, 2.4, 2.6, 2.7, 2.82, 2.92, 3.1, 3.3, 3.6, 4],
}

export const mapsAt = (
  weightVariance: number,
  rowCorrelation: number,
  biasVariance: number = paper.biasVariance,
): SignalMaps => signalMaps({ activation: rectifiedForm, weightVariance, biasVariance, rowCorrelation })
export const ensembleAt = (
  weightVariance: number,
  { rowCorrelation }: Pick<Shown, 'rowCorrelation'>,
  changes: Partial<FeedForwardEnsemble> = {},
): FeedForwardEnsemble =>
  networksOf(weightVariance, { ...(rowCorrelation === 0 ? {} : { rows: antiCorrelated }), ...changes })

/**
 * E q^l of a rectified network of finite width, exactly: given a layer's covariance its fields are independent normals, and the
 * next length is linear in the last one. (E phi)^2 enters for different neurons alone.
 */
export function exactLengths(
  weightVariance: number,
  rowCorrelation: number,
  width: number,
  biasVariance: number = paper.biasVariance,
): readonly number[] {
  const share = rowCorrelation / (1 + rowCorrelation)
  const plain = mapsAt(weightVariance, 0, biasVariance)
  const centred = mapsAt(weightVariance, Number.POSITIVE_INFINITY, biasVariance)
  let q = weightVariance * (1 - share / width) + biasVariance
  return Array.from({ length: paper.deepest }, (_, l) => {
    if (l > 0) {
      const squares = plain.length(q) - biasVariance
      const means = plain.length(q) - centred.length(q)
      q = squares - share * (squares / width + (1 - 1 / width) * means) + biasVariance
    }
    return q
  })
}

export const streamOf = ({ id }: Shown): string => `singh-2021-${id}`
