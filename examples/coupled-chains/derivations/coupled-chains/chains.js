// @ts-check
/** From the energy of two coupled chains to the correlations of one of them. */
import {
  add,
  claimedValue,
  confirm,
  correlationLength,
  derive,
  directCheck,
  fourierEnergy,
  fourierKernel,
  integrateOut,
  massAndStiffness,
  modeVariance,
  multiply,
  numericKernel,
  one,
  rational,
  spatialCorrelations,
  stabilityRegion,
  toLeadingOrder,
  uses,
} from 'corrigenda'

/** @import { Context, Formula } from 'corrigenda' */

/** @param {Context} context */
const quantities = ({ notation, quantity }) => ({
  notation,
  fluctuations: [quantity('u^l'), quantity('v^l')],
  modes: [quantity('u_q'), quantity('v_q')],
})

/**
 * @param {Formula} energy
 * @param {Context} context
 */
const kernelOf = (energy, context) => fourierKernel(energy, quantities(context))

/** The kernel of the first chain alone. @param {Formula} energy @param {Context} context */
const firstKernel = (energy, context) => integrateOut(kernelOf(energy, context), 1)

export const modes = derive('eq-2', { energy: 'eq-1' }, 'Fourier transform on the ring', ({ energy }, context) =>
  fourierEnergy(energy, quantities(context)),
)

export const kernel = derive('eq-3', { energy: 'eq-1' }, 'kernel of the modes', ({ energy }, context) =>
  kernelOf(energy, context),
)

export const stability = derive(
  'eq-4',
  { energy: 'eq-1' },
  'parameters at which every mode costs energy',
  ({ energy }, context) => stabilityRegion(energy, quantities(context)),
)

export const reduced = derive(
  'eq-5',
  { energy: 'eq-1' },
  'Gaussian integral over the second chain',
  ({ energy }, context) => {
    const [[entry] = []] = firstKernel(energy, context).rows
    if (entry === undefined) throw new TypeError('the kernel has no entry')
    return entry
  },
)

export const spectrum = derive(
  'eq-6',
  { energy: 'eq-1' },
  'half the reciprocal of the kernel of the first chain, a site',
  ({ energy }, context) => modeVariance(firstKernel(energy, context), add(context.scalar('L'), one)),
)

export const mass = derive(
  'eq-7',
  { energy: 'eq-1' },
  'twice the kernel of the first chain at vanishing wave vector',
  ({ energy }, context) => multiply(rational(2), massAndStiffness(firstKernel(energy, context)).mass),
)

export const length = derive(
  'eq-8',
  { energy: 'eq-1' },
  'square root of stiffness over mass in the kernel of the first chain',
  ({ energy }, context) => toLeadingOrder('q', correlationLength(firstKernel(energy, context))),
)

export const correlations = uses('eq-9', { energy: 'eq-1' }, 'the inverse kernel, integrated over all wave vectors')

const parameters = [
  { firstMass: 1, coupling: 0.4, firstStiffness: 2 },
  { firstMass: 0.5, coupling: -0.3, firstStiffness: 1 },
  { firstMass: 3, coupling: 1.5, firstStiffness: 0.7 },
]

const integrated = directCheck('integral of the inverse kernel over all wave vectors', 'numeric', (input) => {
  const energy = input.premises['energy']
  if (energy === undefined) throw new TypeError('the energy is no premise')
  const kernel = kernelOf(energy, input.context)
  const longest = 6
  for (const values of parameters) {
    const equal = { ...values, secondMass: values.firstMass, secondStiffness: values.firstStiffness }
    const measured = spatialCorrelations(numericKernel(kernel, new Map(Object.entries(equal))), longest)
    for (let distance = 0; distance <= longest; distance++) {
      const stated = claimedValue(input.claimed, input, { ...equal, distance })
      const found = measured[distance] ?? Number.NaN
      if (!(Math.abs(stated - found) < 1e-10 * (measured[0] ?? 0)))
        return {
          holds: false,
          summary: `${stated} is stated at distance ${distance}, ${found} found`,
          witness: {
            at: Object.fromEntries(
              Object.entries({ ...equal, distance }).map(([name, value]) => [name, String(value)]),
            ),
            left: String(stated),
            right: String(found),
          },
        }
    }
  }
  return {
    holds: true,
    summary: `they agree at distances 0 to ${longest}`,
    numbers: { comparisons: 3 * (longest + 1) },
  }
})

export const correlationsIntegrated = confirm(correlations, integrated)
