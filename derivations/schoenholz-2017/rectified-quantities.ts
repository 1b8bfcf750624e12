import { type ApplyNode, type Context, type Expression, type Formula, lastSide } from 'corrigenda'

/** The three fields of the ring of rectified networks, in the paper's own letters. */
export function rectifiedQuantities({ notation, quantity, scalar }: Context) {
  return {
    notation,
    fields: [quantity('r_+^l'), quantity('r_-^l'), quantity('k_l')],
    uniform: [scalar('r_+'), scalar('r_-'), scalar('k')],
    fluctuations: [quantity('\\epsilon_+^l'), quantity('\\epsilon_-^l'), quantity('\\epsilon_k^l')],
  }
}

/** The fluctuations in normalised variables. */
export const normalisedFluctuations = ({ notation, quantity }: Context) => ({
  notation,
  fluctuations: ['+', '-', 'k'].map((field) => quantity(`\\tilde{\\epsilon}_${field}^l`)),
})

/** The same with their Fourier amplitudes and smooth fields. */
export function normalisedQuantities(context: Context) {
  const { quantity, read } = context
  const smooth = ['+', '-', 'k'].map((field): ApplyNode => {
    const e = read(`\\epsilon_${field}(x)`)
    if (e.kind !== 'apply') throw new TypeError(`the notation declares no field \\epsilon_${field}(x)`)
    return e
  })
  return {
    ...normalisedFluctuations(context),
    modes: ['+', '-', 'k'].map((field) => quantity(`\\epsilon_${field}^q`)),
    smooth,
  }
}

/** The stationary values as equations for the three fields: one norm for both signs. */
export function stationary(
  norm: Formula | Expression,
  count: Formula | Expression,
  { scalar }: Context,
): readonly Formula[] {
  const equation = (left: string, right: Expression): Formula => ({ sides: [scalar(left), right], relations: ['='] })
  return [equation('r_+', lastSide(norm)), equation('r_-', lastSide(norm)), equation('k', lastSide(count))]
}
