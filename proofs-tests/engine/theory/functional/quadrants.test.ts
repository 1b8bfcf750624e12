import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import { add, call, type Expression, multiply, power, rational, symbol } from '../../../../src/expression/expression.js'
import {
  branch,
  integrateQuadrants,
  outputMoment,
  type Quadrant,
  quadrantIntegral,
  quadrants,
  type SitePair,
} from '../../../../src/theory/functional/quadrants.js'
import { evaluateReal } from '../../../../src/theory/support/evaluate.js'

interface Row {
  readonly form: readonly [number, number, number]
  readonly signs: Quadrant
  readonly value: number
}
const fixture: { readonly quadrants: readonly Row[]; readonly products: readonly Row[] } = JSON.parse(
  readFileSync(new URL('./functional.fixture.json', import.meta.url), 'utf8'),
)

const [a, b, d, x, y, s, t] = ['a', 'b', 'd', 'x', 'y', 's', 't'].map(symbol) as [
  ReturnType<typeof symbol>,
  ...ReturnType<typeof symbol>[],
] as ReturnType<typeof symbol>[]
const matrix = [
  [a!, b!],
  [b!, d!],
]
const value = (e: Expression, scalars: Readonly<Record<string, number>>): number =>
  evaluateReal(e, { scalars: new Map(Object.entries(scalars)) })
const at = ([p, q, r]: Row['form']) => ({ a: p, b: q, d: r })

const half = rational(-1, 2)
const exponent = add(
  multiply(half, a!, power(x!, 2)),
  multiply(rational(-1), b!, x!, y!),
  multiply(half, d!, power(y!, 2)),
)
const pair = (activation: Expression, form: SitePair['form'] = 'tangent'): SitePair => ({
  fields: [x!, y!],
  outputs: [s!, t!],
  activation,
  variable: 'z',
  form,
})
const z = symbol('z')
const rectifier = call('max', z, rational(0))
const sign = call('sign', z)

describe('the integral of a Gaussian over a quadrant', () => {
  for (const row of fixture.quadrants)
    it(`is SciPy's for the form ${row.form.join(', ')} and signs ${row.signs.join(', ')}`, () => {
      for (const form of ['tangent', 'sine'] as const)
        expect(value(quadrantIntegral(matrix, row.signs, form), at(row.form))).toBeCloseTo(row.value, 9)
    })
  it('the four quadrants add up to the plane, for every positive definite form', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.double({ min: -0.95, max: 0.95, noNaN: true }),
        (p, rho) => {
          const r = 1.3
          const q = rho * Math.sqrt(p * r)
          const sum = quadrants.reduce(
            (total, signs) => total + value(quadrantIntegral(matrix, signs), { a: p, b: q, d: r }),
            0,
          )
          expect(sum).toBeCloseTo((2 * Math.PI) / Math.sqrt(p * r - q * q), 8)
        },
      ),
    )
  })
  it('needs two components', () => {
    expect(() => quadrantIntegral([[a!]], [1, 1])).toThrow(DomainError)
  })
})

describe('outputs without noise', () => {
  for (const row of fixture.products)
    it(`the product of two rectified fields has SciPy's mean for the form ${row.form.join(', ')}`, () => {
      expect(value(outputMoment(exponent, pair(rectifier), multiply(s!, t!)), at(row.form))).toBeCloseTo(row.value, 8)
    })
  it('the product of two signs has mean 2/pi asin(rho), for every correlation (Sheppard)', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.95, max: 0.95, noNaN: true }), (rho) => {
        const det = 1 - rho * rho
        const scalars = { a: 1 / det, b: -rho / det, d: 1 / det }
        const moment = value(outputMoment(exponent, pair(sign), multiply(s!, t!)), scalars)
        const total = value(integrateQuadrants(exponent, pair(sign)), scalars)
        expect(moment / total).toBeCloseTo((2 / Math.PI) * Math.asin(rho), 9)
      }),
    )
  })
  it('a weight of the outputs is summed over the signs: two coupled spins without fields', () => {
    const coupled = add(exponent, multiply(symbol('J'), s!, t!))
    const scalars = { a: 1, b: 0, d: 1, J: 0.7 }
    // Uncorrelated signs: the mean of e^{J s t} is cosh J.
    expect(value(integrateQuadrants(coupled, pair(sign)), scalars)).toBeCloseTo(2 * Math.PI * Math.cosh(0.7), 10)
  })
  it('an exponent that is linear in a field is refused', () => {
    expect(() => integrateQuadrants(add(exponent, multiply(symbol('c'), s!)), pair(rectifier))).toThrow(/linear/)
  })
})

describe('branches of activations', () => {
  it('sign, rectifier and a leaky rectifier have one on either side of zero', () => {
    const leaky = call('max', z, multiply(rational(1, 10), z))
    expect([branch(sign, 'z', 1), branch(sign, 'z', -1)]).toEqual([rational(1), rational(-1)])
    expect([branch(rectifier, 'z', 1), branch(rectifier, 'z', -1)]).toEqual([z, rational(0)])
    expect(value(branch(leaky, 'z', -1), { z: -2 })).toBeCloseTo(-0.2, 12)
  })
  it('a kink elsewhere than at zero is refused', () => {
    expect(() => branch(call('max', z, rational(1)), 'z', 1)).toThrow(DomainError)
  })
})
