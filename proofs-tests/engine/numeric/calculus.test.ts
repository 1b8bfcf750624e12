import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derivative, gradient, hessian } from '../../../src/numeric/differentiate-numerically.js'
import { minimise, minimiseSimplex } from '../../../src/numeric/minimise.js'
import { findAllRoots, findRoot, solveSystem } from '../../../src/numeric/roots.js'

describe('numeric differentiation', () => {
  const cases = [
    [Math.exp, Math.exp, Math.exp, Math.exp, 0.7],
    [Math.sin, Math.cos, (x: number) => -Math.sin(x), (x: number) => -Math.cos(x), 1.3],
    [Math.tanh, (x: number) => 1 - Math.tanh(x) ** 2, (x: number) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2), (x: number) => (1 - Math.tanh(x) ** 2) * (6 * Math.tanh(x) ** 2 - 2), -0.4],
    [Math.log, (x: number) => 1 / x, (x: number) => -1 / x ** 2, (x: number) => 2 / x ** 3, 0.02],
  ] as const // biome-ignore format: a table reads best as a table
  test.each(cases)('case %# is within its own error estimate to third order', (f, first, second, third, x) => {
    for (const [order, exact] of [
      [1, first(x)],
      [2, second(x)],
      [3, third(x)],
    ] as const) {
      const found = derivative(f, x, { order })
      expect(found.converged).toBe(true)
      expect(Math.abs(found.value - exact)).toBeLessThanOrEqual(found.error)
    }
  })

  test('first derivatives of smooth functions are good to ten digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), (k) => {
        const x = k / 100
        expect(Math.abs(derivative(Math.tanh, x).value - (1 - Math.tanh(x) ** 2))).toBeLessThan(1e-10)
      }),
      { seed: 3, numRuns: 50 },
    )
  })

  test('a kink has no derivative', () => {
    expect(derivative(Math.abs, 0.01, { step: 0.5, tolerance: 1e-9 }).value).toBeCloseTo(1, 5)
    expect(derivative((x) => Math.sqrt(Math.abs(x)), 0, { order: 2 }).converged).toBe(false)
    expect(() => gradient(([x]) => Math.sign(x!), [0])).toThrow('component 0 of the gradient did not converge')
  })

  test('gradient and Hessian of a function of three variables', () => {
    const f = ([x, y, z]: readonly number[]): number => Math.exp(x! * y!) * Math.cos(z!) + x! ** 3 * z!
    const [x, y, z] = [0.3, -0.8, 1.1]
    const e = Math.exp(x * y)
    const g = gradient(f, [x, y, z])
    const exact = [y * e * Math.cos(z) + 3 * x * x * z, x * e * Math.cos(z), -e * Math.sin(z) + x ** 3]
    for (const [k, value] of exact.entries()) expect(Math.abs(g[k]!.value - value)).toBeLessThan(1e-9)
    const h = hessian(f, [x, y, z])
    const second = [
      [y * y * e * Math.cos(z) + 6 * x * z, (1 + x * y) * e * Math.cos(z), -y * e * Math.sin(z) + 3 * x * x],
      [(1 + x * y) * e * Math.cos(z), x * x * e * Math.cos(z), -x * e * Math.sin(z)],
      [-y * e * Math.sin(z) + 3 * x * x, -x * e * Math.sin(z), -e * Math.cos(z)],
    ]
    for (const [j, row] of second.entries())
      for (const [k, value] of row.entries())
        expect(Math.abs(h[j]![k]!.value - value)).toBeLessThanOrEqual(h[j]![k]!.error)
  })
})

describe('roots', () => {
  test('Brent finds known roots within its error', () => {
    const { root, error } = findRoot((x) => Math.cos(x) - x, 0, 1)
    expect(Math.abs(root - 0.7390851332151607)).toBeLessThanOrEqual(error)
    expect(error).toBeLessThan(1e-14)
    expect(findRoot((x) => x ** 3, -1, 2).root).toBeCloseTo(0, 4)
    expect(findRoot((x) => x - 2, 2, 5).root).toBe(2)
  })

  test('a bracket without change of sign is refused', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow('no sign change')
    expect(() => findRoot(Math.log, -1, 2)).toThrow('no value')
  })

  test('all roots on an interval, poles left out', () => {
    const roots = findAllRoots(Math.sin, -1, 10).map((r) => r.root)
    expect(roots).toHaveLength(4)
    for (const [k, root] of roots.entries()) expect(root).toBeCloseTo(k * Math.PI, 12)
    const tangent = findAllRoots(Math.tan, -1, 5).map((r) => r.root)
    expect(tangent).toHaveLength(2)
  })

  test('every root of a polynomial with separated roots is found', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 6 }), (centres) => {
        const f = (x: number): number => centres.reduce((p, c) => p * (x - c - 0.123), 1)
        const roots = findAllRoots(f, -25, 25).map((r) => r.root)
        expect(roots.map((r) => Math.round(r - 0.123) + 0)).toEqual([...centres].sort((a, b) => a - b))
      }),
      { seed: 5, numRuns: 40 },
    )
  })

  test('Newton solves a system and refuses one without solution', () => {
    const { solution, residual } = solveSystem(([x, y]) => [x! ** 2 + y! ** 2 - 4, x! * y! - 1], [2, 0.3])
    expect(residual).toBeLessThan(1e-12)
    expect(solution[0]! ** 2 + solution[1]! ** 2).toBeCloseTo(4, 12)
    expect(() => solveSystem(([x]) => [x! ** 2 + 1], [0.7])).toThrow(/did not converge|singular/)
  })
})

describe('minima', () => {
  test('on an interval', () => {
    const found = minimise((x) => (x - 1.25) ** 2 + 3, -4, 7)
    expect(found.at).toBeCloseTo(1.25, 7)
    expect(found.value).toBeCloseTo(3, 14)
    expect(minimise((x) => x, 2, 5).at).toBeCloseTo(2, 6)
  })

  test("in several variables: Rosenbrock's valley", () => {
    const f = ([x, y]: readonly number[]): number => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2
    const found = minimiseSimplex(f, [-1.2, 1], { tolerance: 1e-14 })
    expect(found.at[0]).toBeCloseTo(1, 5)
    expect(found.at[1]).toBeCloseTo(1, 5)
  })

  test('an unbounded function is refused', () => {
    expect(() => minimiseSimplex(([x]) => x!, [0], { evaluations: 2000 })).toThrow('no minimum found')
  })
})
