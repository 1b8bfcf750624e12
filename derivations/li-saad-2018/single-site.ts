/** The effective measure of a single site, written out for a few layers. */
import {
  type Context,
  DomainError,
  divide,
  type Expression,
  exp,
  type Formula,
  freeSymbols,
  type IndexedNode,
  type IndexSlot,
  type Instances,
  instantiate,
  keyOf,
  lastSide,
  log,
  type MatrixNode,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  replaceNamed,
  scalarValue,
  squareRoot,
  substitute,
  subtract,
  symbol,
  zero,
} from 'corrigenda'

const named = (name: string, indices: readonly IndexSlot[]): IndexedNode => ({ kind: 'indexed', name, indices })
const before = (indices: readonly IndexSlot[]): readonly IndexSlot[] =>
  indices.map((slot) => ({
    slot: 'layer',
    index: { ...slot.index, offset: slot.index.offset - 1 },
  }))

/** Fields of variance sigma^2 and the correlation q^{l-1}: as good as any other, both numbers being free. */
const variance = power(symbol('weightStandardDeviation'), 2)
const correlationOf = (indices: readonly IndexSlot[]): Expression => named('overlap', before(indices))

const isCovariance = (e: Expression): e is Extract<Expression, { kind: 'indexed' | 'apply' }> =>
  (e.kind === 'indexed' && e.name === 'fieldCovariance') || (e.kind === 'apply' && e.name === 'fieldCovarianceOf')

/** A measure with the covariance's argument left out, and bars around it read as its determinant. */
export const withoutArgument = (e: Expression): Expression =>
  substitute(e, (node) => {
    if (node.kind === 'modulus' && isCovariance(node.of))
      return { kind: 'determinant', of: named('fieldCovariance', node.of.indices) }
    return isCovariance(node) ? named('fieldCovariance', node.indices) : undefined
  })

/** Both fields as a column, and their covariance as a matrix, in place of their names. */
const withMatrices = (e: Expression): Expression =>
  substitute(e, (node) => {
    if (node.kind === 'indexed' && node.name === 'fieldVector')
      return { kind: 'matrix', rows: [[named('referenceField', node.indices)], [named('field', node.indices)]] }
    // Bars around a covariance are its determinant, also where it is written with its argument.
    if (node.kind === 'modulus' && isCovariance(node.of)) return { kind: 'determinant', of: withMatrices(node.of) }
    if (!isCovariance(node)) return undefined
    const covariance = multiply(variance, correlationOf(node.indices))
    const matrix: MatrixNode = {
      kind: 'matrix',
      rows: [
        [variance, covariance],
        [covariance, variance],
      ],
    }
    return matrix
  })

/** Matrix operations carried out; letters of layers stay as they are. */
const instantiateMatrices = (e: Expression): Expression =>
  instantiate(e, { notation: { symbols: [], families: [], variables: [] }, values: new Map([['l', 1]]) })

/** A measure with explicit layers 0 to `last`; for equal inputs, whose delta is one. */
function writtenMeasure(side: Expression, last: number, { notation }: Context): Expression {
  const sameInput = (e: Expression): Expression =>
    substitute(e, (node) => {
      if (node.kind === 'function' && node.name === 'kroneckerDelta') return one
      return node.kind === 'apply' && node.name === 'probability' ? symbol('inputProbability') : undefined
    })
  const written = instantiate(withMatrices(sameInput(side)), {
    notation,
    values: new Map([
      ['depth', last],
      ['L', last],
    ]),
  })
  return substitute(written, (node) =>
    node.kind === 'indexed' && node.name === 'state' && node.indices[0]?.index.offset === 0
      ? named('referenceState', node.indices)
      : undefined,
  )
}

/** A normal density of mean zero. */
const normal = (x: Expression, spread: Expression): Expression =>
  divide(exp(divide(negate(power(x, 2)), multiply(rational(2), spread))), squareRoot(multiply(rational(2), pi, spread)))

/** The law (2) of a state, given its field. */
export function stateLaw(law: Formula, state: Expression, field: Expression): Expression {
  const withField = replaceNamed(lastSide(law), 'referenceField', field)
  return substitute(withField, (node) =>
    node.kind === 'indexed' && node.name === 'referenceState' ? state : undefined,
  )
}

/**
 * The measure of a site from its parts: the law of the inputs, for each layer the laws of both states given their fields
 * and the density of both fields (the first's, and the second's given the first), and the phase e^{-i Q s s'} by which
 * Fourier integrals fix the overlaps.
 */
export function siteMeasure(neuron: Formula, context: Context): Instances {
  const { read } = context
  const layer = read('\\prod_{l=1}^L \\hat{s}^l')
  const phase = read('e^{-i \\sum_{l=0}^L Q^l \\hat{s}^l s^l}')
  if (layer.kind !== 'indexedProduct' || layer.body.kind !== 'indexed') throw new TypeError('a product over layers')
  const { indices } = layer.body
  const [field, referenceField] = [named('field', indices), named('referenceField', indices)]
  const correlation = correlationOf(indices)
  const body = multiply(
    stateLaw(neuron, named('referenceState', indices), referenceField),
    stateLaw(neuron, named('state', indices), field),
    normal(referenceField, variance),
    normal(
      subtract(field, multiply(correlation, referenceField)),
      multiply(variance, subtract(one, power(correlation, 2))),
    ),
  )
  const derived = multiply(symbol('inputProbability'), phase, { ...layer, body })
  return {
    kind: 'instances',
    describe: 'the law of one site of both networks with the phase that fixes the overlaps',
    sizes: [1, 2].map((lastLayer) => ({ lastLayer, neurons: 1, inputs: 1 })),
    variables: [],
    exponent: ({ lastLayer }) => writtenMeasure(derived, lastLayer, context),
    instantiate: (claimed, { lastLayer }) => writtenMeasure(lastSide(claimed), lastLayer, context),
    complete: 'the layers after the first are products of like factors, so that two of them decide all',
  }
}

/** The measure of one layer at given states, fields as scalars, in a network of one layer without conjugates. */
export function layerFactor(
  measure: Formula,
  reference: number,
  perturbed: number,
  correlation: number,
  context: Context,
): Expression {
  return substitute(writtenMeasure(lastSide(measure), 1, context), (node) => {
    if (node.kind === 'symbol' && node.name === 'inputProbability') return one
    if (node.kind === 'symbol' && node.name === 'weightStandardDeviation') return one
    if (node.kind === 'function' && node.name === 'exp') {
      // The phase alone holds the imaginary unit.
      const text = JSON.stringify(node, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
      return text.includes('"conjugate"') ? one : undefined
    }
    if (node.kind !== 'indexed') return undefined
    const first = node.indices[0]?.index.offset === 0
    switch (node.name) {
      case 'field':
        return symbol('secondField')
      case 'referenceField':
        return symbol('firstField')
      case 'overlap':
        return rational(Math.round(correlation * 1000), 1000)
      case 'conjugate':
        return zero
      case 'state':
        return rational(first ? 1 : perturbed)
      case 'referenceState':
        return rational(first ? 1 : reference)
      default:
        return undefined
    }
  })
}

/** The exponent of the phase in a measure: what holds the conjugates. */
export function phaseOf(measure: Formula): Expression {
  let found: Expression | null = null
  substitute(lastSide(measure), (node) => {
    if (node.kind !== 'function' || node.name !== 'exp') return undefined
    const [exponent] = node.arguments
    const text = JSON.stringify(exponent, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    if (exponent && text.includes('"conjugate"')) found ??= exponent
    return undefined
  })
  if (found === null) throw new TypeError('the measure holds no conjugates')
  return found
}

/** The factor of one layer in a measure. */
export function layerProduct(measure: Formula): Expression {
  let found: Expression | null = null
  substitute(lastSide(measure), (node) => {
    if (node.kind === 'indexedProduct') found ??= node.body
    return undefined
  })
  if (found === null) throw new TypeError('the measure is a product over the layers')
  return found
}

/** A number taken out of an integral, a trace or a product over so many layers; what is left. */
function factored(e: Expression, last: number): { readonly factor: Expression; readonly core: Expression } {
  if (e.kind === 'product') {
    const parts = e.factors.map((f) => factored(f, last))
    return { factor: multiply(...parts.map((p) => p.factor)), core: multiply(...parts.map((p) => p.core)) }
  }
  if (e.kind === 'number' || e.kind === 'constant') return { factor: e, core: one }
  if (e.kind === 'measureIntegral') {
    const { factor, core } = factored(e.body, last)
    return { factor, core: { ...e, body: core } }
  }
  if (e.kind === 'indexedProduct' && e.range.kind === 'interval') {
    const { factor, core } = factored(e.body, last)
    const { from } = e.range
    const count = from.kind === 'number' ? last - Number(from.numerator) + 1 : last
    if (keyOf(core) === keyOf(one)) return { factor: power(factor, count), core: one }
  }
  return { factor: one, core: e }
}

/** The logarithm of a site's total measure by one name, with the numbers in front of the measure; of anything else by another. */
export const withTotal = (side: Expression, total: Expression, last: number): Expression =>
  substitute(side, (node) => {
    if (node.kind !== 'function' || node.name !== 'log' || !node.arguments[0]) return undefined
    const given = factored(node.arguments[0], last)
    const wanted = factored(total, last)
    const same = keyOf(given.core) === keyOf(wanted.core)
    return log(multiply(given.factor, symbol(same ? 'totalMeasure' : 'anotherIntegral')))
  })

/**
 * A claimed integral over both fields of a layer, by a sum over a square of points, for fields of variance one. A field that is
 * integrated over but stands nowhere, or stands somewhere but is not integrated over, makes it another number.
 */
export function fieldIntegral(claimed: Formula, correlation: number, beta: number): number {
  const side = lastSide(claimed)
  if (side.kind !== 'measureIntegral') throw new DomainError('an integral over both fields is expected')
  const variables = side.measures.map((m) => `field ${keyOf(instantiateMatrices(m))}`)
  const body = substitute(instantiateMatrices(withMatrices(side.body)), (node) => {
    if (node.kind === 'symbol' && node.name === 'weightStandardDeviation') return one
    if (node.kind !== 'indexed') return undefined
    return node.name === 'overlap' ? rational(Math.round(correlation * 1000), 1000) : symbol(`field ${keyOf(node)}`)
  })
  const step = 0.25
  const points = Array.from({ length: 51 }, (_, k) => (k - 25) * step)
  // What no integral binds has some value.
  const free = Object.fromEntries([...freeSymbols(body)].map((name) => [name, 0.3]))
  let total = 0
  for (const first of points)
    for (const second of points)
      total += scalarValue(body, {
        ...free,
        [variables[0] ?? '']: first,
        [variables[1] ?? '']: second,
        inverseTemperature: beta,
      })
  return step * step * total
}
