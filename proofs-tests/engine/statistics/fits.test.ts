import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { ScalarStream } from '../../../src/network/reference/scalar-stream.js'
import { streamState } from '../../../src/network/stream.js'
import { extrapolate } from '../../../src/statistics/extrapolate.js'
import { fitExponent } from '../../../src/statistics/fit-exponent.js'
import { leastSquares } from '../../../src/statistics/least-squares.js'
import { uniformityTest } from '../../../src/statistics/tests.js'
import { fixtures } from './fixtures.js'

const stream = (name: string): ScalarStream => new ScalarStream(streamState({ seed: 6, name, shard: 0 }))

test('weighted least squares agree with NumPy', () => {
  const { x, y, e, coefficients, errors, chiSquare, pValue } = fixtures.leastSquares
  const fit = leastSquares(
    x.map((at) => [1, 1 / at, 1 / at ** 2]),
    y,
    e,
  )
  for (const k of [0, 1, 2]) {
    expect(fit.coefficients[k]! / coefficients[k]!).toBeCloseTo(1, 9)
    expect(fit.errors[k]! / errors[k]!).toBeCloseTo(1, 9)
  }
  expect(fit.chiSquare / chiSquare).toBeCloseTo(1, 9)
  expect(fit.pValue! / pValue).toBeCloseTo(1, 8)
  expect(fit.degreesOfFreedom).toBe(3)
})

describe('extrapolate', () => {
  const sizes = [50, 100, 200, 400, 800]
  test('recovers the limit of an exact polynomial in 1/N', () => {
    const coefficient = fc.integer({ min: -50, max: 50 })
    fc.assert(
      fc.property(coefficient, coefficient, coefficient, (a, b, c) => {
        const points = sizes.map((size) => ({ size, value: a + b / size + c / size ** 2, error: 0.01 }))
        const { value, fit } = extrapolate(points, { powers: [0, 1, 2] })
        expect(Math.abs(value - a)).toBeLessThan(1e-9)
        expect(fit.chiSquare).toBeLessThan(1e-12)
      }),
    )
  })

  test('its error and chi-square are those of noise of the stated size', () => {
    const noise = stream('extrapolate')
    const fits = Array.from({ length: 400 }, () =>
      extrapolate(
        sizes.map((size) => ({ size, value: 1 + 3 / size + 0.02 * noise.nextNormal(), error: 0.02 })),
        { powers: [0, 1] },
      ),
    )
    const pulls = fits.map(({ value, error }) => (value - 1) / error)
    const meanSquare = pulls.reduce((sum, x) => sum + x * x, 0) / pulls.length
    // chi-square of 400 degrees over 400: standard deviation 0.07.
    expect(Math.abs(meanSquare - 1)).toBeLessThan(0.3)
    expect(uniformityTest(fits.map(({ fit }) => fit.pValue!)).pValue).toBeGreaterThan(1e-3)
  })

  test('a missing power shows in chi-square', () => {
    const points = sizes.map((size) => ({ size, value: 1 + 400 / size ** 2, error: 0.001 }))
    expect(extrapolate(points, { powers: [0, 1] }).fit.pValue).toBeLessThan(1e-10)
  })

  test('what cannot be fixed is refused', () => {
    const point = { size: 10, value: 1, error: 0.1 }
    expect(() => extrapolate([point], { powers: [0, 1] })).toThrow(/1 points cannot fix 2/)
    expect(() => extrapolate([point, point, point], { powers: [0, 1] })).toThrow(/not independent/)
    expect(() => extrapolate([point, { ...point, size: 20, error: 0 }], { powers: [0] })).toThrow(DomainError)
    expect(() => extrapolate([point], { powers: [1] })).toThrow(/power 0/)
    expect(() => extrapolate([{ ...point, size: Number.NaN }], { powers: [0] })).toThrow(DomainError)
    expect(extrapolate([point], { powers: [0] }).fit.pValue).toBeNull()
  })
})

describe('fitExponent', () => {
  test('finds the exponent of a power law', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 12 }), (quarters) => {
        const points = [10, 30, 100, 300].map((size) => ({ size, value: -2 * size ** (quarters / 4), error: 0 }))
        const { exponent } = fitExponent(points.map((p) => ({ ...p, error: 0.01 * Math.abs(p.value) })))
        expect(exponent).toBeCloseTo(quarters / 4, 9)
      }),
    )
  })
  test('a value that is not resolved is refused', () => {
    const points = [10, 30].map((size) => ({ size, value: 1, error: 0.6 }))
    expect(() => fitExponent(points)).toThrow(/take more networks/)
    expect(() => fitExponent([{ size: 1, value: 0, error: 0 }])).toThrow(DomainError)
    expect(() => fitExponent([{ size: 1, value: Number.NaN, error: 0.1 }])).toThrow(DomainError)
  })
})
