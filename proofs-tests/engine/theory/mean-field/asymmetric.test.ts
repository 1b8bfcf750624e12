import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hyperbolicForm, linearForm, rectifiedForm } from '../../../../src/theory/mean-field/activation.js'
import { fixedLaws } from '../../../../src/theory/mean-field/asymmetric/fixed-lengths.js'
import {
  criticalSeparation,
  lengthGrowth,
  limitLaw,
  separationFactor,
  weightVarianceAtGrowth,
} from '../../../../src/theory/mean-field/asymmetric/limit.js'
import { betaMoment, betaRule, frozenExpectation } from '../../../../src/theory/mean-field/asymmetric/special-weight.js'

interface Fixture {
  readonly asymmetric: {
    readonly lengthUncorrelated: number
    readonly lengthAntiCorrelated: number
    readonly separation: number
    readonly negativeFields: number
  }
}

const { asymmetric }: Fixture = JSON.parse(readFileSync(new URL('signals.fixture.json', import.meta.url), 'utf8'))
const special = { alpha: 2, beta: 1 }
const relu = { activation: rectifiedForm, special }

describe('means over a Beta variable', () => {
  it('are exact for polynomials, whatever the parameters', () => {
    for (const law of [special, { alpha: 0.5, beta: 0.5 }, { alpha: 3.2, beta: 0.7 }, { alpha: 1, beta: 1 }]) {
      const { nodes, weights } = betaRule(law, 9)
      for (let power = 0; power <= 17; power++)
        expect(nodes.reduce((sum, u, k) => sum + weights[k]! * u ** power, 0)).toBeCloseTo(betaMoment(law, power), 13)
    }
  })

  it('with a normal variable have the moments of their sum', () => {
    const { value } = frozenExpectation((h, u) => h * h * u, { deviation: 1.3, scale: 0.8, special })
    expect(value).toBeCloseTo(1.69 * betaMoment(special, 1) + 0.64 * betaMoment(special, 3), 12)
  })

  it('need positive parameters', () => {
    expect(() => betaRule({ alpha: 0, beta: 1 }, 5)).toThrow(/both parameters are positive/)
    expect(() => limitLaw({ activation: rectifiedForm, special: { alpha: 2, beta: -1 } })).toThrow(/both parameters/)
  })
})

describe('the limit of infinite width', () => {
  it("has SciPy's critical weight variances for ReLU, to ten digits", () => {
    const plain = weightVarianceAtGrowth(relu)
    expect(plain.value).toBeCloseTo(asymmetric.lengthUncorrelated, 10)
    expect(plain.error).toBeLessThan(1e-10)
    expect(weightVarianceAtGrowth({ ...relu, rowCorrelation: 100 }).value).toBeCloseTo(asymmetric.lengthAntiCorrelated, 10) // biome-ignore format: one line
    expect(criticalSeparation(relu).value).toBeCloseTo(asymmetric.separation, 10)
    const law = limitLaw(relu)
    expect(law.mean(() => 1)).toBeCloseTo(1, 13)
    expect(law.mean((h) => (h < 0 ? 1 : 0))).toBeCloseTo(asymmetric.negativeFields, 11)
    expect(separationFactor(law, asymmetric.separation)).toBeCloseTo(1, 10)
  })

  it('of linear networks closes in moments: growth is sigma_w^2 + E U^2', () => {
    for (const law of [special, { alpha: 1, beta: 2 }]) {
      const model = { activation: linearForm, special: law }
      const square = betaMoment(law, 2)
      for (const growth of [1, 1.5])
        expect(weightVarianceAtGrowth(model, growth).value).toBeCloseTo(growth - square, 10)
      expect(criticalSeparation(model).value).toBeCloseTo(1 - square, 10)
    }
  })

  it('grows by the factor at which the weight variance is the given one', () => {
    const { value } = lengthGrowth(relu, weightVarianceAtGrowth(relu, 1.7).value)
    expect(value).toBeCloseTo(1.7, 9)
  })

  it('at a fixed point with bias has the shape that it has at growth one', () => {
    const [fixed, ...others] = fixedLaws(relu, { weightVariance: 0.4, biasVariance: 0.3, range: [0.2, 2], steps: 1 })
    expect(others).toEqual([])
    expect(fixed!.noiseVariance).toBeCloseTo(0.3 / (1 - 0.4 / asymmetric.lengthUncorrelated), 7)
    expect(fixed!.chi).toBeCloseTo(separationFactor(limitLaw(relu), 0.4), 7)
    expect(fixed!.slope).toBeLessThan(1)
  })

  it('says where there is no such number', () => {
    expect(() => limitLaw({ activation: hyperbolicForm, special })).toThrow(/homogeneous/)
    expect(() => limitLaw(relu, 0)).toThrow(/positive factor/)
    expect(() => weightVarianceAtGrowth({ ...relu, rowCorrelation: -1 })).toThrow(/k > -1/)
    expect(() => weightVarianceAtGrowth({ activation: linearForm, special: { alpha: 40, beta: 1 } }, 0.5)).toThrow(/no stationary law/) // biome-ignore format: one line
  })
})
