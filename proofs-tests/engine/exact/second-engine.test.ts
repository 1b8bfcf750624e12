import { expect, test } from 'vitest'
import { loadSecondEngine } from '../../../src/exact/second-engine.js'
import {
  add,
  call,
  divide,
  imaginaryUnit,
  multiply,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'

const [x, y] = [symbol('x'), symbol('y')]
const positive = new Set(['x', 'y'])

test('the second engine confirms and refutes polynomial identities over generators', async () => {
  const engine = await loadSecondEngine()
  const square = power(add(x, y), 2)
  expect(engine.equal(square, add(power(x, 2), multiply(rational(2), x, y), power(y, 2)))).toBe('equal')
  expect(engine.equal(square, add(power(x, 2), multiply(rational(3), x, y), power(y, 2)))).toBe('different')
  expect(engine.equal(divide(rational(1), add(x, y)), divide(subtract(x, y), subtract(power(x, 2), power(y, 2))))).toBe(
    'equal',
  )
  expect(
    engine.equal(power(add(squareRoot(x), rational(1)), 2), add(x, multiply(rational(2), squareRoot(x)), rational(1)), {
      positive,
    }),
  ).toBe('equal')
  expect(
    engine.equal(
      call('cosh', multiply(rational(2), x)),
      subtract(multiply(rational(2), power(call('cosh', x), 2)), rational(1)),
    ),
  ).toBe('equal')
})

test('it knows the imaginary unit by itself', async () => {
  const engine = await loadSecondEngine()
  expect(
    engine.equal(
      power(add(x, imaginaryUnit), 2),
      add(power(x, 2), multiply(rational(2), imaginaryUnit, x), rational(-1)),
    ),
  ).toBe('equal')
  const half = call('sin', divide(x, rational(2)))
  const kernel = subtract(rational(2), multiply(rational(2), call('cos', x)))
  expect(engine.equal(kernel, multiply(rational(4), power(half, 2)))).toBe('equal')
  expect(engine.equal(kernel, multiply(rational(5), power(half, 2)))).toBe('different')
})

test('it has no opinion where relations would be needed or the formula is large', async () => {
  const engine = await loadSecondEngine()
  const root = squareRoot(add(rational(1), power(x, 2)))
  expect(engine.equal(power(add(root, y), 2), add(power(root, 2), multiply(rational(2), root, y), power(y, 2)))).toBe(
    'no opinion',
  )
  const large = add(...Array.from({ length: 900 }, (_, k) => multiply(rational(k + 1), power(x, k + 1))))
  expect(engine.equal(large, x)).toBe('no opinion')
})
