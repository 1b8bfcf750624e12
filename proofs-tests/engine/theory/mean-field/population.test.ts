import { describe, expect, it } from 'vitest'
import { linearForm, rectifiedForm } from '../../../../src/theory/mean-field/activation.js'
import {
  criticalSeparation,
  limitLaw,
  weightVarianceAtGrowth,
} from '../../../../src/theory/mean-field/asymmetric/limit.js'
import {
  type ActivationPopulation,
  populationMoments,
  populationStep,
  type RandomSource,
} from '../../../../src/theory/mean-field/asymmetric/population.js'

/** A small generator of its own (mulberry32), normals by Box and Muller. */
function source(seed: number): RandomSource {
  let state = seed
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296
  }
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()) }
}

const special = { alpha: 2, beta: 1 }
const relu = { activation: rectifiedForm, special }

/** Means and their standard errors over independent populations. */
function over(count: number, measure: (seed: number) => number): { readonly mean: number; readonly error: number } {
  const values = Array.from({ length: count }, (_, k) => measure(1000 + 7919 * k))
  const mean = values.reduce((sum, x) => sum + x, 0) / count
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1)
  return { mean, error: Math.sqrt(variance / count) }
}

const members = 15_000
/** A population drawn from the exact law, and a second input close to it: each fluctuation apart. */
const start = (random: RandomSource, distance: number): ActivationPopulation => {
  const first = Float64Array.from({ length: members }, () => Math.max(0, random.normal()))
  return { first, second: first.map((x) => x + distance * random.normal()) }
}

describe('population dynamics', () => {
  it('keeps the mean square at the critical weight variance of the exact limit, with and without correlated rows', () => {
    for (const rowCorrelation of [0, 100]) {
      const model = { ...relu, rowCorrelation }
      const variances = { weightVariance: weightVarianceAtGrowth(model).value, biasVariance: 0 }
      const { mean, error } = over(12, (seed) => {
        const random = source(seed)
        let population = start(random, 0)
        for (let layer = 0; layer < 12; layer++) population = populationStep(model, variances, population, random)
        const before = populationMoments(population).first
        for (let layer = 0; layer < 6; layer++) population = populationStep(model, variances, population, random)
        return Math.log(populationMoments(population).first / before) / 6
      })
      expect(error).toBeLessThan(3e-3)
      expect(Math.abs(mean)).toBeLessThan(4.5 * error)
    }
  }, 20_000)

  it('keeps small differences at the critical weight variance of the exact limit, at a bounded length', () => {
    // Anti-correlated rows and a bias hold the length at a fixed point there.
    const model = { ...relu, rowCorrelation: 100 }
    const weightVariance = criticalSeparation(model).value
    const apart = (p: ActivationPopulation): number =>
      p.first.reduce((sum, x, k) => sum + (x - p.second[k]!) ** 2, 0) / p.first.length
    const { mean, error } = over(12, (seed) => {
      const random = source(seed)
      let population = start(random, 1e-5)
      const step = () => {
        population = populationStep(model, { weightVariance, biasVariance: 0.3 }, population, random)
      }
      for (let layer = 0; layer < 30; layer++) step()
      const before = apart(population)
      for (let layer = 0; layer < 6; layer++) step()
      return Math.log(apart(population) / before) / 6
    })
    expect(error).toBeLessThan(5e-3)
    expect(Math.abs(mean)).toBeLessThan(4.5 * error)
  }, 20_000)

  it('of linear networks has the covariance that closes: q12 grows as q11 does', () => {
    const random = source(5)
    const population = start(random, 0.3)
    const before = populationMoments(population)
    const model = { activation: linearForm, special: { alpha: 1.5, beta: 2.5 } }
    const after = populationMoments(
      populationStep(model, { weightVariance: 0.8, biasVariance: 0.1 }, population, random),
    )
    const square = (1.5 * 2.5) / (4 * 5)
    expect(after.first).toBeCloseTo((0.8 + square) * before.first + 0.1, 1)
    expect(after.cross).toBeCloseTo((0.8 + square) * before.cross + 0.1, 1)
  })

  it('refuses what is no network', () => {
    const random = source(1)
    const population = start(random, 0)
    expect(limitLaw(relu).mean((h) => h)).toBeGreaterThan(0)
    expect(() => populationStep(relu, { weightVariance: -1, biasVariance: 0 }, population, random)).toThrow(/negative/)
    expect(() => populationMoments({ first: new Float64Array(2), second: new Float64Array(3) })).toThrow(/2 and 3/)
    const broken = { ...relu, special: { alpha: 2, beta: 0 } }
    expect(() => populationStep(broken, { weightVariance: 1, biasVariance: 0 }, population, random)).toThrow(/positive/)
  })
})
