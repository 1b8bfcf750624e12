import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hyperbolicForm, linearForm, rectifiedForm } from '../../../../src/theory/mean-field/activation.js'
import {
  type AsymmetricClosure,
  closureCritical,
  closureGrowth,
  closureStep,
} from '../../../../src/theory/mean-field/asymmetric/closure.js'

interface Fixture {
  readonly asymmetric: {
    readonly closures: readonly {
      readonly rowCorrelation: number
      readonly replacement: 'rms' | 'mean'
      readonly length: number
      readonly separation: number
    }[]
  }
}

const { asymmetric }: Fixture = JSON.parse(readFileSync(new URL('signals.fixture.json', import.meta.url), 'utf8'))
const special = { alpha: 2, beta: 1 }
const relu = { activation: rectifiedForm, special }

describe('closures', () => {
  for (const { rowCorrelation, replacement, length, separation } of asymmetric.closures)
    it(`by the ${replacement} at k = ${rowCorrelation} turn where SciPy finds them`, () => {
      const closure: AsymmetricClosure = { ...relu, rowCorrelation, replacement }
      expect(closureCritical(closure, 'length')).toBeCloseTo(length, 9)
      expect(closureCritical(closure, 'separation')).toBeCloseTo(separation, 9)
    })

  it('by the root mean square are exact for linear networks', () => {
    const closure: AsymmetricClosure = { activation: linearForm, special, replacement: 'rms' }
    expect(closureCritical(closure, 'length')).toBeCloseTo(0.5, 9)
    expect(closureCritical(closure, 'fullSeparation')).toBeCloseTo(0.5, 9)
  })

  it('take the step that their growth says, and a mean from elsewhere where one is given', () => {
    const closure: AsymmetricClosure = { ...relu, replacement: 'mean', squaredMean: 1 / Math.PI, rowCorrelation: 3 }
    const { length, fullSeparation, separation } = closureGrowth(closure, 0.8)
    const next = closureStep(closure, { mean: 0.1, meanSquare: 4 }, { weightVariance: 0.8 })
    expect(next.meanSquare).toBeCloseTo(4 * length, 10)
    expect(fullSeparation).toBeGreaterThan(separation)
  })

  it('refuse what has no growth of its own', () => {
    const closure: AsymmetricClosure = { activation: hyperbolicForm, special, replacement: 'rms' }
    expect(() => closureGrowth(closure, 1)).toThrow(/homogeneous/)
    const moments = { mean: 0, meanSquare: 1 }
    expect(() => closureStep(closure, moments, { weightVariance: -1 })).toThrow(/negative/)
    expect(() => closureStep({ ...closure, rowCorrelation: -2 }, moments, { weightVariance: 1 })).toThrow(/k > -1/)
  })
})
