import { describe, expect, test } from 'vitest'
import { call, symbol } from '../../../../src/expression/expression.js'
import type { Field, PairEnsemble } from '../../../../src/network/index.js'
import { twoSampleZTest, zTest } from '../../../../src/statistics/tests.js'
import { layerMeans, pair } from './models.js'
import { expectSameMeans, networks } from './same-means.js'

const floor = 1e-5

const flips = { kind: 'count', count: 2 } as const
const rectified = pair({ activation: 'relu', outputActivation: 'sign', weightVariance: 2 })

describe('weights and pre-activations draw from one law', () => {
  test.each<[string, PairEnsemble, number?]>([
    ['signs', pair()],
    ['signs with noise and biases', pair({ inverseTemperature: 0.8, biasVariance: 0.3 })],
    ['signs with rotated biases', pair({ biasVariance: 0.6, biasPerturbation: 'rotation' })],
    [
      'relu with rotated biases and signs at the end',
      { ...rectified, biasVariance: 0.6, biasPerturbation: 'rotation' },
      0.2,
    ],
    ['relu and a bottleneck', { ...rectified, widths: [9, 7, 2, 8] }, 0.2],
    [
      'relu to the end, rotated differently in each layer',
      {
        ...rectified,
        outputActivation: 'relu',
        perturbation: [{ kind: 'none' }, { kind: 'rotation', eta: 1 }, { kind: 'rotation', eta: 0.3 }],
      },
      0.2,
    ],
    ['relu with noise and flipped inputs', { ...rectified, inverseTemperature: 3, input: { flips } }, 0.2],
    [
      'relu with negatively correlated rows',
      {
        ...rectified,
        weights: { kind: 'gaussian', rowCorrelation: -0.1 },
        perturbation: { kind: 'none' },
        input: { flips },
      },
      0.3,
    ],
    [
      'tanh with rows correlated layer by layer',
      pair({
        activation: 'tanh',
        weights: { kind: 'gaussian', rowCorrelation: [0.1, -0.5, 0.15] },
        weightVariance: 3,
        input: { magnetisation: 0.5, flips: { kind: 'probability', probability: 0.2 } },
      }),
    ],
    ['a formula', pair({ activation: { formula: call('sin', symbol('z')) }, weightVariance: 2 })],
  ])('%s', (_, ensemble, reach = 0.1) => expectSameMeans(ensemble, 'weights', 'preactivations', undefined, reach))

  test('several patterns share their weights', () => {
    const fields: readonly Field[] = [
      'meanPairOverlap',
      { name: 'pairOverlap', inputs: [0, 1] },
      { name: 'referenceOverlap', inputs: [0, 2] },
      { name: 'perturbedOverlap', inputs: [1, 2] },
      { name: 'perturbedMean', inputs: [2] },
    ]
    expectSameMeans({ ...rectified, patterns: 3 }, 'weights', 'preactivations', fields, 0.2)
    expectSameMeans(pair({ patterns: 3, input: { magnetisation: 0.6 } }), 'weights', 'preactivations', fields)
  })
})

describe('rotated biases', () => {
  const eta = 0.6
  // Without weights the fields are the biases alone, whose correlation is sqrt(1 - eta^2).
  const biases = pair({
    activation: 'linear',
    perturbation: { kind: 'rotation', eta },
    weightVariance: 0,
    biasVariance: 2,
    depth: 1,
    widths: [2, 4],
  })
  test.each(['weights', 'preactivations'] as const)('have the correlation of rotated weights at level %s', (level) => {
    const fields = ['pairOverlap', 'perturbedOverlap'] as const
    const [overlap, length] = layerMeans({ ...biases, biasPerturbation: 'rotation' }, level, networks, fields)
    expect(zTest(overlap![1]!, 2 * Math.sqrt(1 - eta * eta)).pValue).toBeGreaterThan(floor)
    expect(zTest(length![1]!, 2).pValue).toBeGreaterThan(floor)
    const [shared] = layerMeans(biases, level, networks, fields)
    expect(zTest(shared![1]!, 2).pValue).toBeGreaterThan(floor)
  })
})

describe('against closed forms at finite width', () => {
  const eta = 0.6
  const rho = Math.sqrt(1 - eta * eta)
  /** The arc-cosine kernels of degree 0 and 1 (Cho and Saul 2009), for fields of variance v. */
  const arcsine = (c: number) => (2 / Math.PI) * Math.asin(c)
  const arcCosine = (c: number, v: number) =>
    (v / (2 * Math.PI)) * (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c)))

  test.each(['weights', 'preactivations'] as const)('the first layers of signs and relus at level %s', (level) => {
    const perturbation = { kind: 'rotation', eta } as const
    const [signs] = layerMeans(pair({ perturbation, depth: 1, widths: [5, 3] }), level, networks, ['pairOverlap'])
    expect(zTest(signs![1]!, arcsine(rho)).pValue).toBeGreaterThan(floor)
    const relu = pair({
      perturbation,
      activation: 'relu',
      depth: 1,
      widths: [5, 3],
      weightVariance: 1.5,
      biasVariance: 0.5,
    })
    const [overlap, square, mean] = layerMeans(relu, level, networks, [
      'pairOverlap',
      'referenceOverlap',
      'perturbedMean',
    ])
    expect(zTest(overlap![1]!, arcCosine((1.5 * rho + 0.5) / 2, 2)).pValue).toBeGreaterThan(floor)
    expect(zTest(square![1]!, 1).pValue).toBeGreaterThan(floor)
    expect(zTest(mean![1]!, Math.sqrt(2 / (2 * Math.PI))).pValue).toBeGreaterThan(floor)
  })

  test('one pass over relu sums is the general sampler: their means agree', () => {
    // A mean among the fields takes the general road.
    const fields: readonly Field[] = ['pairOverlap', 'referenceOverlap', 'perturbedOverlap']
    const deep: PairEnsemble = { ...rectified, depth: 4, widths: [8, 6, 3, 9, 8], biasVariance: 0.1, input: { flips } }
    const fast = layerMeans(deep, 'preactivations', networks, fields)
    const slow = layerMeans(deep, 'preactivations', networks, [...fields, 'referenceMean'])
    for (const [f, column] of fast.entries())
      for (const [l, estimate] of column.entries())
        if (estimate.standardError > 1e-14) expect(twoSampleZTest(estimate, slow[f]![l]!).pValue).toBeGreaterThan(floor)
        else expect(slow[f]![l]!.value).toBeCloseTo(estimate.value, 12)
  })

  test('the weights of a sparse pair: magnetisations and overlaps after one majority of three', () => {
    const [p, m] = [0.15, 0.4]
    const ensemble = pair({
      weights: { kind: 'sparse', inputs: 3, reference: 'plus' },
      perturbation: { kind: 'signFlips', p },
      input: { magnetisation: m },
      depth: 1,
      widths: [9, 25],
    })
    const [reference, perturbed, overlap] = layerMeans(ensemble, 'weights', networks, [
      'referenceMean',
      'perturbedMean',
      'pairOverlap',
    ])
    const majority = (x: number): number => (3 * x - x ** 3) / 2
    expect(zTest(reference![1]!, majority(m)).pValue).toBeGreaterThan(floor)
    expect(zTest(perturbed![1]!, majority(m * (1 - 2 * p))).pValue).toBeGreaterThan(floor)
    // By enumeration of three inputs and three flips.
    let expected = 0
    for (let code = 0; code < 64; code++) {
      const bits = Array.from({ length: 6 }, (_, k) => ((code >> k) & 1 ? 1 : -1))
      const chance = bits.reduce<number>((x, bit, k) => x * (k < 3 ? (1 + bit * m) / 2 : bit > 0 ? 1 - p : p), 1)
      const first = Math.sign(bits[0]! + bits[1]! + bits[2]!)
      const second = Math.sign(bits[0]! * bits[3]! + bits[1]! * bits[4]! + bits[2]! * bits[5]!)
      expected += chance * first * second
    }
    expect(zTest(overlap![1]!, expected).pValue).toBeGreaterThan(floor)
  })

  test('unperturbed copies stay equal at every level, and turned ones stay opposite', () => {
    for (const level of ['weights', 'preactivations', 'collective'] as const) {
      const same = layerMeans(pair({ perturbation: { kind: 'none' } }), level, 50, ['pairOverlap'])[0]!
      for (const { value } of same) expect(value).toBe(1)
      const turned = pair({ perturbation: { kind: 'none' }, input: { flips: { kind: 'overlap', overlap: -1 } } })
      for (const { value } of layerMeans(turned, level, 50, ['pairOverlap'])[0]!) expect(value).toBe(-1)
    }
  })

  test('binary weights that tie: a coin in each network, or one sign for both', () => {
    const tied = pair({ weights: { kind: 'binary' }, perturbation: { kind: 'none' }, depth: 1, widths: [2, 9] })
    for (const level of ['weights', 'collective'] as const) {
      const [random] = layerMeans(tied, level, networks, ['pairOverlap'])
      // Half of all neurons tie, and then their coins agree in half of all cases.
      expect(zTest(random![1]!, 0.5).pValue).toBeGreaterThan(floor)
      for (const zeroSign of ['plus', 'minus'] as const)
        expect(layerMeans({ ...tied, zeroSign }, level, 100, ['pairOverlap'])[0]![1]!.value).toBe(1)
    }
    const [mean] = layerMeans({ ...tied, zeroSign: 'minus' }, 'weights', networks, ['referenceMean'])
    expect(zTest(mean![1]!, -0.5).pValue).toBeGreaterThan(floor)
  })
})

describe('the comparison would notice', () => {
  test.each<[string, PairEnsemble]>([
    ['a rotation 10 % off', pair({ perturbation: { kind: 'rotation', eta: 0.44 } })],
    [
      'normal fields of binarised weights',
      pair({ perturbation: { kind: 'binarisation' }, fields: 'gaussian', widths: 3 }),
    ],
  ])('%s', (_, wrong) => {
    const honest: PairEnsemble =
      wrong.fields === 'gaussian' ? pair({ perturbation: { kind: 'binarisation' }, widths: 3 }) : pair()
    const right = layerMeans(honest, 'weights', networks, ['pairOverlap'])[0]![1]!
    const other = layerMeans(wrong, 'preactivations', networks, ['pairOverlap'])[0]![1]!
    expect(twoSampleZTest(right, other).pValue).toBeLessThan(floor)
  })
})
