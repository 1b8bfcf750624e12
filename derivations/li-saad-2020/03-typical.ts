/** Section 3: typical overlaps of sign and ReLU networks. */
import {
  add,
  type Context,
  derive,
  divide,
  type Expression,
  type Formula,
  lastSide,
  multiply,
  power,
  rational,
  substitute,
  subtract,
  symbol,
  withDefinitions,
  zero,
} from 'corrigenda'
import { integrateQuadrants, isolate, outputMoment, type SitePair } from 'corrigenda/theory'
import { sameInputs } from './components.js'
import { at, inLetters, writtenOut } from './small-networks.js'

const single = { lastLayer: 1, neurons: 1, inputs: 1 }

/** Both fields and outputs of a neuron of the first layer, under an activation. */
export const neuronPair = (activation: Formula, layer = 1, form: SitePair['form'] = 'tangent'): SitePair => ({
  fields: [at('referencePreActivation', layer), at('preActivation', layer)] as unknown as SitePair['fields'],
  outputs: [at('referenceActivity', layer), at('activity', layer)] as unknown as SitePair['outputs'],
  activation: lastSide(activation),
  variable: 'x',
  form,
})

/** `-H^T \Sigma^{-1} H / 2` of a neuron of a layer. */
export const fieldExponent = (covariance: Formula, vector: Formula, context: Context, layer = 1): Expression => {
  const form = context.read('-\\frac{1}{2} (H^l)^T \\Sigma_l^{-1} H^l')
  return writtenOut(withDefinitions(form, covariance, vector), { ...single, lastLayer: layer }, context, { l: layer })
}

/** The mean of a monomial of both outputs. */
function outputMean(monomial: Expression, exponent: Expression, pair: SitePair): Expression {
  return divide(outputMoment(exponent, pair, monomial), integrateQuadrants(exponent, pair))
}

/** Order parameters set to given values. */
const withPowers = (e: Expression, value: Expression): Expression =>
  substitute(e, (node) =>
    node.kind === 'indexed' && (node.name === 'activityPower' || node.name === 'referenceActivityPower')
      ? value
      : undefined,
  )

const product = multiply(at('referenceActivity', 1), at('activity', 1))

export const signOverlap = derive(
  'eq-9',
  { covariance: 'eq-20', vector: 'sec-4.field-vector', activation: 'sec-2.sign', power: 'sec-4.4.sign-power' },
  'mean of the product of both outputs over the Gaussian fields, quadrant by quadrant',
  ({ covariance, vector, activation, power: unit }, context) => {
    const exponent = withPowers(fieldExponent(covariance, vector, context), lastSide(unit))
    return inLetters(outputMean(product, exponent, neuronPair(activation, 1, 'sine')))
  },
)

export const stable = derive(
  'sec-3.stable',
  { covariance: 'eq-20', vector: 'sec-4.field-vector', activation: 'sec-2.rectifier' },
  "mean square of a ReLU neuron's output equated to that of the layer before",
  ({ covariance, vector, activation }, context) => {
    const fields = fieldExponent(covariance, vector, context)
    const uncorrelated = substitute(fields, (node) =>
      node.kind === 'indexed' && node.name === 'overlap' ? zero : undefined,
    )
    const output = at('activity', 1)
    const square = outputMean(power(output, 2), uncorrelated, neuronPair(activation))
    const unit = subtract(withPowers(square, rational(1)), rational(1))
    // The mean square is proportional to the weight variance: its value at variance one gives the slope.
    const sigma = symbol('weightStandardDeviation')
    const atOne = substitute(unit, (node) =>
      node.kind === 'symbol' && node.name === sigma.name ? rational(1) : undefined,
    )
    return isolate(subtract(multiply(power(sigma, 2), add(atOne, rational(1))), rational(1)), sigma)
  },
)

export const rectifiedOverlap = derive(
  'eq-10',
  {
    covariance: 'eq-20',
    vector: 'sec-4.field-vector',
    activation: 'sec-2.rectifier',
    variance: 'sec-3.stable',
  },
  'mean of the product of both outputs over the Gaussian fields, quadrant by quadrant, at constant mean square one',
  ({ covariance, vector, activation, variance }, context) => {
    const exponent = withPowers(fieldExponent(covariance, vector, context), rational(1))
    const value = outputMean(product, exponent, neuronPair(activation, 1, 'sine'))
    const atVariance = substitute(value, (node) =>
      node.kind === 'symbol' && node.name === 'weightStandardDeviation' ? lastSide(variance) : undefined,
    )
    return inLetters(atVariance)
  },
)

export const initialOverlap = derive(
  'sec-3.initial',
  { overlap: 'sec-3.overlap', same: 'sec-2.same-input', values: 'sec-4.input-law' },
  'mean under the law of both inputs of their overlap as it is defined, of one neuron',
  ({ overlap, same, values }, context) => {
    const law = sameInputs(values, same, single, context)
    const ofOne = substitute(writtenOut(lastSide(overlap), single, context, { l: 0 }), (node) =>
      node.kind === 'indexed' && node.name === 'layerWidth' ? rational(single.neurons) : undefined,
    )
    return law.mean(ofOne)
  },
)
