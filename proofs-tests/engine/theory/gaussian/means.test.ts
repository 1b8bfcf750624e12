import { describe, expect, test } from 'vitest'
import { compareInWorlds } from '../../../../src/audit/compare/property.js'
import { differentiate } from '../../../../src/expression/differentiate.js'
import { DomainError } from '../../../../src/expression/errors.js'
import { add, type Expression, multiply, one, symbol, zero } from '../../../../src/expression/expression.js'
import type { Domain, Notation } from '../../../../src/expression/notation.js'
import { readExpression } from '../../../../src/expression/read-latex.js'
import {
  type FieldFunction,
  type GaussianMean,
  gaussianMeanOf,
  meanIntegral,
  meanSlope,
  mergedFields,
} from '../../../../src/theory/gaussian/means.js'
import { rectifiedMean } from '../../../../src/theory/gaussian/rectified-means.js'
import { gaussianActivation, rectifiedForm } from '../../../../src/theory/mean-field/activation.js'
import { derivativeKernel, gaussianKernel } from '../../../../src/theory/mean-field/kernels.js'
import { evaluateReal } from '../../../../src/theory/support/evaluate.js'
import { declare } from '../../expression/notation.js'

const between = (minimum: number, maximum: number): Domain => ({
  minimum,
  maximum,
  includeMinimum: false,
  includeMaximum: false,
  integer: false,
})
const notation: Notation = {
  families: [],
  variables: ['x', 'y', 'z'],
  symbols: [
    declare('first', 'scalar', 'a', '', { domain: between(0, 3) }),
    declare('second', 'scalar', 'b', '', { domain: between(0, 3) }),
    declare('correlation', 'scalar', 'c', '', { domain: between(-1, 1) }),
    declare('activation', 'function', '\\phi'),
  ],
}
const domains = new Map([
  ['first', between(0, 3)],
  ['second', between(0, 3)],
  ['correlation', between(-1, 1)],
])
const read = (latex: string): Expression => readExpression(latex, notation)
const options = { seed: 1, depth: 'quick' as const }

const phi = (field: number, order = 0): FieldFunction => ({ name: 'activation', indices: [], order, field })
const [a, b, c] = [symbol('first'), symbol('second'), symbol('correlation')]
const cross = read('c \\sqrt{a b}')
const pair = (...functions: readonly FieldFunction[]): GaussianMean => ({
  functions,
  covariance: [
    [a, cross],
    [cross, b],
  ],
})
const values = (e: Expression, first: number, second: number, correlation: number): number =>
  evaluateReal(e, { scalars: new Map(Object.entries({ first, second, correlation })) })

describe('Gaussian means by covariance', () => {
  test('what is written from a covariance reads back with the same covariance', () => {
    const integral = meanIntegral(pair(phi(0), phi(1)), [symbol('x'), symbol('y')], domains)
    const found = integral.kind === 'integral' ? gaussianMeanOf(integral, domains) : null
    expect(found?.mean.functions).toEqual([phi(0), phi(1)])
    for (const [first, second, correlation] of [
      [1, 2, 0.3],
      [0.4, 1.7, -0.8],
    ] as const)
      expect(values(found!.mean.covariance[0]![1]!, first, second, correlation)).toBeCloseTo(
        correlation * Math.sqrt(first * second),
        12,
      )
  })

  test('a mean does not depend on how its fields are written in the normal variables', () => {
    const printed = read('\\int Dx Dy \\phi(\\sqrt{a} x) \\phi(\\sqrt{b} (c x + \\sqrt{1 - c^2} y))')
    const turned = read('\\int Dx Dy \\phi(\\sqrt{a} (c x - \\sqrt{1 - c^2} y)) \\phi(\\sqrt{b} x)')
    expect(compareInWorlds(printed, turned, notation, options).outcome).toBe('holds')
    const wrong = read('\\int Dx Dy \\phi(\\sqrt{a} x) \\phi(\\sqrt{b} (c x + (1 - c^2) y))')
    expect(compareInWorlds(printed, wrong, notation, options).outcome).toBe('refuted')
  })

  test('fields of correlation one are counted once', () => {
    const same: GaussianMean = {
      functions: [phi(0), phi(1)],
      covariance: [
        [a, a],
        [a, a],
      ],
    }
    expect(mergedFields(same, domains)).toEqual({ functions: [phi(0), phi(0)], covariance: [[a]] })
  })

  test('the slope of the overlap is the mean of both derivatives, that of a mean square half its curvature', () => {
    const slope = add(...meanSlope(pair(phi(0), phi(1)), c).map(({ factor, mean }) => multiply(factor, meanIntegral(mean, [symbol('x'), symbol('y')], domains)))) // biome-ignore format: one sum
    const expected = read("\\sqrt{a b} \\int Dx Dy \\phi'(\\sqrt{a} x) \\phi'(\\sqrt{b} (c x + \\sqrt{1 - c^2} y))")
    expect(compareInWorlds(slope, expected, notation, options).outcome).toBe('holds')
    const square: GaussianMean = { functions: [phi(0), phi(0)], covariance: [[a]] }
    const length = add(...meanSlope(square, a).map(({ factor, mean }) => multiply(factor, meanIntegral(mean, [symbol('z')], domains)))) // biome-ignore format: one sum
    const terms = read("\\int Dz \\phi'(\\sqrt{a} z)^2 + \\int Dz \\phi(\\sqrt{a} z) \\phi''(\\sqrt{a} z)")
    expect(compareInWorlds(length, terms, notation, options).outcome).toBe('holds')
  })

  test('integrals that no factor couples are the product of both', () => {
    const both = read('\\int Dx Dy \\phi(\\sqrt{a} x) \\cos(y) \\phi(\\sqrt{b} y)')
    const apart = read(
      '\\left[ \\int Dx \\phi(\\sqrt{a} x) \\right] \\left[ \\int Dy \\cos(y) \\phi(\\sqrt{b} y) \\right]',
    )
    expect(compareInWorlds(both, apart, notation, options).outcome).toBe('holds')
  })
})

describe('rectifiers in closed form', () => {
  const rectifier = gaussianActivation(rectifiedForm)

  test('half moments of one field', () => {
    const moment = (n: number): number =>
      values(rectifiedMean({ functions: Array.from({ length: n }, () => phi(0)), covariance: [[a]] }), 2.25, 1, 0)
    // E[max(0, u)^n] of a normal variable of deviation 3/2: the chi distribution's moments, halved.
    expect(moment(1)).toBeCloseTo(1.5 / Math.sqrt(2 * Math.PI), 14)
    expect(moment(2)).toBeCloseTo(2.25 / 2, 14)
    expect(moment(3)).toBeCloseTo((2 * 1.5 ** 3) / Math.sqrt(2 * Math.PI), 13)
    expect(moment(4)).toBeCloseTo((3 * 1.5 ** 4) / 2, 13)
  })

  test.each([
    [0.5, 1 / 3],
    [-0.5, 1 / 6],
    [0, 1 / 4],
    [Math.SQRT1_2, 3 / 8],
  ])('both of two fields of correlation %f are positive with probability %f (Sheppard)', (correlation, expected) => {
    expect(values(rectifiedMean(pair(phi(0, 1), phi(1, 1)), domains), 1.3, 0.6, correlation)).toBeCloseTo(expected, 13)
  })

  test('pairs agree with the kernels by number', () => {
    for (const correlation of [-0.7, 0, 0.2, 0.9]) {
      const [first, second] = [1.7, 0.8]
      const at = { first, second, cross: correlation * Math.sqrt(first * second) }
      const value = (...functions: readonly FieldFunction[]): number =>
        values(rectifiedMean(pair(...functions), domains), first, second, correlation)
      expect(value(phi(0), phi(1))).toBeCloseTo(gaussianKernel(rectifier, at).value, 12)
      expect(value(phi(0, 1), phi(1, 1))).toBeCloseTo(derivativeKernel(rectifier, at).value, 12)
      // E[max(0, u) 1(v > 0)] by the slope of the mean product in the second deviation.
      const mixed = (Math.sqrt(first) * (1 + correlation)) / (2 * Math.sqrt(2 * Math.PI))
      expect(value(phi(0), phi(1, 1))).toBeCloseTo(mixed, 13)
    }
  })

  test("Price's theorem holds for them", () => {
    const overlap = rectifiedMean(pair(phi(0), phi(1)), domains)
    const slopes = rectifiedMean(pair(phi(0, 1), phi(1, 1)), domains)
    for (const correlation of [-0.6, 0.1, 0.8])
      expect(values(differentiate(overlap, c), 1.2, 2.1, correlation)).toBeCloseTo(
        Math.sqrt(1.2 * 2.1) * values(slopes, 1.2, 2.1, correlation),
        12,
      )
  })

  test('uncorrelated fields are independent; deltas are refused', () => {
    const apart = rectifiedMean({ functions: [phi(0), phi(1)], covariance: [[a, zero], [zero, b]] }) // biome-ignore format: a matrix
    expect(values(apart, 4, 9, 0)).toBeCloseTo(6 / (2 * Math.PI), 14)
    expect(() => rectifiedMean({ functions: [phi(0, 2)], covariance: [[one]] })).toThrow(DomainError)
    expect(() => meanIntegral(pair(phi(0), phi(1)), [symbol('x')], domains)).toThrow(DomainError)
  })
})
