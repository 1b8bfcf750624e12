// @ts-check
/** Section 3: the averaged spin as a field. Independent spins are a variational guess; the chain itself never orders. */
import {
  add,
  confirm,
  correlationLength,
  derive,
  directCheck,
  divide,
  expandEnergy,
  fourierEnergy,
  gradientExpansion,
  lastSide,
  measuredOrder,
  modeNormalForm,
  multiply,
  rational,
  saddleConditions,
  scalarValue,
  secondVariation,
  stabilityRegion,
  substitute,
  toLeadingOrder,
  uses,
  zero,
} from 'corrigenda'

/** @import { Context } from 'corrigenda' */

/** @param {Context} context */
const quantities = ({ notation, quantity, scalar }) => ({
  notation,
  fields: [quantity('u^l')],
  uniform: [scalar('u^*')],
  fluctuations: [quantity('\\epsilon^l')],
  modes: [quantity('\\epsilon_q')],
})

/** Configurations without magnetisation. @param {Context} context */
const paramagnet = (context) => [{ sides: [context.scalar('u^*'), zero], relations: /** @type {const} */ (['=']) }]

export const stationary = derive(
  'eq-14',
  { functional: 'eq-13' },
  'derivative of the free energy a site by a uniform magnetisation',
  ({ functional }, context) => ({
    sides: [saddleConditions(functional, quantities(context))[0] ?? zero, zero],
    relations: ['='],
  }),
)

export const stability = derive(
  'eq-15',
  { functional: 'eq-13' },
  'parameters at which every mode about no magnetisation costs free energy',
  ({ functional }, context) =>
    stabilityRegion(
      secondVariation(functional, { ...quantities(context), at: paramagnet(context) }),
      quantities(context),
    ),
)

export const theory = derive(
  'eq-16',
  { functional: 'eq-13' },
  'second variation about no magnetisation, differences expanded to second order in derivatives',
  ({ functional }, context) => {
    const field = context.read('\\epsilon(x)')
    if (field.kind !== 'apply') throw new TypeError('the notation declares no field')
    const fluctuation = secondVariation(functional, { ...quantities(context), at: paramagnet(context) })
    return toLeadingOrder('q', gradientExpansion(fluctuation, { ...quantities(context), smooth: [field], order: 2 }))
  },
)

export const quartic = derive(
  'eq-17',
  { functional: 'eq-13' },
  'twice the coefficient of the fourth power in the expansion about no magnetisation',
  ({ functional }, context) => {
    const { fluctuations } = quantities(context)
    const upTo = (/** @type {number} */ order) => {
      const expansion = expandEnergy(functional, {
        ...quantities(context),
        at: paramagnet(context),
        order,
        reference: false,
      })
      if (expansion.kind !== 'indexedSum') throw new TypeError('the expansion is no sum over sites')
      // At unit amplitude on all sites a term is its coefficient.
      return substitute(expansion.body, (node) =>
        node.kind === 'indexed' && node.name === fluctuations[0]?.name ? rational(1) : undefined,
      )
    }
    return multiply(rational(2), add(upTo(4), multiply(rational(-1), upTo(3))))
  },
)

export const length = derive(
  'eq-18',
  { functional: 'eq-13' },
  'square root of stiffness over mass in the kernel of the modes',
  ({ functional }, context) => {
    const fluctuation = secondVariation(functional, { ...quantities(context), at: paramagnet(context) })
    const modes = fourierEnergy(fluctuation, quantities(context))
    return toLeadingOrder('q', correlationLength(modeNormalForm(modes, quantities(context))))
  },
)

export const agreement = uses(
  'eq-19',
  { chain: 'eq-8', stability: 'eq-15' },
  'the difference of both susceptibilities at falling couplings',
)

const order = directCheck('order of the difference in the coupling', 'numeric', ({ claimed, premises, context }) => {
  const [theory, expansion] = claimed.sides
  const chain = premises['chain']
  if (theory === undefined || expansion === undefined || chain === undefined)
    throw new TypeError('two sides and the susceptibility of the chain are needed')
  // Both susceptibilities in units of beta.
  const exact = divide(lastSide(chain), context.scalar('\\beta'))
  const at = (/** @type {number} */ coupling) => {
    const values = { inverseTemperature: 0.7, coupling }
    return {
      theory: scalarValue(theory, values),
      stated: scalarValue(expansion, values),
      exact: scalarValue(exact, values),
    }
  }
  const { stated, exact: counted } = at(0.4)
  if (!(Math.abs(stated / counted - 1) < 1e-12))
    return {
      holds: false,
      summary: 'the right side is not the susceptibility of the chain',
      witness: { at: { inverseTemperature: '0.7', coupling: '0.4' }, left: String(stated), right: String(counted) },
    }
  const apart = [0.01, 0.001].map((x) => ({ x, y: at(x).theory - at(x).exact }))
  const measured = measuredOrder(apart)
  return {
    holds: Math.abs(measured - 2) < 0.05,
    summary: `they differ in the order (beta J)^${measured.toFixed(3)}`,
    numbers: { order: measured },
    leadingOrder: true,
  }
})

export const susceptibilities = confirm(agreement, order)
