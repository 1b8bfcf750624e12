import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arcsineAgreement, overlapLaw } from '../../../../src/network/index.js'
import {
  ConvergenceError,
  gridRate,
  pairChain,
  rateCurve,
  ratePoint,
  signShooter,
  typicalEnd,
} from '../../../../src/theory/index.js'
import { actionOf } from '../../../../src/theory/large-deviations/action.js'

interface Row {
  readonly correlation: number
  readonly start: number
  readonly widths: readonly number[]
  readonly end: number
  readonly rate: number
}
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('bottleneck.fixture.json', import.meta.url), 'utf8'))
const chainOf = ({ correlation, start, widths }: Omit<Row, 'end' | 'rate'>) =>
  pairChain({
    layers: widths.length,
    activation: 'sign',
    perturbation: { kind: 'correlation', value: correlation },
    startOverlap: start,
    widths,
  })

describe('rates of sign networks with a bottleneck', () => {
  it("are those of SciPy's search from a fine grid, wherever the bottleneck is", () => {
    expect(rows.length).toBe(120)
    for (const row of rows) {
      const { rate, residual } = ratePoint(chainOf(row), row.end)
      // The search's minimum can only be too high.
      expect(rate, JSON.stringify(row)).toBeLessThan(row.rate + 1e-10)
      expect(rate, JSON.stringify(row)).toBeGreaterThan(row.rate - 1e-7)
      expect(residual).toBeLessThan(1e-8)
    }
  })

  it('all but oppose in a narrow first layer to reach the end -1', () => {
    const chain = chainOf({ correlation: 1, start: 0.5, widths: [0.125, 1, 1, 1] })
    const [far, near, end] = rateCurve(chain, [-0.96, -0.9999, -1])
    expect(far!.layers[0]!.overlap).toBeLessThan(-1 + 1e-10)
    // Being opposite in the first layer costs log 3 of each of its neurons, staying so nothing.
    expect(end!.rate).toBeCloseTo(Math.log(3) / 8, 14)
    expect(near!.rate).toBeCloseTo(Math.log(3) / 8, 12)
    expect(end!.layers.map(({ overlap }) => overlap)).toEqual([-1, -1, -1, -1])
  })

  it('are what the exact law tends to, in which the copies of a narrow first layer are opposite', () => {
    const width = 1024
    const law = overlapLaw({
      widths: [width, width / 8, width, width, width],
      start: 0.5,
      agreement: (_, overlap) => arcsineAgreement(overlap),
    })
    const chain = chainOf({ correlation: 1, start: 0.5, widths: [0.125, 1, 1, 1] })
    for (const end of [-0.96875, -0.875]) {
      const exact = -law.logTail(end, 'atMost') / width
      const { rate } = ratePoint(chain, end)
      // Chernoff's side: the exact tail is rarer, here by a factor of order 1 in all.
      expect(exact).toBeGreaterThan(rate - 1e-12)
      expect(exact - rate).toBeLessThan(1 / width)
    }
  })

  it('forget what comes before weights without correlation', () => {
    const forgetting = (widths: readonly number[], layers: number) =>
      pairChain({
        layers,
        activation: 'sign',
        perturbation: Array.from({ length: layers }, (_, k) => ({
          kind: 'correlation' as const,
          value: k === layers - 2 ? 0 : 0.8,
        })),
        startOverlap: 0.3,
        widths,
      })
    const [long, short] = [forgetting([2, 0.5, 1], 3), forgetting([0.5, 1], 2)]
    for (const end of [-0.9, 0.4]) expect(ratePoint(long, end).rate).toBeCloseTo(ratePoint(short, end).rate, 14)
    expect(ratePoint(long, 0.4).layers[0]!.tilts[0]).toBe(0)
  })
})

/** Chains of two to four layers of sign networks, weights equal, nearly equal, diluted or of opposite tendency. */
const chains = fc.integer({ min: 2, max: 4 }).chain((layers) =>
  fc.record({
    widths: fc.array(fc.constantFrom(0.125, 0.5, 1, 2), { minLength: layers, maxLength: layers }),
    correlation: fc.oneof(
      fc.constantFrom(1, 0.9999, -0.9),
      fc.integer({ min: -19, max: 19 }).map((k) => k / 20),
    ),
    start: fc.integer({ min: 0, max: 19 }).map((k) => k / 20),
  }),
)
const endPoints = fc.integer({ min: -100, max: 100 }).map((k) => k / 100)

describe('the rate function of random chains of sign networks', () => {
  it('is zero at the typical end point', () => {
    fc.assert(
      fc.property(chains, (networks) => {
        const chain = chainOf(networks)
        expect(Math.abs(ratePoint(chain, typicalEnd(chain)).rate)).toBeLessThan(1e-13)
      }),
      { numRuns: 60 },
    )
  })

  it('is the action of its own trajectory, not negative, and stationary', () => {
    fc.assert(
      fc.property(chains, endPoints, (networks, end) => {
        const chain = chainOf(networks)
        const point = ratePoint(chain, end)
        expect(point.rate).toBeGreaterThan(-1e-14)
        expect(point.residual).toBeLessThan(1e-8)
        const [action] = [actionOf(chain, point.layers.map(({ overlap }) => Float64Array.of(overlap)))] // biome-ignore format: one thing
        // Null where an overlap is 1 but for less than rounding and the chance after it is therefore certain.
        if (action) expect(Math.abs(action.value - point.rate)).toBeLessThan(1e-6)
      }),
      { numRuns: 60 },
    )
  })

  it("is never above any other method's value, nor above any trajectory on a grid", () => {
    fc.assert(
      fc.property(chains, endPoints, (networks, end) => {
        const chain = chainOf(networks)
        const { rate } = ratePoint(chain, end)
        expect(rate).toBeLessThanOrEqual(gridRate(chain, end, 31).rate + 1e-12)
        for (const method of ['descent', 'newton'] as const)
          try {
            if (method === 'newton' && Math.abs(end) === 1) continue
            expect(rate).toBeLessThanOrEqual(ratePoint(chain, end, { method }).rate + 1e-9)
          } catch (error) {
            // A local method may fail where the copies all but merge; it may not be lower.
            if (!(error instanceof ConvergenceError)) throw error
          }
      }),
      { numRuns: 40 },
    )
  })

  it('rises by no more than its slope says, between neighbouring end points of one branch', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: -95, max: 95 }), (networks, k) => {
        const chain = chainOf(networks)
        const [a, b] = rateCurve(chain, [k / 100, k / 100 + 1e-6])
        // Where another branch takes over the rate is the lesser of two and can only be lower.
        expect(b!.rate).toBeLessThan(a!.rate + 1e-6 * a!.slope + 1e-8)
      }),
      { numRuns: 40 },
    )
  })

  it('meets at least one stationary trajectory that is a minimum, lowest first', () => {
    fc.assert(
      fc.property(chains, endPoints, (networks, end) => {
        const shots = signShooter(chainOf(networks))(end)
        if (Math.abs(end) === 1) return
        expect(shots.some(({ minimum }) => minimum)).toBe(true)
        for (const [k, { value }] of shots.entries())
          if (k > 0) expect(value).toBeGreaterThanOrEqual(shots[k - 1]!.value)
      }),
      { numRuns: 60 },
    )
  })
})
