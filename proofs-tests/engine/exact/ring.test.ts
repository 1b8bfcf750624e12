import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functionalDensitiesEqual, modeSumsEqual, ringDensitiesEqual } from '../../../src/exact/ring.js'
import { simplify } from '../../../src/exact/simplify.js'
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
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import { shiftIndex } from '../../../src/expression/substitute.js'
import { describe as text } from '../../../src/numeric/describe.js'

const at = (name: string, offset = 0): Expression => ({
  kind: 'indexed',
  name,
  indices: [{ slot: 'site', index: { letter: 'l', sign: 1, offset } }],
})
const letter = 'l'
const positive = new Set(['r', 'N', 'w', 'b'])

describe('ring densities', () => {
  test('a shifted summand gives the same sum', () => {
    const f = multiply(power(at('r'), 2), at('r', 1))
    const g = multiply(power(at('r', -1), 2), at('r'))
    expect(ringDensitiesEqual(f, g, { letter })).toEqual({ outcome: 'equal' })
  })

  test('the gradient form of a nearest-neighbour energy', () => {
    const square = power(subtract(at('r', 1), at('r')), 2)
    const open = subtract(multiply(rational(2), power(at('r'), 2)), multiply(rational(2), at('r'), at('r', 1)))
    expect(ringDensitiesEqual(square, open, { letter })).toEqual({ outcome: 'equal' })
    const wrong = ringDensitiesEqual(square, negate(open), { letter })
    expect(wrong.outcome).toBe('different')
    if (wrong.outcome === 'different') expect(wrong.witness.values).toContainEqual(['sites', '3'])
  })

  test('a constant is no total difference', () => {
    expect(ringDensitiesEqual(at('r'), add(at('r', 1), rational(1)), { letter }).outcome).toBe('different')
  })

  test('logarithms of ratios of neighbours sum to zero', () => {
    const f = log(divide(at('r', 1), at('r')))
    expect(ringDensitiesEqual(f, rational(0), { letter, positive })).toEqual({ outcome: 'equal' })
  })

  test('every total difference is equal to zero, and is not when its half is changed', () => {
    const monomial = fc
      .tuple(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: -1, max: 1 }),
      )
      .map(([c, i, j, offset]) => multiply(rational(c), power(at('r', offset), i), power(at('s'), j)))
    fc.assert(
      fc.property(
        fc.array(monomial, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 2 }),
        (terms, shift) => {
          const f = add(...terms)
          const moved = shiftIndex(f, letter, shift)
          expect(ringDensitiesEqual(f, moved, { letter })).toEqual({ outcome: 'equal' })
          expect(ringDensitiesEqual(f, multiply(rational(2), moved), { letter }).outcome).toBe('different')
        },
      ),
      { numRuns: 30, seed: 11 },
    )
  })
})

describe('functional densities', () => {
  const x = symbol('x')
  const field: Expression = { kind: 'apply', name: 'e', indices: [], arguments: [x] }
  const slope = (order: number): Expression => ({ kind: 'derivative', of: field, variable: x, order })
  const options = { variable: 'x', fields: ['e'] }

  test('integration by parts', () => {
    expect(functionalDensitiesEqual(power(slope(1), 2), negate(multiply(field, slope(2))), options)).toEqual({
      outcome: 'equal',
    })
    expect(functionalDensitiesEqual(power(slope(1), 2), multiply(field, slope(2)), options).outcome).toBe('different')
  })

  test('total derivatives vanish, also unevaluated ones', () => {
    const total: Expression = { kind: 'derivative', of: multiply(power(field, 2), slope(1)), variable: x, order: 1 }
    expect(functionalDensitiesEqual(total, rational(0), options)).toEqual({ outcome: 'equal' })
    expect(functionalDensitiesEqual(rational(1), rational(0), options).outcome).toBe('different')
  })
})

describe('sums over modes', () => {
  const mode = (name: string, sign: 1 | -1): Expression => ({
    kind: 'indexed',
    name,
    indices: [{ slot: 'mode', index: { letter: 'q', sign, offset: 0 } }],
  })
  const q = symbol('q')

  test('e^{-iq} may be written as its even part before a product of opposite modes', () => {
    const modes = multiply(mode('e', 1), mode('e', -1))
    const f = multiply(exp(multiply(rational(-1), imaginaryUnit, q)), modes)
    expect(modeSumsEqual(f, multiply(call('cos', q), modes), { letter: 'q' })).toEqual({ outcome: 'equal' })
    expect(modeSumsEqual(f, multiply(call('sin', q), modes), { letter: 'q' }).outcome).toBe('different')
  })
})

describe('simplify', () => {
  const w = symbol('w')
  const q = symbol('q')
  const delta = subtract(rational(1), power(w, 2))

  test('gathers declared abbreviations', () => {
    const e = divide(subtract(rational(1), power(w, 4)), multiply(symbol('N'), add(rational(1), power(w, 2))))
    expect(text(simplify(e, { abbreviations: new Map([['Delta', delta]]) }))).toBe('Delta*(N^(-1))')
  })

  test('pairs phases to cosines', () => {
    const phase = exp(multiply(imaginaryUnit, q))
    const e = divide(add(power(subtract(phase, w), 2), negate(multiply(phase, phase)), negate(power(w, 2))), phase)
    expect(text(simplify(e))).toBe('(-2)*w')
    const kernel = multiply(subtract(rational(1), multiply(w, phase)), subtract(rational(1), divide(w, phase)))
    expect(text(simplify(kernel))).toContain('cos(q)')
    expect(text(simplify(kernel))).not.toContain('exp')
  })
})
