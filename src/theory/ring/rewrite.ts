import { DomainError } from '../../expression/errors.js'
import {
  add,
  children,
  divide,
  type Expression,
  type Formula,
  mapChildren,
  multiply,
  one,
  pi,
  rational,
  symbol,
} from '../../expression/expression.js'
import { requireExpression } from '../../expression/guards.js'
import { refuseAbsentNames, type SubstituteOptions } from '../../expression/strict-substitute.js'
import { indexedQuantities, substitute } from '../../expression/substitute.js'
import { table } from '../support/tree.js'
import {
  fieldAt,
  occurrencesOf,
  type RingEnergy,
  type RingOptions,
  ringEnergy,
  ringExpression,
  siteLetter,
  sitesOf,
} from './energy.js'
import type { PhaseOptions } from './fourier.js'
import type { VariationOptions } from './variation.js'

/**
 * Puts a function for a declared one: every `φ(z)` becomes `activation(z)`, whatever indices the name carries. Any function of
 * one argument will do, not activations alone.
 *
 * @param e the expression
 * @param name the function's name in the notation
 * @param activation from the argument, in which the function has been put already, to what stands there instead
 * @throws InputError where no function of that name and one argument occurs, listing those that do, unless that is to be ignored
 */
export function withActivation(
  e: Expression,
  name: string,
  activation: (z: Expression) => Expression,
  { absent = 'error' }: SubstituteOptions = {},
): Expression {
  requireExpression(e, 'withActivation: the expression')
  if (absent === 'error') refuseAbsentNames('withActivation', [name], functionsIn(e))
  const visit = (node: Expression): Expression => {
    const mapped = mapChildren(node, visit)
    const argument =
      mapped.kind === 'apply' && mapped.name === name && mapped.arguments.length === 1 ? mapped.arguments[0] : undefined
    return argument ? activation(argument) : mapped
  }
  return visit(e)
}

/** Names of the declared functions of one argument in an expression. */
function functionsIn(e: Expression): ReadonlySet<string> {
  const own = e.kind === 'apply' && e.arguments.length === 1 ? [e.name] : []
  return new Set([...own, ...children(e).flatMap((child) => [...functionsIn(child)])])
}

/**
 * Puts one value for a quantity at every index: `N_l` becomes `N`.
 *
 * @param name the quantity's name in the notation
 * @throws InputError where it does not occur, listing what does, unless that is to be ignored
 */
export function withUniformQuantity(
  e: Expression,
  name: string,
  value: Expression,
  { absent = 'error' }: SubstituteOptions = {},
): Expression {
  requireExpression(e, 'withUniformQuantity: the expression')
  if (absent === 'error')
    refuseAbsentNames('withUniformQuantity', [name], new Set(indexedQuantities(e).map((quantity) => quantity.name)))
  const visit = (node: Expression): Expression =>
    node.kind === 'indexed' && node.name === name ? value : mapChildren(node, visit)
  return visit(e)
}

/** The energy with `uniform value + fluctuation` put for every field, nothing expanded or neglected. */
export function displacedEnergy(
  energy: Formula | Expression | RingEnergy,
  options: Pick<VariationOptions, 'fields' | 'uniform' | 'fluctuations'> & RingOptions,
): Expression {
  const ring = ringEnergy(energy, options)
  const pairs = occurrencesOf(ring, options.fields, ring.density).map((o) => {
    const [value, fluctuation] = [options.uniform[o.field], options.fluctuations[o.field]]
    if (!value || !fluctuation) throw new DomainError('every field needs a uniform value and a fluctuation')
    return [o.node, add(value, fieldAt(ring, fluctuation, o.offset, siteLetter(ring, fluctuation)))] as const
  })
  return ringExpression({ ...ring, density: substitute(ring.density, table(pairs)) })
}

/**
 * The wave vectors of a ring: `q = 2 pi n / sites`, those whose Fourier factor e^{iql} is the same at l and l + sites; of a
 * series with another `stride` those by whose phases the same is true. A formula in the symbol of the whole number. Throws DomainError where the number of sites is not known.
 */
export function ringWaveVectors(
  energy: Formula | Expression | RingEnergy,
  options: RingOptions & Pick<PhaseOptions, 'stride'> & { readonly number: Expression; readonly letter?: string },
): Formula {
  const sites = sitesOf(ringEnergy(energy, options))
  return {
    sides: [
      symbol(options.letter ?? 'q'),
      divide(multiply(rational(2), pi, options.number), multiply(options.stride ?? one, sites)),
    ],
    relations: ['='],
  }
}
