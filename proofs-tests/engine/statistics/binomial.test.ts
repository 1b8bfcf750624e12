import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { binomialLower, binomialTwoSided, binomialUpper } from '../../../src/statistics/binomial.js'

const fixtures = JSON.parse(
  readFileSync(new URL('./binomial-fixtures.json', import.meta.url), 'utf8'),
) as readonly (readonly [number, number, number, number, number])[]

describe('binomial tails against sums by mpmath', () => {
  test.each(fixtures)('%d of %d at probability %d', (count, trials, probability, upper, lower) => {
    expect(Math.abs(binomialUpper(count, trials, probability) / upper - 1)).toBeLessThan(1e-10)
    expect(Math.abs(binomialLower(count, trials, probability) / lower - 1)).toBeLessThan(1e-10)
    const twoSided = Math.min(1, 2 * Math.min(upper, lower))
    expect(Math.abs(binomialTwoSided(count, trials, probability) / twoSided - 1)).toBeLessThan(1e-10)
  })
  test('events that are certain or impossible', () => {
    expect(binomialTwoSided(0, 10, 0)).toBe(1)
    expect(binomialTwoSided(1, 10, 0)).toBe(0)
    expect(binomialTwoSided(10, 10, 1)).toBe(1)
    expect(binomialTwoSided(9, 10, 1)).toBe(0)
  })
  test('what is no binomial is refused', () => {
    expect(() => binomialUpper(3, 2, 0.5)).toThrow(DomainError)
    expect(() => binomialUpper(1.5, 2, 0.5)).toThrow(DomainError)
    expect(() => binomialLower(1, 2, 1.5)).toThrow(DomainError)
  })
})
