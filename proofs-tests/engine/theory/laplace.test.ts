import { describe, expect, it } from 'vitest'
import { add, multiply, rational, symbol } from '../../../src/expression/expression.js'
import { laplaceApproximation, laplaceConvergence } from '../../../src/theory/laplace.js'
import { evaluateReal } from '../../../src/theory/support/evaluate.js'

/** x - 1 - log x, whose Laplace approximation is Stirling's formula: minimum 0 at x = 1, second derivative 1. */
const f = (x: number): number => x - 1 - Math.log(x)
const approximate = (factor: number) => (large: number) =>
  factor *
  evaluateReal(laplaceApproximation({ large: symbol('A'), minimum: rational(0), hessian: [[rational(1)]] }), {
    scalars: new Map([['A', large]]),
  })

describe('laplaceApproximation', () => {
  it('has a relative error that vanishes as 1/A, with the coefficient of Stirling: 1/12', () => {
    const { order, ratios } = laplaceConvergence({ f, minimiser: 1, approximation: approximate(1), from: 1e-9, to: 8 })
    expect(order).toBeCloseTo(1, 2)
    const last = ratios.at(-1)
    // The integrand x^A e^{-A x}: Gamma(A+1) e^A / A^{A+1} = sqrt(2 pi / A) (1 + 1/(12 A) + …).
    expect(((last?.ratio ?? 0) - 1) * (last?.large ?? 0)).toBeCloseTo(1 / 12, 3)
  })
  it('does not converge with a missing half in the exponent, which makes it smaller by sqrt 2', () => {
    const { order, ratios } = laplaceConvergence({
      f,
      minimiser: 1,
      approximation: approximate(Math.SQRT1_2),
      from: 1e-9,
      to: 8,
    })
    expect(Math.abs(order)).toBeLessThan(0.01)
    expect(ratios.at(-1)?.ratio).toBeCloseTo(Math.SQRT2, 3)
  })
  it('is exact for a Gaussian in two variables', () => {
    const value = evaluateReal(
      laplaceApproximation({
        large: symbol('A'),
        minimum: rational(1, 3),
        hessian: [
          [rational(2), symbol('c')],
          [symbol('c'), add(rational(1), multiply(symbol('c'), symbol('c')))],
        ],
      }),
      {
        scalars: new Map([
          ['A', 3],
          ['c', 0.5],
        ]),
      },
    )
    expect(value).toBeCloseTo((Math.exp(-1) * 2 * Math.PI) / 3 / Math.sqrt(2 * 1.25 - 0.25), 12)
  })
  it('refuses bounds within which the integrand does not decay', () => {
    expect(() => laplaceConvergence({ f, minimiser: 1, approximation: approximate(1), from: 0.5, to: 1.2 })).toThrow(
      /decay/,
    )
  })
})
