import { describe, expect, it } from 'vitest'
import {
  add,
  half,
  log,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import { substituteSymbol } from '../../../../src/expression/substitute.js'
import { ringGradient } from '../../../../src/theory/ring/numeric.js'
import {
  saddleConditions,
  saddleExists,
  saddleResiduals,
  uniformSaddle,
  uniformSaddles,
} from '../../../../src/theory/ring/saddle.js'
import {
  a,
  at,
  b,
  linearEnergy,
  linearRadius,
  N,
  notation,
  radius,
  rectifiedEnergy,
  ringSum,
} from '../support/models.js'
import { numberOf, parameters, sameFunction } from '../support/testing.js'

const linear = { notation, fields: [at('norm')], uniform: [radius] }
const rectified = {
  notation,
  fields: [at('plus'), at('minus'), at('count')],
  uniform: [symbol('plusRadius'), symbol('minusRadius'), symbol('half')],
}
const last = (f: ReturnType<typeof uniformSaddle>[number] | undefined) => f?.sides.at(-1) ?? rational(0)

describe('uniformSaddle', () => {
  it('solves the linear network: r^2 = N b / (1 - a N)', () => {
    const [saddle] = uniformSaddle(linearEnergy, linear)
    expect(saddle?.sides[0]).toEqual(radius)
    expect(sameFunction(last(saddle), linearRadius)).toBe(true)
  })

  it('follows its premise: twice the noise moves the radius by the square root of two', () => {
    const doubled = uniformSaddle(substituteSymbol(linearEnergy, 'noise', multiply(rational(2), b)), linear)
    expect(numberOf(last(doubled[0])) / numberOf(linearRadius)).toBeCloseTo(Math.SQRT2, 12)
  })

  it('solves the three fields of the rectified network, logarithms of ratios among the conditions', () => {
    const saddle = uniformSaddle(rectifiedEnergy, rectified)
    const expected = power(multiply(N, b, power(multiply(rational(2), subtract(one, multiply(half, a, N))), -1)), half)
    expect(sameFunction(last(saddle[0]), expected)).toBe(true)
    expect(sameFunction(last(saddle[1]), expected)).toBe(true)
    expect(sameFunction(last(saddle[2]), multiply(half, N))).toBe(true)
  })

  it.each([
    ['linear', linearEnergy, linear],
    ['rectified', rectifiedEnergy, rectified],
  ] as const)('leaves no gradient on a ring of five sites: %s', (_, energy, options) => {
    const saddle = uniformSaddle(energy, options)
    const values = saddle.map((f) => Array.from({ length: 5 }, () => numberOf(last(f))))
    const gradient = ringGradient(energy, { fields: options.fields, values, parameters }, { notation })
    for (const g of gradient.flat()) expect(Math.abs(g.value)).toBeLessThan(1e-8)
    for (const r of saddleResiduals(energy, saddle, options)) expect(Math.abs(numberOf(r))).toBeLessThan(1e-12)
  })

  it('is one of all uniform saddles, whatever their signs: x^4 / 4 - a x^2 / 2 has three', () => {
    const x = at('norm')
    const energy = ringSum(subtract(multiply(rational(1, 4), power(x, 4)), multiply(half, a, power(x, 2))))
    const found = uniformSaddles(energy, linear).map(([saddle]) => numberOf(last(saddle)))
    const root = Math.sqrt(numberOf(a))
    expect([...found].sort((p, q) => p - q)).toEqual([-root, 0, root].map((x) => expect.closeTo(x, 12)))
    expect(numberOf(last(uniformSaddle(energy, linear)[0]))).toBeCloseTo(root, 12)
  })

  it('takes an irrational root where it must: x - N log x + a x^2 / 2', () => {
    const x = at('norm')
    const energy = ringSum(add(x, negate(multiply(N, log(x))), multiply(half, a, power(x, 2))))
    const [saddle] = uniformSaddle(energy, linear)
    expect(numberOf(last(saddle))).toBeCloseTo((-1 + Math.sqrt(1 + 4 * 0.07 * 5)) / (2 * 0.07), 10)
  })

  it('refuses conditions without a closed form and names the unknown', () => {
    const energy = ringSum(
      subtract({ kind: 'function', name: 'exp', arguments: [at('norm')] }, multiply(N, log(at('norm')))),
    )
    expect(() => uniformSaddle(energy, linear)).toThrow(/closed form.*radius/)
  })

  it('states one condition for each field', () => {
    expect(saddleConditions(rectifiedEnergy, rectified)).toHaveLength(3)
  })
})

describe('saddleExists', () => {
  const region = saddleExists(linearEnergy, linear)
  const at2 = (gain: number) =>
    region.contains(
      new Map([
        ['width', 5],
        ['gain', gain],
        ['noise', 0.6],
      ]),
    )
  it('holds exactly where the weight variance is below one', () => {
    expect([0.01, 0.1, 0.199].map(at2)).toEqual([true, true, true])
    expect([0.2001, 0.3, 2].map(at2)).toEqual([false, false, false])
  })
  it('does not hold without noise', () => {
    expect(
      region.contains(
        new Map([
          ['width', 5],
          ['gain', 0.1],
          ['noise', 0],
        ]),
      ),
    ).toBe(false)
  })
})
