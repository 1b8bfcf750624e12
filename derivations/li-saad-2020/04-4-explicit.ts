/** Section 4.4: the potentials of sign and ReLU networks in closed form, their saddle points, and the typical solution. */
import {
  add,
  type Context,
  componentsOf,
  derive,
  differentiate,
  divide,
  type Expression,
  type Formula,
  type IndexedNode,
  lastSide,
  multiply,
  type NetworkSize,
  substitute,
  symbol,
  withDefinitions,
  zero,
} from 'corrigenda'
import { branch, isolate, logWeight, quadrantForms, saddleValue, stationarity, termsWhere } from 'corrigenda/theory'
import { neuronPair } from './03-typical.js'
import {
  carriedOut,
  factor,
  matrices,
  noiseless,
  symbolicCovariance,
  withEntries,
  withInputs,
  withNamed,
} from './closed-forms.js'
import { inputExponent, sameInputs } from './components.js'
import { measureAt, measureIds, siteVariables } from './sites.js'
import { at, completeInDepth, depths, inLetters, onNetworks, writtenOut } from './small-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

const powers = ['activityPower', 'referenceActivityPower']

// ---- Sign networks -----------------------------------------------------------------------------------------------------------

export const signPower = derive(
  'sec-4.4.sign-power',
  { activation: 'sec-2.sign' },
  'the square of either output',
  ({ activation }, context) =>
    onNetworks(context, {
      describe: 'squares of the outputs',
      what: 'the mean square',
      sizes: [single],
      complete: 'every neuron has one of two outputs',
      everySide: true,
      derived: () => squareOfOutputs(activation),
      // Each side that is named is the mean square of its own network's outputs.
      claimed: (formula, size) =>
        withNamed(writtenOut(lastSide(formula), size, context), powers, squareOfOutputs(activation)),
    }),
)

const squareOfOutputs = (activation: Formula): Expression => {
  const values = [1, -1].map((sign) => quadrantOutput(activation, sign as 1 | -1))
  const [first, second] = values.map((v) => multiply(v, v))
  return divide(add(first!, second!), { kind: 'number', numerator: 2n, denominator: 1n })
}

const quadrantOutput = (activation: Formula, sign: 1 | -1): Expression => branch(lastSide(activation), 'x', sign)

const signIds = { potential: 'eq-30', activation: 'sec-2.sign', power: 'sec-4.4.sign-power', ...measureIds } as const

export const signPotential = derive(
  'eq-38',
  signIds,
  'sites of (30) summed over both outputs and integrated over the fields, quadrant by quadrant, at mean square one',
  (given, context) =>
    onNetworks(context, {
      describe: 'integrals over the fields of every site carried out',
      what: 'the potential',
      sizes: depths.slice(0, 2),
      complete: completeInDepth,
      derived: (size) =>
        withNamed(
          carriedOut(given.potential, given, () => given.activation, size, context, 'sine'),
          powers,
          lastSide(given.power),
        ),
      claimed: (formula, size) => writtenOut(lastSide(formula), size, context),
    }),
)

const atDepth = (potential: Formula, lastLayer: number, context: Context): Expression =>
  writtenOut(lastSide(potential), { ...single, lastLayer }, context)

export const signInput = derive(
  'eq-39',
  { potential: 'eq-38' },
  'the derivative of (38) by the conjugate of the input overlap set to zero and solved',
  ({ potential }, context) => saddleValue(atDepth(potential, 1, context), at('conjugateOverlap', 0), at('overlap', 0)),
)

export const signOverlap = derive(
  'eq-40',
  { potential: 'eq-38' },
  'the derivative of (38) by the conjugate of the overlap set to zero and solved',
  ({ potential }, context) =>
    inLetters(saddleValue(atDepth(potential, 2, context), at('conjugateOverlap', 1), at('overlap', 1))),
)

export const signConjugate = derive(
  'eq-41',
  { potential: 'eq-38' },
  'the derivative of (38) by the overlap set to zero and solved',
  ({ potential }, context) =>
    inLetters(saddleValue(atDepth(potential, 2, context), at('overlap', 0), at('conjugateOverlap', 0))),
)

// ---- ReLU networks -----------------------------------------------------------------------------------------------------------

const rectifiedIds = {
  potential: 'eq-30',
  rectifier: 'sec-2.rectifier',
  sign: 'sec-2.sign',
  same: 'sec-2.same-input',
  values: 'sec-4.input-law',
  vector: 'sec-4.field-vector',
  hidden: 'eq-31',
  output: 'eq-32',
  both: 'eq-43',
  perturbed: 'eq-43-perturbed',
  reference: 'eq-43-reference',
} as const

export const rectifiedPotential = derive(
  'eq-42',
  rectifiedIds,
  'sites of (30) with rectified outputs (sign outputs in the last layer) integrated over the fields, quadrant by quadrant; inputs summed',
  (given, context) => {
    const covariance = symbolicCovariance()
    const definitions = [given.both, given.perturbed, given.reference]
    const matrixAt = matrices(definitions, covariance, context)
    return onNetworks(context, {
      describe: 'integrals over the fields of every site carried out',
      what: 'the potential',
      sizes: depths.slice(0, 2),
      complete: completeInDepth,
      derived: (size) => {
        const activationAt = (layer: number): Formula => (layer === size.lastLayer ? given.sign : given.rectifier)
        const law = sameInputs(given.values, given.same, single, context)
        return withInputs(
          carriedOut(given.potential, { ...given, covariance }, activationAt, size, context, 'tangent'),
          logWeight(law.mean({ kind: 'function', name: 'exp', arguments: [inputExponent()] })),
        )
      },
      claimed: (formula, size) =>
        withEntries(
          writtenOut(withDefinitions(lastSide(formula), ...definitions, covariance), size, context),
          matrixAt,
        ),
    })
  },
)

/** The quadratic form of the fields on the quadrant with the given signs. */
const formOf = (id: string, signs: readonly [1 | -1, 1 | -1]) =>
  derive(
    id,
    { hidden: 'eq-31', vector: 'sec-4.field-vector', activation: 'sec-2.rectifier' },
    'minus the second derivatives of the logarithm of the measure by the fields, outputs put in',
    (given, context) => {
      const covariance = symbolicCovariance()
      const parts = { covariance, vector: given.vector }
      const exponent = noiseless(measureAt(given.hidden, parts, 1, context))
      const own = termsWhere(
        exponent,
        (term) =>
          componentsOf(
            term,
            siteVariables(1).map((v) => v.name),
          ).length > 0,
      )
      const found = quadrantForms(own, neuronPair(given.activation)).find(
        ({ quadrant }) => quadrant[0] === signs[0] && quadrant[1] === signs[1],
      )!
      const vectors = ['u', 'w'].map((name) => [1, 2].map((k) => symbol(`${name}${k}`)))
      const bilinear = (rows: readonly (readonly Expression[])[]): Expression =>
        add(...rows.flatMap((row, i) => row.map((x, j) => multiply(vectors[0]![i]!, vectors[1]![j]!, x))))
      return onNetworks(context, {
        describe: 'second derivatives of the logarithm of the measure on the quadrant',
        what: 'the quadratic form',
        sizes: [{ lastLayer: 2, neurons: 1, inputs: 1 }],
        complete: 'the form holds one layer',
        derived: () => bilinear(found.matrix),
        claimed: (formula, size) => {
          const written = writtenOut(withDefinitions(lastSide(formula), covariance), size, context)
          if (written.kind !== 'matrix') throw new TypeError('the formula is no matrix')
          return bilinear(written.rows)
        },
      })
    },
  )

export const bothActive = formOf('eq-43', [1, 1])
export const perturbedActive = formOf('eq-43-perturbed', [-1, 1])
export const referenceActive = formOf('eq-43-reference', [1, -1])

// ---- The typical solution ------------------------------------------------------------------------------------------------------

const conjugates: readonly (readonly [string, string])[] = [
  ['overlap', 'conjugateOverlap'],
  ['activityPower', 'conjugatePower'],
  ['referenceActivityPower', 'referenceConjugatePower'],
]

/**
 * The conjugates at the typical solution: the overlap of the output is free, so that its conjugate is where the potential's derivative
 * by it vanishes; every layer before follows from the one behind it. Returns the first layer's, with those found put in.
 */
function typicalConjugate(potential: Expression, names: typeof conjugates, lastLayer: number): Expression {
  const output = isolate(stationarity(potential, at('overlap', lastLayer)), at('conjugateOverlap', lastLayer))
  const known = new Map<string, Expression>([[JSON.stringify(at('conjugateOverlap', lastLayer)), output]])
  const put = (e: Expression): Expression =>
    substitute(e, (node) => (node.kind === 'indexed' ? known.get(JSON.stringify(node)) : undefined))
  for (let layer = lastLayer - 1; layer >= 0; layer--)
    for (const [order, conjugate] of names)
      known.set(
        JSON.stringify(at(conjugate, layer)),
        put(saddleValue(potential, at(order, layer), at(conjugate, layer))),
      )
  // All of them vanish together where the sum of their squares does.
  return add(...[...known.values()].map((value) => multiply(value, value)))
}

export const signTypical = derive(
  'sec-4.3.conjugates-sign',
  { potential: 'eq-38' },
  'the derivative of (38) by a free output overlap set to zero, and by the overlaps of the layers before, from the last to the first',
  ({ potential }, context) =>
    onNetworks(context, {
      describe: 'the conjugates of all layers from the last to the first',
      what: 'the sum of the squares of the conjugates',
      sizes: depths,
      complete: completeInDepth,
      derived: (size) =>
        typicalConjugate(atDepth(potential, size.lastLayer, context), conjugates.slice(0, 1), size.lastLayer),
      claimed: (formula, size) => writtenOut(lastSide(formula), size, context),
    }),
)

/** Everything that the conjugates of one layer are. */
const conjugateNames = conjugates.map(([, conjugate]) => conjugate)

export const rectifiedTypical = derive(
  'sec-4.3.conjugates-rectifier',
  { potential: 'eq-42', both: 'eq-43', perturbed: 'eq-43-perturbed', reference: 'eq-43-reference' },
  'the derivative of (42) by a free output overlap set to zero; where conjugates vanish, the potential depends on no covariance, so that those of the layer before vanish',
  (given, context) => {
    const covariance = symbolicCovariance()
    const definitions = [given.both, given.perturbed, given.reference]
    return onNetworks(context, {
      describe: 'derivatives of the potential by the covariances of all layers where the conjugates vanish',
      what: 'the sum of the squares of what the conjugates are made of',
      sizes: depths.slice(0, 2),
      complete: completeInDepth,
      derived: (size) => {
        const body = withDefinitions(lastSide(given.potential), ...definitions, covariance)
        const potential = withEntries(writtenOut(body, size, context), matrices(definitions, covariance, context))
        const output = at('conjugateOverlap', size.lastLayer)
        const free = isolate(stationarity(potential, at('overlap', size.lastLayer)), output)
        const slopes = depths.slice(0, size.lastLayer).flatMap(({ lastLayer: layer }) =>
          factor.map((entry) => {
            const variable = writtenOut(entry, size, context, { l: layer }) as IndexedNode
            return withNamed(differentiate(potential, variable), conjugateNames, zero)
          }),
        )
        return add(...[free, ...slopes].map((value) => multiply(value, value)))
      },
      claimed: (formula, size) => writtenOut(lastSide(formula), size, context),
    })
  },
)
