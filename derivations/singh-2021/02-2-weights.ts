/** Section 2.2: the averaged functional, pre-activations as Fourier integrals, averages over weights and biases. */
import {
  add,
  type Context,
  derive,
  differentiate,
  type Expression,
  type Formula,
  type IndexedNode,
  InputError,
  lastSide,
  type MatrixNode,
  multiply,
  type NetworkSize,
  negate,
  substitute,
  subtract,
  zero,
} from 'corrigenda'
import { fourierConstraint, gaussianAverage, logWeight, termsWhere } from 'corrigenda/theory'
import {
  at,
  byNetwork,
  component,
  componentsOf,
  inLetters,
  layerOf,
  logOf,
  neuronsFrom,
  ofTeacher,
  onNetworks,
  orderParameters,
  partIn,
  range,
  stated,
  withDefinitions,
  writtenLog,
  writtenOut,
} from './two-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

export const unperturbed = derive(
  'sec-2.2.unperturbed',
  { perturbation: 'sec-2.2.perturbation' },
  'the student without perturbation',
  ({ perturbation }) =>
    substitute(lastSide(perturbation), (node) =>
      node.kind === 'indexed' && node.name === 'perturbation' ? zero : undefined,
    ),
)

// ---- Pre-activations -----------------------------------------------------------------------------------------------------

/** (2.1) for the student, its input left out. */
const fieldOf = (rule: Formula): Expression => byNetwork(lastSide(rule))

export const fieldRelation = derive(
  'sec-2.2.field-relation',
  { rule: 'eq-2.1' },
  'the rule (2.1) for the student',
  ({ rule }, context) =>
    onNetworks(context, {
      describe: 'the rule (2.1)',
      what: 'the pre-activation',
      derived: (size) => writtenOut(fieldOf(rule), size, context),
      claimed: (formula, size) => writtenOut(lastSide(formula), size, context),
    }),
)

/** What a delta function is one of, as part of what is stated; the sign of it does not matter to the function. */
function deltaArgument(formula: Formula, size: NetworkSize, context: Context): Expression {
  const [delta] = formula.sides
  if (delta?.kind !== 'function' || delta.name !== 'diracDelta')
    throw new InputError('a delta function is expected on the left')
  return stated('made to vanish', writtenOut(delta.arguments[0]!, size, context))
}

/** A delta function as a Fourier integral: what vanishes, and the integral's weight. */
const asFourierIntegral = (
  context: Context,
  describe: string,
  constraint: (size: NetworkSize) => { readonly gap: Expression; readonly weight: Expression },
) =>
  onNetworks(context, {
    describe,
    firstSide: true,
    derived: (size) => {
      const { gap, weight } = constraint(size)
      return add(stated('made to vanish', gap), weight)
    },
    claimed: (formula, size) => add(deltaArgument(formula, size, context), writtenLog(formula, size, context)),
  })

const fieldIntegral = (id: string, whose: (e: Expression) => Expression) =>
  derive(
    id,
    { relation: 'sec-2.2.field-relation' },
    'the definition of the pre-activation enforced, the Fourier integral normalised by carrying it out',
    ({ relation }, context) =>
      asFourierIntegral(context, 'the definition of the pre-activation in the exponent', (size) => {
        const field = whose(component('preActivation', 1, 1)) as IndexedNode
        const gap = subtract(field, whose(writtenOut(lastSide(relation), size, context)))
        const variable = whose(component('auxiliaryField', 1, 1)) as IndexedNode
        // The reader has the delta function's argument as it stands; units are (2 pi).
        return { gap, weight: fourierConstraint(gap, field, variable) }
      }),
  )

export const teacherField = fieldIntegral('sec-2.2.teacher-field', ofTeacher)
export const studentField = fieldIntegral('sec-2.2.student-field', (e) => e)

/** The exponents of both networks' Fourier integrals over all pre-activations. */
export const fieldExponent = (
  { teacher, student }: { readonly teacher: Formula; readonly student: Formula },
  size: NetworkSize,
  context: Context,
): Expression =>
  add(...neuronsFrom(1, size).flatMap((place) => [teacher, student].map((f) => writtenLog(f, size, context, place))))

/** Weights or biases of the student by their definition, component by component. */
const withPerturbation = (
  e: Expression,
  name: string,
  definition: Formula,
  size: NetworkSize,
  context: Context,
): Expression =>
  substitute(e, (node) => {
    if (node.kind !== 'indexed' || node.name !== name) return undefined
    const [i, j] = node.indices.filter((s) => s.slot === 'neuron').map((s) => s.index.offset)
    return writtenOut(lastSide(definition), size, context, {
      l: layerOf(node)!,
      i: i!,
      ...(j === undefined ? {} : { j }),
    })
  })

const weights = ['referenceWeight', 'weightPerturbation'] as const
const biases = ['referenceBias', 'biasPerturbation'] as const

/** The logarithm of the laws of all weights or biases: one unknown function of each. */
const laws = (quantities: readonly IndexedNode[]): Expression =>
  add(...quantities.map((q) => logWeight({ kind: 'apply', name: 'probability', indices: [], arguments: [q] })))

const weightsOf = (names: readonly string[], size: NetworkSize): readonly IndexedNode[] =>
  neuronsFrom(1, size).flatMap(({ l, i }) =>
    range(1, size.neurons ?? 1).flatMap((j) =>
      names.map((name): IndexedNode => {
        const { indices } = component(name, l, i)
        return {
          kind: 'indexed',
          name,
          indices: [indices[0]!, { ...indices[0]!, index: { letter: null, sign: 1, offset: j } }, indices[1]!],
        }
      }),
    ),
  )

const biasesOf = (names: readonly string[], size: NetworkSize): readonly IndexedNode[] =>
  neuronsFrom(1, size).flatMap(({ l, i }) => names.map((name) => component(name, l, i)))

// ---- (2.6) -----------------------------------------------------------------------------------------------------------------

/** The exponent of the sources, whose sum runs over all layers, those of the inputs too: what the functional averages the exponential of. */
export const sourceExponent = (functional: Formula, size: NetworkSize, context: Context): Expression => {
  const average = lastSide(functional)
  const inside = byNetwork(average.kind === 'expectation' ? average.of : average)
  return logOf(inside, { ...size, firstLayer: 0 }, context)
}

/** The law of an activation given weights and the layer before, by its name, for a neuron. */
const conditional = (noise: Formula, { l, i }: { l: number; i: number }, size: NetworkSize, context: Context) => {
  const [law] = noise.sides
  if (law?.kind !== 'apply') throw new InputError('the law of the noise is expected as a conditional probability')
  const names = new Map([
    ['layerWeights', 'referenceLayerWeights'],
    ['layerActivities', 'referenceLayerActivities'],
  ])
  const plain = {
    ...law,
    arguments: law.arguments.map((a) =>
      a.kind === 'apply' ? { kind: 'indexed' as const, name: a.name, indices: a.indices } : a,
    ),
  }
  const student = writtenOut(plain, size, context, { l, i })
  const teacher = substitute(ofTeacher(student), (node) => {
    const name = node.kind === 'indexed' ? names.get(node.name) : undefined
    return name === undefined || node.kind !== 'indexed' ? undefined : { ...node, name }
  })
  return [logWeight(teacher), logWeight(student)]
}

export const averaged = derive(
  'eq-2.6',
  { functional: 'sec-2.2.generating-functional', noise: 'sec-2.2.noise' },
  'the average written out: laws of every weight, bias and activation, and the sources',
  ({ functional, noise }, context) =>
    onNetworks(context, {
      describe: 'laws and sources multiplied',
      derived: (size) =>
        add(
          laws(weightsOf(weights, size)),
          laws(biasesOf(biases, size)),
          ...neuronsFrom(0, size).flatMap((place) => conditional(noise, place, size, context)),
          sourceExponent(functional, size, context),
        ),
    }),
)

// ---- Averages over weights and biases --------------------------------------------------------------------------------------

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

export const biasIntegral = derive(
  'sec-2.2.bias-integral',
  { ...fieldIds, perturbation: 'sec-2.2.bias-perturbation' },
  "the part of the pre-activations' Fourier integrals that the biases enter, with their laws",
  (given, context) =>
    onNetworks(context, {
      describe: 'biases of the Fourier integrals',
      derived: (size) => {
        const part = partIn(fieldExponent(given, size, context), ['bias', 'referenceBias'])
        return add(withPerturbation(part, 'bias', given.perturbation, size, context), laws(biasesOf(biases, size)))
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
        logOf(withDefinitions(lastSide(formula), given.doublet, given.covariance), size, context),
    }),
)
