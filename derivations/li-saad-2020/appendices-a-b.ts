/** Appendices A and B: averages over diluted and binarised weights, exactly and at large width, one synapse at a time. */
import {
  add,
  type Context,
  derive,
  divide,
  type Expression,
  exp,
  type Formula,
  type IndexedNode,
  InputError,
  lastSide,
  log,
  mapChildren,
  multiply,
  type NetworkSize,
  negate,
  one,
  partIn,
  pi,
  placed,
  power,
  rational,
  squareRoot,
  substitute,
  symbol,
  withDefinitions,
  zero,
} from 'corrigenda'
import {
  averageOfExponentials,
  averageOverMixture,
  halfLineGaussian,
  inInverseRoot,
  integrand,
  logWeight,
  nextOrder,
  taylor,
} from 'corrigenda/theory'
import { at, onNetworks, writtenLog, writtenOut } from './small-networks.js'

const variance = power(symbol('weightStandardDeviation'), 2)
const small = symbol('inverse root of the width')

interface Synapse {
  readonly l: number
  readonly i: number
  readonly j: number
}

const synapses = ({ lastLayer, neurons }: NetworkSize): readonly Synapse[] => {
  const each = Array.from({ length: neurons ?? 1 }, (_, k) => k + 1)
  return Array.from({ length: lastLayer }, (_, k) => k + 1).flatMap((l) =>
    each.flatMap((i) => each.map((j) => ({ l, i, j }))),
  )
}

const weightAt = (name: string, { l, i, j }: Synapse): IndexedNode => placed(name, { neuron: [i, j], layer: l })

/** A product over layers and neurons, as what stands before it and the factor of a synapse. */
interface Product {
  readonly outside: Expression
  readonly factor: Expression
}

function productOf(e: Expression): Product {
  if (e.kind === 'indexedProduct') {
    const inner = e.body.kind === 'indexedProduct' ? productOf(e.body).factor : e.body
    return { outside: one, factor: inner }
  }
  const factors = e.kind === 'product' ? e.factors : []
  const [product, ...others] = factors.filter((f) => f.kind === 'indexedProduct')
  if (product === undefined || others.length > 0) throw new InputError('the average is no product over synapses')
  return { outside: multiply(...factors.filter((f) => f !== product)), factor: productOf(product).factor }
}

const withoutOrders = (e: Expression): Expression =>
  e.kind === 'orderOf' ? zero : e.kind === 'power' && e.base.kind === 'orderOf' ? zero : mapChildren(e, withoutOrders)

/** The factor of each synapse, over explicit components. */
const factorsOf = (
  formula: Formula,
  size: NetworkSize,
  context: Context,
): readonly (readonly [Synapse, Expression])[] => {
  const { factor } = productOf(withoutOrders(integrand(lastSide(formula))))
  return synapses(size).map((synapse) => [synapse, writtenOut(factor, size, context, { ...synapse })])
}

/** What the claimed formula has before its product. */
const outsideOf = (formula: Formula, size: NetworkSize, context: Context): Expression =>
  writtenOut(productOf(withoutOrders(integrand(lastSide(formula)))).outside, size, context)

type Carry = (factor: Expression, synapse: Synapse) => Expression

/** A product over synapses, each of its factors treated alike. */
const product = (formula: Formula, size: NetworkSize, context: Context, carry: Carry): Expression =>
  multiply(
    outsideOf(formula, size, context),
    ...factorsOf(formula, size, context).map(([synapse, factor]) => carry(factor, synapse)),
  )

const asWritten: Carry = (factor) => factor

/** A factor up to the first order in the inverse width. */
const firstOrder: Carry = (factor, { l }) => {
  const width = at('layerWidth', l - 1)
  const expansion = taylor(inInverseRoot(factor, width, small), small, 2)
  return substitute(expansion, (node) =>
    node.kind === 'symbol' && node.name === small.name ? power(width, rational(-1, 2)) : undefined,
  )
}

/** The power of 1/N of the first term that an expansion of the factors leaves out. */
function orderLeftOut(formula: Formula, context: Context, of: (factor: Expression) => Expression): number {
  const size = { lastLayer: 1, neurons: 1, inputs: 1 }
  const [first] = factorsOf(formula, size, context)
  if (first === undefined) throw new InputError('the average has no factor')
  const order = nextOrder(of(inInverseRoot(first[1], at('layerWidth', 0), small)), small, 2)
  if (order === null) throw new InputError('the expansion leaves nothing out')
  return -order / 2
}

interface Step {
  readonly describe: string
  readonly carry: Carry
  /** What is done to the claimed factors. @defaultValue nothing */
  readonly claimed?: Carry
  readonly expands?: boolean
}

const step = (id: string, from: string, method: string, { describe, carry, claimed = asWritten, expands }: Step) =>
  derive(id, { average: from }, method, ({ average }, context) =>
    onNetworks(context, {
      describe,
      what: 'the product over synapses',
      derived: (size) => product(average, size, context, carry),
      claimed: (formula, size) => product(formula, size, context, claimed),
      ...(expands ? { leadingOrder: { small: '1/N', order: orderLeftOut(average, context, (factor) => factor) } } : {}),
    }),
  )

/** The average in exponential form: the first order of the logarithm of every factor. */
const exponential = (id: string, from: string) =>
  derive(id, { average: from }, 'first order in 1/N of the logarithm of every factor', ({ average }, context) =>
    onNetworks(context, {
      describe: 'the logarithm of every factor to first order',
      derived: (size) =>
        add(
          log(outsideOf(average, size, context)),
          ...factorsOf(average, size, context).map(([synapse, factor]) => firstOrder(logWeight(factor), synapse)),
        ),
      leadingOrder: { small: '1/N', order: orderLeftOut(average, context, logWeight) },
    }),
  )

/** A weight repeated from another place. */
const repeated = (id: string, from: string) =>
  derive(id, { average: from }, 'the same weight', ({ average }, context) =>
    onNetworks(context, { describe: 'the same exponent', derived: (size) => writtenLog(average, size, context) }),
  )

// ---- Appendix A: dilution ------------------------------------------------------------------------------------------------

/** The part of (14)'s exponent that one synapse enters. */
const synapsePart = (weight: Formula, size: NetworkSize, context: Context, synapse: Synapse): Expression => {
  const own = ['weight', 'referenceWeight'].map((name) => JSON.stringify(weightAt(name, synapse)))
  const part = partIn(writtenLog(weight, size, context), ['weight', 'referenceWeight'])
  return substitute(part, (node) =>
    node.kind === 'indexed' && node.name.toLowerCase().endsWith('weight') && !own.includes(JSON.stringify(node))
      ? zero
      : undefined,
  )
}

export const dilutionAverage = derive(
  'eq-A.1-average',
  { weight: 'eq-14', dilution: 'eq-15' },
  'average over the two values of every perturbed weight',
  ({ weight, dilution }, context) =>
    onNetworks(context, {
      describe: 'the weights of (14) averaged over which of them are dropped',
      what: 'the product over synapses',
      derived: (size) =>
        multiply(
          ...synapses(size).map((synapse) => {
            const law = writtenOut(lastSide(dilution), size, context, { ...synapse })
            const factor = exp(synapsePart(weight, size, context, synapse))
            return averageOverMixture(factor, weightAt('weight', synapse), law)
          }),
        ),
      claimed: (formula, size) => product(formula, size, context, asWritten),
    }),
)

export const dilutionExact = step('eq-A.1-exact', 'eq-A.1-average', 'Gaussian average over every weight', {
  describe: 'weights of the reference network averaged over',
  carry: (factor, synapse) => averageOfExponentials(factor, [weightAt('referenceWeight', synapse)], variance),
})
export const dilutionExpansion = step('eq-A.1-expansion', 'eq-A.1-exact', 'expansion of every factor in 1/N', {
  describe: 'every factor expanded',
  carry: firstOrder,
  expands: true,
})
export const dilutionGathered = step('eq-A.1-gathered', 'eq-A.1-expansion', 'the same terms', {
  describe: 'the same polynomial',
  carry: asWritten,
})
export const dilutionExponential = exponential('eq-A.1', 'eq-A.1-gathered')
export const diluted = repeated('eq-26', 'eq-A.1')

// ---- Appendix B: binarisation --------------------------------------------------------------------------------------------

export const binarisationAverage = derive(
  'eq-B.1-average',
  { weight: 'eq-14', binarisation: 'eq-16' },
  'the perturbed weights of (14) by their definition',
  ({ weight, binarisation }, context) =>
    onNetworks(context, {
      describe: 'binarised weights put in',
      derived: (size) =>
        writtenOut(
          withDefinitions(partIn(writtenLog(weight, size, context), ['weight', 'referenceWeight']), binarisation),
          size,
          context,
        ),
    }),
)

/** The density of a normal variable, written out. */
const withDensities = (e: Expression): Expression => {
  const inner = mapChildren(e, withDensities)
  if (inner.kind !== 'apply' || inner.name !== 'normalDensity') return inner
  const [x, mean, variance_] = inner.arguments as readonly [Expression, Expression, Expression]
  const exponent = divide(power(add(x, negate(mean)), 2), multiply(rational(-2), variance_))
  return divide(exp(exponent), squareRoot(multiply(rational(2), pi, variance_)))
}

/** Integrals over half a line, in closed form. */
function withHalfLines(e: Expression): Expression {
  const inner = mapChildren(e, withHalfLines)
  if (inner.kind !== 'integral') return inner
  const isZero = (bound: Expression | null) => bound?.kind === 'number' && bound.numerator === 0n
  if (isZero(inner.from) === isZero(inner.to)) throw new InputError('an integral over half a line is expected')
  return halfLineGaussian(logWeight(inner.body), symbol(inner.variable), isZero(inner.from) ? 1 : -1)
}

export const signsSplit = derive(
  'eq-B.1-split',
  { average: 'eq-B.1-average' },
  'Gaussian average over every weight, each of its signs apart',
  ({ average }, context) =>
    onNetworks(context, {
      describe: 'integrals over either sign of every weight, in closed form',
      what: 'the product over synapses',
      derived: (size) =>
        product(average, size, context, (factor, synapse) => {
          const weight = weightAt('referenceWeight', synapse)
          const prior = withDensities({
            kind: 'apply',
            name: 'normalDensity',
            indices: [],
            arguments: [weight, zero, variance],
          })
          const half = (sign: 1 | -1): Expression => {
            const branch = substitute(factor, (node) =>
              node.kind === 'function' && node.name === 'sign' ? rational(sign) : undefined,
            )
            return halfLineGaussian(logWeight(multiply(branch, prior)), weight, sign)
          }
          return add(half(-1), half(1))
        }),
      claimed: (formula, size) => product(formula, size, context, (factor) => withHalfLines(withDensities(factor))),
    }),
)

export const binarisationExact = step('eq-B.1-exact', 'eq-B.1-split', 'integrals over half the line', {
  describe: 'integrals over either sign carried out',
  carry: (factor) => withHalfLines(withDensities(factor)),
})
export const binarisationExpansion = step('eq-B.1-expansion', 'eq-B.1-exact', 'expansion of every factor in 1/N', {
  describe: 'every factor expanded',
  carry: firstOrder,
  claimed: firstOrder,
  expands: true,
})
export const binarisationGathered = step('eq-B.1-gathered', 'eq-B.1-expansion', 'the same terms', {
  describe: 'the same polynomial',
  carry: firstOrder,
  claimed: firstOrder,
})
export const binarisationExponential = exponential('eq-B.1', 'eq-B.1-gathered')
export const binarised = repeated('eq-28', 'eq-B.1')
