import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import {
  chiSquareLower,
  chiSquareTwoSided,
  chiSquareUpper,
  kolmogorovUpper,
  normalTwoSided,
  normalUpper,
  studentTwoSided,
} from '../../../src/statistics/tails.js'
import { fixtures } from './fixtures.js'

const expectRelative = (value: number, exact: number, tolerance: number): void =>
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(tolerance * exact)

describe('tail probabilities against mpmath', () => {
  test.each(fixtures.normalTwoSided)('normal at %d', (z, exact) => {
    // z / sqrt(2) is rounded before it is squared: that alone costs z^2 half-epsilons.
    const tolerance = (4 + z * z) * Number.EPSILON
    expectRelative(normalTwoSided(z), exact, tolerance)
    expectRelative(normalTwoSided(-z), exact, tolerance)
    expectRelative(2 * normalUpper(z), exact, tolerance)
  })
  test.each(fixtures.chiSquareUpper)('chi-square at %d with %d degrees', (x, degrees, exact) => {
    expectRelative(chiSquareUpper(x, degrees), exact, 2e-11)
    expect(chiSquareLower(x, degrees) + exact).toBeCloseTo(1, 11)
    expectRelative(chiSquareTwoSided(x, degrees), 2 * Math.min(exact, chiSquareLower(x, degrees)), 2e-11)
  })
  test.each(fixtures.studentTwoSided)("Student's t at %d with %d degrees", (t, degrees, exact) => {
    expectRelative(studentTwoSided(t, degrees), exact, 1e-10)
  })
  test.each(fixtures.kolmogorovUpper)('Kolmogorov at %d', (x, exact) => {
    expect(Math.abs(kolmogorovUpper(x) - exact)).toBeLessThan(1e-13)
  })
  test('NaN and impossible degrees are refused', () => {
    expect(() => chiSquareUpper(Number.NaN, 2)).toThrow(DomainError)
    expect(() => chiSquareUpper(1, 0)).toThrow(DomainError)
    expect(() => studentTwoSided(Number.NaN, 3)).toThrow(DomainError)
    expect(() => studentTwoSided(1, Number.NaN)).toThrow(DomainError)
  })
})
