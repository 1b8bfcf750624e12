import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { ScalarStream } from '../../../src/network/reference/scalar-stream.js'
import { streamState } from '../../../src/network/stream.js'
import {
  combineEstimates,
  type Estimate,
  meanEstimate,
  meanSquareEstimate,
  scaleEstimate,
  shareEstimate,
  shiftEstimate,
} from '../../../src/statistics/estimate.js'
import { acceptedDeviations, detectableDeviation, estimateTest } from '../../../src/statistics/estimate-test.js'
import { extrapolate, extrapolateEstimates } from '../../../src/statistics/extrapolate.js'
import { gammaRatioDetectable, gammaRatioInterval } from '../../../src/statistics/gamma-ratio.js'
import { momentsOf } from '../../../src/statistics/moments.js'
import { chiSquareLower, chiSquareUpper, normalTwoSided, studentTwoSided } from '../../../src/statistics/tails.js'
import { uniformityTest } from '../../../src/statistics/tests.js'
import { fixtures } from './fixtures.js'

const stream = (name: string): ScalarStream => new ScalarStream(streamState({ seed: 8, name, shard: 0 }))
const known = (value: number, standardError: number, skewness = 0): Estimate => ({
  value,
  standardError,
  count: 10,
  skewness,
  degreesOfFreedom: Number.POSITIVE_INFINITY,
})
function exponentials(draws: ScalarStream, count: number): Estimate {
  const numbers = Float64Array.from({ length: count }, () => -Math.log(draws.nextUniform()))
  const mean = numbers.reduce((sum, x) => sum + x, 0) / count
  const about = (power: number): number => numbers.reduce((sum, x) => sum + (x - mean) ** power, 0)
  return meanEstimate({ count, mean, m2: about(2), m3: about(3), m4: about(4) })
}

/** Estimates of every law that tests are asked about. */
const estimates = fc.record({
  value: fc.double({ min: -3, max: 3, noNaN: true }),
  standardError: fc.double({ min: 0.01, max: 2, noNaN: true }),
  count: fc.integer({ min: 50, max: 5000 }),
  skewness: fc.double({ min: -0.25, max: 0.25, noNaN: true }),
  errorSlope: fc.double({ min: -0.12, max: 0.12, noNaN: true }),
  degreesOfFreedom: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.double({ min: 40, max: 5000, noNaN: true })),
})

describe('against SciPy', () => {
  test.each(fixtures.gammaTail)('the tail of a gamma law at %d, skewness %d', (x, skewness, pValue) => {
    const found = estimateTest(known(x, 1, skewness), 0).pValue
    // Wilson and Hilferty's root is good to a tenth of a p-value of 1e-10.
    expect(Math.abs(Math.log(found / pValue))).toBeLessThan(0.1)
  })
  test("without skewness, with an error of k degrees: Student's law", () => {
    for (const [t, degrees, pValue] of fixtures.studentTwoSided)
      expect(estimateTest({ ...known(t, 1), degreesOfFreedom: degrees }, 0).pValue).toBeCloseTo(pValue, 12)
  })
  test('with a known error and no skewness: the normal law', () => {
    for (const [z, pValue] of fixtures.normalTwoSided)
      expect(estimateTest(known(z, 1), 0).pValue / pValue).toBeCloseTo(1, 9)
  })
})

describe('the test of an estimate', () => {
  test('accepts what its limits say, either side', () => {
    fc.assert(
      fc.property(estimates, fc.constantFrom(1e-2, 1e-5, 1e-9), (estimate, alpha) => {
        for (const deviation of acceptedDeviations(estimate, alpha)) {
          const { pValue } = estimateTest(estimate, estimate.value - deviation * estimate.standardError)
          expect(Math.abs(pValue / alpha - 1)).toBeLessThan(1e-4)
        }
      }),
    )
  })
  test('knows nothing of units, and mirrors with its number', () => {
    fc.assert(
      fc.property(estimates, fc.double({ min: -3, max: 3, noNaN: true }), (estimate, expected) => {
        const { pValue } = estimateTest(estimate, expected)
        const other = estimateTest(shiftEstimate(estimate, 5, -3), 5 - 3 * expected).pValue
        expect(Math.abs(other - pValue)).toBeLessThan(1e-6 * pValue + 1e-300)
      }),
    )
  })
  test('p-values of means of exponential numbers are uniform into the tail, where the normal law errs tenfold', () => {
    const draws = stream('exponential-means')
    const found = Array.from({ length: 12_000 }, () => exponentials(draws, 60)).map((estimate) =>
      estimateTest(estimate, 1),
    )
    const below = (level: number, values: readonly number[]): number => values.filter((p) => p < level).length
    const pValues = found.map(({ pValue }) => pValue)
    const normal = found.map(({ statistic }) => normalTwoSided(statistic))
    expect(uniformityTest(pValues.slice(0, 1000)).pValue).toBeGreaterThan(1e-3)
    // 12 are expected; the third moment of 60 numbers is a rough one.
    expect(below(1e-3, pValues)).toBeLessThan(36)
    expect(below(1e-3, normal)).toBeGreaterThan(60)
  })
  test('what has no spread or no number is refused, never evidence', () => {
    expect(() => estimateTest(known(1, 0), 0)).toThrow(DomainError)
    expect(() => estimateTest(known(Number.NaN, 1), 0)).toThrow(DomainError)
    expect(estimateTest({ ...known(100, 1), errorSlope: 0.1 }, 0).pValue).toBe(0)
  })
})

describe('power', () => {
  test('a deviation of the stated size is caught with the stated power, up and down', () => {
    const draws = stream('power-of-means')
    const [alpha, power, trials] = [1e-3, 0.9, 3000]
    const tested = Array.from({ length: trials }, () => exponentials(draws, 200))
    const deviations = tested.map((estimate) => detectableDeviation(estimate, { alpha, power })).sort((a, b) => a - b)
    const deviation = deviations[trials / 2]!
    const caught = (claim: number): number =>
      tested.filter((estimate) => estimateTest(estimate, claim).pValue < alpha).length / trials
    const [up, down] = [caught(1 / (1 + deviation)), caught(1 / (1 - deviation))]
    // The harder side is caught as stated: six standard deviations of a binomial share are 0.033.
    expect(Math.min(up, down)).toBeGreaterThan(power - 0.04)
    expect(Math.min(up, down)).toBeLessThan(power + 0.04)
  })
  test('of mode powers: exactly, by the law of the mean power', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 2000 }), fc.constantFrom(0.9, 0.999), (count, power) => {
        const alpha = 1e-6
        const deviation = gammaRatioDetectable(count, { alpha, power })
        const [, upper] = gammaRatioInterval(count, alpha)
        const caught = chiSquareUpper((2 * count * upper) / (1 + deviation), 2 * count)
        expect(caught).toBeGreaterThan(power - 1e-6)
        if (deviation < 1) {
          const [lower] = gammaRatioInterval(count, alpha)
          expect(chiSquareLower((2 * count * lower) / (1 - deviation), 2 * count)).toBeGreaterThan(power - 1e-6)
        }
      }),
    )
  })
})

describe('laws of estimates', () => {
  test('one estimate with weight w is the scaled one', () => {
    fc.assert(
      fc.property(estimates, fc.constantFrom(-3, -0.5, 0.25, 2), (estimate, factor) => {
        const [a, b] = [combineEstimates([factor], [estimate]), scaleEstimate(estimate, factor)]
        for (const key of ['value', 'standardError', 'skewness', 'errorSlope'] as const)
          expect(a[key]).toBeCloseTo(b[key]!, 12)
        expect(a.degreesOfFreedom! / b.degreesOfFreedom! || 1).toBeCloseTo(1, 9)
      }),
    )
  })
  test('the mean of two halves has the skewness and degrees of the whole', () => {
    const half: Estimate = {
      value: 1,
      standardError: 0.1,
      count: 50,
      skewness: 0.2,
      errorSlope: 0.1,
      degreesOfFreedom: 49,
    }
    const whole = combineEstimates([0.5, 0.5], [half, half])
    expect(whole.standardError).toBeCloseTo(0.1 / Math.SQRT2, 14)
    expect(whole.skewness).toBeCloseTo(0.2 / Math.SQRT2, 14)
    expect(whole.errorSlope).toBeCloseTo(0.1 / Math.SQRT2, 14)
    expect(whole.degreesOfFreedom).toBeCloseTo(98, 10)
    expect(() => combineEstimates([1], [])).toThrow(DomainError)
  })
  test('a mean square is the mean of the squares', () => {
    const draws = stream('squares')
    const numbers = Array.from({ length: 4000 }, () => 5 + draws.nextNormal())
    const [a, b] = [meanSquareEstimate(momentsOf(numbers)), meanEstimate(momentsOf(numbers.map((x) => x * x)))]
    expect(a.value).toBeCloseTo(b.value, 10)
    expect(a.standardError / b.standardError).toBeCloseTo(1, 10)
    expect(a.skewness! / b.skewness!).toBeCloseTo(1, 1)
  })
  test("a share has the binomial's deviation and skewness", () => {
    const { value, standardError, skewness } = shareEstimate(20, 100)
    expect(value).toBe(0.2)
    expect(standardError).toBeCloseTo(0.04, 14)
    expect(skewness).toBeCloseTo(0.6 / Math.sqrt(16), 14)
    expect(() => shareEstimate(0, 10)).toThrow(DomainError)
  })
  test('a limit does not lean to the points that happen to lie low with small errors', () => {
    const draws = stream('leaning')
    const sizes = [100, 200, 400]
    const points = Array.from({ length: 2000 }, () =>
      sizes.map((size) => ({ size, estimate: exponentials(draws, 100) })),
    )
    const powers = [0]
    const limits = points.map((three) => extrapolateEstimates(three, { powers }))
    const asMeasured = points.map((three) =>
      extrapolate(
        three.map(({ size, estimate: { value, standardError } }) => ({ size, value, error: standardError })),
        { powers },
      ),
    )
    const mean = (found: readonly { readonly value: number }[]): Estimate =>
      meanEstimate(momentsOf(found.map(({ value }) => value)))
    // Two of three points lean by 2/100: weights from errors as measured have the limit 0.013 low, eleven standard errors.
    expect(Math.abs(mean(limits).value - 1)).toBeLessThan(4 * mean(limits).standardError)
    expect(mean(asMeasured).value - 1).toBeLessThan(-7 * mean(asMeasured).standardError)
    expect(uniformityTest(limits.map(({ limit }) => estimateTest(limit, 1).pValue)).pValue).toBeGreaterThan(1e-4)
    expect(studentTwoSided(0, limits[0]!.limit.degreesOfFreedom!)).toBe(1)
  })
})
