import type { CheckInput, DirectCheck } from '../derivation.js'
import type { Evidence, Method, Witness } from '../evidence.js'

/** What a computation found. Null for `holds`: there was nothing to decide by. */
export interface Finding {
  readonly holds: boolean | null
  readonly summary: string
  /** Required where it does not hold. */
  readonly witness?: Witness
  readonly numbers?: Evidence['numbers']
  /** It holds to leading order; `numbers.order` says how the rest falls off. */
  readonly leadingOrder?: boolean
}

/**
 * A check that computes without simulations. What it finds not to hold is refuted, with its witness; what it cannot
 * decide is undecided. An InputError that it throws is undecided too, with the error's message.
 *
 * @param name what the check is called in reports
 * @param method `numeric`, `property` (random instances) or `exact`: of which kind the evidence is
 * @param find from the formula under test (`input.claimed`), the premises (`input.premises`, by their names in the derivation) and
 *   the context to what was found: `holds` (null where nothing was decided), a `summary` in a line, a `witness` where it does not hold
 */
export function directCheck(
  name: string,
  method: Exclude<Method, 'sampled'>,
  find: (input: CheckInput) => Finding | Promise<Finding>,
): DirectCheck {
  return {
    kind: 'direct',
    name,
    run: async (input): Promise<Evidence> => {
      const { holds, summary, witness, numbers, leadingOrder } = await find(input)
      return {
        method,
        target: input.target,
        outcome: holds === null ? 'undecided' : holds ? 'holds' : 'refuted',
        summary: `${name}: ${summary}`,
        witness: holds === false ? (witness ?? { at: {}, left: 'claimed', right: summary }) : null,
        numbers: numbers ?? {},
        ...(leadingOrder && holds ? { leadingOrder: true } : {}),
      }
    },
  }
}

/** Slope of log|y| against log x between the outermost points: the order of a vanishing quantity. */
export function measuredOrder(points: readonly { readonly x: number; readonly y: number }[]): number {
  const [a, b] = [points[0]!, points.at(-1)!]
  return Math.log(Math.abs(b.y / a.y)) / Math.log(b.x / a.x)
}
