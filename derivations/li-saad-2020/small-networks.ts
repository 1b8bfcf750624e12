/**
 * Formulas of both networks written out for a few layers and neurons, every component by itself. Widths stay symbols, so that
 * what is of order 1/N can be told; the neurons that are summed over are one or two a layer.
 */
import {
  add,
  type Context,
  type Expression,
  type Formula,
  type IndexedNode,
  type Instances,
  imaginaryUnit,
  index,
  indexedQuantities,
  instantiate,
  keyOf,
  lastSide,
  logsOnNetworks,
  mapChildren,
  multiply,
  type NetworkLogs,
  type NetworkSize,
  negate,
  placed,
  placeOf,
  stated,
  substitute,
  withLetter,
  zero,
} from 'corrigenda'
import { integrand, logWeight } from 'corrigenda/theory'

/** Sizes at which weights are compared. */
export const sizes: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 1, inputs: 1 },
  { lastLayer: 1, neurons: 2, inputs: 1 },
  { lastLayer: 2, neurons: 1, inputs: 1 },
]
/** Sizes with several patterns. */
export const patternSizes: readonly NetworkSize[] = [
  { lastLayer: 1, neurons: 2, inputs: 1 },
  { lastLayer: 1, neurons: 1, inputs: 2 },
  { lastLayer: 2, neurons: 1, inputs: 1 },
]
export const complete =
  'every term holds at most two neighbouring layers, two neurons or two patterns, so that these sizes decide all'

/** Depths at which potentials are compared: output layer alone, with one hidden layer, with two. */
export const depths: readonly NetworkSize[] = [1, 2, 3].map((lastLayer) => ({ lastLayer, neurons: 1, inputs: 1 }))
export const completeInDepth = 'every term holds at most two neighbouring layers, so that these depths decide all'

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, k) => from + k)

/** A quantity of a layer: `q^l` at layer 2. */
export const at = (name: string, layer: number): IndexedNode => placed(name, { layer })

/** The layer of a quantity; null where it has none. */
export const layerOf = (e: Expression): number | null => placeOf(e, 'layer')

const place = (e: IndexedNode, slot: string): string | null => {
  const found = e.indices.filter((s) => s.slot === slot)
  return found.length === 1 ? JSON.stringify(found[0]!.index) : null
}

/** Whether the neurons that a letter counts are those of the layer whose width bounds it; true where nothing tells. */
function isWidthOf(letter: string, width: IndexedNode, body: Expression): boolean {
  const own = indexedQuantities(body).filter((q) => place(q, 'neuron') === JSON.stringify(index(letter)))
  return own.length === 0 || own.some((q) => place(q, 'layer') === place(width, 'layer'))
}

/** Before indices get numbers: sums up to a width run over the neurons, equalities and fields get names. */
function prepared(e: Expression): Expression {
  const inner = mapChildren(e, prepared)
  if ((inner.kind === 'indexedSum' || inner.kind === 'indexedProduct') && inner.range.kind === 'interval') {
    const { to } = inner.range
    if (to.kind !== 'indexed' || typeof inner.index !== 'string') return inner
    const fits = to.name === 'layerWidth' && isWidthOf(inner.index, to, inner.body)
    const body = fits ? inner.body : multiply(inner.body, stated('sum up to another number', to))
    return { ...inner, body, range: { kind: 'family', family: 'neuron' } }
  }
  if (inner.kind === 'measureIntegral') {
    const stray = inner.measures.filter((m) => isStray(m, inner.body))
    return stray.length === 0 ? inner : { ...inner, body: multiply(inner.body, stated('integrated in vain', ...stray)) }
  }
  // `h_i^l(w, s)` is the field `h_i^l`.
  if (inner.kind === 'apply' && (inner.name === 'preActivation' || inner.name === 'referencePreActivation'))
    return { kind: 'indexed', name: inner.name, indices: inner.indices }
  // Both values of a spin may be equal: no index is meant.
  if (inner.kind === 'function' && inner.name === 'kroneckerDelta') {
    const sides = [...inner.arguments].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    return { kind: 'apply', name: 'equality', indices: [], arguments: sides }
  }
  return inner
}

/** Whether an integral runs over a quantity, with its indices, that its integrand does not hold. */
function isStray(measure: Expression, body: Expression): boolean {
  // Vectors are written by their components, and a layer as a whole has no indices.
  const vectors = ['fieldVector', 'activities', 'referenceActivities']
  if (measure.kind !== 'indexed' || vectors.includes(measure.name)) return false
  const name = axes.get(measure.name) ?? measure.name
  const names = new Set([measure.name, name])
  return !indexedQuantities(body).some(
    (q) => names.has(q.name) && JSON.stringify(q.indices) === JSON.stringify(measure.indices),
  )
}

/** What a formula averages and sums over as a whole, as unknown functions of the names: part of what it states. */
export function namesSummed(e: Expression): Expression {
  if (e.kind === 'expectation' && e.over) return add(stated('averaged over', ...e.over), namesSummed(e.of))
  if (e.kind === 'measureIntegral' && e.trace) return add(stated('summed over', ...e.measures), namesSummed(e.body))
  return e.kind === 'product' ? add(...e.factors.map(namesSummed)) : zero
}

/** An expression over explicit components; free letters are the first layer, neuron and pattern unless others are given. */
export function writtenOut(
  e: Expression,
  size: NetworkSize,
  { notation }: Context,
  letters: Readonly<Record<string, number>> = {},
): Expression {
  const { lastLayer, neurons, inputs } = size
  return instantiate(prepared(e), {
    notation,
    families: new Map([
      ['layer', range(1, lastLayer)],
      ['neuron', range(1, neurons ?? 1)],
      ['pattern', range(1, inputs)],
    ]),
    values: new Map(
      Object.entries({
        depth: lastLayer,
        L: lastLayer,
        patternCount: inputs,
        l: 1,
        i: 1,
        j: 1,
        '\\mu': 1,
        '\\nu': 1,
        ...letters,
      }),
    ),
  })
}

/** The logarithm of what a formula's last side integrates, over explicit components. */
export const writtenLog = (
  formula: Formula,
  size: NetworkSize,
  context: Context,
  letters: Readonly<Record<string, number>> = {},
): Expression => onImaginaryAxis(logWeight(integrand(writtenOut(lastSide(formula), size, context, letters))))

const axes: ReadonlyMap<string, string> = new Map([
  ['fourierOverlap', 'conjugateOverlap'],
  ['fourierPower', 'conjugatePower'],
  ['referenceFourierPower', 'referenceConjugatePower'],
])

/** Fourier variables of order parameters by their values on the imaginary axis: `Q = -i (iQ)`. */
export const onImaginaryAxis = (e: Expression): Expression =>
  substitute(e, (node) => {
    const name = node.kind === 'indexed' ? axes.get(node.name) : undefined
    return name === undefined || node.kind !== 'indexed'
      ? undefined
      : multiply(negate(imaginaryUnit), { ...node, name })
  })

type Options = Omit<NetworkLogs, 'sizes' | 'complete' | 'claimed'> & Partial<NetworkLogs>

/** A derivation on small networks; what is claimed is the logarithm of what the last side integrates, unless it is said. */
export const onNetworks = (context: Context, options: Options): Instances =>
  logsOnNetworks({ sizes, complete, claimed: (formula, size) => writtenLog(formula, size, context), ...options })

/** Numbers of layers turned into the letter l: layer 1 is l, the layer before it l - 1. */
export const inLetters = (e: Expression): Expression => withLetter(e, 'layer', 'l')
