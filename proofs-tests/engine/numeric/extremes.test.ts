import { readFileSync } from 'node:fs'
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import { DomainError, InputError, LimitError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  type Expression,
  type KnownFunction,
  multiply,
  power,
  rational,
  symbol,
} from '../../../src/expression/expression.js'
import { decimalArithmetic, realDecimalArithmetic } from '../../../src/numeric/arithmetic.js'
import { spend, withBudget, withinBudget } from '../../../src/numeric/budget.js'
import { environmentOf, evaluate } from '../../../src/numeric/evaluate.js'

const fixture: readonly (readonly [KnownFunction, string, string])[] = JSON.parse(
  readFileSync(new URL('./extremes.fixture.json', import.meta.url), 'utf8'),
)
const none = environmentOf<never>(new Map<string, never>())
const ten = (n: number): Expression => power(rational(10), n)

describe('extreme arguments against mpmath', () => {
  const arithmetic = realDecimalArithmetic(55)
  for (const [name, argument, value] of fixture)
    test(`${name}(${argument.slice(0, 20)}${argument.length > 20 ? '…' : ''}) to 53 digits`, () => {
      const [n, d] = argument.split('/')
      const found = evaluate(call(name, rational(BigInt(n!), BigInt(d ?? '1'))), none, arithmetic)
      const Wide = Decimal.clone({ precision: 80 })
      expect(new Wide(arithmetic.toText(found)).minus(value).div(value).abs().toNumber()).toBeLessThan(1e-53)
    })
})

describe('arguments out of reach are refused, and at once', () => {
  const value = (e: Expression): unknown => evaluate(e, none, decimalArithmetic(50))
  test.each<[string, Expression]>([
    ['cosh of 10^9', call('cosh', ten(9))],
    ['exp of 10^18', call('exp', ten(18))],
    ['sin of 10^300', call('sin', multiply(ten(60), ten(60), ten(60), ten(60), ten(60)))],
    ['gamma of 10^12', call('gamma', ten(12))],
    ['gamma of -10^12 + 1/3', call('gamma', add(multiply(rational(-1), ten(12)), rational(1, 3)))],
    ['erfc of 10^4', call('erfc', ten(4))],
    ['factorial of 10^9', call('factorial', ten(9))],
    ['binomial of huge numbers', call('binomial', ten(60), ten(30))],
  ])('%s', (_, e) => {
    expect(() => value(e)).toThrow(InputError)
  })

  test('sums inside sums stop at the allowed steps', () => {
    const sum = (index: string, body: Expression): Expression => ({
      kind: 'indexedSum',
      index,
      range: { kind: 'interval', from: rational(1), to: rational(1_000_000) },
      body,
    })
    const double = sum('n', sum('m', multiply(symbol('n'), symbol('m'))))
    expect(() => value(double)).toThrow(LimitError)
  })
})

describe('a number that went through the complex plane', () => {
  const arithmetic = decimalArithmetic(50)
  const i = { kind: 'constant', name: 'i' } as const
  const turn = (sign: number): Expression => call('exp', multiply(rational(2 * sign), i))
  // cos(2) < 0, by exponentials: real but for rounding, on the branch cut of log and of roots.
  const cosine = multiply(rational(1, 2), add(turn(1), turn(-1)))
  test('has the logarithm and the root of the real number that it is', () => {
    for (const f of [(e: Expression) => call('log', e), (e: Expression) => power(e, rational(1, 2))]) {
      const [a, b] = [cosine, call('cos', rational(2))].map((e) => evaluate(f(e), none, arithmetic))
      expect(arithmetic.real(arithmetic.modulus(arithmetic.add(a!, arithmetic.negate(b!))))).toBeLessThan(1e-48)
    }
  })
  test('is an argument of real functions', () => {
    const found = evaluate(call('erf', cosine), none, arithmetic)
    const direct = evaluate(call('erf', call('cos', rational(2))), none, arithmetic)
    expect(arithmetic.real(arithmetic.modulus(arithmetic.add(found, arithmetic.negate(direct))))).toBeLessThan(1e-48)
  })
})

describe('a budget', () => {
  const use = (steps: number) => () => {
    spend(steps)
    return steps
  }
  test('stops at its own bound, the inner at the outer one', () => {
    expect(withBudget(10, 'too large', use(10))).toBe(10)
    expect(() => withBudget(10, 'too large', use(11))).toThrow('too large')
    expect(() => withBudget(5, 'outer', () => withBudget(10, 'inner', use(6)))).toThrow('outer')
    expect(() => withBudget(50, 'outer', () => withBudget(10, 'inner', use(11)))).toThrow('inner')
  })
  test('what an inner one takes is taken from the outer one', () => {
    expect(() =>
      withBudget(10, 'outer', () => {
        withBudget(8, 'inner', use(8))
        spend(3)
      }),
    ).toThrow('outer')
  })
  test('a step beyond its share is done without, unless nothing is left', () => {
    expect(withBudget(100, 'outer', () => withinBudget(10, use(11), () => -1))).toBe(-1)
    expect(() => withBudget(5, 'outer', () => withinBudget(10, use(11), () => -1))).toThrow('outer')
    const failure = () => {
      throw new DomainError('no')
    }
    expect(() => withinBudget(10, failure, () => -1)).toThrow(DomainError)
  })
})
