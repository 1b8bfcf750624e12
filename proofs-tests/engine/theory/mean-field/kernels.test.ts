import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  add,
  call,
  type Expression,
  multiply,
  negate,
  power,
  rational,
  symbol,
} from '../../../../src/expression/expression.js'
import {
  type ActivationForm,
  gaussianActivation,
  hyperbolicForm,
  rectifiedForm,
} from '../../../../src/theory/mean-field/activation.js'
import {
  derivativeKernel,
  gaussianKernel,
  gaussianMean,
  gaussianSecondMoment,
  gaussianSquaredSlope,
  secondMomentSlope,
} from '../../../../src/theory/mean-field/kernels.js'

interface Row {
  readonly activation: string
  readonly first: number
  readonly second: number
  readonly cross: number
  readonly value: number
  readonly slopes?: number
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL('kernels.fixture.json', import.meta.url), 'utf8'))
const z = symbol('z')
const formula = (e: Expression): ActivationForm => ({ kind: 'formula', formula: e })
const zero = rational(0)

const forms: Readonly<Record<string, ActivationForm>> = {
  relu: rectifiedForm,
  leaky: { kind: 'rectifier', positive: 1, negative: 0.1 },
  absolute: { kind: 'rectifier', positive: 1, negative: -1 },
  sign: { kind: 'sign' },
  erf: { kind: 'erf', scale: 0.7 },
  sine: { kind: 'sine', frequency: 1.5, phase: 0.4 },
  exponential: { kind: 'exponential', rate: 0.3 },
  tanh: hyperbolicForm,
  swish: formula(multiply(z, power(add(rational(1), call('exp', negate(z))), rational(-1)))),
}

/** The same activations as formulas, which have their kernels by quadrature. */
const asFormulas: Readonly<Record<string, ActivationForm>> = {
  relu: formula(call('max', zero, z)),
  absolute: formula(call('abs', z)),
  erf: formula(call('erf', multiply(rational(7, 10), z))),
  sine: formula(call('sin', add(multiply(rational(3, 2), z), rational(2, 5)))),
  exponential: formula(call('exp', multiply(rational(3, 10), z))),
  sign: formula(call('sign', z)),
}

describe('E[phi(u1) phi(u2)]', () => {
  for (const row of rows)
    it(`${row.activation} at covariance ${row.cross} is what mpmath and SciPy integrate`, () => {
      const activation = gaussianActivation(forms[row.activation]!)
      const { value, method } = gaussianKernel(activation, row)
      expect(value).toBeCloseTo(row.value, 9)
      expect(method).toBe(activation.form.kind === 'formula' ? 'quadrature' : 'closed')
      if (row.slopes !== undefined) expect(derivativeKernel(activation, row).value).toBeCloseTo(row.slopes, 9)
    })
})

describe('closed forms and quadrature', () => {
  const pair = { first: 1.3, second: 0.6, cross: 0.5 }
  for (const [name, form] of Object.entries(asFormulas)) {
    const closed = gaussianActivation(forms[name]!)
    const integrated = gaussianActivation(form)
    it(`${name}: kernel, mean, second moment and slopes agree within the stated error`, () => {
      const found = gaussianKernel(integrated, pair)
      const exact = gaussianKernel(closed, pair).value
      expect(Math.abs(found.value - exact)).toBeLessThanOrEqual(found.error + 1e-14)
      expect(found.error).toBeLessThan(1e-7)
      expect(gaussianMean(integrated, 1.3).value).toBeCloseTo(gaussianMean(closed, 1.3).value, 11)
      expect(gaussianSecondMoment(integrated, 1.3).value).toBeCloseTo(gaussianSecondMoment(closed, 1.3).value, 11)
      expect(secondMomentSlope(integrated, 1.3).value).toBeCloseTo(secondMomentSlope(closed, 1.3).value, 9)
      expect(gaussianSquaredSlope(closed, 1.3).value === Number.POSITIVE_INFINITY).toBe(name === 'sign')
      if (name === 'sign') expect(() => derivativeKernel(integrated, pair)).toThrow(/jumps at 0/)
      else {
        expect(gaussianSquaredSlope(integrated, 1.3).value).toBeCloseTo(gaussianSquaredSlope(closed, 1.3).value, 11)
        expect(derivativeKernel(integrated, pair).value).toBeCloseTo(derivativeKernel(closed, pair).value, 8)
      }
    })
  }
})

describe('laws', () => {
  const closed: readonly ActivationForm[] = [
    ...Object.values(forms).filter((f) => f.kind !== 'formula'),
    { kind: 'step' },
  ]
  it('the kernel slopes by the covariance like the kernel of derivatives (Price)', () => {
    for (const form of closed)
      for (const cross of [-0.7, -0.1, 0.4, 0.9]) {
        const activation = gaussianActivation(form)
        const at = (x: number): number => gaussianKernel(activation, { first: 1.2, second: 0.9, cross: x }).value
        const slope = (at(cross + 1e-5) - at(cross - 1e-5)) / 2e-5
        expect(slope).toBeCloseTo(derivativeKernel(activation, { first: 1.2, second: 0.9, cross }).value, 7)
      }
  })

  it('the kernel of equal variables is the second moment, whose slope by the variance is secondMomentSlope', () => {
    for (const form of closed)
      for (const q of [0.3, 2]) {
        const activation = gaussianActivation(form)
        const at = (x: number): number => gaussianSecondMoment(activation, x).value
        expect(gaussianKernel(activation, { first: q, second: q, cross: q }).value).toBeCloseTo(at(q), 13)
        expect((at(q + 1e-5) - at(q - 1e-5)) / 2e-5).toBeCloseTo(secondMomentSlope(activation, q).value, 7)
      }
  })

  it('the kernel of independent variables is the product of means', () => {
    for (const form of [...closed, hyperbolicForm, forms['swish']!]) {
      const activation = gaussianActivation(form)
      const product = gaussianMean(activation, 0.8).value * gaussianMean(activation, 1.7).value
      expect(gaussianKernel(activation, { first: 0.8, second: 1.7, cross: 0 }).value).toBeCloseTo(product, 11)
    }
  })

  it('ReLU keeps (sin t + (pi - t) cos t)/(2 pi) of the length at angle t (Cho & Saul 2009)', () => {
    const relu = gaussianActivation(rectifiedForm)
    for (const t of [0.1, 1, 2, 3]) {
      const value = gaussianKernel(relu, { first: 4, second: 9, cross: 6 * Math.cos(t) }).value
      expect(value).toBeCloseTo((6 * (Math.sin(t) + (Math.PI - t) * Math.cos(t))) / (2 * Math.PI), 13)
    }
  })
})

describe('steep activations', () => {
  it('z^12 has the moments that Isserlis gives: E u1^12 u2^12 at c = 0 and 1', () => {
    const steep = gaussianActivation(formula(power(z, rational(12))))
    const odd = (n: number): number => (n <= 1 ? 1 : n * odd(n - 2))
    expect(gaussianKernel(steep, { first: 1, second: 1, cross: 0 }).value / odd(11) ** 2).toBeCloseTo(1, 9)
    expect(gaussianKernel(steep, { first: 1, second: 1, cross: 1 }).value / odd(23)).toBeCloseTo(1, 9)
  })

  it('tanh at large variances is nearly sign: a little below arcsin(1/2) 2/pi', () => {
    const pair = { first: 1e4, second: 1e4, cross: 5e3 }
    const { value } = gaussianKernel(gaussianActivation(hyperbolicForm), pair)
    expect(value).toBeGreaterThan(0.32)
    expect(value).toBeLessThan(1 / 3)
  })
})

describe('what has no kernel', () => {
  const tanh = gaussianActivation(hyperbolicForm)
  it('is refused with the condition under which it would exist', () => {
    expect(() => gaussianMean(tanh, -1)).toThrow(DomainError)
    expect(() => gaussianKernel(tanh, { first: 1, second: 1, cross: 1.1 })).toThrow(/\[-1, 1\]/)
    const fast = gaussianActivation(formula(call('exp', power(z, rational(2)))))
    expect(() => gaussianSecondMoment(fast, 1)).toThrow(/slower than exp/)
    expect(() => gaussianKernel(fast, { first: 1, second: 1, cross: 0.5 })).toThrow(/slower than exp/)
    expect(gaussianSecondMoment(fast, 0.05).value).toBeCloseTo(1 / Math.sqrt(1 - 4 * 0.05), 9)
  })
})
