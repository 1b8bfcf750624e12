/** What several sections use: both networks' quantities, laws of vectors by their components, inputs that take few values. */
import {
  add,
  type Context,
  children,
  type Expression,
  type Formula,
  type IndexedNode,
  InputError,
  keyOf,
  lastSide,
  mapChildren,
  multiply,
  type NetworkSize,
  one,
  placed,
  rational,
  renamed,
  substitute,
  zero,
} from 'corrigenda'
import { integrand } from 'corrigenda/theory'
import { at, writtenOut } from './small-networks.js'

/** Both networks' names for the same thing. */
const counterparts: ReadonlyMap<string, string> = new Map([
  ['weight', 'referenceWeight'],
  ['preActivation', 'referencePreActivation'],
  ['auxiliaryField', 'referenceAuxiliaryField'],
  ['activity', 'referenceActivity'],
  ['activityPower', 'referenceActivityPower'],
  ['conjugatePower', 'referenceConjugatePower'],
])

/** A formula of the perturbed network as one of the reference network: variables with a circumflex. */
export const ofReference = (e: Expression): Expression => renamed(e, counterparts)

/** A quantity of one neuron: `\hat{x}_1^2`. */
export const component = (name: string, layer: number, k = 1): IndexedNode => placed(name, { neuron: k, layer })

const vectors: ReadonlyMap<string, readonly [activity: string, field: string]> = new Map([
  ['activities', ['activity', 'preActivation']],
  ['referenceActivities', ['referenceActivity', 'referencePreActivation']],
])

/** `P(\mathbf{s}^l | \mathbf{w}^l, \mathbf{s}^{l-1})` as the product over neurons of `P(s_i^l | h_i^l)`; `P(\mathbf{s}^0)` as that of `P(s_i^0)`. */
export function byComponents(e: Expression): Expression {
  const inner = mapChildren(e, byComponents)
  if (inner.kind !== 'apply' || inner.name !== 'probability') return inner
  const [vector, ...given] = inner.arguments
  const names = vector?.kind === 'indexed' ? vectors.get(vector.name) : undefined
  if (names === undefined || vector?.kind !== 'indexed') return inner
  if (given.some((g) => g.kind === 'indexed' && vectors.has(g.name)) && given.length === 1) return inner
  const [activity, field] = names
  const indices = [{ slot: 'neuron', index: { letter: 'i', sign: 1 as const, offset: 0 } }, ...vector.indices]
  const quantityOf = (name: string): Expression => ({ kind: 'indexed', name, indices })
  const args = given.length === 0 ? [quantityOf(activity)] : [quantityOf(activity), quantityOf(field)]
  const body: Expression = { kind: 'apply', name: 'probability', indices: [], arguments: args }
  return { kind: 'indexedProduct', index: 'i', range: { kind: 'family', family: 'neuron' }, body }
}

/** The equalities of a law of inputs: `\delta_{s, 1}` is an unknown function until both sides have values. */
const equalitiesIn = (e: Expression): readonly Expression[] =>
  e.kind === 'apply' && e.name === 'equality' ? [e] : children(e).flatMap(equalitiesIn)

/** The values that a law of an input gives weight to. */
export function supportOf(law: Expression): readonly Expression[] {
  const values = equalitiesIn(law).flatMap((e) => children(e).filter((side) => side.kind === 'number'))
  if (values.length === 0) throw new InputError('the law of an input names no values')
  return [...new Map(values.map((v) => [keyOf(v), v])).values()]
}

/** Equalities decided once both sides are numbers. */
const decided = (e: Expression): Expression =>
  substitute(e, (node) => {
    if (node.kind !== 'apply' || node.name !== 'equality') return undefined
    const [a, b] = node.arguments
    return a?.kind === 'number' && b?.kind === 'number' ? (keyOf(a) === keyOf(b) ? one : zero) : undefined
  })

/** The law of one input of both networks, and the sum of a function of both inputs over it. */
export interface InputLaw {
  readonly law: Expression
  readonly mean: (f: Expression) => Expression
}

/** A law over the first inputs of both networks, `w(\hat{s}_1^0, s_1^0)`, as a sum over the values that it names. */
export function inputLaw(law: Expression): InputLaw {
  const inputs = [component('referenceActivity', 0), component('activity', 0)]
  const values = supportOf(law)
  const mean = (f: Expression): Expression =>
    add(
      ...values.flatMap((reference) =>
        values.map((perturbed) => {
          const put = new Map([
            [keyOf(inputs[0]!), reference],
            [keyOf(inputs[1]!), perturbed],
          ])
          return decided(substitute(multiply(law, f), put))
        }),
      ),
    )
  return { law, mean }
}

/** The law of equal inputs: that of the reference network's times an equality. */
export function sameInputs(values: Formula, same: Formula, size: NetworkSize, context: Context): InputLaw {
  const single = writtenOut(lastSide(values), { ...size, neurons: 1 }, context)
  const equality = writtenOut(integrand(lastSide(same)), { ...size, neurons: 1 }, context)
  const factors = equality.kind === 'product' ? equality.factors : [equality]
  const equal = factors.filter((f) => f.kind === 'apply' && f.name === 'equality')
  return inputLaw(multiply(single, ...equal))
}

/** What an input contributes to the integrals over order parameters: squares and product of both inputs, by their conjugates. */
export const inputExponent = (): Expression => {
  const [reference, perturbed] = [component('referenceActivity', 0), component('activity', 0)]
  return multiply(
    rational(-1),
    add(
      multiply(at('referenceConjugatePower', 0), reference, reference),
      multiply(at('conjugatePower', 0), perturbed, perturbed),
      multiply(at('conjugateOverlap', 0), reference, perturbed),
    ),
  )
}
