import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combinations, combinedVariance } from '../../../src/audit/checks/polarised.js'
import { carriedMatrix } from '../../../src/theory/support/linear-algebra.js'

const real = fc.integer({ min: -300, max: 300 }).map((n) => n / 100)
const complexNumber = fc.record({ re: real, im: real })
/** Amplitudes of three fields. */
const amplitudes = fc.array(complexNumber, { minLength: 3, maxLength: 3 })
type C = { readonly re: number; readonly im: number }
const times = (x: C, y: C): C => ({ re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re })
const conjugate = ({ re, im }: C): C => ({ re, im: -im })
const outer = (x: readonly C[]): C[][] => x.map((a) => x.map((b) => times(a, conjugate(b))))
const sumOf = (ms: readonly (readonly (readonly C[])[])[]): C[][] =>
  ms[0]!.map((row, a) =>
    row.map((_, b) => ({ re: ms.reduce((s, m) => s + m[a]![b]!.re, 0), im: ms.reduce((s, m) => s + m[a]![b]!.im, 0) })),
  )
/** Positive definite: several amplitudes and something on the diagonal. */
const positive = fc
  .array(amplitudes, { minLength: 2, maxLength: 4 })
  .map((samples) =>
    sumOf(samples.map(outer)).map((row, a) => row.map((x, b) => (a === b ? { re: x.re + 0.5, im: 0 } : x))),
  )

describe('combinations of amplitudes', () => {
  it('are as many as a Hermitian matrix has independent numbers', () => {
    for (const n of [1, 2, 3, 4]) expect(combinations(n).length).toBe(n * n)
  })
  it('the variance of a combination is its squared modulus: |x|^2, |x + y|^2, |x + iy|^2', () => {
    fc.assert(
      fc.property(amplitudes, (x) => {
        for (const combination of combinations(3)) {
          const { a, b, part } = combination
          const factor = { alone: { re: 0, im: 0 }, real: { re: 1, im: 0 }, imaginary: { re: 0, im: 1 } }[part]
          const other = times(factor, x[b]!)
          const z = { re: x[a]!.re + other.re, im: x[a]!.im + other.im }
          expect(combinedVariance(outer(x), combination, [1, 1, 1])).toBeCloseTo(z.re ** 2 + z.im ** 2, 9)
        }
      }),
    )
  })
})

describe('a matrix carried along', () => {
  it('what is carried from A to B takes A to B', () => {
    fc.assert(
      fc.property(positive, positive, (from, to) => {
        const carried = carriedMatrix(from, from, to)
        for (const [a, row] of to.entries())
          for (const [b, { re, im }] of row.entries()) {
            expect(carried[a]![b]!.re).toBeCloseTo(re, 6)
            expect(carried[a]![b]!.im).toBeCloseTo(im, 6)
          }
      }),
    )
  })
  it('for one field it is a ratio', () => {
    const one = (re: number) => [[{ re, im: 0 }]]
    expect(carriedMatrix(one(3), one(2), one(5))[0]![0]!.re).toBeCloseTo(7.5, 14)
  })
  it('refuses what is not positive', () => {
    const one = (re: number) => [[{ re, im: 0 }]]
    expect(() => carriedMatrix(one(3), one(-2), one(5))).toThrow(/not positive definite/)
  })
})
