/** Appendix 8.2: the calculation of section 5 step by step, (40)-(72). */
import {
  add,
  boltzmannEnergy,
  type Context,
  derive,
  differentiate,
  displacedEnergy,
  expandEnergy,
  type Formula,
  fourierEnergy,
  fourierSeries,
  gradientExpansion,
  lastSide,
  leadingInWidth,
  modeNormalForm,
  modesOfKernel,
  modulo,
  orderOfNeglectedTerms,
  radialEnergy,
  ringEnergy,
  ringWaveVectors,
  secondVariation,
  siteOrthogonality,
  solvePolynomials,
  substituteFourierSeries,
  toLeadingOrder,
  uniformEnergy,
  uniformSaddle,
  withActivation,
  withUniformQuantity,
} from 'corrigenda'
import { ringQuantities, smoothFluctuation, weight } from './quantities.js'

/** The formula's statement again, for statements that repeat or rearrange another. */
const restated = ({ formula }: { readonly formula: Formula }) => lastSide(formula)

export const widthOptions = ({ notation, scalar, quantity }: Context) => ({
  notation,
  width: scalar('N'),
  norms: [quantity('r^l')],
})

/** The ring of linear networks of one width. */
export const linear = ({ sides }: Formula, { scalar }: Context) =>
  withUniformQuantity(
    withActivation(sides.at(-1)!, 'activation', (z) => z),
    'layerWidth',
    scalar('N'),
  )

export const radial = (energy: Formula | ReturnType<typeof lastSide>, { notation, quantity, scalar }: Context) =>
  radialEnergy(energy, { notation, vector: quantity('z_\\alpha^l'), norm: quantity('r^l'), dimension: scalar('N') })

export const linearWeight = derive(
  'eq-40',
  { lattice: 'eq-11' },
  'Boltzmann weight of the ring with a linear activation',
  ({ lattice }, context) => weight('[dz]', linear(lattice, context), context),
)

export const radialForm = derive(
  'eq-41',
  { weight: 'eq-40' },
  'hyperspherical coordinates in every layer, leading term at large width',
  ({ weight }, context) =>
    toLeadingOrder('1/N', leadingInWidth(radial(boltzmannEnergy(weight), context), widthOptions(context))),
)

export const weightAgain = derive('eq-42', { formula: 'eq-40' }, 'the same weight', restated)
export const weightByLayers = derive(
  'eq-43',
  { formula: 'eq-42' },
  'the same weight, its measure a product over layers',
  restated,
)

export const exactRadial = derive(
  'eq-44',
  { cartesian: 'eq-43' },
  'hyperspherical coordinates in every layer, nothing neglected',
  ({ cartesian }, context) => weight('[dr]', radial(boltzmannEnergy(cartesian), context), context),
)

export const wideRadial = derive('eq-45', { energy: 'eq-44' }, 'leading term at large width', ({ energy }, context) =>
  toLeadingOrder('1/N', weight('[dr]', leadingInWidth(boltzmannEnergy(energy), widthOptions(context)), context)),
)

export const saddle = derive(
  'eq-46',
  { energy: 'eq-41' },
  'uniform stationary point of the energy',
  ({ energy }, context) => lastSide(uniformSaddle(energy, ringQuantities(context))[0]!),
)

export const uniform = derive(
  'eq-47',
  { energy: 'eq-41' },
  'the energy where every norm is the same',
  ({ energy }, context) => uniformEnergy(energy, ringQuantities(context)),
)

export const minimum = derive('sec-8.2.minimum', {}, 'stationary point of y - N log y', (_, context) => {
  const y = context.scalar('y')
  return solvePolynomials([differentiate(context.read('y - N \\log y'), y)], [y])[0]![0]!
})

export const saddleCondition = derive(
  'eq-48',
  { saddle: 'eq-46' },
  'the squared norm at the stationary point',
  ({ saddle }, context) => modulo([saddle], context.read('(r^*)^2')),
)

export const fluctuation = derive(
  'eq-49',
  { energy: 'eq-41', saddle: 'eq-46' },
  'second variation about the stationary point, and the order of the first term beyond it that does not cancel around the ring',
  ({ energy, saddle }, context) => {
    const options = { ...ringQuantities(context), at: [saddle] }
    const order = orderOfNeglectedTerms(energy, options)
    return add(
      context.read('\\mathcal{L}(r^*)'),
      secondVariation(energy, options),
      context.read(`\\mathcal{O}(\\epsilon^${order})`),
    )
  },
)

export const splitLogarithm = derive('eq-50', { formula: 'eq-41' }, 'the energy with its logarithm split', restated)

export const displaced = derive(
  'eq-51',
  { energy: 'eq-50' },
  'r^* + epsilon put in, nothing neglected',
  ({ energy }, context) => displacedEnergy(energy, ringQuantities(context)),
)

export const expanded = derive(
  'eq-52',
  { energy: 'eq-50' },
  'Taylor series in the fluctuations to second order',
  ({ energy }, context) =>
    expandEnergy(energy, { ...ringQuantities(context), reference: context.read('\\mathcal{L}(r^*)') }),
)

export const saddleVariance = derive(
  'sec-8.2.saddle-variance',
  { saddle: 'eq-46' },
  'the abbreviation D at the stationary point',
  ({ saddle }, context) => modulo([saddle], context.read('\\sigma_w^2 N^{-1} (r^*)^2 + \\sigma_b^2')),
)

export const expandedAtSaddle = derive(
  'eq-53',
  { energy: 'eq-50', saddle: 'eq-46' },
  'Taylor series in the fluctuations to second order, at the stationary point',
  ({ energy, saddle }, context) =>
    modulo([saddle], expandEnergy(energy, { ...ringQuantities(context), reference: false })),
)

export const linearTerms = derive(
  'sec-8.2.linear-terms',
  { energy: 'eq-50', saddle: 'eq-46' },
  'first variation about the stationary point',
  ({ energy, saddle }, context) =>
    modulo([saddle], expandEnergy(energy, { ...ringQuantities(context), reference: false, order: 1 })),
)

export const gathered = derive(
  'eq-54',
  { energy: 'eq-50', saddle: 'eq-46' },
  'second variation about the stationary point',
  ({ energy, saddle }, context) => modulo([saddle], secondVariation(energy, ringQuantities(context))),
)

export const gatheredInVariances = derive(
  'eq-55',
  { energy: 'eq-50', saddle: 'eq-46' },
  'second variation about the stationary point, the stationary norm put in',
  ({ energy, saddle }, context) => secondVariation(energy, { ...ringQuantities(context), at: [saddle] }),
)

export const waveVectors = derive(
  'sec-8.2.wave-vectors',
  { fluctuation: 'eq-55', series: 'eq-56' },
  'wave vectors whose Fourier factor has the period of the ring',
  ({ fluctuation, series }, { notation, scalar }) =>
    ringWaveVectors(fluctuation, { notation, number: scalar('n'), ...fourierSeries(series) }),
)

export const modes = derive(
  'eq-57',
  { fluctuation: 'eq-58', series: 'eq-56' },
  'Fourier transform on the ring',
  ({ fluctuation, series }, context) =>
    fourierEnergy(fluctuation, { ...ringQuantities(context), ...fourierSeries(series) }),
)

export const quadraticAgain = derive('eq-58', { formula: 'eq-55' }, 'the quadratic energy', restated)

export const seriesPutIn = derive(
  'eq-59',
  { fluctuation: 'eq-58', series: 'eq-56' },
  'the Fourier series put in',
  ({ fluctuation, series }, context) =>
    substituteFourierSeries(fluctuation, { ...ringQuantities(context), ...fourierSeries(series) }),
)

export const sumMovedInwards = derive('eq-60', { formula: 'eq-59' }, 'the sum over sites moved inwards', restated)

/** The energy of the modes, whatever stage of the calculation it is written at, with all sums but one carried out. */
const carriedOut = ({ modes }: { readonly modes: Formula }, context: Context) => {
  const quantities = ringQuantities(context)
  return modesOfKernel(modeNormalForm(modes, quantities), quantities.modes, 'q', 'mode')
}

export const orthogonality = derive(
  'eq-61',
  { modes: 'eq-60' },
  'the sum over sites carried out by orthogonality',
  carriedOut,
)
export const deltaRepresentation = derive(
  'eq-63',
  { quadratic: 'eq-58' },
  'the geometric series over the sites of the ring',
  ({ quadratic }, context) => lastSide(siteOrthogonality(ringEnergy(quadratic, context), 'q', context)),
)
export const oneSum = derive(
  'eq-62',
  { modes: 'eq-60' },
  'the sums over sites and over the second wave vector carried out',
  carriedOut,
)
export const oneSumAgain = derive('eq-64', { modes: 'eq-62' }, 'the same energy', carriedOut)
export const squaredModuli = derive(
  'eq-65',
  { modes: 'eq-64' },
  'amplitudes of a real function at q and -q conjugate',
  carriedOut,
)
export const paired = derive('eq-66', { modes: 'eq-65' }, 'the kernel made even in q', carriedOut)

export const differences = derive('eq-69', { formula: 'eq-68' }, 'the same energy up to total differences', restated)
export const quadraticOnceMore = derive('eq-68', { formula: 'eq-55' }, 'the quadratic energy', restated)
export const differencesInDistance = derive('eq-70', { formula: 'eq-69' }, 'the same energy', restated)

/** The field theory of slow fluctuations. */
const effectiveTheory = ({ fluctuation }: { readonly fluctuation: Formula }, context: Context) =>
  toLeadingOrder(
    'q',
    gradientExpansion(fluctuation, { ...ringQuantities(context), smooth: [smoothFluctuation(context)], order: 2 }),
  )

export const fieldTheory = derive(
  'eq-72',
  { fluctuation: 'eq-70' },
  'differences expanded to second order in derivatives, the sum over layers as an integral',
  effectiveTheory,
)

export const fieldTheoryAgain = derive(
  'eq-67',
  { fluctuation: 'eq-70' },
  'differences expanded to second order in derivatives, the sum over layers as an integral',
  effectiveTheory,
)
