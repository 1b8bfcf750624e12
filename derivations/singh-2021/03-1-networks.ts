/** Section 3.1: networks without bias at the variances of anti-correlated initialisation. */
import {
  claimedValue,
  columnOf,
  confirm,
  gaussianActivation,
  gaussianKernel,
  meanEstimate,
  rectifiedForm,
  type ShardSummary,
  sampledExtrapolation,
} from 'corrigenda'
import { anticorrelated, boundary, sameCondition } from './03-1-maps.js'
import { sampledHe, sampledOrder } from './symmetric-critical.js'

const rectifier = gaussianActivation(rectifiedForm)
/** Correlation after a critical layer of ReLU with uncorrelated weights: the overlap of the activations over its largest. */
const afterRectifier = (c: number): number =>
  2 * gaussianKernel(rectifier, { first: 1, second: 1, cross: Math.min(1, c) }).value

const layers: readonly number[] = [1, 2, 4]
const start = 0.99
const rowCorrelation = 100

/** Correlations of the layers by a map of the stated slope at one. */
function correlations(slope: number): readonly number[] {
  const path = [start]
  while (path.length <= layers.at(-1)!) path.push(1 - slope * (1 - afterRectifier(path.at(-1)!)))
  return layers.map((l) => path[l]!)
}

const meansOf = (summary: ShardSummary) => {
  const observable = summary.observables[0]
  if (!observable || !('table' in observable)) throw new TypeError('the layers were not observed')
  return layers.map((_, k) => meanEstimate(columnOf(observable.table, k)))
}

const networksAt = { quick: 400, standard: 1000, full: 8000 } as const

/** Whatever the slope, it is that of a correlation map that carries one to itself and is otherwise the rectifier's. */
const withoutBias = sampledExtrapolation({
  name: 'correlations of nearly equal inputs in sampled networks with k = 100 at (2, 0), extrapolated in the width',
  stream: 'anti-correlated-without-bias',
  parameters: { '\\sigma_w^2': 2, '\\sigma_b^2': 0, k: rowCorrelation },
  widths: [128, 256, 512, 1024],
  powers: [0, 1, 2],
  request: (width, depth) => ({
    ensemble: {
      kind: 'feed-forward',
      activation: 'relu',
      widths: width,
      depth: layers.at(-1)! + 1,
      weightVariance: 2,
      biasVariance: 0,
      rows: { covariance: { kind: 'correlated', rowCorrelation } },
      input: { kind: 'normal', count: 2, correlation: start },
    },
    level: 'preactivations',
    observables: [{ kind: 'layers', field: 'correlation', layers: [...layers] }],
    networks: networksAt[depth],
  }),
  measured: (summary) => meansOf(summary),
  predicted: (claimed, input) => correlations(claimedValue(claimed, input, { rowCorrelation })),
  label: (k) => `the correlation ${layers[k]} layers on`,
})

export const confirmations = [
  confirm(anticorrelated, withoutBias),
  confirm(boundary, sampledOrder),
  confirm(sameCondition, sampledHe),
]
