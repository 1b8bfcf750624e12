/** Appendix A: the maps of length and overlap of RAI, given the layer before. */
import {
  add,
  type Context,
  call,
  confirm,
  derive,
  divide,
  type Expression,
  type Formula,
  InputError,
  index,
  lastSide,
  minusOne,
  multiply,
  one,
  power,
  printedNumber,
  squareRoot,
  substitute,
  symbol,
  zero,
} from 'corrigenda'
import { type IndexedSumNode, lawAverage } from 'corrigenda/expression'
import { approximateCorrelation, named } from './asymmetric-quantities.js'

const width = symbol('width')
/** The letter of the node that the special weight of neuron j comes from. */
export const specialNode = 'k_j^{l-1}'

/** The sum in an expression, and what stands before it. */
export function sumIn(e: Expression): { readonly sum: IndexedSumNode; readonly coefficient: Expression } {
  let sum: IndexedSumNode | null = null
  const coefficient = substitute(e, (node) => {
    if (node.kind !== 'indexedSum') return undefined
    sum ??= node
    return one
  })
  if (sum === null) throw new TypeError('there is no sum')
  return { sum, coefficient }
}

/** A mean over variables with the laws that the notation declares. */
export function mean(e: Expression, { notation, read }: Context, ...variables: readonly string[]): Expression {
  const lawful = variables.map((latex) => {
    const declared = notation.laws?.find(({ of }) => of === latex)
    const variable = read(latex)
    if (declared === undefined || variable.kind !== 'symbol') throw new TypeError(`${latex} has no law`)
    return { variable: variable.name, law: declared.law }
  })
  return lawAverage(e, lawful)
}

/** A mean over the node that is chosen, each of 0 to N as likely. */
const overNodes = (e: Expression): Expression => ({
  kind: 'indexedSum',
  index: specialNode,
  range: { kind: 'interval', from: zero, to: width },
  body: divide(e, add(width, one)),
})

/** An expression for one of two inputs. */
export const forInput = (e: Expression, input: 'firstInput' | 'secondInput'): Expression =>
  substitute(e, (node) => (node.kind === 'symbol' && node.name === 'x' ? symbol(input) : undefined))

// ---- Definitions ----------------------------------------------------------------------------------------------------------

export const weightLaw = derive(
  'sec-A.weight-law',
  { program: 'sec-D.variance' },
  "the variance of an entry of the program's matrix with independent weights, at a width of N",
  ({ program }) => lastSide(program),
)

export const remainingOverlap = derive(
  'sec-A.remaining-overlap',
  { overlap: 'sec-A.overlap' },
  'the overlap without the node that the special weight of neuron j comes from, over one node less',
  ({ overlap }) => {
    const { sum } = sumIn(lastSide(overlap))
    if (typeof sum.index !== 'string') throw new TypeError('the overlap is a sum over nodes')
    const others = add(one, multiply(minusOne, call('kroneckerDelta', symbol(sum.index), symbol('k_j^l'))))
    return divide({ ...sum, body: multiply(others, sum.body) }, width)
  },
)

export const remainingCorrelation = derive(
  'sec-A.remaining-correlation',
  { correlation: 'sec-A.correlation' },
  'the correlation with overlaps without the node that the special weight of neuron j comes from',
  ({ correlation }) =>
    substitute(lastSide(correlation), (node) =>
      node.kind === 'apply' && node.name === 'activityOverlap'
        ? {
            ...node,
            name: 'remainingOverlap',
            indices: [{ slot: 'neuron', index: index('k_j^l', 0, -1) }, ...node.indices],
          }
        : undefined,
    ),
)

// ---- The length -------------------------------------------------------------------------------------------------------------

/** What the sum of squares over the nodes left is in terms of their overlap, by its definition. */
const sumOfRest = (overlap: Formula, latex: string, { read }: Context): Expression =>
  divide(read(latex), sumIn(lastSide(overlap)).coefficient)

export const field = derive(
  'sec-A.1.field',
  { variance: 'sec-A.weight-law', overlap: 'sec-A.remaining-overlap' },
  'N independent normal weights add up to one normal variable, of their variance times the sum of squares; the special weight has its own node',
  ({ variance, overlap }, context) =>
    add(
      multiply(
        squareRoot(multiply(lastSide(variance), sumOfRest(overlap, 'q_{-k_j^{l-1}}^{l-1}(x)', context))),
        context.read('z'),
      ),
      multiply(context.read('s_{k_j^{l-1}}^{l-1}(x)'), context.read('u')),
    ),
)

const activated = (e: Expression): Expression => ({ kind: 'apply', name: 'activation', indices: [], arguments: [e] })

export const square = derive(
  'sec-A.1.square',
  { field: 'sec-A.1.field' },
  'the activation of the field, squared',
  ({ field: h }) => power(activated(lastSide(h)), 2),
)

export const average = derive(
  'sec-A.1.average',
  { square: 'sec-A.1.square' },
  'its mean over the node of the special weight, the special weight and the normal part',
  ({ square: s }, context) => overNodes(mean(lastSide(s), context, 'z', 'u')),
)

/** 1/(N+1) (1 + sum over j of a mean), as the overlap's definition has it with the fictitious node's one. */
function overNeurons(overlap: Formula, node: Formula, of: Expression): Expression {
  const { coefficient } = sumIn(lastSide(overlap))
  const row = lastSide(node)
  if (row.kind !== 'matrix') throw new TypeError('the activations are a row')
  const fictitious = row.rows[0]![0]!
  const others: Expression = {
    kind: 'indexedSum',
    index: 'j',
    range: { kind: 'interval', from: one, to: width },
    body: of,
  }
  return multiply(coefficient, add(power(fictitious, 2), others))
}

export const lengthMap = derive(
  'eq-A.1',
  { overlap: 'sec-A.overlap', node: 'sec-A.fictitious-node', average: 'sec-A.1.average' },
  'the mean square of all activations: one of the fictitious node, the mean of the square for every neuron',
  ({ overlap, node, average: of }) => overNeurons(overlap, node, lastSide(of)),
)

// ---- The overlap ------------------------------------------------------------------------------------------------------------

/** Both inputs' fields: normal parts by Cholesky of their correlation, one special weight for both. */
function fieldsOf(h: Formula, context: Context): readonly [Expression, Expression] {
  const { read } = context
  const c = read('c_{-k_j^{l-1}}^{l-1}(x_1, x_2)')
  const [first, second] = [read('z_1'), read('z_2')]
  const other = add(multiply(c, first), multiply(squareRoot(add(one, multiply(minusOne, power(c, 2)))), second))
  const withNormal = (e: Expression, normal: Expression): Expression =>
    substitute(e, (node) => (node.kind === 'symbol' && node.name === 'z' ? normal : undefined))
  return [
    withNormal(forInput(lastSide(h), 'firstInput'), first),
    withNormal(forInput(lastSide(h), 'secondInput'), other),
  ]
}

const pairMethod =
  'both activations with normal parts by Cholesky of their correlation; means and sums as for one input'
const pairPremises = { overlap: 'sec-A.overlap', node: 'sec-A.fictitious-node', field: 'sec-A.1.field' } as const

const pairMap = (overlap: Formula, node: Formula, h: Formula, context: Context): Expression => {
  const [first, second] = fieldsOf(h, context)
  return overNeurons(
    overlap,
    node,
    overNodes(mean(multiply(activated(first), activated(second)), context, 'z_1', 'z_2', 'u')),
  )
}

export const covarianceMap = derive('eq-A.2', pairPremises, pairMethod, ({ overlap, node, field: h }, context) =>
  pairMap(overlap, node, h, context),
)
export const rewritten = derive('sec-A.2.rewritten', pairPremises, pairMethod, ({ overlap, node, field: h }, context) =>
  pairMap(overlap, node, h, context),
)
export const firstArgument = derive(
  'sec-A.2.first-argument',
  { field: 'sec-A.1.field' },
  'the field of the first input',
  ({ field: h }, context) => fieldsOf(h, context)[0],
)
export const secondArgument = derive(
  'sec-A.2.second-argument',
  { field: 'sec-A.1.field' },
  'the field of the second input, by Cholesky of the correlation of the layer before',
  ({ field: h }, context) => fieldsOf(h, context)[1],
)

export const covariance = derive(
  'sec-A.2.covariance',
  { variance: 'sec-A.weight-law', overlap: 'sec-A.remaining-overlap' },
  'covariance of the sums of normal weights for both inputs over sigma_w^2, named by the node that they leave out',
  ({ variance, overlap }, context) => {
    const entry = (inputs: string): Expression =>
      divide(
        multiply(lastSide(variance), sumOfRest(overlap, `q_{-k_j^{l-1}}^{l-1}(${inputs})`, context)),
        context.read('\\sigma_w^2'),
      )
    // Entries told apart by marks: a sum that says as much as the matrix, and as much as a multiple of it.
    const asSum = (e: Expression): Expression =>
      substitute(e, (node) =>
        node.kind === 'matrix'
          ? add(...node.rows.flatMap((row, a) => row.map((of, b) => multiply(symbol(`entry ${a + 1}${b + 1}`), of))))
          : undefined,
      )
    const stated = (name: Expression, matrix: Expression): Expression =>
      add(multiply(symbol('the name'), name), asSum(matrix))
    const derived = stated(context.read(`\\Sigma_{${specialNode}}^{l-1}(x_1, x_2)`), {
      kind: 'matrix',
      rows: [
        [entry('x_1'), entry('x_1, x_2')],
        [entry('x_1, x_2'), entry('x_2')],
      ],
    })
    return {
      kind: 'instances',
      describe: 'the name that says which node is left out, and entry by entry',
      what: 'the covariance with its name',
      sizes: [{ lastLayer: 1, neurons: null, inputs: 2 }],
      complete: 'nothing in it depends on a size',
      variables: [],
      firstSide: true,
      exponent: () => derived,
      instantiate: ({ sides }) => {
        const [name, matrix] = sides
        if (name === undefined || matrix === undefined) throw new InputError('a matrix with a name is expected')
        return stated(name, matrix)
      },
    }
  },
)

/** Whatever the closure: equal fields have equal activations. */
export const equalInputs = printedNumber({
  name: 'correlation one layer after equal inputs',
  readings: [named('by the approximate map', () => approximateCorrelation(1, 0.36))],
  beside: [named('after inputs of correlation 0.99', () => approximateCorrelation(0.99, 0.36))],
})

export const confirmations = [confirm('sec-A.2.equal-inputs', equalInputs)]
