import { describe, expect, it } from 'vitest'
import {
  add,
  type Formula,
  half,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import { evaluateRing, ringHessian } from '../../../../src/theory/ring/numeric.js'
import { quadraticForm } from '../../../../src/theory/ring/quadratic.js'
import { uniformSaddle } from '../../../../src/theory/ring/saddle.js'
import {
  expandEnergy,
  orderOfNeglectedTerms,
  secondVariation,
  taylorTerms,
} from '../../../../src/theory/ring/variation.js'
import {
  at,
  linearEnergy,
  linearFluctuation,
  N,
  notation,
  radius,
  rectifiedEnergy,
  ringSum,
} from '../support/models.js'
import { numberOf, parameters, sameFunction, scattered } from '../support/testing.js'

const linear = { notation, fields: [at('norm')], uniform: [radius], fluctuations: [at('wiggle')] }
const rectified = {
  notation,
  fields: [at('plus'), at('minus'), at('count')],
  uniform: [symbol('plusRadius'), symbol('minusRadius'), symbol('half')],
  fluctuations: [at('plusWiggle'), at('minusWiggle'), at('countWiggle')],
}
const solved = (energy: typeof linearEnergy, options: typeof linear | typeof rectified): readonly Formula[] =>
  uniformSaddle(energy, options)

describe('secondVariation', () => {
  it("of the linear network is (N/r^2) sum [(1+s^2) e^2 - 2 s e e']", () => {
    const derived = quadraticForm(
      secondVariation(linearEnergy, { ...linear, at: solved(linearEnergy, linear) }),
      linear,
    )
    const byHand = quadraticForm(linearFluctuation, linear)
    expect(derived.couplings.map((c) => c.distance).sort()).toEqual([0, 1])
    for (const c of byHand.couplings) {
      const own = derived.couplings.find((d) => d.distance === c.distance)
      expect(own && sameFunction(own.coefficient, c.coefficient)).toBe(true)
    }
  })

  it.each([
    ['linear', linearEnergy, linear],
    ['rectified', rectifiedEnergy, rectified],
  ] as const)('is half the numeric Hessian on a small ring: %s', (_, energy, options) => {
    const saddle = solved(energy, options)
    const sites = 4
    const values = saddle.map((f) => Array.from({ length: sites }, () => numberOf(f.sides[1] ?? rational(0))))
    const hessian = ringHessian(energy, { fields: options.fields, values, parameters }, { notation })
    const fluctuation = secondVariation(energy, { ...options, at: saddle })
    const wiggles = values.map((row, f) => row.map((_, l) => scattered(7 * f + l)))
    const flat = wiggles.flat()
    let numeric = 0
    let error = 0
    for (const [i, row] of hessian.entries())
      for (const [j, h] of row.entries()) {
        numeric += 0.5 * h.value * (flat[i] ?? 0) * (flat[j] ?? 0)
        error += h.error
      }
    const symbolic = evaluateRing(
      fluctuation,
      { fields: options.fluctuations, values: wiggles, parameters },
      { notation },
    )
    expect(Math.abs(symbolic - numeric)).toBeLessThan(1e-7 + error)
    expect(Math.abs(symbolic)).toBeGreaterThan(0.05)
  })

  it('of the rectified network in scaled fluctuations has these couplings, derived by hand', () => {
    // With e = x r / sqrt(N) and e_k = y sqrt(N), r^2 = N D / 2, s = a N:
    // 1/2 sum [(2 + s^2) ... ] is checked coefficient by coefficient at numbers.
    const saddle = solved(rectifiedEnergy, rectified)
    const form = quadraticForm(secondVariation(rectifiedEnergy, { ...rectified, at: saddle }), rectified)
    const r2 = numberOf(saddle[0]?.sides[1] ?? rational(0)) ** 2
    const [n, s] = [5, 0.35]
    const coefficient = (first: number, second: number, distance: number) => {
      const c = form.couplings.find((x) => x.first === first && x.second === second && x.distance === distance)
      return c ? numberOf(c.coefficient) : 0
    }
    expect(coefficient(0, 0, 0)).toBeCloseTo((n / (2 * r2)) * (1 + (s * s) / 2), 10)
    expect(coefficient(1, 1, 0)).toBeCloseTo(n / (2 * r2), 10)
    expect(coefficient(2, 2, 0)).toBeCloseTo(6 / (2 * n), 10)
    expect(coefficient(0, 2, 0)).toBeCloseTo(1 / Math.sqrt(r2), 10)
    expect(coefficient(1, 2, 0)).toBeCloseTo(-1 / Math.sqrt(r2), 10)
    expect(coefficient(0, 0, 1)).toBeCloseTo(-(n * s) / (2 * r2), 10)
    expect(coefficient(0, 1, -1)).toBeCloseTo(-(n * s) / (2 * r2), 10)
    expect(form.couplings).toHaveLength(7)
  })

  it('is the same whichever site of a pair is called l', () => {
    const forward = ringSum(multiply(N, at('wiggle', 1), at('wiggle')))
    const backward = ringSum(multiply(N, at('wiggle'), at('wiggle', -1)))
    const [f, g] = [forward, backward].map((e) => quadraticForm(e, linear).couplings)
    expect(f).toEqual(g)
  })

  it('refuses an energy that is not quadratic where one is expected', () => {
    expect(() => quadraticForm(ringSum(power(at('wiggle'), 3)), linear)).toThrow(/not quadratic/)
  })
})

describe('expandEnergy', () => {
  it('keeps linear terms, which have opposite coefficients at the saddle, a N^2 / r', () => {
    const terms = taylorTerms(linearEnergy, 1, { ...linear, at: solved(linearEnergy, linear) })
    const [early, late] = [-1, 0].map((o) => terms.find((t) => t.powers[0]?.offset === o)?.coefficient ?? one)
    expect(numberOf(add(early ?? one, late ?? one))).toBeCloseTo(0, 12)
    const r = numberOf(solved(linearEnergy, linear)[0]?.sides[1] ?? one)
    expect(numberOf(late ?? one)).toBeCloseTo((0.07 * 25) / r, 12)
  })

  it('has an error of third order in the fluctuations', () => {
    const sites = 5
    const expansion = expandEnergy(linearEnergy, linear)
    const point = new Map([...parameters, ['radius', 2.1], ['depth', sites - 1]])
    const error = (size: number): number => {
      const wiggle = Array.from({ length: sites }, (_, l) => size * scattered(l))
      const exact = evaluateRing(
        linearEnergy,
        { fields: [at('norm')], values: [wiggle.map((w) => 2.1 + w)], parameters: point },
        { notation },
      )
      return Math.abs(
        exact - evaluateRing(expansion, { fields: [at('wiggle')], values: [wiggle], parameters: point }, { notation }),
      )
    }
    const order = Math.log2(error(0.04) / error(0.02))
    expect(order).toBeGreaterThan(2.9)
    expect(order).toBeLessThan(3.1)
  })

  it('writes a name for the uniform energy where one is given', () => {
    const named = expandEnergy(linearEnergy, { ...linear, reference: symbol('uniformEnergy') })
    expect(named.kind === 'sum' && named.terms[0]).toEqual(symbol('uniformEnergy'))
  })
})

describe('orderOfNeglectedTerms', () => {
  it('is three for the linear network: its cubic terms do not cancel', () => {
    expect(orderOfNeglectedTerms(linearEnergy, { ...linear, at: solved(linearEnergy, linear) })).toBe(3)
  })
  it('is four where a symmetry forbids cubic terms', () => {
    const even = ringSum(add(power(at('norm'), 4), multiply(half, power(subtract(at('norm'), at('norm', -1)), 2))))
    expect(orderOfNeglectedTerms(even, { ...linear, uniform: [rational(0)] })).toBe(4)
  })
  it('looks through total differences: (x^3)_l - (x^3)_{l-1} is none', () => {
    const telescoping = ringSum(
      add(power(at('norm'), 3), negate(power(at('norm', -1), 3)), power(at('norm'), 2), power(at('norm'), 6)),
    )
    expect(orderOfNeglectedTerms(telescoping, { ...linear, uniform: [rational(0)] })).toBe(6)
  })
})
