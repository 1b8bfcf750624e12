import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  alignedBound,
  ConvergenceError,
  continueSaddle,
  convexityViolations,
  type DeviationChain,
  forwardBackward,
  gridRate,
  type HiddenActivation,
  newtonSaddle,
  type PairOfNetworks,
  pairChain,
  quadratureLaw,
  rateCurve,
  ratePoint,
  rectifiedLaw,
  saddleEquations,
  signShooter,
  typicalEnd,
  weightCorrelation,
} from '../../../../src/theory/index.js'

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

const diluted = (activation: HiddenActivation, more: Partial<PairOfNetworks> = {}): DeviationChain =>
  pairChain({ layers: 4, activation, perturbation: { kind: 'dilution', probability: 0.5 }, ...more })

const coin = (q: number, m: number): number => {
  const part = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y))
  return part((1 + q) / 2, (1 + m) / 2) + part((1 - q) / 2, (1 - m) / 2)
}

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

describe('networks with equal weights', () => {
  const chain = pairChain({ layers: 4, activation: 'sign', startOverlap: 0.5 })

  it('may merge at a hidden layer: near the ends the dominant trajectory jumps and the rate has a kink', () => {
    const [smooth, merged] = rateCurve(chain, [0.985, 0.995])
    expect(smooth!.layers[1]!.overlap).toBeLessThan(0.7)
    expect(merged!.layers[1]!.overlap).toBeGreaterThan(1 - 1e-7)
    expect(merged!.slope).toBeLessThan(smooth!.slope)
    expect(convexityViolations([smooth!, merged!])).toEqual([[0.985, 0.995]])
    expect(merged!.rate).toBeLessThan(signShooter(chain)(0.995)[0]!.value)
  })

  it('reach the end 1 by merging, at less than any trajectory that stays apart costs', () => {
    const point = ratePoint(chain, 1)
    expect(point.layers.map(({ overlap }) => overlap).slice(1)).toEqual([1, 1, 1])
    expect(point.rate).toBeLessThan(signShooter(chain)(1)[0]!.value - 0.02)
    // The limit of end points below 1.
    expect(Math.abs(ratePoint(chain, 0.9999).rate - point.rate)).toBeLessThan(1e-8)
  })
})

describe('saddle points near the end -1 of ReLU networks', () => {
  it('exist everywhere; the formula with arctangents alone ends where a determinant vanishes', () => {
    const all = diluted('relu')
    const printed = diluted(rectifiedLaw({ branches: 'arctangent' }))
    const options = { mixing: 0.5, iterations: 400 }
    const [near, far] = [forwardBackward(printed, -0.98, options), forwardBackward(printed, -0.9, options)]
    expect(near.converged).toBe(false)
    expect(near.trajectory).toBeNull()
    expect(near.failure).toContain('has no value')
    expect(far.converged).toBe(true)
    const continued = forwardBackward(all, -0.98, options)
    expect(continued.converged).toBe(true)
    const direct = ratePoint(all, -0.98)
    for (const [k, { statistics }] of direct.layers.entries())
      for (const [i, x] of statistics.entries()) expect(continued.trajectory![k]![i]).toBeCloseTo(x, 8)
    expect(Number.isFinite(ratePoint(all, -1).rate)).toBe(true)
  })

  it('are not found by the plain iteration, and it says so', () => {
    const report = forwardBackward(diluted('relu'), -0.6)
    expect(report.converged).toBe(false)
    expect(report.tilts).toBeNull()
  })
})

describe('laws by quadrature', () => {
  it('agree with the closed forms of the rectified linear unit, derivatives too', () => {
    const [exact, numeric] = [rectifiedLaw(), quadratureLaw((h) => Math.max(0, h), { reach: 10, points: 16 })]
    for (const tilts of [
      [0, 0, 0],
      [-0.2, -0.1, 0.15],
      [0.03, -0.3, -0.8],
    ])
      for (const covariance of [
        [1, 1, 0.3],
        [2, 0.7, 0.9],
      ]) {
        const [a, b] = [exact.logMoment(tilts, covariance)!, numeric.logMoment(tilts, covariance)!]
        expect(Math.abs(a.value - b.value)).toBeLessThan(1e-12)
        for (let k = 0; k < 6; k++) expect(Math.abs(a.gradient[k]! - b.gradient[k]!)).toBeLessThan(1e-10)
        for (let k = 0; k < 36; k++) expect(Math.abs(a.hessian[k]! - b.hessian[k]!)).toBeLessThan(1e-8)
        const [m, n] = [exact.means!(tilts, covariance), numeric.means!(tilts, covariance)]
        for (const k of [0, 1] as const) expect(Math.abs(m[k] - n[k])).toBeLessThan(1e-11)
      }
  })

  it('give the rate function of an activation of the user’s', () => {
    const chain = diluted(quadratureLaw(Math.tanh, { points: 10, reach: 9 }), { layers: 2, biasVariance: 0.1 })
    const typical = typicalEnd(chain)
    expect(Math.abs(ratePoint(chain, typical).rate)).toBeLessThan(1e-12)
    const point = ratePoint(chain, -0.2)
    expect(point.rate).toBeGreaterThan(0)
    expect(point.rate).toBeLessThan(coin(-0.2, typical))
    expect(point.residual).toBeLessThan(1e-8)
  })
})

describe('several patterns through the same networks', () => {
  it('align where a narrow layer makes that cheap: M times the rate of one pattern is not the rate', () => {
    const narrow = diluted('sign', { widths: [0.125, 1, 1, 1] })
    const bound = alignedBound(narrow, 2, 0.9)
    expect(bound.aligned).toBeLessThan(bound.independent - 0.2)
    expect(bound.layer).toBe(1)
    const even = alignedBound(diluted('sign'), 2, 0.9)
    expect(even.aligned).toBeGreaterThan(even.independent)
  })
})

describe('bad input', () => {
  it.each([
    ['an end point outside [-1, 1]', () => ratePoint(diluted('sign'), 1.1), /defined from -1 to 1/],
    ['an end point that is no number', () => ratePoint(diluted('relu'), Number.NaN), /defined from -1 to 1/],
    ['eta outside [0, 1]', () => weightCorrelation({ kind: 'rotation', eta: 1.5 }), /defined from 0 to 1/],
    ['p outside [0, 1]', () => weightCorrelation({ kind: 'dilution', probability: -0.1 }), /defined from 0 to 1/],
    ['a layer without neurons', () => diluted('sign', { widths: [1, 0, 1, 1] }), /width of layer 2 is 0/],
    ['equal networks', () => ratePoint(pairChain({ layers: 2, activation: 'sign' }), 0.5), /perfectly correlated/],
    ['equal networks (ReLU)', () => ratePoint(pairChain({ layers: 2, activation: 'relu' }), 0.5), /singular/],
    ['the wrong number of widths', () => diluted('sign', { widths: [1, 1] }), /2 given for 4 layers/],
    ['continuation to the end of the range', () => continueSaddle(diluted('sign'), 1), /not finite/],
    ['shooting for ReLU networks', () => signShooter(diluted('relu')), /sign networks/],
  ])('is refused with a reason: %s', (_, attempt, reason) => {
    expect(attempt).toThrow(DomainError)
    expect(attempt).toThrow(reason)
  })

  it('a solver that does not converge throws with its residual', () => {
    const chain = diluted('relu')
    const far = continueSaddle(chain, 0.4)
    const start = { ...far, trajectory: [...far.trajectory.slice(0, 3), Float64Array.of(-0.999)] }
    try {
      newtonSaddle(chain, start, { iterations: 2 })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConvergenceError)
      expect((error as ConvergenceError).residual).toBeGreaterThan(0)
    }
    const { residuals } = saddleEquations(chain, far.trajectory, far.tilts)!
    expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(1e-10)
  })
})
