/**
 * Weights of appendix 8.1 written out for small networks: a few layers, neurons and inputs, every component by itself, so
 * that integrals over weights, biases and multipliers can be carried out in closed form.
 */
import {
  type Context,
  type Expression,
  exponentOf,
  type Formula,
  type IndexedNode,
  type IndexSlot,
  InputError,
  type Instances,
  instantiate,
  lastSide,
  type NetworkSize,
  rational,
  substitute,
  zero,
} from 'corrigenda'

/** Sizes at which exponents that are polynomials in the components are compared. */
export const polynomialSizes: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 1, inputs: 2 },
  { lastLayer: 2, neurons: 1, inputs: 1 },
  { lastLayer: 1, neurons: 2, inputs: 1 },
]

/** Why those sizes decide all: pairs of layers, of neurons and of inputs are all that a term can hold. */
export const polynomialComplete =
  'every term holds at most two layers, two neurons or two inputs, so that these sizes decide all'

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, k) => from + k)

const member = (indices: readonly IndexSlot[], slot: string): number | undefined =>
  indices.find((s) => s.slot === slot)?.index.offset

/** Slots of a quantity in the order neuron, input, site; with one input the input's slot is left out. */
function ordered(name: string, indices: readonly IndexSlot[], inputs: number): IndexedNode {
  const order = ['neuron', 'input', 'site']
  const kept = indices.filter((s) => !(inputs === 1 && s.slot === 'input' && name !== 'inputCovariance'))
  const sorted = [...kept].sort((a, b) => order.indexOf(a.slot) - order.indexOf(b.slot))
  // A covariance is symmetric: its entries are written with the lower input first.
  const [first, second] = sorted
  if (name === 'inputCovariance' && first && second && first.index.offset > second.index.offset)
    return { kind: 'indexed', name, indices: [second, first, ...sorted.slice(2)] }
  return { kind: 'indexed', name, indices: sorted }
}

const entriesOf: ReadonlyMap<string, string> = new Map([
  ['preActivationVector', 'preActivation'],
  ['multiplierVector', 'multiplier'],
])

/** Whether a component belongs to a neuron that a narrower layer does not have, or is an activation of one. */
function isMissing(node: Expression, { widths }: NetworkSize): boolean {
  if (!widths) return false
  if (node.kind === 'apply')
    return node.arguments.some(
      (z) => z.kind === 'indexed' && isMissing(z, { lastLayer: 0, neurons: 0, inputs: 0, widths }),
    )
  if (node.kind !== 'indexed' || !['preActivation', 'multiplier'].includes(entriesOf.get(node.name) ?? node.name))
    return false
  const [layer, neuron] = [member(node.indices, 'site'), member(node.indices, 'neuron')]
  return layer !== undefined && neuron !== undefined && neuron > (widths[layer] ?? Number.POSITIVE_INFINITY)
}

/**
 * One way of writing for what the paper writes in several: vectors over inputs by their components, the input of the
 * network for phi^0(z^{-1}), widths as numbers where `widths` says so.
 */
function canonical(e: Expression, size: NetworkSize, widths: boolean): Expression {
  return substitute(e, (node) => {
    if (isMissing(node, size)) return zero
    if (node.kind === 'apply' && node.name === 'activation' && member(node.indices, 'site') === 0) {
      const [z] = node.arguments
      if (z?.kind === 'indexed' && member(z.indices, 'site') === -1)
        return ordered(
          'input',
          z.indices.filter((s) => s.slot !== 'site'),
          size.inputs,
        )
    }
    if (node.kind === 'symbol' && node.name === 'target') return ordered('target', [], size.inputs)
    if (node.kind !== 'indexed') return undefined
    const layer = member(node.indices, 'site')
    if (node.name === 'layerWidth' && widths && size.neurons !== null && layer !== undefined && layer <= size.lastLayer)
      return rational(size.widths?.[layer] ?? size.neurons)
    if (node.name === 'layerWidth' || node.name === 'weight') return undefined
    return ordered(entriesOf.get(node.name) ?? node.name, node.indices, size.inputs)
  })
}

/** An expression over explicit components. */
export function writtenOut(
  e: Expression,
  size: NetworkSize,
  { notation }: Context,
  {
    widths = false,
    letters = {},
  }: { readonly widths?: boolean; readonly letters?: Readonly<Record<string, number>> } = {},
): Expression {
  const inputs = range(1, size.inputs)
  const out = instantiate(e, {
    notation,
    families: new Map([
      ['site', range(0, size.lastLayer)],
      ['neuron', range(1, size.neurons ?? 1)],
      ['input', inputs],
    ]),
    sets: new Map([['dataSet', inputs]]),
    values: new Map([['depth', size.lastLayer], ['L', size.lastLayer], ...Object.entries(letters)]),
  })
  return canonical(out, size, widths)
}

/** The exponent of the weight that a formula integrates, over explicit components. */
export function writtenExponent(formula: Formula, size: NetworkSize, context: Context, widths = false): Expression {
  const integral = lastSide(formula)
  const exponent = exponentOf(integral.kind === 'measureIntegral' ? integral.body : integral)
  if (exponent === null) throw new InputError('the weight is no exponential')
  return writtenOut(exponent, size, context, { widths })
}

/** The covariance over inputs written as what it is defined to be, entry by entry. */
export function withCovariance(
  e: Expression,
  covariance: Formula,
  size: NetworkSize,
  context: Context,
  widths = false,
): Expression {
  return substitute(e, (node) => {
    if (node.kind !== 'indexed' || node.name !== 'inputCovariance') return undefined
    const [i, j] = node.indices.filter((s) => s.slot === 'input').map((s) => s.index.offset)
    const l = member(node.indices, 'site')
    if (i === undefined || j === undefined || l === undefined) return undefined
    return writtenOut(lastSide(covariance), size, context, { widths, letters: { i, j, l } })
  })
}

interface Options {
  readonly describe: string
  readonly sizes?: readonly NetworkSize[]
  readonly complete?: string | null
  /** Whether N_l is the number of neurons, and not a symbol. */
  readonly widths?: boolean
  /** What the covariance over inputs is; without it its entries stay symbols. */
  readonly covariance?: Formula
  /** Quantities that the weight is a weight of; exponents count up to terms free of them. */
  readonly variables?: readonly string[]
  readonly exponent: (size: NetworkSize) => Expression
}

/** A derivation on small networks. */
export function onSmallNetworks(context: Context, options: Options): Instances {
  const {
    describe,
    exponent,
    sizes = polynomialSizes,
    complete = polynomialComplete,
    widths = false,
    covariance,
  } = options
  return {
    kind: 'instances',
    describe,
    sizes,
    complete,
    variables: options.variables ?? ['weight', 'bias', 'preActivation', 'multiplier'],
    exponent,
    instantiate: (claimed, size) => {
      const written = writtenExponent(claimed, size, context, widths)
      return covariance ? withCovariance(written, covariance, size, context, widths) : written
    },
  }
}
