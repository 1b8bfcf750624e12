import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { columnOf, mergeAll, planShards, runShard } from '../../../src/network/index.js'
import { ScalarStream } from '../../../src/network/reference/scalar-stream.js'
import { streamState } from '../../../src/network/stream.js'
import { binomialTwoSided } from '../../../src/statistics/binomial.js'
import {
  type Estimate,
  estimateTest,
  fisherUpper,
  fitRoot,
  meanEstimate,
  momentsOf,
  type Response,
  type RootFit,
  uniformityTest,
} from '../../../src/statistics/index.js'

interface Fixtures {
  readonly lyapunov: readonly (readonly [width: number, linear: number, rectified: number])[]
  readonly fieller: readonly {
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly error: number
    readonly alpha: number
    readonly root: number
    readonly interval: readonly [number, number]
  }[]
  readonly fisherUpper: readonly (readonly [number, number, number, number])[]
}
const fixtures = JSON.parse(readFileSync(new URL('root-fixtures.json', import.meta.url), 'utf8')) as Fixtures

const known = (value: number, standardError: number): Estimate => ({
  value,
  standardError,
  count: 10,
  degreesOfFreedom: Number.POSITIVE_INFINITY,
})

describe('against SciPy and NumPy', () => {
  test.each(fixtures.fisherUpper)("the tail of Fisher's law at %d, %d and %d degrees", (x, first, second, tail) => {
    expect(Math.abs(fisherUpper(x, first, second) / tail - 1)).toBeLessThan(1e-10)
  })

  test.each(fixtures.fieller)("a straight line's root and interval are Fieller's (error $error)", (fixture) => {
    const { x, y, error, alpha, root, interval } = fixture
    const found = fitRoot(
      // A size correction of none: all sizes are one, and without powers of it.
      x.map((at, k) => ({ at, size: 1, estimate: known(y[k]!, error) })),
      { degree: 1, sizePowers: [] },
    )
    expect(found.root.value).toBeCloseTo(root, 10)
    const ends = found.interval(alpha)
    for (const k of [0, 1] as const) {
      const beyond = interval[k] < found.range[0] || interval[k] > found.range[1]
      if (beyond) expect(Number.isFinite(ends[k])).toBe(false)
      else expect(ends[k]).toBeCloseTo(interval[k], 6)
    }
  })
})

// ---- Networks whose growth is known exactly -------------------------------------------------------------------------------

const variances = { linear: [0.8, 1.05, 1.3], relu: [1.6, 2.1, 2.6] } as const
const widths = fixtures.lyapunov.map(([width]) => width)

/** The logarithm of the growth a layer, measured. */
function growthOf(activation: 'linear' | 'relu', weightVariance: number, width: number): Estimate {
  const shards = planShards({
    ensemble: {
      kind: 'feed-forward',
      activation,
      widths: width,
      depth: 12,
      weightVariance,
      biasVariance: 0,
      input: { kind: 'normalised', squaredNorm: 1 },
    },
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logGrowth', last: 10 }],
    networks: Math.round(25_600 / width),
    stream: `root-${activation}-${weightVariance}-${width}`,
    seed: 4,
  })
  const [observable] = mergeAll(shards.map((shard) => runShard(shard))).observables
  if (observable?.kind !== 'windowMean') throw new TypeError('a window was observed')
  return meanEstimate(columnOf(observable.table, 0))
}

describe.each([
  { activation: 'linear', critical: 1, column: 1 },
  { activation: 'relu', critical: 2, column: 2 },
] as const)('sampled $activation networks without bias', ({ activation, critical, column }) => {
  const responses: readonly Response[] = variances[activation].flatMap((w) =>
    widths.map((size) => ({ at: Math.log(w), size, estimate: growthOf(activation, w, size) })),
  )

  test("grow as Cohen and Newman's exponents of products of Gaussian matrices have it, at every width", () => {
    for (const { at, size, estimate } of responses) {
      const row = fixtures.lyapunov.find(([width]) => width === size)!
      expect(estimateTest(estimate, at + row[column]).pValue).toBeGreaterThan(1e-5)
    }
  })

  test(`have the critical weight variance ${critical} in their interval, with a known slope and with a fitted one`, () => {
    const fits: readonly RootFit[] = [
      fitRoot(responses, { slope: 1, sizePowers: [1, 2] }),
      fitRoot(responses, { degree: 1, sizePowers: [1, 2] }),
      fitRoot(responses, { degree: 2, sizePowers: [1] }),
    ]
    for (const fit of fits) {
      const [from, to] = fit.interval(1e-3).map(Math.exp)
      expect(from).toBeLessThan(critical)
      expect(to).toBeGreaterThan(critical)
      expect(to! / from!).toBeLessThan(1.1)
      expect(fit.misfit.pValue).toBeGreaterThan(1e-4)
      // At finite width lengths grow less, and so turn at a greater variance: where the exact exponent is zero.
      const finite = fit.rootAt(64)
      const exact = -fixtures.lyapunov.find(([width]) => width === 64)![column]
      expect(estimateTest(finite, exact).pValue).toBeGreaterThan(1e-4)
      expect(finite.value).toBeGreaterThan(fit.root.value)
    }
  })

  test('refute a slope that they do not have, by the misfit', () => {
    expect(fitRoot(responses, { slope: 0.5, sizePowers: [1] }).misfit.pValue).toBeLessThan(1e-6)
  })
})

// ---- Synthetic responses ------------------------------------------------------------------------------------------------------

const draws = new ScalarStream(streamState({ seed: 21, name: 'root', shard: 0 }))
const truth = 0.3
/** Few observations a point, whose spread goes as 1/sqrt(N) and differs from point to point. */
function dataSet(observations: number, curvature: number): readonly Response[] {
  return [-0.6, 0, 0.5, 1.2].flatMap((at, k) =>
    [64, 256, 1024].map((size) => {
      const mean = 0.5 * (at - truth) + curvature * (at - truth) ** 2 - 3 / size
      const deviation = (1 + k / 3) / Math.sqrt(size)
      const values = Array.from({ length: observations }, () => mean + deviation * draws.nextNormal())
      return { at, size, estimate: meanEstimate(momentsOf(values)) }
    }),
  )
}
const sets = 1000

describe.each([
  { observations: 40, curvature: 0.1, degree: 2 },
  { observations: 40, curvature: 0, degree: 1 },
  { observations: 10, curvature: 0.1, degree: 2 },
])('over many data sets of $observations observations a point, degree $degree', ({
  observations,
  curvature,
  degree,
}) => {
  const fits = Array.from({ length: sets }, () => fitRoot(dataSet(observations, curvature), { degree }))

  test.each([0.5, 0.1, 0.01])('the interval at level %d misses the true root as often as it says', (alpha) => {
    const missed = fits.filter((fit) => fit.test(truth).pValue < alpha).length
    expect(binomialTwoSided(missed, sets, alpha)).toBeGreaterThan(1e-4)
  })

  test('misfits are uniform: a true model is not refused too often', () => {
    expect(uniformityTest(fits.map(({ misfit }) => misfit.pValue!)).pValue).toBeGreaterThan(1e-4)
  })

  test('the interval is made of the roots that the test does not reject', () => {
    for (const fit of fits.slice(0, 20)) {
      const ends = fit.interval(0.05)
      expect(fit.root.value).toBeGreaterThan(ends[0])
      expect(fit.root.value).toBeLessThan(ends[1])
      for (const end of ends.filter(Number.isFinite)) expect(fit.test(end).pValue).toBeCloseTo(0.05, 6)
    }
  })

  test('the standard error is the spread of the root', () => {
    const roots = fits.map(({ root }) => root.value)
    const spread = Math.sqrt(momentsOf(roots).m2 / (sets - 1))
    const stated = fits.reduce((sum, { root }) => sum + root.standardError, 0) / sets
    expect(Math.abs(stated / spread - 1)).toBeLessThan(0.12)
  })
})

describe('what cannot be told', () => {
  const line = (values: readonly number[], error = 0.01): readonly Response[] =>
    values.map((value, k) => ({ at: k, size: 1, estimate: known(value, error) }))

  test('a response of one sign has no root there', () => {
    expect(() => fitRoot(line([1, 2, 3]), { degree: 1, sizePowers: [] })).toThrow(DomainError)
    expect(() => fitRoot(line([1, 2, 3]), { degree: 1, sizePowers: [] })).toThrow(/one sign from 0 to 2/)
  })

  test('a response that hardly moves has an open interval', () => {
    const fit = fitRoot(line([-1, 0.2, 1], 5), { degree: 1, sizePowers: [] })
    expect(fit.interval(0.05)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  })

  test('a claim beyond the measured range is tested at its end', () => {
    const fit = fitRoot(line([-1, 0.1, 1]), { degree: 1, sizePowers: [] })
    expect(fit.test(50)).toEqual(fit.test(2))
    expect(fit.test(50).pValue).toBeLessThan(1e-10)
  })

  test.each([
    ['a size of zero', [{ at: 0, size: 0, estimate: known(1, 1) }], {}, /positive size/],
    ['a degree of zero', line([-1, 0, 1]), { degree: 0 }, /degree of 1 or more/],
    ['fewer points than coefficients', line([-1, 1]), { degree: 2 }, /points cannot fix/],
  ] as const)('%s is refused', (_, responses, model, message) => {
    expect(() => fitRoot(responses, model)).toThrow(DomainError)
    expect(() => fitRoot(responses, model)).toThrow(message)
  })
})
