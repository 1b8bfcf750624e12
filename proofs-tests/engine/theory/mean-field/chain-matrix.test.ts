import { describe, expect, it } from 'vitest'
import { gaussianActivation, hyperbolicForm, rectifiedForm } from '../../../../src/theory/mean-field/activation.js'
import { carried, chainMatrix } from '../../../../src/theory/mean-field/asymmetric/chain-matrix.js'
import { panelRule } from '../../../../src/theory/mean-field/asymmetric/field-grid.js'
import { betaRule } from '../../../../src/theory/mean-field/asymmetric/special-weight.js'

const special = { alpha: 2, beta: 1.5 } as const
/** The density of deviation Z + scale U at x, weighted by U^power, summed node by node. */
function density(x: number, scale: number, deviation: number, power: number): number {
  const { nodes, weights } = betaRule(special, 200)
  const norm = 1 / (deviation * Math.sqrt(2 * Math.PI))
  return nodes.reduce(
    (sum, u, k) => sum + weights[k]! * u ** power * norm * Math.exp(-0.5 * ((x - scale * u) / deviation) ** 2),
    0,
  )
}

describe('a step of a field chain', () => {
  it.each([
    ['a ReLU', rectifiedForm, 1, 1.3, 0],
    ['a ReLU, weighted by U^2', rectifiedForm, 0.7, 1, 2],
    ['tanh on panels that are narrow for the deviation', hyperbolicForm, 3, 5, 0],
  ] as const)('has in every entry the density that a plain sum gives: %s', (_, form, deviation, gain, power) => {
    const activation = gaussianActivation(form)
    const from = panelRule(-6, 9, () => 1.5, [0], 5)
    // Panels of several widths, one of them much narrower than the deviation.
    const to = panelRule(-11, 14, (h) => (Math.abs(h) < 2 ? 0.2 : 0.7), [-2, 0, 2], 6)
    const matrix = chainMatrix({ activation, special, deviation, gain }, from, power, to)
    let largest = 0
    for (const [j, h] of from.nodes.entries())
      for (const [i, x] of to.nodes.entries()) {
        const expected = density(x, gain * activation.value(h), deviation, power) * from.weights[j]!
        largest = Math.max(largest, Math.abs(matrix.values[j * matrix.rows + i]! - expected))
      }
    expect(largest).toBeLessThan(2e-14)
  })

  it('carries a vector as the sum of its columns', () => {
    const grid = panelRule(-9.5, 12, () => 1, [0], 7)
    const matrix = chainMatrix({ activation: gaussianActivation(rectifiedForm), special }, grid, 0, grid)
    const vector = grid.nodes.map((h) => Math.cos(h) + 0.3)
    const result = carried(matrix, vector)
    for (let i = 0; i < matrix.rows; i += 11) {
      const expected = vector.reduce((sum, v, j) => sum + v * matrix.values[j * matrix.rows + i]!, 0)
      expect(result[i]).toBeCloseTo(expected, 13)
    }
  })

  it('of a grid that reaches everywhere keeps what there is', () => {
    const grid = panelRule(-12, 24, () => 1, [0], 12)
    const matrix = chainMatrix({ activation: gaussianActivation(rectifiedForm), special }, grid, 0, grid)
    const before = grid.nodes.map((h) => Math.exp(-0.5 * (h - 1) ** 2) / Math.sqrt(2 * Math.PI))
    const total = carried(matrix, before).reduce((sum, p, i) => sum + p * grid.weights[i]!, 0)
    expect(total).toBeCloseTo(1, 12)
  })
})
