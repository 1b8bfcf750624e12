import { angleOverSine, isCopositive } from '../../numeric/quadrant.js'
import type { KernelExports } from '../kernels/kernels.js'
import type { TiltedLayer } from './request.js'

/** Covariance of the two fields of a neuron: two variances and the cross entry. */
type Covariance = readonly [first: number, second: number, cross: number]

/** A layer drawn: its order parameters (v_hat, v, q) and the logarithm of how much likelier it is untilted. */
export interface DrawnLayer {
  readonly state: readonly [number, number, number]
  readonly logWeight: number
}

/** Covariance of a layer's fields given the order parameters of the layer before. */
export function fieldCovariance(layer: TiltedLayer, [first, second, product]: readonly number[]): Covariance {
  const { weightVariance, biasVariance = 0, weightCorrelation } = layer
  return [
    weightVariance * first! + biasVariance,
    weightVariance * second! + biasVariance,
    weightVariance * weightCorrelation * product! + biasVariance,
  ]
}

/** Chance of opposite signs of two fields. A field without variance counts as positive (sgn 0 = 1). */
export function oppositeChance([first, second, cross]: Covariance): number {
  if (first === 0 && second === 0) return 0
  if (first === 0 || second === 0) return 0.5
  return Math.atan2(Math.sqrt(Math.max(0, first * second - cross * cross)), cross) / Math.PI
}

/** Draws a sign layer: the number of equal signs is binomial, tilted or not. */
export function drawSigns(
  kernels: KernelExports,
  width: number,
  covariance: Covariance,
  tilts: readonly number[],
): DrawnLayer {
  const p = oppositeChance(covariance)
  const tilt = tilts[0]!
  // log((1 - p) e^tilt + p e^-tilt) without overflow.
  const size = Math.abs(tilt)
  const [up, down] = [(1 - p) * Math.exp(tilt - size), p * Math.exp(-tilt - size)]
  const opposite = kernels.nextBinomial(width, down / (up + down))
  const q = 1 - (2 * opposite) / width
  return { state: [1, 1, q], logWeight: width * (Math.log(up + down) + size - tilt * q) }
}

/** Both, the first alone, the second alone active: quadrants of the fields, each with its angle psi, cos psi = cross / root. */
interface Quadrant {
  readonly first: number
  readonly second: number
  readonly cross: number
  /** Integral of exp(-z A z / 2), up to the common factor. */
  readonly mass: number
}

const quadrantOf = (first: number, second: number, cross: number): Quadrant | null => {
  if (!isCopositive({ first, second, cross })) return null
  const root = Math.sqrt(first * second)
  const ratio = cross / root
  return ratio > -1 ? { first, second, cross, mass: angleOverSine(ratio)[0] / root } : null
}

/** The four quadrants under tilts, their matrices times the covariance's determinant; null where the mean diverges. */
function quadrants([s1, s2, s3]: Covariance, [l1, l2, l3]: readonly number[]): readonly Quadrant[] | null {
  const determinant = s1 * s2 - s3 * s3
  const first = s2 - 2 * l1! * determinant
  const second = s1 - 2 * l2! * determinant
  const all = [
    quadrantOf(first, second, -s3 - l3! * determinant),
    quadrantOf(first, s1, s3),
    quadrantOf(s2, second, s3),
    quadrantOf(s2, s1, -s3),
  ]
  return all.every((q) => q !== null) ? (all as Quadrant[]) : null
}

/**
 * A point of the quadrant with density ~ exp(-z A z / 2), for any strictly copositive A: the direction by inverting
 * its distribution, `tan = sqrt(first/second) sin(u psi) / sin((1 - u) psi)` with cos psi = cross / sqrt(first second)
 * (sinh where that exceeds 1), then the exponential radius.
 */
function drawPoint(kernels: KernelExports, { first, second, cross }: Quadrant): readonly [number, number] {
  const ratio = cross / Math.sqrt(first * second)
  const u = kernels.nextUniform()
  const [a, b] = [u, 1 - u]
  const psi = ratio < 1 ? Math.acos(ratio) : Math.acosh(ratio)
  const steepness =
    Math.abs(psi) < 1e-8
      ? a / b
      : ratio < 1
        ? Math.sin(a * psi) / Math.sin(b * psi)
        : Math.sinh(a * psi) / Math.sinh(b * psi)
  const t = Math.sqrt(first / second) * steepness
  const energy = first + 2 * cross * t + second * t * t
  const x = Math.sqrt((-2 * kernels.logarithm(kernels.nextUniform())) / energy)
  return [x, t * x]
}

/**
 * Draws a ReLU layer from its tilted law. Where the tilts' mean diverges at this covariance (a proposal may be any
 * function of what came before) they are halved until it does not.
 */
export function drawRectified(
  kernels: KernelExports,
  width: number,
  covariance: Covariance,
  wanted: readonly number[],
): DrawnLayer {
  const [s1, s2, s3] = covariance
  const determinant = s1 * s2 - s3 * s3
  if (!(determinant > 1e-14 * s1 * s2)) return drawUntilted(kernels, width, covariance)
  let tilts = wanted
  let parts = quadrants(covariance, tilts)
  for (let halvings = 0; !parts; halvings++) {
    tilts = halvings < 60 ? tilts.map((t) => t / 2) : [0, 0, 0]
    parts = quadrants(covariance, tilts)
  }
  const total = parts.reduce((sum, p) => sum + p.mass, 0)
  const root = Math.sqrt(determinant)
  let [first, second, product] = [0, 0, 0]
  for (let i = 0; i < width; i++) {
    let left = kernels.nextUniform() * total
    let k = 0
    while (k < 3 && left >= parts[k]!.mass) left -= parts[k++]!.mass
    if (k === 3) continue
    // The matrices are the quadratic form's times the determinant: lengths scale with its root.
    const [x, y] = drawPoint(kernels, parts[k]!)
    if (k !== 2) first += determinant * x * x
    if (k !== 1) second += determinant * y * y
    if (k === 0) product += determinant * x * y
  }
  const log = Math.log((root * total) / (2 * Math.PI))
  const weight = width * log - tilts[0]! * first - tilts[1]! * second - tilts[2]! * product
  return { state: [first / width, second / width, product / width], logWeight: weight }
}

/** Fields that are perfectly correlated (or without variance) leave nothing to tilt. */
function drawUntilted(kernels: KernelExports, width: number, [s1, s2, s3]: Covariance): DrawnLayer {
  let [first, second, product] = [0, 0, 0]
  const slope = s1 > 0 ? s3 / s1 : 0
  const rest = Math.sqrt(Math.max(0, s2 - slope * s3))
  for (let i = 0; i < width; i++) {
    const x = Math.sqrt(s1) * kernels.nextNormal()
    const y = slope * x + rest * kernels.nextNormal()
    if (x > 0) first += x * x
    if (y > 0) second += y * y
    if (x > 0 && y > 0) product += x * y
  }
  return { state: [first / width, second / width, product / width], logWeight: 0 }
}
