/** Critical weight variances of sampled ReLU networks with independent and with anti-correlated weights, with intervals. */
import {
  type CriticalValue,
  claimedValue,
  type Depth,
  type FeedForwardEnsemble,
  lengthBoundary,
  rectifiedForm,
  type SampledCheck,
  sampledCriticalValue,
  tableEstimates,
} from 'corrigenda'
import { antiCorrelated, networksOf, paper } from './figures-networks.js'

const widths = [128, 512, 2048] as const
/** As many neurons at the two small widths together as in a third of those of the last. */
const networksAt = (width: number, depth: Depth, widest: number): number => {
  const standard = widest * (width === 128 ? 2.5 : width === 512 ? 1.25 : 1)
  return Math.ceil(depth === 'quick' ? standard / 4 : depth === 'full' ? 6 * standard : standard)
}

const growing = { depth: 20, last: 16 } as const
/**
 * Without bias, and with nothing among the weights that does not scale with their deviation, a network's lengths at a weight
 * variance are those at another times a power of both variances' ratio: the logarithm of their growth has the slope one in that of
 * the variance, at every width. One variance would do; the second is the referee.
 */
export const growthOf = (
  stream: string,
  values: readonly number[],
  changes: Partial<FeedForwardEnsemble> = {},
): CriticalValue => ({
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth of the length a layer without bias',
  stream: `symmetric-critical/${stream}`,
  values,
  widths,
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
export const separation: CriticalValue = {
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth a layer of the squared difference of two inputs that all but agree',
  stream: 'symmetric-critical/separation',
  values: [1.6, 1.9, 2.2, 2.5],
  widths,
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
