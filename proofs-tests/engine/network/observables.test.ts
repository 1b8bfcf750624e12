import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import type { FeedForwardEnsemble } from '../../../src/network/ensemble.js'
import { columnOf, MomentCollector, mergeTables } from '../../../src/network/moment-table.js'
import { crossMoments, modeMoments } from '../../../src/network/observables/mode-power.js'
import type {
  ModeHistogramSummary,
  ModePowerSummary,
  Observable,
  SamplesSummary,
  TableSummary,
} from '../../../src/network/observables/observable.js'
import { windowTransform } from '../../../src/network/observables/window-transform.js'
import { mergeAll, runShard } from '../../../src/network/run-shard.js'
import { planShards } from '../../../src/network/shards.js'
import { momentsOf } from '../../../src/statistics/moments.js'

const [depth, n, networks] = [20, 16, 37]
const ensemble: FeedForwardEnsemble = {
  kind: 'feed-forward',
  activation: 'relu',
  widths: 12,
  depth,
  weightVariance: 1.5,
  biasVariance: 0.2,
  input: { kind: 'normalised', squaredNorm: 12 },
}
const fields = ['positiveNorm', 'negativeNorm', 'positiveCount'] as const
const references = [1, 2, 6]
const observables: readonly Observable[] = [
  ...fields.map((field) => ({ kind: 'samples', field, count: networks }) as const),
  { kind: 'modePower', fields, references, last: n },
  { kind: 'windowMean', field: 'negativeNorm', last: 7 },
  { kind: 'autocovariance', field: 'positiveNorm', reference: 1.5, last: 9, lags: [0, 2] },
  { kind: 'layers', field: 'positiveCount', layers: [3, 19] },
  { kind: 'modeHistogram', field: 'positiveNorm', reference: 1, last: n, modes: [1], halfRange: 0.2, bins: 4 },
]
const plan = planShards({
  ensemble,
  level: 'preactivations',
  observables,
  networks,
  networksPerShard: 8,
  stream: 'observables',
  seed: 2,
})
const summary = mergeAll(plan.map((shard) => runShard(shard))).observables
const samples = summary.slice(0, 3).map((each) => (each as SamplesSummary).trajectories)
const [modes, windowMean, autocovariance, layers, histogram] = summary.slice(3) as [
  ModePowerSummary, TableSummary, TableSummary, TableSummary, ModeHistogramSummary,
] // biome-ignore format: a tuple

/** epsilon_q by the definition, term by term. */
function mode(trajectory: readonly number[], reference: number, m: number): readonly [number, number] {
  let [re, im] = [0, 0]
  for (let j = 0; j < n; j++) {
    const e = trajectory[depth - n + j]! - reference
    re += (e * Math.cos((2 * Math.PI * m * j) / n)) / n
    im += (e * Math.sin((2 * Math.PI * m * j) / n)) / n
  }
  return [re, im]
}

/** Every moment of two samples agrees to rounding. */
function expectSameMoments(a: ReturnType<typeof momentsOf>, values: readonly number[]): void {
  const b = momentsOf(values)
  expect(a.count).toBe(b.count)
  const scale = Math.max(...values.map(Math.abs), 1e-300)
  for (const [key, order] of [['mean', 1], ['m2', 2], ['m3', 3], ['m4', 4]] as const) // biome-ignore format: pairs
    expect(Math.abs(a[key] - b[key]) / (b.count * scale ** order)).toBeLessThan(1e-13)
}

describe('observables against their definitions on the trajectories themselves', () => {
  test('all networks are sampled, whole', () => {
    for (const trajectories of samples) {
      expect(trajectories).toHaveLength(networks)
      expect(new Set(trajectories.map((t) => t.length))).toEqual(new Set([depth]))
    }
    for (let k = 0; k < networks; k++) expect(samples[2]![k]!.every((count) => Number.isInteger(count))).toBe(true)
  })

  test('mode powers', () => {
    for (const [f, trajectories] of samples.entries())
      for (let m = 0; m <= n / 2; m++) {
        const each = trajectories.map((t) => mode(t, references[f]!, m))
        const { re, im, power } = modeMoments(modes, m, f)
        expectSameMoments(
          re,
          each.map(([x]) => x),
        )
        if (m % (n / 2) !== 0)
          expectSameMoments(
            im,
            each.map(([, y]) => y),
          )
        expectSameMoments(
          power,
          each.map(([x, y]) => x * x + y * y),
        )
      }
  })

  test('cross powers of all pairs, with the conjugate the other way round', () => {
    for (const [a, b] of [[0, 1], [0, 2], [1, 2], [2, 0]] as const) // biome-ignore format: pairs
      for (const m of [1, 5]) {
        const products = Array.from({ length: networks }, (_, k) => {
          const [ar, ai] = mode(samples[a]![k]!, references[a]!, m)
          const [br, bi] = mode(samples[b]![k]!, references[b]!, m)
          return [ar * br + ai * bi, ai * br - ar * bi] as const
        })
        const { re, im } = crossMoments(modes, m, a, b)
        expectSameMoments(
          re,
          products.map(([x]) => x),
        )
        expectSameMoments(
          im,
          products.map(([, y]) => y),
        )
      }
  })

  test('window means, autocovariances and layers', () => {
    const last = (t: readonly number[], k: number): readonly number[] => t.slice(-k)
    const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
    expectSameMoments(
      columnOf(windowMean.table, 0),
      samples[1]!.map((t) => mean(last(t, 7))),
    )
    for (const [k, lag] of [0, 2].entries()) {
      const products = samples[0]!.map((t) => {
        const e = last(t, 9).map((x) => x - 1.5)
        return mean(e.slice(lag).map((x, j) => x * e[j]!))
      })
      expectSameMoments(columnOf(autocovariance.table, k), products)
    }
    expectSameMoments(
      columnOf(layers.table, 0),
      samples[2]!.map((t) => t[3]!),
    )
    expectSameMoments(
      columnOf(layers.table, 1),
      samples[2]!.map((t) => t[19]!),
    )
  })

  test('histograms count every network once, in its bin', () => {
    const values = samples[0]!.map((t) => mode(t, 1, 1)[0])
    const edges = [Number.NEGATIVE_INFINITY, -0.2, -0.1, 0, 0.1, 0.2, Number.POSITIVE_INFINITY]
    const expected = edges.slice(1).map((edge, k) => values.filter((x) => x >= edges[k]! && x < edge).length)
    expect(histogram.counts).toEqual([expected])
    expect(expected.filter((count) => count > 0).length).toBeGreaterThan(3)
  })

  test('a mode or field that is not there is refused', () => {
    expect(() => modeMoments(modes, 9)).toThrow(DomainError)
    expect(() => modeMoments(modes, 1, 3)).toThrow(DomainError)
    expect(() => crossMoments(modes, 1, 1, 1)).toThrow(DomainError)
  })
})

test('the sign of the transform: e^{-iqj} has its whole weight in epsilon_q', () => {
  const column = Float64Array.from({ length: 32 }, (_, j) => 2 * Math.cos((2 * Math.PI * 3 * j) / 32 + 0.4))
  // 2 cos(x + 0.4) = e^{0.4 i} e^{ix} + c.c., and the coefficient of e^{-ix} is e^{-0.4 i}.
  const { re, im } = windowTransform(32)(column, 0)
  expect(re[3]).toBeCloseTo(Math.cos(0.4), 12)
  expect(im[3]).toBeCloseTo(-Math.sin(0.4), 12)
  expect(Math.hypot(re[4]!, im[4]!)).toBeLessThan(1e-14)
})

test('tables merged in halves are the table of the whole', () => {
  const rows = Array.from({ length: 50 }, (_, k) => [Math.sin(k) * 1e-3 + 1e3, k % 7])
  const [whole, left, right] = [new MomentCollector(2), new MomentCollector(2), new MomentCollector(2)]
  for (const [k, row] of rows.entries()) {
    whole.add(row)
    if (k < 13) left.add(row)
    else right.add(row)
  }
  const merged = mergeTables(left.table(), right.table())
  for (const column of [0, 1]) {
    const values = rows.map((row) => row[column]! - rows[0]![column]!)
    const [a, b, direct] = [columnOf(merged, column), columnOf(whole.table(), column), momentsOf(values)]
    expect(a.m2 / direct.m2).toBeCloseTo(1, 6)
    expect(b.m2 / direct.m2).toBeCloseTo(1, 6)
    expect(a.m4 / direct.m4).toBeCloseTo(1, 6)
  }
})
