import { describe, expect, it } from 'vitest'
import { undefinedPoints } from '../../../src/audit/undefined-points.js'
import type { Domain, Notation } from '../../../src/expression/notation.js'
import { readFormula } from '../../../src/expression/read-latex.js'

const interval = (minimum: number, maximum: number): Domain => ({
  minimum,
  maximum,
  includeMinimum: false,
  includeMaximum: false,
  integer: false,
})

const notationWith = (domains: Readonly<Record<string, Domain | null>>): Notation => ({
  symbols: Object.entries(domains).map(([latex, domain]) => ({
    name: `symbol${latex}`,
    kind: 'scalar',
    latex: [latex],
    meaning: '',
    unit: null,
    domain,
    complex: false,
    slots: [],
    over: null,
    definition: null,
  })),
  families: [],
  variables: ['z'],
})

const pointsOf = (latex: string, domains: Readonly<Record<string, Domain | null>>) => {
  const notation = notationWith(domains)
  return undefinedPoints(readFormula(latex, notation), notation)
}

describe('places where a formula has no value', () => {
  it.each([
    ['\\frac{1}{1 - a^2}', { a: interval(0, 10) }, 'vanishes below', [['a', '1']]],
    ['\\sqrt{1 - a}', { a: interval(0, 10) }, 'negative under a root', [['a', '2']]],
    ['\\log(a - 3)', { a: interval(0, 10) }, 'not positive in a logarithm', [['a', '1']]],
    ['a^{-1/2}', { a: null }, 'not positive under a root', [['a', '-1']]],
  ] as const)('has a simple witness: %s', (latex, domains, what, at) => {
    const [point, ...others] = pointsOf(latex, domains)
    expect(others).toEqual([])
    expect(point?.what).toContain(what)
    expect([...point!.at]).toEqual(at)
  })

  it('finds a divisor that vanishes at no simple value between points of opposite sign', () => {
    const [point] = pointsOf('\\frac{a}{a^2 - 2 b - 1/7}', { a: interval(1, 3), b: interval(0, 2) })
    const [a, b] = [...point!.at.values()].map(Number)
    expect(Math.abs(a! ** 2 - 2 * b! - 1 / 7)).toBeLessThan(1e-9)
  })

  it.each([
    ['\\frac{1}{1 - a^2}', { a: interval(0, 1) }],
    ['\\sqrt{1 - a} + \\log(2 - a)', { a: interval(0, 1) }],
    ['\\frac{1}{a^2 + b^2}', { a: interval(0, 1), b: interval(0, 1) }],
    ['\\int dz \\frac{1}{z^2 + a}', { a: interval(0, 1) }],
    ['\\sqrt[3]{1 - a}', { a: interval(0, 10) }],
    ['\\tan a', { a: interval(0, 1) }],
  ] as const)('finds none where there is none: %s', (latex, domains) => {
    expect(pointsOf(latex, domains)).toEqual([])
  })

  it('does not take a change of sign through infinity for a zero', () => {
    const found = pointsOf('\\frac{1}{\\tan a}', { a: interval(1, 2) })
    expect(found).toEqual([])
  })
})
