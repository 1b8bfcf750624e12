/** Section 3 and appendix 8.1: laws of weights, biases and pre-activations, and assertions about them. */
import {
  add,
  confirm,
  derive,
  differentiate,
  directCheck,
  type Expression,
  type Formula,
  index,
  indexed,
  keyOf,
  lastSide,
  multiply,
  type NetworkSize,
  power,
  replaceNamed,
  substitute,
  unitHash,
  zero,
} from 'corrigenda'
import { size } from './03-networks.js'
import { onSmallNetworks, writtenOut } from './small-networks.js'

// ---- Laws of weights, biases and pre-activations ------------------------------------------------------------------------

const anyLayer = (e: Expression): Expression =>
  substitute(e, (node) =>
    node.kind === 'indexed' && node.name === 'layerWidth'
      ? indexed('layerWidth', { slot: 'site', index: index('l') })
      : undefined,
  )

/** The variance of one component under a Gaussian prior: the inverse of the prior's second derivative. */
function priorVariance(loss: Formula, name: string, context: Parameters<typeof writtenOut>[2]): Expression {
  const prior = writtenOut(replaceNamed(lastSide(loss), 'dataLoss', zero), size, context)
  let component: Extract<Expression, { kind: 'indexed' }> | undefined
  substitute(prior, (node) => {
    if (node.kind === 'indexed' && node.name === name) component ??= node
    return undefined
  })
  if (!component) throw new TypeError(`the prior holds no ${name}`)
  return anyLayer(power(differentiate(prior, component, 2), -1))
}

export const weightVariance = derive(
  'sec-3.random-initialisation',
  { loss: 'eq-6' },
  'inverse of the second derivative of the loss by a weight, without data',
  ({ loss }, context) => priorVariance(loss, 'weight', context),
)
export const biasVariance = derive(
  'sec-3.random-biases',
  { loss: 'eq-6' },
  'inverse of the second derivative of the loss by a bias, without data',
  ({ loss }, context) => priorVariance(loss, 'bias', context),
)

/** Covariance of two linear functions of independent Gaussian variables with given variances. */
const covarianceOf = (
  first: Expression,
  second: Expression,
  variances: ReadonlyMap<string, Expression>,
): Expression => {
  const variables = new Map<string, Extract<Expression, { kind: 'indexed' }>>()
  substitute(first, (node) => {
    if (node.kind === 'indexed' && variances.has(node.name)) variables.set(keyOf(node), node)
    return undefined
  })
  return add(
    ...[...variables.values()].map((v) =>
      multiply(differentiate(first, v), differentiate(second, v), variances.get(v.name)!),
    ),
  )
}

const covariancePremises = {
  definition: 'sec-3.change-of-variables',
  weights: 'sec-3.random-initialisation',
  biases: 'sec-3.random-biases',
} as const

export const covariance =
  (layer: number) =>
  (
    {
      definition,
      weights,
      biases,
    }: { readonly definition: Formula; readonly weights: Formula; readonly biases: Formula },
    context: Parameters<typeof writtenOut>[2],
  ) => {
    const sizes = [1, 2, 3].map((neurons) => ({ lastLayer: layer, neurons, inputs: 2 }))
    const letters = { i: 1, j: 2, l: layer, '\\alpha': 1, '\\beta': 1 }
    const preActivation = (input: number, of: NetworkSize) =>
      writtenOut(lastSide(definition), of, context, { letters: { l: layer, i: input, '\\alpha': 1 } })
    return {
      ...onSmallNetworks(context, {
        describe: 'covariance of the pre-activations of one neuron for two inputs, given the layer before',
        sizes,
        complete: 'neurons occur in a sum of like terms only, so that these sizes decide all',
        variables: [],
        exponent: (of: NetworkSize) => {
          const variances = new Map(
            (
              [
                ['weight', weights],
                ['bias', biases],
              ] as const
            ).map(([name, formula]) => [name, writtenOut(lastSide(formula), of, context, { letters })]),
          )
          return covarianceOf(preActivation(1, of), preActivation(2, of), variances)
        },
      }),
      instantiate: (claimed: Formula, of: NetworkSize) => writtenOut(lastSide(claimed), of, context, { letters }),
    }
  }

export const inputCovariance = derive(
  'sec-3.covariance',
  covariancePremises,
  'the definition of a pre-activation, its weights and biases independent',
  covariance(1),
)
export const firstCovariance = derive(
  'sec-8.1.input-covariance',
  covariancePremises,
  'the same for the first layer, whose inputs are the data',
  covariance(0),
)

// ---- The rank of the covariance over inputs -------------------------------------------------------------------------------

/** Rank of an exact integer matrix, by elimination over the rationals. */
function rank(matrix: readonly (readonly bigint[])[]): number {
  let rows = matrix.map((row) => [...row])
  let found = 0
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.find((row) => row[column] !== 0n)
    if (!pivot) continue
    found += 1
    rows = rows
      .filter((row) => row !== pivot)
      .map((row) => row.map((x, k) => x * pivot[column]! - pivot[k]! * row[column]!))
  }
  return found
}

const rankBound = directCheck('rank of random covariances', 'property', ({ seed }) => {
  let tried = 0
  let reached = 0
  for (let inputs = 1; inputs <= 8; inputs++)
    for (let neurons = 1; neurons <= 8; neurons++)
      for (let trial = 0; trial < 4; trial++) {
        // Integer activations; the covariance times N / sigma_w^2, with N sigma_b^2 / sigma_w^2 = 3.
        const phi = Array.from({ length: inputs }, (_, i) =>
          Array.from({ length: neurons }, (_, n) =>
            BigInt(Math.floor(11 * unitHash(`${seed} ${inputs} ${neurons} ${trial} ${i} ${n}`)) - 5),
          ),
        )
        const covariance = phi.map((a) => phi.map((b) => a.reduce((sum, x, n) => sum + x * b[n]!, 3n)))
        const found = rank(covariance)
        tried += 1
        if (found === neurons + 1) reached += 1
        if (found > neurons + 1)
          return {
            holds: false,
            summary: `rank ${found} with ${neurons} neurons and ${inputs} inputs`,
            witness: {
              at: { neurons: String(neurons), inputs: String(inputs) },
              left: String(neurons + 1),
              right: String(found),
            },
          }
      }
  return {
    holds: true,
    summary: `at most N + 1 for ${tried} random matrices of up to 8 inputs and 8 neurons, exactly; the bound is reached by ${reached} of them`,
    numbers: { tried, reached, seed },
  }
})

// ---- Maximum entropy ---------------------------------------------------------------------------------------------------

const maximumEntropy = directCheck('entropy at a given expected loss', 'property', ({ seed }) => {
  const entropy = (p: readonly number[]) => -p.reduce((sum, x) => sum + x * Math.log(x), 0)
  let tried = 0
  let gain = Number.NEGATIVE_INFINITY
  for (let trial = 0; trial < 60; trial++) {
    const states = 3 + (trial % 6)
    const draw = (name: string, k: number) => 2 * unitHash(`${seed} ${trial} ${name} ${k}`) - 1
    const losses = Array.from({ length: states }, (_, k) => 3 * draw('loss', k))
    const weights = losses.map((x) => Math.exp(-x))
    const total = weights.reduce((a, b) => a + b)
    const p = weights.map((w) => w / total)
    // A change that keeps the sum and the expected loss: orthogonal to (1, …, 1) and to the losses.
    const mean = losses.reduce((a, b) => a + b) / states
    const centred = losses.map((x) => x - mean)
    const square = centred.reduce((sum, x) => sum + x * x, 0)
    const raw = losses.map((_, k) => draw('change', k))
    const average = raw.reduce((a, b) => a + b) / states
    const along = raw.reduce((sum, x, k) => sum + x * centred[k]!, 0) / square
    const change = raw.map((x, k) => x - average - along * centred[k]!)
    const size = 0.5 * Math.min(...p.map((x, k) => x / Math.abs(change[k]! || 1)))
    if (!(Math.max(...change.map(Math.abs)) > 1e-6)) continue
    for (const step of [size, -size, 0.1 * size]) {
      const difference = entropy(p.map((x, k) => x + step * change[k]!)) - entropy(p)
      tried += 1
      gain = Math.max(gain, difference)
      if (!(difference < 0))
        return {
          holds: false,
          summary: `a distribution with the same expected loss has more entropy, by ${difference}`,
          witness: { at: { states: String(states), trial: String(trial) }, left: '0', right: String(difference) },
        }
    }
  }
  return {
    holds: true,
    summary: `less for each of ${tried} other distributions with the same expected loss on 3 to 8 states (nearest: ${gain.toExponential(1)})`,
    numbers: { tried, seed },
  }
})

export const confirmations = [confirm('sec-8.1.rank', rankBound), confirm('sec-3.maximum-entropy', maximumEntropy)]
