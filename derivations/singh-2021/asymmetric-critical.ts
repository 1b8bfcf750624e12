/** Critical weight variances of sampled asymmetric networks, with intervals. */
import { type CriticalValue, type FeedForwardEnsemble, tableEstimates } from 'corrigenda'
import { antiCorrelation, special } from './asymmetric-quantities.js'
import { criticalWidths, networksAt } from './critical-sizes.js'

const ensembleOf = (width: number, antiCorrelated: boolean): Omit<FeedForwardEnsemble, 'weightVariance' | 'depth'> => ({
  kind: 'feed-forward',
  activation: 'relu',
  widths: width,
  biasVariance: 0,
  input: { kind: 'normal', count: 1 },
  special: { weight: { kind: 'beta', ...special }, among: 'weights' },
  ...(antiCorrelated ? { rows: { covariance: { kind: 'correlated', rowCorrelation: antiCorrelation } } } : {}),
})

/** Layers over which growth is averaged, of so many; the law of the fields settles within ten. */
const growing = { depth: 48, last: 38 } as const

const growthOf = (stream: string, values: readonly number[], antiCorrelated: boolean): CriticalValue => ({
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth of the length a layer without bias',
  stream: `asymmetric-critical/${stream}`,
  values,
  widths: criticalWidths,
  request: (weightVariance, width, depth) => ({
    ensemble: { ...ensembleOf(width, antiCorrelated), depth: growing.depth, weightVariance },
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logGrowth', last: growing.last }],
    networks: networksAt(width, depth, 60),
  }),
  measured: (summary) => tableEstimates(summary)[0]!,
  finiteDepth: `growth of layers ${growing.depth - growing.last + 1} to ${growing.depth}, the first ${growing.depth - growing.last} being left out, in which the law of the fields settles`,
})

/** Where lengths neither grow nor shrink. */
export const criticalLength = {
  uncorrelated: growthOf('rai', [0.55, 0.65, 0.78, 0.92], false),
  antiCorrelated: growthOf('raai', [0.92, 1.1, 1.35, 1.6], true),
}

const parting = { depth: 64, last: 48 } as const

/** Where close inputs of RAAI neither part nor meet. The bias gives lengths a fixed point, near which the inputs' lengths are. */
export const criticalSeparation: CriticalValue = {
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth a layer of the squared difference of two inputs that all but agree',
  stream: 'asymmetric-critical/separation',
  values: [0.82, 0.89, 0.97, 1.06],
  widths: criticalWidths,
  request: (weightVariance, width, depth) => ({
    ensemble: {
      ...ensembleOf(width, true),
      depth: parting.depth,
      weightVariance,
      biasVariance: 1,
      input: { kind: 'normal', count: 2, correlation: 1 - 1e-9, variance: 1 / (1.2 - weightVariance) },
    },
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logSeparation', last: parting.last }],
    networks: networksAt(width, depth, 36),
  }),
  measured: (summary) => tableEstimates(summary)[0]!,
  finiteDepth: `with a bias variance of 1; layers ${parting.depth - parting.last + 1} to ${parting.depth}, the first ${parting.depth - parting.last} being left out, in which lengths come to their fixed point`,
}
