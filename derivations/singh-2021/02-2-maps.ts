/** Section 2.2: maps of the activations, and what they have in common with those of section 2.1. */
import {
  add,
  type Context,
  derive,
  differentiate,
  divide,
  type Expression,
  type Formula,
  freeSymbols,
  InputError,
  lastSide,
  multiply,
  one,
  power,
  squareRoot,
  substitute,
  subtract,
  symbol,
} from 'corrigenda'
import { type FieldFunction, meanIntegral } from 'corrigenda/theory'
import { range } from './two-networks.js'

const normals = [symbol('firstNormal'), symbol('secondNormal')] as const

/** The entries of the covariance in the notation of the maps: order parameters by their names as functions of the inputs. */
function entriesOf(covariance: Formula, inputs: readonly [string, string], { read }: Context) {
  const names: ReadonlyMap<string, Expression> = new Map([
    ['referenceLength', read(`q_s^{l-1}(${inputs[0]})`)],
    ['studentLength', read(`q_s^{l-1}(${inputs[1]})`)],
    ['overlap', read('q_s^{l-1}(x_1, x_2)')],
  ])
  const matrix = lastSide(covariance)
  if (matrix.kind !== 'matrix') throw new InputError('the covariance is no matrix')
  return matrix.rows.map((row) =>
    row.map((entry) => substitute(entry, (node) => (node.kind === 'indexed' ? names.get(node.name) : undefined))),
  )
}

const fields = ['referencePreActivation', 'preActivation']

/** The functions of both fields that an integral holds beside their density. */
function functionsOf(formula: Formula): readonly FieldFunction[] {
  const integral = lastSide(formula)
  if (integral.kind !== 'measureIntegral') throw new InputError('an integral over both fields is expected')
  const factors = integral.body.kind === 'product' ? integral.body.factors : [integral.body]
  return factors.flatMap((factor) => {
    const [of, times] =
      factor.kind === 'power' && factor.exponent.kind === 'number'
        ? [factor.base, Number(factor.exponent.numerator)]
        : [factor, 1]
    const [argument] = of.kind === 'apply' ? of.arguments : []
    if (of.kind !== 'apply' || of.name !== 'activation' || argument?.kind !== 'indexed') return []
    const field = fields.indexOf(argument.name)
    return range(1, times).map(() => ({ name: of.name, indices: of.indices, order: 0, field }))
  })
}

export const lengthMap = derive(
  'sec-2.2.length-map',
  { equation: 'sec-2.2.teacher-noiseless', covariance: 'sec-2.2.covariance' },
  'the mean over one field, in units of its standard deviation',
  ({ equation, covariance }, context) => {
    const [[variance]] = entriesOf(covariance, ['x', 'x'], context) as [[Expression]]
    const [z] = [symbol('z')]
    return meanIntegral({ functions: functionsOf(equation), covariance: [[variance]] }, [z])
  },
)

/** Variances of both fields and their correlation coefficient, which has a name of its own. */
function pairOf(covariance: Formula, context: Context) {
  const rows = entriesOf(covariance, ['x_1', 'x_2'], context)
  const [first, second] = [rows[0]![0]!, rows[1]![1]!]
  const cross = multiply(context.read('\\hat{c}_s^{l-1}(x_1, x_2)'), squareRoot(first), squareRoot(second))
  return [
    [first, cross],
    [cross, second],
  ]
}

export const overlapMap = derive(
  'sec-2.2.overlap-map',
  { equation: 'sec-2.2.overlap-noiseless', covariance: 'sec-2.2.covariance' },
  'the mean over both fields, written in standard normal variables',
  ({ equation, covariance }, context) =>
    meanIntegral({ functions: functionsOf(equation), covariance: pairOf(covariance, context) }, normals),
)

export const firstField = derive(
  'sec-2.2.overlap-map-first',
  { covariance: 'sec-2.2.covariance' },
  "the field by Cholesky's factor of the covariance",
  ({ covariance }, context) => {
    const [[variance]] = pairOf(covariance, context) as [[Expression]]
    return multiply(squareRoot(variance), normals[0])
  },
)

/** What stands before the normal variable in the first field: its standard deviation. */
function deviationOf(first: Formula): Expression {
  const deviation = differentiate(lastSide(first), normals[0])
  if (freeSymbols(deviation).has('firstNormal'))
    throw new InputError('the first field is a multiple of its normal variable')
  return deviation
}

export const secondField = derive(
  'sec-2.2.overlap-map-second',
  { covariance: 'sec-2.2.covariance', first: 'sec-2.2.overlap-map-first' },
  'a field of the correlation that the covariance has with the first, and of the standard deviation that this has, for the other input',
  ({ covariance, first }, context) => {
    const [[variance, cross], [, other]] = pairOf(covariance, context) as [
      [Expression, Expression],
      [Expression, Expression],
    ]
    const coefficient = divide(cross, multiply(squareRoot(variance), squareRoot(other)))
    const deviation = substitute(deviationOf(first), (node) =>
      node.kind === 'symbol' && node.name === 'firstInput' ? symbol('secondInput') : undefined,
    )
    const unit = add(
      multiply(coefficient, normals[0]),
      multiply(squareRoot(subtract(one, power(coefficient, 2))), normals[1]),
    )
    return multiply(deviation, unit)
  },
)

export const correlation = derive(
  'sec-2.2.perturbed-correlation',
  { covariance: 'sec-2.2.covariance' },
  'the covariance over the root of both variances, lengths at their fixed point',
  ({ covariance }, { read }) => {
    const matrix = lastSide(covariance)
    if (matrix.kind !== 'matrix') throw new InputError('the covariance is no matrix')
    const stationary = read('q^*')
    const [[first, cross], [, second]] = matrix.rows.map((row) =>
      row.map((entry) =>
        substitute(entry, (node) =>
          node.kind === 'indexed' && (node.name === 'referenceLength' || node.name === 'studentLength')
            ? stationary
            : undefined,
        ),
      ),
    ) as [[Expression, Expression], [Expression, Expression]]
    return divide(cross, multiply(squareRoot(first), squareRoot(second)))
  },
)
