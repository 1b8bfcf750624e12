import { describe, expect, it } from 'vitest'
import {
  add,
  divide,
  type Expression,
  half,
  type IndexedNode,
  imaginaryUnit,
  index,
  indexed,
  log,
  multiply,
  negate,
  power,
  rational,
  subtract,
  symbol,
} from '../../../../src/expression/expression.js'
import { exponentsEqualUpToConstant, integrateGaussian } from '../../../../src/theory/gaussian/integrate.js'

/** One layer of a random network with two neurons and two inputs, any activation. */
const neurons = [0, 1]
const inputs = [0, 1]
const [weightScale, biasScale] = [symbol('weightScale'), symbol('biasScale')]
const at = (name: string, ...places: readonly number[]): IndexedNode =>
  indexed(name, ...places.map((offset) => ({ slot: 'place', index: index(null, offset) })))
const activation = (neuron: number, input: number): Expression => ({
  kind: 'apply',
  name: 'activation',
  indices: [],
  arguments: [at('before', neuron, input)],
})
const weights = neurons.flatMap((a) => neurons.map((b) => at('weight', a, b)))
const biases = neurons.map((a) => at('bias', a))
const multipliers = neurons.flatMap((a) => inputs.map((i) => at('multiplier', a, i)))
const square = (e: Expression): Expression => power(e, 2)

const prior = add(
  ...weights.map((w) => negate(divide(square(w), square(weightScale)))), // N/(2 σ²) with N = 2
  ...biases.map((b) => negate(divide(square(b), multiply(rational(2), square(biasScale))))),
)
const constraints = add(
  ...neurons.flatMap((a) =>
    inputs.map((i) => {
      const arrives = add(...neurons.map((b) => multiply(at('weight', a, b), activation(b, i))), at('bias', a))
      return multiply(rational(-1), imaginaryUnit, at('multiplier', a, i), subtract(at('after', a, i), arrives))
    }),
  ),
)

const covariance = (i: number, j: number, factor = rational(1)): Expression =>
  add(
    multiply(
      factor,
      half,
      square(weightScale),
      add(...neurons.map((b) => multiply(activation(b, i), activation(b, j)))),
    ),
    square(biasScale),
  )
const law = (factor = rational(1)): Expression => {
  const s = (i: number, j: number): Expression => covariance(i, j, factor)
  const det = subtract(multiply(s(0, 0), s(1, 1)), square(s(0, 1)))
  return add(
    ...neurons.map((a) => {
      const [x, y] = [at('after', a, 0), at('after', a, 1)]
      const form = add(
        multiply(s(1, 1), square(x)),
        multiply(s(0, 0), square(y)),
        multiply(rational(-2), s(0, 1), x, y),
      )
      return negate(multiply(half, add(divide(form, det), log(det))))
    }),
  )
}
const left = neurons.flatMap((a) => inputs.flatMap((i) => [at('after', a, i), at('before', a, i)]))

describe('a random layer with its weights and biases integrated out', () => {
  const overWeights = integrateGaussian(add(prior, constraints), [...weights, ...biases])
  const overMultipliers = integrateGaussian(overWeights.exponent, multipliers)

  it('has pre-activations with the covariance σ_w²/N φφ + σ_b² over inputs, independent over neurons', () => {
    expect(exponentsEqualUpToConstant(overMultipliers.exponent, law(), left)).toBe(true)
  })
  it('has no other covariance: twice the weight variance is refuted', () => {
    expect(exponentsEqualUpToConstant(overMultipliers.exponent, law(rational(2)), left)).toBe(false)
  })
  it('couples inputs through half the covariance before the multipliers go', () => {
    const coupled = (factor: Expression): Expression =>
      add(
        ...neurons.flatMap((a) =>
          inputs.flatMap((i) => [
            ...inputs.map((j) =>
              negate(multiply(factor, at('multiplier', a, i), at('multiplier', a, j), covariance(i, j))),
            ),
            negate(multiply(imaginaryUnit, at('multiplier', a, i), at('after', a, i))),
          ]),
        ),
      )
    const variables = [...multipliers, ...left]
    expect(exponentsEqualUpToConstant(overWeights.exponent, coupled(half), variables)).toBe(true)
    expect(exponentsEqualUpToConstant(overWeights.exponent, coupled(rational(1)), variables)).toBe(false)
  })
})
