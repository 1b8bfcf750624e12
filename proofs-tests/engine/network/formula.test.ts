import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  symbol,
} from '../../../src/expression/expression.js'
import { compileFormula } from '../../../src/network/formula.js'

const z = symbol('z')

describe('compileFormula', () => {
  test.each<[string, Expression, (x: number) => number]>([
    ['logistic', divide(one, add(one, exp(negate(z)))), (x) => 1 / (1 + Math.exp(-x))],
    ['polynomial', add(power(z, 3), multiply(rational(-3, 7), z), pi), (x) => x ** 3 - (3 / 7) * x + Math.PI],
    ['relu', call('max', z, rational(0)), (x) => Math.max(x, 0)],
    ['huge ratio', multiply(rational(10n ** 400n, 10n ** 400n + 1n), z), (x) => x],
    ['modulus', { kind: 'modulus', of: z }, Math.abs],
  ])('%s', (_, formula, expected) => {
    const value = compileFormula(formula, 'z')
    for (const x of [-3, -0.25, 0, 1e-3, 2.5]) expect(value(x)).toBeCloseTo(expected(x), 14)
  })

  test.each<[string, Expression]>([
    ['another symbol', symbol('x')],
    ['the prototype of an object', { kind: 'symbol', name: '__proto__' }],
    ['the imaginary unit', imaginaryUnit],
    ['a function without a rule here', call('gamma', z)],
    ['a function of two arguments', call('tanh', z, z)],
    ['an index', { kind: 'indexed', name: 'z', indices: [] }],
  ])('refuses %s', (_, formula) => {
    expect(() => compileFormula(formula, 'z')).toThrow(DomainError)
  })
})
