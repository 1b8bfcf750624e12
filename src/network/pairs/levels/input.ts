import { flippedInputs, pairWidths, patternCount } from '../ensemble.js'
import type { PairContext } from './context.js'

/** Draws the inputs of both networks into their blocks at `states`. */
export function inputSampler({ ensemble, kernels, memory }: PairContext, states: number): () => void {
  const width = pairWidths(ensemble)[0]!
  const patterns = patternCount(ensemble)
  const count = patterns * width
  const { magnetisation = 0, flips } = ensemble.input ?? {}
  const perturbed = states + 8 * count
  const flipped = flippedInputs(ensemble)
  const drawReference =
    magnetisation === 0
      ? () => kernels.fillSigns(states, count)
      : () => kernels.fillBiasedSigns(states, count, (1 + magnetisation) / 2)
  if (flips?.kind === 'probability')
    return () => {
      drawReference()
      kernels.flipRow(states, perturbed, count, flips.probability)
    }
  return () => {
    drawReference()
    const copy = memory.view(perturbed, count)
    copy.set(memory.view(states, count))
    if (flipped === null || flipped === 0) return
    for (let mu = 0; mu < patterns; mu++) {
      // Selection sampling (Knuth's algorithm S): each set of `flipped` components is as likely as any other.
      let wanted = flipped
      for (let i = 0; wanted > 0; i++)
        if (kernels.nextUniform() * (width - i) < wanted) {
          copy[mu * width + i] = -copy[mu * width + i]!
          wanted--
        }
    }
  }
}
