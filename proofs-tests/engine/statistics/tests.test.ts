import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { ScalarStream } from '../../../src/network/reference/scalar-stream.js'
import { streamState } from '../../../src/network/stream.js'
import { bonferroni, holm } from '../../../src/statistics/family-wise.js'
import { gammaRatioInterval, gammaRatioTest } from '../../../src/statistics/gamma-ratio.js'
import { momentsOf } from '../../../src/statistics/moments.js'
import { criticalZ, smallestDetectableDeviation } from '../../../src/statistics/power.js'
import {
  chiSquareTest,
  kolmogorovSmirnovTest,
  tTest,
  twoSampleKolmogorovSmirnovTest,
  twoSampleZTest,
  uniformityTest,
  welchTest,
  zTest,
} from '../../../src/statistics/tests.js'
import { fixtures } from './fixtures.js'

const { a, b } = fixtures.samples
const estimate = (value: number, standardError: number) => ({ value, standardError, count: 10 })
const stream = (name: string): ScalarStream => new ScalarStream(streamState({ seed: 4, name, shard: 0 }))

describe('against SciPy', () => {
  test.each([
    ['t', tTest(momentsOf(a), 6), fixtures.tTest],
    ["Welch's t", welchTest(momentsOf(a), momentsOf(b)), fixtures.welch],
    ['chi-square', chiSquareTest([18, 25, 31, 26], [20, 30, 28, 22]), fixtures.chiSquare],
  ] as const)('%s', (_, result, [statistic, pValue]) => {
    expect(result.statistic).toBeCloseTo(statistic, 10)
    expect(result.pValue).toBeCloseTo(pValue, 10)
  })

  test('Kolmogorov-Smirnov: the distance exactly, the p-value to the accuracy of the limit', () => {
    const cdf = new Map(a.map((x, k) => [x, fixtures.gammaCdfOfA[k]!]))
    const one = kolmogorovSmirnovTest(a, (x) => cdf.get(x)!)
    expect(one.statistic).toBeCloseTo(fixtures.kolmogorovSmirnov[0], 12)
    expect(Math.abs(one.pValue / fixtures.kolmogorovSmirnov[1] - 1)).toBeLessThan(0.03)
    const two = twoSampleKolmogorovSmirnovTest(a, b)
    expect(two.statistic).toBeCloseTo(fixtures.twoSampleKolmogorovSmirnov[0], 12)
    expect(Math.abs(two.pValue / fixtures.twoSampleKolmogorovSmirnov[1] - 1)).toBeLessThan(0.15)
  })
})

describe('z tests', () => {
  test('1.96 standard errors are 5 %', () => {
    expect(zTest(estimate(1.96, 1), 0).pValue).toBeCloseTo(0.05, 4)
    expect(twoSampleZTest(estimate(5, 3), estimate(0, 4)).statistic).toBe(1)
  })
  test('NaN and no spread are refused, never evidence', () => {
    expect(() => zTest(estimate(Number.NaN, 1), 0)).toThrow(DomainError)
    expect(() => zTest(estimate(1, 0), 0)).toThrow(DomainError)
    expect(() => zTest(estimate(1, Number.NaN), 0)).toThrow(DomainError)
    expect(() => kolmogorovSmirnovTest([1, 2, 3, 4, 5], () => Number.NaN)).toThrow(DomainError)
    expect(() => twoSampleKolmogorovSmirnovTest([1, 2, 3, 4, Number.NaN], [1, 2, 3, 4, 5])).toThrow(DomainError)
    expect(() => chiSquareTest([1, 2], [1, 2])).toThrow(/pool cells/)
  })
})

describe('power', () => {
  test('a deviation of the stated size is caught 999 times in 1000, half of it seldom', () => {
    const deviation = smallestDetectableDeviation({ standardError: 2, alpha: 0.01, tests: 10 })
    const critical = criticalZ(0.01, 10)
    const normal = stream('power')
    let [caught, half, none] = [0, 0, 0]
    const draws = 40_000
    for (let k = 0; k < draws; k++) {
      const noise = normal.nextNormal()
      if (Math.abs(noise + deviation / 2) > critical) caught++
      if (Math.abs(noise + deviation / 4) > critical) half++
      if (Math.abs(noise) > critical) none++
    }
    // Binomial with mean 40 misses and with mean 40 false alarms: 6 standard deviations either way.
    expect(Math.abs(draws - caught - 40)).toBeLessThan(38)
    expect(Math.abs(none - 40)).toBeLessThan(38)
    expect(half).toBeLessThan(0.5 * draws)
  })
  test('what has no answer is refused', () => {
    expect(() => smallestDetectableDeviation({ standardError: 0, alpha: 0.01 })).toThrow(DomainError)
    expect(() => smallestDetectableDeviation({ standardError: 1, alpha: 0 })).toThrow(DomainError)
    expect(() => smallestDetectableDeviation({ standardError: 1, alpha: 0.1, power: 1 })).toThrow(DomainError)
    expect(() => criticalZ(0.1, 0)).toThrow(DomainError)
  })
})

describe('family-wise correction', () => {
  test("Bonferroni and Holm, with Holm's textbook example", () => {
    expect(bonferroni([0.01, 0.04, 0.5])).toEqual([0.03, 0.12, 1])
    const adjusted = holm([0.01, 0.04, 0.03, 0.005])
    for (const [k, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[k]).toBeCloseTo(value, 14)
    expect(() => holm([Number.NaN])).toThrow(DomainError)
  })
  test('the chance of any false alarm stays below alpha', () => {
    const uniform = stream('holm')
    let alarms = 0
    for (let k = 0; k < 4000; k++)
      if (Math.min(...holm(Array.from({ length: 8 }, () => uniform.nextUniform()))) < 0.05) alarms++
    // 4000 (1 - (1 - 0.05/8)^8) = 195.7 expected, standard deviation 13.6.
    expect(Math.abs(alarms - 195.7)).toBeLessThan(55)
  })
})

describe('mode powers', () => {
  test('the mean of exponential powers: p-values are uniform if the expectation is right, and not if it is 5 % off', () => {
    const draws = stream('gamma-ratio')
    const pValues = (expected: number): number[] =>
      Array.from({ length: 300 }, () => {
        const count = 400
        return gammaRatioTest((3 * draws.nextGamma(count)) / count, expected, count).pValue
      })
    expect(uniformityTest(pValues(3)).pValue).toBeGreaterThan(1e-3)
    expect(uniformityTest(pValues(3.15)).pValue).toBeLessThan(1e-6)
  })
  test('real modes have one degree of freedom', () => {
    const z = stream('real-modes')
    const pValues = Array.from({ length: 200 }, () => {
      const squares = Array.from({ length: 50 }, () => z.nextNormal() ** 2)
      return gammaRatioTest(squares.reduce((sum, x) => sum + x, 0) / 50, 1, 50, { degreesPerPower: 1 }).pValue
    })
    expect(uniformityTest(pValues).pValue).toBeGreaterThan(1e-3)
  })
  test('powers of another dispersion: gamma of shape 0.7 has 1.4 degrees of freedom', () => {
    const draws = stream('dispersed')
    const means = Array.from({ length: 200 }, () => draws.nextGamma(30 * 0.7) / 30)
    const pValues = (degreesPerPower: number): number[] =>
      means.map((mean) => gammaRatioTest(mean, 0.7, 30, { degreesPerPower }).pValue)
    expect(uniformityTest(pValues(1.4)).pValue).toBeGreaterThan(1e-3)
    expect(uniformityTest(pValues(4)).pValue).toBeLessThan(1e-4)
    expect(() => gammaRatioTest(1, 1, 10, { degreesPerPower: 0 })).toThrow(DomainError)
  })
  test('the interval is what the test accepts', () => {
    const [low, high] = gammaRatioInterval(200, 0.01)
    expect(gammaRatioTest(low, 1, 200).pValue).toBeCloseTo(0.01, 8)
    expect(gammaRatioTest(high, 1, 200).pValue).toBeCloseTo(0.01, 8)
    expect(() => gammaRatioTest(Number.NaN, 1, 3)).toThrow(DomainError)
  })
})
