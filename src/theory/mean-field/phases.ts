import { DomainError } from '../../expression/errors.js'
import { findAllRoots } from '../../numeric/roots.js'
import { type ActivationForm, gaussianActivation } from './activation.js'
import { correlationFixedPoints, type MapFixedPoint, stableLength } from './fixed-points.js'
import { gaussianMean, gaussianSecondMoment, gaussianSquaredSlope } from './kernels.js'
import { meanShare, type SignalMaps, signalMaps } from './model.js'

/** How fast iteration forgets its start: deviations fall off like exp(-layers/scale). Infinite where the slope is one. */
export const depthScale = (slope: number): number => {
  const size = Math.abs(slope)
  return size === 0 ? 0 : size < 1 ? -1 / Math.log(size) : Number.POSITIVE_INFINITY
}

/** What becomes of two inputs in a deep network. */
export interface SignalFate {
  readonly length: MapFixedPoint
  /** Slope of the correlation map at c = 1, sigma_w^2 E phi'^2: above one close inputs part (Poole et al. 2016). */
  readonly chi: number
  /** All fixed points of the correlation map, ascending; the last is c = 1. */
  readonly correlations: readonly MapFixedPoint[]
  /** Where uncorrelated inputs end up. */
  readonly attractor: MapFixedPoint
  /** xi_q */
  readonly lengthScale: number
  /** xi_c at the attractor. */
  readonly correlationScale: number
}

/**
 * Fixed points and depth scales of a model at its largest stable mean square (Schoenholz et al. 2017). Throws DomainError
 * where no mean square is a positive stable fixed point.
 */
export function signalFate(maps: SignalMaps): SignalFate {
  const length = stableLength(maps)
  const correlations = correlationFixedPoints(maps, length.value)
  // An odd activation without bias keeps zero, up to rounding.
  const rises = maps.correlation(0, length.value) >= -1e-12
  // The map is increasing on [0, 1]: from 0 it climbs to the first fixed point above, or falls to the one below.
  const attractor = rises
    ? correlations.find((p) => p.value >= -1e-9)!
    : (correlations.filter((p) => p.value < 0).at(-1) ?? correlations.at(-1)!)
  return {
    length,
    chi: maps.correlationSlope(1, length.value),
    correlations,
    attractor,
    lengthScale: depthScale(length.slope),
    correlationScale: depthScale(attractor.slope),
  }
}

/**
 * The weight variance above which the mean square grows without bound, for an activation that is homogeneous of degree
 * one: 1/(E phi(Z)^2 - k/(1+k) (E phi(Z))^2). Throws DomainError where the activation is not homogeneous, its length map
 * then has no such line.
 */
export function lengthBoundary(form: ActivationForm, rowCorrelation = 0): number {
  const activation = gaussianActivation(form)
  for (const z of [-3.7, -0.4, 0.6, 2.9])
    if (Math.abs(activation.value(8 * z) - 8 * activation.value(z)) > 1e-12 * Math.abs(activation.value(8 * z)))
      throw new DomainError(
        'the activation is not homogeneous: whether the mean square is bounded depends on its size; look for the fixed points of the length map',
      )
  const share = meanShare(rowCorrelation)
  return 1 / (gaussianSecondMoment(activation, 1).value - share * gaussianMean(activation, 1).value ** 2)
}

/** A point where c = 1 changes its stability, chi_1 = 1, with the mean square there. */
export interface CriticalPoint {
  readonly weightVariance: number
  readonly biasVariance: number
  readonly length: number
  /** Whether that mean square is a stable fixed point of the length map. */
  readonly stable: boolean
}

/** The boundary between order and chaos at a given mean square: sigma_w^2 = 1/E phi'^2, and sigma_b^2 follows. The bias
 * variance is negative where no network has this mean square there. */
export function criticalPoint(form: ActivationForm, length: number, rowCorrelation = 0): CriticalPoint {
  const activation = gaussianActivation(form)
  const share = meanShare(rowCorrelation)
  if (!(length > 0)) throw new DomainError(`the mean square is ${length}: give a positive number`)
  const weightVariance = 1 / gaussianSquaredSlope(activation, length).value
  const mean = share === 0 ? 0 : gaussianMean(activation, length).value
  const biasVariance = length - weightVariance * (gaussianSecondMoment(activation, length).value - share * mean * mean)
  const model = { activation: form, weightVariance, biasVariance: Math.max(0, biasVariance), rowCorrelation }
  return { weightVariance, biasVariance, length, stable: Math.abs(signalMaps(model).lengthSlope(length)) < 1 }
}

/**
 * All points of the boundary between order and chaos at one bias variance, by mean square ascending. For an activation
 * that is linear near 0 and no bias the boundary ends at q = 0, sigma_w^2 = 1/phi'(0)^2, which is a limit and not found here.
 * Throws DomainError for a bias variance that is not positive.
 */
export function criticalPoints(
  form: ActivationForm,
  biasVariance: number,
  rowCorrelation = 0,
): readonly CriticalPoint[] {
  if (!(biasVariance > 0 && biasVariance < Number.POSITIVE_INFINITY))
    throw new DomainError(`the bias variance is ${biasVariance}: the boundary is followed for positive ones`)
  const excess = (s: number): number =>
    Math.log(Math.max(Number.MIN_VALUE, criticalPoint(form, Math.exp(s), rowCorrelation).biasVariance / biasVariance))
  return findAllRoots(excess, Math.log(biasVariance), Math.log(biasVariance) + 18, 120).map(({ root }) =>
    criticalPoint(form, Math.exp(root), rowCorrelation),
  )
}
