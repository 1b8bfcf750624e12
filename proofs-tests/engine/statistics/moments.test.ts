import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { meanEstimate, scaleEstimate, varianceEstimate } from '../../../src/statistics/estimate.js'
import {
  excessKurtosis,
  type Moments,
  mergeMoments,
  momentsOf,
  noMoments,
  skewness,
  standardErrorOfMean,
  standardErrorOfVariance,
  variance,
} from '../../../src/statistics/moments.js'
import { fixtures } from './fixtures.js'

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 })

function expectClose(a: Moments, b: Moments, scale: number): void {
  expect(a.count).toBe(b.count)
  const n = Math.max(1, a.count)
  expect(Math.abs(a.mean - b.mean)).toBeLessThanOrEqual(1e-13 * scale)
  expect(Math.abs(a.m2 - b.m2)).toBeLessThanOrEqual(1e-13 * n * scale ** 2)
  expect(Math.abs(a.m3 - b.m3)).toBeLessThanOrEqual(1e-12 * n * scale ** 3)
  expect(Math.abs(a.m4 - b.m4)).toBeLessThanOrEqual(1e-12 * n * scale ** 4)
}

describe('moments', () => {
  test('agree with SciPy', () => {
    const moments = momentsOf(fixtures.samples.a)
    expect(moments.mean).toBeCloseTo(fixtures.moments.mean, 12)
    expect(variance(moments)).toBeCloseTo(fixtures.moments.variance, 11)
    expect(skewness(moments)).toBeCloseTo(fixtures.moments.skewness, 12)
    expect(excessKurtosis(moments)).toBeCloseTo(fixtures.moments.excessKurtosis, 11)
    expect(standardErrorOfMean(moments)).toBeCloseTo(fixtures.moments.standardError, 12)
  })

  test('agree with their definition', () => {
    fc.assert(
      fc.property(values, (list) => {
        const mean = list.reduce((sum, x) => sum + x, 0) / list.length
        const sum = (p: number): number => list.reduce((total, x) => total + (x - mean) ** p, 0)
        expectClose(momentsOf(list), { count: list.length, mean, m2: sum(2), m3: sum(3), m4: sum(4) }, 2000)
      }),
    )
  })

  test('merging is concatenation, has a neutral element and is associative to rounding', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const [x, y, z] = [momentsOf(a), momentsOf(b), momentsOf(c)]
        expectClose(mergeMoments(x, y), momentsOf([...a, ...b]), 2000)
        expectClose(mergeMoments(mergeMoments(x, y), z), mergeMoments(x, mergeMoments(y, z)), 2000)
        expect(mergeMoments(x, noMoments)).toEqual(x)
        expect(mergeMoments(noMoments, x)).toEqual(x)
      }),
    )
  })

  test('keep the variance of numbers far from zero', () => {
    const near = [1, 2, 3, 4, 7]
    expect(variance(momentsOf(near.map((x) => 1e9 + x)))).toBeCloseTo(variance(momentsOf(near)), 5)
  })

  test('the standard error of a variance: normal numbers have 2 s^4 / (n - 1)', () => {
    // Normal quantile-like moments: m2 = n, m4 = 3n.
    const n = 10_000
    expect(standardErrorOfVariance({ count: n, mean: 0, m2: n - 1, m3: 0, m4: 3 * n })).toBeCloseTo(Math.sqrt(2 / n), 5)
  })
})

describe('estimates', () => {
  test('a mean and a variance with their errors, scaled', () => {
    const moments = momentsOf([1, 2, 3, 4])
    expect(meanEstimate(moments)).toMatchObject({ value: 2.5, standardError: Math.sqrt(5 / 3 / 4), count: 4 })
    expect(varianceEstimate(moments).value).toBeCloseTo(5 / 3, 14)
    expect(scaleEstimate({ value: 2, standardError: 0.5, count: 4 }, -2)).toEqual({
      value: -4,
      standardError: 1,
      count: 4,
    })
  })
  test('too few numbers have none', () => {
    expect(() => meanEstimate(momentsOf([1]))).toThrow(DomainError)
    expect(() => varianceEstimate(momentsOf([1, 2, 3]))).toThrow(DomainError)
  })
})
