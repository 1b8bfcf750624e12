import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError, LimitError } from '../../../src/expression/errors.js'
import type { FeedForwardEnsemble } from '../../../src/network/ensemble.js'
import { mergeAll, mergeSummaries, runShard, SimulationStopped } from '../../../src/network/run-shard.js'
import { planShards, type SimulationRequest } from '../../../src/network/shards.js'

const ensemble: FeedForwardEnsemble = {
  kind: 'feed-forward',
  activation: 'relu',
  widths: 20,
  depth: 24,
  weightVariance: 1.2,
  biasVariance: 0.1,
  input: { kind: 'normalised', squaredNorm: 20 },
}
const request: SimulationRequest = {
  ensemble,
  level: 'collective',
  observables: [
    { kind: 'layers', field: 'norm', layers: [0, 5, 23] },
    { kind: 'windowMean', field: 'positiveNorm', last: 16 },
    { kind: 'modePower', fields: ['positiveNorm', 'negativeNorm', 'positiveCount'], references: [1, 1, 10], last: 16 },
    { kind: 'autocovariance', field: 'norm', reference: 1, last: 16, lags: [0, 3] },
    { kind: 'samples', field: 'negativeNorm', count: 9 },
    { kind: 'modeHistogram', field: 'norm', reference: 1, last: 16, modes: [1, 8], halfRange: 1, bins: 10 },
  ],
  networks: 43,
  networksPerShard: 5,
  stream: 'shards',
  seed: 11,
}
const bytes = (value: unknown): string => JSON.stringify(value)
const whole = bytes(mergeAll(planShards(request).map((shard) => runShard(shard))))

describe('sharding changes nothing', () => {
  const shards = planShards(request)

  test('43 networks in shards of 5', () => {
    expect(shards.map(({ networks }) => networks)).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 3])
    expect(shards.map(({ firstNetwork }) => firstNetwork)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40])
  })

  test('shards run in any order, by way of a structured clone, merge to the same bytes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...shards], { minLength: shards.length }), (order) => {
        const summaries = order.map((shard) => structuredClone(runShard(structuredClone(shard))))
        expect(bytes(mergeAll(summaries))).toBe(whole)
      }),
      { numRuns: 12 },
    )
  })

  test('shards run side by side, a network of each in turn, merge to the same bytes', () => {
    // Each shard runs inside another's progress callback: any shared state would show.
    const nested = (k: number): ReturnType<typeof runShard>[] => {
      const shard = shards[k]
      if (shard === undefined) return []
      let inner: ReturnType<typeof runShard>[] | null = null
      const own = runShard(shard, { onProgress: () => (inner ??= nested(k + 1)) })
      return [own, ...(inner ?? [])]
    }
    expect(bytes(mergeAll(nested(0)))).toBe(whole)
  })

  test('another seed and another stream name give other numbers', () => {
    for (const other of [{ seed: 12 }, { stream: 'other' }])
      expect(bytes(mergeAll(planShards({ ...request, ...other }).map((shard) => runShard(shard))))).not.toBe(whole)
  })

  test('the plan depends on the request alone and covers every network once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
        (networks, size) => {
          const wanted = { ...request, networks, ...(size === undefined ? {} : { networksPerShard: size }) }
          const plan = planShards(wanted)
          expect(plan).toEqual(planShards(wanted))
          let next = 0
          for (const [k, shard] of plan.entries()) {
            expect([shard.shard, shard.firstNetwork]).toEqual([k, next])
            next += shard.networks
          }
          expect(next).toBe(networks)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('following and stopping', () => {
  const shard = planShards({ ...request, networks: 100, networksPerShard: 100 })[0]!

  test('progress rises from 0 to the number of networks', () => {
    const seen: number[] = []
    runShard(shard, { onProgress: (done, total) => seen.push(done / total) })
    expect(seen[0]).toBe(0)
    expect(seen.at(-1)).toBe(1)
    expect(seen.length).toBeGreaterThan(10)
    expect([...seen].sort((a, b) => a - b)).toEqual(seen)
  })

  test('a shard stops between batches', () => {
    let asked = 0
    expect(() => runShard(shard, { shouldStop: () => ++asked > 3 })).toThrow(SimulationStopped)
    expect(asked).toBe(4)
  })
})

describe('what cannot be merged or planned is refused', () => {
  const summaries = planShards(request).map((shard) => runShard(shard))
  test('shards out of order, missing, twice or none', () => {
    expect(() => mergeSummaries(summaries[0]!, summaries[2]!)).toThrow(/followed by shard 1, not 2/)
    expect(() => mergeAll([summaries[0]!, summaries[0]!])).toThrow(DomainError)
    expect(() => mergeAll([])).toThrow(DomainError)
  })
  test('summaries of different observables', () => {
    const other = runShard(planShards({ ...request, observables: [request.observables[1]!] })[1]!)
    expect(() => mergeSummaries(summaries[0]!, other)).toThrow(DomainError)
  })
  test.each<[string, Partial<SimulationRequest>, RegExp]>([
    ['no networks', { networks: 0 }, /0 networks/],
    ['half a network', { networks: 1.5 }, /1.5 networks/],
    ['shards of none', { networksPerShard: 0 }, /0 networks a shard/],
    ['nothing observed', { observables: [] }, /nothing is observed/],
    ['tanh collectively', { ensemble: { ...ensemble, activation: 'tanh' } }, /'preactivations'/],
    ['a window too long', { observables: [{ kind: 'windowMean', field: 'norm', last: 25 }] }, /give 1 to 24/],
    [
      'a window that is no power of two',
      { observables: [{ kind: 'modePower', fields: ['norm'], last: 20 }] },
      /power of two/,
    ],
    ['a layer that is not there', { observables: [{ kind: 'layers', field: 'norm', layers: [24] }] }, /layer 24/],
    [
      'a lag too long',
      { observables: [{ kind: 'autocovariance', field: 'norm', reference: 0, last: 4, lags: [4] }] },
      /lag 4/,
    ],
    [
      'an input that is not there',
      { observables: [{ kind: 'windowMean', field: { name: 'norm', inputs: [1] }, last: 4 }] },
      /input 1/,
    ],
    [
      'an overlap of one input',
      { level: 'weights', observables: [{ kind: 'windowMean', field: 'overlap', last: 4 }] },
      /input 1/,
    ],
    [
      'a NaN reference',
      { observables: [{ kind: 'modePower', fields: ['norm'], references: [Number.NaN], last: 8 }] },
      /NaN/,
    ],
  ])('%s', (_, change, message) => {
    expect(() => planShards({ ...request, ...change })).toThrow(message)
    expect(() => planShards({ ...request, ...change })).toThrow(DomainError)
  })
  test('a network that would take hours', () => {
    const huge = { ...request, level: 'weights' as const, ensemble: { ...ensemble, widths: 1_000_000 } }
    expect(() => planShards(huge)).toThrow(LimitError)
    const vectors = Array.from({ length: 3 }, () => [1])
    const many = { ...ensemble, widths: 10_000_000, depth: 16, input: { kind: 'explicit', vectors } } as const
    const observables = [{ kind: 'windowMean', field: 'norm', last: 2 }] as const
    expect(() => planShards({ ...request, level: 'preactivations', ensemble: many, observables })).toThrow(
      /fewer inputs/,
    )
  })
  test('an ensemble that blows up', () => {
    const wild = { ...ensemble, activation: 'linear' as const, weightVariance: 1e9, depth: 200 }
    for (const level of ['weights', 'preactivations', 'collective'] as const) {
      const plan = planShards({
        ...request,
        level,
        ensemble: wild,
        networks: 1,
        observables: [{ kind: 'layers', field: 'norm' }],
      })
      expect(() => runShard(plan[0]!), level).toThrow(/not (a finite number|finite numbers)/)
    }
  })
})
