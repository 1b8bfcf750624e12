import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideEqual, proportional } from '../../../src/exact/equality.js'
import { normalForm } from '../../../src/exact/normal-form.js'
import {
  add,
  call,
  divide,
  type Expression,
  multiply,
  negate,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import { decimalArithmetic } from '../../../src/numeric/arithmetic.js'
import { fromText } from '../../../src/numeric/decimal/decimal.js'
import { describe as text } from '../../../src/numeric/describe.js'
import { environmentOf, evaluate } from '../../../src/numeric/evaluate.js'
import { fromTree, type Tree } from './tree.js'

interface Fixture {
  readonly point: Record<string, [string, string]>
  readonly equal: readonly { family: string; left: Tree; right: Tree; value: [string, string] }[]
  readonly different: readonly { family: string; left: Tree; right: Tree }[]
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('./equality.fixture.json', import.meta.url), 'utf8'))
const positive = new Set(['x', 'y', 'w', 'b', 'N', 'D', 's'])

describe('formulas that SymPy rewrote', () => {
  for (const [k, { family, left, right }] of fixture.equal.entries())
    test(`${family} ${k} is equal to its rewriting`, () => {
      expect(decideEqual(fromTree(left), fromTree(right), { positive })).toEqual({ outcome: 'equal' })
    })

  test('every mutant is different, with a witness', () => {
    const missed = fixture.different
      .map(({ left, right }) => [decideEqual(fromTree(left), fromTree(right), { positive }), left, right] as const)
      .filter(([result]) => result.outcome !== 'different')
    expect(missed).toEqual([])
    expect(fixture.different.length).toBeGreaterThan(300)
  })

  test('values have the 50 digits that SymPy gives', () => {
    const arithmetic = decimalArithmetic(60)
    const values = new Map(
      Object.entries(fixture.point).map(([name, [n, d]]) => [name, arithmetic.fromRational(BigInt(n), BigInt(d))]),
    )
    for (const { left, value } of fixture.equal) {
      const found = evaluate(fromTree(left), environmentOf(values), arithmetic)
      const gap = arithmetic.add(found, arithmetic.negate(parse(value)))
      const scale = Math.max(1e-30, Math.hypot(Number(value[0]), Number(value[1])))
      expect(Math.hypot(arithmetic.real(gap), arithmetic.imaginary(gap)) / scale).toBeLessThan(1e-47)
    }
    function parse([re, im]: readonly [string, string]) {
      return { re: fromText(re), im: Number(im) === 0 ? arithmetic.fromNumber(0).im : fromText(im) }
    }
  })
})

const x = symbol('x')
const y = symbol('y')
const variables = ['x', 'y', 'z']
const leaf = fc.oneof(
  fc.constantFrom(...variables).map((name): Expression => symbol(name)),
  fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 4 })).map(([n, d]): Expression => rational(n, d)),
)
/** Rational formulas; a denominator is 1 + a square, so that it never vanishes. */
const rationalFormula: fc.Arbitrary<Expression> = fc.letrec<{ e: Expression }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => add(a, b)),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => multiply(a, b)),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => divide(a, add(rational(1), power(b, 2)))),
    tie('e').map((a) => power(a, 2)),
  ),
})).e

const equalTo = (a: Expression, b: Expression): string => decideEqual(a, b).outcome

describe('laws', () => {
  const laws = (name: string, check: (a: Expression, b: Expression, c: Expression) => void): void =>
    test(name, () => {
      fc.assert(fc.property(rationalFormula, rationalFormula, rationalFormula, check), { numRuns: 60, seed: 7 })
    })

  laws('addition commutes and associates', (a, b, c) => {
    expect(equalTo(add(a, add(b, c)), add(add(c, a), b))).toBe('equal')
  })
  laws('multiplication distributes over addition', (a, b, c) => {
    expect(equalTo(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe('equal')
  })
  laws('a formula divided by itself is one', (a) => {
    const nonzero = add(rational(1), power(a, 2))
    expect(equalTo(divide(nonzero, nonzero), rational(1))).toBe('equal')
  })
  laws('a formula equals its canonical form, which is its own canonical form', (a) => {
    const canonical = normalForm(a).expression
    expect(equalTo(a, canonical)).toBe('equal')
    expect(text(normalForm(canonical).expression)).toBe(text(canonical))
  })
  laws('equal formulas have the same canonical form', (a, b, c) => {
    const left = divide(add(multiply(a, b), a), add(rational(1), power(c, 2)))
    const right = multiply(a, divide(add(b, rational(1)), add(power(c, 2), rational(1))))
    expect(text(normalForm(subtract(left, right)).expression)).toBe('0')
  })
  laws('a changed coefficient is refuted with a witness', (a, b) => {
    const term = multiply(rational(3), x, add(rational(1), power(b, 2)))
    const result = decideEqual(add(a, term), add(a, multiply(rational(7, 6), term)))
    expect(result.outcome).toBe('different')
  })
})

describe('assumptions', () => {
  test('sqrt(x^2) is x only where x is positive', () => {
    const root = squareRoot(power(x, 2))
    expect(decideEqual(root, x, { positive }).outcome).toBe('equal')
    const general = decideEqual(root, x)
    expect(general.outcome === 'different' && general.witness).toEqual({
      values: [['x', '-1']],
      left: '1',
      right: '-1',
    })
    expect(decideEqual(root, call('abs', x)).outcome).toBe('equal')
  })

  test('sqrt(1-s^2) splits only inside (-1, 1)', () => {
    const s = symbol('s')
    const whole = squareRoot(subtract(rational(1), power(s, 2)))
    const split = multiply(squareRoot(subtract(rational(1), s)), squareRoot(add(rational(1), s)))
    const domain = { minimum: -1, maximum: 1, includeMinimum: false, includeMaximum: false, integer: false }
    expect(decideEqual(whole, split, { domains: new Map([['s', domain]]) }).outcome).toBe('equal')
    // Without the domain no proof is claimed, though no real point refutes it.
    expect(decideEqual(whole, split).outcome).toBe('undecided')
  })

  test('agreement at every point is not a proof', () => {
    const nested = squareRoot(add(rational(5), multiply(rational(2), squareRoot(rational(6)))))
    const result = decideEqual(nested, add(squareRoot(rational(2)), squareRoot(rational(3))))
    expect(result.outcome).toBe('undecided')
  })

  test('a witness lies in the domains and is whole where they are', () => {
    const n = symbol('n')
    const domain = { minimum: 3, maximum: 9, includeMinimum: false, includeMaximum: true, integer: true }
    const result = decideEqual(power(n, 2), power(n, 3), { domains: new Map([['n', domain]]) })
    expect(result.outcome).toBe('different')
    if (result.outcome !== 'different') return
    const value = Number(result.witness.values[0]![1])
    expect(Number.isInteger(value) && value > 3 && value <= 9).toBe(true)
  })

  test('a quantity without value anywhere is undecided, not equal', () => {
    const delta = call('diracDelta', x)
    expect(decideEqual(delta, multiply(rational(2), delta)).outcome).toBe('undecided')
  })
})

describe('unevaluated sums', () => {
  const site = (letter: string, offset = 0) => ({ slot: 'site', index: { letter, sign: 1 as const, offset } })
  const field = (letter: string, offset = 0): Expression => ({
    kind: 'indexed',
    name: 'e',
    indices: [site(letter, offset)],
  })
  const sum = (letter: string, body: Expression): Expression => ({
    kind: 'indexedSum',
    index: letter,
    range: { kind: 'family', family: 'site' },
    body,
  })

  test('are linear and blind to the name of the letter', () => {
    const left = sum('l', add(multiply(x, field('l')), multiply(y, power(field('l'), 2))))
    const right = add(multiply(y, sum('k', power(field('k'), 2))), multiply(x, sum('m', field('m'))))
    expect(decideEqual(left, right).outcome).toBe('equal')
  })

  test('of different summands have a witness', () => {
    expect(decideEqual(sum('l', power(field('l'), 2)), sum('l', multiply(field('l'), field('l', 1)))).outcome).toBe(
      'different',
    )
  })

  test('keep free letters apart from bound ones', () => {
    expect(decideEqual(sum('l', multiply(field('l'), field('k'))), sum('l', power(field('l'), 2))).outcome).toBe(
      'different',
    )
    expect(
      decideEqual(sum('l', multiply(field('l'), field('k'))), multiply(field('k'), sum('j', field('j')))).outcome,
    ).toBe('equal')
  })
})

describe('proportional', () => {
  test('finds the unit factor and what it depends on', () => {
    const a = subtract(power(x, 2), y)
    const b = divide(subtract(multiply(rational(2), y), multiply(rational(2), power(x, 2))), symbol('N'))
    const ratio = proportional(a, b, ['x', 'y'], { positive })
    expect(ratio && text(ratio.ratio)).toBe('(-1/2)*N')
    expect(ratio).toMatchObject({ free: true, positive: false })
    expect(proportional(a, negate(multiply(x, a)), ['x'])?.free).toBe(false)
    expect(proportional(a, subtract(x, x), ['x'])).toBeNull()
  })
})
