/** Sections 4 and 4.1: from the density of the output overlap to an integral over order parameters. */
import {
  add,
  type Context,
  call,
  componentsOf,
  derive,
  differentiate,
  type Expression,
  type Formula,
  half,
  type IndexedNode,
  lastSide,
  type MatrixNode,
  multiply,
  type NetworkSize,
  negate,
  partIn,
  placed,
  power,
  rational,
  substitute,
  subtract,
  symbol,
  withDefinitions,
} from 'corrigenda'
import {
  averageOverMixture,
  fourierConstraint,
  gaussianAverage,
  integrand,
  logWeight,
  secondMoment,
  withSecondMoments,
} from 'corrigenda/theory'
import { byComponents, component, ofReference } from './components.js'
import {
  at,
  inLetters,
  layerOf,
  namesSummed,
  onImaginaryAxis,
  onNetworks,
  writtenLog,
  writtenOut,
} from './small-networks.js'

const variance = power(symbol('weightStandardDeviation'), 2)
const allWeights = ['weight', 'referenceWeight', 'weightPerturbation']
const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

/** Layers from 1 to the last, with every neuron. */
export const places = ({ lastLayer, neurons }: NetworkSize): readonly { readonly l: number; readonly i: number }[] =>
  Array.from({ length: lastLayer }, (_, k) => k + 1).flatMap((l) =>
    Array.from({ length: neurons ?? 1 }, (_, k) => ({ l, i: k + 1 })),
  )

// ---- The weights in an exponent ------------------------------------------------------------------------------------------

/** The Fourier weight that enforces the definition (1) of a neuron's field. */
function fieldConstraint(
  definition: Formula,
  size: NetworkSize,
  context: Context,
  l: number,
  i: number,
  reference: boolean,
) {
  const [left, right] = [definition.sides[0]!, lastSide(definition)].map((side) => {
    const written = writtenOut(side, size, context, { l, i })
    return reference ? ofReference(written) : written
  })
  const field = left as IndexedNode
  const variable = component(reference ? 'referenceAuxiliaryField' : 'auxiliaryField', l, i)
  return fourierConstraint(subtract(field, right!), field, variable)
}

export const referenceField = derive(
  'eq-13',
  { definition: 'eq-1' },
  'the definition of the pre-activation enforced, the Fourier integral normalised by carrying it out',
  ({ definition }, context) =>
    onNetworks(context, {
      describe: 'the definition of the pre-activation in the exponent',
      derived: (size) => fieldConstraint(definition, size, context, 1, 1, true),
    }),
)

export const perturbedField = derive(
  'eq-13-perturbed',
  { definition: 'eq-1' },
  'the definition of the pre-activation enforced, the Fourier integral normalised by carrying it out',
  ({ definition }, context) =>
    onNetworks(context, {
      describe: 'the definition of the pre-activation in the exponent',
      derived: (size) => fieldConstraint(definition, size, context, 1, 1, false),
    }),
)

/** The logarithm of the joint law (5), component by component, inputs by their own law. */
export const jointLog = (law: Formula, inputs: Formula, size: NetworkSize, context: Context): Expression => {
  const joint = withDefinitions(lastSide(law), inputs)
  return logWeight(writtenOut(byComponents(joint), size, context))
}

/** What an average of a delta function is the average of. */
const deltaOf = (formula: Formula): Expression => {
  const average = formula.sides[1]!
  return average.kind === 'expectation' ? average.of : average
}

export const linearInWeights = derive(
  'eq-14',
  {
    density: 'eq-12',
    law: 'eq-5',
    inputs: 'sec-2.same-input',
    reference: 'eq-13',
    perturbed: 'eq-13-perturbed',
  },
  'the joint law with the definition of every pre-activation as a Fourier integral, and the delta function of the overlap',
  ({ density, law, inputs, reference, perturbed }, context) =>
    onNetworks(context, {
      describe: 'law, Fourier integrals and delta function multiplied',
      derived: (size) =>
        add(
          jointLog(law, inputs, size, context),
          logWeight(writtenOut(deltaOf(density), size, context)),
          namesSummed(lastSide(density)),
          ...places(size).flatMap((place) => [
            writtenLog(reference, size, context, place),
            writtenLog(perturbed, size, context, place),
          ]),
        ),
      claimed: (formula, size) =>
        add(
          logWeight(integrand(writtenOut(byComponents(lastSide(formula)), size, context))),
          namesSummed(lastSide(formula)),
        ),
    }),
)

/** The part of (14)'s exponent that the weights enter, with the perturbed weights written by their definition. */
const weightPart = (weight: Formula, rotation: Formula | null, size: NetworkSize, context: Context): Expression => {
  const part = partIn(writtenLog(weight, size, context), allWeights)
  if (rotation === null) return part
  return substitute(part, (node) => {
    if (node.kind !== 'indexed' || node.name !== 'weight') return undefined
    const [i, j] = node.indices.filter((s) => s.slot === 'neuron').map((s) => s.index.offset)
    return writtenOut(lastSide(rotation), size, context, { l: layerOf(node)!, i: i!, j: j! })
  })
}

export const rotated = derive(
  'eq-17',
  { weight: 'eq-14', rotation: 'eq-6' },
  'Gaussian integrals over the weights and their perturbations',
  ({ weight, rotation }, context) =>
    onNetworks(context, {
      describe: 'weights integrated out, each with its perturbation',
      derived: (size) => {
        const part = weightPart(weight, rotation, size, context)
        return gaussianAverage(part, componentsOf(part, allWeights), variance)
      },
    }),
)

export const dilutedVariance = derive(
  'sec-4.diluted-variance',
  { law: 'eq-15' },
  'second moment of the mixture, the kept weight Gaussian',
  ({ law }, context) => {
    const mixture = writtenOut(lastSide(law), single, context)
    const weight = placed('weight', { neuron: [1, 1], layer: 1 })
    const reference: IndexedNode = { ...weight, name: 'referenceWeight' }
    return inLetters(secondMoment(averageOverMixture(power(weight, 2), weight, mixture), [reference], variance))
  },
)

export const binarisedVariance = derive(
  'sec-4.binarised-variance',
  { binary: 'eq-16' },
  'the square of either value',
  ({ binary }) => {
    const values = [1, -1].map((sign) =>
      power(
        substitute(lastSide(binary), (node) =>
          node.kind === 'function' && node.name === 'sign' ? rational(sign) : undefined,
        ),
        2,
      ),
    )
    return multiply(half, add(...values))
  },
)

// ---- Order parameters ------------------------------------------------------------------------------------------------------

/** The Fourier weight that enforces the definition of an order parameter, in units of the layer's width. */
const orderConstraint = (
  definition: Formula,
  conjugate: string,
  size: NetworkSize,
  context: Context,
  l: number,
): Expression => {
  const quantity = writtenOut(definition.sides[0]!, size, context, { l }) as IndexedNode
  const constraint = subtract(quantity, writtenOut(lastSide(definition), size, context, { l }))
  const width = at('layerWidth', l)
  return onImaginaryAxis(fourierConstraint(multiply(width, constraint), quantity, at(conjugate, l)))
}

const orderParameter = (id: string, definition: string, conjugate: string) =>
  derive(
    id,
    { definition },
    'the definition of the order parameter enforced, the Fourier integral normalised',
    (given, context) =>
      onNetworks(context, {
        describe: 'the definition of the order parameter in the exponent',
        derived: (size) => orderConstraint(given.definition, conjugate, size, context, 1),
      }),
  )

export const referencePower = orderParameter('eq-18', 'sec-4.reference-power', 'referenceFourierPower')
export const perturbedPower = orderParameter('eq-18-perturbed', 'sec-4.power', 'fourierPower')
export const overlap = orderParameter('eq-18-overlap', 'sec-3.overlap', 'fourierOverlap')

export const outputConstraint = derive(
  'eq-19',
  { overlap: 'sec-3.overlap' },
  'the definition of the output overlap enforced, the Fourier integral normalised',
  ({ overlap: definition }, context) =>
    onNetworks(context, {
      describe: 'the definition of the overlap in the exponent',
      derived: (size) => orderConstraint(definition, 'fourierOverlap', size, context, size.lastLayer),
    }),
)

const auxiliary = [component('referenceAuxiliaryField', 1), component('auxiliaryField', 1)]
const inputsOfLayer = [component('referenceActivity', 0), component('activity', 0)]
const moments: readonly (readonly string[])[] = [
  ['referenceActivityPower', 'overlap'],
  ['overlap', 'activityPower'],
]

/** The covariance of the fields of layer 1 from an average over weights: second cumulants, order parameters put in. */
export function covarianceOf(average: Formula, context: Context): MatrixNode {
  const exponent = writtenLog(average, single, context)
  // One neuron stands for all N of the layer before: its squares and products are N times their means.
  const contracted = withSecondMoments(exponent, inputsOfLayer, (row, column) =>
    multiply(at('layerWidth', 0), at(moments[row]![column]!, 0)),
  )
  return {
    kind: 'matrix',
    rows: auxiliary.map((x) => auxiliary.map((y) => negate(differentiate(differentiate(contracted, x), y)))),
  }
}

const cumulants = 'second cumulants of the fields: second derivatives of the logarithm by the Fourier variables'
const covariance = (id: string, average: string) =>
  derive(id, { average }, cumulants, (given, context) => inLetters(covarianceOf(given.average, context)))

export const rotatedCovariance = covariance('eq-20', 'eq-17')
export const dilutedCovariance = covariance('eq-27', 'eq-26')
export const binarisedCovariance = covariance('eq-29', 'eq-28')

/** The correlation coefficient of weights: the fields' covariance in units of the weight variance and the overlap. */
const weightCorrelation = (matrix: Expression, context: Context): Expression => {
  const written = writtenOut(matrix, single, context)
  const entry = written.kind === 'matrix' ? written.rows[0]![1]! : written
  return differentiate(multiply(entry, power(variance, -1)), at('overlap', 0))
}

export const dilutionAngle = derive(
  'sec-4.2.dilution-angle',
  { covariance: 'eq-27' },
  'the angle whose cosine is the correlation coefficient of the weights',
  ({ covariance: matrix }, context) =>
    inLetters(call('asin', power(subtract(rational(1), power(weightCorrelation(lastSide(matrix), context), 2)), half))),
)

export const binarisationAngle = derive(
  'sec-4.2.binarisation-angle',
  { covariance: 'eq-29' },
  'the angle whose cosine is the correlation coefficient of the weights',
  ({ covariance: matrix }, context) => inLetters(call('acos', weightCorrelation(lastSide(matrix), context))),
)
