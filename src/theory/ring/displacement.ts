import { DomainError } from '../../expression/errors.js'
import { add, divide, type Expression, type Formula, multiply, pi, rational, type SymbolNode } from '../../expression/expression.js'
import { replaceTrees, table } from '../support/tree.js'
import { fieldAt, occurrencesOf, type RingEnergy, ringEnergy, ringExpression, type RingOptions, siteLetter, sitesOf } from './energy.js'
import type { VariationOptions } from './variation.js'

/**
 * The energy of a configuration that differs from a uniform one, nothing expanded: every field `r^l` replaced by its
 * uniform value plus the fluctuation, `r^* + ε^l`. Throws DomainError where the energy is not a ring's.
 */
export function displacedEnergy(energy: Formula | Expression | RingEnergy, options: VariationOptions): Expression {
  const ring = ringEnergy(energy, options)
  const pairs = occurrencesOf(ring, options.fields, ring.density).map((o) => {
    const [uniform, pattern] = [options.uniform[o.field], options.fluctuations[o.field]]
    if (!uniform || !pattern) throw new DomainError(`the field ${o.node.name} needs a uniform value and a fluctuation`)
    return [o.node, add(uniform, fieldAt(ring, pattern, o.offset, siteLetter(ring, pattern)))] as const
  })
  return ringExpression({ ...ring, density: replaceTrees(ring.density, table(pairs)) })
}

/** The wave vectors of the ring on which an energy lives, `q = 2 pi n / sites`, for whole numbers n: `e^{iql}` has the ring's period. */
export function ringWaveVectors(
  energy: Formula | Expression | RingEnergy,
  options: RingOptions & { readonly number: SymbolNode },
): Expression {
  return divide(multiply(rational(2), pi, options.number), sitesOf(ringEnergy(energy, options)))
}
