/** Critical weight variances of sampled ReLU networks with independent and with anti-correlated weights, with intervals. */
import {
  type CriticalValue,
  claimedValue,
  type FeedForwardEnsemble,
  lengthBoundary,
  rectifiedForm,
  type SampledCheck,
  sampledCriticalValue,
  tableEstimates,
} from 'corrigenda'
import { criticalWidths, networksAt } from './critical-sizes.js'
import { antiCorrelated, networksOf, paper } from './figures-networks.js'

const growing = { depth: 20, last: 16 } as const
/**
 * Without bias, and with nothing among the weights that does not scale with their deviation, a network's lengths at a weight
 * variance are those at another times a power of both variances' ratio: the logarithm of their growth has the slope one in that of
 * the variance, at every width. One variance would do; the second is the referee.
 */
const growthOf = (
  stream: string,
  values: readonly number[],
  changes: Partial<FeedForwardEnsemble> = {},
): CriticalValue => ({
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth of the length a layer without bias',
  stream: `symmetric-critical/${stream}`,
  values,
  widths: criticalWidths,
  model: { slope: 1 },
  request: (weightVariance, width, depth) => ({
    ensemble: networksOf(weightVariance, {
      widths: width,
      depth: growing.depth,
      biasVariance: 0,
      input: { kind: 'normal', count: 1 },
      ...changes,
    }),
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logGrowth', last: growing.last }],
    networks: networksAt(width, depth, 80),
  }),
  measured: (summary) => tableEstimates(summary)[0]!,
  finiteDepth: `growth of layers ${growing.depth - growing.last + 1} to ${growing.depth}, the first ${growing.depth - growing.last} being left out`,
})

const parting = { depth: 24, last: 16 } as const
/** Where close inputs neither part nor meet, with the figure's bias and correlations. */
const separation: CriticalValue = {
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth a layer of the squared difference of two inputs that all but agree',
  stream: 'symmetric-critical/separation',
  values: [1.6, 1.9, 2.2, 2.5],
  widths: criticalWidths,
  request: (weightVariance, width, depth) => ({
    ensemble: networksOf(weightVariance, {
      widths: width,
      depth: parting.depth,
      rows: antiCorrelated,
      input: { kind: 'normal', count: 2, correlation: 1 - 1e-9 },
    }),
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logSeparation', last: parting.last }],
    networks: networksAt(width, depth, 40),
  }),
  measured: (summary) => tableEstimates(summary)[0]!,
  finiteDepth: `with k = ${paper.rowCorrelation} and a bias variance of ${paper.biasVariance}; layers ${parting.depth - parting.last + 1} to ${parting.depth}, the first ${parting.depth - parting.last} being left out`,
}

const exact = (rowCorrelation: number) => [
  { name: 'the exact limit', value: () => lengthBoundary(rectifiedForm, rowCorrelation) },
]

/** The same for networks without a rectifier, whose weights have a variance over N of their own. */
export const sampledGlorot: SampledCheck = sampledCriticalValue({
  name: 'boundary of the length in sampled linear networks',
  critical: growthOf('linear', [0.85, 1.15], { activation: 'linear' }),
  claimed: (claimed, input) =>
    paper.width * claimedValue(claimed, input, { [input.context.scalar('N').name]: paper.width }),
  digits: 'exact',
})

/** The boundary of the length with independent weights. */
export const sampledHe: SampledCheck = sampledCriticalValue({
  name: 'boundary of the length in sampled networks',
  critical: growthOf('uncorrelated', [1.7, 2.3]),
  digits: 'exact',
  beside: exact(0),
})

/** The same with anti-correlated weights, k = 100. */
export const sampledAntiCorrelated: SampledCheck = sampledCriticalValue({
  name: 'boundary of the length at k = 100 in sampled networks',
  critical: growthOf('anti-correlated', [2.6, 3.3], { rows: antiCorrelated }),
  beside: exact(paper.rowCorrelation),
})

/** The boundary of order with anti-correlated weights, k = 100. */
export const sampledOrder: SampledCheck = sampledCriticalValue({
  name: 'boundary of order at k = 100 in sampled networks',
  critical: separation,
  digits: 'exact',
})
