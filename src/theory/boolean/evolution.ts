import { DomainError } from '../../expression/errors.js'
import { checkedInputs, choose } from './majority.js'

/** Joint state of two layers that see the same input: mean of the reference, of the perturbed layer, and of their product. */
export interface PairState {
  readonly reference: number
  readonly perturbed: number
  readonly overlap: number
}

/** What perturbs a layer of majority gates. */
export interface MajorityPerturbation {
  /** Share of weights flipped in the perturbed network. @defaultValue 0 */
  readonly flipped?: number
  /** Probability that a gate of the perturbed network gives the wrong answer. @defaultValue 0 */
  readonly noise?: number
}

/** One layer of an evolution: its state and the internal error (1 - overlap)/2. */
export interface PairLayer extends PairState {
  readonly error: number
}

export interface MajorityEvolution {
  /** Inputs of a gate; odd. */
  readonly inputs: number
  readonly layers: number
  /** Magnetisation of the inputs, which both networks share. */
  readonly magnetisation: number
  /** Of every layer, or of each. */
  readonly perturbation: MajorityPerturbation | readonly MajorityPerturbation[]
}

const isList = (
  given: MajorityPerturbation | readonly MajorityPerturbation[],
): given is readonly MajorityPerturbation[] => Array.isArray(given)

const inRange = (value: number, low: number, high: number, what: string): void => {
  if (!(value >= low && value <= high)) throw new DomainError(`${what} = ${value} lies outside [${low}, ${high}]`)
}

/** Probabilities of the four joint values (+,+), (+,-), (-,+), (-,-) of a pair of signs. Throws DomainError where one is negative. */
export function pairProbabilities({ reference, perturbed, overlap }: PairState): readonly number[] {
  const p = [
    1 + reference + perturbed + overlap,
    1 + reference - perturbed - overlap,
    1 - reference + perturbed - overlap,
    1 - reference - perturbed + overlap,
  ].map((x) => x / 4)
  if (p.some((x) => !(x >= -1e-12)))
    throw new DomainError(
      `no two signs have the means ${reference} and ${perturbed} and the mean product ${overlap}: a probability would be negative`,
    )
  // Exactly one in sum: a gate's polynomial would raise what rounding leaves to its k-th power, layer after layer.
  const kept = p.map((x) => Math.max(0, x))
  const total = kept.reduce((sum, x) => sum + x, 0)
  return kept.map((x) => x / total)
}

/** The mean of MAJ-k over independent inputs of mean x. */
export function majorityOf(k: number, x: number): number {
  checkedInputs(k)
  inRange(x, -1, 1, 'the mean of a sign')
  let mean = 0
  for (let n = 0; n <= k; n++)
    mean += (2 * n > k ? 1 : -1) * Number(choose(k, n)) * ((1 + x) / 2) ** n * ((1 - x) / 2) ** (k - n)
  return mean
}

/**
 * The next layer of MAJ-k gates in the limit of infinite width, by adding up all inputs of a gate: weights +1 in the
 * reference, a share of them flipped in the perturbed network. Throws DomainError for even k and for shares outside [0, 1].
 */
export function majorityLayer(k: number, state: PairState, perturbation: MajorityPerturbation = {}): PairState {
  checkedInputs(k)
  const { flipped = 0, noise = 0 } = perturbation
  inRange(flipped, 0, 1, 'the share of flipped weights')
  inRange(noise, 0, 1, 'the noise of a gate')
  const left = 1 - 2 * flipped
  const inputs = pairProbabilities({
    reference: state.reference,
    perturbed: left * state.perturbed,
    overlap: left * state.overlap,
  })
  const sums = { reference: 0, perturbed: 0, overlap: 0 }
  const [pp, pm, mp, mm] = inputs as [number, number, number, number]
  for (let a = 0; a <= k; a++)
    for (let b = 0; a + b <= k; b++)
      for (let c = 0; a + b + c <= k; c++) {
        const ways = Number(choose(k, a) * choose(k - a, b) * choose(k - a - b, c))
        const weight = ways * pp ** a * pm ** b * mp ** c * mm ** (k - a - b - c)
        const first = 2 * (a + b) > k ? 1 : -1
        const second = 2 * (a + c) > k ? 1 : -1
        sums.reference += weight * first
        sums.perturbed += weight * second
        sums.overlap += weight * first * second
      }
  const right = 1 - 2 * noise
  return { reference: sums.reference, perturbed: right * sums.perturbed, overlap: right * sums.overlap }
}

/** Magnetisations, overlap and internal error of every layer, the inputs' first. Throws DomainError as `majorityLayer`. */
export function majorityEvolution({
  inputs,
  layers,
  magnetisation,
  perturbation,
}: MajorityEvolution): readonly PairLayer[] {
  inRange(magnetisation, -1, 1, 'the magnetisation of the inputs')
  const withError = (state: PairState): PairLayer => ({ ...state, error: (1 - state.overlap) / 2 })
  const list: PairLayer[] = [withError({ reference: magnetisation, perturbed: magnetisation, overlap: 1 })]
  for (let l = 0; l < layers; l++) {
    const of = isList(perturbation) ? perturbation[l] : perturbation
    if (of === undefined) throw new DomainError(`no perturbation is given for layer ${l + 1} of ${layers}`)
    list.push(withError(majorityLayer(inputs, list.at(-1)!, of)))
  }
  return list
}
