import { DomainError, LimitError } from '../../expression/errors.js'
import { type MajorityPerturbation, majorityLayer, type PairState, pairProbabilities } from './evolution.js'
import { checkedInputs } from './majority.js'

/** The exact law of two sparse networks of finite width, by the counts of the four joint values of a layer's neurons. */
export interface PairLaw {
  readonly width: number
  /** Counts of (+,+), (+,-), (-,+), (-,-). */
  readonly counts: readonly (readonly [number, number, number, number])[]
  /** Their probabilities, one list for each layer, the inputs' first. */
  readonly layers: readonly (readonly number[])[]
}

const mostStates = 4000

const stateOf = ([pp, pm, mp, mm]: readonly [number, number, number, number], width: number): PairState => ({
  reference: (pp + pm - mp - mm) / width,
  perturbed: (pp - pm + mp - mm) / width,
  overlap: (pp - pm - mp + mm) / width,
})

/**
 * The law of the joint state of every layer for networks of N neurons a layer in which each gate draws its k inputs
 * independently (a neuron may be drawn twice): given the layer before, neurons are independent, so that the counts of
 * their four joint values are multinomial. Averaged over connections, flips and noise; exact at every width. Throws
 * DomainError for even k or an input magnetisation that N signs do not have, LimitError where there are too many states.
 */
export function pairLaw(
  k: number,
  width: number,
  up: number,
  layers: number,
  perturbation: MajorityPerturbation = {},
): PairLaw {
  checkedInputs(k)
  if (!Number.isInteger(width) || width < 1) throw new DomainError(`a width of ${width}; give a positive whole number`)
  if (!Number.isInteger(up) || up < 0 || up > width)
    throw new DomainError(`${up} of ${width} inputs cannot be +1; give a whole number between`)
  const size = ((width + 1) * (width + 2) * (width + 3)) / 6
  if (size > mostStates)
    throw new LimitError(`networks of width ${width} have ${size} joint states; at most ${mostStates} are listed`)
  const counts: (readonly [number, number, number, number])[] = []
  for (let a = 0; a <= width; a++)
    for (let b = 0; a + b <= width; b++)
      for (let c = 0; a + b + c <= width; c++) counts.push([a, b, c, width - a - b - c])
  const logFactorial = [0]
  for (let n = 1; n <= width; n++) logFactorial.push(logFactorial[n - 1]! + Math.log(n))
  const ways = counts.map((c) => logFactorial[width]! - c.reduce((sum, n) => sum + logFactorial[n]!, 0))
  const powers = (p: number): readonly number[] =>
    Array.from({ length: width + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log(p)))
  const transition = counts.map((c) => {
    const next = majorityLayer(k, stateOf(c, width), perturbation)
    const table = pairProbabilities(next).map(powers)
    return counts.map((to, j) => Math.exp(ways[j]! + to.reduce((sum, n, kind) => sum + table[kind]![n]!, 0)))
  })
  const start = counts.map(([pp, pm, mp]) => (pp === up && pm === 0 && mp === 0 ? 1 : 0))
  const all: (readonly number[])[] = [start]
  for (let l = 0; l < layers; l++) {
    const before = all.at(-1)!
    const after = new Array<number>(counts.length).fill(0)
    before.forEach((p, i) => {
      if (p === 0) return
      transition[i]!.forEach((q, j) => {
        after[j]! += p * q
      })
    })
    all.push(after)
  }
  return { width, counts, layers: all }
}

/** Mean joint state of each layer under a law. */
export const meanStates = ({ width, counts, layers }: PairLaw): readonly PairState[] =>
  layers.map((probabilities) => {
    const sums = { reference: 0, perturbed: 0, overlap: 0 }
    probabilities.forEach((p, k) => {
      const state = stateOf(counts[k]!, width)
      sums.reference += p * state.reference
      sums.perturbed += p * state.perturbed
      sums.overlap += p * state.overlap
    })
    return sums
  })
