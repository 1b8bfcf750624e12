import { DomainError } from '../../expression/errors.js'
import { type Activation, checkActivation, checkVariance, checkWidth, deepestNetwork } from '../ensemble.js'
import {
  flippedInputs,
  type InputPerturbation,
  type PairEnsemble,
  type PairInput,
  type Perturbation,
  pairWidths,
  perturbationAt,
  rowCorrelationAt,
} from './ensemble.js'

const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most

/** Throws DomainError unless 0 <= p <= 1. */
export function checkProbability(p: number, what: string): void {
  if (!(p >= 0 && p <= 1)) throw new DomainError(`${what} is ${p}: give a number from 0 to 1`)
}

/**
 * The number of neurons k that agree between two networks of `width` neurons of overlap q = 2 k / width - 1.
 * @throws DomainError for an overlap outside [-1, 1] or between the lattice's points.
 */
export function agreeingNeurons(overlap: number, width: number, what = 'the overlap'): number {
  if (!(overlap >= -1 && overlap <= 1))
    throw new DomainError(`${what} is ${overlap}: the mean of products of +1 and -1 lies from -1 to 1`)
  const agreeing = (width * (1 + overlap)) / 2
  const nearest = Math.round(agreeing)
  if (Math.abs(agreeing - nearest) > 1e-9 * width)
    throw new DomainError(
      `${what} is ${overlap}, which ${width} neurons do not have: it is one of -1, ${-1 + 2 / width}, … 1 in steps of 2/${width}; the nearest is ${(2 * nearest) / width - 1}`,
    )
  return nearest
}

function checkLayers(values: readonly unknown[], depth: number, what: string): void {
  if (values.length !== depth)
    throw new DomainError(`there are ${values.length} ${what} for ${depth} layers: give one a layer, or one for all`)
}

function checkPerturbation(perturbation: Perturbation, ensemble: PairEnsemble, layer: number): void {
  const at = `of layer ${layer}`
  const { weights } = ensemble
  switch (perturbation.kind) {
    case 'none':
      return
    case 'rotation':
      checkProbability(perturbation.eta, `the rotation's eta ${at}`)
      break
    case 'dilution':
      checkProbability(perturbation.p, `the dilution's p ${at}`)
      if (perturbation.p === 1)
        throw new DomainError(
          `the dilution's p ${at} is 1: no weight remains, and the rescaling 1/sqrt(1 - p) is not defined; give p < 1`,
        )
      break
    case 'signFlips':
      checkProbability(perturbation.p, `the flipping probability p ${at}`)
      return
    case 'binarisation':
      if (weights.kind !== 'gaussian')
        throw new DomainError(
          `binarisation ${at}: ${weights.kind} weights have one size already, so it changes nothing; take 'none'`,
        )
      break
    default:
      throw new DomainError(
        `the perturbation '${String((perturbation as { kind: unknown }).kind)}' ${at} is not known: take none, rotation, dilution, binarisation or signFlips`,
      )
  }
  if (weights.kind === 'sparse')
    throw new DomainError(
      `${perturbation.kind} ${at} of sparse binary weights is not defined here: their perturbation is 'signFlips' or 'none'`,
    )
}

function checkWeights(ensemble: PairEnsemble, widths: readonly number[]): void {
  const { weights, depth } = ensemble
  if (weights.kind === 'binary') return
  if (weights.kind === 'gaussian') {
    const { rowCorrelation } = weights
    if (typeof rowCorrelation === 'object') checkLayers(rowCorrelation, depth, 'row correlations')
    for (let l = 1; l <= depth; l++) {
      const c = rowCorrelationAt(ensemble, l)
      const most = 1 / widths[l - 1]!
      if (!(c < most && c > Number.NEGATIVE_INFINITY))
        throw new DomainError(
          `the row correlation c = ${c} of layer ${l}: the covariance I - c J has the eigenvalue 1 - c N = ${1 - c * widths[l - 1]!}, so it is positive definite for c < 1/N = ${most} alone`,
        )
    }
    return
  }
  if (weights.kind !== 'sparse')
    throw new DomainError(
      `the weights '${String((weights as { kind: unknown }).kind)}' are not known: take gaussian, binary or sparse`,
    )
  const { inputs, reference } = weights
  if (reference !== 'plus' && reference !== 'random')
    throw new DomainError(`the sparse reference weights '${String(reference)}' are not known: take plus or random`)
  if (!isWhole(inputs, 1)) throw new DomainError(`${inputs} inputs a neuron: give a whole odd number, 1 or more`)
  if (inputs % 2 === 0)
    throw new DomainError(
      `${inputs} inputs a neuron: with an even number the majority is not defined where as many are +1 as -1; give an odd number`,
    )
  for (let l = 1; l <= depth; l++)
    if (inputs > widths[l - 1]!)
      throw new DomainError(
        `${inputs} inputs a neuron: layer ${l - 1} has ${widths[l - 1]} neurons to choose from; give at most as many`,
      )
}

function checkFlips(flips: InputPerturbation, width: number): void {
  if (flips.kind === 'count' && !isWhole(flips.count, 0, width))
    throw new DomainError(`${flips.count} input components are flipped: give a whole number from 0 to ${width}`)
  if (flips.kind === 'overlap') agreeingNeurons(flips.overlap, width, "the input's overlap")
  if (flips.kind === 'probability') checkProbability(flips.probability, "the inputs' flipping probability")
  if (!['none', 'count', 'overlap', 'probability'].includes(flips.kind))
    throw new DomainError(
      `the input perturbation '${String(flips.kind)}' is not known: take none, count, overlap or probability`,
    )
}

function checkInput({ magnetisation = 0, flips }: PairInput, width: number): void {
  if (!(magnetisation >= -1 && magnetisation <= 1))
    throw new DomainError(`the input's magnetisation is ${magnetisation}: the mean of +1 and -1 lies from -1 to 1`)
  if (flips !== undefined) checkFlips(flips, width)
}

/** Biases are rotated where weights are, and alike. */
function checkBiasPerturbation(ensemble: PairEnsemble): void {
  if (ensemble.biasPerturbation !== 'rotation') return
  for (let l = 1; l <= ensemble.depth; l++) {
    const { kind } = perturbationAt(ensemble, l)
    if (kind !== 'rotation' && kind !== 'none')
      throw new DomainError(
        `the biases are rotated as the weights are, and those of layer ${l} undergo ${kind}: take rotation or none, or leave biasPerturbation out`,
      )
  }
}

const options = {
  biasPerturbation: ['none', 'rotation'],
  zeroSign: ['random', 'plus', 'minus'],
  fields: ['exact', 'gaussian'],
} as const

/**
 * The ensemble itself, once it is known to make sense.
 * @throws DomainError that names the field, its value and what it may be.
 */
export function validatePairEnsemble(ensemble: PairEnsemble): PairEnsemble {
  const { depth, widths, activation, outputActivation = activation, patterns = 1 } = ensemble
  for (const phi of [activation, outputActivation] as readonly Activation[]) checkActivation(phi)
  if (!isWhole(depth, 1, deepestNetwork))
    throw new DomainError(`the depth is ${depth}: give a whole number of layers from 1 to ${deepestNetwork}`)
  if (typeof widths === 'object' && widths.length !== depth + 1)
    throw new DomainError(
      `there are ${widths.length} widths for an input and ${depth} layers: give ${depth + 1} (N^0 to N^${depth}), or one number`,
    )
  const all = pairWidths(ensemble)
  for (const [l, width] of (typeof widths === 'number' ? [widths] : all).entries())
    checkWidth(width, typeof widths === 'number' ? 'the width' : `the width N^${l}`)
  checkVariance(ensemble.weightVariance, 'the weight variance')
  checkVariance(ensemble.biasVariance ?? 0, 'the bias variance')
  checkWeights(ensemble, all)
  if (!('kind' in ensemble.perturbation)) checkLayers(ensemble.perturbation, depth, 'perturbations')
  for (let l = 1; l <= depth; l++) checkPerturbation(perturbationAt(ensemble, l), ensemble, l)
  checkBiasPerturbation(ensemble)
  checkInput(ensemble.input ?? {}, all[0]!)
  if (!isWhole(patterns, 1, 1000)) throw new DomainError(`${patterns} patterns: give a whole number from 1 to 1000`)
  const { inverseTemperature } = ensemble
  if (inverseTemperature !== undefined && !(inverseTemperature > 0))
    throw new DomainError(`the inverse temperature is ${inverseTemperature}: give a positive number`)
  for (const name of ['biasPerturbation', 'zeroSign', 'fields'] as const) {
    const value = ensemble[name]
    if (value !== undefined && !(options[name] as readonly string[]).includes(value))
      throw new DomainError(`${name} is '${value}': take one of ${options[name].join(', ')}`)
  }
  return ensemble
}

/** Overlap q^0 of the inputs, or null where it is random. */
export function inputOverlap(ensemble: PairEnsemble): number | null {
  const flipped = flippedInputs(ensemble)
  return flipped === null ? null : 1 - (2 * flipped) / pairWidths(ensemble)[0]!
}
