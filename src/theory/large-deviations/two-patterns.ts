import { DomainError } from '../../expression/errors.js'
import { SecondOrder } from '../../numeric/second-order.js'
import { type ChainLayer, type DeviationChain, deviationChain } from './chain.js'
import { fourSigns } from './four-spins.js'
import { type SiteLaw, type Vector, withAffineParameters } from './site-law.js'

/** Spins of the reference and the perturbed network for patterns 1 and 2, the first fixed up: their products pairwise. */
const patterns = Array.from({ length: 8 }, (_, code) => {
  const [a, b, c, d] = [1, code & 1 ? -1 : 1, code & 2 ? -1 : 1, code & 4 ? -1 : 1] as const
  return { products: [a * b, c * d, a * c, b * d, a * d, b * c], all: a * b * c * d }
})

/** The chance of each pattern (and its mirror image) with derivatives in the six correlations. */
function chances(rho: Vector): readonly SecondOrder[] | null {
  for (let k = 0; k < 6; k++) if (!(Math.abs(rho[k]!) < 1)) return null
  const four = fourSigns(rho)
  if (!four) return null
  return patterns.map(({ products, all }) => {
    let value = 1 + all * four.value
    const gradient = four.gradient.map((g) => all * g)
    const hessian = four.hessian.map((h) => all * h)
    for (let k = 0; k < 6; k++) {
      const [r, t] = [rho[k]!, products[k]!]
      const rest = 1 - r * r
      value += (t * 2 * Math.asin(r)) / Math.PI
      gradient[k] = gradient[k]! + (t * 2) / (Math.PI * Math.sqrt(rest))
      hessian[7 * k] = hessian[7 * k]! + (t * 2 * r) / (Math.PI * rest ** 1.5)
    }
    return new SecondOrder(
      value / 8,
      gradient.map((g) => g / 8),
      hessian.map((h) => h / 8),
    )
  })
}

/** log sum_s chance_s exp(tilts . t_s), for statistics t of each pattern. */
function logMoment(statistics: readonly (readonly number[])[], tilts: Vector, rho: Vector): SecondOrder | null {
  const parts = chances(rho)
  if (!parts) return null
  const count = statistics[0]!.length
  const size = count + 6
  const exponents = statistics.map((t) => t.reduce((sum, x, k) => sum + x * tilts[k]!, 0))
  const most = Math.max(...exponents)
  let value = 0
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  for (const [s, part] of parts.entries()) {
    const weight = Math.exp(exponents[s]! - most)
    if (!(part.value > 0)) return null
    value += weight * part.value
    const t = statistics[s]!
    for (let i = 0; i < size; i++) {
      const first = i < count ? t[i]! * part.value : part.gradient[i - count]!
      gradient[i] = gradient[i]! + weight * first
      for (let j = 0; j < size; j++) {
        const second =
          i < count
            ? t[i]! * (j < count ? t[j]! * part.value : part.gradient[j - count]!)
            : j < count
              ? t[j]! * part.gradient[i - count]!
              : part.hessian[6 * (i - count) + j - count]!
        hessian[i * size + j] = hessian[i * size + j]! + weight * second
      }
    }
  }
  return new SecondOrder(value, gradient, hessian).log().scaled(1, most)
}

const hiddenLaw: SiteLaw = {
  statistics: 6,
  parameters: 6,
  logMoment: (tilts, rho) =>
    logMoment(
      patterns.map(({ products }) => products),
      tilts,
      rho,
    ),
}

const endLaw: SiteLaw = {
  statistics: 1,
  parameters: 6,
  logMoment: (tilts, rho) =>
    logMoment(
      patterns.map(({ products }) => [(products[0]! + products[1]!) / 2]),
      tilts,
      rho,
    ),
}

/** Two inputs sent through the same pair of sign networks. */
export interface TwoPatterns {
  /** L; 1 or more. */
  readonly layers: number
  /** Of a weight with its perturbed self, below 1 in size. */
  readonly weightCorrelation: number
  /** alpha^l of layers 1 to L. @defaultValue 1 */
  readonly widths?: number | readonly number[]
  /** q^0 of either pattern. @defaultValue 1 */
  readonly startOverlap?: number
  /** Overlap of the two patterns in the reference network's input. @defaultValue 0 */
  readonly patternOverlap?: number
}

/**
 * The chain of sign networks with two patterns and shared weights: order parameters of a layer are all six overlaps of
 * the four states (q^11, q^22, v_hat^12, v^12, q^12, q^21), the end point is the mean overlap (q^11 + q^22) / 2 of the
 * outputs. With the cross-pattern overlaps held at zero its action is twice that of one pattern. Throws DomainError for
 * values outside their domains and for a singular covariance of the first fields.
 */
export function twoPatternChain(networks: TwoPatterns): DeviationChain {
  const { layers: depth, weightCorrelation: c, widths = 1, startOverlap = 1, patternOverlap = 0 } = networks
  if (!(Number.isSafeInteger(depth) && depth >= 1))
    throw new DomainError(`a network of ${depth} layers: give a whole number, 1 or more`)
  if (!(Math.abs(c) <= 1))
    throw new DomainError(`a weight correlation of ${c} does not exist: give a number from -1 to 1`)
  for (const q of [startOverlap, patternOverlap])
    if (!(Math.abs(q) <= 1)) throw new DomainError(`an overlap of ${q} of the inputs does not exist`)
  const mixed = startOverlap * patternOverlap
  const start = [startOverlap, startOverlap, patternOverlap, patternOverlap, mixed, mixed]
  const scales = [c, c, 1, 1, c, c]
  const matrix = scales.map((s, k) => scales.map((_, j) => (j === k ? s : 0)))
  if (!fourSigns(start.map((q, k) => q * scales[k]!)))
    throw new DomainError(
      'the covariance of the four fields of the first layer is singular: equal weights and inputs leave nothing to fluctuate',
    )
  const layers = Array.from({ length: depth }, (_, k): ChainLayer => {
    const width = typeof widths === 'number' ? widths : widths[k]
    if (width === undefined) throw new DomainError(`${(widths as readonly number[]).length} widths for ${depth} layers`)
    return { law: withAffineParameters(k === depth - 1 ? endLaw : hiddenLaw, matrix, [0, 0, 0, 0, 0, 0]), width }
  })
  return deviationChain(start, layers)
}
