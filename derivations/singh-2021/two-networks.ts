/** Teacher and student written out for a few layers and neurons, every component by itself; every layer has N neurons. */
import {
  add,
  type Context,
  type Expression,
  type Formula,
  type IndexedNode,
  type IndexSlot,
  type Instances,
  indexedQuantities,
  instantiate,
  keyOf,
  lastSide,
  mapChildren,
  multiply,
  type NetworkSize,
  rewrite,
  sameTree,
  substitute,
  subtract,
  symbol,
  zero,
} from 'corrigenda'
import { integrand, logWeight, withUnknownLogs } from 'corrigenda/theory'

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

const slotAt = (slot: string, k: number): IndexSlot => ({ slot, index: { letter: null, sign: 1, offset: k } })

/** A quantity of a layer: `q_{11}^2`. */
export const at = (name: string, layer: number): IndexedNode => ({
  kind: 'indexed',
  name,
  indices: [slotAt('layer', layer)],
})

/** A quantity of a neuron: `\hat{x}_1^2`. */
export const component = (name: string, layer: number, neuron: number): IndexedNode => ({
  kind: 'indexed',
  name,
  indices: [slotAt('neuron', neuron), slotAt('layer', layer)],
})

/** The layer of a quantity; null where it has none. */
export const layerOf = (e: Expression): number | null => {
  if (e.kind !== 'indexed' && e.kind !== 'apply') return null
  return e.indices.find((s) => s.slot === 'layer')?.index.offset ?? null
}

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
export const ofTeacher = (e: Expression): Expression =>
  substitute(e, (node) => {
    const name = node.kind === 'indexed' ? counterparts.get(node.name) : undefined
    return name === undefined || node.kind !== 'indexed' ? undefined : { ...node, name }
  })

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

/** An unknown function of something: part of what a formula states beside its value. */
export const stated = (what: string, ...args: readonly Expression[]): Expression => ({
  kind: 'apply',
  name: what,
  indices: [],
  arguments: args,
})

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
export const withDefinitions = (e: Expression, ...definitions: readonly Formula[]): Expression =>
  rewrite(
    e,
    definitions
      .map((d) => ({ pattern: d.sides[0]!, replacement: lastSide(d) }))
      .flatMap((d) => [d, { pattern: withoutNeurons(d.pattern), replacement: withoutNeurons(d.replacement) }]),
  )

/** Every component of the named quantities. */
export const componentsOf = (e: Expression, names: readonly string[]): readonly IndexedNode[] => [
  ...new Map(
    indexedQuantities(e)
      .filter((q) => names.includes(q.name))
      .map((q) => [keyOf(q), q]),
  ).values(),
]

/** An expression with the named quantities set to zero. */
export const without = (e: Expression, names: readonly string[]): Expression =>
  substitute(e, (node) => (node.kind === 'indexed' && names.includes(node.name) ? zero : undefined))

/** Part of an expression that depends on the named quantities: what is left when they vanish is taken away. */
export const partIn = (e: Expression, names: readonly string[]): Expression => {
  const terms = e.kind === 'sum' ? e.terms : [e]
  return add(...terms.filter((t) => componentsOf(t, names).length > 0).map((t) => subtract(t, without(t, names))))
}

/** Every neuron of the layers from the given one on. */
export const neuronsFrom = (
  first: number,
  { lastLayer, neurons }: NetworkSize,
): readonly { readonly l: number; readonly i: number }[] =>
  range(first, lastLayer).flatMap((l) => range(1, neurons ?? 1).map((i) => ({ l, i })))

interface Options {
  readonly describe: string
  readonly what?: string
  readonly sizes?: readonly NetworkSize[]
  readonly complete?: string
  readonly everySide?: boolean
  readonly firstSide?: boolean
  /** The derived expression at a size. */
  readonly derived: (size: NetworkSize) => Expression
  /** The claimed one. @defaultValue the logarithm of what the last side integrates */
  readonly claimed?: (claimed: Formula, size: NetworkSize) => Expression
}

/** A derivation on small networks. */
export function onNetworks(context: Context, options: Options): Instances {
  const { describe, what = 'the logarithm of the integrand', derived, claimed } = options
  return {
    kind: 'instances',
    describe,
    what,
    sizes: options.sizes ?? sizes,
    complete: options.complete ?? complete,
    variables: [],
    ...(options.everySide ? { everySide: true } : {}),
    ...(options.firstSide ? { firstSide: true } : {}),
    exponent: (size) => withUnknownLogs(derived(size)),
    instantiate: (formula, size) =>
      withUnknownLogs(claimed ? claimed(formula, size) : writtenLog(formula, size, context)),
  }
}

/** Numbers of layers turned into the letter l: layer 1 is l, the layer before it l - 1. */
export function inLetters(e: Expression): Expression {
  const mapped = mapChildren(e, inLetters)
  if (mapped.kind !== 'indexed' && mapped.kind !== 'apply') return mapped
  const indices = mapped.indices.map((s) =>
    s.slot === 'layer' && s.index.letter === null
      ? { ...s, index: { letter: 'l', sign: 1 as const, offset: s.index.offset - 1 } }
      : s,
  )
  return { ...mapped, indices }
}

/** Quantities of the only neuron as those of a site: without the neuron's number. */
export const withoutNeurons = (e: Expression): Expression => {
  const mapped = mapChildren(e, withoutNeurons)
  if (mapped.kind !== 'indexed' && mapped.kind !== 'apply') return mapped
  return { ...mapped, indices: mapped.indices.filter((s) => s.slot !== 'neuron') }
}

/** The three order parameters: their names, conjugates, definitions, and inputs of the definition. */
export const orderParameters = [
  { name: 'referenceLength', conjugate: 'referenceConjugate', definition: 'length', input: 'firstInput' },
  { name: 'studentLength', conjugate: 'studentConjugate', definition: 'length', input: 'secondInput' },
  { name: 'overlap', conjugate: 'overlapConjugate', definition: 'overlap', input: null },
] as const
