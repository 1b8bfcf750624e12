import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  gaussHermite,
  gaussianExpectation,
  gaussLaguerre,
  gaussLegendre,
  integrate,
  integrateLine,
  type Quadrature,
  trapezoidOnLine,
} from '../../../src/numeric/quadrature.js'

const fixture: Record<'gaussian' | 'finite' | 'line', Record<string, string>> = JSON.parse(
  readFileSync(new URL('./functions.fixture.json', import.meta.url), 'utf8'),
)
/** The value is right within its own error estimate, and the estimate is small. */
const agrees = (found: Quadrature, exact: number, small = 1e-9): void => {
  expect(Math.abs(found.value - exact)).toBeLessThanOrEqual(found.error + 4e-16 * Math.abs(exact))
  expect(found.error).toBeLessThan(small * Math.max(1, Math.abs(exact)))
}

describe('Gauss rules', () => {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
  const doubleFactorial = (n: number): number => (n <= 1 ? 1 : n * doubleFactorial(n - 2))
  const moment = (rule: { nodes: readonly number[]; weights: readonly number[] }, n: number): number =>
    rule.nodes.reduce((s, x, k) => s + rule.weights[k]! * x ** n, 0)

  test.each([1, 2, 5, 12])('%i points are exact up to degree 2n - 1 and not beyond', (n) => {
    for (let degree = 0; degree < 2 * n; degree++) {
      const even = degree % 2 === 0
      expect(moment(gaussLegendre(n), degree)).toBeCloseTo(even ? 2 / (degree + 1) : 0, 12)
      if (even) expect(moment(gaussHermite(n), degree) / doubleFactorial(degree - 1)).toBeCloseTo(1, 11)
      expect(moment(gaussLaguerre(n), degree) / factorial(degree)).toBeCloseTo(1, 11)
    }
    expect(Math.abs(moment(gaussHermite(n), 2 * n) / doubleFactorial(2 * n - 1) - 1)).toBeGreaterThan(1e-5)
  })

  test('256 Legendre points integrate to rounding', () => {
    const { nodes, weights } = gaussLegendre(256)
    expect(nodes.reduce((s, x, k) => s + weights[k]! * Math.exp(x), 0)).toBeCloseTo(Math.E - 1 / Math.E, 13)
  })
})

describe('tabulated integrals', () => {
  test.each([
    ['tanh(5z)^2', (z: number) => Math.tanh(5 * z) ** 2, []],
    ['tanh(z)^2', (z: number) => Math.tanh(z) ** 2, []],
    ['relu(1.5 z + 0.3)', (z: number) => Math.max(0, 1.5 * z + 0.3), [-0.2]],
    ['cos(3z)', (z: number) => Math.cos(3 * z), []],
    ['z^8', (z: number) => z ** 8, []],
    ['exp(z)', Math.exp, []],
  ] as const)('Gaussian expectation of %s', (name, f, kinks) => {
    agrees(gaussianExpectation(f, { kinks }), Number(fixture.gaussian[name]))
  })

  test.each([
    ['exp on 0..1', Math.exp, 0, 1, []],
    ['1/(1+25x^2) on -1..1', (x: number) => 1 / (1 + 25 * x * x), -1, 1, []],
    ['narrow Gaussian at 0.3712', (x: number) => Math.exp(-0.5 * ((x - 0.3712) / 1e-3) ** 2), 0, 1, []],
    ['|x-1/3| on 0..1', (x: number) => Math.abs(x - 1 / 3), 0, 1, [1 / 3]],
    ['sqrt on 0..1', Math.sqrt, 0, 1, []],
  ] as const)('%s', (name, f, a, b, kinks) => {
    agrees(integrate(f, a, b, { kinks }), Number(fixture.finite[name]))
  })

  test.each([
    ['1/(1+x^2)', (x: number) => 1 / (1 + x * x)],
    ['1/cosh(x)', (x: number) => 1 / Math.cosh(x)],
    ['exp(-x^2)', (x: number) => Math.exp(-x * x)],
    ['1/(1+x^4)', (x: number) => 1 / (1 + x ** 4)],
  ] as const)('%s over the line', (name, f) => {
    agrees(integrateLine(f), Number(fixture.line[name]))
  })

  test('the trapezoid on the line', () => {
    const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
    agrees(
      trapezoidOnLine((z) => Math.tanh(z) ** 2 * density(z)),
      Number(fixture.gaussian['tanh(z)^2']),
      1e-12,
    )
    agrees(
      trapezoidOnLine((z) => Math.tanh(5 * z) ** 2 * density(z)),
      Number(fixture.gaussian['tanh(5z)^2']),
      1e-11,
    )
  })
})

describe('orders of convergence', () => {
  const slope = (points: readonly (readonly [number, number])[]): number => {
    const n = points.length
    const mean = (f: (p: readonly [number, number]) => number): number => points.reduce((s, p) => s + f(p), 0) / n
    const [mx, my] = [mean((p) => p[0]), mean((p) => p[1])]
    return mean(([x, y]) => (x - mx) * (y - my)) / mean(([x]) => (x - mx) ** 2)
  }

  test('Gauss-Legendre on |x|^3 falls like n^-4', () => {
    const points = [11, 21, 41, 81, 161].map((n) => {
      const { nodes, weights } = gaussLegendre(n)
      const error = Math.abs(nodes.reduce((s, x, k) => s + weights[k]! * Math.abs(x) ** 3, 0) - 0.5)
      return [Math.log(n), Math.log(error)] as const
    })
    expect(slope(points)).toBeCloseTo(-4, 0)
    expect(Math.abs(slope(points) + 4)).toBeLessThan(0.25)
  })

  test('Gauss-Legendre on an analytic integrand falls exponentially', () => {
    // 1/(x^2 + 1/4): the Bernstein ellipse through i/2 has rho = (1 + sqrt 5)/2, errors fall as rho^(-2n).
    const points = [6, 10, 14, 18, 22].map((n) => {
      const { nodes, weights } = gaussLegendre(n)
      const value = nodes.reduce((s, x, k) => s + weights[k]! / (x * x + 0.25), 0)
      return [n, Math.log(Math.abs(value - 4 * Math.atan(2)))] as const
    })
    expect(slope(points)).toBeCloseTo(-2 * Math.log((1 + Math.sqrt(5)) / 2), 1)
  })
})

describe('refusals', () => {
  test('singular, infinite and exhausted integrals', () => {
    expect(() => integrate((x) => 1 / x, 0, 1)).toThrow('did not converge')
    expect(() => integrate((x) => Math.log(x), -1, 1)).toThrow('the integrand is')
    expect(() => integrate(Math.exp, 0, Number.POSITIVE_INFINITY)).toThrow('not finite')
    expect(() => trapezoidOnLine((x) => Math.abs(Math.sin(40 * x)) * Math.exp((-x * x) / 2))).toThrow(
      'did not converge',
    )
    expect(() => trapezoidOnLine((x) => 1 / (1 + x * x))).toThrow('has not fallen off')
    expect(() => gaussianExpectation(Math.exp, { variance: -1 })).toThrow('variance -1')
    expect(gaussianExpectation(Math.exp, { mean: 2, variance: 0 }).value).toBe(Math.exp(2))
  })
})
