import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  convexityViolations,
  gridRate,
  pairChain,
  rateCurve,
  ratePoint,
  typicalEnd,
} from '../../../../src/theory/index.js'
import { coin, diluted } from './networks.js'

interface Row {
  readonly activation: 'sign' | 'relu'
  readonly layers: number
  readonly correlation: number
  readonly start: number
  readonly widths: readonly number[]
  readonly end: number
  readonly rate: number
}
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('rates.fixture.json', import.meta.url), 'utf8'))

describe('the rate function', () => {
  it.each(['sign', 'relu'] as const)("agrees with SciPy's brute-force minimisation (%s)", (activation) => {
    const mine = rows.filter((row) => row.activation === activation)
    expect(mine.length).toBeGreaterThanOrEqual(8)
    for (const { layers, correlation, start, widths, end, rate } of mine) {
      const chain = pairChain({
        layers,
        activation,
        perturbation: { kind: 'correlation', value: correlation },
        startOverlap: start,
        widths,
      })
      // SciPy stops at 1e-10 of the action; its minimum can only be too high.
      const found = ratePoint(chain, end, { starts: 'several' }).rate
      expect(found).toBeLessThan(rate + 1e-9)
      expect(found).toBeGreaterThan(rate - 3e-8)
    }
  })

  it("is Cramér's for one layer: the relative entropy of a coin", () => {
    for (const startOverlap of [-0.9, 0, 0.4])
      for (const end of [-1, -0.3, 0.8, 1]) {
        const m = (2 / Math.PI) * Math.asin(Math.SQRT1_2 * startOverlap)
        const chain = diluted('sign', { layers: 1, startOverlap, widths: 0.5 })
        expect(ratePoint(chain, end).rate).toBeCloseTo(0.5 * coin(end, m), 14)
      }
  })

  it.each(['sign', 'relu'] as const)('vanishes at the mean-field end point and nowhere else (%s)', (activation) => {
    const chain = diluted(activation)
    const typical = typicalEnd(chain)
    const point = ratePoint(chain, typical)
    expect(Math.abs(point.rate)).toBeLessThan(1e-15)
    expect(Math.abs(point.slope)).toBeLessThan(1e-13)
    expect(point.curvature).toBeGreaterThan(0)
    for (const { tilts } of point.layers) for (const t of tilts) expect(Math.abs(t)).toBeLessThan(1e-12)
    for (const step of [-0.01, 0.01]) expect(ratePoint(chain, typical + step).rate).toBeGreaterThan(1e-6)
  })

  it.each([
    ['sign', 0.047],
    ['relu', 0.266],
  ] as const)('has its zero where mean-field theory for %s networks has it', (activation, printed) => {
    expect(Math.abs(typicalEnd(diluted(activation)) - printed)).toBeLessThan(5e-4)
  })

  it.each([
    'sign',
    'relu',
  ] as const)('has the slope of the last tilt and the curvature of its slope (%s)', (activation) => {
    const chain = diluted(activation, { widths: [1, 0.25, 2, 0.5] })
    const h = 1e-4
    for (const end of [-0.8, -0.2, 0.45, 0.9]) {
      const [below, here, above] = rateCurve(chain, [end - h, end, end + h])
      expect(here!.slope).toBeCloseTo(0.5 * here!.layers[3]!.tilts[0]!, 12)
      expect(Math.abs((above!.rate - below!.rate) / (2 * h) - here!.slope)).toBeLessThan(1e-6)
      expect(Math.abs((above!.slope - below!.slope) / (2 * h) - here!.curvature)).toBeLessThan(1e-6)
    }
  })

  it.each(['sign', 'relu'] as const)('is convex for diluted %s networks, over the whole range', (activation) => {
    const points = rateCurve(
      diluted(activation),
      Array.from({ length: 39 }, (_, k) => -0.95 + k / 20),
    )
    expect(convexityViolations(points)).toEqual([])
    for (const { curvature } of points) expect(curvature).toBeGreaterThan(0)
  })

  it.each(['descent', 'newton'] as const)('is the same by %s as by shooting', (method) => {
    const chain = diluted('sign', { widths: [1, 0.125, 1, 1] })
    for (const end of [-0.95, -0.4, 0.3, 0.9]) {
      const [a, b] = [ratePoint(chain, end), ratePoint(chain, end, { method })]
      expect(Math.abs(a.rate - b.rate)).toBeLessThan(1e-14)
    }
  })

  it('of ReLU networks depends neither on the weights’ variance nor on the order of the two networks', () => {
    const [small, large] = [diluted('relu', { weightVariance: 0.3 }), diluted('relu', { weightVariance: 5 })]
    for (const end of [-0.9, 0.6]) {
      const [a, b] = [ratePoint(small, end), ratePoint(large, end)]
      expect(Math.abs(a.rate - b.rate)).toBeLessThan(1e-12)
      for (const { squares } of a.layers) expect(Math.abs(squares[0] / squares[1] - 1)).toBeLessThan(1e-8)
    }
  })

  it('does not fall by breaking the symmetry between the two networks', () => {
    for (const end of [-1, 0.9]) {
      const { minima } = ratePoint(diluted('relu', { layers: 3 }), end, { starts: 'several' })
      expect(minima.length).toBe(1)
    }
  })

  it('is not overlooked anywhere on a grid of trajectories', () => {
    for (const [chain, end] of [
      [diluted('sign'), -0.7],
      [pairChain({ layers: 3, activation: 'sign', startOverlap: 0.5 }), 0.995],
    ] as const) {
      const { rate } = gridRate(chain, end, 81)
      const point = ratePoint(chain, end)
      expect(point.rate).toBeLessThan(rate + 1e-12)
      expect(rate - point.rate).toBeLessThan(3e-3)
    }
  })
})
