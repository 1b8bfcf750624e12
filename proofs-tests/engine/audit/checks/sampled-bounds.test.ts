import { describe, expect, test } from 'vitest'
import { type Bound, sampledBounds } from '../../../../src/audit/checks/sampled-bounds.js'
import type { CheckInput } from '../../../../src/audit/derivation.js'
import { DomainError } from '../../../../src/expression/errors.js'
import { one } from '../../../../src/expression/expression.js'
import {
  columnOf,
  type FeedForwardEnsemble,
  mergeAll,
  planShards,
  runShard,
  type ShardSummary,
} from '../../../../src/network/index.js'
import { meanEstimate } from '../../../../src/statistics/index.js'

const ensemble: FeedForwardEnsemble = {
  kind: 'feed-forward',
  activation: 'linear',
  widths: 20,
  depth: 1,
  weightVariance: 0.75,
  biasVariance: 0.25,
  input: { kind: 'normal', count: 2 },
}
/** The expectation of the length is one; over 400 networks it is known to about 1.7 %. */
const checkOf = (...bounds: readonly Bound[]) =>
  sampledBounds({
    name: 'one layer',
    stream: 'bounds-test',
    finiteWidth: 'exact',
    cases: () => [
      {
        parameters: { N: 20 },
        request: {
          ensemble,
          level: 'preactivations',
          observables: [{ kind: 'layers', field: 'meanLength' }],
          networks: 400,
        },
        measured: (summary) => {
          const [observable] = summary.observables
          if (observable?.kind !== 'layers') throw new TypeError('layers were observed')
          const estimate = meanEstimate(columnOf(observable.table, 0))
          return bounds.map(() => estimate)
        },
        bounds: () => bounds,
        label: () => 'the length',
      },
    ],
  })
const input = {
  claimed: { sides: [one], relations: [] },
  target: 'printed',
  seed: 3,
  depth: 'standard',
} as unknown as CheckInput
const summaries: readonly ShardSummary[] = checkOf({})
  .simulations(input)
  .map((request) => mergeAll(planShards(request).map((shard) => runShard(shard))))

describe('bounds on expectations', () => {
  test.each<[string, readonly Bound[], string]>([
    ['well inside', [{ least: 0.8, most: 1.2 }], 'holds'],
    ['open at one end', [{ least: 0.8 }, { most: 1.2 }], 'holds'],
    ['at the bound itself', [{ least: 1 }], 'undecided'],
    ['outside', [{ least: 1.2 }], 'refuted'],
    ['one inside, one outside', [{ most: 1.2 }, { most: 0.8 }], 'refuted'],
    ['nothing asked', [], 'undecided'],
  ])('%s: %j is %s', (_, bounds, outcome) => {
    expect(checkOf(...bounds).judge(input, summaries).outcome).toBe(outcome)
  })

  test('a refutation has the bound and the measured number for witness, what holds states its power', () => {
    const { witness } = checkOf({ least: 1.2 }).judge(input, summaries)
    expect(witness).toMatchObject({
      at: { N: '20' },
      left: 'at least 1.2',
      right: expect.stringMatching(/^[01]\.\d+ ±/),
    })
    const { numbers, summary } = checkOf({ least: 0.8, most: 1.2 }).judge(input, summaries)
    expect(numbers).toMatchObject({ comparisons: 1, networks: 400, power: 0.999 })
    expect(numbers['largestDetectable']).toBeLessThan(0.2)
    expect(summary).toContain('from 0.8 to 1.2')
  })

  test('a simulation that is missing is an error', () => {
    expect(() => checkOf({ least: 0 }).judge(input, [])).toThrow(DomainError)
  })
})
