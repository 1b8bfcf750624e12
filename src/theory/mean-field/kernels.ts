import { DomainError } from '../../expression/errors.js'
import { gaussianExpectation, integrate } from '../../numeric/quadrature.js'
import type { GaussianActivation } from './activation.js'
import {
  closedDerivativeKernel,
  closedKernel,
  closedMean,
  closedSecondMomentSlope,
  type PairCovariance,
} from './closed-kernels.js'
import { smoothPairExpectation } from './smooth-pair.js'

/** A Gaussian mean with a bound on its error and how it was found. */
export interface KernelValue {
  readonly value: number
  readonly error: number
  readonly method: 'closed' | 'quadrature'
}

type Real = (z: number) => number

const closed = (value: number): KernelValue => ({
  value,
  error: 8 * Number.EPSILON * Math.abs(value),
  method: 'closed',
})

const checkVariance = (variance: number): void => {
  if (!(variance >= 0 && variance < Number.POSITIVE_INFINITY))
    throw new DomainError(`the variance is ${variance}: a variance is a finite number, zero or more`)
}

/** Reach of the quadrature in standard deviations: the normal density is 1e-37 there. */
const reach = 13

const checkFall = (f: Real, deviation: number, size: number): void => {
  for (const z of [-reach, reach]) {
    const tail = Math.abs(f(deviation * z)) * Math.exp(-0.5 * z * z)
    if (!(tail <= 1e-12 * Math.max(size, Number.MIN_VALUE)) && tail > 1e-30)
      throw new DomainError(
        `the Gaussian mean of this activation is not defined at variance ${deviation * deviation}: the integrand has not fallen off ${reach} standard deviations out; it exists where the activation grows slower than exp(z^2/(4 q))`,
      )
  }
}

const crowded = [0, ...[0.25, 1, 4, 16, 64, 256].flatMap((z) => [z, -z])]

/** E[f(u)] for one normal variable, f with the activation's kinks. */
function expectation(f: Real, kinks: readonly number[], variance: number, tolerance = 1e-12): KernelValue {
  const deviation = Math.sqrt(variance)
  const { value, error, size } = gaussianExpectation(f, { variance, tolerance, kinks: [...kinks, ...crowded] })
  if (deviation > 0) checkFall(f, deviation, size)
  return { value, error, method: 'quadrature' }
}

/**
 * The mean E[phi(u)], u normal of mean 0 and this variance. Throws DomainError for a variance that is negative or not
 * finite, and where the mean does not exist.
 */
export function gaussianMean(activation: GaussianActivation, variance: number): KernelValue {
  checkVariance(variance)
  const value = closedMean(activation.form, variance)
  return value === null ? expectation(activation.value, activation.kinks, variance) : closed(value)
}

/** The second moment E[phi(u)^2]; as {@link gaussianMean}. */
export function gaussianSecondMoment(activation: GaussianActivation, variance: number): KernelValue {
  checkVariance(variance)
  const value = closedKernel(activation.form, { first: variance, second: variance, cross: variance })
  // sign^2 and step^2 do not follow from their value at 0, which has no weight for a positive variance.
  return value === null ? expectation((z) => activation.value(z) ** 2, activation.kinks, variance) : closed(value)
}

/** E[phi'(u)^2]; infinite for an activation with a jump. As {@link gaussianMean}. */
export function gaussianSquaredSlope(activation: GaussianActivation, variance: number): KernelValue {
  checkVariance(variance)
  if (activation.jumps.length > 0 && variance > 0) return closed(Number.POSITIVE_INFINITY)
  const value = closedDerivativeKernel(activation.form, { first: variance, second: variance, cross: variance })
  return value === null ? expectation((z) => activation.derivative(z) ** 2, activation.kinks, variance) : closed(value)
}

/**
 * d/dq E[phi(sqrt(q) Z)^2] = E[phi'^2 + phi'' phi] = E[phi^2 (Z^2 - 1)] / (2 q), which needs no second derivative. For
 * q = 0 the derivative of a smooth activation's, phi'(0)^2 + phi''(0) phi(0), comes of a small q.
 */
export function secondMomentSlope(activation: GaussianActivation, variance: number): KernelValue {
  checkVariance(variance)
  const value = closedSecondMomentSlope(activation.form, variance)
  if (value !== null) return closed(value)
  const q = Math.max(variance, 1e-12)
  const base = activation.value(0) ** 2
  // E[Z^2 - 1] = 0: subtracting the value at zero keeps the digits for small q.
  return expectation((z) => ((activation.value(z) ** 2 - base) * (z * z - q)) / (2 * q * q), activation.kinks, q, 1e-10)
}

/** Throws DomainError unless it is the covariance of two real variables. */
export function checkPair({ first, second, cross }: PairCovariance): void {
  checkVariance(first)
  checkVariance(second)
  const most = Math.sqrt(first) * Math.sqrt(second)
  if (!(Math.abs(cross) <= most * (1 + 1e-12)))
    throw new DomainError(
      `the covariance ${cross} of variables of variances ${first} and ${second}: the correlation coefficient lies in [-1, 1], so at most ${most} in size`,
    )
}

/**
 * The kernel E[phi(u1) phi(u2)] for centred normal variables of this covariance, in closed form where there is one,
 * else by quadrature: relative error about 1e-10 for smooth activations, 1e-9 for those with kinks. Throws DomainError
 * where the covariance is none, or the mean does not exist.
 */
export function gaussianKernel(activation: GaussianActivation, pair: PairCovariance): KernelValue {
  checkPair(pair)
  const value = closedKernel(activation.form, pair)
  return value === null ? pairExpectation(activation.value, activation.kinks, pair) : closed(value)
}

/**
 * The kernel of derivatives E[phi'(u1) phi'(u2)] = d/dq12 E[phi(u1) phi(u2)] (Price 1958). Throws DomainError as
 * {@link gaussianKernel}, and for a formula that jumps, whose derivative is no function: give it as sign or step.
 */
export function derivativeKernel(activation: GaussianActivation, pair: PairCovariance): KernelValue {
  checkPair(pair)
  const value = closedDerivativeKernel(activation.form, pair)
  if (value !== null) return closed(value)
  if (activation.jumps.length > 0)
    throw new DomainError(
      `the activation jumps at ${activation.jumps.join(', ')}: its derivative is no function there; sign and step have this kernel in closed form`,
    )
  return pairExpectation(activation.derivative, activation.kinks, pair)
}

function pairExpectation(f: Real, kinks: readonly number[], pair: PairCovariance): KernelValue {
  const { first, second, cross } = pair
  const a = Math.sqrt(first)
  const b = Math.sqrt(second)
  if (a === 0 || b === 0) {
    const other = expectation(f, kinks, Math.max(first, second))
    const here = f(0)
    return { value: here * other.value, error: Math.abs(here) * other.error, method: 'quadrature' }
  }
  const c = Math.max(-1, Math.min(1, cross / (a * b)))
  const sine = Math.sqrt(Math.max(0, (first * second - cross * cross) / (first * second)))
  if (sine < 1e-8) return expectation((u) => f(u) * f((Math.sign(c) * b * u) / a), [...kinks, ...kinks.map((k) => (k * a) / b), ...kinks.map((k) => (-k * a) / b)], first) // biome-ignore format: one line
  // Where the mean exists at c = 1 it exists at every c: refuses what does not fall off.
  requireMean(f, kinks, first, b / a)
  if (kinks.length === 0) {
    const smooth = smoothPairExpectation(f, a, b, c)
    if (smooth !== null) return { ...smooth, method: 'quadrature' }
  }
  return nested(f, kinks, a, b, c, sine)
}

/** The variance and ratio of deviations at which the mean of a function's products was last found to exist. */
const existing = new WeakMap<Real, readonly [variance: number, ratio: number]>()

/** Throws DomainError where E|f(u) f(ratio u)| does not exist. Maps ask at one variance for many correlations. */
function requireMean(f: Real, kinks: readonly number[], variance: number, ratio: number): void {
  const [known, at] = existing.get(f) ?? []
  if (known === variance && at === ratio) return
  expectation((u) => Math.abs(f(u) * f(ratio * u)), kinks, variance, 1e-3)
  existing.set(f, [variance, ratio])
}

/** One variable inside the other, both split at the kinks, and the outer one where the inner kinks pass. */
function nested(f: Real, kinks: readonly number[], a: number, b: number, c: number, sine: number): KernelValue {
  const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
  let inside = 0
  const inner = (z: number): number => {
    const cuts = kinks.map((k) => (k / b - c * z) / sine)
    const { value, error } = integrate((y) => f(b * (c * z + sine * y)) * density(y), -reach, reach, {
      tolerance: 1e-10,
      kinks: cuts,
    })
    inside = Math.max(inside, error)
    return value
  }
  const passing = c === 0 ? [] : kinks.flatMap((k) => [-8, -4, -2, 0, 2, 4, 8].map((s) => (k / b - s * sine) / c))
  const { value, error } = integrate((z) => f(a * z) * inner(z) * density(z), -reach, reach, {
    tolerance: 1e-9,
    kinks: [...kinks.map((k) => k / a), ...passing, ...crowded.map((z) => z / a)].filter((z) => Math.abs(z) < 9),
  })
  const size = Math.sqrt(integrate((z) => f(a * z) ** 2 * density(z), -reach, reach, { tolerance: 1e-3 }).value)
  return { value, error: error + inside * size, method: 'quadrature' }
}
