import { describe, expect, it } from 'vitest'
import { outsideDomain, undefinedPoints } from '../../../src/audit/undefined-points.js'
import { warningsOf } from '../../../src/audit/warnings.js'
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

describe('a value outside the domain of what it is the value of', () => {
  const outside = (latex: string, m: Domain | null) => {
    const notation = notationWith({ m, r: interval(Number.NEGATIVE_INFINITY, 0), g: interval(0, 10) })
    return outsideDomain(readFormula(latex, notation), notation)
  }
  const negative = interval(Number.NEGATIVE_INFINITY, 0)

  it('is told with a point: the root of the other sign', () => {
    const found = outside('m = \\sqrt{-\\frac{r}{g}}', negative)
    expect(found).toMatchObject({ what: 'm', domain: negative })
    expect(Number(found?.value)).toBeGreaterThan(0)
    expect([...found!.at.keys()].sort()).toEqual(['g', 'r'])
    const notation = notationWith({ m: negative, r: negative, g: interval(0, 10) })
    const printed = readFormula('m = \\sqrt{-\\frac{r}{g}}', notation)
    expect(warningsOf({ printed, corrected: null, notation }).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      expect.stringMatching(
        /^outside: the printed value lies outside the declared domain .* of m: it is \d.* at r = -\d/,
      ),
    ])
  })

  it.each([
    ['the root of the declared sign', 'm = -\\sqrt{-\\frac{r}{g}}', negative],
    ['no domain', 'm = \\sqrt{-\\frac{r}{g}}', null],
    ['a value that is inside somewhere', 'm = r + g', negative],
    ['an inequality', 'm > \\sqrt{-\\frac{r}{g}}', negative],
    ['an end of the domain, which rounding may reach', 'm = 10', interval(0, 10)],
    ['an equation for it', 'm = m^2', negative],
  ])('is not found in %s', (_, latex, m) => expect(outside(latex, m)).toBe(null))
})
