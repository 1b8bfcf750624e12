import { DomainError } from '../../../expression/errors.js'
import { gaussLegendre } from '../../../numeric/gauss-rules.js'
import { type Agreement, arcsineAgreement } from './agreement.js'

/**
 * d/dtheta of E tanh(b x) tanh(b y) for standard normals of correlation sin(theta), by Price's theorem: the integral of
 * sech^2(u) sech^2(v) over the density of (b x, b y), times b^2 cos(theta). Trapezoid along u + v and u - v.
 */
function slope(b: number, complement: number): number {
  // 1 + sin(theta) and 1 - sin(theta) from the complement pi/2 - theta, without cancellation.
  const [wide, narrow] = [b * Math.SQRT2 * Math.cos(complement / 2), b * Math.SQRT2 * Math.sin(complement / 2)]
  const axis = (deviation: number): { readonly step: number; readonly count: number } => {
    const step = 1 / (1 / (0.6 * deviation) + 1 / 0.35)
    return { step, count: Math.ceil(Math.min(8.8 * deviation, 15) / step) }
  }
  const [s, d] = [axis(wide), axis(narrow)]
  let total = 0
  for (let i = 0; i <= s.count; i++) {
    const x = i * s.step
    const outer = Math.exp(-0.5 * (x / wide) ** 2) * (i === 0 ? 1 : 2)
    let sum = 0
    for (let j = 0; j <= d.count; j++) {
      const y = j * d.step
      const [u, v] = [(x + y) / Math.SQRT2, (x - y) / Math.SQRT2]
      sum += (Math.exp(-0.5 * (y / narrow) ** 2) * (j === 0 ? 1 : 2)) / (Math.cosh(u) * Math.cosh(v)) ** 2
    }
    total += outer * sum
  }
  return (total * s.step * d.step) / (2 * Math.PI)
}

/** Integrals over the panels from theta = 0 towards pi/2, each half as long as the one before, kept for each b. */
interface Panels {
  /** Ends of the panels as complements pi/2 - theta, from pi/2 down to 0. */
  readonly ends: readonly number[]
  readonly sums: readonly number[]
}

const rule = gaussLegendre(24)

/** The integral of the slope over complements from `high` down to `low`. */
function panel(b: number, high: number, low: number): number {
  const half = (high - low) / 2
  return rule.nodes.reduce(
    (sum, node, k) => sum + half * rule.weights[k]! * slope(b, (high + low) / 2 + half * node),
    0,
  )
}

function panelsOf(b: number): Panels {
  const count = Math.max(2, Math.ceil(Math.log2(16 * b)))
  const ends = Array.from({ length: count + 1 }, (_, k) => (k === count ? 0 : Math.PI / 2 ** (k + 1)))
  const sums: number[] = [0]
  for (let k = 0; k < count; k++) sums.push(sums[k]! + panel(b, ends[k]!, ends[k + 1]!))
  return { ends, sums }
}

const known = new Map<number, Panels>()

function panelsFor(b: number): Panels {
  const panels = known.get(b) ?? panelsOf(b)
  // A few temperatures at a time; the memory of old ones is not needed.
  if (known.size > 64) known.clear()
  known.set(b, panels)
  return panels
}

const hottest = 1e-3
const coldest = 1e4

/**
 * E tanh(b x) tanh(b y) for standard normals x, y of a correlation: the overlap of two neurons with thermal noise, b =
 * beta times the fields' standard deviation. About 13 digits.
 * @param b 1e-3 to 1e4, or infinite (then the arcsine law).
 * @throws DomainError outside that domain, or for a correlation outside [-1, 1].
 */
export function thermalOverlap(correlation: number, b: number): number {
  const { same, different } = arcsineAgreement(correlation)
  if (b === Number.POSITIVE_INFINITY) return same - different
  if (!(b >= hottest && b <= coldest))
    throw new DomainError(
      `beta times the fields' standard deviation is ${b}: the thermal overlap is computed from ${hottest} to ${coldest}, and without noise`,
    )
  const { ends, sums } = panelsFor(b)
  const complement = Math.acos(Math.abs(correlation))
  let k = 0
  while (k + 1 < ends.length - 1 && ends[k + 1]! >= complement) k++
  const value = sums[k]! + (ends[k]! > complement ? panel(b, ends[k]!, complement) : 0)
  return correlation < 0 ? -value : value
}

/** The agreement of a neuron with thermal noise in both networks. */
export function thermalAgreement(correlation: number, b: number): Agreement {
  const overlap = thermalOverlap(correlation, b)
  return { same: (1 + overlap) / 2, different: (1 - overlap) / 2 }
}
