/** Section 3 and appendix 8.1 put to networks and numbers. */
import {
  add,
  type CheckInput,
  columnOf,
  confirm,
  contains,
  derive,
  differentiate,
  directCheck,
  type Estimate,
  type Expression,
  expanded,
  type FigureMaterial,
  type Formula,
  figure,
  gaussianExpectation,
  index,
  indexed,
  keyOf,
  lastSide,
  meanEstimate,
  multiply,
  type NetworkSize,
  onPremise,
  power,
  replaceNamed,
  type Series,
  type ShardSummary,
  sampledExpectations,
  sampledExtrapolation,
  scalarValue,
  scaleEstimate,
  substitute,
  substituteLetter,
  symbol,
  unitHash,
  uses,
  varianceEstimate,
  zero,
} from 'corrigenda'
import * as correspondence from './03-exact-correspondence.js'
import { estimatesOf, networksAt } from './linear-networks.js'
import { onSmallNetworks, withCovariance, writtenExponent, writtenOut } from './small-networks.js'

// ---- What the printed exponents say of small networks ------------------------------------------------------------------

/** A network small and short enough that its law's moments are integrals over two norms. */
const small = { width: 10, weightVariance: 0.5, biasVariance: 0.5 } as const
const size = { lastLayer: 1, neurons: 1, inputs: 1 } as const

/**
 * Mean norms of layers 0 and 1 under the weight that a formula claims, for a linear activation and one input of squared
 * norm N: with r^l for every pre-activation's vector, the weight times the volume elements (r^l)^{N-1} dr^l, by the trapezoid
 * rule in log r^l.
 */
function meanNorms(claimed: Formula, covariance: Formula | undefined, input: CheckInput): readonly number[] {
  const { context } = input
  const written = writtenExponent(claimed, size, context)
  const explicit = covariance ? withCovariance(written, covariance, size, context) : written
  const inNorms = substitute(explicit, (node) => {
    if (node.kind === 'transpose') return inNormsOf(node.of)
    return inNormsOf(node)
  })
  const { width, weightVariance, biasVariance } = small
  const exponent = (r: readonly number[]): number =>
    scalarValue(inNorms, {
      r0: r[0]!,
      r1: r[1]!,
      width,
      x: Math.sqrt(width),
      lossStrength: 0,
      weightStandardDeviation: Math.sqrt(weightVariance),
      biasStandardDeviation: Math.sqrt(biasVariance),
    }) +
    width * (Math.log(r[0]!) + Math.log(r[1]!))
  const points = Array.from({ length: 161 }, (_, k) => Math.exp(-1.5 + (6.5 * k) / 160))
  const table = points.map((a) => points.map((b) => exponent([a, b])))
  const largest = Math.max(...table.flat())
  const sums = [0, 0, 0]
  table.forEach((row, i) => {
    row.forEach((value, j) => {
      const p = Math.exp(value - largest)
      sums[0]! += p
      sums[1]! += p * points[i]!
      sums[2]! += p * points[j]!
    })
  })
  return [sums[1]! / sums[0]!, sums[2]! / sums[0]!]
}

/** Vectors by their norms, a linear activation, no loss. */
function inNormsOf(node: Expression): Expression | undefined {
  if (node.kind === 'apply' && node.name === 'activation') {
    const [z] = node.arguments
    return z && (inNormsOf(z) ?? z)
  }
  if (node.kind === 'apply' && node.name === 'sampleLoss') return zero
  if (node.kind !== 'indexed') return undefined
  const layer = node.indices.find((s) => s.slot === 'site')?.index.offset
  if (node.name === 'preActivation') return symbol(`r${layer}`)
  if (node.name === 'layerWidth') return symbol('width')
  return node.name === 'input' ? symbol('x') : undefined
}

const normsOfSmallNetworks = sampledExpectations({
  name: 'norms of sampled networks of two layers',
  stream: 'small-linear',
  finiteWidth: 'both sides at width 10, without approximation',
  cases: (depth) => [
    {
      parameters: { N: small.width, L: 1, '\\sigma_w^2': small.weightVariance, '\\sigma_b^2': small.biasVariance },
      request: {
        ensemble: {
          kind: 'feed-forward',
          activation: 'linear',
          widths: small.width,
          depth: 2,
          weightVariance: small.weightVariance,
          biasVariance: small.biasVariance,
          input: { kind: 'normalised', squaredNorm: small.width },
        },
        // The honest network: every weight and bias drawn.
        level: 'weights',
        observables: [{ kind: 'layers', field: 'norm' }],
        networks: networksAt(depth, 40_000),
      },
      measured: (summary) => estimatesOf(summary, 0),
      predicted: (claimed, input) => meanNorms(claimed, input.premises['covariance'], input),
      label: (k) => `the mean norm of layer ${k}`,
    },
  ],
})

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

const covariance =
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

// ---- Mean field ---------------------------------------------------------------------------------------------------------

export const meanField = derive(
  'sec-3.mean-field',
  { covariance: 'sec-3.covariance' },
  'the covariance of one input with itself, summed over the neurons of the layer, squared activations by their expectation',
  ({ covariance }, context) => {
    const same = substituteLetter(substituteLetter(lastSide(covariance), 'i', index('i')), 'j', index('i'))
    const averaged = substitute(same, (node) => {
      if (node.kind !== 'indexedSum') return undefined
      const single = substitute(node, (part) =>
        part.kind === 'indexed' && part.name === 'preActivation'
          ? { ...part, indices: part.indices.filter((s) => s.slot !== 'input') }
          : undefined,
      )
      return { kind: 'expectation', of: single }
    })
    return multiply(context.read('N_l'), averaged)
  },
)

/** Figure 1's ensembles: tanh, 100 layers. */
const figureOneVariances: readonly number[] = [0.1, 0.45, 0.8, 1.15, 1.5]
const tanhNetwork = (weightVariance: number, widths = 500, depth = 100) => ({
  kind: 'feed-forward' as const,
  activation: 'tanh' as const,
  widths,
  depth,
  weightVariance,
  biasVariance: 0.001,
  input: { kind: 'normalised' as const, squaredNorm: widths },
})

/** Mean squared norm of a layer, from the moments of its norm. */
const squaredNorms = (summary: ShardSummary): readonly Estimate[] => {
  const observable = summary.observables[0]
  if (!observable || !('table' in observable)) throw new TypeError('the layers were not observed')
  return observable.table.mean.map((_, k) => {
    const { value, standardError, count } = meanEstimate(columnOf(observable.table, k))
    const spread = varianceEstimate(columnOf(observable.table, k))
    // E r^2 = (E r)^2 + Var r; the two estimates are all but independent and the second is small.
    return {
      value: value * value + spread.value,
      standardError: Math.hypot(2 * value * standardError, spread.standardError),
      count,
    }
  })
}

const checkedLayers: readonly number[] = [1, 5, 20, 60, 99]

/** The claimed right side with its expectation read as a Gaussian one: the next layer's mean square from this one's. */
function claimedMap(
  claimed: Formula,
  input: Pick<CheckInput, 'context'>,
  weightVariance: number,
): (q: number) => number {
  const right = expanded(claimed, input)
  return (q) => {
    const activation = gaussianExpectation((u) => Math.tanh(u) ** 2, { variance: q }).value
    const width = 1000
    const values = {
      weightStandardDeviation: Math.sqrt(weightVariance),
      biasStandardDeviation: Math.sqrt(0.001),
      width,
      squares: width * activation,
    }
    // In mean field layers are independent and tanh has mean zero: only squares have an expectation.
    const squared = (inside: Expression) =>
      !contains(
        inside,
        (part) =>
          part.kind === 'indexed' &&
          part.name === 'preActivation' &&
          part.indices.some((s) => s.slot === 'site' && s.index.offset !== -1),
      )
    const written = substitute(right, (node) =>
      node.kind === 'expectation'
        ? squared(node.of)
          ? symbol('squares')
          : zero
        : node.kind === 'indexed' && node.name === 'layerWidth'
          ? symbol('width')
          : undefined,
    )
    return scalarValue(written, values) / width
  }
}

/** Mean squared pre-activation of every layer by the claimed recursion, for an input of squared norm N. */
function claimedLengths(
  claimed: Formula,
  input: Pick<CheckInput, 'context'>,
  weightVariance: number,
): readonly number[] {
  const map = claimedMap(claimed, input, weightVariance)
  const lengths = [weightVariance + 0.001]
  while (lengths.length < 100) lengths.push(map(lengths.at(-1)!))
  return lengths
}

const meanFieldNorms = figureOneVariances.map((s) =>
  sampledExtrapolation({
    name: 'mean squared norms of sampled tanh networks, extrapolated in the width',
    stream: `tanh-mean-field/${s}`,
    parameters: { '\\sigma_w^2': s, '\\sigma_b^2': 0.001, L: 100 },
    widths: [125, 250, 500, 1000],
    powers: [0, 1],
    request: (width, depth) => ({
      ensemble: tanhNetwork(s, width),
      level: 'preactivations' as const,
      observables: [{ kind: 'layers' as const, field: 'norm' as const, layers: checkedLayers }],
      networks: networksAt(depth, 240),
    }),
    measured: (summary, width) => squaredNorms(summary).map((e) => scaleEstimate(e, 1 / width)),
    predicted: (claimed, input) => {
      const lengths = claimedLengths(claimed, input, s)
      return checkedLayers.map((l) => lengths[l]!)
    },
    label: (k) => `the mean squared pre-activation of layer ${checkedLayers[k]}`,
  }),
)

export const figureOneTheory = uses(
  'fig-1',
  { meanField: 'sec-3.mean-field' },
  'the mean-field recursion at the weight variances of the figure',
)

/** The figure's own networks: the mean-field line goes through the mean of the samples, and the samples scatter about it. */
const figureOne = figure(
  'fig-1',
  ({ seed }) =>
    figureOneVariances.map((s) => ({
      ensemble: tanhNetwork(s),
      level: 'preactivations',
      observables: [{ kind: 'samples', field: 'norm', count: 3 }],
      networks: 3,
      stream: `figure-1/${s}`,
      seed,
    })),
  (summaries, input) => ({
    panels: [
      {
        x: { label: 'layer l' },
        y: { label: '|z^l|' },
        series: [...figureOneNetworks(summaries), ...figureOneLines(input)],
      },
    ],
  }),
)

const figureOneLayers = Array.from({ length: 100 }, (_, l) => l)

const figureOneNetworks = (summaries: readonly ShardSummary[]): readonly Series[] =>
  figureOneVariances.flatMap((s, k) => {
    const observable = summaries[k]?.observables[0]
    const trajectories = observable?.kind === 'samples' ? observable.trajectories : []
    return trajectories.map(
      (y, t): Series => ({
        name: `σ_w² = ${s}, network ${t + 1}`,
        legend: `networks, σ_w² = ${s}`,
        kind: 'line',
        x: figureOneLayers,
        y,
        color: colours[k]!,
      }),
    )
  })

/** The recursion that the figure rests on, as the paper has it. */
const figureOneLines = ({ premises, context }: FigureMaterial): readonly Series[] =>
  figureOneVariances.map((s) => ({
    name: `σ_w² = ${s}, mean field`,
    legend: 'theory: mean-field recursion, N → ∞',
    kind: 'line',
    x: figureOneLayers,
    y: claimedLengths(premises['meanField']!, { context }, s).map((q) => Math.sqrt(500 * q)),
    dashed: true,
    color: '#111',
  }))

const colours = ['#2166ac', '#67a9cf', '#969696', '#ef8a62', '#b2182b']
export const figures = [figureOne]

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

export const confirmations = [
  confirm(correspondence.multipliersIntegrated, normsOfSmallNetworks),
  confirm(correspondence.mainResultAgain, normsOfSmallNetworks),
  confirm(correspondence.mainResultInText, normsOfSmallNetworks),
  confirm(correspondence.singleInput, normsOfSmallNetworks),
  confirm(correspondence.singleInputInText, normsOfSmallNetworks),
  confirm(meanField, ...meanFieldNorms),
  confirm(figureOneTheory, ...meanFieldNorms.map((check) => onPremise('meanField', check))),
  confirm('sec-8.1.rank', rankBound),
  confirm('sec-3.maximum-entropy', maximumEntropy),
]
