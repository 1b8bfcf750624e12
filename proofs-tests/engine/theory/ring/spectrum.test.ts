import { describe, expect, it } from 'vitest'
import { add, multiply, negate, power, rational } from '../../../../src/expression/expression.js'
import { fourierKernel } from '../../../../src/theory/ring/fourier.js'
import { ringHessian } from '../../../../src/theory/ring/numeric.js'
import { numericKernel } from '../../../../src/theory/ring/numeric-kernel.js'
import {
  latticeCorrelationLength,
  leastEigenvalue,
  modeCovariance,
  modeVariance,
  spatialCorrelations,
  stabilityRegion,
  windowedRealVariances,
  windowedSpectrum,
} from '../../../../src/theory/ring/spectrum.js'
import { complex } from '../../../../src/theory/support/evaluate.js'
import { inverseOf } from '../../../../src/theory/support/linear-algebra.js'
import { a, at, b, L, linearFluctuation, notation, ringSum } from '../support/models.js'
import { numberOf, parameters } from '../support/testing.js'

const options = { notation, fluctuations: [at('wiggle')] }
const kernel = fourierKernel(linearFluctuation, options)
const numeric = numericKernel(kernel, parameters)
const stiffness = 5 / ((5 * 0.6) / 0.65)
const s = 0.35

describe('modeVariance', () => {
  it('is 1/(2 n K): with it the modes of a ring give the inverse of its Hessian', () => {
    const n = 6
    const hessian = ringHessian(
      linearFluctuation,
      { fields: [at('wiggle')], values: [Array.from({ length: n }, () => 0)], parameters },
      { notation },
    )
    const covariance = inverseOf(hessian.map((row) => row.map((h) => complex(h.value))))
    for (let k = 0; k < n; k++) {
      let sum = 0
      for (let j = 0; j < n; j++) {
        const q = (2 * Math.PI * j) / n
        sum +=
          numberOf(modeVariance(kernel, add(L, rational(1))), [
            ['q', q],
            ['depth', n - 1],
          ]) * Math.cos(q * k)
      }
      expect(sum).toBeCloseTo(covariance[0]?.[k]?.re ?? Number.NaN, 6)
    }
  })

  it('agrees with the covariance matrix of one field', () => {
    expect(modeCovariance(numeric, 8, 1.1)[0]?.[0]?.re).toBeCloseTo(
      numberOf(modeVariance(kernel, rational(8)), [['q', 1.1]]),
      12,
    )
  })
})

describe('spatialCorrelations', () => {
  it('of the linear chain are s^k / (2 c (1 - s^2))', () => {
    const correlations = spatialCorrelations(numeric, 12)
    for (let k = 0; k <= 12; k++) expect(correlations[k]).toBeCloseTo(s ** k / (2 * stiffness * (1 - s * s)), 12)
  })
  it('of two fields are not symmetric where the kernel is not real', () => {
    const first = at('first')
    const energy = ringSum(
      add(power(first, 2), power(at('second'), 2), negate(multiply(rational(1, 2), at('first', -1), at('second')))),
    )
    const two = numericKernel(fourierKernel(energy, { notation, fluctuations: [first, at('second')] }), parameters)
    // second^{l} follows first^{l-1}: C_21(1) = <second^{l+1} first^l> is the large one.
    const later = spatialCorrelations(two, 2, [1, 0])
    const earlier = spatialCorrelations(two, 2, [0, 1])
    expect(later[1] ?? 0).toBeGreaterThan(10 * Math.abs(earlier[1] ?? 1))
  })
  it('refuses a critical kernel', () => {
    const critical = ringSum(power(add(at('wiggle'), negate(at('wiggle', -1))), 2))
    expect(() => spatialCorrelations(numericKernel(fourierKernel(critical, options), parameters), 3)).toThrow()
  })
})

describe('windowedSpectrum', () => {
  it('sums to the variance of a site over the window, whatever the window (Parseval)', () => {
    for (const window of [5, 16, 64]) {
      const total = windowedSpectrum(numeric, window).reduce((x, y) => x + y, 0)
      expect(total).toBeCloseTo(spatialCorrelations(numeric, 0)[0] ?? Number.NaN, 12)
    }
  })
  it('tends to the variance of the modes as 1/n', () => {
    const excess = [64, 128, 256].map(
      (n) => (windowedSpectrum(numeric, n)[n / 4] ?? 0) * n - 1 / (2 * stiffness * (1 + s * s)),
    )
    expect((excess[0] ?? 0) / (excess[1] ?? 1)).toBeCloseTo(2, 6)
    expect((excess[1] ?? 0) / (excess[2] ?? 1)).toBeCloseTo(2, 6)
  })
})

describe('windowedRealVariances', () => {
  it('is the variance of the real part: the double sum over the sites of the window', () => {
    const correlations = spatialCorrelations(numeric, 15)
    for (const window of [5, 16]) {
      const found = windowedRealVariances(correlations, window)
      for (let j = 0; j < window; j++) {
        const q = (2 * Math.PI * j) / window
        let sum = 0
        for (let m = 0; m < window; m++)
          for (let n = 0; n < window; n++)
            sum += (correlations[Math.abs(m - n)] ?? 0) * Math.cos(q * m) * Math.cos(q * n)
        expect(found[j]).toBeCloseTo(sum / window ** 2, 13)
      }
    }
  })
})

describe('latticeCorrelationLength', () => {
  it('of the linear chain is -1/log s, not sqrt(s)/(1-s)', () => {
    expect(latticeCorrelationLength(numeric)).toBeCloseTo(-1 / Math.log(s), 9)
  })
  it('refuses a kernel without correlations', () => {
    expect(() =>
      latticeCorrelationLength(numericKernel(fourierKernel(ringSum(power(at('wiggle'), 2)), options), parameters)),
    ).toThrow(/uncorrelated/)
  })
})

describe('stabilityRegion', () => {
  it('of (1+s^2) - 2 s cos q times 1 - s is s < 1', () => {
    const region = stabilityRegion(linearFluctuation, options)
    const at2 = (gain: number) =>
      region.contains(
        new Map([
          ['width', 5],
          ['gain', gain],
          ['noise', 0.6],
        ]),
      )
    expect([0.02, 0.1, 0.19].map(at2)).toEqual([true, true, true])
    expect([0.21, 0.5].map(at2)).toEqual([false, false])
  })
  it('finds a minimum away from q = 0', () => {
    const energy = ringSum(add(multiply(b, power(at('wiggle'), 2)), multiply(a, at('wiggle'), at('wiggle', -1))))
    const least = leastEigenvalue(numericKernel(fourierKernel(energy, options), parameters))
    expect(least.q).toBeCloseTo(Math.PI, 6)
    expect(least.value).toBeCloseTo(0.6 - 0.07, 12)
  })
})
