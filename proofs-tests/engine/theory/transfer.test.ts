/** Transfer matrices as formulas, against every configuration and against their numeric form. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scalarValue } from '../../../src/audit/checks/index.js'
import { add, type Expression, multiply, power, rational, symbol } from '../../../src/expression/expression.js'
import { partitionFunction, traceOfPower } from '../../../src/theory/spins.js'
import { eigenvaluesOfTwoRows, transferMatrixFormula } from '../../../src/theory/transfer.js'
import { at, notation, ringSum } from './support/models.js'

const [coupling, field] = [symbol('coupling'), symbol('field')]
/** Spins coupled to their neighbours, in a field that stands at one site alone. */
const ising = add(
  multiply(rational(-1), coupling, ringSum(multiply(at('spin'), at('spin', 1)))),
  multiply(rational(-1), field, ringSum(at('spin'))),
)
const values = (c: number, h: number) => ({ coupling: c, field: h })
const parameters = (c: number, h: number) => new Map([...Object.entries(values(c, h)), ['depth', 6] as const])
const numeric = (rows: readonly (readonly Expression[])[], c: number, h: number) =>
  rows.map((row) => row.map((e) => scalarValue(e, values(c, h))))

const strength = fc.integer({ min: -20, max: 20 }).map((n) => n / 10)

describe('a transfer matrix as a formula', () => {
  const matrix = transferMatrixFormula(ising, { field: at('spin'), alphabet: [1, -1] }, { notation })

  it('is symmetric, and the trace of its n-th power is the sum over all configurations of n sites', () => {
    fc.assert(
      fc.property(strength, strength, fc.integer({ min: 2, max: 7 }), (c, h, n) => {
        const entries = numeric(matrix.rows, c, h)
        expect(entries[0]![1]).toBe(entries[1]![0])
        const spins = { field: at('spin'), alphabet: [1, -1], parameters: parameters(c, h) }
        const all = partitionFunction(ising, spins, n, { notation })
        expect(Math.abs(traceOfPower(entries, n) / all - 1)).toBeLessThan(1e-11)
      }),
      { numRuns: 40 },
    )
  })

  it('has eigenvalues whose powers add up to the same', () => {
    const [larger, smaller] = eigenvaluesOfTwoRows(matrix)
    fc.assert(
      fc.property(strength, strength, (c, h) => {
        const entries = numeric(matrix.rows, c, h)
        const [high, low] = [scalarValue(larger, values(c, h)), scalarValue(smaller, values(c, h))]
        expect(high).toBeGreaterThanOrEqual(low)
        expect(Math.abs((high ** 3 + low ** 3) / traceOfPower(entries, 3) - 1)).toBeLessThan(1e-10)
      }),
      { numRuns: 40 },
    )
  })

  it('has one row for each value, fractions included', () => {
    const three = transferMatrixFormula(ising, { field: at('spin'), alphabet: [1, 0, [-1, 2]] }, { notation })
    const spins = { field: at('spin'), alphabet: [1, 0, -0.5], parameters: parameters(0.7, 0.3) }
    const all = partitionFunction(ising, spins, 4, { notation })
    expect(traceOfPower(numeric(three.rows, 0.7, 0.3), 4)).toBeCloseTo(all, 10)
  })

  it('is refused where no symmetric one has the partition function', () => {
    // Three values that follow one another round the ring at less cost than backwards.
    const chiral = ringSum(multiply(at('spin'), power(at('spin', 1), 2)))
    expect(() => transferMatrixFormula(chiral, { field: at('spin'), alphabet: [1, 0, -1] }, { notation })).toThrow(
      /tells the two directions/,
    )
    const further = ringSum(multiply(at('spin'), at('spin', 2)))
    expect(() => transferMatrixFormula(further, { field: at('spin'), alphabet: [1, -1] }, { notation })).toThrow(
      /nearest neighbours only/,
    )
    const [row] = matrix.rows
    expect(() => eigenvaluesOfTwoRows({ kind: 'matrix', rows: [row!] })).toThrow(/two rows/)
  })
})
