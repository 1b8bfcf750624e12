/** Section 2.2: averages over weights and biases, and order parameters. */
import {
  add,
  type Context,
  componentsOf,
  derive,
  differentiate,
  type Expression,
  type Formula,
  InputError,
  lastSide,
  type MatrixNode,
  multiply,
  type NetworkSize,
  negate,
  partIn,
  stated,
  substitute,
  subtract,
} from 'corrigenda'
import { fourierConstraint, gaussianAverage, logWeight, termsWhere } from 'corrigenda/theory'
import {
  asFourierIntegral,
  biases,
  biasesOf,
  fieldExponent,
  laws,
  weights,
  weightsOf,
  withPerturbation,
} from './02-2-fields.js'
import {
  at,
  byNetwork,
  component,
  inLetters,
  layerOf,
  logOf,
  onNetworks,
  orderParameters,
  single,
  withSiteDefinitions,
  writtenLog,
  writtenOut,
} from './two-networks.js'

const fieldIds = { teacher: 'sec-2.2.teacher-field', student: 'sec-2.2.student-field' } as const

export const weightIntegral = derive(
  'sec-2.2.weight-integral',
  { ...fieldIds, perturbation: 'sec-2.2.perturbation' },
  "the part of the pre-activations' Fourier integrals that the weights enter, with their laws",
  (given, context) =>
    onNetworks(context, {
      describe: 'weights of the Fourier integrals',
      derived: (size) => {
        const part = partIn(fieldExponent(given, size, context), ['weight', 'referenceWeight'])
        return add(withPerturbation(part, 'weight', given.perturbation, size, context), laws(weightsOf(weights, size)))
      },
    }),
)

const biasNames = new Map([
  ['weight', 'bias'],
  ['referenceWeight', 'referenceBias'],
])

/** What the weights' part integrates over without holding it, as the biases' part then does. */
function integratedInVain(weightsPart: Formula, size: NetworkSize, context: Context): Expression {
  const names = new Set<string>()
  substitute(writtenLog(weightsPart, single, context), (node) => {
    if (node.kind === 'apply' && node.name === 'log integrated in vain')
      for (const variable of node.arguments) if (variable.kind === 'indexed') names.add(variable.name)
    return undefined
  })
  const own = [...names].flatMap((name) => biasNames.get(name) ?? [])
  return add(...biasesOf(own, size).map((variable) => logWeight(stated('integrated in vain', variable))))
}

export const biasIntegral = derive(
  'sec-2.2.bias-integral',
  { ...fieldIds, perturbation: 'sec-2.2.bias-perturbation', weights: 'sec-2.2.weight-integral' },
  "the part of the pre-activations' Fourier integrals that the biases enter, with their laws, integrated as the weights' part is",
  (given, context) =>
    onNetworks(context, {
      describe: 'biases of the Fourier integrals',
      derived: (size) => {
        const part = partIn(fieldExponent(given, size, context), ['bias', 'referenceBias'])
        return add(
          withPerturbation(part, 'bias', given.perturbation, size, context),
          laws(biasesOf(biases, size)),
          integratedInVain(given.weights, size, context),
        )
      },
    }),
)

/** The variance of a law `w \sim \mathcal{N}(0, v)`. */
const varianceOf = (law: Formula, size: NetworkSize, context: Context): Expression => {
  const normal = writtenOut(lastSide(law), size, context)
  const variance = normal.kind === 'apply' ? normal.arguments[1] : undefined
  if (variance === undefined) throw new InputError('a normal law has a mean and a variance')
  return variance
}

const isLaw = (e: Expression): boolean => e.kind === 'apply' && e.name === 'log probability'

/** A Gaussian average over everything that an integral's laws are laws of. */
const gaussianIntegral = (id: string, integral: string, law: string, names: readonly string[]) =>
  derive(
    id,
    { integral, law },
    'Gaussian integrals, the perturbations with the law of what they perturb',
    (given, context) =>
      onNetworks(context, {
        describe: 'every weight or bias integrated out with its perturbation',
        derived: (size) => {
          const exponent = termsWhere(writtenLog(given.integral, size, context), (term) => !isLaw(term))
          return gaussianAverage(exponent, componentsOf(exponent, names), varianceOf(given.law, size, context))
        },
      }),
  )

export const weightAverage = gaussianIntegral(
  'sec-2.2.weight-average',
  'sec-2.2.weight-integral',
  'sec-2.2.weight-law',
  weights,
)
export const biasAverage = gaussianIntegral('sec-2.2.bias-average', 'sec-2.2.bias-integral', 'sec-2.2.bias-law', biases)

// ---- Order parameters ------------------------------------------------------------------------------------------------------

/** What an order parameter is defined to be, component by component: the mean square or product of activations. */
const definitionOf = (
  definition: Formula,
  input: 'firstInput' | 'secondInput' | null,
  size: NetworkSize,
  context: Context,
  l: number,
): Expression => {
  const ofInput = substitute(lastSide(definition), (node) =>
    node.kind === 'symbol' && node.name === 'someInput' && input !== null ? { ...node, name: input } : undefined,
  )
  return writtenOut(byNetwork(ofInput), size, context, { l })
}

const orderIntegral = (id: string, k: number) => {
  const { name, conjugate, definition, input } = orderParameters[k]!
  return derive(
    id,
    { definition: `sec-2.2.${definition}` },
    'the definition of the order parameter enforced, the Fourier integral normalised',
    (given, context) =>
      asFourierIntegral(context, 'the definition of the order parameter in the exponent', (size) => {
        const quantity = at(name, 1)
        const gap = subtract(quantity, definitionOf(given.definition, input, size, context, 1))
        const width = writtenOut(context.read('N'), size, context)
        return { gap, weight: fourierConstraint(multiply(width, gap), quantity, at(conjugate, 1)) }
      }),
  )
}

export const teacherLength = orderIntegral('sec-2.2.teacher-length', 0)
export const studentLength = orderIntegral('sec-2.2.student-length', 1)
export const pairOverlap = orderIntegral('sec-2.2.pair-overlap', 2)

export const ordered = derive(
  'sec-2.2.weight-average-ordered',
  { average: 'sec-2.2.weight-average', length: 'sec-2.2.length', overlap: 'sec-2.2.overlap' },
  'means of squares and products by the order parameters that they define',
  (given, context) =>
    onNetworks(context, {
      describe: 'the average over the weights',
      derived: (size) => writtenLog(given.average, size, context),
      claimed: (formula, size) =>
        substitute(writtenLog(formula, size, context), (node) => {
          const known = node.kind === 'indexed' ? orderParameters.find(({ name }) => name === node.name) : undefined
          return known && definitionOf(given[known.definition], known.input, size, context, layerOf(node)!)
        }),
    }),
)

export const combined = derive(
  'sec-2.2.combined',
  { weights: 'sec-2.2.weight-average-ordered', biases: 'sec-2.2.bias-average' },
  'both averages multiplied',
  (given, context) =>
    onNetworks(context, {
      describe: 'both averages multiplied',
      derived: (size) => add(writtenLog(given.weights, size, context), writtenLog(given.biases, size, context)),
    }),
)

/** The covariance of both pre-activations of layer 1: second cumulants, minus the second derivatives by the Fourier variables. */
const covarianceOf = (average: Formula, context: Context): MatrixNode => {
  const exponent = writtenLog(average, single, context)
  const auxiliary = [component('referenceAuxiliaryField', 1, 1), component('auxiliaryField', 1, 1)]
  return {
    kind: 'matrix',
    rows: auxiliary.map((x) => auxiliary.map((y) => negate(differentiate(differentiate(exponent, x), y)))),
  }
}

export const covariance = derive(
  'sec-2.2.covariance',
  { average: 'sec-2.2.combined' },
  'second cumulants of the pre-activations: second derivatives of the logarithm by the Fourier variables',
  ({ average }, context) => inLetters(covarianceOf(average, context)),
)

export const quadraticForm = derive(
  'sec-2.2.quadratic-form',
  { average: 'sec-2.2.combined', doublet: 'sec-2.2.auxiliary-doublet', covariance: 'sec-2.2.covariance' },
  'the exponent as a quadratic form of the doublet',
  (given, context) =>
    onNetworks(context, {
      describe: 'the average over weights and biases',
      derived: (size) => writtenLog(given.average, size, context),
      claimed: (formula, size) =>
        logOf(withSiteDefinitions(lastSide(formula), given.doublet, given.covariance), size, context),
    }),
)
