import FFT from 'fft.js'
import { describe, expect, test } from 'vitest'
import { instantiateKernels, KernelMemory } from '../../../src/network/kernels/kernels.js'
import { startStream, streamState } from '../../../src/network/stream.js'
import { normalTwoSided, normalUpper } from '../../../src/statistics/tails.js'
import { chiSquareTest, kolmogorovSmirnovTest } from '../../../src/statistics/tests.js'

/**
 * Fixed seeds: a test either passes for ever or fails for ever. Each asks for a p-value above `floor`; with fewer than
 * 100 p-values a sound generator would have failed with a chance of 1 % when the seeds were chosen.
 */
const floor = 1e-4
const seeds = [1, 2]
const size = 1_000_000

const start = (seed: number) => {
  const kernels = instantiateKernels()
  startStream(kernels, streamState({ seed, name: 'quality', shard: 0 }))
  return kernels
}
const normals = (seed: number): Float64Array => {
  const kernels = start(seed)
  const memory = new KernelMemory(kernels)
  const at = memory.allocate(size)
  kernels.fillNormals(at, size, 1)
  return memory.view(at, size)
}
const doubleFactorial = (k: number): number => (k <= 1 ? 1 : k * doubleFactorial(k - 2))
const normalMoment = (k: number): number => (k % 2 === 1 ? 0 : doubleFactorial(k - 1))

describe.each(seeds)('seed %i', (seed) => {
  test('normals have the moments of orders 1 to 8', () => {
    const sums = new Float64Array(9)
    for (const x of normals(seed)) {
      let power = 1
      for (let k = 1; k <= 8; k++) {
        power *= x
        sums[k]! += power
      }
    }
    for (let k = 1; k <= 8; k++) {
      const error = Math.sqrt((normalMoment(2 * k) - normalMoment(k) ** 2) / size)
      expect(normalTwoSided((sums[k]! / size - normalMoment(k)) / error), `order ${k}`).toBeGreaterThan(floor)
    }
  })

  test('normals follow the normal law over its whole range, strip edges and tail included', () => {
    const values = normals(seed)
    expect(kolmogorovSmirnovTest([...values.subarray(0, 200_000)], (x) => normalUpper(-x)).pValue).toBeGreaterThan(
      floor,
    )
    const edges = [-4, -3.654152885361009, -3.442619855896652, -3, -2, -1, -0.5, -0.2, 0]
    const cuts = [
      ...edges,
      ...edges
        .slice(0, -1)
        .map((x) => -x)
        .reverse(),
    ]
    const counts = new Array<number>(cuts.length + 1).fill(0)
    for (const x of values) counts[cuts.filter((cut) => cut <= x).length]!++
    const cdf = [0, ...cuts.map((cut) => normalUpper(-cut)), 1]
    const expected = counts.map((_, k) => size * (cdf[k + 1]! - cdf[k]!))
    expect(chiSquareTest(counts, expected).pValue).toBeGreaterThan(floor)
  })

  test('normals, their squares and their signs are not correlated at lags 1 to 16', () => {
    const values = normals(seed)
    for (let lag = 1; lag <= 16; lag++) {
      let [plain, squares, cubes] = [0, 0, 0]
      for (let k = lag; k < size; k++) {
        const [x, y] = [values[k]!, values[k - lag]!]
        plain += x * y
        squares += (x * x - 1) * (y * y - 1)
        cubes += Math.sign(x) * Math.sign(y)
      }
      const n = Math.sqrt(size - lag)
      for (const z of [plain / n, squares / (2 * n), cubes / n]) expect(normalTwoSided(z)).toBeGreaterThan(floor / 10)
    }
  })

  test('every bit of the words is fair', () => {
    const kernels = start(seed)
    const heads = new Array<number>(64).fill(0)
    const words = 20_000
    for (let k = 0; k < words; k++) {
      const word = BigInt.asUintN(64, kernels.nextWord())
      const [low, high] = [Number(word & 0xffffffffn), Number(word >> 32n)]
      for (let bit = 0; bit < 32; bit++) {
        heads[bit]! += (low >>> bit) & 1
        heads[bit + 32]! += (high >>> bit) & 1
      }
    }
    for (const count of heads)
      expect(normalTwoSided((2 * count - words) / Math.sqrt(words))).toBeGreaterThan(floor / 10)
  })

  test('pairs of uniforms fill the square evenly (chi-square over 64 x 64 cells)', () => {
    const kernels = start(seed)
    const counts = new Array<number>(4096).fill(0)
    for (let k = 0; k < 200_000; k++)
      counts[64 * Math.floor(64 * kernels.nextUniform()) + Math.floor(64 * kernels.nextUniform())]!++
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 200_000 / 4096),
      ).pValue,
    ).toBeGreaterThan(floor)
  })

  test('collisions: 2^14 balls in 2^20 urns collide as often as they should', () => {
    const kernels = start(seed)
    const [balls, urns, rounds] = [2 ** 14, 2 ** 20, 20]
    let collisions = 0
    for (let round = 0; round < rounds; round++) {
      const taken = new Set<number>()
      for (let k = 0; k < balls; k++) taken.add(Math.floor(urns * kernels.nextUniform()))
      collisions += balls - taken.size
    }
    // Exact mean of balls minus occupied urns; the variance is the mean to within 1/100 (Knuth 3.3.2 I).
    const mean = rounds * (balls - urns * -Math.expm1(balls * Math.log1p(-1 / urns)))
    expect(normalTwoSided((collisions - mean) / Math.sqrt(mean))).toBeGreaterThan(floor)
  })

  test('birthday spacings: coinciding gaps among 2^12 days of a year of 2^32 are Poisson', () => {
    const kernels = start(seed)
    const [birthdays, year, rounds] = [2 ** 12, 2 ** 32, 60]
    let coincidences = 0
    for (let round = 0; round < rounds; round++) {
      const days = Float64Array.from({ length: birthdays }, () => Math.floor(year * kernels.nextUniform())).sort()
      const gaps = days.map((day, k) => (k === 0 ? day : day - days[k - 1]!)).sort()
      for (let k = 1; k < birthdays; k++) if (gaps[k] === gaps[k - 1]) coincidences++
    }
    const mean = (rounds * birthdays ** 3) / (4 * year)
    expect(mean).toBeGreaterThan(100)
    expect(normalTwoSided((coincidences - mean) / Math.sqrt(mean))).toBeGreaterThan(floor)
  })

  test('spectrum: the periodogram of normals is white (Kolmogorov-Smirnov against the exponential)', () => {
    const n = 32_768
    const fft = new FFT(n)
    const out: number[] = fft.createComplexArray()
    fft.realTransform(out, [...normals(seed).subarray(0, n)])
    const powers = Array.from({ length: n / 2 - 1 }, (_, k) => (out[2 * k + 2]! ** 2 + out[2 * k + 3]! ** 2) / n)
    expect(kolmogorovSmirnovTest(powers, (x) => -Math.expm1(-x)).pValue).toBeGreaterThan(floor)
  })

  test.each([1, 2, 3, 7, 200, 100_000])('chi-square of %i degrees has its first four moments', (degrees) => {
    const kernels = start(seed)
    const n = 40_000
    // E (X/N)^p = prod_{j<p} (1 + 2j/N) exactly.
    const moment = (p: number): number =>
      Array.from({ length: p }, (_, j) => 1 + (2 * j) / degrees).reduce((product, x) => product * x, 1)
    const sums = [0, 0, 0, 0, 0]
    for (let k = 0; k < n; k++) {
      const x = kernels.nextChiSquare(degrees) / degrees
      for (let p = 1; p <= 4; p++) sums[p]! += x ** p
    }
    for (let p = 1; p <= 4; p++) {
      const error = Math.sqrt((moment(2 * p) - moment(p) ** 2) / n)
      expect(normalTwoSided((sums[p]! / n - moment(p)) / error), `order ${p}`).toBeGreaterThan(floor)
    }
  })

  test.each([
    [20, 0.5],
    [2000, 0.5],
    [40, 0.1],
    [60, 0.7],
    [1000, 0.02],
  ])('binomial of %i trials with probability %d has its law', (trials, p) => {
    const kernels = start(seed)
    const n = 40_000
    const counts = new Map<number, number>()
    for (let k = 0; k < n; k++) {
      const x = kernels.nextBinomial(trials, p)
      counts.set(x, (counts.get(x) ?? 0) + 1)
    }
    const [observed, expected]: [number[], number[]] = [[], []]
    let [mass, seen, logTerm] = [0, 0, trials * Math.log1p(-p)]
    for (let k = 0; k <= trials; k++) {
      mass += n * Math.exp(logTerm)
      seen += counts.get(k) ?? 0
      logTerm += Math.log(((trials - k) / (k + 1)) * (p / (1 - p)))
      if (mass >= 20) {
        observed.push(seen)
        expected.push(mass)
        mass = 0
        seen = 0
      }
    }
    observed[observed.length - 1]! += seen
    expected[expected.length - 1]! += mass
    expect(chiSquareTest(observed, expected).pValue).toBeGreaterThan(floor)
  })
})
