import { DomainError, LimitError } from '../../../expression/errors.js'
import type { Agreement } from '../agreement/agreement.js'
import { layerAgreement } from '../agreement/layer.js'
import { type PairEnsemble, pairWidths } from '../ensemble.js'
import { agreeingNeurons, inputOverlap, validatePairEnsemble } from '../validate.js'
import { type LatticeLaw, latticeLaw } from './lattice-law.js'
import { logAdd, logBinomials, logSum, powerLog } from './log-sums.js'

/** Pairs of networks of signs in which the overlap alone carries from layer to layer. */
export interface OverlapChain {
  /** N^0 … N^L. */
  readonly widths: readonly number[]
  /**
   * Chances that a neuron of layer l = 1 … L agrees between the networks when layer l - 1 has the overlap q = 2 k / N - 1,
   * k neurons of it agreeing; e.g. `(l, q) => arcsineAgreement(Math.sqrt(1 - eta[l] ** 2) * q)`.
   */
  readonly agreement: (layer: number, overlap: number, agreeing: number) => Agreement
  /** q^0, or the logarithms of the probabilities of k = 0 … N^0 agreeing components. @defaultValue 1 */
  readonly start?: number | ArrayLike<number>
}

/** The law of the overlaps q^l = 2 k / N^l - 1 at finite width; its own points are those of q^L. */
export interface OverlapLaw extends LatticeLaw {
  /** log P(k of N^l agree) for layer l = 0 … L. */
  layer(layer: number): Float64Array
  /** E[q^l | q^L = overlap], l = 0 … L: the finite-width form of a dominant trajectory. @throws DomainError off the lattice, or where that overlap is impossible. */
  conditionalMeans(overlap: number): readonly number[]
}

const widest = 4096

/** Rows of a layer's transition: log P(agree), log P(disagree) for each k of the layer before. */
interface Transition {
  readonly width: number
  readonly same: Float64Array
  readonly different: Float64Array
}

function checkChain({ widths }: OverlapChain): void {
  if (widths.length < 2) throw new DomainError('an overlap chain has an input and at least one layer: give two widths')
  for (const [l, width] of widths.entries()) {
    if (!Number.isSafeInteger(width) || width < 1)
      throw new DomainError(`the width N^${l} is ${width}: give a whole number of neurons, 1 or more`)
    if (width > widest)
      throw new LimitError(
        `the width N^${l} is ${width}: the exact law takes at most ${widest}, and its work grows as the width squared`,
      )
  }
}

function transitionOf({ widths, agreement }: OverlapChain, layer: number): Transition {
  const before = widths[layer - 1]!
  const same = new Float64Array(before + 1)
  const different = new Float64Array(before + 1)
  for (let k = 0; k <= before; k++) {
    const at = agreement(layer, (2 * k - before) / before, k)
    const total = at.same + at.different
    if (!(at.same >= 0 && at.different >= 0 && Math.abs(total - 1) < 1e-9))
      throw new DomainError(
        `the agreement of layer ${layer} after an overlap of ${(2 * k - before) / before} is ${at.same} and ${at.different}: give two probabilities that add up to 1`,
      )
    same[k] = Math.log(at.same)
    different[k] = Math.log(at.different)
  }
  return { width: widths[layer]!, same, different }
}

/** log P(k' of the layer agree | k of the one before), without the binomial coefficient. */
const logTerm = ({ width, same, different }: Transition, before: number, after: number): number =>
  powerLog(same[before]!, after) + powerLog(different[before]!, width - after)

function startOf({ widths, start = 1 }: OverlapChain): Float64Array {
  const width = widths[0]!
  if (typeof start === 'number') {
    const logs = new Float64Array(width + 1).fill(Number.NEGATIVE_INFINITY)
    logs[agreeingNeurons(start, width, 'the overlap q^0')] = 0
    return logs
  }
  const logs = Float64Array.from(start)
  if (logs.length !== width + 1)
    throw new DomainError(
      `the law of q^0 has ${logs.length} numbers: ${width} components agree in 0 to ${width} places, so give ${width + 1}`,
    )
  if (!(Math.abs(logSum(logs)) < 1e-9))
    throw new DomainError('the law of q^0: its probabilities (given by their logarithms) do not add up to 1')
  return logs
}

/**
 * The exact law of the overlap at finite width, as a product of binomial transition matrices in logarithms: given k
 * agreeing neurons of a layer, the neurons of the next agree independently with the chain's probability. Work grows as
 * L N^2; relative errors of probabilities are about 1e-15 N log N.
 * @throws DomainError on widths, overlaps or probabilities that make no sense; LimitError beyond 4096 neurons.
 */
export function overlapLaw(chain: OverlapChain): OverlapLaw {
  checkChain(chain)
  const { widths } = chain
  const depth = widths.length - 1
  const transitions = Array.from({ length: depth }, (_, k) => transitionOf(chain, k + 1))
  const laws = [startOf(chain)]
  for (const [k, transition] of transitions.entries()) laws.push(forward(laws[k]!, transition))
  return {
    ...latticeLaw(laws[depth]!),
    layer: (layer) => {
      const law = laws[layer]
      if (law === undefined) throw new DomainError(`layer ${layer}: the chain has layers 0 to ${depth}`)
      return law.slice()
    },
    conditionalMeans: (q) => conditionalMeans(laws, transitions, agreeingNeurons(q, widths[depth]!)),
  }
}

function forward(law: Float64Array, transition: Transition): Float64Array {
  const coefficients = logBinomials(transition.width)
  const terms = new Float64Array(law.length)
  return coefficients.map((coefficient, after) => {
    for (let before = 0; before < law.length; before++)
      terms[before] = law[before]! + logTerm(transition, before, after)
    return coefficient + logSum(terms)
  })
}

/** log P(q^L | k of the layer before) from log P(q^L | k of the layer). */
function backward(message: Float64Array, transition: Transition): Float64Array {
  const coefficients = logBinomials(transition.width)
  const terms = new Float64Array(message.length)
  return transition.same.map((_, before) => {
    for (let after = 0; after < message.length; after++)
      terms[after] = coefficients[after]! + message[after]! + logTerm(transition, before, after)
    return logSum(terms)
  })
}

function conditionalMeans(
  laws: readonly Float64Array[],
  transitions: readonly Transition[],
  target: number,
): readonly number[] {
  const last = laws[laws.length - 1]!
  if (last[target] === Number.NEGATIVE_INFINITY)
    throw new DomainError('the overlap of the last layer has probability 0: nothing follows from it')
  let message = new Float64Array(last.length).fill(Number.NEGATIVE_INFINITY)
  message[target] = 0
  const means: number[] = []
  for (let layer = laws.length - 1; layer >= 0; layer--) {
    const law = laws[layer]!
    const joint = law.map((log, k) => logAdd(log, message[k]!))
    const total = logSum(joint)
    const width = law.length - 1
    means.unshift(joint.reduce((sum, log, k) => sum + (Math.exp(log - total) * (2 * k - width)) / width, 0))
    if (layer > 0) message = Float64Array.from(backward(message, transitions[layer - 1]!))
  }
  return means
}

/**
 * The chain of a pair ensemble: its widths, its transitions (exact sums for dilution, binarisation and sign flips of
 * binary weights, or normal fields) and the law of its inputs' overlap.
 * @throws DomainError if the ensemble makes no sense or its overlaps are no chain of their own (activations other than
 * sign, correlated rows, sparse layers).
 */
export function overlapChain(ensemble: PairEnsemble): OverlapChain {
  validatePairEnsemble(ensemble)
  const widths = pairWidths(ensemble)
  const agreements = widths.slice(1).map((_, k) => layerAgreement(ensemble, k + 1))
  const { flips } = ensemble.input ?? {}
  return {
    widths,
    agreement: (layer, _, agreeing) => agreements[layer - 1]!(agreeing),
    start:
      flips?.kind === 'probability' ? binomialLogs(widths[0]!, 1 - flips.probability) : (inputOverlap(ensemble) ?? 1),
  }
}

const binomialLogs = (n: number, p: number): Float64Array =>
  logBinomials(n).map((log, k) => log + powerLog(Math.log(p), k) + powerLog(Math.log1p(-p), n - k))
