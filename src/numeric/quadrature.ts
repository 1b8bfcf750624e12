import { DomainError } from '../expression/errors.js'
import { gaussLegendre, type Rule } from './gauss-rules.js'

export { gaussHermite, gaussLaguerre, gaussLegendre, type Rule } from './gauss-rules.js'

/** An integral with an estimate of its error and what it cost. */
export interface Quadrature {
  readonly value: number
  readonly error: number
  /** Integral of the integrand's absolute value, about as good. */
  readonly size: number
  readonly evaluations: number
}

export interface QuadratureOptions {
  /** Error asked for, relative to the integral of |f|. @defaultValue 1e-10 */
  readonly tolerance?: number
  /** Evaluations after which the rule gives up (DomainError). @defaultValue 200000 */
  readonly budget?: number
  /** Points where f or a derivative jumps; the interval is split there. @defaultValue [] */
  readonly kinks?: readonly number[]
}

type Integrand = (x: number) => number

interface Panel {
  readonly from: number
  readonly to: number
  readonly value: number
  readonly size: number
  readonly error: number
}

const coarsePoints = 10
const finePoints = 21

/** One panel by two Gauss-Legendre rules; their difference bounds the error of the coarser, hence safely of the finer. */
function panel(f: Integrand, from: number, to: number): Panel {
  const centre = (from + to) / 2
  const radius = (to - from) / 2
  const apply = ({ nodes, weights }: Rule): readonly [number, number] => {
    let sum = 0
    let size = 0
    for (let k = 0; k < nodes.length; k++) {
      const x = centre + radius * nodes[k]!
      const value = f(x)
      if (!Number.isFinite(value)) throw new DomainError(`the integrand is ${value} at ${x}`)
      sum += weights[k]! * value
      size += weights[k]! * Math.abs(value)
    }
    return [radius * sum, Math.abs(radius) * size]
  }
  const [coarse] = apply(gaussLegendre(coarsePoints))
  const [fine, size] = apply(gaussLegendre(finePoints))
  return { from, to, value: fine, size, error: Math.abs(fine - coarse) }
}

/**
 * Integral over a finite interval by adaptive Gauss-Legendre pairs (10 and 21 points), worst panel first. The interval
 * begins as 8 panels so that a narrow feature is not missed at the outset. Throws DomainError where the integrand is
 * not finite or the tolerance is not reached within the budget.
 */
export function integrate(f: Integrand, from: number, to: number, options: QuadratureOptions = {}): Quadrature {
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new DomainError(`the interval [${from}, ${to}] is not finite; use integrateLine or a substitution`)
  if (from === to) return { value: 0, error: 0, size: 0, evaluations: 0 }
  const tolerance = options.tolerance ?? 1e-10
  const budget = options.budget ?? 200_000
  const low = Math.min(from, to)
  const high = Math.max(from, to)
  const cuts = [low, ...(options.kinks ?? []).filter((x) => x > low && x < high).sort((a, b) => a - b), high]
  const panels: Panel[] = []
  const cost = coarsePoints + finePoints
  for (let k = 0; k + 1 < cuts.length; k++)
    for (let j = 0; j < 8; j++) {
      const width = (cuts[k + 1]! - cuts[k]!) / 8
      panels.push(panel(f, cuts[k]! + j * width, j === 7 ? cuts[k + 1]! : cuts[k]! + (j + 1) * width))
    }
  let evaluations = panels.length * cost
  for (;;) {
    let value = 0
    let error = 0
    let size = 0
    let worst = 0
    for (let k = 0; k < panels.length; k++) {
      const p = panels[k]!
      value += p.value
      error += p.error
      size += p.size
      if (p.error > panels[worst]!.error) worst = k
    }
    const noise = 4 * Number.EPSILON * size
    if (error <= Math.max(tolerance * size, noise))
      return { value: from <= to ? value : -value, error: error + noise, size, evaluations }
    const { from: a, to: b } = panels[worst]!
    const middle = (a + b) / 2
    if (evaluations + 2 * cost > budget || b - a < 1e-18 * (high - low) || middle <= a || middle >= b)
      throw new DomainError(
        `the integral over [${from}, ${to}] did not converge: ${value} with error ${error} after ${evaluations} evaluations; split it at kinks and singularities`,
      )
    panels.splice(worst, 1, panel(f, a, middle), panel(f, middle, b))
    evaluations += 2 * cost
  }
}

/**
 * Trapezoid on the whole line for integrands that fall off like a Gaussian of the given width: steps are halved until
 * two sums agree, which for analytic integrands happens at exponential speed (Trefethen & Weideman 2014). Throws
 * DomainError where they do not agree within the budget or the integrand has not fallen off at the ends.
 */
export function trapezoidOnLine(
  f: Integrand,
  { centre = 0, width = 1, tolerance = 1e-12, budget = 20_000 } = {},
): Quadrature {
  const reach = 12 * width
  const at = (x: number): number => {
    const value = f(x)
    if (!Number.isFinite(value)) throw new DomainError(`the integrand is ${value} at ${x}`)
    return value
  }
  let intervals = 120
  let step = (2 * reach) / intervals
  let sum = 0
  let size = 0
  for (let k = 0; k <= intervals; k++) {
    const value = at(centre - reach + k * step)
    sum += value
    size += Math.abs(value)
  }
  const ends = Math.abs(at(centre - reach)) + Math.abs(at(centre + reach))
  if (ends > 1e-14 * size)
    throw new DomainError(
      `the integrand has not fallen off at ${centre - reach} and ${centre + reach}; a larger width is needed`,
    )
  let evaluations = intervals + 1
  let previous = sum * step
  for (;;) {
    if (evaluations + intervals > budget)
      throw new DomainError(
        `the trapezoid did not converge: ${previous} after ${evaluations} evaluations; split the integral at its kinks`,
      )
    for (let k = 0; k < intervals; k++) {
      const value = at(centre - reach + (k + 0.5) * step)
      sum += value
      size += Math.abs(value)
    }
    evaluations += intervals
    intervals *= 2
    step /= 2
    const value = sum * step
    const error = Math.abs(value - previous) + 2 * Number.EPSILON * size * step
    if (Math.abs(value - previous) <= tolerance * size * step) return { value, error, size: size * step, evaluations }
    previous = value
  }
}

export interface GaussianOptions extends QuadratureOptions {
  /** @defaultValue 0 */
  readonly mean?: number
  /** Not negative; 0 gives f(mean). @defaultValue 1 */
  readonly variance?: number
}

const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

/**
 * E[f(X)] for X normal with the given mean and variance, split at the kinks of f (given in the units of X). f may grow
 * polynomially. Throws DomainError on a negative variance, a value that is not finite, or no convergence.
 */
export function gaussianExpectation(f: Integrand, options: GaussianOptions = {}): Quadrature {
  const { mean = 0, variance = 1 } = options
  if (!(variance >= 0) || !Number.isFinite(mean))
    throw new DomainError(`a normal law of mean ${mean}, variance ${variance}`)
  const deviation = Math.sqrt(variance)
  if (deviation === 0) {
    const value = f(mean)
    if (!Number.isFinite(value)) throw new DomainError(`the integrand is ${value} at ${mean}`)
    return { value, error: 0, size: Math.abs(value), evaluations: 1 }
  }
  const kinks = (options.kinks ?? []).map((x) => (x - mean) / deviation)
  return integrate((z) => f(mean + deviation * z) * normalDensity(z), -13, 13, { ...options, kinks })
}

/** Integral over the whole line by the double exponential substitution x = sinh(pi/2 sinh t) (Takahasi & Mori 1974), for
 * smooth integrands that fall off at least like 1/x^2. */
export function integrateLine(f: Integrand, options: QuadratureOptions = {}): Quadrature {
  const kinks = (options.kinks ?? []).map((x) => Math.asinh((2 / Math.PI) * Math.asinh(x)))
  return integrate(
    (t) => {
      const inner = (Math.PI / 2) * Math.sinh(t)
      const jacobian = (Math.PI / 2) * Math.cosh(t) * Math.cosh(inner)
      const value = f(Math.sinh(inner))
      return value === 0 ? 0 : value * jacobian
    },
    -4,
    4,
    { ...options, kinks },
  )
}
