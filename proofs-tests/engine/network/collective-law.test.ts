import gamma from '@stdlib/math-base-special-gamma'
import { describe, expect, test } from 'vitest'
import { DomainError, LimitError } from '../../../src/expression/errors.js'
import { collectiveLaw, squaredNormLaw } from '../../../src/network/collective-law.js'
import { columnOf } from '../../../src/network/moment-table.js'
import { modeMoments } from '../../../src/network/observables/mode-power.js'
import type { ModePowerSummary, TableSummary } from '../../../src/network/observables/observable.js'
import { mergeAll, runShard } from '../../../src/network/run-shard.js'
import { planShards } from '../../../src/network/shards.js'
import { meanEstimate } from '../../../src/statistics/estimate.js'
import { extrapolate } from '../../../src/statistics/extrapolate.js'
import { fitExponent } from '../../../src/statistics/fit-exponent.js'
import { smallestDetectableDeviation } from '../../../src/statistics/power.js'
import { zTest } from '../../../src/statistics/tests.js'

const relative = (value: number, exact: number): number => Math.abs(value / exact - 1)

describe('against closed forms', () => {
  const chains = [2, 3, 10, 200, 10_000, 100_000].flatMap((width) =>
    [0, 0.02, 0.5, 0.66, 0.9, 0.98].map((weightVariance) => ({ width, weightVariance, biasVariance: 0.01 })),
  )

  test.each(chains)('E r^2 at N = $width, sigma_w^2 = $weightVariance', (chain) => {
    const exact = (chain.width * chain.biasVariance) / (1 - chain.weightVariance)
    expect(
      relative(
        collectiveLaw(chain).expectation((r) => r * r),
        exact,
      ),
    ).toBeLessThan(1e-10)
  })

  const withVariance = chains.filter(({ width, weightVariance: a }) => a > 0 && a * a * (1 + 2 / width) < 0.98)
  test.each(withVariance)('Var r^2 and Cov r^2 at N = $width, sigma_w^2 = $weightVariance', (chain) => {
    const exact = squaredNormLaw(chain)
    const covariances = collectiveLaw(chain, { growth: 2 }).autocovariances(4, (r) => r * r)
    for (const [lag, value] of covariances.entries())
      expect(Math.abs(value - exact.autocovariance(lag))).toBeLessThan(1e-10 * exact.variance)
  })

  test.each([2, 3, 10, 100])('without weights r is a chi variable (N = %i), layers independent', (width) => {
    const law = collectiveLaw({ width, weightVariance: 0, biasVariance: 4 })
    const mean = 2 * Math.SQRT2 * (gamma((width + 1) / 2) / gamma(width / 2))
    expect(relative(law.mean, mean)).toBeLessThan(1e-12)
    expect(relative(law.variance, 4 * width - mean ** 2)).toBeLessThan(1e-10)
    const [variance, ...rest] = law.autocovariances(3)
    for (const value of rest) expect(Math.abs(value)).toBeLessThan(1e-12 * variance!)
    const { spectrum } = law.window({ layers: 8 })
    for (const power of spectrum.slice(1)) expect(relative(power, variance! / 8)).toBeLessThan(1e-10)
  })
})

describe('rectified linear networks: r_+', () => {
  const chains = [64, 65, 200, 10_000, 100_000].flatMap((width) =>
    [0.02, 1, 1.5, 1.94].map((weightVariance) => ({
      width,
      weightVariance,
      biasVariance: 0.01,
      activation: 'relu' as const,
    })),
  )
  // At N = 64 and sigma_w^2 = 1.94 r_+^2 has no variance: a^2 (1 + 5/N) > 1.
  const withMoments = chains.filter(({ width, weightVariance }) => (weightVariance / 2) ** 2 * (1 + 5 / width) < 0.99)
  test.each(withMoments)('r_+^2 at N = $width, sigma_w^2 = $weightVariance', (chain) => {
    const exact = squaredNormLaw(chain)
    const law = collectiveLaw(chain, { growth: 2 })
    expect(
      relative(
        law.expectation((r) => r * r),
        exact.mean,
      ),
    ).toBeLessThan(1e-10)
    for (const [lag, value] of law.autocovariances(4, (r) => r * r).entries())
      expect(Math.abs(value - exact.autocovariance(lag))).toBeLessThan(1e-10 * exact.variance)
  })

  test('simulated networks have the exact mean and mode powers', () => {
    const chain = { width: 64, weightVariance: 1.4, biasVariance: 0.3, activation: 'relu' as const }
    const law = collectiveLaw(chain)
    const shards = planShards({
      ensemble: {
        kind: 'feed-forward',
        ...chain,
        widths: 64,
        depth: 10,
        input: { kind: 'normalised', squaredNorm: 64 },
      },
      level: 'preactivations',
      observables: [{ kind: 'modePower', fields: ['positiveNorm'], references: [law.fixedPoint], last: 8 }],
      networks: 20_000,
      stream: 'collective-law/relu',
      seed: 3,
    })
    const [modes] = mergeAll(shards.map((shard) => runShard(shard))).observables
    const exact = law.window({ layers: 8, reference: law.fixedPoint, start: { firstVariance: 1.4 + 0.3, skip: 2 } })
    for (let m = 0; m <= 4; m++) {
      const power = meanEstimate(modeMoments(modes as ModePowerSummary, m).power)
      expect(zTest(power, exact.spectrum[m]!).pValue, `mode ${m}`).toBeGreaterThan(1e-3)
      expect(smallestDetectableDeviation({ standardError: power.standardError, alpha: 1e-3 })).toBeLessThan(
        0.1 * power.value,
      )
    }
  })
})

describe('the window', () => {
  const chain = { width: 5, weightVariance: 0.6, biasVariance: 0.3 }
  const law = collectiveLaw(chain)

  test("Parseval: the modes' powers sum to the mean square deviation", () => {
    const n = 16
    const { spectrum } = law.window({ layers: n, reference: law.mean })
    const total = spectrum.reduce((sum, power, m) => sum + (m === 0 || m === n / 2 ? power : 2 * power), 0)
    expect(relative(total, law.variance)).toBeLessThan(1e-10)
  })

  test('the zero mode about the mean is the variance of the window mean, from the autocovariances', () => {
    const n = 12
    const window = law.window({ layers: n, reference: law.mean })
    const covariances = law.autocovariances(n - 1)
    const expected = covariances.reduce((sum, c, k) => sum + (k === 0 ? n * c : 2 * (n - k) * c), 0) / n ** 2
    expect(relative(window.varianceOfMean, expected)).toBeLessThan(1e-9)
    expect(relative(window.spectrum[0]!, expected)).toBeLessThan(1e-9)
  })

  test('a start is forgotten as sigma_w^{2 l}', () => {
    const stationary = law.window({ layers: 4 }).mean
    const shift = (skip: number): number =>
      law.window({ layers: 4, start: { firstVariance: 5, skip } }).mean - stationary
    const misfit = (skip: number): number => Math.abs(shift(skip + 10) / shift(skip) / 0.6 ** 10 - 1)
    // The next eigenvalue is sigma_w^4 (1 + 2/N) = 0.504 (that of r^4): ten layers later it matters (0.504/0.6)^10 as much.
    expect(misfit(30)).toBeLessThan(1e-3)
    expect(misfit(30) / misfit(20)).toBeCloseTo((0.504 / 0.6) ** 10, 1)
  })

  test('windows of simulated networks have the exact mean and mode powers, transient included', () => {
    const networks = 60_000
    const reference = law.fixedPoint
    const firstVariance = (0.6 * 40) / 5 + 0.3
    const shards = planShards({
      ensemble: {
        kind: 'feed-forward',
        activation: 'linear',
        widths: 5,
        depth: 19,
        weightVariance: 0.6,
        biasVariance: 0.3,
        input: { kind: 'normalised', squaredNorm: 40 },
      },
      level: 'weights',
      observables: [
        { kind: 'modePower', fields: ['norm'], references: [reference], last: 16 },
        { kind: 'windowMean', field: 'norm', last: 16 },
      ],
      networks,
      stream: 'collective-law',
      seed: 3,
    })
    const [modes, mean] = mergeAll(shards.map((shard) => runShard(shard))).observables
    const exact = law.window({ layers: 16, reference, start: { firstVariance, skip: 3 } })
    const wrong = law.window({ layers: 16, reference })
    expect(zTest(meanEstimate(columnOf((mean as TableSummary).table, 0)), exact.mean).pValue).toBeGreaterThan(1e-3)
    for (let m = 0; m <= 8; m++) {
      const power = meanEstimate(modeMoments(modes as ModePowerSummary, m).power)
      expect(zTest(power, exact.spectrum[m]!).pValue, `mode ${m}`).toBeGreaterThan(1e-3)
      // A deviation of 10 % would be caught with probability 0.999.
      expect(smallestDetectableDeviation({ standardError: power.standardError, alpha: 1e-3 })).toBeLessThan(
        0.1 * power.value,
      )
    }
    // The stationary window, without the transient, is another thing, and the comparison sees it.
    expect(
      zTest(meanEstimate(modeMoments(modes as ModePowerSummary, 0).power), wrong.spectrum[0]!).pValue,
    ).toBeLessThan(1e-10)
  })
})

describe('towards large width', () => {
  const widths = [100, 200, 400, 800, 1600, 3200]
  const scaled = widths.map((size) => {
    const law = collectiveLaw({ width: size, weightVariance: 0.5, biasVariance: 0.01 })
    return { size, mean: law.mean / law.fixedPoint - 1, variance: law.variance, error: 0 }
  })

  test('the mean approaches the fixed point as 1/N', () => {
    const points = scaled.map(({ size, mean }) => ({ size, value: mean, error: 1e-3 * Math.abs(mean) }))
    const { exponent, error } = fitExponent(points)
    expect(error).toBeLessThan(0.002)
    expect(Math.abs(exponent + 1)).toBeLessThan(3 * error)
  })

  test('the variance extrapolates to sigma_b^2 / (2 (1 - sigma_w^2) (1 - sigma_w^4)), the Gaussian one', () => {
    // Linearised: e' = sigma_w^2 e + noise of variance r*^2/(2N) = sigma_b^2 / (2 (1 - sigma_w^2)).
    const points = scaled.map(({ size, variance }) => ({ size, value: variance, error: 1e-9 }))
    const { value, error } = extrapolate(points, { powers: [0, 1, 2, 3] })
    const gaussian = 0.01 / (2 * 0.5 * 0.75)
    expect(error).toBeLessThan(2e-8)
    expect(Math.abs(value - gaussian)).toBeLessThan(3 * error)
  })
})

describe('refusals', () => {
  const sound = { width: 200, weightVariance: 0.5, biasVariance: 0.01 }
  test.each([
    [{ ...sound, weightVariance: 1 }, /0 <= sigma_w\^2 < 1/],
    [{ ...sound, weightVariance: Number.NaN }, /weight variance is NaN/],
    [{ ...sound, biasVariance: 0 }, /without biases the norm dies out/],
    [{ ...sound, width: 0 }, /width is 0/],
    [{ ...sound, width: 1 }, /widths from 2/],
    [{ ...sound, width: 63, activation: 'relu' as const }, /widths from 64/],
    [{ ...sound, weightVariance: 2, activation: 'relu' as const }, /0 <= sigma_w\^2 < 2/],
  ])('%j', (chain, message) => {
    expect(() => collectiveLaw(chain)).toThrow(message)
    expect(() => collectiveLaw(chain)).toThrow(DomainError)
  })

  test('moments that do not exist', () => {
    const heavy = { width: 2, weightVariance: 0.9, biasVariance: 1 }
    expect(() => squaredNormLaw(heavy)).toThrow(/r\^2 has no variance/)
    expect(() => collectiveLaw(heavy, { growth: 2 })).toThrow(/no stationary mean/)
    expect(() => collectiveLaw({ width: 2, weightVariance: 0.999, biasVariance: 1 })).toThrow(LimitError)
  })

  test('a function too rough for the rule is refused, not answered', () => {
    expect(() => collectiveLaw(sound).expectation((r) => (r > 2 ? 1 : 0))).toThrow(/two resolutions/)
    expect(() => collectiveLaw(sound).expectation(() => Number.NaN)).toThrow(DomainError)
  })

  test('windows and starts that make no sense', () => {
    const law = collectiveLaw(sound)
    expect(() => law.window({ layers: 0 })).toThrow(DomainError)
    expect(() => law.window({ layers: 4, start: { firstVariance: 0, skip: 0 } })).toThrow(DomainError)
    expect(() => law.window({ layers: 4, start: { firstVariance: 1, skip: -1 } })).toThrow(DomainError)
  })
})
