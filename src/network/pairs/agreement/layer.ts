import { DomainError, LimitError } from '../../../expression/errors.js'
import {
  activationAt,
  biasCorrelation,
  hasGaussianFields,
  inverseTemperatureOf,
  type PairEnsemble,
  pairWidths,
  perturbationAt,
  rowCorrelationAt,
  weightCorrelation,
} from '../ensemble.js'
import { agreeingNeurons } from '../validate.js'
import { type Agreement, clampedAgreement, tiedAgreement } from './agreement.js'
import { binarisedAgreement } from './binarised.js'
import { dilutedAgreement } from './diluted.js'
import { flippedAgreement } from './flipped.js'
import { thermalAgreement } from './thermal.js'

/** Widest layer before one whose agreement is an exact sum. */
export const widestExactSum = 2048

/** What is not exact, and what to do: for messages. */
function refuse(layer: number, why: string): never {
  throw new DomainError(
    `the overlap of layer ${layer} is no Markov chain of known transitions: ${why}; take the level 'weights', or fields: 'gaussian' where that model will do`,
  )
}

/**
 * For layer l = 1 … L of a pair of networks, a valid ensemble, the chance that a neuron agrees between the networks as a
 * function of how many neurons k of the layer before do, at finite width. Normal fields follow the arcsine law (or its
 * thermal version); dilution, binarisation and sign flips of binary weights are summed exactly, unless the ensemble
 * takes its fields for normals.
 * @throws DomainError where the overlap of the layer before does not determine it (activations other than sign,
 * correlated rows, sparse layers), or no exact sum is known; LimitError where a sum would be too long.
 */
export function layerAgreement(ensemble: PairEnsemble, layer: number): (agreeing: number) => Agreement {
  const { weights, weightVariance, biasVariance = 0, zeroSign = 'random' } = ensemble
  const width = pairWidths(ensemble)[layer - 1]!
  const perturbation = perturbationAt(ensemble, layer)
  const beta = inverseTemperatureOf(ensemble)
  if (activationAt(ensemble, layer) !== 'sign' || (layer > 1 && activationAt(ensemble, layer - 1) !== 'sign'))
    refuse(layer, 'it or the layer before has an activation other than sign')
  if (rowCorrelationAt(ensemble, layer) !== 0)
    refuse(layer, 'with correlated rows the magnetisations of the layer before matter as well')
  if (weights.kind === 'sparse') refuse(layer, 'in sparse layers the magnetisations of the layer before matter as well')
  const total = weightVariance + biasVariance
  if (total === 0) return () => tiedAgreement(Number.isFinite(beta) ? 'random' : zeroSign)

  if (hasGaussianFields(ensemble, layer) || ensemble.fields === 'gaussian') {
    const kappa = weightCorrelation(weights, perturbation)
    const biasKappa = biasCorrelation(ensemble, layer)
    const correlation = (agreeing: number): number => {
      const overlap = (2 * agreeing - width) / width
      return Math.max(-1, Math.min(1, (weightVariance * kappa * overlap + biasVariance * biasKappa) / total))
    }
    return Number.isFinite(beta)
      ? (agreeing) => thermalAgreement(correlation(agreeing), beta * Math.sqrt(total))
      : (agreeing) => clampedAgreement(correlation(agreeing))
  }
  if (Number.isFinite(beta)) refuse(layer, 'with thermal noise the exact sum is known for normal fields alone')
  if (width > widestExactSum)
    throw new LimitError(
      `the exact agreement of layer ${layer} sums over ${width} neurons: at most ${widestExactSum}; take fields: 'gaussian'`,
    )
  if (perturbation.kind === 'dilution' && weights.kind === 'gaussian') {
    const diluted = { width, p: perturbation.p, weightVariance, biasVariance, zeroSign }
    return remembered(['dilution', ...Object.values(diluted)], () => (agreeing) => dilutedAgreement(diluted, agreeing))
  }
  if (biasVariance > 0) refuse(layer, `with ${perturbation.kind} of ${weights.kind} weights it takes no biases`)
  if (perturbation.kind === 'binarisation') return remembered(['binarisation', width], () => binarisedAgreement(width))
  if (weights.kind === 'binary' && (perturbation.kind === 'signFlips' || perturbation.kind === 'none')) {
    const p = perturbation.kind === 'none' ? 0 : perturbation.p
    return remembered(['flips', width, p, zeroSign], () => flippedAgreement({ width, p, zeroSign }))
  }
  return refuse(layer, `no exact sum is known for ${perturbation.kind} of ${weights.kind} weights`)
}

const sums = new Map<string, (agreeing: number) => Agreement>()

/** An exact sum by what it depends on, each of its values computed once: layers and shards ask for the same ones. */
function remembered(
  key: readonly (string | number)[],
  make: () => (agreeing: number) => Agreement,
): (agreeing: number) => Agreement {
  const name = key.join(' ')
  const known = sums.get(name)
  if (known) return known
  const compute = make()
  const values = new Map<number, Agreement>()
  const of = (agreeing: number): Agreement => {
    const value = values.get(agreeing) ?? compute(agreeing)
    values.set(agreeing, value)
    return value
  }
  if (sums.size > 64) sums.clear()
  sums.set(name, of)
  return of
}

/**
 * `layerAgreement` at one overlap of the layer before.
 * @throws DomainError as that, and for an overlap that the layer before does not have.
 */
export const agreementAt = (ensemble: PairEnsemble, layer: number, overlap: number): Agreement =>
  layerAgreement(ensemble, layer)(agreeingNeurons(overlap, pairWidths(ensemble)[layer - 1]!))
