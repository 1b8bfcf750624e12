import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import type { Estimate } from '../../statistics/index.js'
import type { CheckInput, Depth, SampledCheck } from '../derivation.js'
import { type Comparison, judgeComparisons } from './judge-comparisons.js'
import { predictionsOf } from './predictions.js'

/** Expectations of one ensemble, measured and predicted. */
export interface SampledCase {
  /** The parameters as the paper names them, for the report: `{ '\\sigma_w^2': 0.9, N: 200 }`. */
  readonly parameters: Readonly<Record<string, number>>
  readonly request: Omit<SimulationRequest, 'seed' | 'stream'>
  /** What was measured, with standard errors from independent networks. */
  readonly measured: (summary: ShardSummary) => readonly Estimate[]
  /** What the claimed formula says about the same numbers, in the same order. Throws DomainError where it says nothing. */
  readonly predicted: (claimed: Formula, input: CheckInput) => readonly number[]
  /** What the k-th number is. */
  readonly label: (k: number) => string
}

/** How a check by sampling is put together. */
export interface SampledExpectations {
  readonly name: string
  /** Names the random streams, one for each case; checks with the same stream and cases share their simulations. */
  readonly stream: string
  readonly cases: (depth: Depth) => readonly SampledCase[]
  /** How finite width is dealt with, for the report: a sampled check without an answer to that is none. */
  readonly finiteWidth: string
}

/**
 * Compares expectations over sampled networks with what the claimed formula predicts, all at once: refuted where any of
 * the deviations, in standard errors, exceeds what chance would exceed with probability `samplingSignificance` among
 * that many comparisons (Bonferroni). The evidence states the power: the smallest relative deviation of the
 * best-measured number that would be caught with probability 0.999, and of the worst-measured one.
 */
export function sampledExpectations({ name, stream, cases, finiteWidth }: SampledExpectations): SampledCheck {
  const predictions = predictionsOf()
  return {
    kind: 'sampled',
    name,
    simulations: ({ seed, depth }) =>
      cases(depth).map(({ request }, c) => ({ ...request, seed, stream: `${stream}/${c}` })),
    judge: (input, summaries) => {
      const comparisons = cases(input.depth).flatMap((one, c): readonly Comparison[] => {
        const summary = summaries[c]
        if (!summary) throw new DomainError(`${name}: the simulation of case ${c} is missing`)
        const predicted = predictions(input, c, one.predicted)
        const scale = Math.max(...predicted.map(Math.abs))
        return one.measured(summary).map((estimate, k) => ({
          estimate,
          prediction: predicted[k] ?? Number.NaN,
          label: one.label(k),
          parameters: one.parameters,
          scale,
        }))
      })
      return judgeComparisons({ name, finiteWidth, input, comparisons, networks: networksOf(summaries), numbers: {} })
    },
  }
}

export const networksOf = (summaries: readonly ShardSummary[]): number =>
  summaries.reduce((sum, { networks }) => sum + networks, 0)
