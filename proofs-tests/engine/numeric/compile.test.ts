import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  multiply,
  power,
  rational,
  squareRoot,
  symbol,
} from '../../../src/expression/expression.js'
import { real } from '../../../src/numeric/arithmetic.js'
import { compile } from '../../../src/numeric/compile.js'
import { environmentOf, evaluate } from '../../../src/numeric/evaluate.js'
import { fromTree, type Tree } from '../exact/tree.js'

const fixture: { equal: readonly { left: Tree; value: [string, string] }[]; point: Record<string, [string, string]> } =
  JSON.parse(readFileSync(new URL('../exact/equality.fixture.json', import.meta.url), 'utf8'))

test('compiled formulas have the values that SymPy gives', () => {
  const names = Object.keys(fixture.point)
  const values = names.map((name) => Number(fixture.point[name]![0]) / Number(fixture.point[name]![1]))
  let compared = 0
  for (const { left, value } of fixture.equal) {
    if (JSON.stringify(left).includes('["i"]')) continue
    compared++
    expect(Math.abs(compile(fromTree(left), names)(values) / Number(value[0]) - 1)).toBeLessThan(1e-12)
  }
  expect(compared).toBeGreaterThan(90)
})

const [x, y] = [symbol('x'), symbol('y')]
const heavy = add(
  multiply(exp(multiply(rational(-1, 2), power(x, 2))), call('tanh', add(multiply(rational(3), x), y))),
  divide(squareRoot(add(rational(1), power(y, 2))), add(rational(2), power(x, -3))),
)

test('a compiled formula agrees with its evaluation and reads a Float64Array', () => {
  const f = compile(heavy, ['x', 'y'])
  const environment = environmentOf(new Map([['x', 0.7], ['y', -1.3]])) // biome-ignore format: pairs
  expect(f(Float64Array.of(0.7, -1.3))).toBeCloseTo(evaluate(heavy, environment, real), 14)
})

test('lattice sums are unrolled, with shared subexpressions computed once', () => {
  const entry = (offset: number): Expression => ({
    kind: 'indexed',
    name: 'e',
    indices: [{ slot: 'site', index: { letter: 'l', sign: 1, offset } }],
  })
  const sum: Expression = {
    kind: 'indexedSum',
    index: 'l',
    range: { kind: 'interval', from: rational(0), to: rational(2) },
    body: multiply(power(entry(0), 2), entry(1), symbol('l')),
  }
  const f = compile(sum, ['e[0]', 'e[1]', 'e[2]', 'e[3]'])
  expect(f([2, 3, 5, 7])).toBe(9 * 5 + 2 * 25 * 7)
})

test('what cannot be compiled is refused by name', () => {
  expect(() => compile(symbol('z'), ['x'])).toThrow('z is not among the variables')
  expect(() => compile({ kind: 'determinant', of: x }, ['x'])).toThrow('determinant')
})

test('a node costs nanoseconds, not microseconds', () => {
  const f = compile(heavy, ['x', 'y'])
  const values = Float64Array.of(0.7, -1.3)
  let sum = 0
  const rounds = 50_000
  for (let k = 0; k < rounds; k++) sum += f(values)
  const start = performance.now()
  for (let k = 0; k < rounds; k++) sum += f(values)
  const each = ((performance.now() - start) * 1e6) / rounds
  expect(sum).not.toBeNaN()
  // 15 instructions, two of them transcendental; measured 120 ns, a busy machine gets ten times that.
  expect(each).toBeLessThan(1500)
})

test('sums of sums of equal terms are refused, not walked through', () => {
  const sum = (index: string, body: Expression): Expression => ({
    kind: 'indexedSum',
    index,
    range: { kind: 'interval', from: rational(1), to: rational(100_000) },
    body,
  })
  expect(() => compile(sum('n', sum('m', rational(1))), [])).toThrow('too large')
})
