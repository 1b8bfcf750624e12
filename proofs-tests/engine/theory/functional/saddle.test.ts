import { describe, expect, it } from 'vitest'
import { decideEqual } from '../../../../src/exact/equality.js'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  type IndexedNode,
  indexed,
  log,
  multiply,
  negate,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import { averageOver, inMoments } from '../../../../src/theory/functional/moments.js'
import { isolate, saddleValue, stationarity, vanishingAt } from '../../../../src/theory/functional/saddle.js'
import { integrand, logWeight } from '../../../../src/theory/functional/weight.js'

const equal = (a: Expression, b: Expression): string => decideEqual(a, b).outcome
const [m, mHat, J, x, y] = ['m', 'mHat', 'J', 'x', 'y'].map(symbol) as ReturnType<typeof symbol>[]

/** The Curie-Weiss magnet: J m^2/2 - m mHat + log 2 cosh(mHat). */
const magnet = add(
  multiply(rational(1, 2), J!, power(m!, 2)),
  negate(multiply(m!, mHat!)),
  log(multiply(rational(2), call('cosh', mHat!))),
)

describe('saddle points by differentiation', () => {
  it('the Curie-Weiss magnet: the conjugate gives m = tanh(mHat), the magnetisation mHat = J m', () => {
    expect(equal(saddleValue(magnet, mHat!, m!), call('tanh', mHat!))).toBe('equal')
    expect(equal(saddleValue(magnet, m!, mHat!), multiply(J!, m!))).toBe('equal')
  })
  it('its equation is inverted step by step: mHat = atanh(m)', () => {
    const found = isolate(stationarity(magnet, mHat!), mHat!)
    const inverse = multiply(rational(1, 2), log(divide(add(rational(1), m!), subtract(rational(1), m!))))
    expect(equal(found, inverse)).toBe('equal')
  })
  it('an equation that is not linear in the quantity is refused, as is one that does not hold it', () => {
    expect(() => vanishingAt(add(power(m!, 2), x!), m!)).toThrow(/not linear/)
    expect(() => vanishingAt(x!, m!)).toThrow(/does not hold/)
  })
  it('a quantity that occurs twice is not isolated', () => {
    expect(() => isolate(add(x!, exp(x!)), x!)).toThrow(DomainError)
  })
})

const h: IndexedNode = indexed('h', { slot: 'layer', index: { letter: null, sign: 1, offset: 1 } })
const overH = (body: Expression): Expression => ({ kind: 'measureIntegral', measures: [h], body })
const weight = multiply(exp(negate(multiply(x!, power(h, 2)))), {
  kind: 'apply',
  name: 'P',
  indices: [],
  arguments: [h],
})

describe('averages as moments of unknown integrals', () => {
  it('are linear: the average of a polynomial is the combination of its monomials', () => {
    const left = inMoments(overH(multiply(add(multiply(y!, h), power(h, 2), rational(3)), weight)))
    const right = inMoments(
      add(
        multiply(y!, overH(multiply(h, weight))),
        overH(multiply(power(h, 2), weight)),
        multiply(rational(3), overH(weight)),
      ),
    )
    expect(equal(left, right)).toBe('equal')
  })
  it('the derivative of the logarithm of an integral is an average', () => {
    const slope = inMoments(stationarity(log(overH(weight)), x!))
    expect(equal(slope, inMoments(negate(averageOver(power(h, 2), weight, [h]))))).toBe('equal')
  })
  it('derivatives that stand under an integral are carried out', () => {
    const open = overH({ kind: 'derivative', of: weight, variable: x!, order: 2 })
    expect(equal(inMoments(open), inMoments(overH(multiply(power(h, 4), weight))))).toBe('equal')
  })
  it('the average of a logarithmic derivative is the logarithmic derivative of the integral', () => {
    const slope: Expression = { kind: 'derivative', of: log(weight), variable: x!, order: 1 }
    expect(equal(inMoments(averageOver(slope, weight, [h])), inMoments(stationarity(log(overH(weight)), x!)))).toBe(
      'equal',
    )
  })
  it('different monomials and different weights are told apart', () => {
    expect(equal(inMoments(overH(multiply(h, weight))), inMoments(overH(weight)))).toBe('different')
    expect(equal(inMoments(overH(weight)), inMoments(overH(multiply(exp(h), weight))))).toBe('different')
  })
  it('factors that do not depend on the variables go outside, also those in an exponent', () => {
    const left = inMoments(overH(multiply(y!, exp(add(x!, negate(power(h, 2)))))))
    expect(equal(left, multiply(y!, exp(x!), inMoments(overH(exp(negate(power(h, 2)))))))).toBe('equal')
  })
})

describe('logarithms of weights', () => {
  it('take products, powers and exponentials apart', () => {
    const e = divide(multiply(exp(x!), power(y!, 3)), rational(2))
    expect(equal(logWeight(e), add(x!, multiply(rational(3), log(y!)), negate(log(rational(2)))))).toBe('equal')
  })
  it('what is integrated, traced or averaged over is the same weight', () => {
    const traced: Expression = { kind: 'measureIntegral', measures: [h], body: weight, trace: true }
    const averaged: Expression = { kind: 'expectation', of: traced, over: [x!] }
    expect(integrand(multiply(y!, averaged))).toEqual(multiply(y!, weight))
  })
})
