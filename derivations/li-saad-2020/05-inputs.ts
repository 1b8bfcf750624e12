/** Section 5: the overlap of the inputs, and the potential of both overlaps together. */
import {
  add,
  type Context,
  componentsOf,
  confirm,
  contains,
  derive,
  directCheck,
  divide,
  type Expression,
  exp,
  type Formula,
  type IndexedNode,
  keyOf,
  lastSide,
  measuredOrder,
  multiply,
  type NetworkSize,
  negate,
  partIn,
  rational,
  scalarValue,
  substitute,
  subtract,
  symbol,
  withDefinitions,
  without,
} from 'corrigenda'
import { fourierConstraint, isolate, logWeight, stationarity, termsWhere } from 'corrigenda/theory'
import { jointLog } from './04-1-weights.js'
import { withInputs } from './closed-forms.js'
import { byComponents, inputExponent, inputLaw, supportOf } from './components.js'
import { measureIds, potentialAt } from './sites.js'
import {
  at,
  completeInDepth,
  depths,
  namesSummed,
  onImaginaryAxis,
  onNetworks,
  writtenLog,
  writtenOut,
} from './small-networks.js'

const single: NetworkSize = { lastLayer: 1, neurons: 1, inputs: 1 }

export const distance = derive(
  'sec-5.distance',
  { values: 'sec-5.input-values' },
  'whether two inputs differ is linear in their product, as it takes two values; summed over the inputs',
  ({ values }, context) => {
    const [first, second] = supportOf(writtenOut(lastSide(values), single, context)) as [Expression, Expression]
    const [agree, differ] = [multiply(first, first), multiply(first, second)]
    const overlap = at('overlap', 0)
    return multiply(at('layerWidth', 0), divide(subtract(overlap, agree), subtract(differ, agree)))
  },
)

// ---- The overlap of the inputs ---------------------------------------------------------------------------------------------

/** The Fourier weight that enforces the overlap of a layer. */
const constraintLog = (overlap: Formula, size: NetworkSize, layer: number, context: Context): Expression => {
  const quantity = writtenOut(overlap.sides[0]!, size, context, { l: layer }) as IndexedNode
  const gap = subtract(quantity, writtenOut(lastSide(overlap), size, context, { l: layer }))
  return onImaginaryAxis(
    fourierConstraint(multiply(at('layerWidth', layer), gap), quantity, at('fourierOverlap', layer)),
  )
}

export const inputConstraint = derive(
  'eq-45-constraint',
  { overlap: 'sec-3.overlap', law: 'sec-5.input-law' },
  'the law of the inputs with their overlap enforced by a normalised Fourier integral',
  ({ overlap, law }, context) =>
    onNetworks(context, {
      describe: 'law of the inputs and Fourier integral multiplied',
      derived: (size) =>
        add(logWeight(writtenOut(lastSide(law), size, context)), constraintLog(overlap, size, 0, context)),
    }),
)

/** What one input contributes to the Fourier integral of the overlap, by the values of (45)'s law. */
const inputTrace = (constraint: Formula, values: Formula, context: Context): Expression => {
  const exponent = partIn(writtenLog(constraint, single, context), ['activity', 'referenceActivity'])
  const own = termsWhere(exponent, (term) => componentsOf(term, ['conjugateOverlap']).length > 0)
  return inputLaw(writtenOut(lastSide(values), single, context)).mean(exp(own))
}

export const inputDensity = derive(
  'eq-45',
  { constraint: 'eq-45-constraint', values: 'sec-5.input-values' },
  'every input of both networks summed over its values',
  ({ constraint, values }, context) =>
    onNetworks(context, {
      describe: 'inputs summed over',
      sizes: [single],
      complete: 'inputs are independent and alike',
      derived: (size) => {
        const written = without(writtenLog(constraint, size, context), ['activity', 'referenceActivity'])
        const order = termsWhere(written, (term) => !contains(term, (n) => n.kind === 'apply'))
        return add(order, multiply(at('layerWidth', 0), logWeight(inputTrace(constraint, values, context))))
      },
    }),
)

/** The part of the logarithm of (45)'s integrand that depends on the order parameters. */
const inputExponentOf = (density: Formula, context: Context): Expression =>
  termsWhere(
    writtenLog(density, single, context),
    (term) => componentsOf(term, ['conjugateOverlap', 'overlap']).length > 0,
  )

export const inputPotential = derive(
  'eq-46',
  { density: 'eq-45', widths: 'sec-2.widths' },
  'minus the logarithm of the integrand of (45), divided by N',
  ({ density, widths }, context) =>
    divide(withDefinitions(inputExponentOf(density, context), widths), negate(symbol('width'))),
)

/** The saddle point of a potential in the conjugate of the input overlap. */
const saddleOf = (potential: Expression): Expression =>
  isolate(reduced(stationarity(potential, at('conjugateOverlap', 0))), at('conjugateOverlap', 0))

/** An equation without the factor that all of its terms have. */
const reduced = (e: Expression): Expression => {
  const factors = e.kind === 'product' ? e.factors : [e]
  const own = factors.filter((f) => componentsOf(f, ['conjugateOverlap', 'overlap']).length > 0)
  return multiply(...own)
}

export const inputSaddle = derive(
  'eq-47',
  { potential: 'eq-46' },
  'the derivative of (46) set to zero and solved by inverting the hyperbolic tangent',
  ({ potential }, context) => saddleOf(writtenOut(lastSide(potential), single, context)),
)

const atSaddle = (e: Expression): Expression =>
  substitute(e, (node) =>
    node.kind === 'indexed' && node.name === 'conjugateOverlap' ? symbol('inputSaddle') : undefined,
  )

export const inputAtSaddle = derive(
  'eq-45-saddle',
  { density: 'eq-45', potential: 'eq-46', widths: 'sec-2.widths', saddle: 'eq-47' },
  'the integrand at its saddle point',
  ({ density, potential, widths }, context) =>
    onNetworks(context, {
      describe: 'the exponent at the saddle point',
      what: 'the exponent',
      sizes: [single],
      complete: 'inputs are independent and alike',
      everySide: true,
      leadingOrder: { small: '1/N', order: -1 },
      derived: () => withDefinitions(atSaddle(inputExponentOf(density, context)), widths),
      claimed: (formula, size) => {
        const opened = substitute(lastSide(formula), (node) =>
          node.kind === 'apply' && node.name === 'inputPotential' ? lastSide(potential) : undefined,
        )
        return withDefinitions(atSaddle(logWeight(writtenOut(opened, size, context))), widths)
      },
    }),
)

/** The exact law of the overlap of independent unbiased inputs: binomial. */
const exactInputLaw = directCheck(
  'exact binomial law of the input overlap',
  'numeric',
  ({ claimed, premises, context }) => {
    const { potential, saddle, widths } = premises
    if (!potential || !saddle || !widths) return { holds: null, summary: 'needs the potential and its saddle point' }
    const stated = claimed.sides[1]
    if (!stated) return { holds: null, summary: 'the formula states no density' }
    const exponent = withDefinitions(atSaddle(logWeight(writtenOut(stated, single, context))), widths)
    const rateAt = (q: number, n: number): number => {
      const put = substitute(exponent, (node) => {
        if (node.kind === 'indexed' && node.name === 'overlap') return symbol('q')
        return node.kind === 'indexed' && node.name === 'widthRatio' ? rational(1) : undefined
      })
      const position = substitute(writtenOut(lastSide(saddle), single, context), (node) =>
        node.kind === 'indexed' && node.name === 'overlap' ? symbol('q') : undefined,
      )
      return -scalarValue(put, { q, width: n, inputSaddle: scalarValue(position, { q }) }) / n
    }
    const points = [64, 256, 1024, 4096].map((n) => {
      const gaps = [0.25, 0.5, -0.75].map((q) => {
        const agree = Math.round((n * (1 + q)) / 2)
        return Math.abs(-logBinomial(n, agree) / n + Math.LN2 - rateAt((2 * agree) / n - 1, n))
      })
      return { x: n, y: Math.max(...gaps) }
    })
    const order = measuredOrder(points)
    const last = points.at(-1)!.y
    return {
      holds: order < -0.7 && last < 2e-3,
      summary: `differs from the rate of the binomial law by ${last.toExponential(1)} at N = 4096, falling as N^${order.toFixed(2)}`,
      witness: {
        at: { N: '4096' },
        left: String(last),
        right: '0',
        note: 'largest difference of the rates at three overlaps',
      },
      numbers: { order: Number(order.toFixed(3)) },
      leadingOrder: true,
    }
  },
)

/** log(n choose k), by sums of logarithms. */
export function logBinomial(n: number, k: number): number {
  let sum = 0
  for (let j = 1; j <= k; j++) sum += Math.log((n - k + j) / j)
  return sum
}

// ---- Both overlaps ---------------------------------------------------------------------------------------------------------

export const jointDensity = derive(
  'eq-48',
  { density: 'eq-12', law: 'eq-5', inputs: 'sec-5.input-law', overlap: 'sec-3.overlap' },
  'the joint law with independent inputs, both overlaps enforced by normalised Fourier integrals',
  ({ density, law, inputs, overlap }, context) =>
    onNetworks(context, {
      describe: 'law and both Fourier integrals multiplied',
      derived: (size) =>
        add(
          jointLog(law, inputs, size, context),
          constraintLog(overlap, size, 0, context),
          constraintLog(overlap, size, size.lastLayer, context),
          namesSummed(lastSide(density)),
        ),
      claimed: (formula, size) =>
        add(
          onImaginaryAxis(logWeight(strip(writtenOut(byComponents(lastSide(formula)), size, context)))),
          namesSummed(lastSide(formula)),
        ),
    }),
)

const strip = (e: Expression): Expression =>
  e.kind === 'measureIntegral' || (e.kind === 'expectation' && e.over)
    ? strip(e.kind === 'measureIntegral' ? e.body : e.of)
    : e.kind === 'product'
      ? multiply(...e.factors.map(strip))
      : e

export const jointPotential = derive(
  'eq-49',
  { potential: 'eq-30', inputs: 'eq-48', values: 'sec-5.input-values', ...measureIds },
  'the potential (30) with its input term from independent inputs',
  (given, context) =>
    onNetworks(context, {
      describe: 'inputs summed over their values',
      what: 'the potential',
      sizes: depths,
      complete: completeInDepth,
      derived: (size) => {
        const law = inputLaw(independentInputs(given.inputs, given.values, context))
        return withInputs(potentialAt(given.potential, given, size, context), logWeight(law.mean(exp(inputExponent()))))
      },
      claimed: (formula, size) => potentialAt(formula, given, size, context),
    }),
)

/** The law of one input in (48), by the values of both networks' inputs. */
function independentInputs(joint: Formula, values: Formula, context: Context): Expression {
  const written = writtenOut(byComponents(strip(lastSide(joint))), single, context)
  const factors = written.kind === 'product' ? written.factors : [written]
  const ofInput = factors.filter(
    (f) => f.kind === 'apply' && f.arguments.every((a) => a.kind === 'indexed' && keyOf(a).includes('"offset":0')),
  )
  const printed = writtenOut(values.sides[0]!, single, context)
  const named = (e: Expression): readonly string[] => (e.kind === 'product' ? e.factors : [e]).map(keyOf).sort()
  const law = writtenOut(lastSide(values), single, context)
  // The law in (48) must be the one whose values are given; what else it holds (an equality) stays a factor.
  const known = named(printed)
  const others = ofInput.filter((f) => !known.includes(keyOf(f)))
  return multiply(law, ...others)
}

export const jointSaddle = derive(
  'sec-5.joint-saddle',
  { potential: 'eq-49' },
  'the derivative of (49) by the conjugate of the input overlap set to zero and solved',
  ({ potential }, context) => {
    const written = writtenOut(lastSide(potential), single, context)
    const own = termsWhere(written, (term) =>
      componentsOf(term, ['conjugateOverlap']).some((q) => keyOf(q) === keyOf(at('conjugateOverlap', 0))),
    )
    return saddleOf(own)
  },
)

export const conditionalPotential = derive(
  'eq-50',
  { joint: 'eq-49', input: 'eq-46', ...measureIds },
  'the joint potential less that of the input overlap',
  (given, context) =>
    onNetworks(context, {
      describe: 'difference of both potentials',
      what: 'the potential',
      sizes: depths,
      complete: completeInDepth,
      derived: (size) =>
        subtract(potentialAt(given.joint, given, size, context), writtenOut(lastSide(given.input), size, context)),
      claimed: (formula, size) => potentialAt(formula, given, size, context),
    }),
)

export const confirmations = [confirm(inputAtSaddle, exactInputLaw)]
