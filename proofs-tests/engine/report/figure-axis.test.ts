import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisScale, powerOfTen } from '../../../src/report/figure-axis.js'

const ticksOf = (values: readonly number[], log = false): readonly string[] => {
  const { major, label } = axisScale(values, log)
  return major.map(label)
}
/** Reads a tick's label back. */
const read = (label: string): number => {
  const plain = label.replaceAll('−', '-').replace('⁻', '-')
  const digits = plain.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)))
  if (!/[⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(label)) return Number(digits)
  const [, mantissa, exponent] = /^(?:(.*)·)?10(.*)$/.exec(digits)!
  return Number(`${mantissa ?? 1}e${exponent}`)
}
const magnitude = fc.integer({ min: -12, max: 12 })
const values = fc.tuple(fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 1, maxLength: 6 }), magnitude)

describe('linear axes', () => {
  it('have plain labels', () => {
    expect(ticksOf([-0.021, 0.011])).toEqual(['−0.020', '−0.015', '−0.010', '−0.005', '0', '0.005', '0.010'])
    expect(ticksOf([0, 1023])).toEqual(['0', '200', '400', '600', '800', '1000'])
  })

  it('have powers of ten where plain numbers would be long', () => {
    expect(ticksOf([0, 3e-7])).toContain('1.0·10⁻⁷')
  })

  it('start at zero where that is wanted and near, and not otherwise', () => {
    expect(axisScale([1, 10], false, true).domain[0]).toBe(0)
    expect(axisScale([1, 10], false).domain[0]).toBeGreaterThan(0)
    expect(axisScale([9, 10], false, true).domain[0]).toBeGreaterThan(8)
  })

  it('hold every value, and labels say what their ticks are', () => {
    fc.assert(
      fc.property(values, ([digits, exponent]) => {
        const numbers = digits.map((digit) => digit * 10 ** exponent)
        const { domain, major, label } = axisScale(numbers, false)
        for (const value of numbers) expect(value >= domain[0] && value <= domain[1]).toBe(true)
        expect(major.length).toBeGreaterThan(1)
        expect(major.length).toBeLessThan(12)
        expect(new Set(major.map(label)).size).toBe(major.length)
        for (const tick of major) {
          expect(tick >= domain[0] && tick <= domain[1]).toBe(true)
          expect(Math.abs(read(label(tick)) - tick)).toBeLessThanOrEqual(1e-6 * Math.max(...major.map(Math.abs)))
        }
      }),
    )
  })
})

describe('logarithmic axes', () => {
  it('have labels at powers of ten, and ticks without between', () => {
    const { major, minor, label } = axisScale([0.0015, 2], true)
    expect(major.map(label)).toEqual(['10⁻²', '10⁻¹', '10⁰'])
    expect(minor).toContain(0.002)
    expect(minor).not.toContain(0.01)
  })

  it('have labels between where there are less than two powers', () => {
    expect(ticksOf([1.5, 7], true)).toEqual(['2·10⁰', '5·10⁰'])
  })

  it('have the labels of a linear axis where they hardly rise', () => {
    expect(ticksOf([502, 505], true)).toEqual(['502.0', '502.5', '503.0', '503.5', '504.0', '504.5', '505.0'])
  })

  it('leave labels out where there are many powers', () => {
    expect(ticksOf([1e-30, 1], true).length).toBeLessThan(10)
  })

  it('hold every positive value and no other, and labels say what their ticks are', () => {
    fc.assert(
      fc.property(values, ([digits, exponent]) => {
        const numbers = digits.map((digit) => digit * 10 ** exponent)
        const { domain, major, label } = axisScale([...numbers, Number.NaN, Number.POSITIVE_INFINITY], true)
        expect(domain[0]).toBeGreaterThan(0)
        for (const value of numbers) if (value > 0) expect(value >= domain[0] && value <= domain[1]).toBe(true)
        expect(major.length).toBeGreaterThan(1)
        for (const tick of major) expect(Math.abs(read(label(tick)) / tick - 1)).toBeLessThan(1e-6)
      }),
    )
  })

  it('write exponents of any length', () => {
    expect([-12, 0, 30].map(powerOfTen)).toEqual(['10⁻¹²', '10⁰', '10³⁰'])
  })
})
