import { decideEqual, findWitness } from '../../exact/equality.js'
import { DomainError, InputError } from '../../expression/errors.js'
import { type Expression, type Formula, subtract, zero } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { indexedQuantities, substitute } from '../../expression/substitute.js'
import type { Instances, NetworkSize } from '../derivation.js'
import type { Evidence } from '../evidence.js'
import { assumptionsOf } from './exact.js'
import { statedSides } from './sides.js'

/** A formula written out, or why it has no value: a matrix that a number is added to, a sum up to half a number. */
function valueOrNone(write: () => Expression): Expression | string {
  try {
    return write()
  } catch (error) {
    if (error instanceof DomainError) return error.detail
    throw error
  }
}

/** Points at which formulas must agree where no normal form decides. */
const fewest = 6

const variablesNamed = ({ variables }: Instances): string => variables.join(', ')

const describe = ({ lastLayer, neurons, widths, inputs }: NetworkSize): string =>
  `L = ${lastLayer}, ${widths?.join(' and ') ?? neurons ?? 'any number of'} neuron${neurons === 1 ? '' : 's'}, ${inputs} input${inputs === 1 ? '' : 's'}`

/** What is left of an exponent once its value where every variable vanishes is taken away: weights are the same up to a factor. */
function variablePart(exponent: Expression, variables: ReadonlySet<string>): Expression {
  // Weights without named variables are compared as they stand.
  if (variables.size === 0) return exponent
  const atOrigin = substitute(exponent, (node) =>
    node.kind === 'indexed' && variables.has(node.name) ? zero : undefined,
  )
  return subtract(exponent, atOrigin)
}

/**
 * Compares a claimed weight with exponents derived on small networks, component by component and up to a constant,
 * exactly. Refuted by the first size at which the exponents differ, with values of all components as the witness.
 */
export function compareInstances(
  claimed: Formula,
  derived: Instances,
  notation: Notation,
  target: Evidence['target'],
): Evidence {
  const base = { method: 'exact' as const, target, numbers: { sizes: derived.sizes.map(describe).join('; ') } }
  const what = derived.what ?? 'the exponent'
  const every = statedSides(claimed).map((side): Formula => ({ sides: [claimed.sides[0]!, side], relations: ['='] }))
  const stated = derived.everySide && claimed.sides.length > 1 ? every : [claimed]
  let byNumbers = 0
  for (const [size, formula] of derived.sizes.flatMap((s) => stated.map((f) => [s, f] as const))) {
    let found: ReturnType<typeof decideEqual>
    try {
      const b = derived.exponent(size)
      const a = valueOrNone(() => derived.instantiate(formula, size))
      if (typeof a === 'string')
        return {
          ...base,
          outcome: 'refuted',
          summary: `${what} has no value for ${describe(size)}: ${a}`,
          witness: { at: { L: String(size.lastLayer) }, left: 'no value', right: 'a value', note: a },
        }
      // What carries a layer is integrated over; widths and variances are not.
      const variables = new Set(
        [a, b]
          .flatMap((e) => indexedQuantities(e))
          .filter((q) => derived.variables.includes(q.name))
          .map((q) => q.name),
      )
      const [left, right] = [variablePart(a, variables), variablePart(b, variables)]
      found = decideEqual(left, right, assumptionsOf(notation))
      if (found.outcome === 'undecided') {
        // No normal form decides: agreement at scattered points supports it, and proves nothing.
        const assumptions = assumptionsOf(notation)
        const onLine = findWitness(left, right, assumptions)
        // Where one side has no real value anywhere, it has a complex one.
        const { witness, agreed } =
          onLine.witness === null && onLine.agreed === 0
            ? findWitness(left, right, { ...assumptions, inComplex: true })
            : onLine
        if (witness !== null) found = { outcome: 'different', witness }
        else if (agreed >= fewest) {
          byNumbers = byNumbers === 0 ? agreed : Math.min(byNumbers, agreed)
          continue
        }
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      found = { outcome: 'undecided', reason: error.detail }
    }
    if (found.outcome === 'undecided')
      return {
        ...base,
        outcome: 'undecided',
        summary: `not decided for ${describe(size)}: ${found.reason}`,
        witness: null,
      }
    if (found.outcome === 'different') {
      const { values, left, right } = found.witness
      return {
        ...base,
        outcome: 'refuted',
        summary: `${what} differs from what was derived for ${describe(size)}: ${derived.describe}`,
        witness: {
          at: Object.fromEntries(values),
          left,
          right,
          note:
            variablesNamed(derived) === ''
              ? `for ${describe(size)}`
              : `exponents for ${describe(size)}, less their values at the origin`,
        },
      }
    }
  }
  const { leadingOrder } = derived
  if (byNumbers > 0)
    return {
      ...base,
      method: 'property',
      outcome: 'holds',
      summary: `${what} agrees with what was derived (${derived.describe}) to 50 digits at ${byNumbers} points or more; its normal forms decide nothing`,
      witness: null,
      numbers: { ...base.numbers, instances: byNumbers, digits: 50 },
      instances: true,
      ...(leadingOrder ? { leadingOrder: true } : {}),
    }
  return {
    ...base,
    outcome: 'holds',
    ...(leadingOrder ? { leadingOrder: true, numbers: { ...base.numbers, order: leadingOrder.order } } : {}),
    summary: `${what} is what was derived (${derived.describe})${leadingOrder ? `, to leading order in ${leadingOrder.small}` : ''}, component by component, on networks with ${derived.sizes.map(describe).join('; ')}${derived.complete ? `; ${derived.complete}` : ''}`,
    witness: null,
    ...(derived.complete ? {} : { instances: true }),
  }
}
