import { DomainError } from '../../../expression/errors.js'
import type { Level, ResolvedField } from '../../fields.js'
import { layerAgreement } from '../agreement/layer.js'
import {
  activationAt,
  hasGaussianFields,
  inverseTemperatureOf,
  type PairEnsemble,
  patternCount,
  perturbationAt,
  rowCorrelationAt,
} from '../ensemble.js'

const layersOf = ({ depth }: PairEnsemble): readonly number[] => Array.from({ length: depth }, (_, k) => k + 1)

/**
 * Throws DomainError unless the level draws pairs of networks from the ensemble's own law.
 */
export function checkPairLevel(ensemble: PairEnsemble, level: Level): void {
  const { weights, fields = 'exact' } = ensemble
  if (level === 'weights') {
    if (fields === 'gaussian')
      throw new DomainError(
        "the weights level draws the weights themselves, whose fields are what they are: leave out fields: 'gaussian'",
      )
    return
  }
  if (level === 'preactivations' && weights.kind === 'sparse')
    throw new DomainError(
      'the preactivations level does not know sparse layers, whose fields are sums of a few signs: take another level',
    )
  if (level === 'preactivations') checkPreactivations(ensemble)
  else checkCollective(ensemble)
}

function checkPreactivations(ensemble: PairEnsemble): void {
  for (const layer of layersOf(ensemble)) {
    if (hasGaussianFields(ensemble, layer) || ensemble.fields === 'gaussian') continue
    const { kind } = perturbationAt(ensemble, layer)
    throw new DomainError(
      `the preactivations level is exact for normal weights under rotation or none; with ${ensemble.weights.kind} weights and ${kind} in layer ${layer} the fields are normal in the limit N -> infinity alone: take the level 'weights', or say fields: 'gaussian' to simulate that limit's fields at finite N`,
    )
  }
}

function checkCollective(ensemble: PairEnsemble): void {
  for (const layer of layersOf(ensemble)) {
    if (activationAt(ensemble, layer) !== 'sign')
      throw new DomainError(
        `the collective level knows networks of signs, and layer ${layer} has another activation, whose order parameters do not close: take the level 'preactivations'`,
      )
    if (ensemble.weights.kind === 'sparse') checkSparse(ensemble)
    // One value, so that a temperature out of range is met here.
    else if (rowCorrelationAt(ensemble, layer) === 0) layerAgreement(ensemble, layer)(0)
    else if (
      Number.isFinite(inverseTemperatureOf(ensemble)) ||
      (!hasGaussianFields(ensemble, layer) && ensemble.fields !== 'gaussian')
    )
      throw new DomainError(
        `the collective level takes correlated rows without thermal noise, under rotation or none (layer ${layer}): take another level`,
      )
  }
  if (patternCount(ensemble) > 1)
    throw new DomainError("the collective level takes one pattern; for several take the level 'preactivations'")
}

function checkSparse({ biasVariance = 0, weightVariance, fields }: PairEnsemble): void {
  if (biasVariance > 0 || weightVariance === 0 || fields === 'gaussian')
    throw new DomainError(
      "the collective level takes sparse layers without biases, with a weight variance above 0 and exact fields: take the level 'weights'",
    )
}

/**
 * Throws DomainError where the collective level does not follow a field: magnetisations where binary weights tie and
 * sgn(0) is fixed, which makes the signs uneven.
 */
export function checkPairField(ensemble: PairEnsemble, level: Level, { name }: ResolvedField): void {
  const fixed = ensemble.zeroSign !== undefined && ensemble.zeroSign !== 'random'
  const ties = ensemble.weights.kind === 'binary' && ensemble.fields !== 'gaussian'
  if (level === 'collective' && fixed && ties && (name === 'referenceMean' || name === 'perturbedMean'))
    throw new DomainError(
      `the collective level follows overlaps alone where ties of binary weights go one way; for '${name}' take the level 'weights' or zeroSign 'random'`,
    )
}
