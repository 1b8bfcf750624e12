import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary } from '../../network/index.js'
import type { Estimate } from '../../statistics/index.js'
import type { CheckInput, SampledCheck } from '../derivation.js'
import { type Comparison, judgeComparisons } from './judge-comparisons.js'
import { predictionsOf } from './predictions.js'
import {
  checkedParts,
  ensembleKeys,
  networksOf,
  type SampledEnsemble,
  type SampledParts,
  simulationsOf,
} from './sampled-check.js'

/** Expectations of one ensemble, measured and predicted. */
export interface SampledCase extends SampledEnsemble {
  /** What was measured, with standard errors from independent networks. */
  readonly measured: (summary: ShardSummary) => readonly Estimate[]
  /** What the claimed formula says about the same numbers, in the same order. Throws DomainError where it says nothing. */
  readonly predicted: (claimed: Formula, input: CheckInput) => readonly number[]
}

/** How a check by sampling is put together. */
export type SampledExpectations = SampledParts<SampledCase>

/**
 * Compares expectations over sampled networks with what the claimed formula predicts, all at once: refuted where any of
 * the deviations, in standard errors, exceeds what chance would exceed with probability `samplingSignificance` among
 * that many comparisons (Bonferroni). The evidence states the power: the smallest relative deviation of the
 * best-measured number that would be caught with probability 0.999, and of the worst-measured one.
 */
export function sampledExpectations(given: SampledExpectations): SampledCheck {
  const parts = checkedParts('sampledExpectations', given, { ...ensembleKeys, measured: true, predicted: true })
  const { name, cases, finiteWidth } = parts
  const predictions = predictionsOf()
  return {
    kind: 'sampled',
    name,
    simulations: simulationsOf(parts),
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
