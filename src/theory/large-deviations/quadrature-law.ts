import { DomainError } from '../../expression/errors.js'
import { gaussLegendre } from '../../numeric/gauss-rules.js'
import { SecondOrder } from '../../numeric/second-order.js'
import type { SiteLaw, Vector } from './site-law.js'

/** How an activation's single-site integrals are done. */
export interface QuadratureLawOptions {
  /** Where the activation or a derivative of it jumps. @defaultValue [0] */
  readonly kinks?: readonly number[]
  /** Gauss-Legendre points on each panel; 4 panels a side of each kink and a field. @defaultValue 12 */
  readonly points?: number
  /** Standard deviations of the fields that the integral reaches. @defaultValue 9 */
  readonly reach?: number
}

interface Nodes {
  readonly at: readonly number[]
  readonly weights: readonly number[]
}

/** Panels that crowd at kinks, over a symmetric interval. */
function panels(reach: number, kinks: readonly number[], points: number): Nodes {
  const cuts = [-reach, ...kinks.filter((x) => Math.abs(x) < reach).sort((a, b) => a - b), reach]
  const edges = cuts.slice(1).flatMap((to, k) => [0.25, 0.5, 0.75, 1].map((part) => cuts[k]! + part * (to - cuts[k]!)))
  const rule = gaussLegendre(points)
  const at: number[] = []
  const weights: number[] = []
  for (const [k, to] of edges.entries()) {
    const from = k === 0 ? -reach : edges[k - 1]!
    for (let j = 0; j < points; j++) {
      at.push((from + to) / 2 + ((to - from) / 2) * rule.nodes[j]!)
      weights.push(((to - from) / 2) * rule.weights[j]!)
    }
  }
  return { at, weights }
}

/**
 * The law of a pair of neurons with any activation phi, by quadrature over both fields; statistics (phi(h_hat)^2,
 * phi(h)^2, their product), parameters the fields' covariance. Derivatives by the tilts are cumulants, those by the
 * covariance come from the scores of the Gaussian, so that phi is only evaluated. Accurate for activations that are
 * smooth between kinks and do not grow faster than linearly, with tilts that leave the integrand below e^-30 at the
 * reach (else the log-moment counts as divergent: null). Throws DomainError where phi is not finite.
 */
export function quadratureLaw(phi: (h: number) => number, options: QuadratureLawOptions = {}): SiteLaw {
  const { kinks = [0], points = 12, reach = 9 } = options
  return {
    statistics: 3,
    parameters: 3,
    logMoment: (tilts, parameters) => moments(phi, tilts, parameters, { kinks, points, reach })?.logMoment ?? null,
    means: (tilts, parameters) =>
      moments(phi, tilts, parameters, { kinks, points, reach })?.means ?? [Number.NaN, Number.NaN],
  }
}

function moments(
  phi: (h: number) => number,
  tilts: Vector,
  parameters: Vector,
  { kinks, points, reach }: Required<QuadratureLawOptions>,
): { readonly logMoment: SecondOrder; readonly means: readonly [number, number] } | null {
  const [s1, s2, s3] = [parameters[0]!, parameters[1]!, parameters[2]!]
  const determinant = s1 * s2 - s3 * s3
  if (!(s1 > 0 && s2 > 0 && determinant > 0)) return null
  const [i1, i2, i3] = [s2 / determinant, s1 / determinant, -s3 / determinant]
  const sides = [s1, s2].map((variance) => {
    const nodes = panels(reach * Math.sqrt(variance), kinks, points)
    const values = nodes.at.map((h) => {
      const value = phi(h)
      if (!Number.isFinite(value)) throw new DomainError(`the activation is ${value} at ${h}`)
      return value
    })
    return { ...nodes, values }
  })
  const [x, y] = [sides[0]!, sides[1]!]
  // Feature means of the tilted measure: statistics and scores u_a = d log density / d (s1, s2, s3).
  const sums = { mass: 0, edge: 0, first: 0, second: 0 }
  const mean = new Float64Array(6)
  const square = new Float64Array(36)
  const scoreMean = new Float64Array(9)
  const f = new Float64Array(6)
  const last = x.at.length - 1
  for (const [i, h] of x.at.entries())
    for (const [j, k] of y.at.entries()) {
      const [a, b] = [x.values[i]!, y.values[j]!]
      const exponent =
        tilts[0]! * a * a + tilts[1]! * b * b + tilts[2]! * a * b - (i1 * h * h + 2 * i3 * h * k + i2 * k * k) / 2
      if (exponent < -80) continue
      const w = x.weights[i]! * y.weights[j]! * Math.exp(exponent)
      const [g, e] = [i1 * h + i3 * k, i3 * h + i2 * k]
      f.set([a * a, b * b, a * b, (g * g - i1) / 2, (e * e - i2) / 2, g * e - i3])
      sums.mass += w
      if (i === 0 || j === 0 || i === last || j === last) sums.edge += w
      sums.first += w * a
      sums.second += w * b
      for (let p = 0; p < 6; p++) {
        mean[p] = mean[p]! + w * f[p]!
        for (let q = p; q < 6; q++) square[6 * p + q] = square[6 * p + q]! + w * f[p]! * f[q]!
      }
      addScoreDerivatives(scoreMean, w, g, e, [i1, i2, i3])
    }
  if (!(sums.mass > 0) || !(sums.edge < 1e-13 * sums.mass)) return null
  const gradient = mean.map((m) => m / sums.mass)
  const hessian = new Float64Array(36)
  for (let p = 0; p < 6; p++)
    for (let q = p; q < 6; q++) {
      const derivative = p >= 3 ? scoreMean[3 * (p - 3) + q - 3]! / sums.mass : 0
      const value = square[6 * p + q]! / sums.mass - gradient[p]! * gradient[q]! + derivative
      hessian[6 * p + q] = value
      hessian[6 * q + p] = value
    }
  const value = Math.log(sums.mass) - Math.log(2 * Math.PI) - Math.log(determinant) / 2
  return {
    logMoment: new SecondOrder(value, gradient, hessian),
    means: [sums.first / sums.mass, sums.second / sums.mass],
  }
}

/**
 * Adds w times the derivatives of the scores by the covariance. With P the inverse covariance, v = P h and E_a the
 * derivative of the covariance: u_a = (v E_a v - tr P E_a) / 2 and d u_a / d s_b = -v E_a P E_b v + tr(P E_a P E_b) / 2
 * (symmetrised).
 */
function addScoreDerivatives(
  out: Float64Array,
  w: number,
  g: number,
  e: number,
  [p1, p2, p3]: readonly [number, number, number],
): void {
  // E_a v and P E_b v for the three directions.
  const directions = [
    [g, 0],
    [0, e],
    [e, g],
  ] as const
  const traces = [
    p1 * p1,
    p3 * p3,
    2 * p1 * p3,
    p3 * p3,
    p2 * p2,
    2 * p2 * p3,
    2 * p1 * p3,
    2 * p2 * p3,
    2 * (p1 * p2 + p3 * p3),
  ]
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++) {
      const [c, d] = directions[a]!
      const [m, n] = directions[b]!
      out[3 * a + b] = out[3 * a + b]! + w * (traces[3 * a + b]! / 2 - (c * (p1 * m + p3 * n) + d * (p3 * m + p2 * n)))
    }
}
