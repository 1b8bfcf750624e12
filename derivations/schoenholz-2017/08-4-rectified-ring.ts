/** Appendix 8.4, (84)-(106): the uniform configuration of rectified networks and the energy of fluctuations about it. */
import {
  boltzmannEnergy,
  type Context,
  derive,
  displacedEnergy,
  divide,
  type Expression,
  type Formula,
  fourierEnergy,
  fourierKernel,
  fourierSeries,
  gradientExpansion,
  lastSide,
  modeNormalForm,
  modesOfKernel,
  modulo,
  multiply,
  quadraticForm,
  rational,
  ringWaveVectors,
  saddleConditions,
  scaledMatrix,
  secondVariation,
  squareRoot,
  substitute,
  substituteFourierSeries,
  toLeadingOrder,
  uniformSaddle,
} from 'corrigenda'
import { weight } from './quantities.js'
import {
  normalisedFluctuations,
  normalisedQuantities,
  rectifiedQuantities,
  stationary,
} from './rectified-quantities.js'

const saddleOf = (energy: Formula, context: Context) => uniformSaddle(energy, rectifiedQuantities(context))

const energy = 'eq-85'
const saddle = 'eq-84'
const count = 'sec-8.4.saddle-count'

export const saddleNorm = derive('eq-84', { energy }, 'uniform stationary point of the energy', ({ energy }, context) =>
  lastSide(saddleOf(energy, context)[0]!),
)
export const saddleCount = derive(
  'sec-8.4.saddle-count',
  { energy },
  'uniform stationary point of the energy',
  ({ energy }, context) => lastSide(saddleOf(energy, context)[2]!),
)

/** The condition for a uniform configuration to be stationary in one of the fields. */
const condition =
  (field: number) =>
  ({ energy }: { readonly energy: Formula }, context: Context): Formula => ({
    sides: [saddleConditions(energy, rectifiedQuantities(context))[field]!, rational(0)],
    relations: ['='],
  })

export const positiveCondition = derive('eq-86', { energy }, 'derivative of the uniform energy', condition(0))
export const negativeCondition = derive('eq-87', { energy }, 'derivative of the uniform energy', condition(1))
export const countCondition = derive('eq-88', { energy }, 'derivative of the uniform energy', condition(2))

export const stationaryVariance = derive(
  'eq-91',
  { energy, saddle },
  'the denominator of the energy at the uniform stationary point',
  ({ energy, saddle }, context) => {
    const norm = { sides: [context.scalar('r'), lastSide(saddle)], relations: ['='] as const }
    return modulo(
      [norm],
      substitute(denominatorOf(energy, context), (node) =>
        node.kind === 'indexed' && node.name === 'positiveNorm' ? context.scalar('r') : undefined,
      ),
    )
  },
)

/** What the squared norms are divided by in the energy: the conditional variance of a pre-activation. */
function denominatorOf(energy: Formula, { quantity }: Context): Expression {
  const before = JSON.stringify(quantity('r_+^{l-1}'))
  let found: Expression | undefined
  substitute(lastSide(energy), (node) => {
    if (node.kind === 'power' && node.exponent.kind === 'number' && node.exponent.numerator === -1n) {
      const text = JSON.stringify(node.base, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))
      if (text.includes(before)) found = node.base
    }
    return undefined
  })
  if (!found) throw new TypeError('the energy divides by no variance')
  return found
}

export const displaced = derive(
  'eq-92',
  { energy, count },
  'the displaced fields put in, both norms equal and the count at its stationary value, nothing neglected',
  ({ energy, count }, context) => {
    const equal = stationary(context.scalar('r'), count, context)
    return modulo(equal, displacedEnergy(energy, rectifiedQuantities(context)))
  },
)

export const quadratic = derive(
  'eq-93',
  { energy, saddle, count },
  'second variation about the stationary point',
  ({ energy, saddle, count }, context) => {
    const at = stationary(saddle, count, context)
    const norm: Formula = { sides: [context.scalar('r'), lastSide(saddle)], relations: ['='] }
    return modulo([norm], secondVariation(energy, { ...rectifiedQuantities(context), at }))
  },
)

export const inVariances = derive(
  'eq-94',
  { energy, saddle, count },
  'second variation about the stationary point, the stationary values put in',
  ({ energy, saddle, count }, context) =>
    secondVariation(energy, { ...rectifiedQuantities(context), at: stationary(saddle, count, context) }),
)

/** The energy of fluctuations with each fluctuation written in its normalised variable. */
function normalised(fluctuation: Formula, norm: Formula, count: Formula, context: Context): Expression {
  // Each definition reads: normalised fluctuation = factor times fluctuation.
  const scales = [norm, norm, count].map((definition) =>
    substitute(lastSide(definition), (node) => (node.kind === 'indexed' ? rational(1) : undefined)),
  )
  const own = ['positiveFluctuation', 'negativeFluctuation', 'countFluctuation']
  const tilde = normalisedFluctuations(context).fluctuations
  return substitute(lastSide(fluctuation), (node) => {
    if (node.kind !== 'indexed') return undefined
    const field = own.indexOf(node.name)
    return field < 0 ? undefined : divide({ ...tilde[field]!, indices: node.indices }, scales[field]!)
  })
}

export const inNormalised = derive('eq-90', { weight: 'eq-95' }, 'minus the logarithm of the weight', ({ weight }) =>
  boltzmannEnergy(weight),
)

/** The coefficient that makes the square of the negative norm's fluctuation cost one half. */
const scale = ({ fluctuation }: { readonly fluctuation: Formula }, context: Context): Expression => {
  const form = quadraticForm(fluctuation, {
    notation: context.notation,
    fluctuations: [context.quantity('\\epsilon_-^l')],
    letter: 'l',
  })
  const own = form.couplings.find(({ distance }) => distance === 0)
  if (!own) throw new TypeError('the energy holds no square of the negative norm')
  return multiply(squareRoot(multiply(rational(2), own.coefficient)), context.quantity('\\epsilon_{+/-}^l'))
}
const scaleMethod = "the scale in which the square of the negative norm's fluctuation has the coefficient one half"
export const normScale = derive('sec-8.4.normalised-norms', { fluctuation: 'eq-94' }, scaleMethod, scale)
export const normalCoordinates = derive('sec-8.4.normal-coordinates', { fluctuation: 'eq-94' }, scaleMethod, scale)

export const normalWeight = derive(
  'eq-95',
  { fluctuation: 'eq-94', norms: 'sec-8.4.normal-coordinates', counts: 'sec-8.4.normalised-counts' },
  'the normal coordinates put in',
  ({ fluctuation, norms, counts }, context) =>
    weight(
      '[d\\epsilon_k^l][d\\epsilon_+^l][d\\epsilon_-^l]',
      normalised(fluctuation, norms, counts, context),
      context,
    ),
)

const restated = ({ formula }: { readonly formula: Formula }) => lastSide(formula)

export const modes = derive(
  'eq-96',
  { fluctuation: 'eq-90', series: 'eq-98' },
  'Fourier transform on the ring',
  ({ fluctuation, series }, context) =>
    fourierEnergy(fluctuation, { ...normalisedQuantities(context), ...fourierSeries(series) }),
)

/** The inverse covariance: twice the kernel of the energy per site. */
const inverseCovariance = (
  { weight, series }: { readonly weight: Formula; readonly series: Formula },
  context: Context,
): Expression =>
  scaledMatrix(
    fourierKernel(boltzmannEnergy(weight), {
      ...normalisedFluctuations(context),
      ...fourierSeries(series),
      waveVector: context.scalar('q').name,
    }),
    rational(2),
  )
const inverseMethod = 'Fourier transform on the ring, twice the energy per mode'
export const inverse = derive('eq-97', { weight: 'eq-95', series: 'eq-98' }, inverseMethod, inverseCovariance)
export const inverseAgain = derive('eq-102', { weight: 'eq-95', series: 'eq-98' }, inverseMethod, inverseCovariance)

export const waveVectors = derive(
  'sec-8.4.wave-vectors',
  { fluctuation: 'eq-90', series: 'eq-98' },
  'wave vectors whose Fourier factor has the period of the ring',
  ({ fluctuation, series }, { notation, scalar }) =>
    ringWaveVectors(fluctuation, { notation, number: scalar('n'), ...fourierSeries(series) }),
)

const modeMeasure = '[d\\epsilon_k^q][d\\epsilon_+^q][d\\epsilon_-^q]'

export const seriesPutIn = derive(
  'eq-99',
  { weight: 'eq-95', series: 'eq-98' },
  'the Fourier series put in',
  ({ weight: of, series }, context) => {
    const options = { ...normalisedQuantities(context), ...fourierSeries(series) }
    return weight(modeMeasure, substituteFourierSeries(boltzmannEnergy(of), options), context)
  },
)

/** The energy of the modes, whatever stage of the calculation it is written at, with all sums but one carried out. */
const carriedOut = ({ weight: of }: { readonly weight: Formula }, context: Context) => {
  const quantities = normalisedQuantities(context)
  return weight(
    modeMeasure,
    modesOfKernel(modeNormalForm(boltzmannEnergy(of), quantities), quantities.modes, 'q', 'mode'),
    context,
  )
}
export const summed = derive(
  'eq-100',
  { weight: 'eq-99' },
  'the sum over sites carried out by orthogonality',
  carriedOut,
)
export const matrixForm = derive('eq-101', { weight: 'eq-100' }, 'the same energy', carriedOut)

export const quadraticAgain = derive('eq-104', { formula: 'eq-90' }, 'the quadratic energy', restated)
export const differences = derive('eq-105', { formula: 'eq-104' }, 'the same energy up to total differences', restated)

const fieldTheoryOf = ({ fluctuation }: { readonly fluctuation: Formula }, context: Context) =>
  toLeadingOrder('q', gradientExpansion(fluctuation, { ...normalisedQuantities(context), order: 2 }))
const gradientMethod = 'differences expanded to second order in derivatives, the sum over layers as an integral'
export const fieldTheory = derive('eq-106', { fluctuation: 'eq-105' }, gradientMethod, fieldTheoryOf)
export const fieldTheoryStated = derive('eq-103', { theory: 'eq-106' }, 'the same field theory', ({ theory }) =>
  toLeadingOrder('q', lastSide(theory)),
)
