import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Assumptions } from '../../../src/exact/generators.js'
import { normalForm } from '../../../src/exact/normal-form.js'
import { simplify } from '../../../src/exact/simplify.js'
import { DomainError, InputError, LimitError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  type KnownFunction,
  log,
  multiply,
  pi,
  power,
  rational,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import { decimalArithmetic } from '../../../src/numeric/arithmetic.js'
import { describe as text } from '../../../src/numeric/describe.js'
import { environmentOf, evaluate } from '../../../src/numeric/evaluate.js'

const exponents = [
  rational(1, 2),
  rational(-1, 2),
  rational(3, 2),
  rational(1, 3),
  rational(2),
  rational(-1),
  rational(1, 4),
]

/** Formulas with every kind of generator, at any depth. No filter: one that accepts nothing would search for ever. */
const formula = (complex: boolean): fc.Arbitrary<Expression> => {
  const functions: readonly KnownFunction[] = complex
    ? ['sin', 'cos', 'tanh', 'cosh', 'abs']
    : ['sin', 'cos', 'tanh', 'cosh', 'abs', 'erf', 'atan', 'sign', 'gamma']
  return fc.letrec<{ e: Expression }>((tie) => {
    const pair = fc.tuple(tie('e'), tie('e'))
    return {
      e: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.constantFrom<Expression>(symbol('x'), symbol('y'), symbol('z'), ...(complex ? [imaginaryUnit, pi] : [])),
        fc
          .tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 1, max: 3 }))
          .map(([n, d]): Expression => rational(n, d)),
        pair.map(([a, b]) => add(a, b)),
        pair.map(([a, b]) => multiply(a, b)),
        pair.map(([a, b]) => divide(a, b)),
        fc.tuple(tie('e'), fc.constantFrom(...exponents)).map(([a, p]) => power(a, p)),
        tie('e').map(exp),
        tie('e').map(log),
        fc.tuple(fc.constantFrom(...functions), tie('e')).map(([name, a]) => call(name, a)),
        pair.map(([a, b]): Expression => (complex ? { kind: 'modulus', of: subtract(a, b) } : call('max', a, b))),
        tie('e').map((of): Expression => (complex ? { kind: 'conjugate', of } : of)),
      ),
    }
  }).e
}

const arithmetic = decimalArithmetic(50)
const points = [
  { x: [2, 3], y: [5, 4], z: [7, 5] },
  { x: [-2, 3], y: [5, 4], z: [-7, 5] },
  { x: [-3, 2], y: [-1, 3], z: [4, 7] },
] as const

/** Checks that `rewritten` has the value of `e` wherever `e` has one; returns at how many points it did. */
function sameValues(e: Expression, rewritten: Expression, places: readonly (typeof points)[number][]): number {
  let compared = 0
  for (const place of places) {
    const values = new Map(
      Object.entries(place).map(([name, [n, d]]) => [name, arithmetic.fromRational(BigInt(n), BigInt(d))]),
    )
    const environment = environmentOf(values)
    const value = ((): ReturnType<typeof arithmetic.fromNumber> | null => {
      try {
        return evaluate(e, environment, arithmetic)
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        return null
      }
    })()
    if (value === null) continue
    const size = (v: typeof value): number => Math.hypot(arithmetic.real(v), arithmetic.imaginary(v))
    if (!(size(value) < 1e8 && size(value) > 1e-8)) continue
    const other = evaluate(rewritten, environment, arithmetic)
    const gap = size(arithmetic.add(value, arithmetic.negate(other))) / size(value)
    if (gap > 1e-25)
      throw new Error(`${text(e)} is ${arithmetic.toText(value)}, ${text(rewritten)} is ${arithmetic.toText(other)}`)
    compared++
  }
  return compared
}

function attack(
  complex: boolean,
  assumptions: Assumptions,
  places: readonly (typeof points)[number][],
  numRuns: number,
): number {
  let compared = 0
  fc.assert(
    fc.property(formula(complex), (e) => {
      try {
        compared += sameValues(e, normalForm(e, assumptions).expression, places)
        compared += sameValues(e, simplify(e, assumptions), places)
      } catch (error) {
        // A formula may have no value at all, or be too large; what it may not do is change its value.
        if (!(error instanceof DomainError || error instanceof LimitError)) throw error
      }
    }),
    { numRuns },
  )
  return compared
}

describe('a normal form has the value of its formula', () => {
  test('for real quantities of any sign', () => {
    expect(attack(false, {}, points, 80)).toBeGreaterThan(30)
  })
  test('for positive quantities', () => {
    expect(attack(false, { positive: new Set(['x', 'y', 'z']) }, points.slice(0, 1), 150)).toBeGreaterThan(30)
  })
  test('with the imaginary unit', () => {
    expect(attack(true, {}, points, 80)).toBeGreaterThan(30)
  })
})
