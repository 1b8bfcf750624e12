/** Fields integrated out of a kernel, against the inverse of the whole. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Expression, type MatrixNode, rational, symbol } from '../../../../src/expression/expression.js'
import { numericKernel } from '../../../../src/theory/ring/numeric-kernel.js'
import { integrateOut } from '../../../../src/theory/ring/reduced-kernel.js'
import { inverseOf } from '../../../../src/theory/support/linear-algebra.js'

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const [a, b, c, d, e, f] = names.map((name) => symbol(name)) as [
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
]
const three: MatrixNode = { kind: 'matrix', rows: [[a, d, e], [d, b, f], [e, f, c]] } // biome-ignore format: a matrix

// Diagonals that outweigh what stands beside them: the kernel is positive.
const entries = fc
  .tuple(
    ...[2, 3, 4].map((n) => fc.integer({ min: 2 * n, max: 20 })),
    ...[1, 2, 3].map(() => fc.integer({ min: -9, max: 9 }).map((n) => n / 5)),
  )
  .map((values) => new Map(names.map((name, k) => [name as string, values[k]!])))

describe('a field integrated out', () => {
  it('leaves the others the correlations that they had: the block of the inverse kernel', () => {
    const two = integrateOut(three, 1)
    const one = integrateOut(two, 1)
    fc.assert(
      fc.property(entries, (values) => {
        const whole = inverseOf(numericKernel(three, values).at(0))
        const left = inverseOf(numericKernel(two, values).at(0))
        for (const [i, k] of [
          [0, 0],
          [1, 2],
        ] as const)
          for (const [j, l] of [
            [0, 0],
            [1, 2],
          ] as const)
            expect(left[i]![j]!.re).toBeCloseTo(whole[k]![l]!.re, 10)
        expect(1 / numericKernel(one, values).at(0)[0]![0]!.re).toBeCloseTo(whole[0]![0]!.re, 10)
      }),
    )
  })

  it('is one of several', () => {
    expect(() => integrateOut({ kind: 'matrix', rows: [[rational(1)]] }, 0)).toThrow(/name one of several/)
    expect(() => integrateOut(three, 3)).toThrow(/field 3 of 3/)
  })
})
