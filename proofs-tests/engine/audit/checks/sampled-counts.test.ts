import { describe, expect, test } from 'vitest'
import { sampledCounts } from '../../../../src/audit/checks/sampled-counts.js'
import type { CheckInput } from '../../../../src/audit/derivation.js'
import { DomainError } from '../../../../src/expression/errors.js'
import { one } from '../../../../src/expression/expression.js'
import { mergeAll, type PairEnsemble, planShards, runShard, type ShardSummary } from '../../../../src/network/index.js'

const ensemble: PairEnsemble = {
  kind: 'pair',
  activation: 'sign',
  widths: 1,
  depth: 1,
  weights: { kind: 'gaussian' },
  weightVariance: 1,
  perturbation: { kind: 'rotation', eta: Math.sin(1) },
}
/** One neuron agrees where neither weight changes its sign: with probability 1 - 1/pi after a rotation by one radian. */
const agreement = 1 - 1 / Math.PI
const checkOf = (probabilities: readonly number[]) =>
  sampledCounts({
    name: 'one neuron',
    stream: 'counts-test',
    finiteWidth: 'exact',
    cases: () => [
      {
        parameters: { N: 1 },
        request: {
          ensemble,
          level: 'collective',
          observables: [{ kind: 'lattice', field: 'pairOverlap' }],
          networks: 20_000,
        },
        counts: (summary) => {
          const [observable] = summary.observables
          return observable?.kind === 'lattice' ? [...observable.counts] : []
        },
        probabilities: () => probabilities,
        label: (k) => `overlap ${2 * k - 1}`,
      },
    ],
  })
const input = {
  claimed: { sides: [one], relations: [] },
  target: 'printed',
  seed: 3,
  depth: 'standard',
} as unknown as CheckInput
const summaries: readonly ShardSummary[] = checkOf([])
  .simulations(input)
  .map((request) => mergeAll(planShards(request).map((shard) => runShard(shard))))

describe('counts against probabilities', () => {
  test('the right probabilities hold, with the power stated', () => {
    const evidence = checkOf([1 - agreement, agreement]).judge(input, summaries)
    expect(evidence.outcome).toBe('holds')
    expect(evidence.numbers).toMatchObject({ comparisons: 2, networks: 20_000, power: 0.999 })
    // (z of 2e-7 over two tests, and of 0.999) standard errors of a share of 0.68 among 20 000.
    expect(evidence.numbers['smallestDetectable']).toBeCloseTo(
      (5.32 + 3.09) * Math.sqrt((1 - agreement) / agreement / 20_000),
      3,
    )
  })
  test('a probability off by more than that is refuted, with its witness', () => {
    const evidence = checkOf([1 - 1.05 * agreement, 1.05 * agreement]).judge(input, summaries)
    expect(evidence.outcome).toBe('refuted')
    expect(evidence.witness?.right).toMatch(/^\d+\/20000$/)
  })
  test('a simulation that is missing is an error', () => {
    expect(() => checkOf([1 - agreement, agreement]).judge(input, [])).toThrow(DomainError)
  })
  test('what cannot happen must not have happened, and what is no probability is refuted', () => {
    expect(checkOf([0, 1]).judge(input, summaries).outcome).toBe('refuted')
    expect(checkOf([-0.1, 1.1]).judge(input, summaries).outcome).toBe('refuted')
  })
})
