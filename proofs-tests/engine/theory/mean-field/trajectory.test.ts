import { describe, expect, it } from 'vitest'
import { rectifiedForm } from '../../../../src/theory/mean-field/activation.js'
import { fixedLaws } from '../../../../src/theory/mean-field/asymmetric/fixed-lengths.js'
import { layerLaws } from '../../../../src/theory/mean-field/asymmetric/trajectory.js'

const relu = { activation: rectifiedForm, special: { alpha: 2, beta: 1 } }

describe('laws of the layers on the way from normal inputs', () => {
  const laws = layerLaws(relu, { weightVariance: 0.36, biasVariance: 0.36 }, 40)

  it('are normalised', () => {
    for (const { expectation } of laws) expect(expectation(() => 1)).toBeCloseTo(1, 10)
  })

  it('start symmetric, with the variance of weights, bias and special weight', () => {
    expect(laws[0]!.negative).toBeCloseTo(0.5, 12)
    expect(laws[0]!.expectation((h) => h * h)).toBeCloseTo(0.36 + 0.36 + 1 / 2, 10)
    expect(laws[0]!.meanSquare).toBeCloseTo((0.36 + 0.36 + 1 / 2) / 2, 10)
  })

  it('have the mean that the special weight carries: E h = E U E phi of the layer before', () => {
    for (let l = 1; l < laws.length; l++)
      expect(laws[l]!.expectation((h) => h)).toBeCloseTo((2 / 3) * laws[l - 1]!.mean, 10)
  })

  it('end in the fixed point of the exact recursion', () => {
    const [fixed] = fixedLaws(relu, { weightVariance: 0.36, biasVariance: 0.36 })
    const [before, last] = laws.slice(-2).map((law) => Math.abs(law.meanSquare - fixed!.meanSquare))
    expect(last).toBeLessThan(0.01 * fixed!.meanSquare)
    expect(last).toBeLessThan(before!)
  })

  it('at width 1000 are what explicit weights give (NumPy: 3 networks, 100 inputs)', () => {
    // Shares of negative fields in layers 1 to 4 of the thesis's program: bias among the weights, so of variance 1/N.
    const few = layerLaws(relu, { weightVariance: 0.36 }, 4).map(({ negative }) => negative)
    const anti = layerLaws({ ...relu, rowCorrelation: 100 }, { weightVariance: 0.9 }, 4).map(({ negative }) => negative)
    const sampled = [
      [0.4999, 0.3515, 0.3237, 0.3096],
      [0.5002, 0.3678, 0.3385, 0.3307],
    ]
    for (const [k, found] of [few, anti].entries())
      for (const [l, share] of found.entries()) expect(Math.abs(share - sampled[k]![l]!)).toBeLessThan(0.02)
  })

  it('need a variance', () => {
    expect(() => layerLaws(relu, { weightVariance: 0 }, 1)).toThrow(/that of the weights is positive/)
    expect(() => layerLaws({ ...relu, rowCorrelation: -2 }, { weightVariance: 1 }, 1)).toThrow(/k/)
  })
})
