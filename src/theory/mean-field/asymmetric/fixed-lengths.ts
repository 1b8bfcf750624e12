import { findAllRoots } from '../../../numeric/roots.js'
import { gaussianActivation } from '../activation.js'
import { meanShare } from '../model.js'
import { carried, chainMatrix } from './chain-matrix.js'
import { mass } from './field-grid.js'
import { type AsymmetricModel, noiseMoment, separationFactor } from './limit.js'
import { type FieldLaw, stationaryLaw } from './stationary-law.js'

/** A fixed point of the law of fields as N -> infinity. */
export interface FixedLaw {
  /** Variance of the normal part, sigma_w^2 (E phi^2 - k/(1+k) (E phi)^2) + sigma_b^2. */
  readonly noiseVariance: number
  /** E h^2 */
  readonly length: number
  /** E phi^2 */
  readonly meanSquare: number
  /** E phi */
  readonly mean: number
  readonly law: FieldLaw
  /** Leading eigenvalue of the linearised recursion of the law: below 1 in size it is stable. */
  readonly slope: number
  /** Growth of the squared difference of close inputs; null for an activation that jumps. */
  readonly chi: number | null
}

/** Variances of a network with special weights, and where fixed points are sought. */
export interface FixedLawOptions {
  readonly weightVariance: number
  readonly biasVariance: number
  /** Least and largest variance of the normal part. @defaultValue [1e-2, 100] */
  readonly range?: readonly [least: number, most: number]
  /** Steps of the scan; fixed points closer than one are missed. @defaultValue 12 */
  readonly steps?: number
}

/**
 * The fixed points of the exact recursion of the law of fields, for any activation: given the normal part's variance the
 * law is that of a linear chain and unique, so that they are the roots of one scalar equation. A law that has collapsed to 0
 * is not among them. Throws DomainError for
 * k <= -1, Beta parameters that are not positive, and where a chain has no stationary law within reach.
 */
export function fixedLaws(model: AsymmetricModel, options: FixedLawOptions): readonly FixedLaw[] {
  const { weightVariance, biasVariance, range = [1e-2, 100], steps = 12 } = options
  const activation = gaussianActivation(model.activation)
  const lawOf = (variance: number): FieldLaw =>
    stationaryLaw({ activation, special: model.special, deviation: Math.sqrt(variance) }, 10)
  const image = (law: FieldLaw): number => weightVariance * noiseMoment(law, model.rowCorrelation) + biasVariance
  const excess = (s: number): number => Math.log(image(lawOf(Math.exp(s)))) - s
  return findAllRoots(excess, Math.log(range[0]), Math.log(range[1]), steps).map(({ root }) => {
    const noiseVariance = Math.exp(root)
    const law = lawOf(noiseVariance)
    return {
      noiseVariance,
      law,
      length: law.mean((h) => h * h),
      meanSquare: law.mean((h) => activation.value(h) ** 2),
      mean: law.mean(activation.value),
      slope: lawSlope(law, weightVariance, meanShare(model.rowCorrelation ?? 0)),
      chi: activation.jumps.length > 0 ? null : separationFactor(law, weightVariance),
    }
  })
}

/** Power iteration of the linearised recursion: through the chain, and through the variance of its normal part. */
function lawSlope(law: FieldLaw, weightVariance: number, share: number): number {
  const { chain, nodes, weights, density } = law
  const phi = nodes.map((h) => chain.activation.value(h))
  const mean = mass(weights, phi.map((x, i) => x * density[i]!)) // biome-ignore format: one mean
  const pull = phi.map((x) => weightVariance * (x * x - 2 * share * mean * x))
  const variance = (chain.deviation ?? 1) ** 2
  const at = (v: number): Float64Array =>
    carried(chainMatrix({ ...chain, deviation: Math.sqrt(v) }, law, 0, law), density)
  const h = 1e-4 * variance
  const below = at(variance - h)
  const push = at(variance + h).map((x, i) => (x - below[i]!) / (2 * h))
  const matrix = chainMatrix(chain, law, 0, law)
  let field = push
  let slope = 0
  for (let k = 0; k < 1000; k++) {
    const drive = mass(weights, pull.map((x, i) => x * field[i]!)) // biome-ignore format: one mean
    const next = carried(matrix, field)
    for (let i = 0; i < next.length; i++) next[i] = next[i]! + drive * push[i]!
    const total = mass(weights, next)
    for (let i = 0; i < next.length; i++) next[i] = next[i]! - total * density[i]!
    const [large, before] = [largest(next), largest(field)]
    const signed = (Math.sign(next[large]! * field[large]!) * Math.abs(next[large]!)) / Math.abs(field[before]!)
    field = next.map((x) => x / Math.abs(next[large]!))
    if (Math.abs(signed - slope) < 1e-10) return signed
    slope = signed
  }
  return slope
}

const largest = (values: Float64Array): number =>
  values.reduce((best, x, i) => (Math.abs(x) > Math.abs(values[best]!) ? i : best), 0)
