import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { collectiveLaw } from '../../../src/network/collective-law.js'
import { crossMoments, modeMoments } from '../../../src/network/observables/mode-power.js'
import { rectifiedCovariances } from '../../../src/network/rectified-covariances.js'
import { mergeAll, runShard } from '../../../src/network/run-shard.js'
import { planShards } from '../../../src/network/shards.js'
import { meanEstimate } from '../../../src/statistics/estimate.js'
import { zTest } from '../../../src/statistics/tests.js'
import fixture from './rectified-covariances.fixture.json' with { type: 'json' }

const pairs = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => [a, b] as const))

describe('covariances of the three fields of a rectified network', () => {
  test.each(fixture)('are those of a grid in NumPy, summed over counts one by one, at N = $width', ({
    matrices,
    ...window
  }) => {
    const found = rectifiedCovariances(window)
    for (const [k, expected] of matrices.entries())
      for (const [a, b] of pairs) {
        const [re, im] = expected[a]![b]!
        const scale = Math.sqrt(expected[a]![a]![0]! * expected[b]![b]![0]!)
        expect(Math.abs(found[k]![a]![b]!.re - re!) / scale, `${k} ${a} ${b}`).toBeLessThan(1e-9)
        expect(Math.abs(found[k]![a]![b]!.im - im!) / scale, `${k} ${a} ${b}`).toBeLessThan(1e-9)
      }
  })

  test.each([
    0.02, 0.98, 1.62,
  ])('the variance of r_+ is that of its own exact law, sigma_w^2 = %f', (weightVariance) => {
    const chain = { width: 200, weightVariance, biasVariance: 0.01 }
    const law = collectiveLaw({ ...chain, activation: 'relu' })
    const { spectrum } = law.window({ layers: 16, reference: law.mean })
    const found = rectifiedCovariances({ ...chain, layers: 16, modes: [0, 3, 8] })
    for (const [k, mode] of [0, 3, 8].entries()) expect(found[k]![0]![0]!.re / (16 * spectrum[mode]!)).toBeCloseTo(1, 9)
  })

  test('counts of different layers are independent: a flat spectrum N/4', () => {
    for (const m of rectifiedCovariances({
      width: 200,
      weightVariance: 1.3,
      biasVariance: 0.01,
      layers: 32,
      modes: [0, 5, 16],
    })) {
      expect(m[2]![2]!.re).toBeCloseTo(50, 9)
      expect(m[2]![2]!.im).toBeCloseTo(0, 12)
    }
  })

  test('are Hermitian, and real at q = 0 and pi', () => {
    const [zero, between, pi] = rectifiedCovariances({
      width: 100,
      weightVariance: 1,
      biasVariance: 0.2,
      layers: 10,
      modes: [0, 2, 5],
    })
    for (const [a, b] of pairs) {
      expect(between![a]![b]!.re).toBeCloseTo(between![b]![a]!.re, 12)
      expect(between![a]![b]!.im).toBeCloseTo(-between![b]![a]!.im, 12)
      expect(zero![a]![b]!.im).toBe(0)
      expect(Math.abs(pi![a]![b]!.im)).toBeLessThan(1e-12)
    }
  })

  test('are those of networks simulated weight by weight', () => {
    const chain = { width: 64, weightVariance: 1.2, biasVariance: 0.1 }
    const shards = planShards({
      ensemble: {
        kind: 'feed-forward',
        activation: 'relu',
        ...chain,
        widths: 64,
        depth: 40,
        input: { kind: 'normalised', squaredNorm: 64 },
      },
      level: 'preactivations',
      observables: [
        {
          kind: 'modePower',
          fields: ['positiveNorm', 'negativeNorm', 'positiveCount'],
          references: [2, 2, 32],
          last: 8,
        },
      ],
      networks: 6_000,
      stream: 'rectified-covariances',
      seed: 5,
    })
    const [modes] = mergeAll(shards.map((shard) => runShard(shard))).observables
    if (modes?.kind !== 'modePower') throw new TypeError('no modes')
    const exact = rectifiedCovariances({ ...chain, layers: 8, modes: [1, 3] })
    for (const [k, mode] of [1, 3].entries())
      for (const [a, b] of pairs.filter(([x, y]) => x <= y)) {
        const cross = a === b ? { re: modeMoments(modes, mode, a).power } : crossMoments(modes, mode, a, b)
        expect(zTest(meanEstimate(cross.re), exact[k]![a]![b]!.re / 8).pValue, `${mode} ${a} ${b}`).toBeGreaterThan(
          1e-3,
        )
        if ('im' in cross)
          expect(
            zTest(meanEstimate(cross.im), exact[k]![a]![b]!.im / 8).pValue,
            `Im ${mode} ${a} ${b}`,
          ).toBeGreaterThan(1e-3)
      }
  })

  test.each([
    [{ layers: 0 }, /a window of 0 layers/],
    [{ width: 32 }, /widths from 64/],
    [{ weightVariance: 2 }, /0 <= sigma_w\^2 < 2/],
  ])('refuses %j', (wrong, message) => {
    const window = { width: 100, weightVariance: 1, biasVariance: 0.2, layers: 10, modes: [1], ...wrong }
    expect(() => rectifiedCovariances(window)).toThrow(DomainError)
    expect(() => rectifiedCovariances(window)).toThrow(message)
  })
})
