import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError, LimitError } from '../../../../src/expression/errors.js'
import { type NumberNode, rational } from '../../../../src/expression/expression.js'
import { limitAtZero } from '../../../../src/numeric/neville.js'
import {
  balancedLeaves,
  criticalShare,
  majorityEvolution,
  majorityLayer,
  majorityOf,
  majorityOverlap,
  majorityPolynomial,
  meanStates,
  nextFormulas,
  pairLaw,
  stationaryMagnetisations,
} from '../../../../src/theory/boolean/index.js'

interface Fixture {
  readonly mean: Readonly<Record<string, readonly string[]>>
  readonly overlap: Readonly<Record<string, readonly (readonly [number, number, number, string])[]>>
  readonly critical: Readonly<Record<string, string>>
  readonly stationary: readonly {
    readonly inputs: number
    readonly flipped: string
    readonly values: readonly number[]
  }[]
}
const fixture = JSON.parse(readFileSync(new URL('./majority.fixture.json', import.meta.url), 'utf8')) as Fixture

const text = ({ numerator, denominator }: NumberNode): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`
const fromText = (written: string): NumberNode => {
  const [n, d = '1'] = written.split('/')
  return rational(BigInt(n!), BigInt(d))
}

describe('majority polynomials', () => {
  it.each(Object.entries(fixture.mean))("MAJ-%s has SymPy's coefficients", (k, coefficients) => {
    expect(majorityPolynomial(Number(k)).map(text)).toEqual(coefficients)
  })

  it.each(Object.entries(fixture.overlap))("the product of two MAJ-%s has SymPy's coefficients", (k, rows) => {
    const mine = majorityOverlap(Number(k)).map((t) => [t.first, t.second, t.overlap, text(t.coefficient)].join(' '))
    expect(mine.sort()).toEqual(rows.map((row) => row.join(' ')).sort())
  })

  it('have the values that adding up all inputs gives', () => {
    const share = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(fc.constantFrom(3, 5, 7, 11), share, share, share, share, (k, a, b, c, d) => {
        const total = a + b + c + d + 1
        const state = {
          reference: (a + b - c - d) / total,
          perturbed: (a - b + c - d) / total,
          overlap: (a - b - c + d + 1) / total,
        }
        // The one left over has the value (+,+) or (-,-), by parity.
        const lift = (k % 4 === 1 ? 1 : -1) / total
        const pair = { ...state, reference: state.reference + lift, perturbed: state.perturbed + lift }
        const next = majorityLayer(k, pair)
        const product = majorityOverlap(k).reduce(
          (sum, t) =>
            sum +
            (Number(t.coefficient.numerator) / Number(t.coefficient.denominator)) *
              pair.reference ** t.first *
              pair.perturbed ** t.second *
              pair.overlap ** t.overlap,
          0,
        )
        return (
          Math.abs(product - next.overlap) < 1e-9 && Math.abs(majorityOf(k, pair.reference) - next.reference) < 1e-12
        )
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it.each([0, 2, 4, -3, 2.5, 63])('refuse %s inputs, and say why', (k) => {
    expect(() => majorityPolynomial(k)).toThrow(DomainError)
    expect(() => majorityLayer(k, { reference: 0, perturbed: 0, overlap: 1 })).toThrow(DomainError)
  })
})

describe('stationary states', () => {
  it.each(fixture.stationary)("MAJ-$inputs at share $flipped has SymPy's magnetisations", ({
    inputs,
    flipped,
    values,
  }) => {
    const found = stationaryMagnetisations(inputs, { flipped: fromText(flipped) }).map(({ value }) => value)
    expect(found).toHaveLength(values.length)
    for (const [k, value] of found.entries()) expect(value).toBeCloseTo(values[k]!, 13)
  })

  it.each(Object.entries(fixture.critical))('MAJ-%s has the critical share of its slope at 0', (k, value) => {
    expect(text(criticalShare(Number(k)))).toBe(value)
  })

  it('the ordered states of MAJ-3 relax by a factor 6p a layer', () => {
    for (const n of [1, 5, 10, 15]) {
      const states = stationaryMagnetisations(3, { flipped: rational(n, 100) })
      expect(states.map(({ stable }) => stable)).toEqual([true, false, true])
      expect(states[2]!.slope).toBeCloseTo((6 * n) / 100, 12)
    }
  })

  it('only the paramagnetic state is left, and attracts, above the critical share', () => {
    for (const k of [3, 5, 9]) {
      const { numerator, denominator } = criticalShare(k)
      const above = rational(1001n * numerator, 1000n * denominator)
      expect(stationaryMagnetisations(k, { flipped: above })).toMatchObject([{ value: 0, stable: true }])
      const below = rational(999n * numerator, 1000n * denominator)
      expect(stationaryMagnetisations(k, { flipped: below })).toHaveLength(3)
    }
  })

  it('refuses shares outside [0, 1] and the gate that keeps everything', () => {
    expect(() => stationaryMagnetisations(3, { flipped: rational(3, 2) })).toThrow(DomainError)
    expect(() => stationaryMagnetisations(1)).toThrow(DomainError)
    expect(() => criticalShare(1)).toThrow(DomainError)
  })
})

describe('evolution over layers', () => {
  it('settles at the stationary magnetisation, with the overlap equal to it', () => {
    const [, , up] = stationaryMagnetisations(3, { flipped: rational(1, 10) })
    const last = majorityEvolution({ inputs: 3, layers: 200, magnetisation: 0.1, perturbation: { flipped: 0.1 } }).at(
      -1,
    )!
    expect(last.reference).toBeCloseTo(1, 12)
    expect(last.perturbed).toBeCloseTo(up!.value, 12)
    expect(last.overlap).toBeCloseTo(up!.value, 12)
  })

  it('of an unperturbed network keeps the overlap one', () => {
    for (const { overlap, perturbed, reference } of majorityEvolution({
      inputs: 5,
      layers: 20,
      magnetisation: 0.3,
      perturbation: {},
    })) {
      expect(overlap).toBeCloseTo(1, 12)
      expect(perturbed).toBeCloseTo(reference, 12)
    }
  })

  it('takes one perturbation for each layer, and refuses too few', () => {
    const perturbation = [{ flipped: 0.1 }, { noise: 0.2 }]
    expect(majorityEvolution({ inputs: 3, layers: 2, magnetisation: 0.5, perturbation })).toHaveLength(3)
    expect(() => majorityEvolution({ inputs: 3, layers: 3, magnetisation: 0.5, perturbation })).toThrow(DomainError)
    expect(() => majorityLayer(3, { reference: 1, perturbed: 0, overlap: 1 })).toThrow(/probability/)
  })
})

describe('networks of finite width', () => {
  it('have the infinite network as their mean after one layer, and tend to it in powers of 1/N after more', () => {
    const flipped = 0.1
    const means = [5, 10, 20].map((width) => meanStates(pairLaw(3, width, (4 * width) / 5, 2, { flipped })))
    const exact = majorityEvolution({ inputs: 3, layers: 2, magnetisation: 0.6, perturbation: { flipped } })
    for (const mean of means) expect(mean[1]!.overlap).toBeCloseTo(exact[1]!.overlap, 12)
    // Moments of multinomial counts up to the third have corrections of order 1/N and 1/N^2 only: three widths tell all.
    const limit = limitAtZero(means.map((mean, k) => ({ x: 1 / [5, 10, 20][k]!, y: mean[2]!.overlap })))
    expect(Math.abs(means[2]![2]!.overlap - exact[2]!.overlap)).toBeGreaterThan(1e-3)
    expect(limit.value).toBeCloseTo(exact[2]!.overlap, 12)
  })

  it('have laws that sum to one', () => {
    const law = pairLaw(5, 6, 4, 3, { flipped: 0.2, noise: 0.1 })
    for (const layer of law.layers) expect(layer.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
  })

  it('refuse inputs and widths that there are not, or too many', () => {
    expect(() => pairLaw(3, 5, 6, 1)).toThrow(DomainError)
    expect(() => pairLaw(3, 0, 0, 1)).toThrow(DomainError)
    expect(() => pairLaw(3, 60, 40, 1)).toThrow(LimitError)
  })
})

describe('random formulas', () => {
  it('tend to the uniform distribution over all functions where constants are among the leaves', () => {
    let formulas = balancedLeaves(2, true)
    for (let layer = 0; layer < 80; layer++) formulas = nextFormulas(formulas, 3)
    for (const p of formulas.probabilities) expect(p).toBeCloseTo(1 / 16, 7)
  })

  it('stay among self-dual functions without constants', () => {
    let formulas = balancedLeaves(2)
    for (let layer = 0; layer < 5; layer++) formulas = nextFormulas(formulas, 3)
    expect(formulas.probabilities.filter((p) => p > 0)).toHaveLength(4)
  })

  it('refuse more variables than can be listed', () => {
    expect(() => balancedLeaves(3)).toThrow(LimitError)
    expect(() => balancedLeaves(0)).toThrow(DomainError)
  })
})
