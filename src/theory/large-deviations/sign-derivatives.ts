import type { Odds, SignFields } from './sign-fields.js'

/** A stationary trajectory of a chain of sign networks. */
interface Stationary {
  readonly shares: readonly Odds[]
  readonly chances: readonly Odds[]
  readonly tilts: readonly number[]
  readonly fields: readonly SignFields[]
  readonly widths: readonly number[]
}

/** The action at a stationary trajectory with its derivatives by the end point. */
export interface SignDerivatives {
  /** The action. */
  readonly value: number
  /** First and second derivative of the action by the end point, the hidden layers following. Infinite at +-1. */
  readonly slope: number
  readonly curvature: number
  /** The last layer's own second derivative. */
  readonly ownCurvature: number
  /** Root of the hidden layers' own determinant over that of all their second derivatives; NaN where this is no minimum. */
  readonly hiddenAmplitude: number
  /** Whether it is a minimum over the hidden layers, not a saddle or a maximum. */
  readonly minimum: boolean
}

const share = (d: number, p: number): number => (d === 0 ? 0 : d * Math.log(d / p))

/**
 * The action with its derivatives. Hidden overlaps are measured in units of their own fluctuation `sqrt(1 - q^2)`, so
 * that layers where the copies all but merge stay comparable with the rest; determinants' ratios and what the end point
 * feels do not depend on units.
 */
export function signDerivatives({ shares, chances, tilts, fields, widths }: Stationary): SignDerivatives {
  const last = widths.length - 1
  const value = widths.reduce((sum, width, k) => {
    const [d, p] = [shares[k]!, chances[k]!]
    return sum + width * (share(d.odds, p.odds) + share(d.other, p.other))
  }, 0)
  const slope = widths[last]! * tilts[last]!
  const ownCurvature = widths[last]! / (4 * shares[last]!.odds * shares[last]!.other)
  // The second derivatives are tridiagonal: one pivot a layer.
  let pivot = 1
  let relief = 0
  let logAmplitude = 0
  let minimum = true
  for (let k = 0; k < last; k++) {
    const unit = Math.sqrt(4 * shares[k]!.odds * shares[k]!.other)
    if (k > 0) pivot = widths[k]! - mixed(k) ** 2 / pivot + byParameter(k + 1, unit)
    else pivot = widths[0]! + byParameter(1, unit)
    if (!(pivot > 0)) minimum = false
    logAmplitude += Math.log(widths[k]! / pivot) / 2
    if (k === last - 1) relief = endMixed() ** 2 / pivot
  }

  /** d^2 J / dq dq' in own units of both layers. */
  function mixed(k: number): number {
    return coupling(k) * Math.sqrt(4 * shares[k]!.odds * shares[k]!.other)
  }
  function endMixed(): number {
    return coupling(last)
  }
  /** d^2 alpha J / dq dq' in the units of q' = q^{k-1} only. */
  function coupling(k: number): number {
    const p = chances[k]!
    const before = shares[k - 1]!
    const { odds, other } = fields[k]!.gap(before)
    const sine = 2 * Math.sqrt(odds * other)
    return sine === 0
      ? 0
      : (-widths[k]! * fields[k]!.slope * Math.sqrt(4 * before.odds * before.other)) /
          (2 * p.odds * p.other * Math.PI * sine)
  }
  /** d^2 alpha J / dq'^2 in units of q'. */
  function byParameter(k: number, unit: number): number {
    const [d, p] = [shares[k]!, chances[k]!]
    const { odds, other } = fields[k]!.gap(shares[k - 1]!)
    const sine = 2 * Math.sqrt(odds * other)
    if (sine === 0) return 0
    const first = (fields[k]!.slope * unit) / (Math.PI * sine)
    const pull = d.other / p.other - d.odds / p.odds
    const steep = d.other / p.other ** 2 + d.odds / p.odds ** 2
    return widths[k]! * first * first * (steep - (pull * Math.PI * (other - odds)) / sine)
  }

  return {
    value,
    slope,
    curvature: minimum ? ownCurvature - relief : Number.NaN,
    ownCurvature,
    hiddenAmplitude: minimum ? Math.exp(logAmplitude) : Number.NaN,
    minimum,
  }
}
