/** Section 3.1: the law of correlated weights, and lengths and overlaps averaged over it. */
import {
  type ApplyNode,
  type Context,
  call,
  derive,
  divide,
  type Expression,
  exp,
  type Formula,
  InputError,
  index,
  indexed,
  integrateGaussian,
  lastSide,
  multiply,
  one,
  rational,
  sameTree,
  scalarValue,
  substitute,
  subtract,
  symbol,
  zero,
} from 'corrigenda'
import type { Derived } from 'corrigenda/audit'
import { gaussianValue } from 'corrigenda/theory'
import { averagedOver, type Laws } from './averages.js'
import { replaced, varianceOf, type Widths, writtenOut } from './signals.js'

/** An entry of the covariance of a row: the identity by `delta`, the matrix of ones by 1. */
const entryOf = (covariance: Formula, delta: Expression): Expression =>
  substitute(lastSide(covariance), (node) => {
    if (node.kind !== 'symbol') return undefined
    return node.name === 'identityMatrix' ? delta : node.name === 'onesMatrix' ? one : undefined
  })

export const weightMoment = derive(
  'sec-3.1.weight-moment',
  { covariance: 'sec-3.1.covariance' },
  'the entry of the covariance matrix',
  ({ covariance }) => entryOf(covariance, call('kroneckerDelta', symbol('j'), symbol('m'))),
)
export const biasMoment = derive(
  'sec-3.1.bias-moment',
  { biases: 'sec-2.1.bias-law' },
  'the variance of the law',
  ({ biases }) => varianceOf(biases),
)

// ---- The law ----------------------------------------------------------------------------------------------------------

const weightOf = (i: Parameters<typeof index>[0], offset: number, j: number, layer = index('l')): Expression =>
  indexed(
    'weight',
    { slot: 'neuron', index: index(i, offset) },
    { slot: 'neuron', index: index(null, j) },
    { slot: 'layer', index: layer },
  )

/** Matrices and vectors of the law by their components. */
const byComponents = (e: Expression, covariance: Formula, { before }: Widths): Expression => {
  const range = Array.from({ length: before }, (_, k) => k + 1)
  return substitute(e, (node) => {
    if (node.kind === 'symbol' && node.name === 'rowCovariance')
      return { kind: 'matrix', rows: range.map((j) => range.map((m) => entryOf(covariance, j === m ? one : zero))) }
    if (node.kind !== 'indexed' || node.name !== 'weightVector') return undefined
    const { letter, offset } = node.indices[0]!.index
    return { kind: 'matrix', rows: range.map((j) => [weightOf(letter, offset, j, node.indices[1]!.index)]) }
  })
}

const lawSizes = [
  { lastLayer: 1, neurons: 1, widths: [1, 1], inputs: 1 },
  { lastLayer: 1, neurons: 2, widths: [2, 1], inputs: 1 },
  { lastLayer: 1, neurons: 2, widths: [1, 2], inputs: 1 },
]
const widthsOf = (widths: readonly number[] | undefined): Widths => ({ before: widths![0]!, own: widths![1]! })

export const law = derive(
  'eq-3.1',
  { covariance: 'sec-3.1.covariance' },
  'rows independent, each a Gaussian law whose second moments are the covariance, with the constant that makes its integral one',
  ({ covariance }, context): Derived => ({
    kind: 'instances',
    describe: 'the normalised Gaussian law of every row',
    what: 'the density',
    sizes: lawSizes,
    complete: null,
    variables: [],
    exponent: (size) => {
      const widths = widthsOf(size.widths)
      const rows = Array.from({ length: widths.own }, (_, i) => {
        const weights = Array.from({ length: widths.before }, (_, j) => weightOf(null, i + 1, j + 1))
        const written = (e: Expression): Expression => writtenOut(e, widths, context)
        const form = byComponents(
          context.read('-\\frac{1}{2} (\\mathbf{w}_i^l)^T A^{-1} \\mathbf{w}_i^l'),
          covariance,
          widths,
        )
        const exponent = writtenOut(form, widths, context, { i: i + 1 })
        return divide(exp(exponent), gaussianValue(integrateGaussian(exponent, weights.map(written))))
      })
      return multiply(...rows)
    },
    instantiate: (claimed, size) => {
      const widths = widthsOf(size.widths)
      return writtenOut(byComponents(lastSide(claimed), covariance, widths), widths, context)
    },
  }),
)

/** Where the covariance is that of some law and its off-diagonal entries have a sign. */
const signedRegion = (covariance: Formula, context: Context, sign: 1 | -1): Derived => {
  const width = 3
  const entries = [one, zero].map((delta) =>
    replaced(entryOf(covariance, delta), context.read('N_{l-1}'), rational(width)),
  )
  return {
    kind: 'region',
    describe: `weights into a neuron have a law, and are ${sign > 0 ? 'positively' : 'negatively'} correlated`,
    contains: (values) => {
      // At k = -1 there is no covariance.
      if (values.get('rowCorrelation') === -1) return false
      const [diagonal, other] = entries.map((entry) => scalarValue(entry, Object.fromEntries(values)))
      // Eigenvalues: of the vector of ones, and of every other.
      const positive = diagonal! + (width - 1) * other! > 0 && diagonal! - other! > 0
      return positive && sign * other! > 0
    },
  }
}
const signMethod = 'signs of the entries off the diagonal, where all eigenvalues are positive'
export const positive = derive(
  'sec-3.1.positive',
  { covariance: 'sec-3.1.covariance' },
  signMethod,
  ({ covariance }, context) => signedRegion(covariance, context, 1),
)
export const negative = derive(
  'sec-3.1.negative',
  { covariance: 'sec-3.1.covariance' },
  signMethod,
  ({ covariance }, context) => signedRegion(covariance, context, -1),
)

/** Signs of the covariance of two weights into a neuron at some strengths, in a row. */
export const strengths = derive(
  'sec-3.2.strengths',
  { covariance: 'sec-3.1.covariance' },
  'signs of the entries off the diagonal',
  ({ covariance }, context) => {
    const entry = replaced(entryOf(covariance, zero), context.read('N_{l-1}'), rational(3))
    const signs = [100, -0.5, 0].map((rowCorrelation) =>
      rational(Math.sign(scalarValue(entry, { weightStandardDeviation: 1, rowCorrelation }))),
    )
    return { kind: 'matrix', rows: [signs] }
  },
)

// ---- Averages ---------------------------------------------------------------------------------------------------------

const premises = {
  rule: 'eq-2.1',
  activation: 'eq-2.1-activation',
  covariance: 'sec-3.1.covariance',
  biases: 'sec-2.1.bias-law',
} as const
const method = 'the rule put into the definition, products of weights and biases by their second moments'

interface Given {
  readonly rule: Formula
  readonly activation: Formula
  readonly covariance: Formula
  readonly biases: Formula
}

const lawsOf = ({ rule, activation, covariance, biases }: Given, context: Context): Laws => ({
  rule,
  activation,
  moments: (widths) => ({
    weights: (j, m) => writtenOut(entryOf(covariance, j === m ? one : zero), widths, context),
    bias: varianceOf(biases),
  }),
})

/** The definition for the one input of this section. */
const forOneInput = (definition: Formula, { read }: Context): Formula => ({
  ...definition,
  sides: definition.sides.map((side) => replaced(side, read('x_a'), read('x'))),
})

export const averagedLength = derive(
  'sec-3.1.averaged-length',
  { definition: 'sec-2.1.length', ...premises },
  method,
  ({ definition, ...given }, context) =>
    averagedOver(forOneInput(definition, context), lawsOf(given, context), context),
)
export const lengthSum = derive(
  'sec-3.1.length-sum',
  { definition: 'sec-2.1.length', ...premises },
  method,
  ({ definition, ...given }, context) =>
    averagedOver(forOneInput(definition, context), lawsOf(given, context), context),
)
export const averagedOverlap = derive(
  'sec-3.1.averaged-overlap',
  { definition: 'sec-2.1.overlap', ...premises },
  method,
  ({ definition, ...given }, context) => averagedOver(definition, lawsOf(given, context), context),
)
export const overlapSum = derive(
  'sec-3.1.overlap-sum',
  { definition: 'sec-2.1.overlap', ...premises },
  method,
  ({ definition, ...given }, context) => averagedOver(definition, lawsOf(given, context), context),
)

/** The two pre-activations whose product is averaged. */
function averagedPair(product: Expression): readonly [ApplyNode, ApplyNode] {
  const found: ApplyNode[] = []
  substitute(product, (node) => {
    if (node.kind === 'apply' && node.name === 'preActivation') found.push(node)
    return undefined
  })
  const [first, second, ...others] = found
  if (first === undefined || second === undefined || others.length > 0)
    throw new InputError('the mean product of two pre-activations is expected')
  return [first, second]
}

/** Whether two pre-activations are those of one neuron of one layer. */
const ofOneNeuron = ([first, second]: readonly [ApplyNode, ApplyNode]): boolean =>
  sameTree({ ...first, arguments: [] }, { ...second, arguments: [] })

export const jointLaw = derive(
  'sec-3.1.joint-law',
  { law: 'eq-3.1', overlap: 'sec-2.1.overlap' },
  'means of products: over one neuron the overlap, which has the same mean for every neuron; over two nothing, as the law is a product over neurons',
  ({ law: ofRows, overlap }): Derived => {
    if (lastSide(ofRows).kind !== 'indexedProduct') throw new InputError('the law is a product over neurons')
    const [name] = overlap.sides
    if (name?.kind !== 'apply' || !ofOneNeuron(averagedPair(lastSide(overlap))))
      throw new InputError('the overlap is a mean over neurons, each with itself')
    const meanOf = (pair: readonly [ApplyNode, ApplyNode]): Expression =>
      ofOneNeuron(pair)
        ? {
            ...name,
            indices: pair[0].indices.filter(({ slot }) => slot === 'layer'),
            arguments: pair.flatMap((field) => field.arguments),
          }
        : zero
    return {
      kind: 'instances',
      describe: 'the mean product by the overlap',
      what: 'the mean product less what it is said to be',
      sizes: [{ lastLayer: 1, neurons: null, inputs: 2 }],
      complete: 'nothing in it depends on a size',
      variables: [],
      firstSide: true,
      exponent: () => zero,
      instantiate: ({ sides }) => {
        const [product, value] = sides
        if (product === undefined || value === undefined)
          throw new InputError('a mean product and its value are expected')
        const mean = substitute(product, (node) =>
          node.kind === 'apply' && node.name === 'expectation' ? meanOf(averagedPair(node)) : undefined,
        )
        return subtract(mean, value)
      },
    }
  },
)
