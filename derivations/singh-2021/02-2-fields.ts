/** Section 2.2: the averaged functional, and pre-activations as Fourier integrals. */
import {
  add,
  type Context,
  derive,
  type Expression,
  type Formula,
  type IndexedNode,
  InputError,
  lastSide,
  type NetworkSize,
  stated,
  substitute,
  subtract,
  zero,
} from 'corrigenda'
import { fourierConstraint, logWeight } from 'corrigenda/theory'
import {
  byNetwork,
  component,
  layerOf,
  logOf,
  neuronsFrom,
  ofTeacher,
  onNetworks,
  range,
  writtenLog,
  writtenOut,
} from './two-networks.js'

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
export const asFourierIntegral = (
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
export const withPerturbation = (
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

export const weights = ['referenceWeight', 'weightPerturbation'] as const
export const biases = ['referenceBias', 'biasPerturbation'] as const

/** The logarithm of the laws of all weights or biases: one unknown function of each. */
export const laws = (quantities: readonly IndexedNode[]): Expression =>
  add(...quantities.map((q) => logWeight({ kind: 'apply', name: 'probability', indices: [], arguments: [q] })))

export const weightsOf = (names: readonly string[], size: NetworkSize): readonly IndexedNode[] =>
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

export const biasesOf = (names: readonly string[], size: NetworkSize): readonly IndexedNode[] =>
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
