import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import { latticeLaw, pairChain, type TailReading, tailProbabilities } from '../../../../src/theory/index.js'

interface Row {
  readonly width: number
  readonly layers: number
  readonly chances: readonly string[]
}
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('tails.fixture.json', import.meta.url), 'utf8'))
const perturbation = { kind: 'dilution', probability: 0.5 } as const
const chainOf = (layers: number, activation: 'sign' | 'relu' = 'sign') =>
  pairChain({ layers, activation, perturbation })

const readingOf = (readings: ReturnType<typeof tailProbabilities>['readings'], wanted: TailReading): number =>
  readings.find(
    (r) => r.inequality === wanted.inequality && r.prefactor === wanted.prefactor && r.normalised === wanted.normalised,
  )!.probability

describe('the lattice law from the saddle point', () => {
  it('has a relative error of order 1/N at every end point, against the exact law (mpmath)', () => {
    expect(rows.length).toBe(3)
    for (const { width, layers, chances } of rows) {
      const { logChances } = latticeLaw(chainOf(layers), width, 'saddle')
      const errors = logChances.map((log, k) => Math.abs(Math.expm1(log - Math.log(Number(chances[k])))))
      expect(Math.max(...errors)).toBeLessThan(0.6 / width)
    }
  })

  it('converges to the exact law as 1/N: halving N doubles the error', () => {
    // One hidden layer: its exact finite-N sum is short enough to write down here.
    const errorAt = (width: number): number => {
      const log = (n: number, k: number): number => {
        let sum = 0
        for (let j = 1; j <= k; j++) sum += Math.log((n - j + 1) / j)
        return sum
      }
      const chain = chainOf(2)
      const p1 = Math.acos(Math.SQRT1_2) / Math.PI
      let exact = 0
      const target = width / 4
      for (let k = 0; k <= width; k++) {
        const p = Math.acos(Math.SQRT1_2 * (1 - (2 * k) / width)) / Math.PI
        exact += Math.exp(
          log(width, k) + k * Math.log(p1) + (width - k) * Math.log1p(-p1) +
            log(width, target) + target * Math.log(p) + (width - target) * Math.log1p(-p),
        ) // biome-ignore format: one law a line
      }
      return latticeLaw(chain, width, 'saddle').logChances[target]! - Math.log(exact)
    }
    const ratio = errorAt(100) / errorAt(200)
    expect(Math.abs(ratio - 2)).toBeLessThan(0.05)
  })
})

describe('tail probabilities at N = 64 under each reading', () => {
  const exact = (inequality: 'strict' | 'weak'): number =>
    rows[0]!.chances.slice(0, inequality === 'strict' ? 16 : 17).reduce((sum, x) => sum + Number(x), 0)

  it('differ: without prefactor and normalised on the lattice, P(q >= 1/2) = 0.055 % (sign) and 3.8 % (ReLU)', () => {
    const paper = { inequality: 'weak', prefactor: 'none', normalised: true } as const
    expect(Math.round(readingOf(tailProbabilities(chainOf(4), 64, 0.5).readings, paper) * 1e5)).toBe(55)
    expect(Math.round(readingOf(tailProbabilities(chainOf(4, 'relu'), 64, 0.5).readings, paper) * 1e3)).toBe(38)
  })

  it('come within 1/N of the exact value with the saddle point’s prefactor, strict and weak', () => {
    const { readings, bahadurRao } = tailProbabilities(chainOf(4), 64, 0.5)
    for (const inequality of ['strict', 'weak'] as const) {
      const saddle = readingOf(readings, { inequality, prefactor: 'saddle', normalised: true })
      expect(Math.abs(saddle / exact(inequality) - 1)).toBeLessThan(1 / 64)
      // The geometric sum takes the slope as constant over the tail.
      expect(Math.abs(bahadurRao[inequality] / exact(inequality) - 1)).toBeLessThan(4 / 64)
    }
  })

  it('sum to one when normalised and to nearly one with the saddle point’s prefactor', () => {
    const { readings } = tailProbabilities(chainOf(4), 64, -1)
    for (const reading of readings.filter((r) => r.inequality === 'weak' && r.normalised))
      expect(reading.probability).toBeCloseTo(1, 12)
    const whole = readingOf(readings, { inequality: 'weak', prefactor: 'saddle', normalised: false })
    expect(Math.abs(whole - 1)).toBeLessThan(1 / 64)
  })

  it('need a whole number of outputs and a threshold in the range', () => {
    expect(() =>
      latticeLaw(pairChain({ layers: 2, activation: 'sign', perturbation, widths: [1, 0.5] }), 33, 'none'),
    ).toThrow(DomainError)
    expect(() => tailProbabilities(chainOf(2), 20, 1.5)).toThrow(DomainError)
  })
})
