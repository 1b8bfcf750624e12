import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { power, symbol } from '../../../src/expression/expression.js'
import type { FeedForwardEnsemble } from '../../../src/network/ensemble.js'
import { type Field, fieldKey, type Level, resolveField } from '../../../src/network/fields.js'
import { instantiateKernels, KernelMemory } from '../../../src/network/kernels/kernels.js'
import type { SpecialInput } from '../../../src/network/special-input.js'
import { startStream, streamState } from '../../../src/network/stream.js'
import { makeSampler } from '../../../src/network/trajectory.js'
import { type Estimate, meanEstimate } from '../../../src/statistics/estimate.js'
import { momentsOf } from '../../../src/statistics/moments.js'
import { smallestDetectableDeviation } from '../../../src/statistics/power.js'
import { chiSquareTest, twoSampleKolmogorovSmirnovTest, twoSampleZTest, zTest } from '../../../src/statistics/tests.js'

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

const networks = 13_000
const floor = 1e-5

function draw(network: FeedForwardEnsemble, level: Level, fields: readonly Field[], count = networks): number[][] {
  const resolved = fields.map((field) => resolveField(field, network, level))
  const sample = makeSampler(network, level, resolved, streamState({ seed: 7, name: `rows/${level}`, shard: 0 }))
  const values = resolved.map((): number[] => [])
  for (let k = 0; k < count; k++) {
    const trajectory = sample()
    for (const [f, field] of resolved.entries()) values[f]!.push(trajectory.get(fieldKey(field))!.at(-1)!)
  }
  return values
}

const estimateOf = (values: readonly number[]): Estimate => meanEstimate(momentsOf(values))
const fields: readonly Field[] = [
  { name: 'overlap', inputs: [0, 0] },
  'overlap',
  { name: 'activationMean', inputs: [1] },
]

function expectLevelsAgree(network: FeedForwardEnsemble, reach = 0.14): void {
  const [weights, preactivations] = [draw(network, 'weights', fields), draw(network, 'preactivations', fields)]
  for (const [k, a] of weights.entries()) {
    const b = preactivations[k]!
    expect(twoSampleKolmogorovSmirnovTest(a.map(jitter), b.map(jitter)).pValue).toBeGreaterThan(floor)
    const [x, y] = [estimateOf(a), estimateOf(b)]
    expect(twoSampleZTest(x, y).pValue).toBeGreaterThan(floor)
    const standardError = Math.hypot(x.standardError, y.standardError)
    const size = Math.sqrt(momentsOf(a.map((v) => v * v)).mean)
    expect(smallestDetectableDeviation({ standardError, alpha: floor })).toBeLessThan(reach * size)
  }
}
/** Activations are 0 with a finite probability; the test wants no ties. */
const jitter = (x: number, k: number): number => (x === 0 ? -1e-9 * (k + 1) : x)

describe('explicit weights and exact pre-activations draw from one law', () => {
  test.each<[string, Partial<FeedForwardEnsemble>]>([
    ['anti-correlated rows', { rows: correlated(100) }],
    ['anti-correlated rows, the mean taken away', { rows: correlated(Number.POSITIVE_INFINITY) }],
    ['positively correlated rows and tanh', { rows: correlated(-0.8), activation: 'tanh' }],
    ['the bias among the row', { rows: { ...correlated(5), bias: 'among' } }],
    ['another exchangeable covariance', { rows: { covariance: { kind: 'exchangeable', identity: 0.4, ones: 2 } } }],
    ['weights that are all equal', { rows: { covariance: { kind: 'exchangeable', identity: 0, ones: 1 } } }],
    ['a Beta weight', { special: beta21 }],
    ['a Beta weight without biases', { special: beta21, biasVariance: 0 }],
    ['a Beta weight, never the bias', { special: { ...beta21, among: 'weights' }, activation: 'tanh' }],
    ['a Beta weight among anti-correlated rows', { special: beta21, rows: correlated(100) }],
    [
      'a Beta weight among anti-correlated rows with the bias',
      { special: beta21, rows: { ...correlated(100), bias: 'among' }, biasVariance: 0.26 },
    ],
    [
      'a weight of two values among correlated rows',
      {
        special: { weight: { kind: 'discrete', values: [-2, 1], probabilities: [0.3, 0.7] } },
        rows: { ...correlated(-0.5), bias: 'among' },
      },
    ],
    [
      'a weight by its quantile function',
      { special: { weight: { kind: 'quantile', formula: power(symbol('p'), 2) } } },
    ],
    ['normal inputs', { input: { kind: 'normal', count: 2, variance: 2, correlation: 0.6, dimension: 3 } }],
    ['several inputs', { special: beta21, rows: correlated(2), input: { kind: 'normal', count: 4, dimension: 3 } }],
  ])('%s', (_, changes) => expectLevelsAgree(ensemble(changes)))

  test('one input alone takes the shorter road and has the law of the first of two', () => {
    for (const changes of [{ rows: correlated(100) }, { special: beta21, rows: correlated(100) }]) {
      const two = ensemble(changes)
      const one = ensemble({ ...changes, input: { kind: 'explicit', vectors: [[1, -0.5, 2]] } })
      for (const level of ['weights', 'preactivations'] as const) {
        const [a] = draw(one, level, ['norm'])
        const [b] = draw(two, level, ['norm'])
        expect(twoSampleKolmogorovSmirnovTest(a!, b!).pValue).toBeGreaterThan(floor)
      }
    }
  })
})

describe('the comparison would notice', () => {
  test.each<[string, Partial<FeedForwardEnsemble>, Partial<FeedForwardEnsemble>]>([
    ['k = 100 for k = 2', { rows: correlated(100) }, { rows: correlated(2) }],
    ['the bias among the row', { rows: correlated(5) }, { rows: { ...correlated(5), bias: 'among' } }],
    [
      'Beta(2, 1) for Beta(2, 1.3)',
      { special: beta21 },
      { special: { weight: { kind: 'beta', alpha: 2, beta: 1.3 } } },
    ],
    ['the bias never special', { special: beta21 }, { special: { ...beta21, among: 'weights' } }],
  ])('%s', (_, right, wrong) => {
    const a = draw(ensemble(right), 'weights', fields)
    const b = draw(ensemble(wrong), 'preactivations', fields)
    const least = Math.min(...a.map((x, k) => twoSampleKolmogorovSmirnovTest(x.map(jitter), b[k]!.map(jitter)).pValue))
    expect(least).toBeLessThan(floor)
  })
})

describe('against exact moments at finite width', () => {
  test.each(['weights', 'preactivations'] as const)('E q of rectified networks with correlated rows: %s', (level) => {
    const k = 9
    const [width, biasVariance, weightVariance, depth] = [8, 0.2, 1.7, 4]
    const share = k / (1 + k)
    const vector = [1, 2, -1]
    // Layer 0 sees the input: sigma_w^2 / N (|x|^2 - k/(1+k) (sum x)^2 / N) + sigma_b^2.
    let expected = (weightVariance / 3) * (6 - (share * 4) / 3) + biasVariance
    for (let l = 1; l < depth; l++)
      expected =
        weightVariance * expected * (1 / 2 - share * (1 / (2 * width) + (1 - 1 / width) / (2 * Math.PI))) + biasVariance
    const network = ensemble({
      widths: width,
      weightVariance,
      biasVariance,
      rows: correlated(k),
      input: { kind: 'explicit', vectors: [vector] },
    })
    const [length] = draw(network, level, [{ name: 'overlap', inputs: [0, 0] }], 40_000)
    const estimate = estimateOf(length!)
    expect(zTest(estimate, expected).pValue).toBeGreaterThan(floor)
    expect(smallestDetectableDeviation({ ...estimate, alpha: floor })).toBeLessThan(0.06 * expected)
  })

  test.each(['weights', 'preactivations'] as const)('E q of a linear layer with a Beta weight: %s', (level) => {
    // N + 1 choices: with x_m left out sigma_w^2/N |x_-m|^2 + sigma_b^2 + E u^2 x_m^2, or sigma_w^2/N |x|^2 + E u^2.
    const [w, b, vector] = [1.3, 0.3, [1, -0.5, 2]]
    const norm = vector.reduce((sum, x) => sum + x * x, 0)
    const among = vector.reduce((sum, x) => sum + (w / 3) * (norm - x * x) + b + (x * x) / 2, 0)
    const expected = (among + (w / 3) * norm + 1 / 2) / 4
    const network = ensemble({
      activation: 'linear',
      widths: 5,
      depth: 1,
      special: beta21,
      input: { kind: 'explicit', vectors: [vector] },
    })
    const [length] = draw(network, level, [{ name: 'overlap', inputs: [0, 0] }], 40_000)
    expect(zTest(estimateOf(length!), expected).pValue).toBeGreaterThan(floor)
  })

  test('normal inputs have the variance and the correlation asked for', () => {
    const network = ensemble({
      activation: 'linear',
      depth: 1,
      widths: 4,
      weightVariance: 1,
      biasVariance: 0,
      input: { kind: 'normal', count: 3, variance: 2, correlation: 0.6, dimension: 5 },
    })
    const [length, overlap] = draw(network, 'preactivations', ['meanLength', 'meanOverlap'])
    expect(zTest(estimateOf(length!), 2).pValue).toBeGreaterThan(floor)
    expect(zTest(estimateOf(overlap!), 1.2).pValue).toBeGreaterThan(floor)
  })
})

describe('Beta variables', () => {
  const laws = JSON.parse(readFileSync(new URL('./rows.fixture.json', import.meta.url), 'utf8')) as readonly {
    readonly alpha: number
    readonly beta: number
    readonly deciles: readonly number[]
  }[]
  test.each(laws)('Beta($alpha, $beta) falls between SciPy deciles equally often', ({ alpha, beta, deciles }) => {
    const kernels = instantiateKernels()
    startStream(kernels, streamState({ seed: 3, name: `beta ${alpha} ${beta}`, shard: 0 }))
    const counts = new Array<number>(10).fill(0)
    for (let k = 0; k < 40_000; k++) {
      const u = kernels.nextBeta(alpha, beta)
      expect(u >= 0 && u <= 1).toBe(true)
      counts[deciles.filter((decile) => u > decile).length]!++
    }
    expect(chiSquareTest(counts, counts.map(() => 4000)).pValue).toBeGreaterThan(floor) // biome-ignore format: one claim
  })

  test('places are whole numbers, all as likely', () => {
    const kernels = instantiateKernels()
    const memory = new KernelMemory(kernels)
    startStream(kernels, streamState({ seed: 3, name: 'places', shard: 0 }))
    const at = memory.allocate(70_000)
    kernels.fillPlaces(at, 70_000, 7)
    const counts = new Array<number>(7).fill(0)
    for (const place of memory.view(at, 70_000)) counts[place]!++
    expect(chiSquareTest(counts, counts.map(() => 10_000)).pValue).toBeGreaterThan(floor) // biome-ignore format: one claim
  })
})
