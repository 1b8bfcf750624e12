import { describe, expect, test } from 'vitest'
import { DomainError, LimitError } from '../../../../src/expression/errors.js'
import {
  arcsineAgreement,
  extrapolateRate,
  independentMean,
  type OverlapChain,
  overlapChain,
  overlapLaw,
  overlapRate,
} from '../../../../src/network/index.js'
import { columnOf } from '../../../../src/network/moment-table.js'
import { meanEstimate } from '../../../../src/statistics/estimate.js'
import { chiSquareTest, zTest } from '../../../../src/statistics/tests.js'
import { fixture, overlapCounts, pair, simulate } from './models.js'

const chain = (widths: readonly number[], kappa: number, start?: OverlapChain['start']): OverlapChain => ({
  widths,
  agreement: (_, q) => arcsineAgreement(kappa * q),
  ...(start === undefined ? {} : { start }),
})
const uniform = (width: number, depth: number): readonly number[] => Array.from({ length: depth + 1 }, () => width)

describe('the exact law', () => {
  test.each(fixture.laws)('is the product of matrices at 40 digits: widths $widths', ({
    widths,
    kappa,
    start,
    logs,
  }) => {
    const law = overlapLaw(chain(widths, kappa, (2 * start) / widths[0]! - 1))
    for (const [k, log] of logs.entries()) expect(law.logProbabilities[k]).toBeCloseTo(log, 11)
  })

  test('one layer is a binomial law, at any width without underflow', () => {
    const law = overlapLaw(chain([1000, 1000], 0.999999))
    const { different } = arcsineAgreement(0.999999)
    expect(law.logProbability(-1)).toBeLessThan(Math.log(Number.MIN_VALUE))
    expect(law.logProbability(-1) / (1000 * Math.log(different))).toBeCloseTo(1, 13)
    expect(law.mean).toBeCloseTo(1 - 2 * different, 12)
    expect(law.variance).toBeCloseTo((4 * different * (1 - different)) / 1000, 14)
  })

  test('probabilities add up to 1, and tails are those of the lattice, strict and not', () => {
    const law = overlapLaw(chain([64, 64, 64, 64, 64], Math.SQRT1_2))
    expect(law.logTail(-1, 'atLeast')).toBeCloseTo(0, 12)
    const between = Math.exp(law.logTail(0.5, 'atLeast')) - Math.exp(law.logTail(0.5, 'above'))
    expect(between / Math.exp(law.logProbability(0.5))).toBeCloseTo(1, 11)
    expect(law.logTail(0.501, 'atLeast')).toBe(law.logTail(0.5, 'above'))
    expect(law.logTail(-0.25, 'below')).toBe(law.logTail(-0.26, 'atMost'))
    expect(law.logTail(1, 'above')).toBe(Number.NEGATIVE_INFINITY)
    expect(Math.exp(law.logTail(0.2, 'below')) + Math.exp(law.logTail(0.2, 'atLeast'))).toBeCloseTo(1, 12)
  })

  test('conditional means: the end is the end, and their mean over all ends is the layer’s own', () => {
    const law = overlapLaw(chain([12, 9, 15, 10], 0.9))
    const total = [0, 0, 0, 0]
    for (const [k, log] of law.logProbabilities.entries()) {
      const means = law.conditionalMeans((2 * k) / 10 - 1)
      expect(means[0]).toBeCloseTo(1, 12)
      expect(means[3]).toBeCloseTo((2 * k) / 10 - 1, 12)
      for (const [l, mean] of means.entries()) total[l]! += Math.exp(log) * mean
    }
    for (const [l, width] of [12, 9, 15, 10].entries()) {
      const own = law.layer(l).reduce((sum, log, k) => sum + Math.exp(log) * ((2 * k) / width - 1), 0)
      expect(total[l]).toBeCloseTo(own, 12)
    }
  })

  test('the mean of independent overlaps: mean kept, variance divided, two patterns by hand', () => {
    const law = overlapLaw(chain([12, 9, 15, 4], 0.9))
    for (const patterns of [1, 2, 5]) {
      const several = independentMean(law, patterns)
      expect(several.width).toBe(4 * patterns)
      expect(several.mean).toBeCloseTo(law.mean, 12)
      expect(several.variance).toBeCloseTo(law.variance / patterns, 12)
    }
    const p = Array.from(law.logProbabilities, Math.exp)
    const top = p[4]! * p[2]! * 2 + p[3]! ** 2
    expect(Math.exp(independentMean(law, 2).logProbability(0.5))).toBeCloseTo(top, 13)
    expect(() => independentMean(law, 0)).toThrow(DomainError)
  })

  test('a random start is the mixture of its starts', () => {
    const flips = { kind: 'probability', probability: 0.3 } as const
    const ensemble = pair({ input: { flips } })
    const mixed = overlapLaw(overlapChain(ensemble))
    const weights = mixed.layer(0)
    const parts = Array.from({ length: 8 }, (_, k) => {
      const count = { kind: 'count', count: 7 - k } as const
      return overlapLaw(overlapChain({ ...ensemble, input: { flips: count } }))
    })
    const mean = parts.reduce((sum, part, k) => sum + Math.exp(weights[k]!) * part.mean, 0)
    expect(mixed.mean).toBeCloseTo(mean, 12)
    expect(weights.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12)
  })

  test.each([
    ['rotation at weights', 'weights', pair()],
    ['rotation at collective', 'collective', pair()],
    ['dilution at weights', 'weights', pair({ perturbation: { kind: 'dilution', p: 0.5 } })],
    ['binarisation at weights', 'weights', pair({ perturbation: { kind: 'binarisation' } })],
    [
      'binary flips at weights',
      'weights',
      pair({ weights: { kind: 'binary' }, perturbation: { kind: 'signFlips', p: 0.1 }, widths: [6, 4, 6, 8] }),
    ],
    [
      'ties to plus',
      'weights',
      pair({
        weights: { kind: 'binary' },
        perturbation: { kind: 'signFlips', p: 0.1 },
        widths: [6, 4, 6, 8],
        zeroSign: 'plus',
      }),
    ],
    [
      'normal fields of binarised weights',
      'preactivations',
      pair({ perturbation: { kind: 'binarisation' }, fields: 'gaussian' }),
    ],
    ['thermal noise', 'weights', pair({ inverseTemperature: 1.2, biasVariance: 0.2 })],
    [
      'flipped inputs and a bottleneck',
      'preactivations',
      pair({ widths: [20, 16, 2, 16], input: { flips: { kind: 'overlap', overlap: 0.6 } } }),
    ],
  ] as const)('agrees with simulated networks: %s', (_, level, ensemble) => {
    const networks = 20_000
    const counts = overlapCounts(ensemble, level, networks)
    const { logProbabilities } = overlapLaw(overlapChain(ensemble))
    expect(
      pooledPValue(
        counts,
        Array.from(logProbabilities, (log) => networks * Math.exp(log)),
      ),
    ).toBeGreaterThan(1e-4)
  })

  test('agrees with simulated networks: the means of all layers given the last', () => {
    const ensemble = pair()
    const given = { kind: 'conditional', field: 'pairOverlap', given: 'pairOverlap' } as const
    const [summary] = simulate(ensemble, 'collective', 40_000, [given]).observables
    if (summary?.kind !== 'conditional') throw new Error('expected tables')
    const law = overlapLaw(overlapChain(ensemble))
    expect(summary.tables.reduce((sum, { count }) => sum + count, 0)).toBe(40_000)
    for (const [k, table] of summary.tables.entries()) {
      if (table.count < 1000) continue
      for (const [l, mean] of law.conditionalMeans((2 * k) / 8 - 1).entries()) {
        const estimate = meanEstimate(columnOf(table, l))
        if (estimate.standardError < 1e-9) expect(estimate.value).toBeCloseTo(mean, 12)
        else expect(zTest(estimate, mean).pValue).toBeGreaterThan(1e-5)
      }
    }
  })

  test('the comparison tells binarised weights from their normal fields at N = 3', () => {
    const ensemble = pair({ perturbation: { kind: 'binarisation' }, depth: 1, widths: [3, 8] })
    const counts = overlapCounts(ensemble, 'weights', 40_000)
    const { logProbabilities } = overlapLaw(overlapChain({ ...ensemble, fields: 'gaussian' }))
    expect(
      pooledPValue(
        counts,
        Array.from(logProbabilities, (log) => 40_000 * Math.exp(log)),
      ),
    ).toBeLessThan(1e-4)
  })

  test('is refused where it is not defined', () => {
    expect(() => overlapLaw(chain([4], 0.5))).toThrow(DomainError)
    expect(() => overlapLaw(chain([4, 0], 0.5))).toThrow(/N\^1 is 0/)
    expect(() => overlapLaw(chain([5000, 4], 0.5))).toThrow(LimitError)
    expect(() => overlapLaw(chain([4, 4], 0.5, 0.3))).toThrow(/steps of 2\/4/)
    expect(() => overlapLaw(chain([4, 4], 0.5, [0, 0, 0, 0, 0]))).toThrow(/do not add up to 1/)
    expect(() => overlapLaw({ widths: [4, 4], agreement: () => ({ same: 0.7, different: 0.7 }) })).toThrow(
      /add up to 1/,
    )
    expect(() => overlapLaw(chain([4, 4], 0.5)).conditionalMeans(0.3)).toThrow(DomainError)
    expect(() => overlapLaw(chain([4, 4], 1)).conditionalMeans(-1)).toThrow(/probability 0/)
    expect(() => overlapChain(pair({ activation: 'relu' }))).toThrow(/activation other than sign/)
  })
})

/** Pearson's test with neighbouring cells pooled until each expects 10. */
function pooledPValue(observed: readonly number[], expected: readonly number[]): number {
  const cells: [number, number][] = []
  let [o, e] = [0, 0]
  for (const [k, count] of observed.entries()) {
    o += count
    e += expected[k]!
    if (e >= 10) {
      cells.push([o, e])
      ;[o, e] = [0, 0]
    }
  }
  const last = cells.at(-1)!
  cells[cells.length - 1] = [last[0] + o, last[1] + e]
  return chiSquareTest(
    cells.map(([x]) => x),
    cells.map(([, x]) => x),
  ).pValue
}

describe('the rate by extrapolation', () => {
  const sizes = [64, 96, 128, 192, 256, 320]
  test('one layer: the relative entropy of two coins, to ten digits, and half a logarithm', () => {
    const request = { chain: (n: number) => chain(uniform(n, 1), 0.8), overlap: 0.25, sizes }
    const { same } = arcsineAgreement(0.8)
    const p = 0.625
    const entropy = p * Math.log(p / same) + (1 - p) * Math.log((1 - p) / (1 - same))
    const known = overlapRate(request, { logarithm: 0.5 })
    expect(known.rate).toBeCloseTo(entropy, 11)
    expect(Math.abs(known.rate - entropy)).toBeLessThan(10 * known.error + 1e-13)
    const free = overlapRate(request)
    expect(free.rate).toBeCloseTo(entropy, 9)
    expect(free.logarithm).toBeCloseTo(0.5, 6)
    // Stirling: b = log(2 pi p (1 - p)) / 2
    expect(known.constant).toBeCloseTo(0.5 * Math.log(2 * Math.PI * p * (1 - p)), 7)
  })

  test.each(fixture.rates)('two layers: the least action over the middle layer, %j', ({ kappa, overlap, rate }) => {
    const found = overlapRate({ chain: (n) => chain(uniform(n, 2), kappa), overlap, sizes }, { logarithm: 0.5 })
    expect(found.rate).toBeCloseTo(rate, 9)
  })

  test('the end of the range has no logarithm', () => {
    const { logarithm } = overlapRate({ chain: (n) => chain(uniform(n, 3), 0.7), overlap: 1, sizes })
    expect(logarithm).toBeCloseTo(0, 5)
  })

  test('is refused for too few sizes, equal ones, and impossible ends', () => {
    const point = (size: number) => ({ size, logProbability: -size })
    expect(() => extrapolateRate([16, 32, 64].map(point), { logarithm: 0.5 })).toThrow(/at least 4/)
    expect(() => extrapolateRate([16, 32, 64, 128].map(point))).toThrow(/at least 5/)
    expect(() => extrapolateRate([16, 16, 64, 128].map(point), { logarithm: 0 })).toThrow(/stands twice/)
    expect(() =>
      extrapolateRate(
        [16, 32, 64, 128].map((size) => ({ size, logProbability: -Infinity })),
        { logarithm: 0 },
      ),
    ).toThrow(/no rate/)
  })
})
