import { readFileSync } from 'node:fs'
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import {
  add,
  call,
  divide,
  type Expression,
  imaginaryUnit,
  type KnownFunction,
  log,
  multiply,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import { complex, decimalArithmetic, real } from '../../../src/numeric/arithmetic.js'
import { toText } from '../../../src/numeric/decimal/decimal.js'
import { environmentOf, evaluate } from '../../../src/numeric/evaluate.js'

interface Fixture {
  readonly functions: readonly (readonly [KnownFunction, string, string, string, string])[]
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('./functions.fixture.json', import.meta.url), 'utf8'))

const fraction = (text: string): Expression => {
  const [n, d] = text.split('/')
  return rational(BigInt(n!), BigInt(d ?? '1'))
}
const none = environmentOf<never>(new Map<string, never>())
const argument = (re: string, im: string): Expression =>
  im === '0' ? fraction(re) : add(fraction(re), multiply(imaginaryUnit, fraction(im)))

const Wide = Decimal.clone({ precision: 150 })
type Fine = ReturnType<ReturnType<typeof decimalArithmetic>['fromNumber']>
/** The parts of a number as decimal.js reads the text of each. */
const partsOf = ({ re, im }: Fine): readonly [Decimal, Decimal] => [
  new Wide(toText(re, 140)),
  new Wide(toText(im, 140)),
]

describe('functions against mpmath', () => {
  const fine = decimalArithmetic(55)
  for (const [name, re, im, valueRe, valueIm] of fixture.functions)
    test(`${name}(${re}${im === '0' ? '' : ` + ${im} i`}) to 53 digits and in double precision`, () => {
      const e = call(name, argument(re, im))
      const [wideRe, wideIm] = partsOf(evaluate(e, none, fine))
      const size = wideRe.abs().plus(wideIm.abs())
      expect(wideRe.minus(valueRe).abs().plus(wideIm.minus(valueIm).abs()).div(size).toNumber()).toBeLessThan(1e-53)
      const narrow = evaluate(e, none, complex)
      const gap = Math.hypot(narrow.re - Number(valueRe), narrow.im - Number(valueIm))
      // Gamma near 100 loses digits to the exponential of its logarithm; all else is good to a few units in the last place.
      expect(gap / Math.hypot(Number(valueRe), Number(valueIm))).toBeLessThan(5e-14)
    })

  test('two precisions agree to the lower one', () => {
    const e = call('gamma', add(rational(1, 3), call('erf', rational(2, 7))))
    const [a, b] = [50, 120].map((digits) => partsOf(evaluate(e, none, decimalArithmetic(digits)))[0])
    expect(b!.minus(a!).abs().div(b!).toNumber()).toBeLessThan(1e-50)
  })
})

describe('what has no value is refused by name', () => {
  const x = symbol('x')
  const at = (value: number) => environmentOf(new Map([['x', value]]))
  test.each([
    [log(x), -2, 'log of -2: the argument must be positive, in `log(x)`'],
    [squareRoot(x), -3, 'square root of -3: the base must not be negative, in `x^(1/2)`'],
    [divide(rational(1), subtract(x, rational(2))), 2, 'division by zero'],
    [call('gamma', x), -1, 'pole'],
    [call('exp', x), 1e4, 'not finite, in `exp(x)`'],
    [imaginaryUnit, 0, 'imaginary unit'],
    [call('diracDelta', x), 0, 'diracDelta'],
    [symbol('y'), 0, 'no value is given for y'],
  ] as const)('%#', (e, value, message) => {
    expect(() => evaluate(e, at(value), real)).toThrow(message)
  })

  test('but the complex plane has the square root of a negative number', () => {
    expect(evaluate(squareRoot(rational(-4)), none, complex)).toEqual({ re: 0, im: 2 })
    expect(evaluate(log(rational(-1)), none, complex)).toEqual({ re: 0, im: Math.PI })
  })
})

describe('sums over families', () => {
  const entry = (offset: number): Expression => ({
    kind: 'indexed',
    name: 'e',
    indices: [{ slot: 'site', index: { letter: 'l', sign: 1, offset } }],
  })
  const ring = [2, 3, 5, 7]
  const environment = {
    symbol: () => 10,
    indexed: (_: string, indices: readonly { index: { offset: number } }[]) =>
      ring[(indices[0]!.index.offset + 4) % 4]!,
    members: () => [0, 1, 2, 3],
  }
  const over = (body: Expression): Expression => ({
    kind: 'indexedSum',
    index: 'l',
    range: { kind: 'family', family: 'site' },
    body,
  })

  test('wrap around the ring and know their letter on the base line', () => {
    expect(evaluate(over(multiply(entry(0), entry(-1))), environment, real)).toBe(2 * 7 + 3 * 2 + 5 * 3 + 7 * 5)
    expect(evaluate(over(multiply(symbol('l'), symbol('x'))), environment, real)).toBe(60)
  })

  test('over an interval, nested', () => {
    const inner: Expression = {
      kind: 'indexedSum',
      index: 'm',
      range: { kind: 'interval', from: rational(1), to: symbol('k') },
      body: multiply(symbol('k'), power(symbol('m'), 2)),
    }
    const outer: Expression = {
      kind: 'indexedSum',
      index: 'k',
      range: { kind: 'interval', from: rational(1), to: rational(4) },
      body: inner,
    }
    expect(evaluate(outer, environment, real)).toBe(1 + 2 * 5 + 3 * 14 + 4 * 30)
  })
})
