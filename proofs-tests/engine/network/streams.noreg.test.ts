import { describe, expect, test } from 'vitest'
import type { FeedForwardEnsemble } from '../../../src/network/ensemble.js'
import type { Level } from '../../../src/network/fields.js'
import { instantiateKernels } from '../../../src/network/kernels/kernels.js'
import { mergeAll, runShard } from '../../../src/network/run-shard.js'
import { planShards } from '../../../src/network/shards.js'
import { startStream, streamState } from '../../../src/network/stream.js'

/** What streams and levels gave when they were released. A change here changes every published number: majors only. */
const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)

describe('streams', () => {
  const state = streamState({ seed: 1, name: 'noreg', shard: 0 })
  const kernels = instantiateKernels()
  const fresh = () => {
    startStream(kernels, state)
    return kernels
  }
  test('state', () => expect(state).toMatchSnapshot())
  test('words', () => {
    fresh()
    expect(take(8, () => BigInt.asUintN(64, kernels.nextWord()))).toMatchSnapshot()
  })
  test.each<[string, () => number]>([
    ['uniforms', () => kernels.nextUniform()],
    ['normals', () => kernels.nextNormal()],
    ['gammas of shape 0.5', () => kernels.nextGamma(0.5)],
    ['chi-squares of 200 degrees', () => kernels.nextChiSquare(200)],
    ['binomials of 200 fair coins', () => kernels.nextBinomial(200, 0.5)],
    ['binomials of 10000 at 0.3', () => kernels.nextBinomial(10_000, 0.3)],
    ['binomials of 20 at 0.1', () => kernels.nextBinomial(20, 0.1)],
  ])('%s', (_, draw) => {
    fresh()
    const first = take(8, draw)
    // And far along, so that rare branches have been taken.
    take(100_000, draw)
    expect([first, take(4, draw)]).toMatchSnapshot()
  })
})

describe('levels', () => {
  const input = { kind: 'explicit', vectors: [[1, 2, 3], [0, -1, 1]] } as const // biome-ignore format: vectors
  const base: FeedForwardEnsemble = {
    kind: 'feed-forward',
    activation: 'linear',
    widths: 6,
    depth: 8,
    weightVariance: 0.8,
    biasVariance: 0.1,
    input: { kind: 'normalised', squaredNorm: 6 },
  }
  test.each<[Level, FeedForwardEnsemble]>([
    ['weights', base],
    ['preactivations', base],
    ['collective', base],
    ['weights', { ...base, activation: 'tanh' }],
    ['preactivations', { ...base, activation: 'tanh' }],
    ['weights', { ...base, activation: 'relu' }],
    ['preactivations', { ...base, activation: 'relu' }],
    ['collective', { ...base, activation: 'relu' }],
    ['weights', { ...base, activation: 'sign', input }],
    ['preactivations', { ...base, activation: 'sign', input }],
  ])('%s %#', (level, ensemble) => {
    const shards = planShards({
      ensemble,
      level,
      observables: [
        { kind: 'samples', field: 'norm', count: 2 },
        { kind: 'layers', field: 'norm', layers: [0, 7] },
      ],
      networks: 6,
      networksPerShard: 4,
      stream: 'noreg',
      seed: 1,
    })
    expect(mergeAll(shards.map((shard) => runShard(shard)))).toMatchSnapshot()
  })
})
