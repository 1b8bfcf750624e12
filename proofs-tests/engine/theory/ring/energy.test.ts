import { describe, expect, it } from 'vitest'
import {
  add,
  divide,
  type Expression,
  exp,
  half,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import { boltzmannEnergy, ringEnergy, ringExpression, uniformEnergy } from '../../../../src/theory/ring/energy.js'
import { evaluateRing } from '../../../../src/theory/ring/numeric.js'
import {
  displacedEnergy,
  ringWaveVectors,
  withActivation,
  withUniformQuantity,
} from '../../../../src/theory/ring/rewrite.js'
import { a, at, b, L, linearEnergy, N, notation, radius, ringSum } from '../support/models.js'
import { numberOf, parameters, sameFunction, scattered } from '../support/testing.js'

const x = (offset = 0) => at('field', offset)
const renamed: Expression = {
  kind: 'indexedSum',
  index: 'm',
  range: { kind: 'interval', from: rational(0), to: L },
  body: power({ ...x(), indices: x().indices.map((s) => ({ ...s, index: { ...s.index, letter: 'm' } })) }, 2),
}

describe('ringEnergy', () => {
  it('brings prefactors, several sums and terms outside into one form', () => {
    const ring = ringEnergy(
      add(symbol('offset'), multiply(half, add(multiply(a, ringSum(x())), renamed)), {
        kind: 'orderOf',
        of: power(x(), 3),
      }),
    )
    expect(ring.constant).toEqual(symbol('offset'))
    expect(ring.siteCount).toEqual(add(L, one))
    expect(ring.neglected).toHaveLength(1)
    expect(sameFunction(ring.density, multiply(half, add(multiply(a, x()), power(x(), 2))))).toBe(true)
  })
  it('gives back an expression of the same value', () => {
    const values = [Array.from({ length: 6 }, (_, l) => 2 + scattered(l))]
    const both = [linearEnergy, ringExpression(ringEnergy(linearEnergy, { notation }))].map((e) =>
      evaluateRing(e, { fields: [at('norm')], values, parameters }, { notation }),
    )
    expect(both[0]).toBeCloseTo(both[1] ?? Number.NaN, 12)
  })
  it('refuses what is no energy of a ring, saying why', () => {
    expect(() => ringEnergy(multiply(a, b))).toThrow(/sum over its sites/)
    const plain = { ...notation, families: notation.families.map((f) => ({ ...f, geometry: 'plain' as const })) }
    expect(() => ringEnergy(linearEnergy, { notation: plain })).toThrow(/family '\w+'.* is plain: it must be periodic/)
    expect(() => ringEnergy(multiply(ringSum(x()), ringSum(x())))).toThrow(/product of several sums/)
    expect(() => ringEnergy(exp(ringSum(x())))).toThrow(/inside a function/)
    expect(() => ringEnergy(add(ringSum(x()), ringSum(x(), N)))).toThrow(/different ranges/)
  })
})

describe('uniformEnergy', () => {
  it('is the energy of a ring with equal fields', () => {
    const uniform = uniformEnergy(linearEnergy, { notation, fields: [at('norm')], uniform: [radius] })
    const direct = evaluateRing(
      linearEnergy,
      { fields: [at('norm')], values: [Array.from({ length: 8 }, () => 1.7)], parameters },
      { notation },
    )
    expect(numberOf(uniform, [['radius', 1.7]])).toBeCloseTo(direct, 11)
  })
  it('needs the number of sites where the sum names no bounds', () => {
    const open: Expression = {
      kind: 'indexedSum',
      index: 'l',
      range: { kind: 'family', family: 'site' },
      body: power(x(), 2),
    }
    expect(() => uniformEnergy(open, { fields: [x()], uniform: [radius] })).toThrow(/siteCount/)
    expect(
      sameFunction(
        uniformEnergy(open, { fields: [x()], uniform: [radius], siteCount: N }),
        multiply(N, power(radius, 2)),
      ),
    ).toBe(true)
  })
})

describe('boltzmannEnergy', () => {
  const weight = exp(negate(multiply(half, ringSum(power(x(), 2)))))
  it('takes measures off and the logarithm', () => {
    const integral: Expression = { kind: 'measureIntegral', measures: [x()], body: weight }
    expect(sameFunction(ringEnergy(boltzmannEnergy(integral)).density, multiply(half, power(x(), 2)))).toBe(true)
  })
  it('reads a product of measures with a Jacobian as a sum over sites, and the exponential once', () => {
    const product: Expression = {
      kind: 'indexedProduct',
      index: 'l',
      range: { kind: 'family', family: 'site' },
      body: { kind: 'measureIntegral', measures: [x()], body: multiply(power(x(), subtract(N, one)), weight) },
    }
    const expected = subtract(
      multiply(half, power(x(), 2)),
      multiply(subtract(N, one), { kind: 'function', name: 'log', arguments: [x()] }),
    )
    expect(sameFunction(ringEnergy(boltzmannEnergy(product)).density, expected)).toBe(true)
  })
  it('refuses a weight without an exponential', () => {
    expect(() => boltzmannEnergy(ringSum(x()))).toThrow(/exponential/)
  })
})

describe('rewriting', () => {
  it('displaces fields by fluctuations exactly', () => {
    const displaced = displacedEnergy(linearEnergy, {
      notation,
      fields: [at('norm')],
      uniform: [radius],
      fluctuations: [at('wiggle')],
    })
    const wiggle = Array.from({ length: 5 }, (_, l) => 0.3 * scattered(l))
    const point = new Map([...parameters, ['radius', 2]])
    const direct = evaluateRing(
      linearEnergy,
      { fields: [at('norm')], values: [wiggle.map((w) => 2 + w)], parameters: point },
      { notation },
    )
    expect(
      evaluateRing(displaced, { fields: [at('wiggle')], values: [wiggle], parameters: point }, { notation }),
    ).toBeCloseTo(direct, 12)
  })
  it('puts activations and uniform quantities in', () => {
    const phi: Expression = { kind: 'apply', name: 'activation', indices: [], arguments: [x()] }
    expect(withActivation(add(phi, one), 'activation', (z) => power(z, 2))).toEqual(add(power(x(), 2), one))
    expect(withUniformQuantity(multiply(x(), x(-1)), 'field', N)).toEqual(multiply(N, N))
  })
  it('has as many wave vectors as sites: q = 2 pi n/(L+1)', () => {
    const formula = ringWaveVectors(ringSum(power(x(), 2)), { number: symbol('count') })
    expect(
      sameFunction(
        formula.sides[1] ?? one,
        divide(multiply(rational(2), { kind: 'constant', name: 'pi' }, symbol('count')), add(L, one)),
      ),
    ).toBe(true)
  })
})
