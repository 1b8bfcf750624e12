import type { Formula } from '../../expression/expression.js'
import type { CheckInput, Context } from '../derivation.js'

/** What a claim predicts of one case. */
export type Predict = (claimed: Formula, input: CheckInput) => readonly number[]

interface Known {
  readonly premises: CheckInput['premises']
  readonly reading: CheckInput['reading']
  readonly depth: CheckInput['depth']
  readonly values: Map<number, readonly number[]>
}

/**
 * A memory of what claims predict of the cases of one check. Predictions know nothing of the seed; they are made once for
 * each claim, also where a check is judged again with many seeds.
 */
export function predictionsOf(): (input: CheckInput, position: number, predict: Predict) => readonly number[] {
  const memory = new WeakMap<Context, WeakMap<Formula, Known>>()
  return (input, position, predict) => {
    const { context, claimed, premises, reading, depth } = input
    const byFormula = memory.get(context) ?? new WeakMap<Formula, Known>()
    memory.set(context, byFormula)
    const last = byFormula.get(claimed)
    const usable = last && last.premises === premises && last.reading === reading && last.depth === depth
    const known = usable ? last : { premises, reading, depth, values: new Map() }
    byFormula.set(claimed, known)
    const values = known.values.get(position) ?? predict(claimed, input)
    known.values.set(position, values)
    return values
  }
}
