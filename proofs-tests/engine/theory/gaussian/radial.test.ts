import { describe, expect, it } from 'vitest'
import {
  add,
  divide,
  type Expression,
  half,
  index,
  indexed,
  log,
  multiply,
  negate,
  one,
  power,
  rational,
  subtract,
} from '../../../../src/expression/expression.js'
import { leadingTermInWidth, radialEnergy } from '../../../../src/theory/gaussian/radial.js'
import { quadraticForm, ringEnergy } from '../../../../src/theory/index.js'
import { a, at, b, linearEnergy, N, notation, ringSum, weight } from '../support/models.js'
import { sameFunction } from '../support/testing.js'

const component = (letter: string, offset = 0) =>
  indexed('vector', { slot: 'neuron', index: index(letter) }, { slot: 'site', index: index('l', offset) })
const overNeurons = (letter: string, body: Expression): Expression => ({
  kind: 'indexedSum',
  index: letter,
  range: { kind: 'family', family: 'neuron' },
  body,
})
const length = (letter: string, offset = 0): Expression => overNeurons(letter, power(component(letter, offset), 2))
const product = (letter: string, offset = 0): Expression =>
  overNeurons(letter, multiply(component(letter, offset), component(letter, offset)))
const perNeuron = divide(weight, N)
const vectors = multiply(
  half,
  ringSum(
    add(
      divide(length('\\alpha'), add(multiply(perNeuron, product('\\beta', -1)), b)),
      multiply(N, log(add(multiply(a, product('\\alpha')), b))),
    ),
  ),
)
const options = { notation, vector: component('\\alpha'), norm: at('norm'), dimension: N }
const densityOf = (e: Expression): Expression => ringEnergy(e, { notation }).density

describe('radialEnergy', () => {
  it('writes an isotropic energy in norms, with the volume element r^{N-1}', () => {
    const radial = densityOf(radialEnergy(vectors, options))
    const expected = add(densityOf(linearEnergy), log(at('norm')))
    expect(sameFunction(radial, expected)).toBe(true)
  })
  it('refuses an energy that sees directions', () => {
    const tilted = ringSum(multiply(component('\\alpha'), component('\\alpha', -1)))
    expect(() => radialEnergy(overNeurons('\\alpha', tilted), options)).toThrow()
    expect(() => radialEnergy(ringSum(overNeurons('\\alpha', power(component('\\alpha'), 4))), options)).toThrow(
      /not isotropic/,
    )
  })
})

describe('leadingTermInWidth', () => {
  const fixedWeight = { notation, width: N, norms: [at('norm')] }
  const s = half
  const exact = multiply(
    half,
    ringSum(
      add(
        divide(power(at('norm'), 2), add(multiply(s, power(N, -1), power(at('norm', -1), 2)), b)),
        multiply(N, log(add(multiply(s, power(N, -1), power(at('norm'), 2)), b))),
        negate(multiply(rational(2), subtract(N, one), log(at('norm')))),
      ),
    ),
  )
  it('replaces N - 1 by N, with a remainder smaller by 1/N', () => {
    const leading = leadingTermInWidth(exact, fixedWeight)
    expect(leading.order).toBe(1)
    expect(leading.neglected).toBe(1)
    const difference = subtract(densityOf(leading.energy), densityOf(exact))
    expect(sameFunction(difference, negate(log(at('norm'))))).toBe(true)
  })
  it('leaves a leading term as it is', () => {
    const { energy } = leadingTermInWidth(exact, fixedWeight)
    const again = leadingTermInWidth(energy, fixedWeight)
    expect(again.neglected).toBeNull()
    expect(sameFunction(densityOf(again.energy), densityOf(energy))).toBe(true)
    expect(() => quadraticForm(again.energy, { notation, fluctuations: [at('norm')] })).toThrow(/not quadratic/)
  })
})
