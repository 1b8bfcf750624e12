import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideEqual } from '../../../../src/exact/equality.js'
import { DomainError } from '../../../../src/expression/errors.js'
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
} from '../../../../src/expression/expression.js'
import { complex as complexArithmetic, decimalArithmetic } from '../../../../src/numeric/arithmetic.js'
import {
  averageOfExponentials,
  averageOverMixture,
  gaussianAverage,
  halfLineGaussian,
  inInverseRoot,
  nextOrder,
  secondMoment,
  taylor,
  withSecondMoments,
} from '../../../../src/theory/functional/disorder.js'
import { fourierConstraint } from '../../../../src/theory/functional/fourier.js'
import { evaluateComplex, evaluateReal } from '../../../../src/theory/support/evaluate.js'

interface Line {
  readonly a: string
  readonly b: readonly [string, string]
  readonly side: 1 | -1
  readonly value: readonly [string, string]
}
interface ErrorFunction {
  readonly re: string
  readonly im: string
  readonly value: readonly [string, string]
}
const fixture: { readonly lines: readonly Line[]; readonly errors: readonly ErrorFunction[] } = JSON.parse(
  readFileSync(new URL('./functional.fixture.json', import.meta.url), 'utf8'),
)

const [w, v, x, y, sigma, width, small] = ['w', 'v', 'x', 'y', 'sigma', 'N', 'epsilon'].map(symbol) as ReturnType<
  typeof symbol
>[]
const variance = power(sigma!, 2)
const equal = (a: Expression, b: Expression): string => decideEqual(a, b).outcome
const real = (e: Expression, scalars: Readonly<Record<string, number>>): number =>
  evaluateReal(e, { scalars: new Map(Object.entries(scalars)) })

describe('averages over disorder', () => {
  it('the characteristic function of a normal variable is e^{-sigma^2 x^2 / 2}', () => {
    const average = gaussianAverage(multiply(negate(imaginaryUnit), w!, x!), [w!], variance)
    expect(equal(average, multiply(rational(-1, 2), variance, power(x!, 2)))).toBe('equal')
  })
  it('independent variables add their variances, whatever their coefficients', () => {
    const average = gaussianAverage(
      multiply(imaginaryUnit, add(multiply(w!, x!), multiply(v!, y!))),
      [w!, v!],
      variance,
    )
    expect(equal(average, multiply(rational(-1, 2), variance, add(power(x!, 2), power(y!, 2))))).toBe('equal')
  })
  it('a product of sums of exponentials is averaged term by term', () => {
    const e = multiply(exp(multiply(w!, x!)), add(symbol('p'), exp(multiply(w!, y!))))
    const average = averageOfExponentials(e, [w!], variance)
    const of = (u: Expression): Expression => exp(multiply(rational(1, 2), variance, power(u, 2)))
    expect(equal(average, add(multiply(symbol('p'), of(x!)), of(add(x!, y!))))).toBe('equal')
  })
  it('second moments keep the constant and weigh the curvatures', () => {
    const polynomial = add(multiply(x!, power(w!, 2)), multiply(y!, w!, v!), rational(3))
    expect(equal(secondMoment(polynomial, [w!, v!], variance), add(multiply(x!, variance), rational(3)))).toBe('equal')
  })
  it('a mixture of values is averaged value by value', () => {
    const delta = (at: Expression): Expression => call('diracDelta', subtract(w!, at))
    const law = add(multiply(symbol('p'), delta(rational(0))), multiply(subtract(rational(1), symbol('p')), delta(x!)))
    const average = averageOverMixture(power(w!, 2), w!, law)
    expect(equal(average, multiply(subtract(rational(1), symbol('p')), power(x!, 2)))).toBe('equal')
  })
  it('a law that is no mixture is refused', () => {
    expect(() => averageOverMixture(w!, w!, exp(w!))).toThrow(DomainError)
  })
  it('given second moments take the place of products', () => {
    const e = multiply(rational(5), power(add(w!, v!), 2))
    const contracted = withSecondMoments(e, [w!, v!], (row, column) => (row === column ? x! : y!))
    expect(equal(contracted, multiply(rational(10), add(x!, y!)))).toBe('equal')
  })
})

describe('Gaussian integrals over half a line', () => {
  for (const { a, b, side, value } of fixture.lines)
    it(`are mpmath's for a = ${a}, b = ${b.join(' + ')} i, side ${side}`, () => {
      const linear = add(symbol('re'), multiply(imaginaryUnit, symbol('im')))
      const exponent = add(multiply(rational(-1, 2), symbol('a'), power(w!, 2)), multiply(linear, w!))
      const scalars = new Map([['a', Number(a)], ['re', Number(b[0])], ['im', Number(b[1])]]) // biome-ignore format: a table
      const found = evaluateComplex(halfLineGaussian(exponent, w!, side), { scalars })
      expect(found.re).toBeCloseTo(Number(value[0]), 11)
      expect(found.im).toBeCloseTo(Number(value[1]), 11)
    })
})

describe('the error function of a complex number', () => {
  const precise = decimalArithmetic(50)
  const i = precise.constant('i')
  for (const { re, im, value } of fixture.errors)
    it(`is mpmath's at ${re} + ${im} i`, () => {
      const at = precise.add(precise.fromNumber(Number(re)), precise.multiply(i, precise.fromNumber(Number(im))))
      const found = precise.call('erf', [at])
      const size = Math.hypot(Number(value[0]), Number(value[1]))
      const gap = Math.hypot(precise.real(found) - Number(value[0]), precise.imaginary(found) - Number(value[1]))
      expect(gap / size).toBeLessThan(1e-14)
    })
  it('in double precision is the same where it is not refused', () => {
    const found = complexArithmetic.call('erf', [{ re: 1, im: 1 }])
    const [expected] = fixture.errors.filter(({ re, im }) => re === '1' && im === '1')
    expect(Math.hypot(found.re - Number(expected!.value[0]), found.im - Number(expected!.value[1]))).toBeLessThan(1e-12)
    expect(() => complexArithmetic.call('erf', [{ re: 4, im: 4 }])).toThrow(/digits/)
  })
  it('is refused where its series would lose its digits', () => {
    expect(() => complexArithmetic.call('erf', [{ re: 9, im: 9 }])).toThrow(DomainError)
  })
})

describe('expansions in the inverse width', () => {
  it('roots of products give up the width, and its powers become powers of the small quantity', () => {
    const e = divide(x!, squareRoot(multiply(rational(2), width!)))
    const expanded = inInverseRoot(e, width!, small!)
    expect(equal(expanded, divide(multiply(x!, small!), squareRoot(rational(2))))).toBe('equal')
  })
  it('keep the value: every width gives what the original gives', () => {
    const e = multiply(exp(divide(x!, squareRoot(multiply(rational(3), width!)))), power(width!, rational(-3, 2)))
    const expanded = inInverseRoot(e, width!, small!)
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 50, noNaN: true }), (n) => {
        const inRoot = real(expanded, { x: 0.7, epsilon: 1 / Math.sqrt(n) })
        expect(inRoot / real(e, { x: 0.7, N: n })).toBeCloseTo(1, 12)
      }),
    )
  })
  it('the Taylor polynomial of log cosh is x^2/2, and the next order is the fourth', () => {
    const e = log(call('cosh', small!))
    expect(equal(taylor(e, small!, 2), multiply(rational(1, 2), power(small!, 2)))).toBe('equal')
    expect(nextOrder(e, small!, 2)).toBe(4)
  })
  it('a polynomial leaves nothing out', () => {
    expect(nextOrder(power(small!, 2), small!, 2)).toBeNull()
  })
})

describe('Fourier integrals of constraints', () => {
  it('are normalised by the scale of the constraint: delta(n c) has n / 2 pi', () => {
    const constraint = multiply(width!, subtract(x!, y!))
    const found = fourierConstraint(constraint, x!, w!)
    const expected = add(
      multiply(imaginaryUnit, w!, constraint),
      log(divide(width!, multiply(rational(2), { kind: 'constant', name: 'pi' }))),
    )
    const domains = new Map([
      ['N', { minimum: 0, maximum: 100, includeMinimum: false, includeMaximum: false, integer: false }],
    ])
    expect(decideEqual(found, expected, { domains }).outcome).toBe('equal')
  })
  it('a constraint that is not linear in its quantity is refused', () => {
    expect(() => fourierConstraint(power(x!, 2), x!, w!)).toThrow(DomainError)
  })
})
