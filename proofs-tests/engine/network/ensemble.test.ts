import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import {
  type FeedForwardEnsemble,
  inputComponents,
  layerGains,
  validateEnsemble,
} from '../../../src/network/ensemble.js'

const sound: FeedForwardEnsemble = {
  kind: 'feed-forward',
  activation: 'linear',
  widths: 200,
  depth: 4,
  weightVariance: 0.5,
  biasVariance: 0.01,
  input: { kind: 'normalised', squaredNorm: 200 },
}

describe('validateEnsemble', () => {
  test('returns what is sound, zero variances included', () => {
    expect(validateEnsemble(sound)).toBe(sound)
    expect(() => validateEnsemble({ ...sound, weightVariance: 0, biasVariance: 0 })).not.toThrow()
  })

  test.each<[Partial<FeedForwardEnsemble>, RegExp]>([
    [{ widths: 0 }, /width is 0: give a whole number of neurons, 1 or more/],
    [{ widths: 1e9 }, /width is 1000000000.*at most 10000000.*smaller width/],
    [{ widths: Number.NaN }, /width is NaN/],
    [{ widths: [3, 2, 0, 1] }, /width of layer 2 is 0/],
    [{ widths: [3, 2] }, /2 widths for 4 layers/],
    [{ activation: 'gelu' as 'tanh' }, /'gelu' is not known: take one of linear, tanh/],
    [{ activation: { formula: { kind: 'symbol', name: 'x' } } }, /the symbol 'x'/],
    [{ depth: 0 }, /depth is 0/],
    [{ depth: 2.5 }, /depth is 2.5/],
    [{ depth: 1e9 }, /at most/],
    [{ weightVariance: -0.1 }, /weight variance is -0.1/],
    [{ weightVariance: Number.NaN }, /weight variance is NaN/],
    [{ biasVariance: Number.POSITIVE_INFINITY }, /bias variance is Infinity/],
    [{ input: { kind: 'normalised', squaredNorm: -1 } }, /squared norm is -1/],
    [{ input: { kind: 'explicit', vectors: [] } }, /no input/],
    [{ input: { kind: 'explicit', vectors: [[1, 2], [1]] } }, /input 1 has 1 components/],
    [{ input: { kind: 'explicit', vectors: [[1, Number.NaN]] } }, /input 0 has a component/],
  ])('refuses %j', (change, message) => {
    expect(() => validateEnsemble({ ...sound, ...change })).toThrow(message)
    expect(() => validateEnsemble({ ...sound, ...change })).toThrow(DomainError)
  })
})

test('a normalised input has the squared norm asked for', () => {
  const x = inputComponents({ ...sound, input: { kind: 'normalised', squaredNorm: 7 } })
  expect(x).toHaveLength(200)
  expect(x.reduce((sum, component) => sum + component ** 2, 0)).toBeCloseTo(7, 12)
})

test('the weight variance is divided by the width before a layer, or by its own', () => {
  const funnel = { ...sound, widths: [8, 4, 2, 1], input: { kind: 'explicit', vectors: [[1, 1]] } } as const
  expect(layerGains(funnel)).toEqual([0.25, 0.0625, 0.125, 0.25])
  expect(layerGains({ ...funnel, normalisation: 'fan-out' })).toEqual([0.0625, 0.125, 0.25, 0.5])
})
