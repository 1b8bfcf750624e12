import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { derivative as mathjsDerivative } from 'mathjs'
import { describe, expect, test } from 'vitest'
import { differentiate } from '../../../src/expression/differentiate.js'
import { DomainError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  index,
  indexed,
  keyOf,
  log,
  multiply,
  power,
  rational,
  subtract,
  symbol,
  zero,
} from '../../../src/expression/expression.js'
import { readExpression } from '../../../src/expression/read-latex.js'
import { toAlgebraSystem } from '../../../src/expression/write-text.js'
import { evaluate, largest, relativeDifference } from './evaluate.js'
import { notation } from './notation.js'

const x = symbol('x')
const u = symbol('u')
const named = (e: Expression): string => (e.kind === 'symbol' ? e.name : 'other')
const at =
  (values: Record<string, number>) =>
  (e: Expression): number =>
    values[named(e)] ?? Number.NaN
const plain = { ...notation, variables: ['x', 'u'], symbols: [] }

interface Row {
  readonly latex: string
  readonly variable: string
  readonly order: number
  readonly x: number
  readonly u: number
  readonly value: string
}
const rows = JSON.parse(readFileSync(new URL('./derivatives.fixture.json', import.meta.url), 'utf8')) as Row[]

test('derivatives agree with SymPy to 11 digits', () => {
  expect(rows.length).toBeGreaterThan(250)
  for (const row of rows) {
    const d = differentiate(readExpression(row.latex, plain), symbol(row.variable), row.order)
    const value = evaluate(d, at({ x: row.x, u: row.u }))
    const expected = Number(row.value)
    expect(Math.abs(value.re - expected), `${row.latex} by ${row.variable}, order ${row.order}`).toBeLessThan(
      1e-11 * Math.max(1, Math.abs(expected)),
    )
  }
})

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'e' },
    fc.constant<Expression>(x),
    fc.constant<Expression>(u),
    fc
      .tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .map(([n, d]): Expression => rational(n, d)),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => add(a, b)),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => subtract(a, b)),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => multiply(a, b)),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => divide(a, add(power(b, 2), rational(1, 3)))),
    tie('expression').map((a) => power(a, 3)),
    tie('expression').map((a) => log(add(power(a, 2), rational(1)))),
    tie('expression').map((a) => exp(call('tanh', a))),
    tie('expression').map((a) => call('sin', a)),
    tie('expression').map((a) => call('atan', a)),
    tie('expression').map((a) => power(add(power(a, 2), rational(1, 2)), rational(1, 2))),
  ),
}))
const points = fc.record({ x: fc.integer({ min: -30, max: 30 }), u: fc.integer({ min: -30, max: 30 }) })

test('derivatives of random expressions have the values of mathjs', () => {
  let informative = 0
  fc.assert(
    fc.property(expression, points, (e, p) => {
      const leaf = at({ x: p.x / 16 + 1 / 97, u: p.u / 16 + 1 / 89 })
      const d = differentiate(e, x)
      fc.pre(largest(d, leaf) < 1e6)
      const ours = evaluate(d, leaf)
      const theirs = mathjsDerivative(toAlgebraSystem(e, named), 'x', { simplify: false }).evaluate({
        x: leaf(x),
        u: leaf(u),
      }) as number | { re: number; im: number }
      const [re, im] = typeof theirs === 'number' ? [theirs, 0] : [theirs.re, theirs.im]
      fc.pre(Number.isFinite(re))
      if (re !== 0) informative++
      expect(Math.hypot(ours.re - re, ours.im - im)).toBeLessThan(1e-7 * Math.max(1, Math.abs(re)))
    }),
    { numRuns: 300 },
  )
  expect(informative).toBeGreaterThan(80)
})

test('derivatives of random expressions are the limits of difference quotients', () => {
  fc.assert(
    fc.property(expression, points, (e, p) => {
      const [x0, u0] = [p.x / 16 + 1 / 97, p.u / 16 + 1 / 89]
      const f = (dx: number): number => evaluate(e, at({ x: x0 + dx, u: u0 })).re
      const exact = evaluate(differentiate(e, x), at({ x: x0, u: u0 })).re
      const difference = (h: number): number => (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
      const [coarse, fine] = [difference(2e-3), difference(1e-3)]
      // Only where the quotient has converged does it say anything.
      fc.pre(Number.isFinite(fine) && Math.abs(coarse - fine) < 1e-7 * (1 + Math.abs(fine)))
      expect(Math.abs(exact - fine)).toBeLessThan(1e-5 * (1 + Math.abs(fine)))
    }),
    { numRuns: 200 },
  )
})

test('differentiation is linear and obeys the product rule in value', () => {
  fc.assert(
    fc.property(expression, expression, points, (a, b, p) => {
      const leaf = at({ x: p.x / 16 + 1 / 97, u: p.u / 16 + 1 / 89 })
      const left = evaluate(differentiate(multiply(a, b), x), leaf)
      const right = evaluate(add(multiply(differentiate(a, x), b), multiply(a, differentiate(b, x))), leaf)
      fc.pre(Number.isFinite(left.re) && Math.abs(left.re) > 1e-9)
      expect(relativeDifference(left, right)).toBeLessThan(1e-9)
    }),
    { numRuns: 150 },
  )
})

describe('kinks, indices and what cannot be differentiated', () => {
  const site = (n: number) => indexed('norm', { slot: 'site', index: index(null, n) })
  test('max(0, x) has the step function as its derivative', () => {
    const d = differentiate(call('max', zero, x), x)
    expect([-1, 0, 2].map((v) => evaluate(d, at({ x: v })).re)).toEqual([0, 0.5, 1])
  })
  test('min, abs and sign follow', () => {
    expect([-1, 3].map((v) => evaluate(differentiate(call('min', x, u), x), at({ x: v, u: 1 })).re)).toEqual([1, 0])
    expect([-2, 2].map((v) => evaluate(differentiate(call('abs', x), x), at({ x: v })).re)).toEqual([-1, 1])
    expect(differentiate(call('step', x), x)).toEqual(call('diracDelta', x))
  })
  test('an indexed quantity is another one at another site', () => {
    const e = multiply(power(site(0), 2), site(1))
    expect(differentiate(e, site(1))).toEqual(power(site(0), 2))
    expect(differentiate(e, site(2))).toEqual(zero)
  })
  test('a sum over sites must be written out first', () => {
    const e = readExpression(String.raw`\sum_{l=0}^L (r^l)^2`, notation)
    expect(() => differentiate(e, site(0))).toThrow(DomainError)
    expect(() => differentiate(e, site(0))).toThrow(/instantiate/)
  })
  test('a sum is differentiated by a parameter under the sign', () => {
    const e = readExpression(String.raw`\sum_{l=0}^L \sigma_w^2 r^l`, notation)
    const d = readExpression(String.raw`\sum_{l=0}^L 2 \sigma_w r^l`, notation)
    expect(keyOf(differentiate(e, symbol('weightStandardDeviation')))).toBe(keyOf(d))
  })
  test('an integral is differentiated under the sign and at its bounds', () => {
    const e = readExpression(String.raw`\int_0^{u} dx \, x u`, plain)
    const d = differentiate(e, u)
    expect(d.kind).toBe('sum')
    // d/du of u^3/2 is 3u^2/2: u^2/2 from inside, u^2 from the bound.
    const inside = d.kind === 'sum' ? d.terms.find((t) => t.kind === 'integral') : undefined
    expect(inside).toMatchObject({ variable: 'x', body: x })
    const bound = d.kind === 'sum' ? d.terms.filter((t) => t !== inside) : []
    expect(evaluate(add(...bound), at({ u: 3 })).re).toBe(9)
  })
  test('an unknown function obeys the chain rule with its own derivative left open', () => {
    const e = readExpression(String.raw`\phi(\sigma_w^2)`, notation)
    const d = differentiate(e, symbol('weightStandardDeviation'))
    expect(d.kind === 'product' && d.factors.some((f) => f.kind === 'derivative')).toBe(true)
  })
  test('a gamma function stays a derivative', () => {
    expect(differentiate(call('gamma', x), x)).toEqual({
      kind: 'derivative',
      of: call('gamma', x),
      variable: x,
      order: 1,
    })
  })
  test('a matrix inverse is differentiated without commuting', () => {
    const m: Expression = { kind: 'matrix', rows: [[x]] }
    expect(differentiate(power(m, -1), x)).toMatchObject({ kind: 'product' })
  })
})
