/**
 * Section 5: from the ring's energy (11) to the correlation length, for linear networks. Each step is the engine's and
 * takes nothing but the step before.
 */
import {
  add,
  correlationLength,
  derive,
  type Expression,
  expandKernel,
  fourierEnergy,
  fourierSeries,
  gradientExpansion,
  half,
  lastSide,
  leadingInWidth,
  mapChildren,
  modeNormalForm,
  modesOfKernel,
  multiply,
  radialEnergy,
  rational,
  ringWaveVectors,
  saddleExists,
  secondVariation,
  stabilityRegion,
  toLeadingOrder,
  uniformSaddle,
  withActivation,
  withUniformQuantity,
} from 'corrigenda'
import { ringQuantities, smoothFluctuation } from './quantities.js'

export const energy = derive(
  'eq-12',
  { lattice: 'eq-11' },
  'linear activation, hyperspherical coordinates in every layer, leading term at large width',
  ({ lattice }, context) => {
    const linear = withUniformQuantity(
      withActivation(lastSide(lattice), 'activation', (z) => z),
      'layerWidth',
      context.scalar('N'),
    )
    const radial = radialEnergy(linear, {
      notation: context.notation,
      vector: context.quantity('z_\\alpha^l'),
      norm: context.quantity('r^l'),
      dimension: context.scalar('N'),
    })
    const options = { notation: context.notation, width: context.scalar('N'), norms: [context.quantity('r^l')] }
    return toLeadingOrder('1/N', leadingInWidth(radial, options))
  },
)

export const saddle = derive(
  'eq-13',
  { energy: 'eq-12' },
  'uniform stationary point of the energy',
  ({ energy }, context) => lastSide(uniformSaddle(energy, ringQuantities(context))[0]!),
)

export const optimum = derive(
  'sec-5.optimum',
  { energy: 'eq-12' },
  'weight variances at which the energy has a uniform stationary point',
  ({ energy }, context) => saddleExists(energy, ringQuantities(context)),
)

export const meanNorm = derive(
  'sec-5.mean-and-mode',
  { saddle: 'eq-13' },
  'the uniform stationary point, to which the mean norm tends at large width',
  (_, context) => toLeadingOrder('1/N', context.read('r^*')),
)

export const fluctuation = derive(
  'eq-14',
  { energy: 'eq-12', saddle: 'eq-13' },
  'second variation of the energy about the uniform stationary point',
  ({ energy, saddle }, context) => secondVariation(energy, { ...ringQuantities(context), at: [saddle] }),
)

export const modes = derive(
  'eq-15',
  { fluctuation: 'eq-14' },
  'Fourier transform on the ring',
  ({ fluctuation }, context) => fourierEnergy(fluctuation, ringQuantities(context)),
)

export const waveVectors = derive(
  'sec-5.wave-vectors',
  { fluctuation: 'eq-14', series: 'sec-5.fourier-series' },
  'wave vectors whose Fourier factor has the period of the ring',
  ({ fluctuation, series }, { notation, scalar }) =>
    ringWaveVectors(fluctuation, { notation, number: scalar('n'), ...fourierSeries(series) }),
)

export const stability = derive(
  'sec-5.stability',
  { fluctuation: 'eq-14' },
  'weight variances at which every mode costs energy',
  ({ fluctuation }, context) => stabilityRegion(fluctuation, ringQuantities(context)),
)

export const fieldTheory = derive(
  'eq-16',
  { fluctuation: 'eq-14' },
  'differences expanded to second order in derivatives, the sum over layers as an integral',
  ({ fluctuation }, context) =>
    toLeadingOrder(
      'q',
      gradientExpansion(fluctuation, { ...ringQuantities(context), smooth: [smoothFluctuation(context)], order: 2 }),
    ),
)

export const longWave = derive(
  'eq-17',
  { modes: 'eq-15' },
  'kernel of the modes expanded to second order in the wave vector',
  ({ modes }, context) => {
    const quantities = ringQuantities(context)
    const kernel = expandKernel(modeNormalForm(modes, quantities), 'q', 2)
    return toLeadingOrder('q', modesOfKernel(kernel, quantities.modes, 'q', 'mode'))
  },
)

export const length = derive(
  'sec-5.correlation-length',
  { modes: 'eq-17' },
  'square root of stiffness over mass in the kernel of long waves',
  ({ modes }, context) => toLeadingOrder('q', correlationLength(modeNormalForm(modes, ringQuantities(context)))),
)

/** Both images of the field theory, under reversal of the field and of depth, in equal parts. */
export const symmetry = derive(
  'sec-5.symmetry',
  { theory: 'eq-16' },
  'half the field theory of the reversed field plus half that of reversed depth',
  ({ theory }) => {
    const reversed = (e: Expression, field: -1 | 1, depth: -1 | 1): Expression => {
      if (e.kind === 'apply' && e.name === 'fluctuationField') return multiply(rational(field), e)
      if (e.kind === 'derivative') return multiply(rational(depth ** e.order * field), e)
      return mapChildren(e, (child) => reversed(child, field, depth))
    }
    const side = lastSide(theory)
    if (side.kind !== 'product') throw new TypeError('the field theory is no product with an integral')
    const image = (e: Expression): Expression =>
      e.kind === 'integral' ? { ...e, body: multiply(half, add(reversed(e.body, -1, 1), reversed(e.body, 1, -1))) } : e
    return multiply(...side.factors.map(image))
  },
)
