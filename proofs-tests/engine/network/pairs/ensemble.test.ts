import { describe, expect, test } from 'vitest'
import { readExactJson, writeExactJson } from '../../../../src/cli/exact-json.js'
import { DomainError, LimitError } from '../../../../src/expression/errors.js'
import {
  type Level,
  mergeAll,
  type PairEnsemble,
  planShards,
  runShard,
  type SimulationRequest,
  validateRequest,
} from '../../../../src/network/index.js'
import { pair } from './models.js'

const request = (
  changes: Partial<PairEnsemble>,
  level: Level = 'weights',
  more: Partial<SimulationRequest> = {},
): SimulationRequest => ({
  ensemble: pair(changes),
  level,
  observables: [{ kind: 'layers', field: 'pairOverlap' }],
  networks: 10,
  stream: 'pairs',
  seed: 1,
  ...more,
})

describe('bad ensembles are refused, with the reason', () => {
  test.each<[string, Partial<PairEnsemble>, RegExp]>([
    [
      'eta beyond 1',
      { perturbation: { kind: 'rotation', eta: 1.1 } },
      /eta of layer 1 is 1.1: give a number from 0 to 1/,
    ],
    [
      'biases rotated and weights diluted',
      { perturbation: { kind: 'dilution', p: 0.1 }, biasPerturbation: 'rotation' },
      /biases are rotated as the weights are, and those of layer 1 undergo dilution/,
    ],
    ['biases diluted', { biasPerturbation: 'dilution' as never }, /biasPerturbation is 'dilution': take one of none/],
    ['p below 0', { perturbation: { kind: 'signFlips', p: -0.1 } }, /p of layer 1 is -0.1/],
    ['p not a number', { perturbation: { kind: 'dilution', p: Number.NaN } }, /p of layer 1 is NaN/],
    ['nothing left', { perturbation: { kind: 'dilution', p: 1 } }, /1\/sqrt\(1 - p\) is not defined/],
    ['an unknown perturbation', { perturbation: { kind: 'shear' } as never }, /'shear' of layer 1 is not known/],
    ['a perturbation short', { perturbation: [{ kind: 'none' }] }, /1 perturbations for 3 layers/],
    [
      'binary weights binarised',
      { weights: { kind: 'binary' }, perturbation: { kind: 'binarisation' } },
      /changes nothing/,
    ],
    [
      'sparse weights rotated',
      { weights: { kind: 'sparse', inputs: 3, reference: 'plus' } },
      /rotation of layer 1 of sparse/,
    ],
    [
      'an even majority',
      { weights: { kind: 'sparse', inputs: 4, reference: 'plus' }, perturbation: { kind: 'none' } },
      /give an odd number/,
    ],
    [
      'more inputs than neurons',
      { weights: { kind: 'sparse', inputs: 7, reference: 'plus' }, perturbation: { kind: 'none' } },
      /layer 2 has 5 neurons/,
    ],
    [
      'an indefinite covariance',
      { weights: { kind: 'gaussian', rowCorrelation: 0.2 } },
      /eigenvalue 1 - c N = -0.4.*c < 1\/N = 0.14/,
    ],
    [
      'a singular covariance',
      { weights: { kind: 'gaussian', rowCorrelation: [0, 0, 0.2] } },
      /layer 3.*positive definite/,
    ],
    ['a correlation short', { weights: { kind: 'gaussian', rowCorrelation: [0] } }, /1 row correlations for 3 layers/],
    ['unknown weights', { weights: { kind: 'cauchy' } as never }, /'cauchy' are not known/],
    [
      'unknown sparse weights',
      { weights: { kind: 'sparse', inputs: 3, reference: 'ones' as never }, perturbation: { kind: 'none' } },
      /'ones' are not known/,
    ],
    ['a width of nothing', { widths: [7, 0, 5, 8] }, /N\^1 is 0/],
    ['a width short', { widths: [7, 9, 5] }, /give 4 \(N\^0 to N\^3\)/],
    ['no depth', { depth: 0 }, /depth is 0/],
    ['a negative variance', { weightVariance: -1 }, /weight variance is -1/],
    ['a negative bias variance', { biasVariance: -1 }, /bias variance is -1/],
    ['an overlap beyond 1', { input: { flips: { kind: 'overlap', overlap: 1.5 } } }, /lies from -1 to 1/],
    [
      'an overlap off the lattice',
      { input: { flips: { kind: 'overlap', overlap: 0.5 } } },
      /7 neurons do not have.*steps of 2\/7/,
    ],
    ['too many flips', { input: { flips: { kind: 'count', count: 8 } } }, /from 0 to 7/],
    [
      'a flipping probability beyond 1',
      { input: { flips: { kind: 'probability', probability: 2 } } },
      /is 2: give a number/,
    ],
    ['unknown flips', { input: { flips: { kind: 'some' } as never } }, /'some' is not known/],
    ['a magnetisation beyond 1', { input: { magnetisation: 2 } }, /magnetisation is 2/],
    ['half a pattern', { patterns: 0.5 }, /0.5 patterns/],
    ['no temperature', { inverseTemperature: 0 }, /inverse temperature is 0/],
    ['an unknown sign of zero', { zeroSign: 'up' as never }, /take one of random, plus, minus/],
    ['an unknown activation', { activation: 'softmax' as never }, /'softmax' is not known/],
    ['an unknown output', { outputActivation: 'softmax' as never }, /'softmax' is not known/],
  ])('%s', (_, changes, message) => {
    expect(() => validateRequest(request(changes))).toThrow(DomainError)
    expect(() => validateRequest(request(changes))).toThrow(message)
  })
})

describe('levels refuse what they would not draw from its own law', () => {
  const diluted = { perturbation: { kind: 'dilution', p: 0.5 } } as const
  test.each<[string, Partial<PairEnsemble>, Level, RegExp]>([
    ['normal fields from weights', { fields: 'gaussian' }, 'weights', /leave out fields/],
    [
      'dilution by normal fields',
      diluted,
      'preactivations',
      /normal in the limit N -> infinity alone.*fields: 'gaussian'/,
    ],
    ['binary weights by normal fields', { weights: { kind: 'binary' } }, 'preactivations', /limit N -> infinity/],
    [
      'sparse layers',
      { weights: { kind: 'sparse', inputs: 3, reference: 'random' }, perturbation: { kind: 'none' } },
      'preactivations',
      /take another level/,
    ],
    [
      'biased sparse layers by overlaps',
      { weights: { kind: 'sparse', inputs: 3, reference: 'random' }, perturbation: { kind: 'none' }, biasVariance: 1 },
      'collective',
      /without biases/,
    ],
    ['relus by overlaps', { activation: 'relu' }, 'collective', /layer 1 has another activation/],
    ['tanh outputs by overlaps', { outputActivation: 'tanh' }, 'collective', /layer 3 has another activation/],
    ['several patterns by overlaps', { patterns: 2 }, 'collective', /takes one pattern/],
    ['noise on diluted weights', { ...diluted, inverseTemperature: 2 }, 'collective', /thermal noise/],
    [
      'noise on correlated rows',
      { weights: { kind: 'gaussian', rowCorrelation: -1 }, inverseTemperature: 2 },
      'collective',
      /without thermal noise/,
    ],
  ])('%s', (_, changes, level, message) => {
    expect(() => validateRequest(request(changes, level))).toThrow(DomainError)
    expect(() => validateRequest(request(changes, level))).toThrow(message)
  })

  test('a network that would take minutes', () => {
    expect(() => validateRequest(request({ widths: 1_000_000 }))).toThrow(LimitError)
  })

  test('fields and observables that are not there', () => {
    const observe =
      (observables: SimulationRequest['observables'], changes: Partial<PairEnsemble> = {}, level: Level = 'weights') =>
      () =>
        validateRequest(request(changes, level, { observables }))
    expect(observe([{ kind: 'layers', field: 'norm' }])).toThrow(/does not observe the field 'norm'/)
    expect(observe([{ kind: 'layers', field: { name: 'pairOverlap', inputs: [0] } }])).toThrow(/needs 2 inputs, not 1/)
    expect(observe([{ kind: 'layers', field: { name: 'perturbedMean', inputs: [1] } }])).toThrow(/asks for input 1/)
    expect(observe([{ kind: 'layers', field: 'pairOverlap', layers: [4] }])).toThrow(/from 0 to 3/)
    expect(observe([{ kind: 'lattice', field: 'pairOverlap' }], { activation: 'tanh' })).toThrow(/lies on no lattice/)
    expect(observe([{ kind: 'lattice', field: 'pairOverlap', layer: 5 }])).toThrow(/layer 5/)
    expect(
      observe([{ kind: 'conditional', field: 'pairOverlap', given: 'pairOverlap' }], { activation: 'relu' }),
    ).toThrow(/no lattice/)
    expect(observe([{ kind: 'histogram', field: 'pairOverlap', from: 1, to: 0, bins: 3 }])).toThrow(/the smaller first/)
    expect(observe([{ kind: 'histogram', field: 'pairOverlap', from: 0, to: 1, bins: 0 }])).toThrow(/0 bins/)
    const ties = { weights: { kind: 'binary' }, perturbation: { kind: 'none' }, zeroSign: 'plus' } as const
    expect(observe([{ kind: 'layers', field: 'referenceMean' }], ties, 'collective')).toThrow(/overlaps alone/)
  })
})

describe('the shared machinery', () => {
  const observables = [
    { kind: 'layers', field: 'pairOverlap' },
    { kind: 'lattice', field: 'pairOverlap', layer: 2 },
    { kind: 'histogram', field: 'pairOverlap', from: -0.5, to: 0.5, bins: 4 },
    { kind: 'samples', field: 'perturbedMean', count: 3 },
  ] as const satisfies SimulationRequest['observables']
  const shards = planShards(request({}, 'preactivations', { observables, networks: 100, networksPerShard: 30 }))

  test('a request and its summaries are plain data; shards merge in any order to the same bytes', () => {
    const summaries = shards.map((shard) => runShard(readExactJson(writeExactJson(shard)) as typeof shard))
    const merged = mergeAll(summaries)
    expect(writeExactJson(mergeAll([...summaries].reverse()))).toBe(writeExactJson(merged))
    expect(readExactJson(writeExactJson(merged))).toStrictEqual(merged)
    expect(merged.networks).toBe(100)
  })

  test('counts are of every network, in the bin and on the point where the value lies', () => {
    const [layers, lattice, histogram, samples] = mergeAll(shards.map((shard) => runShard(shard))).observables
    if (
      layers?.kind !== 'layers' ||
      lattice?.kind !== 'lattice' ||
      histogram?.kind !== 'histogram' ||
      samples?.kind !== 'samples'
    )
      throw new Error('summaries stand in the order of the observables')
    expect(lattice.counts).toHaveLength(6)
    expect(lattice.counts.reduce((a, b) => a + b)).toBe(100)
    expect(histogram.counts.reduce((a, b) => a + b)).toBe(100)
    const mean = lattice.counts.reduce((sum, count, k) => sum + count * ((2 * k) / 5 - 1), 0) / 100
    expect(mean).toBeCloseTo(layers.table.mean[2]!, 12)
    expect(samples.trajectories).toHaveLength(3)
    expect(samples.trajectories[0]).toHaveLength(4)
  })

  test('several patterns have a finer lattice', () => {
    const several = request({ patterns: 3 }, 'preactivations', {
      observables: [{ kind: 'lattice', field: 'meanPairOverlap' }],
    })
    const [summary] = mergeAll(planShards(several).map((shard) => runShard(shard))).observables
    expect(summary?.kind === 'lattice' && summary.counts.length).toBe(25)
  })
})
