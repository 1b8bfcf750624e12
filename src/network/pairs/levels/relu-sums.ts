import { fieldKey } from '../../fields.js'
import type { Sampler, Trajectory } from '../../trajectory.js'
import { clampedAgreement, tiedAgreement } from '../agreement/agreement.js'
import {
  activationAt,
  biasCorrelation,
  flippedInputs,
  inverseTemperatureOf,
  type PairEnsemble,
  pairWidths,
  patternCount,
  perturbationAt,
  rowCorrelationAt,
  weightCorrelation,
} from '../ensemble.js'
import type { PairFieldName } from '../fields.js'
import type { PairContext } from './context.js'

/** Where the kernel leaves a layer's sums. */
const [referenceSum, perturbedSum, referenceSquares, perturbedSquares, products] = [0, 1, 2, 3, 4] as const

const sumOf: Partial<Record<PairFieldName, number>> = {
  pairOverlap: products,
  meanPairOverlap: products,
  referenceOverlap: referenceSquares,
  perturbedOverlap: perturbedSquares,
  referenceMean: referenceSum,
  perturbedMean: perturbedSum,
}

/**
 * Whether `reluSumsSampler` draws the ensemble: one pattern through rectified linear layers and an output of signs,
 * without noise and with independent weights, from unmagnetised inputs with a known overlap, observed by what it gives.
 */
export function drawsReluSums({ ensemble, fields }: PairContext): boolean {
  const { depth, input } = ensemble
  const layers = Array.from({ length: depth }, (_, k) => k + 1)
  return (
    depth > 1 &&
    patternCount(ensemble) === 1 &&
    !Number.isFinite(inverseTemperatureOf(ensemble)) &&
    flippedInputs(ensemble) !== null &&
    (input?.magnetisation ?? 0) === 0 &&
    layers.every(
      (l) => activationAt(ensemble, l) === (l === depth ? 'sign' : 'relu') && rowCorrelationAt(ensemble, l) === 0,
    ) &&
    fields.every(({ name }) => name !== 'referenceMean' && name !== 'perturbedMean')
  )
}

/**
 * The pre-activations level where a layer matters to the next through its sums alone: each layer's pairs of normals are
 * drawn, rectified and added up in one pass, and of the output's signs Binomial(N, P(agree)) agree.
 */
export function reluSumsSampler({ ensemble, fields, kernels, memory }: PairContext): Sampler {
  const { depth, weightVariance, biasVariance = 0 } = ensemble
  const widths = pairWidths(ensemble)
  const sumsAt = memory.allocate(5)
  const scratch = memory.allocate(2 * Math.max(...widths))
  const sums = memory.view(sumsAt, 5)
  const kappas = widths.map((_, l) => (l === 0 ? 1 : weightCorrelation(ensemble.weights, perturbationAt(ensemble, l))))
  const biasKappas = widths.map((_, l) => (l === 0 ? 1 : biasCorrelation(ensemble, l)))
  const columns = fields.map(() => new Float64Array(widths.length))
  const chosen = fields.map(({ name }) => sumOf[name as PairFieldName]!)
  const trajectory: Trajectory = new Map(fields.map((field, k) => [fieldKey(field), columns[k]!]))
  const inputs = widths[0]!
  const flipped = flippedInputs(ensemble)!
  const read = (layer: number): void => {
    for (let k = 0; k < chosen.length; k++) columns[k]![layer] = sums[chosen[k]!]! / widths[layer]!
  }

  return () => {
    sums[referenceSquares] = inputs
    sums[perturbedSquares] = inputs
    sums[products] = inputs - 2 * flipped
    read(0)
    for (let layer = 1; layer <= depth; layer++) {
      const gain = weightVariance / widths[layer - 1]!
      const first = gain * sums[referenceSquares]! + biasVariance
      const second = gain * sums[perturbedSquares]! + biasVariance
      const covariance = gain * kappas[layer]! * sums[products]! + biasVariance * biasKappas[layer]!
      const width = widths[layer]!
      if (layer < depth) {
        const root = Math.sqrt(first)
        const slope = root > 0 ? covariance / root : 0
        const rest = second - slope * slope
        // What rounding leaves of no variance is none, as in the general factor.
        const spread = rest > second * 8 * Number.EPSILON ? Math.sqrt(rest) : 0
        kernels.reluPairSums(scratch, width, root, slope, spread, sumsAt)
      } else {
        const agreeing = kernels.nextBinomial(width, outputAgreement(ensemble, first, second, covariance))
        sums[referenceSquares] = width
        sums[perturbedSquares] = width
        sums[products] = 2 * agreeing - width
      }
      read(layer)
    }
    return trajectory
  }
}

function outputAgreement(
  { zeroSign = 'random' }: PairEnsemble,
  first: number,
  second: number,
  covariance: number,
): number {
  if (first > 0 && second > 0) return clampedAgreement(covariance / Math.sqrt(first * second)).same
  // One network is dead: the other's sign is even. Both are: sgn(0) decides.
  return first > 0 || second > 0 ? 0.5 : tiedAgreement(zeroSign).same
}
