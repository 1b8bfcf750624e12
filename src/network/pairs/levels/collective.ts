import { DomainError } from '../../../expression/errors.js'
import { fieldKey } from '../../fields.js'
import type { Sampler, Trajectory } from '../../trajectory.js'
import { clampedAgreement, tiedAgreement } from '../agreement/agreement.js'
import { layerAgreement } from '../agreement/layer.js'
import { type JointStates, sparseTransition } from '../agreement/sparse.js'
import {
  biasCorrelation,
  flippedInputs,
  inverseTemperatureOf,
  type PairEnsemble,
  pairWidths,
  perturbationAt,
  rowCorrelationAt,
  weightCorrelation,
} from '../ensemble.js'
import type { PairFieldName } from '../fields.js'
import type { PairContext } from './context.js'

/** How many neurons of a layer are +1 in both networks, in the reference alone, in the copy alone, in neither. */
interface Counts {
  both: number
  reference: number
  perturbed: number
  width: number
}

/** Chance that a neuron of the next layer agrees. */
type Transition = (before: Counts) => number

/** Draws a layer of a width in place of the one before. */
type Step = (counts: Counts, width: number) => void

/**
 * Networks of signs by their overlaps alone: given layer l - 1 the neurons of layer l are independent, so that
 * Binomial(N_l, P(agree)) of them agree; where magnetisations are observed or matter, Binomial(., 1/2) of those that
 * agree, and of those that do not, are +1 in the reference. Of a sparse layer the four joint states are multinomial. O(1)
 * a layer at any width.
 */
export function pairCollectiveSampler(context: PairContext): Sampler {
  const { ensemble, fields } = context
  const widths = pairWidths(ensemble)
  const correlated = widths.some((_, l) => l > 0 && rowCorrelationAt(ensemble, l) !== 0)
  const means =
    correlated ||
    ensemble.weights.kind === 'sparse' ||
    fields.some(({ name }) => name === 'referenceMean' || name === 'perturbedMean')
  const steps = widths
    .slice(1)
    .map((_, k) => (ensemble.weights.kind === 'sparse' ? sparseStep(context, k + 1) : denseStep(context, k + 1, means)))
  const counts: Counts = { both: 0, reference: 0, perturbed: 0, width: 0 }
  const columns = fields.map(() => new Float64Array(widths.length))
  const readers = fields.map(({ name }) => readings[name as PairFieldName])
  const trajectory: Trajectory = new Map(fields.map((field, k) => [fieldKey(field), columns[k]!]))
  const drawInput = inputCounts(context, means, counts)
  const read = (layer: number): void => {
    for (let k = 0; k < readers.length; k++) columns[k]![layer] = readers[k]!(counts)
  }

  return () => {
    drawInput()
    read(0)
    for (let layer = 1; layer < widths.length; layer++) {
      steps[layer - 1]!(counts, widths[layer]!)
      read(layer)
    }
    return trajectory
  }
}

const agreeingOf = ({ reference, perturbed, width }: Counts): number => width - reference - perturbed
const overlapOf = (counts: Counts): number => (2 * agreeingOf(counts) - counts.width) / counts.width
const referenceMean = ({ both, reference, width }: Counts): number => (2 * (both + reference) - width) / width
const perturbedMean = ({ both, perturbed, width }: Counts): number => (2 * (both + perturbed) - width) / width

const readings: Record<PairFieldName, (counts: Counts) => number> = {
  pairOverlap: overlapOf,
  meanPairOverlap: overlapOf,
  referenceOverlap: () => 1,
  perturbedOverlap: () => 1,
  referenceMean,
  perturbedMean,
}

function denseStep({ ensemble, kernels }: PairContext, layer: number, means: boolean): Step {
  const agree = transition(ensemble, layer)
  return (counts, width) => {
    const agreeing = kernels.nextBinomial(width, agree(counts))
    counts.both = means ? kernels.nextBinomial(agreeing, 0.5) : agreeing
    counts.reference = means ? kernels.nextBinomial(width - agreeing, 0.5) : 0
    counts.perturbed = width - agreeing - counts.reference
    counts.width = width
  }
}

function sparseStep({ ensemble, kernels }: PairContext, layer: number): Step {
  const transition = sparseLayerTransition(ensemble, layer)
  return (counts, width) => {
    const { both, reference, perturbed } = counts
    const chances = transition([both, reference, perturbed, counts.width - both - reference - perturbed])
    let [left, chance] = [width, 1]
    const draw = (k: 0 | 1 | 2): number => {
      const drawn = chance > 0 ? kernels.nextBinomial(left, Math.min(1, chances[k] / chance)) : 0
      left -= drawn
      chance -= chances[k]
      return drawn
    }
    counts.both = draw(0)
    counts.reference = draw(1)
    counts.perturbed = draw(2)
    counts.width = width
  }
}

/** The transition of a sparse layer of a valid ensemble. */
function sparseLayerTransition(ensemble: PairEnsemble, layer: number): (before: JointStates) => JointStates {
  const { weights } = ensemble
  if (weights.kind !== 'sparse') throw new DomainError('the weights are not sparse')
  const perturbation = perturbationAt(ensemble, layer)
  const p = perturbation.kind === 'signFlips' ? perturbation.p : 0
  const gain = 2 * inverseTemperatureOf(ensemble) * Math.sqrt(ensemble.weightVariance / weights.inputs)
  const plus = (sum: number): number => (Number.isFinite(gain) ? 1 / (1 + Math.exp(-gain * sum)) : sum > 0 ? 1 : 0)
  return sparseTransition({ inputs: weights.inputs, reference: weights.reference, p, plus })
}

/** Chances of wider layers are computed whenever they are met: few come twice. */
const widestTable = 65_536

function transition(ensemble: PairEnsemble, layer: number): Transition {
  const c = rowCorrelationAt(ensemble, layer)
  if (c !== 0) return correlatedTransition(ensemble, layer, c)
  const agreement = layerAgreement(ensemble, layer)
  const width = pairWidths(ensemble)[layer - 1]!
  if (width > widestTable) return (before) => agreement(agreeingOf(before)).same
  const table = new Float64Array(width + 1).fill(Number.NaN)
  return (before) => {
    const agreeing = agreeingOf(before)
    const known = table[agreeing]!
    if (!Number.isNaN(known)) return known
    table[agreeing] = agreement(agreeing).same
    return table[agreeing]!
  }
}

/** With rows of covariance I - c J the fields' variances depend on the magnetisations: 1 - c N m^2. */
function correlatedTransition(ensemble: PairEnsemble, layer: number, c: number): Transition {
  const { weights, weightVariance, biasVariance = 0, zeroSign = 'random' } = ensemble
  const kappa = weightCorrelation(weights, perturbationAt(ensemble, layer))
  const biasKappa = biasCorrelation(ensemble, layer)
  return (before) => {
    const [a, b, share] = [referenceMean(before), perturbedMean(before), c * before.width]
    const first = weightVariance * (1 - share * a * a) + biasVariance
    const second = weightVariance * (1 - share * b * b) + biasVariance
    const covariance = weightVariance * kappa * (overlapOf(before) - share * a * b) + biasVariance * biasKappa
    const product = first * second
    return product > 0 ? clampedAgreement(covariance / Math.sqrt(product)).same : tiedAgreement(zeroSign).same
  }
}

function inputCounts({ ensemble, kernels }: PairContext, means: boolean, counts: Counts): () => void {
  const width = pairWidths(ensemble)[0]!
  const { magnetisation = 0, flips } = ensemble.input ?? {}
  const flipped = flippedInputs(ensemble)
  return () => {
    counts.width = width
    const up = means ? kernels.nextBinomial(width, (1 + magnetisation) / 2) : width
    // Flipped components that are +1 in the reference, and those that are -1 there.
    let [fromUp, fromDown] = [flipped ?? 0, 0]
    if (flips?.kind === 'probability') {
      fromUp = kernels.nextBinomial(up, flips.probability)
      fromDown = kernels.nextBinomial(width - up, flips.probability)
    } else if (means) {
      fromUp = 0
      // Draws without replacement: how many of the flipped components are among the `up`.
      for (let k = 0; k < flipped!; k++) if (kernels.nextUniform() * (width - k) < up - fromUp) fromUp++
      fromDown = flipped! - fromUp
    }
    counts.both = up - fromUp
    counts.reference = fromUp
    counts.perturbed = fromDown
  }
}
