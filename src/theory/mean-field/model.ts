import { DomainError } from '../../expression/errors.js'
import { type ActivationForm, type GaussianActivation, gaussianActivation } from './activation.js'
import {
  derivativeKernel,
  gaussianKernel,
  gaussianMean,
  gaussianSecondMoment,
  gaussianSquaredSlope,
  secondMomentSlope,
} from './kernels.js'

/** A random network of infinite width, as plain data. */
export interface SignalModel {
  readonly activation: ActivationForm
  /** sigma_w^2: a weight's variance times the width. */
  readonly weightVariance: number
  /** sigma_b^2 */
  readonly biasVariance: number
  /**
   * k > -1: the weights of one neuron have the covariance sigma_w^2/N (I - k/(1+k) J/N), J all ones (Li & Saad 2018):
   * anti-correlated for k > 0, positively correlated for k < 0. Its eigenvalues are sigma_w^2/N and sigma_w^2/(N (1+k)).
   * @defaultValue 0
   */
  readonly rowCorrelation?: number
}

/** k/(1+k), the share of the squared mean that the covariance of a row takes away. Throws DomainError for k <= -1. */
export function meanShare(rowCorrelation: number): number {
  if (!(rowCorrelation > -1))
    throw new DomainError(
      `the row correlation k is ${rowCorrelation}: the covariance I - k/(1+k) J/N has the eigenvalue 1/(1+k), so it is positive definite for k > -1 alone`,
    )
  return rowCorrelation === Number.POSITIVE_INFINITY ? 1 : rowCorrelation / (1 + rowCorrelation)
}

/** A model ready to be evaluated. Every method is a function of the mean square q of the pre-activations. */
export interface SignalMaps {
  readonly model: SignalModel
  readonly activation: GaussianActivation
  /** q^{l+1} = sigma_w^2 (E phi^2 - k/(1+k) (E phi)^2) + sigma_b^2 (Poole et al. 2016). */
  readonly length: (q: number) => number
  /** d q^{l+1} / d q^l. */
  readonly lengthSlope: (q: number) => number
  /** The covariance of two inputs one layer on. */
  readonly covariance: (first: number, second: number, cross: number) => number
  /** c^{l+1} as a function of c^l, both inputs of mean square q, a fixed point of the length map. */
  readonly correlation: (c: number, q: number) => number
  /** d c^{l+1} / d c^l = sigma_w^2 E[phi'(u1) phi'(u2)]; at c = 1 it is chi_1. */
  readonly correlationSlope: (c: number, q: number) => number
}

const checked = (value: number, what: string): number => {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new DomainError(`${what} is ${value}: a variance is a finite number, zero or more`)
  return value
}

const checkCorrelation = (c: number): void => {
  if (!(c >= -1 && c <= 1)) throw new DomainError(`the correlation coefficient is ${c}: it lies in [-1, 1]`)
}

/** A function that knows its last value again. */
function remembering(f: (x: number) => number): (x: number) => number {
  let at = Number.NaN
  let value = Number.NaN
  return (x) => {
    if (x !== at) {
      value = f(x)
      at = x
    }
    return value
  }
}

/**
 * The maps of a model. Throws DomainError for variances that are negative or not finite and k <= -1; the maps throw it
 * for a negative q, c outside [-1, 1], and where a Gaussian mean does not exist.
 */
export function signalMaps(model: SignalModel): SignalMaps {
  const activation = gaussianActivation(model.activation)
  const gain = checked(model.weightVariance, 'the weight variance')
  const bias = checked(model.biasVariance, 'the bias variance')
  const share = meanShare(model.rowCorrelation ?? 0)
  const mean = (q: number): number => (share === 0 ? 0 : gaussianMean(activation, q).value)
  // The correlation map at one q asks for the length there with every correlation.
  const length = remembering((q) => gain * (gaussianSecondMoment(activation, q).value - share * mean(q) ** 2) + bias)
  const lengthSlope = (q: number): number => {
    if (share === 0) return gain * secondMomentSlope(activation, q).value
    if (activation.form.kind === 'rectifier') return length(1) - bias
    const h = 1e-4 * Math.max(q, 1e-8)
    const square = (x: number): number => mean(x) ** 2
    // Central, to fourth order; the mean is smooth in q.
    const drift = (8 * (square(q + h) - square(Math.max(0, q - h))) - (square(q + 2 * h) - square(Math.max(0, q - 2 * h)))) / (12 * h) // biome-ignore format: one formula
    return gain * (secondMomentSlope(activation, q).value - share * drift)
  }
  const covariance = (first: number, second: number, cross: number): number =>
    gain * (gaussianKernel(activation, { first, second, cross }).value - share * mean(first) * mean(second)) + bias
  return {
    model,
    activation,
    length,
    lengthSlope,
    covariance,
    correlation: (c, q) => {
      checkCorrelation(c)
      const after = length(q)
      if (!(q > 0 && after > 0))
        throw new DomainError(`the correlation map at q = ${q}: inputs of length zero have no correlation coefficient`)
      return c === 1 ? 1 : covariance(q, q, c * q) / after
    },
    correlationSlope: (c, q) => {
      checkCorrelation(c)
      const kernel = c === 1 ? gaussianSquaredSlope(activation, q) : derivativeKernel(activation, { first: q, second: q, cross: c * q }) // biome-ignore format: one choice
      return (gain * kernel.value * q) / length(q)
    },
  }
}
