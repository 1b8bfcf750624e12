import { describe, expect, it } from 'vitest'
import {
  add,
  divide,
  type Expression,
  half,
  imaginaryUnit,
  log,
  multiply,
  negate,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import {
  completeSquare,
  determinant,
  exponentsEqualUpToConstant,
  gaussianValue,
  integrateGaussian,
  integrateGaussianInTurn,
} from '../../../../src/theory/gaussian/integrate.js'
import { evaluateComplex } from '../../../../src/theory/support/evaluate.js'
import { numberOf, sameFunction } from '../support/testing.js'

const [x, y, z, u, v] = ['x', 'y', 'z', 'u', 'v'].map(symbol) as [
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
]
const a = symbol('gain')
const b = symbol('noise')
const square = (e: Expression): Expression => power(e, 2)

/** A trapezoid over the plane, wide enough for the integrands below; spectrally accurate. */
function planeIntegral(f: (x: number, y: number) => [number, number], extent = 12, points = 240): [number, number] {
  const h = (2 * extent) / points
  let [re, im] = [0, 0]
  for (let i = 0; i <= points; i++)
    for (let j = 0; j <= points; j++) {
      const [p, q] = f(-extent + i * h, -extent + j * h)
      re += p
      im += q
    }
  return [re * h * h, im * h * h]
}

describe('integrateGaussian', () => {
  it('integrates a weight out of a delta function in Fourier form: -λ^2 σ^2 φ^2 / 2', () => {
    const exponent = add(negate(divide(square(x), multiply(rational(2), square(a)))), multiply(imaginaryUnit, y, z, x))
    const { exponent: left } = integrateGaussian(exponent, [x])
    const expected = multiply(rational(-1, 2), square(a), square(y), square(z))
    expect(exponentsEqualUpToConstant(left, expected, [y, z])).toBe(true)
    expect(exponentsEqualUpToConstant(left, negate(expected), [y, z])).toBe(false)
  })

  it('leaves the determinant where the quadratic form depends on what remains', () => {
    // ∫dλ exp(-λ^2 (a z^2 + b)/2 + iλu): -u^2/(2(a z^2+b)) - log(a z^2 + b)/2
    const width = add(multiply(a, square(z)), b)
    const exponent = add(multiply(rational(-1, 2), square(x), width), multiply(imaginaryUnit, x, u))
    const { exponent: left } = integrateGaussian(exponent, [x])
    const expected = add(negate(divide(square(u), multiply(rational(2), width))), multiply(rational(-1, 2), log(width)))
    expect(sameFunction(left, expected)).toBe(true)
  })

  it('has the value of the integral over two variables, complex linear terms among them', () => {
    const exponent = add(
      multiply(rational(-3, 2), square(x)),
      multiply(rational(-1), square(y)),
      multiply(a, x, y),
      multiply(imaginaryUnit, b, x),
      multiply(rational(1, 3), y),
      rational(1, 7),
    )
    const scalars = new Map([
      ['gain', 0.8],
      ['noise', 0.6],
    ])
    const value = evaluateComplex(gaussianValue(integrateGaussian(exponent, [x, y])), { scalars })
    const [re, im] = planeIntegral((s, t) => {
      const size = Math.exp(-1.5 * s * s - t * t + 0.8 * s * t + t / 3 + 1 / 7)
      return [size * Math.cos(0.6 * s), size * Math.sin(0.6 * s)]
    })
    expect(value.re).toBeCloseTo(re, 10)
    expect(value.im).toBeCloseTo(im, 10)
    expect(Math.abs(im)).toBeGreaterThan(1e-3)
  })

  it('does not depend on whether variables go together or in turn', () => {
    const exponent = add(
      multiply(rational(-2), square(x)),
      multiply(rational(-3), square(y)),
      multiply(rational(-1), square(z)),
      multiply(a, x, y),
      multiply(b, y, z),
      multiply(u, x),
      multiply(v, z),
    )
    const together = integrateGaussian(exponent, [x, y, z])
    const inTurn = integrateGaussianInTurn(exponent, [[x], [y], [z]])
    expect(exponentsEqualUpToConstant(together.exponent, inTurn.exponent, [u, v, a, b])).toBe(true)
    expect(numberOf(subtract(together.constant, inTurn.constant))).toBeCloseTo(0, 12)
  })

  it('refuses an integral that diverges, one that is not Gaussian and one that is too large', () => {
    expect(() => integrateGaussian(square(x), [x])).toThrow(/diverges/)
    expect(() => integrateGaussian(multiply(rational(-1), power(x, 4)), [x])).toThrow(/not quadratic/)
    expect(() => integrateGaussian(multiply(x, y), [x])).toThrow(/singular/)
    const many = Array.from({ length: 9 }, (_, k) => symbol(`x${k}`))
    const sum = add(...many.map(square))
    expect(integrateGaussian(negate(sum), many).exponent).toBeDefined()
    expect(() => integrateGaussian(negate(add(sum, square(add(...many)))), many)).toThrow(/at most 8/)
  })
})

describe('completeSquare', () => {
  it('puts the exponent together again', () => {
    const exponent = add(
      multiply(rational(-1), square(x)),
      multiply(rational(-2), square(y)),
      multiply(a, x, y),
      multiply(b, x),
      multiply(u, y),
    )
    const { matrix, shifts, remainder } = completeSquare(exponent, [x, y])
    const variables = [x, y]
    const form = add(
      ...variables.flatMap((p, i) =>
        variables.map((q, j) =>
          multiply(
            rational(-1, 2),
            matrix[i]?.[j] ?? rational(0),
            subtract(p, shifts[i] ?? rational(0)),
            subtract(q, shifts[j] ?? rational(0)),
          ),
        ),
      ),
    )
    expect(sameFunction(add(form, remainder), exponent)).toBe(true)
  })
})

describe('determinant', () => {
  it('of a Vandermonde matrix is the product of differences', () => {
    const rows = [x, y, z].map((t) => [rational(1), t, square(t)])
    const product = multiply(subtract(y, x), subtract(z, x), subtract(z, y))
    expect(sameFunction(determinant(rows), product)).toBe(true)
  })
  it('of a matrix with half on the diagonal and nothing else', () => {
    expect(
      sameFunction(
        determinant([
          [half, rational(0)],
          [rational(0), half],
        ]),
        rational(1, 4),
      ),
    ).toBe(true)
  })
})
