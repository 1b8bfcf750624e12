import { describe, expect, test } from 'vitest'
import { call, symbol } from '../../../src/expression/expression.js'
import type { Activation, FeedForwardEnsemble } from '../../../src/network/ensemble.js'
import { type Field, fieldKey, type Level, resolveField } from '../../../src/network/fields.js'
import { streamState } from '../../../src/network/stream.js'
import { makeSampler } from '../../../src/network/trajectory.js'
import { meanEstimate } from '../../../src/statistics/estimate.js'
import { momentsOf } from '../../../src/statistics/moments.js'
import { smallestDetectableDeviation } from '../../../src/statistics/power.js'
import { chiSquareTest, twoSampleKolmogorovSmirnovTest, twoSampleZTest, zTest } from '../../../src/statistics/tests.js'

/** Small and few layers, so that finite-width effects are large: a level that was right only for N -> infinity fails. */
const ensemble = (activation: Activation, changes: Partial<FeedForwardEnsemble> = {}): FeedForwardEnsemble => ({
  kind: 'feed-forward',
  activation,
  widths: [5, 4, 6, 5, 3],
  depth: 5,
  weightVariance: 0.9,
  biasVariance: 0.3,
  input: { kind: 'explicit', vectors: [[1, -0.5, 2]] },
  ...changes,
})

const networks = 30_000
const floor = 1e-4

/** A field's values at the last layer over many networks. */
function draw(network: FeedForwardEnsemble, level: Level, field: Field, count = networks): number[] {
  const resolved = resolveField(field, network, level)
  const state = streamState({ seed: 5, name: `levels/${level}`, shard: 0 })
  const sample = makeSampler(network, level, [resolved], state)
  return Array.from({ length: count }, () => sample().get(fieldKey(resolved))!.at(-1)!)
}

const squares = (values: readonly number[]): readonly number[] => values.map((x) => x * x)

const rootMeanSquare = (values: readonly number[]): number => Math.sqrt(momentsOf(squares(values)).mean)

/** Two samples of one continuous law: the whole law, and the mean with a stated power. */
function expectSameLaw(a: readonly number[], b: readonly number[]): void {
  expect(twoSampleKolmogorovSmirnovTest(a, b).pValue).toBeGreaterThan(floor)
  const [x, y] = [meanEstimate(momentsOf(a)), meanEstimate(momentsOf(b))]
  expect(twoSampleZTest(x, y).pValue).toBeGreaterThan(floor)
  const standardError = Math.hypot(x.standardError, y.standardError)
  // A mean that is 6 % of the root mean square off would be caught with probability 0.999.
  expect(smallestDetectableDeviation({ standardError, alpha: floor })).toBeLessThan(0.06 * rootMeanSquare(a))
}

describe('the levels draw from one law', () => {
  test('linear: weights, pre-activations and collective variables', () => {
    const [weights, preactivations, collective] = (['weights', 'preactivations', 'collective'] as const).map((level) =>
      draw(ensemble('linear'), level, 'norm'),
    )
    expectSameLaw(weights!, preactivations!)
    expectSameLaw(weights!, collective!)
  })

  test.each(['positiveNorm', 'negativeNorm', 'norm'] as const)('relu: %s at the three levels', (field) => {
    const nonzero = (level: Level) =>
      draw(ensemble('relu'), level, field).map((x, k) => (x === 0 ? -1e-9 * (k + 1) : x))
    const [weights, preactivations, collective] = [nonzero('weights'), nonzero('preactivations'), nonzero('collective')]
    expectSameLaw(weights, preactivations)
    expectSameLaw(weights, collective)
  })

  test.each([
    'weights',
    'preactivations',
    'collective',
  ] as const)('relu: positive neurons are fair coins at level %s', (level) => {
    const counts = [0, 0, 0, 0]
    for (const k of draw(ensemble('relu'), level, 'positiveCount')) counts[k]!++
    expect(
      chiSquareTest(
        counts,
        [1, 3, 3, 1].map((x) => (networks * x) / 8),
      ).pValue,
    ).toBeGreaterThan(floor)
  })

  const formula: Activation = { formula: call('sin', symbol('z')) }
  test.each([
    ['tanh', 'tanh'],
    ['sign', 'sign'],
    ['a formula', formula],
  ] as const)('%s: weights and pre-activations', (_, activation) => {
    expectSameLaw(draw(ensemble(activation), 'weights', 'norm'), draw(ensemble(activation), 'preactivations', 'norm'))
  })

  const three = { kind: 'explicit', vectors: [[1, 0, 0], [0.8, 0.6, 0], [-1, 0.2, 0.1]] } as const // biome-ignore format: vectors
  test.each([
    ['overlap', [0, 1]],
    ['overlap', [1, 2]],
    ['activationOverlap', [0, 2]],
    ['norm', [2]],
  ] as const)('tanh with three inputs: %s of inputs %j', (name, inputs) => {
    const several = ensemble('tanh', { input: three, weightVariance: 2 })
    expectSameLaw(draw(several, 'weights', { name, inputs }), draw(several, 'preactivations', { name, inputs }))
  })

  test('fan-out normalisation too', () => {
    const other = ensemble('linear', { normalisation: 'fan-out' })
    expectSameLaw(draw(other, 'weights', 'norm'), draw(other, 'collective', 'norm'))
  })
})

describe('the comparison would notice', () => {
  test.each([
    ['a weight variance 10 % off', ensemble('linear', { weightVariance: 0.99 })],
    ['a bias variance 10 % off', ensemble('linear', { biasVariance: 0.33 })],
    ['the other normalisation', ensemble('linear', { normalisation: 'fan-out' })],
  ])('%s', (_, wrong) => {
    const { pValue } = twoSampleKolmogorovSmirnovTest(
      draw(ensemble('linear'), 'weights', 'norm'),
      draw(wrong, 'collective', 'norm'),
    )
    expect(pValue).toBeLessThan(floor)
  })
})

describe('against exact moments', () => {
  test.each(['weights', 'preactivations', 'collective'] as const)('E r^2 of a linear network at level %s', (level) => {
    const network = ensemble('linear')
    const widths = network.widths as readonly number[]
    // E|z^l|^2 = N_l (sigma_w^2 E|z^{l-1}|^2 / N_{l-1} + sigma_b^2)
    let [expected, before] = [1 + 0.25 + 4, 3]
    for (const width of widths) {
      expected = width * ((0.9 * expected) / before + 0.3)
      before = width
    }
    const estimate = meanEstimate(momentsOf(squares(draw(network, level, 'norm', 80_000))))
    expect(zTest(estimate, expected).pValue).toBeGreaterThan(floor)
    expect(smallestDetectableDeviation({ standardError: estimate.standardError, alpha: floor })).toBeLessThan(
      0.05 * expected,
    )
  })

  test('equal inputs stay equal and opposite inputs of an odd network without biases stay opposite', () => {
    const x = [0.3, 1, -0.7]
    const twins = ensemble('tanh', {
      biasVariance: 0,
      input: { kind: 'explicit', vectors: [x, x, x.map((component) => -component)] },
    })
    for (const level of ['weights', 'preactivations'] as const) {
      const norm = squares(draw(twins, level, 'norm', 50)).map((square) => square / 3)
      const same = draw(twins, level, { name: 'overlap', inputs: [0, 1] }, 50)
      const opposite = draw(twins, level, { name: 'overlap', inputs: [0, 2] }, 50)
      for (let k = 0; k < 50; k++) {
        expect(same[k]).toBeCloseTo(norm[k]!, 12)
        expect(opposite[k]).toBeCloseTo(-norm[k]!, 12)
      }
    }
  })

  test('tanh written as a formula gives the built-in tanh to rounding', () => {
    const built = draw(ensemble('tanh'), 'preactivations', 'norm', 100)
    const written = draw(ensemble({ formula: call('tanh', symbol('z')) }), 'preactivations', 'norm', 100)
    for (const [k, value] of built.entries()) expect(written[k]! / value).toBeCloseTo(1, 13)
  })
})
