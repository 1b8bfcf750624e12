import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { power, symbol } from '../../../src/expression/expression.js'
import { type FeedForwardEnsemble, validateEnsemble } from '../../../src/network/ensemble.js'
import type { Field, Level } from '../../../src/network/fields.js'
import { mergeAll, runShard } from '../../../src/network/run-shard.js'
import { planShards, type SimulationRequest } from '../../../src/network/shards.js'
import type { SpecialInput } from '../../../src/network/special-input.js'

const beta21: SpecialInput = { weight: { kind: 'beta', alpha: 2, beta: 1 } }
const correlated = (rowCorrelation: number) => ({ covariance: { kind: 'correlated', rowCorrelation } }) as const

/** Small and few layers, so that finite-width effects are large. */
const ensemble = (changes: Partial<FeedForwardEnsemble>): FeedForwardEnsemble => ({
  kind: 'feed-forward',
  activation: 'relu',
  widths: [5, 4, 6, 3],
  depth: 4,
  weightVariance: 1.3,
  biasVariance: 0.3,
  input: { kind: 'explicit', vectors: [[1, -0.5, 2], [0.2, 1.5, 1]] }, // biome-ignore format: vectors
  ...changes,
})

/** Whole trajectories of fields: for each field, for each network. */
function samples(network: FeedForwardEnsemble, level: Level, fields: readonly Field[], count: number) {
  const observables = fields.map((field) => ({ kind: 'samples', field, count }) as const)
  const shards = planShards({ ensemble: network, level, observables, networks: count, stream: 'samples', seed: 1 })
  return mergeAll(shards.map((shard) => runShard(shard))).observables.map((summary) =>
    summary.kind === 'samples' ? summary.trajectories : [],
  )
}

/** Their values at the last layer. */
const values = (network: FeedForwardEnsemble, level: Level, fields: readonly Field[], count: number) =>
  samples(network, level, fields, count).map((networks) => networks.map((layers) => layers.at(-1)!))

describe('fields of all inputs', () => {
  const several = ensemble({ rows: correlated(100), input: { kind: 'normal', count: 3 } })
  const one = (names: readonly Field[]) => values(several, 'preactivations', names, 5)

  test('are the means of those of one input and of pairs', () => {
    const [length, l0, l1, l2] = one([
      'meanLength',
      ...[0, 1, 2].map((i) => ({ name: 'overlap' as const, inputs: [i, i] })),
    ])
    const pairs = [[0, 1], [0, 2], [1, 2]] // biome-ignore format: pairs
    const [correlation, c0, c1, c2] = one([
      'meanCorrelation',
      ...pairs.map((inputs) => ({ name: 'correlation' as const, inputs })),
    ])
    const [overlap, o0, o1, o2] = one(['meanOverlap', ...pairs.map((inputs) => ({ name: 'overlap' as const, inputs }))])
    const [dead, p0, p1, p2] = one([
      'deadFraction',
      ...[0, 1, 2].map((i) => ({ name: 'positiveCount' as const, inputs: [i] })),
    ])
    for (let k = 0; k < 5; k++) {
      expect(length![k]).toBeCloseTo((l0![k]! + l1![k]! + l2![k]!) / 3, 12)
      expect(correlation![k]).toBeCloseTo((c0![k]! + c1![k]! + c2![k]!) / 3, 12)
      expect(overlap![k]).toBeCloseTo((o0![k]! + o1![k]! + o2![k]!) / 3, 12)
      expect(dead![k]).toBeCloseTo(1 - (p0![k]! + p1![k]! + p2![k]!) / 9, 12)
      expect(c0![k]).toBeCloseTo(o0![k]! / Math.sqrt(l0![k]! * l1![k]!), 12)
    }
  })

  test('logarithms of growth add up to the change of the length, and multiples of one input separate as they grow', () => {
    const rays = ensemble({ biasVariance: 0, widths: 30, input: { kind: 'explicit', vectors: [[1, 2], [3, 6]] } }) // biome-ignore format: vectors
    const fields = ['logGrowth', 'logSeparation', { name: 'overlap', inputs: [0, 0] }] as const
    const [growth, separation, length] = samples(rays, 'preactivations', fields, 3)
    for (let network = 0; network < 3; network++) {
      const [g, q] = [growth![network]!, length![network]!]
      expect(g[0]).toBe(0)
      for (let l = 1; l < 4; l++) {
        expect(g[l]).toBeCloseTo(Math.log(q[l]! / q[l - 1]!), 9)
        expect(separation![network]![l]).toBeCloseTo(g[l]!, 9)
      }
    }
  })

  test('without biases a neuron is silent for all multiples of one input or for none', () => {
    const rays = ensemble({ biasVariance: 0, input: { kind: 'explicit', vectors: [[1, 2], [2, 4], [0.5, 1]] } }) // biome-ignore format: vectors
    const [silent, dead] = values(rays, 'weights', ['silentFraction', 'deadFraction'], 200)
    expect(silent).toEqual(dead)
  })

  test('multiples of one input spread each neuron in proportion to its mean', () => {
    const rays = ensemble({ biasVariance: 0, widths: 40, depth: 1, input: { kind: 'explicit', vectors: [[1, 2], [2, 4], [6, 12]] } }) // biome-ignore format: vectors
    for (const x of values(rays, 'preactivations', ['spreadCorrelation'], 20)[0]!) expect(x).toBeCloseTo(1, 9)
    const [means, deviations] = (['nodeMean', 'nodeDeviation'] as const).map(
      (name) => samples(rays, 'preactivations', [{ name, layer: 0 }], 1)[0]![0]!,
    )
    expect(means).toHaveLength(40)
    // Means 3, deviations sqrt(7), in units of the first input's field.
    for (const [k, mean] of means!.entries()) expect(deviations![k]).toBeCloseTo((Math.abs(mean) * Math.sqrt(7)) / 3, 9)
  })
})

describe('sharding and seeds', () => {
  const request: SimulationRequest = {
    ensemble: ensemble({ special: beta21, rows: correlated(100), input: { kind: 'normal', count: 3 } }),
    level: 'preactivations',
    observables: [
      { kind: 'layers', field: 'meanCorrelation' },
      { kind: 'samples', field: { name: 'nodeMean', layer: 1 }, count: 3 },
    ],
    networks: 20,
    networksPerShard: 3,
    stream: 'rows',
    seed: 4,
  }
  const run = (of: SimulationRequest, reverse = false) => {
    const summaries = [...planShards(of)]
      .sort((a, b) => (reverse ? b.shard - a.shard : 0))
      .map((shard) => runShard(structuredClone(shard)))
    return JSON.stringify(mergeAll(summaries))
  }

  test('the seed replays, and the order of shards changes nothing', () => {
    expect(run(request)).toBe(run(request, true))
    expect(run({ ...request, seed: 5 })).not.toBe(run(request))
  })

  test.each<[Level, Partial<FeedForwardEnsemble>]>([
    ['weights', { rows: correlated(100) }],
    ['preactivations', { rows: correlated(100) }],
    ['weights', { special: beta21 }],
    ['preactivations', { special: beta21 }],
    ['weights', { special: beta21, rows: { ...correlated(3), bias: 'among' } }],
    ['preactivations', { special: beta21, rows: { ...correlated(3), bias: 'among' } }],
    ['preactivations', { special: { weight: { kind: 'beta', alpha: 0.5, beta: 2.5 } } }],
    ['preactivations', { input: { kind: 'normal', count: 3, correlation: 0.5 } }],
  ])('%s draws what it drew when it was released %#', (level, changes) => {
    const observables = [
      { kind: 'samples', field: 'meanLength', count: 2 },
      { kind: 'layers', field: 'meanCorrelation', layers: [0, 3] },
    ] as const
    expect(
      JSON.parse(run({ ...request, level, observables, ensemble: ensemble(changes), networks: 4 })),
    ).toMatchSnapshot()
  })
})

describe('what does not exist is refused', () => {
  test.each<[Partial<FeedForwardEnsemble>, RegExp]>([
    [{ rows: correlated(-1) }, /row correlation k is -1: .*eigenvalue 1\/\(1\+k\).*positive definite for k > -1 alone/],
    [{ rows: correlated(Number.NaN) }, /k is NaN/],
    [{ rows: { covariance: { kind: 'exchangeable', identity: 1, ones: -1.5 } } }, /eigenvalues 1 and -0.5/],
    [{ rows: { covariance: { kind: 'exchangeable', identity: -1, ones: 2 } } }, /eigenvalues -1 and 1/],
    [{ special: { weight: { kind: 'beta', alpha: 0, beta: 1 } } }, /Beta\(0, 1\) variable does not exist/],
    [{ special: { weight: { kind: 'beta', alpha: 2, beta: -1 } } }, /both parameters are positive and finite/],
    [{ special: { weight: { kind: 'discrete', values: [1], probabilities: [0.5] } } }, /add up to 1/],
    [{ special: { weight: { kind: 'discrete', values: [], probabilities: [] } } }, /0 values/],
    [{ special: { weight: { kind: 'quantile', formula: power(symbol('p'), -1) } } }, /never falls/],
    [{ special: { weight: { kind: 'quantile', formula: symbol('x') } } }, /symbol 'x'/],
    [{ input: { kind: 'normal', count: 0 } }, /0 inputs/],
    [{ input: { kind: 'normal', count: 2, variance: -1 } }, /inputs' variance is -1/],
    [{ input: { kind: 'normal', count: 2, correlation: 1.1 } }, /correlation is 1.1: give a number from 0 to 1/],
  ])('refusal %#', (changes, message) => {
    expect(() => validateEnsemble(ensemble(changes))).toThrow(message)
    expect(() => validateEnsemble(ensemble(changes))).toThrow(DomainError)
  })

  const plan = (changes: Partial<SimulationRequest>) => () =>
    planShards({
      ensemble: ensemble({ rows: correlated(1) }),
      level: 'preactivations',
      observables: [{ kind: 'layers', field: 'meanLength' }],
      networks: 1,
      stream: 's',
      seed: 1,
      ...changes,
    })
  test('the collective level, and fields that need more', () => {
    const single = { kind: 'normalised', squaredNorm: 1 } as const
    expect(
      plan({
        level: 'collective',
        ensemble: ensemble({ rows: correlated(1), input: single }),
        observables: [{ kind: 'layers', field: 'norm' }],
      }),
    ).toThrow(/independent normal weights/)
    expect(
      plan({ ensemble: ensemble({ input: single }), observables: [{ kind: 'layers', field: 'meanCorrelation' }] }),
    ).toThrow(/compares inputs/)
    expect(plan({ observables: [{ kind: 'layers', field: 'nodeMean' }] })).toThrow(/number for each neuron/)
    expect(plan({ observables: [{ kind: 'samples', field: { name: 'nodeMean', layer: 9 }, count: 1 }] })).toThrow(
      /layer 9/,
    )
  })

  test('a correlation of inputs that vanished', () => {
    const nothing = ensemble({ biasVariance: 0, input: { kind: 'explicit', vectors: [[0, 0], [1, 1]] } }) // biome-ignore format: vectors
    const [shard] = plan({ ensemble: nothing, observables: [{ kind: 'layers', field: 'meanCorrelation' }] })()
    expect(() => runShard(shard!)).toThrow(/does not exist at layer 0.*length zero/)
  })
})
