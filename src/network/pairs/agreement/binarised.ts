import { DomainError } from '../../../expression/errors.js'
import { type Agreement, binomialWindow } from './agreement.js'

/**
 * Dawson's integral e^{-x^2} int_0^x e^{t^2} dt, by Rybicki's exponentially accurate sum (1989) with step 0.2, whose
 * error is below e^{-60}.
 */
export function dawson(x: number): number {
  if (Math.abs(x) < 0.1) return x * dawsonSeries(x * x)
  const step = 0.2
  const centre = 2 * Math.round(x / (2 * step))
  const rest = x - centre * step
  let sum = 0
  for (let n = -41; n <= 41; n += 2) sum += Math.exp(-((rest - n * step) ** 2)) / (n + centre)
  return sum / Math.sqrt(Math.PI)
}

/** D(x) / x = sum_n (-2 x^2)^n / (2n + 1)!!: near zero the sum over the step cancels. */
function dawsonSeries(square: number): number {
  let [sum, term] = [0, 1]
  for (let n = 0; n < 12; n++) {
    sum += term
    term *= (-2 * square) / (2 * n + 3)
  }
  return sum
}

/** Nodes at which the characteristic function of a half-normal is known: |phi|^N w / t and the angle. */
interface Nodes {
  readonly weights: Float64Array
  readonly angles: Float64Array
}

/** The trapezoid in u for t = sinh u, on which the integrand is even and analytic. */
function characteristicNodes(width: number, refine: number): Nodes {
  // Aliases of the trapezoid lie 2 pi / step away: beyond all that the sum of `width` half-normals reaches.
  const step = (2 * Math.PI) / (refine * (0.8 * width + 8 * Math.sqrt(width) + 10))
  const weights: number[] = []
  const angles: number[] = []
  for (let k = 1; ; k++) {
    const t = Math.sinh(k * step)
    const [re, im] = [Math.exp((-t * t) / 2), (2 / Math.sqrt(Math.PI)) * dawson(t / Math.SQRT2)]
    const weight = (step * Math.cosh(k * step) * (re * re + im * im) ** (width / 2)) / (t * Math.PI)
    if (weight < 1e-19) return { weights: Float64Array.from(weights), angles: Float64Array.from(angles) }
    weights.push(weight)
    angles.push(Math.atan2(im, re))
  }
}

/**
 * P(sum_j |g_j| e_j > 0) for `width` standard normals g of which `positive` have the sign e_j = +1: Gil-Pelaez'
 * inversion 1/2 + (1/pi) int_0^oo Im phi(t) / t dt with phi the half-normal's characteristic function to the power
 * `positive` times its conjugate to the power of the rest.
 */
export function halfNormalSumIsPositive(width: number): (positive: number) => number {
  if (width <= 2) return (positive) => positive / width
  const angleSlope = Math.sqrt(2 / Math.PI)
  const integral = ({ weights, angles }: Nodes, excess: number, step: number): number => {
    // At t = 0 the integrand is excess * d(angle)/dt, with half the trapezoid's weight.
    let sum = (step * excess * angleSlope) / (2 * Math.PI)
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * Math.sin(excess * angles[k]!)
    return sum
  }
  const stepOf = (refine: number): number => (2 * Math.PI) / (refine * (0.8 * width + 8 * Math.sqrt(width) + 10))
  const [coarse, fine] = [characteristicNodes(width, 3), characteristicNodes(width, 4.3)]
  return (positive) => {
    const excess = 2 * positive - width
    const values = [integral(coarse, excess, stepOf(3)), integral(fine, excess, stepOf(4.3))] as const
    if (!(Math.abs(values[0] - values[1]) < 1e-13))
      throw new DomainError(
        `the sign of a sum of ${width} half-normals, ${positive} of them positive, comes out as ${0.5 + values[0]} and as ${0.5 + values[1]} at two resolutions`,
      )
    return Math.max(0, Math.min(1, 0.5 + values[1]))
  }
}

/**
 * Agreement of a neuron when normal weights are replaced by their signs, exactly at finite width, as a function of how
 * many neurons k of the layer before agree. The products ŵ_j ŝ_j are symmetric normals; the reference field is their
 * sum, the perturbed field the sum of their signs, turned at the N - k places that disagree. With alpha ~ Binomial(k,
 * 1/2) and gamma ~ Binomial(N - k, 1/2) positive products, the perturbed field has the sign of
 * 2 (alpha - gamma) + N - 2 k, and the reference field, given alpha + gamma, is a sum of half-normals. Where the
 * perturbed field is 0 the reference's sign is even, so sgn(0) does not matter.
 */
export function binarisedAgreement(width: number): (agreeing: number) => Agreement {
  const positiveField = halfNormalSumIsPositive(width)
  const chance = Float64Array.from({ length: width + 1 }, (_, positive) => positiveField(positive))
  return (agreeing) => {
    const first = binomialWindow(agreeing, 0.5)
    const second = binomialWindow(width - agreeing, 0.5)
    let same = 0
    let different = 0
    for (const [i, x] of first.probabilities.entries())
      for (const [j, y] of second.probabilities.entries()) {
        const [alpha, gamma] = [first.first + i, second.first + j]
        const field = 2 * (alpha - gamma) + width - 2 * agreeing
        const up = field > 0 ? chance[alpha + gamma]! : field < 0 ? chance[width - alpha - gamma]! : 0.5
        const down = field > 0 ? chance[width - alpha - gamma]! : field < 0 ? chance[alpha + gamma]! : 0.5
        same += x * y * up
        different += x * y * down
      }
    return { same, different }
  }
}
