import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import { angleOverSine, quadrantIntegral, quadrantMean } from '../../../../src/numeric/quadrant.js'

interface Row {
  readonly first: string
  readonly second: string
  readonly cross: string
  readonly integral: string
  readonly mean: string
}
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('quadrant.fixture.json', import.meta.url), 'utf8'))
const matrixOf = (r: Row) => ({ first: Number(r.first), second: Number(r.second), cross: Number(r.cross) })

describe('the quadrant integral', () => {
  it('agrees with mpmath on every branch', () => {
    expect(rows.length).toBe(56)
    for (const row of rows) {
      const matrix = matrixOf(row)
      // Near cross = -sqrt(first second) the integral's condition number is that of their difference.
      const near = Math.sqrt(matrix.first * matrix.second) + matrix.cross
      const condition = 1 + Math.abs(matrix.cross) / near
      expect(Math.abs(quadrantIntegral(matrix) / Number(row.integral) - 1)).toBeLessThan(4e-15 * condition)
      expect(Math.abs(quadrantMean(matrix) / Number(row.mean) - 1)).toBeLessThan(4e-15 * condition)
    }
  })

  it('is continued analytically through a vanishing determinant: both sides of r = 1 join with two derivatives', () => {
    for (const r of [0.7499, 0.7501, 0.999999, 1, 1.000001, 1.2499, 1.2501]) {
      const [value, first, second] = angleOverSine(r)
      // (1 - r^2) f' = r f - 1 holds on every branch; each side takes a few roundings of numbers of size one.
      const rounding = 4 * Number.EPSILON
      expect(Math.abs((1 - r * r) * first - (r * value - 1))).toBeLessThan(rounding)
      expect(Math.abs((1 - r * r) * second - (value + 3 * r * first))).toBeLessThan(16 * rounding)
    }
    expect(angleOverSine(1)[0]).toBe(1)
  })

  it('diverges, and says so, unless the matrix is copositive', () => {
    for (const matrix of [
      { first: 1, second: 1, cross: -1 },
      { first: 1, second: 1, cross: -1.1 },
      { first: 0, second: 1, cross: 2 },
      { first: -1, second: 1, cross: 2 },
      { first: 1, second: Number.NaN, cross: 0 },
    ])
      expect(() => quadrantIntegral(matrix)).toThrow(DomainError)
    expect(() => angleOverSine(-1)).toThrow(DomainError)
  })
})
