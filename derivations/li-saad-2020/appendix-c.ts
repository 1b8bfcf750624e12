/** Appendix C: several patterns. */
import {
  add,
  type Context,
  componentsOf,
  derive,
  differentiate,
  divide,
  type Expression,
  exp,
  type Formula,
  half,
  type IndexedNode,
  lastSide,
  mapChildren,
  multiply,
  type NetworkSize,
  negate,
  partIn,
  power,
  rational,
  replaceNamed,
  substitute,
  subtract,
  symbol,
  toLeadingOrder,
  zero,
} from 'corrigenda'
import { gaussianAverage, integrand, logWeight } from 'corrigenda/theory'
import { jointLog, places } from './04-1-weights.js'
import { byComponents } from './components.js'
import { layerOf, namesSummed, onNetworks, patternSizes, writtenLog, writtenOut } from './small-networks.js'

// ---- Fluctuations about the typical overlap --------------------------------------------------------------------------------

const variableOf = (context: Context): IndexedNode => context.quantity('q^{L,\\mu}')
const typical = (context: Context): Expression => context.read('q_{\\text{mf}}^L')

export const parabola = derive(
  'sec-C.parabola',
  {},
  'Taylor series of the rate function about its zero of least value: value and slope vanish there',
  (_, context) => {
    const centre = typical(context)
    const rate: Expression = { kind: 'apply', name: 'rate', indices: [], arguments: [centre] }
    const deviation = subtract(variableOf(context), centre)
    const terms = [0, 1, 2].map((order): Expression => {
      // At its minimum a rate function and its slope vanish.
      if (order < 2) return zero
      return multiply(half, { kind: 'derivative', of: rate, variable: centre, order }, power(deviation, order))
    })
    return toLeadingOrder('the deviation from the typical overlap', add(...terms))
  },
)

export const gaussian = derive(
  'eq-C.2',
  { principle: 'eq-11', parabola: 'sec-C.parabola' },
  'the rate function in the large deviation principle by its parabola',
  ({ principle, parabola: given }) =>
    toLeadingOrder(
      'the deviation from the typical overlap',
      replaceNamed(lastSide(principle), 'rate', lastSide(given)),
    ),
)

/** The variance of a Gaussian density in a quantity: minus the inverse second derivative of its logarithm. */
const varianceOf = (density: Formula, quantity: IndexedNode): Expression =>
  power(negate(differentiate(logWeight(lastSide(density)), quantity, 2)), -1)

export const variance = derive(
  'sec-C.variance',
  { density: 'eq-C.2' },
  'inverse curvature of the exponent',
  ({ density }, context) => varianceOf(density, variableOf(context)),
)

export const meanVariance = derive(
  'sec-C.mean-variance',
  { variance: 'sec-C.variance', mean: 'eq-C.1' },
  'variance of the mean of independent overlaps: coefficients squared, times the variance of one',
  ({ variance: one, mean }) => {
    // The mean's coefficient of each pattern's overlap.
    const weight = substitute(lastSide(mean), (node) => (node.kind === 'indexedSum' ? rational(1) : undefined))
    return multiply(symbol('patternCount'), power(weight, 2), lastSide(one))
  },
)

export const meanGaussian = derive(
  'eq-C.3',
  { variance: 'sec-C.mean-variance' },
  'the Gaussian with the variance of the mean',
  ({ variance: given }, context) =>
    toLeadingOrder(
      'the deviation from the typical overlap',
      exp(
        negate(
          divide(
            power(subtract(context.read('\\tilde{q}^L'), typical(context)), 2),
            multiply(rational(2), lastSide(given)),
          ),
        ),
      ),
    ),
)

// ---- The weights in an exponent, shared by all patterns -----------------------------------------------------------------

const perPattern = new Set([
  'preActivation',
  'referencePreActivation',
  'auxiliaryField',
  'referenceAuxiliaryField',
  'activity',
  'referenceActivity',
])

/** An expression of one pattern as that of pattern mu: fields and activations get its index, weights do not. */
function ofPattern(e: Expression, mu: number): Expression {
  if (e.kind === 'indexed' && perPattern.has(e.name))
    return { ...e, indices: [...e.indices, { slot: 'pattern', index: { letter: null, sign: 1, offset: mu } }] }
  return mapChildren(e, (child) => ofPattern(child, mu))
}

const patterns = ({ inputs }: NetworkSize): readonly number[] => Array.from({ length: inputs }, (_, k) => k + 1)

/** With one pattern, its index may be left out of what is printed without one. */
export const linearInWeights = derive(
  'eq-C.4',
  {
    density: 'eq-12',
    mean: 'eq-24',
    law: 'eq-5',
    inputs: 'sec-2.same-input',
    reference: 'eq-13',
    perturbed: 'eq-13-perturbed',
  },
  'the joint law of every pattern with the definitions of its pre-activations as Fourier integrals, and the delta function of the mean overlap',
  ({ density, mean, law, inputs, reference, perturbed }, context) =>
    onNetworks(context, {
      describe: 'laws, Fourier integrals and delta function multiplied',
      sizes: patternSizes,
      derived: (size) => {
        const single = { ...size, inputs: 1 }
        const onePattern = add(
          jointLog(law, inputs, single, context),
          ...places(size).flatMap((place) => [
            writtenLog(reference, single, context, place),
            writtenLog(perturbed, single, context, place),
          ]),
        )
        const gap = subtract(lastSide(mean), mean.sides[0]!)
        const delta: Expression = { kind: 'function', name: 'diracDelta', arguments: [gap] }
        return add(
          ...patterns(size).map((mu) => ofPattern(onePattern, mu)),
          logWeight(writtenOut(delta, size, context)),
          namesSummed(lastSide(density)),
        )
      },
      claimed: (formula, size) =>
        add(
          logWeight(integrand(writtenOut(byComponents(lastSide(formula)), size, context))),
          namesSummed(lastSide(formula)),
        ),
    }),
)

const weights = ['weight', 'referenceWeight', 'weightPerturbation']

export const sharedWeights = derive(
  'eq-C.5',
  { weight: 'eq-C.4', rotation: 'eq-6' },
  'Gaussian integrals over the weights and their perturbations, which all patterns share',
  ({ weight, rotation }, context) =>
    onNetworks(context, {
      describe: 'weights integrated out, each with its perturbation',
      sizes: patternSizes,
      derived: (size) => {
        const part = partIn(logWeight(writtenOut(byComponents(integrand(lastSide(weight))), size, context)), weights)
        const rotated = substitute(part, (node) => {
          if (node.kind !== 'indexed' || node.name !== 'weight') return undefined
          const [i, j] = node.indices.filter((s) => s.slot === 'neuron').map((s) => s.index.offset)
          return writtenOut(lastSide(rotation), size, context, { l: layerOf(node)!, i: i!, j: j! })
        })
        const variance_ = power(symbol('weightStandardDeviation'), 2)
        return gaussianAverage(rotated, componentsOf(rotated, weights), variance_)
      },
    }),
)
