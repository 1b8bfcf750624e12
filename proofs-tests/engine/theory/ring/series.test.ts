import { describe, expect, it } from 'vitest'
import {
  add,
  divide,
  type Expression,
  exp,
  type Formula,
  imaginaryUnit,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  squareRoot,
  symbol,
} from '../../../../src/expression/expression.js'
import { fourierEnergy, fourierKernel, substituteFourierSeries } from '../../../../src/theory/ring/fourier.js'
import { modeEnergiesEqual, modeNormalForm } from '../../../../src/theory/ring/modes.js'
import { evaluateRing } from '../../../../src/theory/ring/numeric.js'
import { ringWaveVectors } from '../../../../src/theory/ring/rewrite.js'
import { fourierSeries } from '../../../../src/theory/ring/series.js'
import { a, at, b, L, mode, notation, ringSum } from '../support/models.js'
import { complexNumberOf, parameters, sameFunction, scattered } from '../support/testing.js'

const [q, l] = [symbol('q'), symbol('l')]
const sites = add(L, one)
const phase = (...factors: readonly Expression[]): Expression => exp(multiply(imaginaryUnit, ...factors))
const overModes = (body: Expression): Expression => ({
  kind: 'indexedSum',
  index: 'q',
  range: { kind: 'family', family: 'mode' },
  body,
})
const series = (body: Expression, scale: Expression = one): Formula => ({
  sides: [at('first'), multiply(scale, overModes(body))],
  relations: ['='],
})
const amplitude = mode('firstMode')

const twoFields = ringSum(
  add(
    multiply(rational(3), power(at('first'), 2)),
    multiply(rational(2), power(at('second'), 2)),
    negate(multiply(a, at('first'), at('first', -1))),
    multiply(b, at('first', -1), at('second')),
  ),
)
const two = {
  notation,
  fluctuations: [at('first'), at('second')],
  modes: [mode('firstMode'), mode('secondMode')],
}

describe('fourierSeries', () => {
  it.each([
    ['e^{-iql}', phase(negate(q), l), -1, one],
    ['e^{iql}', phase(q, l), 1, one],
    ['e^{2iql}', phase(rational(2), q, l), 1, rational(2)],
    [
      'e^{-2 pi i q l/(L+1)}',
      phase(rational(-2), pi, q, l, power(sites, -1)),
      -1,
      divide(multiply(rational(2), pi), sites),
    ],
  ] as const)('reads sign and stride of %s', (_, factor, sign, stride) => {
    const found = fourierSeries(series(multiply(amplitude, factor)))
    expect(found.sign).toBe(sign)
    expect(sameFunction(found.stride, stride)).toBe(true)
    expect(sameFunction(found.scale, one)).toBe(true)
  })

  it('reads the factor before the amplitudes, before the sum or in it', () => {
    const unitary = power(squareRoot(sites), -1)
    const term = multiply(amplitude, phase(negate(q), l))
    for (const given of [series(term, unitary), series(multiply(unitary, term))])
      expect(sameFunction(fourierSeries(given).scale, unitary)).toBe(true)
  })

  it('refuses what is no such series', () => {
    const refused: readonly (readonly [Expression, RegExp])[] = [
      [multiply(amplitude, phase(negate(q))), /no phase that depends on the site/],
      [phase(negate(q), l), /0 amplitudes/],
      [multiply(amplitude, phase(power(q, 2), l)), /not proportional/],
      [multiply(amplitude, phase(q, add(l, one))), /not proportional/],
      [multiply(amplitude, q, phase(q, l)), /depends on the wave vector/],
    ]
    for (const [body, message] of refused) expect(() => fourierSeries(series(body))).toThrow(message)
    expect(() => fourierSeries({ sides: [at('first'), amplitude], relations: ['='] })).toThrow(/one sum/)
  })
})

/** A chain of five sites, in which twice the wave vectors are all of them again. */
const count = 5
const waves = Array.from({ length: count }, (_, n) => (2 * Math.PI * n) / count)

describe('what follows from a series', () => {
  const cases = [
    ['e^{-iql}', series(multiply(amplitude, phase(negate(q), l)))],
    ['e^{2iql}', series(multiply(amplitude, phase(rational(2), q, l)))],
    ['a unitary e^{iql}', series(multiply(amplitude, phase(q, l)), power(squareRoot(sites), -1))],
    ['3 e^{-2iql}', series(multiply(amplitude, phase(rational(-2), q, l)), rational(3))],
  ] as const

  it.each(cases)('the energy of the modes of %s is that of the fields that the series adds up to', (_, given) => {
    const read = fourierSeries(given)
    const values = new Map([...parameters, ['depth', count - 1]])
    const scale = complexNumberOf(read.scale, [['depth', count - 1]])[0]!
    const stride = complexNumberOf(read.stride, [])[0]!
    // Amplitudes at q and -q conjugate, so that the fields are real.
    const amplitudes = [0, 1].map((f) =>
      waves.map((_, n) => {
        const m = Math.min(n, count - n)
        const side = n === 0 ? 0 : n === m ? 1 : -1
        return [scattered(10 * f + m), side * scattered(50 + 10 * f + m)] as const
      }),
    )
    const fields = amplitudes.map((row) =>
      Array.from({ length: count }, (_, site) =>
        row.reduce((sum, [re, im], n) => {
          const angle = read.sign * stride * waves[n]! * site
          return sum + scale * (re * Math.cos(angle) - im * Math.sin(angle))
        }, 0),
      ),
    )
    const direct = evaluateRing(
      twoFields,
      { fields: two.fluctuations, values: fields, parameters: values },
      { notation },
    )
    const kernel = modeNormalForm(fourierEnergy(twoFields, { ...two, ...read }), two)
    let total = 0
    for (const [n, wave] of waves.entries())
      for (const [i, row] of kernel.rows.entries())
        for (const [k, e] of row.entries()) {
          const [re, im] = complexNumberOf(e, [
            ['q', wave],
            ['depth', count - 1],
          ])
          const [p, r] = [amplitudes[i]![n]!, amplitudes[k]![n]!]
          total += re! * (p[0] * r[0] + p[1] * r[1]) - im! * (p[0] * r[1] - p[1] * r[0])
        }
    expect(total).toBeCloseTo(direct, 9)
  })

  it.each(cases)('the series of %s put in is that energy at an earlier stage', (_, given) => {
    const options = { ...two, ...fourierSeries(given) }
    const written = fourierEnergy(twoFields, options)
    const { scale } = options
    const kernel = fourierKernel(twoFields, options).rows[0]![1]!
    const entry = modeNormalForm(written, two).rows[0]![1]!
    expect(sameFunction(entry, multiply(sites, power(scale, 2), kernel))).toBe(true)
    if (sameFunction(options.stride, one))
      expect(modeEnergiesEqual(substituteFourierSeries(twoFields, options), written, two)).toBe(true)
  })

  it('a phase that turns twice as fast has wave vectors half as far apart', () => {
    const energy = ringSum(power(at('first'), 2))
    const vectors = cases
      .slice(0, 2)
      .map(([, given]) => ringWaveVectors(energy, { number: symbol('count'), ...fourierSeries(given) }).sides[1]!)
    expect(sameFunction(vectors[0]!, multiply(rational(2), vectors[1]!))).toBe(true)
    expect(sameFunction(vectors[0]!, divide(multiply(rational(2), pi, symbol('count')), sites))).toBe(true)
  })
})
