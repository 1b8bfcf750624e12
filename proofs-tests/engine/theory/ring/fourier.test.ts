import { describe, expect, it } from 'vitest'
import {
  type ApplyNode,
  add,
  call,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  type MatrixNode,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import {
  carryOutSiteSum,
  fourierEnergy,
  fourierKernel,
  kernelOf,
  substituteFourierSeries,
} from '../../../../src/theory/ring/fourier.js'
import {
  correlationLength,
  expandKernel,
  fieldTheoryKernel,
  gradientExpansion,
  longWavelength,
} from '../../../../src/theory/ring/gradient.js'
import { modeEnergiesEqual, modeNormalForm } from '../../../../src/theory/ring/modes.js'
import { evaluateRing } from '../../../../src/theory/ring/numeric.js'
import { quadraticForm } from '../../../../src/theory/ring/quadratic.js'
import { a, at, b, L, linearFluctuation, linearRadius, mode, N, notation, ringSum, weight } from '../support/models.js'
import { complexNumberOf, numberOf, parameters, sameFunction, scattered } from '../support/testing.js'

const q = symbol('q')
const linear = { notation, fluctuations: [at('wiggle')], modes: [mode('amplitude')] }
const stiffness = multiply(N, power(linearRadius, -2))
const linearKernel = multiply(
  stiffness,
  subtract(add(one, power(weight, 2)), multiply(rational(2), weight, call('cos', q))),
)
const family = { kind: 'family', family: 'mode' } as const
const overModes = (letter: string, body: Expression): Expression => ({
  kind: 'indexedSum',
  index: letter,
  range: family,
  body,
})
const sites = add(L, one)

/** Two coupled fields: 1/2 sum [2 x^2 + y^2 + x y' a' ...] with an antisymmetric part. */
const x = (offset = 0) => at('first', offset)
const y = (offset = 0) => at('second', offset)
const twoFields = ringSum(
  add(
    multiply(rational(3), power(x(), 2)),
    multiply(rational(2), power(y(), 2)),
    negate(multiply(a, x(), x(-1))),
    multiply(b, x(-1), y()),
    negate(multiply(rational(1, 3), x(), y())),
  ),
)
const two = { notation, fluctuations: [x(), y()], modes: [mode('firstMode'), mode('secondMode')] }
const entry = (m: MatrixNode, i: number, j: number): Expression => m.rows[i]?.[j] ?? rational(0)

describe('fourierKernel', () => {
  it('of the linear network is (N/r^2)(1 + s^2 - 2 s cos q)', () => {
    expect(sameFunction(entry(fourierKernel(linearFluctuation, linear), 0, 0), linearKernel)).toBe(true)
  })

  it('of two fields is the Hermitian matrix written by hand', () => {
    const kernel = fourierKernel(twoFields, two)
    const off = add(multiply(rational(1, 2), b, exp(negate(multiply(imaginaryUnit, q)))), rational(-1, 6))
    const back = add(multiply(rational(1, 2), b, exp(multiply(imaginaryUnit, q))), rational(-1, 6))
    expect(sameFunction(entry(kernel, 0, 0), subtract(rational(3), multiply(a, call('cos', q))))).toBe(true)
    expect(sameFunction(entry(kernel, 1, 1), rational(2))).toBe(true)
    expect(sameFunction(entry(kernel, 0, 1), off)).toBe(true)
    expect(sameFunction(entry(kernel, 1, 0), back)).toBe(true)
  })

  it('gives the energy of any configuration from its discrete Fourier transform', () => {
    const n = 6
    const values = [0, 1].map((f) => Array.from({ length: n }, (_, l) => scattered(11 * f + l)))
    for (const sign of [-1, 1] as const) {
      const kernel = fourierKernel(twoFields, { ...two, sign })
      let total = 0
      for (let j = 0; j < n; j++) {
        const wave = (2 * Math.PI * j) / n
        // e^l = sum_q e_q e^{s i q l}, so e_q = 1/n sum_l e^l e^{-s i q l}.
        const amplitude = values.map((row) => {
          const sum = [0, 0]
          row.forEach((v, l) => {
            sum[0] = (sum[0] ?? 0) + (v * Math.cos(wave * l)) / n
            sum[1] = (sum[1] ?? 0) - (sign * v * Math.sin(wave * l)) / n
          })
          return sum as [number, number]
        })
        for (const [i, p] of amplitude.entries())
          for (const [k, r] of amplitude.entries()) {
            const [re, im] = complexNumberOf(entry(kernel, i, k), [['q', wave]])
            const [pr, pi_] = [p[0] * r[0] + p[1] * r[1], p[0] * r[1] - p[1] * r[0]]
            total += n * (pr * re - pi_ * im)
          }
      }
      const direct = evaluateRing(twoFields, { fields: two.fluctuations, values, parameters }, { notation })
      expect(total).toBeCloseTo(direct, 10)
    }
  })
})

describe('modeNormalForm', () => {
  const stages: readonly (readonly [string, Expression])[] = [
    ['double sum with the sum over sites outside', substituteFourierSeries(linearFluctuation, linear)],
    ['sum over sites carried out', carryOutSiteSum(linearFluctuation, linear)],
    ['paired into cosines', fourierEnergy(linearFluctuation, linear)],
    [
      'sum over sites moved inwards',
      multiply(
        stiffness,
        overModes(
          'q',
          overModes(
            "q'",
            multiply(
              subtract(
                multiply(add(one, power(weight, 2)), mode('amplitude'), mode('amplitude', 1, "q'")),
                multiply(
                  rational(2),
                  weight,
                  mode('amplitude'),
                  mode('amplitude', 1, "q'"),
                  exp(multiply(imaginaryUnit, q)),
                ),
              ),
              ringSum(exp(negate(multiply(imaginaryUnit, add(q, symbol("q'")), symbol('l'))))),
            ),
          ),
        ),
      ),
    ],
    [
      'Kronecker delta',
      multiply(
        stiffness,
        sites,
        overModes(
          'q',
          overModes(
            "q'",
            multiply(
              subtract(
                multiply(add(one, power(weight, 2)), mode('amplitude'), mode('amplitude', 1, "q'")),
                multiply(
                  rational(2),
                  weight,
                  mode('amplitude'),
                  mode('amplitude', 1, "q'"),
                  exp(multiply(imaginaryUnit, q)),
                ),
              ),
              call('kroneckerDelta', q, negate(symbol("q'"))),
            ),
          ),
        ),
      ),
    ],
    [
      'phases not yet paired',
      multiply(
        stiffness,
        sites,
        overModes(
          'q',
          multiply(
            subtract(add(one, power(weight, 2)), multiply(rational(2), weight, exp(multiply(imaginaryUnit, q)))),
            power({ kind: 'modulus', of: mode('amplitude') }, 2),
          ),
        ),
      ),
    ],
  ]
  it.each(stages)('brings every stage to one kernel: %s', (_, stage) => {
    expect(sameFunction(entry(modeNormalForm(stage, linear), 0, 0), multiply(sites, linearKernel))).toBe(true)
  })

  it('tells a lost factor from none: without the number of sites the delta stage differs', () => {
    const lost = divide(stages[4]?.[1] ?? one, sites)
    expect(modeEnergiesEqual(lost, stages[2]?.[1] ?? one, linear)).toBe(false)
    expect(modeEnergiesEqual(stages[4]?.[1] ?? one, stages[2]?.[1] ?? one, linear)).toBe(true)
  })

  it('reads several fields alike at all stages', () => {
    const product = fourierEnergy(twoFields, two)
    expect(modeEnergiesEqual(substituteFourierSeries(twoFields, two), product, two)).toBe(true)
    expect(modeEnergiesEqual(carryOutSiteSum(twoFields, two), product, two)).toBe(true)
    const otherSign = fourierEnergy(twoFields, { ...two, sign: 1 })
    expect(modeEnergiesEqual(otherSign, product, two)).toBe(false)
  })

  it('refuses terms whose wave vectors do not add up to zero', () => {
    expect(() => modeNormalForm(overModes('q', multiply(mode('amplitude'), mode('amplitude'))), linear)).toThrow(
      /add up to zero/,
    )
  })
})

const smooth = (name: string): ApplyNode => ({ kind: 'apply', name, indices: [], arguments: [symbol('x')] })
const slope = (of: Expression, order = 1): Expression => ({ kind: 'derivative', of, variable: symbol('x'), order })
const integral = (body: Expression): Expression => ({ kind: 'integral', variable: 'x', from: null, to: null, body })

describe('gradientExpansion', () => {
  it("of the linear network is (N/r^2) int [(1-s)^2 e^2 + s e'^2]", () => {
    const derived = gradientExpansion(linearFluctuation, { ...linear, smooth: [smooth('wiggleField')] })
    const byHand = multiply(
      stiffness,
      integral(
        add(
          multiply(power(subtract(one, weight), 2), power(smooth('wiggleField'), 2)),
          multiply(weight, power(slope(smooth('wiggleField')), 2)),
        ),
      ),
    )
    const [k1, k2] = [derived, byHand].map((e) => fieldTheoryKernel(e, { smooth: [smooth('wiggleField')] }))
    expect(k1 && k2 && sameFunction(entry(k1, 0, 0), entry(k2, 0, 0))).toBe(true)
  })

  it('has the kernel of the lattice up to second order in q, mixed terms included', () => {
    const fields = [smooth('f'), smooth('g')]
    const theory = fieldTheoryKernel(gradientExpansion(twoFields, { ...two, smooth: fields }), { smooth: fields })
    const lattice = expandKernel(fourierKernel(twoFields, two), 'q', 2)
    for (const i of [0, 1])
      for (const j of [0, 1]) expect(sameFunction(entry(theory, i, j), entry(lattice, i, j))).toBe(true)
  })

  it('is unchanged by integration by parts', () => {
    const [f, g] = [smooth('f'), smooth('g')]
    const options = { smooth: [f, g] }
    const kernels = [multiply(slope(f), g), negate(multiply(f, slope(g)))].map((e) =>
      fieldTheoryKernel(integral(e), options),
    )
    expect(kernels[0]).toEqual(kernels[1])
    expect(
      fieldTheoryKernel(integral(multiply(slope(f), f)), options)
        .rows.flat()
        .every((e) => sameFunction(e, rational(0))),
    ).toBe(true)
  })
})

describe('longWavelength', () => {
  it('is the Fourier energy with 2 cos q = 2 - q^2', () => {
    const derived = modeNormalForm(longWavelength(linearFluctuation, linear), linear)
    const expected = multiply(sites, stiffness, add(power(subtract(one, weight), 2), multiply(weight, power(q, 2))))
    expect(sameFunction(entry(derived, 0, 0), expected)).toBe(true)
  })
})

describe('correlationLength', () => {
  it('of the linear network is sqrt(s)/(1 - s)', () => {
    const xi = correlationLength(fourierKernel(linearFluctuation, linear))
    expect(numberOf(xi)).toBeCloseTo(Math.sqrt(0.35) / 0.65, 12)
  })
  it('is that of one field', () => {
    expect(() => correlationLength(kernelOf(quadraticForm(twoFields, two), 'q', -1))).toThrow(/one field/)
  })
})
