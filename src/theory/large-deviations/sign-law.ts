import { SecondOrder } from '../../numeric/second-order.js'
import type { Cost, SiteLaw, Vector } from './site-law.js'

/**
 * Chance that two centred normals have opposite signs, arccos(rho) / pi, as a function of their covariance
 * (first variance, second variance, cross) with derivatives. Null for an indefinite covariance; at perfect correlation
 * the derivatives are infinite.
 */
function oppositeSigns(parameters: Vector): SecondOrder | null {
  const [first, second, cross] = [parameters[0]!, parameters[1]!, parameters[2]!]
  const product = first * second
  const determinant = product - cross * cross
  if (!(first > 0 && second > 0 && determinant >= -1e-14 * product)) return null
  const root = Math.sqrt(product)
  const sine = Math.sqrt(Math.max(0, determinant)) / root
  const value = Math.atan2(sine, cross / root) / Math.PI
  const variable = (k: number): SecondOrder => SecondOrder.variable(parameters[k]!, k, 3)
  const correlation = variable(2).over(variable(0).times(variable(1)).power(0.5))
  const slope = -1 / (Math.PI * sine)
  return correlation.through([value, slope, (slope * correlation.value) / (sine * sine)])
}

/** d log(d / p) with its limit 0 at d = 0. */
const share = (d: number, p: number): number => (d === 0 ? 0 : d * Math.log(d / p))

/**
 * A pair of neurons with the sign activation; the one statistic is their product s, the parameters their fields'
 * covariance (variance, variance, cross). `E exp(tilt s) = cosh(tilt) + m sinh(tilt)` with `m = (2/pi) arcsin(rho)`;
 * the cost is the relative entropy of a coin.
 */
export const signLaw: SiteLaw = {
  statistics: 1,
  parameters: 3,
  logMoment(tilts, parameters) {
    const opposite = oppositeSigns(parameters)
    if (!opposite) return null
    const tilt = tilts[0]!
    const p = widened(opposite)
    // log((1 - p) e^tilt + p e^-tilt), with the larger exponential taken out.
    const size = Math.abs(tilt)
    const t = SecondOrder.variable(tilt, 0, 4)
    const up = t.scaled(1, -size).exp().times(p.scaled(-1, 1))
    const down = t.scaled(-1, -size).exp().times(p)
    return up.plus(down).log().scaled(1, size)
  },
  cost(x, parameters): Cost | null {
    const q = x[0]!
    const opposite = oppositeSigns(parameters)
    if (!opposite || !(q >= -1 && q <= 1)) return null
    const p = opposite.value
    const [up, down] = [(1 + q) / 2, (1 - q) / 2]
    const value = share(up, 1 - p) + share(down, p)
    if (!Number.isFinite(value)) return null
    const tilt = (Math.log(up / (1 - p)) - Math.log(down / p)) / 2
    if (p === 0 || p === 1) return null
    const byOpposite: readonly [number, number, number] = [
      value,
      up / (1 - p) - down / p,
      up / (1 - p) ** 2 + down / p ** 2,
    ]
    const inner = opposite.through(byOpposite)
    const gradient = Float64Array.from([tilt, ...inner.gradient])
    const hessian = new Float64Array(16)
    hessian[0] = 1 / ((1 - q) * (1 + q))
    const mixed = 1 / (2 * p * (1 - p))
    for (let i = 0; i < 3; i++) {
      hessian[i + 1] = mixed * opposite.gradient[i]!
      hessian[4 * (i + 1)] = hessian[i + 1]!
      for (let j = 0; j < 3; j++) hessian[4 * (i + 1) + j + 1] = inner.hessian[3 * i + j]!
    }
    return { value, tilts: Float64Array.of(tilt), gradient, hessian, residual: 0 }
  },
  certain(parameters) {
    const [first, second, cross] = [parameters[0]!, parameters[1]!, parameters[2]!]
    return first > 0 && cross * cross >= first * second ? [Math.sign(cross)] : null
  },
  means: () => [0, 0],
}

/** A function of the three parameters as one of (tilt, parameters). */
function widened(inner: SecondOrder): SecondOrder {
  const gradient = Float64Array.from([0, ...inner.gradient])
  const hessian = new Float64Array(16)
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) hessian[4 * (i + 1) + j + 1] = inner.hessian[3 * i + j]!
  return new SecondOrder(inner.value, gradient, hessian)
}
