/** Teacher and student written out for a few layers and neurons, every component by itself; every layer has N neurons. */
import {
  type Context,
  type Expression,
  type Formula,
  type IndexedNode,
  type Instances,
  indexedQuantities,
  instantiate,
  lastSide,
  logsOnNetworks,
  mapChildren,
  mapSides,
  multiply,
  type NetworkLogs,
  type NetworkSize,
  placed,
  placeOf,
  renamed,
  sameTree,
  stated,
  substitute,
  symbol,
  withDefinitions,
  withLetter,
  withoutSlot,
} from 'corrigenda'
import { integrand, logWeight } from 'corrigenda/theory'

/** A size, with the layer at which products over all layers begin. */
export interface Size extends NetworkSize {
  /** @defaultValue 1 */
  readonly firstLayer?: number
}

/** One neuron in one layer. */
export const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

/** Sizes at which integrands are compared: one neuron, two neurons, two layers. */
export const sizes: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 1, inputs: 1 },
  { lastLayer: 1, neurons: 2, inputs: 1 },
  { lastLayer: 2, neurons: 1, inputs: 1 },
]
/** Sizes with several neurons, where integrals over one site are raised to their number. */
export const severalNeurons: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 2, inputs: 1 },
  { lastLayer: 1, neurons: 3, inputs: 1 },
  { lastLayer: 2, neurons: 2, inputs: 1 },
]
export const complete =
  'every term holds at most two neighbouring layers and two neurons, so that these sizes decide all'

export const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k)

/** A quantity of a layer: `q_{11}^2`. */
export const at = (name: string, layer: number): IndexedNode => placed(name, { layer })

/** A quantity of a neuron: `\hat{x}_1^2`. */
export const component = (name: string, layer: number, neuron: number): IndexedNode => placed(name, { neuron, layer })

/** The layer of a quantity; null where it has none. */
export const layerOf = (e: Expression): number | null => placeOf(e, 'layer')

/** Student's names and the teacher's for the same thing. */
const counterparts: ReadonlyMap<string, string> = new Map([
  ['weight', 'referenceWeight'],
  ['bias', 'referenceBias'],
  ['preActivation', 'referencePreActivation'],
  ['activity', 'referenceActivity'],
  ['auxiliaryField', 'referenceAuxiliaryField'],
  ['source', 'referenceSource'],
])

/** A formula of the student as one of the teacher: variables with a circumflex. */
export const ofTeacher = (e: Expression): Expression => renamed(e, counterparts)

/** Activations and pre-activations for an input by the networks that the input goes through: `s_i^l(x_1)` is the teacher's. */
export const byNetwork = (e: Expression): Expression => {
  const inner = mapChildren(e, byNetwork)
  if (inner.kind !== 'apply' || inner.arguments.length !== 1) return inner
  const name = inner.name
  if (!['activity', 'preActivation', 'referenceActivity', 'referencePreActivation'].includes(name)) return inner
  const [input] = inner.arguments
  const quantity: Expression = { kind: 'indexed', name, indices: inner.indices }
  if (input?.kind === 'symbol' && input.name === 'firstInput') return ofTeacher(quantity)
  // The teacher's activation for the student's input is neither's.
  return name.startsWith('reference') ? inner : quantity
}

/** Widths by the one width; integrals that run over a quantity that their integrand does not hold are marked. */
function prepared(e: Expression): Expression {
  const inner = mapChildren(e, prepared)
  if (inner.kind === 'indexed' && inner.name === 'layerWidth') return symbol('width')
  if (inner.kind !== 'measureIntegral') return inner
  const held = indexedQuantities(inner.body)
  const stray = inner.measures.filter((m) => !held.some((quantity) => sameTree(quantity, m)))
  return stray.length === 0 ? inner : { ...inner, body: multiply(inner.body, stated('integrated in vain', ...stray)) }
}

/** An expression over explicit components; free letters are the first layer and neuron unless others are given. */
export function writtenOut(
  e: Expression,
  { firstLayer = 1, lastLayer, neurons }: Size,
  { notation }: Context,
  letters: Readonly<Record<string, number>> = {},
): Expression {
  const width = neurons ?? 1
  return instantiate(prepared(e), {
    notation,
    families: new Map([
      ['layer', range(firstLayer, lastLayer)],
      ['neuron', range(1, width)],
    ]),
    values: new Map(Object.entries({ depth: lastLayer, L: lastLayer, width, N: width, l: 1, i: 1, j: 1, ...letters })),
  })
}

/** The logarithm of what an expression integrates, over explicit components. */
export const logOf = (
  e: Expression,
  size: Size,
  context: Context,
  letters: Readonly<Record<string, number>> = {},
): Expression => logWeight(integrand(writtenOut(e, size, context, letters)))

/** The logarithm of what a formula's last side integrates. */
export const writtenLog = (
  formula: Formula,
  size: Size,
  context: Context,
  letters: Readonly<Record<string, number>> = {},
): Expression => logOf(lastSide(formula), size, context, letters)

/** Names of everything that an expression integrates over, as part of what it states. */
export function integratedOver(e: Expression): Expression {
  const names = new Set<string>()
  substitute(e, (node) => {
    if (node.kind === 'measureIntegral') for (const m of node.measures) if ('name' in m) names.add(m.name)
    return undefined
  })
  return stated('integrated over', ...[...names].sort().map((name) => symbol(name)))
}

/** Definitions put in for the quantities that they define, whatever their indices; for quantities of a neuron, of a site too. */
export const withSiteDefinitions = (e: Expression, ...definitions: readonly Formula[]): Expression =>
  withDefinitions(e, ...definitions.flatMap((d) => [d, mapSides(d, withoutNeurons)]))

/** Every neuron of the layers from the given one on. */
export const neuronsFrom = (
  first: number,
  { lastLayer, neurons }: NetworkSize,
): readonly { readonly l: number; readonly i: number }[] =>
  range(first, lastLayer).flatMap((l) => range(1, neurons ?? 1).map((i) => ({ l, i })))

type Options = Omit<NetworkLogs, 'sizes' | 'complete' | 'claimed'> & Partial<NetworkLogs>

/** A derivation on small networks; what is claimed is the logarithm of what the last side integrates, unless it is said. */
export const onNetworks = (context: Context, options: Options): Instances =>
  logsOnNetworks({ sizes, complete, claimed: (formula, size) => writtenLog(formula, size, context), ...options })

/** Numbers of layers turned into the letter l: layer 1 is l, the layer before it l - 1. */
export const inLetters = (e: Expression): Expression => withLetter(e, 'layer', 'l')

/** Quantities of the only neuron as those of a site: without the neuron's number. */
export const withoutNeurons = (e: Expression): Expression => withoutSlot(e, 'neuron')

/** The three order parameters: their names, conjugates, definitions, and inputs of the definition. */
export const orderParameters = [
  { name: 'referenceLength', conjugate: 'referenceConjugate', definition: 'length', input: 'firstInput' },
  { name: 'studentLength', conjugate: 'studentConjugate', definition: 'length', input: 'secondInput' },
  { name: 'overlap', conjugate: 'overlapConjugate', definition: 'overlap', input: null },
] as const
