import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import { alignedBound, pairChain, ratePoint, twoPatternChain, typicalEnd } from '../../../../src/theory/index.js'
import { actionOf } from '../../../../src/theory/large-deviations/action.js'
import { fourSigns } from '../../../../src/theory/large-deviations/four-spins.js'

interface Row {
  readonly rho: readonly number[]
  readonly value: number
  readonly tolerance: number
}
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('four-spins.fixture.json', import.meta.url), 'utf8'))

describe('the mean product of four signs', () => {
  it("agrees with SciPy's normal distribution function and with closed forms", () => {
    expect(rows.length).toBe(7)
    for (const { rho, value, tolerance } of rows)
      expect(Math.abs(fourSigns(rho)!.value - value)).toBeLessThan(tolerance)
  })

  it("has the derivatives of Plackett's identity", () => {
    const rho = [0.5, 0.4, 0.3, 0.2, 0.1, 0.25]
    const { gradient, hessian } = fourSigns(rho)!
    const h = 1e-5
    for (let k = 0; k < 6; k++) {
      const [up, down] = [fourSigns(rho.with(k, rho[k]! + h))!, fourSigns(rho.with(k, rho[k]! - h))!]
      expect(Math.abs((up.value - down.value) / (2 * h) - gradient[k]!)).toBeLessThan(1e-9)
      for (let j = 0; j < 6; j++)
        expect(Math.abs((up.gradient[j]! - down.gradient[j]!) / (2 * h) - hessian[6 * k + j]!)).toBeLessThan(1e-9)
    }
  })

  it('has no value where the correlations contradict each other', () => {
    expect(fourSigns([0.9, 0.9, 0.9, -0.9, 0, 0])).toBeNull()
  })
})

describe('two patterns through the same sign networks', () => {
  const weightCorrelation = Math.SQRT1_2
  const one = pairChain({ layers: 3, activation: 'sign', perturbation: { kind: 'dilution', probability: 0.5 } })
  const two = twoPatternChain({ layers: 3, weightCorrelation })

  it('with no overlap between them cost twice what one costs, and the saddle-point equations hold there', () => {
    expect(typicalEnd(two)).toBeCloseTo(typicalEnd(one), 13)
    for (const end of [-0.9, 0.4, 0.95]) {
      const point = ratePoint(one, end)
      const trajectory = point.layers.map(({ overlap: q }, k) =>
        Float64Array.from(k === 2 ? [end] : [q, q, 0, 0, 0, 0]),
      )
      const action = actionOf(two, trajectory)!
      expect(Math.abs(action.value - 2 * point.rate)).toBeLessThan(1e-12)
      expect(Math.max(...action.gradient.map(Math.abs))).toBeLessThan(1e-10)
    }
  })

  it('cost less than twice one pattern’s rate where they align in a narrow layer, towards the bound by alignment', () => {
    const widths = [0.125, 1, 1]
    const narrow = twoPatternChain({ layers: 3, weightCorrelation, widths })
    const single = pairChain({
      layers: 3,
      activation: 'sign',
      perturbation: { kind: 'dilution', probability: 0.5 },
      widths,
    })
    const end = 0.9
    const bound = alignedBound(single, 2, end)
    const [first, second] = bound.trajectory.layers.map(({ overlap }) => overlap)
    const along = (v: number): number => {
      // The second layer's overlaps between patterns are typical given the first's.
      const w = (2 / Math.PI) * Math.asin(v)
      const states = [
        [first!, first!, v, v, first! * v, first! * v],
        [second!, second!, w, w, second! * w, second! * w],
        [end],
      ]
      const action = actionOf(
        narrow,
        states.map((x) => Float64Array.from(x)),
      )
      return action!.value
    }
    const values = [0.99, 0.999, 0.9999, 0.99999].map(along)
    // Any trajectory bounds the rate from above.
    for (const value of values) expect(value).toBeLessThan(bound.independent - 0.02)
    for (const [k, value] of values.entries()) expect(value).toBeLessThan(values[k - 1] ?? bound.independent)
    expect(values[3]! - bound.aligned).toBeGreaterThan(0)
    expect(values[3]! - bound.aligned).toBeLessThan(0.03)
  })

  it('do not fluctuate at all with equal weights and equal inputs', () => {
    expect(() => twoPatternChain({ layers: 2, weightCorrelation: 1 })).toThrow(DomainError)
    expect(() => twoPatternChain({ layers: 2, weightCorrelation, patternOverlap: 1 })).toThrow(DomainError)
    expect(() => twoPatternChain({ layers: 2, weightCorrelation: 1.2 })).toThrow(DomainError)
  })
})
