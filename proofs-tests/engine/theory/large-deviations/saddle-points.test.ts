import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  alignedBound,
  ConvergenceError,
  continueSaddle,
  convexityViolations,
  forwardBackward,
  newtonSaddle,
  pairChain,
  perturbedWeightCorrelation,
  quadratureLaw,
  rateCurve,
  ratePoint,
  rectifiedLaw,
  saddleEquations,
  signShooter,
  typicalEnd,
} from '../../../../src/theory/index.js'
import { coin, diluted } from './networks.js'

describe('networks with equal weights', () => {
  const chain = pairChain({ layers: 4, activation: 'sign', startOverlap: 0.5 })

  it('may merge at a hidden layer: near the ends the dominant trajectory jumps and the rate has a kink', () => {
    const [smooth, merged] = rateCurve(chain, [0.985, 0.995])
    expect(smooth!.layers[1]!.overlap).toBeLessThan(0.7)
    expect(merged!.layers[1]!.overlap).toBeGreaterThan(1 - 1e-7)
    expect(merged!.slope).toBeLessThan(smooth!.slope)
    expect(convexityViolations([smooth!, merged!])).toEqual([[0.985, 0.995]])
    expect(merged!.rate).toBeLessThan(ratePoint(chain, 0.995, { method: 'descent' }).rate)
  })

  it('reach the end 1 by merging, at less than any trajectory that stays apart costs', () => {
    const point = ratePoint(chain, 1)
    expect(point.layers.map(({ overlap }) => overlap).slice(1)).toEqual([1, 1, 1])
    expect(point.rate).toBeLessThan(signShooter(chain)(1)[0]!.value - 0.02)
    // The limit of end points below 1.
    expect(Math.abs(ratePoint(chain, 0.9999).rate - point.rate)).toBeLessThan(1e-8)
  })
})

describe('a narrow layer', () => {
  const narrowAt = (layer: number, startOverlap: number, end: number): number =>
    ratePoint(
      pairChain({
        layers: 4,
        activation: 'sign',
        startOverlap,
        widths: [1, 1, 1, 1].with(layer - 1, 0.125),
      }),
      end,
    ).rate

  it('costs less the later it comes for moderate end points, but not where networks of equal weights all but merge in it', () => {
    expect(narrowAt(1, 0.5, 0.3)).toBeGreaterThan(narrowAt(2, 0.5, 0.3))
    expect(narrowAt(2, 0.5, 0.3)).toBeGreaterThan(narrowAt(3, 0.5, 0.3))
    // The exact law at N = 4000 has 0.01957 and 0.02205 for -log P / N.
    expect(narrowAt(1, 0.9, 0.6)).toBeLessThan(narrowAt(2, 0.9, 0.6))
    expect(Math.abs(narrowAt(1, 0.9, 0.6) - 0.01957)).toBeLessThan(6 / 4000)
    expect(Math.abs(narrowAt(2, 0.9, 0.6) - 0.02205)).toBeLessThan(6 / 4000)
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

  it.each([
    0.5, 0.2,
  ])('are refused with a residual by the formula with arctangents alone (dilution %s)', (probability) => {
    const printed = diluted(rectifiedLaw({ branches: 'arctangent' }), {
      perturbation: { kind: 'dilution', probability },
    })
    for (const end of [-0.95, -1])
      try {
        ratePoint(printed, end)
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(ConvergenceError)
        expect((error as ConvergenceError).message).toContain('has no value')
        expect((error as ConvergenceError).residual).toBeGreaterThan(1e-4)
      }
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
    ['eta outside [0, 1]', () => perturbedWeightCorrelation({ kind: 'rotation', eta: 1.5 }), /defined from 0 to 1/],
    [
      'p outside [0, 1]',
      () => perturbedWeightCorrelation({ kind: 'dilution', probability: -0.1 }),
      /defined from 0 to 1/,
    ],
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
