import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  type Expression,
  multiply,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import { integrateGaussian, quadraticExpression, quadraticForm } from '../../../../src/theory/index.js'
import {
  carryOutSiteSum,
  fourierEnergy,
  fourierKernel,
  substituteFourierSeries,
} from '../../../../src/theory/ring/fourier.js'
import { expandKernel, fieldTheoryKernel, gradientExpansion } from '../../../../src/theory/ring/gradient.js'
import { modeEnergiesEqual } from '../../../../src/theory/ring/modes.js'
import { ringHessian } from '../../../../src/theory/ring/numeric.js'
import { numericKernel } from '../../../../src/theory/ring/numeric-kernel.js'
import { hermitianEigenvalues, symmetricEigenvalues } from '../../../../src/theory/support/linear-algebra.js'
import { at, mode, notation, ringSum } from '../support/models.js'
import { numberOf, parameters, sameFunction } from '../support/testing.js'

const fraction = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 6 }))
  .map(([n, d]) => rational(n, d))
const names = ['first', 'second', 'third']

/** A random quadratic energy of one to three fields with couplings up to two sites. */
const quadraticEnergy = fc.integer({ min: 1, max: 3 }).chain((fields) =>
  fc
    .array(
      fc.record({
        first: fc.integer({ min: 0, max: fields - 1 }),
        second: fc.integer({ min: 0, max: fields - 1 }),
        here: fc.integer({ min: -1, max: 1 }),
        there: fc.integer({ min: -1, max: 1 }),
        coefficient: fraction,
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((terms) => {
      const all = names.slice(0, fields)
      const body = add(
        ...all.map((n) => power(at(n), 2)),
        ...terms.map((t) =>
          multiply(t.coefficient, at(names[t.first] ?? 'first', t.here), at(names[t.second] ?? 'first', t.there)),
        ),
      )
      return {
        energy: ringSum(body),
        options: { notation, fluctuations: all.map((n) => at(n)), modes: all.map((n) => mode(`${n}Mode`)) },
      }
    }),
)
const runs = { numRuns: 40, seed: 7 }

describe('laws of quadratic ring energies', () => {
  it('the eigenvalues of the kernel over the wave vectors of a ring are half those of its Hessian', () => {
    fc.assert(
      fc.property(quadraticEnergy, ({ energy, options }) => {
        const n = 5
        const values = options.fluctuations.map(() => Array.from({ length: n }, () => 0))
        const hessian = ringHessian(energy, { fields: options.fluctuations, values, parameters }, { notation })
        const expected = symmetricEigenvalues(hessian.map((row) => row.map((h) => h.value / 2)))
        const kernel = numericKernel(fourierKernel(energy, options), parameters)
        const found = Array.from({ length: n }, (_, j) => hermitianEigenvalues(kernel.at((2 * Math.PI * j) / n)))
          .flat()
          .sort((x, y) => x - y)
        expect(found).toHaveLength(expected.length)
        for (const [k, x] of found.entries()) expect(x).toBeCloseTo(expected[k] ?? Number.NaN, 6)
      }),
      { ...runs, numRuns: 12 },
    )
  })

  it('reading and writing a quadratic form keeps its couplings', () => {
    fc.assert(
      fc.property(quadraticEnergy, ({ energy, options }) => {
        const once = quadraticForm(energy, options)
        const twice = quadraticForm(quadraticExpression(once), options)
        expect(twice.couplings).toHaveLength(once.couplings.length)
        for (const c of once.couplings) {
          const d = twice.couplings.find(
            (x) => x.first === c.first && x.second === c.second && x.distance === c.distance,
          )
          expect(d && sameFunction(d.coefficient, c.coefficient)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('all stages of the Fourier transform are one energy of the modes, and a changed coupling is another', () => {
    fc.assert(
      fc.property(quadraticEnergy, ({ energy, options }) => {
        const last = fourierEnergy(energy, options)
        expect(modeEnergiesEqual(substituteFourierSeries(energy, options), last, options)).toBe(true)
        expect(modeEnergiesEqual(carryOutSiteSum(energy, options), last, options)).toBe(true)
        const changed = add(energy, ringSum(multiply(rational(1, 9), at('first'), at('first', -1))))
        expect(modeEnergiesEqual(fourierEnergy(changed, options), last, options)).toBe(false)
      }),
      { ...runs, numRuns: 15 },
    )
  })

  it('the field theory has the lattice kernel to second order in q', () => {
    const smooth = (name: string) => ({ kind: 'apply' as const, name, indices: [], arguments: [symbol('x')] })
    fc.assert(
      fc.property(quadraticEnergy, ({ energy, options }) => {
        const fields = options.fluctuations.map((f) => smooth(`${f.name}Field`))
        const theory = fieldTheoryKernel(gradientExpansion(energy, { ...options, smooth: fields }), { smooth: fields })
        const lattice = expandKernel(fourierKernel(energy, options), 'q', 2)
        for (const [i, row] of theory.rows.entries())
          for (const [j, e] of row.entries()) expect(sameFunction(e, lattice.rows[i]?.[j] ?? rational(99))).toBe(true)
      }),
      { ...runs, numRuns: 15 },
    )
  })
})

describe('laws of Gaussian integrals', () => {
  it('integrating variables one after another is integrating them together (Fubini)', () => {
    const variables = ['x', 'y', 'z'].map(symbol)
    const square = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(square, fc.array(fraction, { minLength: 3, maxLength: 3 }), (entries, linear) => {
        // A = M M^T + 1 is positive definite.
        const m = [0, 1, 2].map((i) => entries.slice(3 * i, 3 * i + 3))
        const matrix = m.map((p, i) => m.map((q, j) => p.reduce((s, x, k) => s + x * (q[k] ?? 0), i === j ? 1 : 0)))
        const v = (k: number): Expression => variables[k] ?? rational(0)
        const exponent = add(
          ...matrix.flatMap((row, i) => row.map((c, j) => multiply(rational(-c, 2), v(i), v(j)))),
          ...linear.map((c, k) => multiply(c, v(k), symbol('source'))),
        )
        const together = integrateGaussian(exponent, variables)
        const first = integrateGaussian(exponent, [v(1)])
        const second = integrateGaussian(first.exponent, [v(0), v(2)])
        for (const source of [0, 0.7])
          expect(numberOf(subtract(second.exponent, together.exponent), [['source', source]])).toBeCloseTo(0, 9)
      }),
      { ...runs, numRuns: 20 },
    )
  })
})
