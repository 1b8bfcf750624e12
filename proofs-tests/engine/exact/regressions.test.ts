import { describe, expect, test } from 'vitest'
import { decideEqual } from '../../../src/exact/equality.js'
import type { Assumptions } from '../../../src/exact/generators.js'
import { isZero } from '../../../src/exact/normal-form.js'
import { simplify } from '../../../src/exact/simplify.js'
import { treeSize } from '../../../src/exact/to-expression.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  log,
  multiply,
  negate,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import { substituteSymbol } from '../../../src/expression/substitute.js'

const [x, y, q] = [symbol('x'), symbol('y'), symbol('q')]
const one = rational(1)
const conjugate = (of: Expression): Expression => ({ kind: 'conjugate', of })
const at = (name: string, letter: string): Expression => ({
  kind: 'indexed',
  name,
  indices: [{ slot: 'site', index: { letter, sign: 1, offset: 0 } }],
})
const sum = (index: string, body: Expression): Expression => ({
  kind: 'indexedSum',
  index,
  range: { kind: 'interval', from: one, to: rational(4) },
  body,
})
const integral = (variable: string, body: Expression): Expression => ({
  kind: 'integral',
  variable,
  from: rational(0),
  to: one,
  body,
})
const same = (a: Expression, b: Expression, assumptions: Assumptions = {}): boolean =>
  isZero(subtract(a, b), assumptions)
const turn = (angle: Expression): Expression => exp(multiply(imaginaryUnit, angle))
const domain = (minimum: number, maximum: number) => ({
  domains: new Map([['x', { minimum, maximum, includeMinimum: false, includeMaximum: false, integer: false }]]),
})

describe('powers and logarithms where a sign is not known', () => {
  test('the root of an even power is the power of the modulus, however high', () => {
    const base = add(x, one)
    for (const n of [2, 6, 150, 398]) {
      const root = squareRoot(power(base, n))
      expect(same(root, power(call('abs', base), n / 2))).toBe(true)
      expect(same(root, one)).toBe(false)
      expect(same(root, power(base, n / 2))).toBe(n % 4 === 0)
    }
  })

  test('the log of an even power is twice the log of the modulus', () => {
    expect(same(log(power(x, 2)), multiply(rational(2), log(call('abs', x))))).toBe(true)
    expect(same(log(power(x, 2)), multiply(rational(2), log(x)))).toBe(false)
    expect(same(log(power(x, -4)), multiply(rational(-4), log(call('abs', x))))).toBe(true)
    const negative = decideEqual(log(power(rational(-3), 2)), multiply(rational(2), log(rational(3))))
    expect(negative).toEqual({ outcome: 'equal' })
    // On the real line both sides exist for positive x only, and there they agree.
    expect(decideEqual(log(power(x, 2)), multiply(rational(2), log(x))).outcome).toBe('undecided')
    const complex = new Set(['z'])
    const z = symbol('z')
    expect(decideEqual(log(power(z, 2)), multiply(rational(2), log(z)), { complex }).outcome).toBe('different')
    const positive = new Set(['x'])
    expect(same(log(power(x, 2)), multiply(rational(2), log(x)), { positive })).toBe(true)
    expect(same(log(multiply(power(x, 2), y)), add(multiply(rational(2), log(call('abs', x))), log(y)))).toBe(true)
  })

  test('bounds are not trusted beyond the digits of a double', () => {
    const far = 2n ** 53n
    const gap = subtract(multiply(rational(far), x), rational(far + 1n))
    // Just above 1 the gap is negative, though both coefficients round to the same double.
    expect(same(call('abs', gap), gap, domain(1, Infinity))).toBe(false)
    const negative = negate(power(x, 2))
    expect(same(call('abs', negative), negative, domain(0, 1e-200))).toBe(false)
    expect(same(call('abs', negative), power(x, 2), domain(0, 1e-200))).toBe(true)
  })

  test('rounding on a branch cut is no witness', () => {
    const cosine = divide(add(turn(x), turn(negate(x))), rational(2))
    for (const f of [log, squareRoot]) {
      expect(decideEqual(f(call('cos', x)), f(cosine)).outcome).toBe('equal')
      // The order of the terms hides the equality from a tree comparison, and changes the rounding.
      const other = multiply(turn(negate(x)), divide(add(one, turn(multiply(rational(2), x))), rational(2)))
      expect(decideEqual(f(call('cos', x)), f(other)).outcome).not.toBe('different')
    }
  })
})

describe('conjugates', () => {
  const phase = (sign: number): Expression => turn(multiply(rational(sign), q, symbol('l')))
  const wave = (sign: number): Expression => sum('l', multiply(at('epsilon', 'l'), phase(sign)))

  test('a sum of phases is conjugated term by term', () => {
    expect(same(conjugate(wave(1)), wave(-1))).toBe(true)
    expect(same(conjugate(wave(1)), wave(1))).toBe(false)
    expect(decideEqual(conjugate(wave(1)), wave(1)).outcome).toBe('different')
    expect(same(power({ kind: 'modulus', of: wave(1) }, 2), multiply(wave(1), wave(-1)))).toBe(true)
    expect(same(conjugate(sum('l', at('epsilon', 'l'))), sum('l', at('epsilon', 'l')))).toBe(true)
  })

  test('a function is its own conjugate only where it is known to be real', () => {
    expect(same(conjugate(call('asin', x)), call('asin', x))).toBe(false)
    expect(same(conjugate(call('asin', x)), call('asin', x), domain(-1, 1))).toBe(true)
    const turned = multiply(imaginaryUnit, x)
    expect(same(conjugate(call('erf', turned)), call('erf', turned))).toBe(false)
    expect(same(conjugate(call('erf', x)), call('erf', x))).toBe(true)
  })
})

describe('bound letters and derivatives', () => {
  test('the name of a dummy letter does not matter, its binding does', () => {
    const nested = (a: string, b: string): Expression =>
      sum(a, multiply(at('u', a), sum(b, multiply(at('v', b), symbol(a)))))
    expect(same(nested('l', 'm'), nested('m', 'l'))).toBe(true)
    expect(
      same(nested('l', 'm'), sum('l', multiply(at('u', 'l'), sum('m', multiply(at('v', 'm'), symbol('m')))))),
    ).toBe(false)
    expect(same(sum('l', at('u', 'l')), sum('l', at('u', 'm')))).toBe(false)
    expect(same(integral('x', multiply(symbol('x'), y)), integral('q', multiply(q, y)))).toBe(true)
    expect(same(integral('x', symbol('x')), integral('q', symbol('x')))).toBe(false)
  })

  test('derivative nodes are carried out, and kept apart where they cannot be', () => {
    const d = (of: Expression, variable: Expression, order = 1): Expression => ({
      kind: 'derivative',
      of,
      variable,
      order,
    })
    const f: Expression = { kind: 'apply', name: 'f', indices: [], arguments: [x] }
    expect(same(d(power(x, 5), x, 3), multiply(rational(60), power(x, 2)))).toBe(true)
    expect(same(d(call('tan', x), x), add(one, power(call('tan', x), 2)))).toBe(true)
    expect(same(d(power(f, 2), x), multiply(rational(2), f, d(f, x)))).toBe(true)
    expect(same(d(d(f, x), x), d(f, x, 2))).toBe(true)
    expect(same(d(f, x, 2), d(f, x))).toBe(false)
    expect(same(d(f, x), f)).toBe(false)
    expect(same(d(multiply(x, y), x), d(multiply(x, y), y))).toBe(false)
  })

  test('binomials of a small whole number are products', () => {
    expect(same(call('binomial', x, rational(2)), divide(multiply(x, subtract(x, one)), rational(2)))).toBe(true)
    expect(same(call('binomial', rational(-2), one), rational(-2))).toBe(true)
  })

  test('roots of unity obey their minimal polynomials', () => {
    const unity = (n: number): Expression => turn(multiply(rational(2, n), { kind: 'constant', name: 'pi' }))
    for (const n of [3, 5, 7, 8, 9, 16, 25, 27, 30]) {
      const powers = Array.from({ length: n }, (_, k) => power(unity(n), k))
      expect(isZero(add(...powers))).toBe(true)
      expect(same(power(unity(n), n), one)).toBe(true)
      expect(same(power(unity(n), n - 1), one)).toBe(false)
    }
  })
})

describe('simplify writes abbreviations', () => {
  const [w, b, d, n] = [symbol('w'), symbol('b'), symbol('d'), symbol('n')]
  const definition = subtract(one, power(w, 2))
  const inside = (minimum: number, maximum: number) => ({
    minimum,
    maximum,
    includeMinimum: false,
    includeMaximum: false,
    integer: false,
  })
  const options = {
    abbreviations: new Map([['d', definition]]),
    domains: new Map([
      ['w', inside(0, 1)],
      ['b', inside(0, Infinity)],
      ['n', inside(0, Infinity)],
    ]),
  }

  test('they are put in before anything is cancelled, and written where they divide', () => {
    const coefficient = divide(
      multiply(d, add(power(w, 4), power(w, 2), d)),
      multiply(power(b, 2), power(add(power(w, 2), d), 3)),
    )
    expect(simplify(coefficient, options)).toEqual(multiply(d, add(power(w, 4), one), power(b, -2)))
    expect(simplify(divide(subtract(power(w, 4), one), b), options)).toEqual(
      multiply(rational(-1), d, add(power(w, 2), one), power(b, -1)),
    )
  })

  test('inside roots and logarithms too', () => {
    expect(simplify(squareRoot(divide(multiply(n, power(b, 2)), definition)), options)).toEqual(
      squareRoot(multiply(power(b, 2), n, power(d, -1))),
    )
    expect(simplify(log(divide(one, definition)), options)).toEqual(multiply(rational(-1), log(d)))
  })

  test('a name that helps nowhere else stays as it is', () => {
    expect(simplify(add(d, b), options)).toEqual(add(b, d))
  })

  test('abbreviations may use each other', () => {
    const nested = { ...options, abbreviations: new Map([...options.abbreviations, ['g', add(d, power(w, 2), b)]]) }
    expect(simplify(subtract(symbol('g'), b), nested)).toEqual(one)
  })

  test('the value stays what it was', () => {
    const open = (e: Expression): Expression => substituteSymbol(e, 'd', definition)
    const formulas = [
      divide(multiply(squareRoot(d), add(d, b)), multiply(definition, power(add(w, one), 3))),
      multiply(power(definition, rational(-3, 2)), squareRoot(n), add(d, power(w, 2)), exp(d)),
      divide(subtract(d, power(d, 3)), add(d, multiply(rational(2), power(w, 2)), rational(-1))),
    ]
    for (const formula of formulas) {
      const shown = simplify(formula, options)
      expect(same(open(shown), open(formula), options)).toBe(true)
      expect(treeSize(shown)).toBeLessThanOrEqual(treeSize(formula))
    }
  })
})

test('a name with other numbers of arguments is another function, and not an internal failure', () => {
  const f = (...args: readonly Expression[]): Expression => ({ kind: 'apply', name: 'f', indices: [], arguments: args })
  expect(decideEqual(multiply(f(x), f(x, y)), multiply(f(x, y), f(x))).outcome).toBe('equal')
  expect(decideEqual(f(x, y), f(x)).outcome).toBe('different')
})
