import { DomainError } from '../../expression/errors.js'
import type { DeviationChain } from './chain.js'
import { ConvergenceError } from './convergence-error.js'
import { crossings } from './crossings.js'
import { type SignDerivatives, signDerivatives } from './sign-derivatives.js'
import { logitOf, type Odds, oddsOf, SignFields } from './sign-fields.js'

/** A trajectory of overlaps q^1 ... q^L that makes the action stationary, with what describes its saddle point. */
export interface ShotTrajectory extends SignDerivatives {
  readonly overlaps: readonly number[]
  /** -iQ^l of every layer; infinite in the last one at the ends +-1. */
  readonly tilts: readonly number[]
  /** The action. */
  readonly value: number
  /** What the saddle-point equations miss: all of it in the first layer's, the others hold by construction. */
  readonly residual: number
}

/** One shot from the end: share of unequal signs, its chance given the layer before and the tilt, of layers 1 to L. */
interface Shot {
  readonly shares: readonly Odds[]
  readonly chances: readonly Odds[]
  /** The logits of `shares`. */
  readonly levels: readonly number[]
  readonly tilts: readonly number[]
  /** The logits of `chances`: what a scan has to follow. */
  readonly logits: readonly number[]
  /** The layers whose chance no share gives. */
  readonly branch: string
  /** By how much the logit of the first layer's chance misses the one that the inputs give. */
  readonly miss: number
}

/** Logits beyond this are saturated: e^-345 is the smallest number whose square can be represented. */
const saturation = 345
const bounded = (logit: number): number => Math.max(-saturation, Math.min(saturation, logit))

/**
 * All stationary trajectories of a chain of sign networks to an end point, lowest action first, by shooting backwards
 * in one parameter. With d the share of unequal signs and p its chance given the layer before,
 * `logit p = logit d - 2 tilt`; p fixes the share d' of the layer before, and balance fixes its tilt,
 * `alpha' tilt' = alpha (p - d)/(p (1 - p)) slope / (pi sin(pi p))`. The parameter is the last layer's tilt (at the ends
 * +-1, where that is infinite, its chance), the condition the first layer's chance. Shares, their complements and tilts
 * keep their digits at any size, so that trajectories whose copies all but merge or are all but opposite at a hidden
 * layer are met like any other.
 * Throws DomainError for chains of other networks and where the fields of layer 1 are certain, ConvergenceError where
 * no shot lands.
 */
export function signShooter(chain: DeviationChain): (end: number) => readonly ShotTrajectory[] {
  const signFields = chain.signFields
  if (!signFields) throw new DomainError('shooting in one parameter is for sign networks: take the descent')
  const fields = signFields.map((layer) => new SignFields(layer))
  const widths = chain.layers.map(({ width }) => width)
  const last = widths.length - 1
  // Weights without correlation forget: what comes before is typical.
  const from = Math.max(
    0,
    fields.findLastIndex(({ slope }) => slope === 0),
  )
  const typical: Odds[] = []
  for (let k = 0; k <= from; k++)
    typical.push(
      fields[k]!.chance(typical[k - 1] ?? { odds: (1 - chain.start[0]!) / 2, other: (1 + chain.start[0]!) / 2 }),
    )
  const first = typical[from]!
  if (!(typical[0]!.odds > 0 && typical[0]!.other > 0))
    throw new DomainError('the fields of the first layer are perfectly correlated: the overlap after it is certain')

  /** Backwards from layer `top` with its share (as a logit and as a number) and its tilt or its chance's logit. */
  function shoot(
    top: number,
    share: { readonly logit: number; readonly odds: Odds },
    tilt: number,
    logit: number,
  ): Shot {
    const [shares, chances]: [Odds[], Odds[]] = [[], []]
    const [levels, tilts, logits]: [number[], number[], number[]] = [[], [], []]
    let branch = ''
    let [u, d, t, w] = [share.logit, share.odds, tilt, logit]
    for (let k = top; ; k--) {
      const before = k === from ? null : fields[k]!.share(w)
      if (before && before.chanceLogit !== w) branch += `${k}${w > 0 ? '+' : '-'}`
      const p = oddsOf(before?.chanceLogit ?? w)
      shares.unshift(d)
      levels.unshift(u)
      chances.unshift(p)
      tilts.unshift(t)
      logits.unshift(w)
      if (!before) return { shares, chances, levels, tilts, logits, branch, miss: w - logitOf(first) }
      // (p - d)/(p (1 - p)), by the share that leaves no difference of almost equal numbers.
      const own = before.chanceLogit === w ? t : (u - before.chanceLogit) / 2
      const pull = own > 0 ? (-Math.expm1(-2 * own) * d.other) / p.other : (Math.expm1(2 * own) * d.odds) / p.odds
      const sine = Math.sin(Math.PI * Math.min(p.odds, p.other))
      d = before.share
      u = before.logit
      t = ((widths[k]! / widths[k - 1]!) * pull * fields[k]!.slope) / (Math.PI * sine)
      w = bounded(u - 2 * t)
    }
  }

  return (end) => {
    if (!(Math.abs(end) <= 1)) throw new DomainError(`the end point is ${end}: overlaps are defined from -1 to 1`)
    const d: Odds = { odds: (1 - end) / 2, other: (1 + end) / 2 }
    const share = { logit: logitOf(d), odds: d }
    const finish = (shot: Shot): ShotTrajectory => {
      const shares = [...typical.slice(0, from), ...shot.shares]
      const chances = [...typical.slice(0, from), ...shot.chances]
      const tilts = [...typical.slice(0, from).map(() => 0), ...shot.tilts]
      return {
        overlaps: shares.map(({ odds, other }, k) => (k === last ? end : other - odds)),
        tilts,
        residual: (widths[from]! * Math.abs(shot.miss)) / 2,
        ...signDerivatives({ shares, chances, tilts, fields, widths }),
      }
    }
    if (last === from) {
      const w = logitOf(first)
      return [finish(shoot(last, share, (share.logit - w) / 2, w))]
    }
    const byTilt = (t: number): Shot => shoot(last, share, t, bounded(share.logit - 2 * t))
    const byLogit = (w: number): Shot => shoot(last, share, (share.logit - w) / 2, w)
    const interior = Math.abs(end) < 1
    const found = crossings(interior ? byTilt : byLogit, parameters(interior, byTilt))
      .flatMap(([below, above]) => settled(below, above))
      .filter(attainable)
    const missed = found.reduce((m, { miss }) => Math.min(m, Math.abs(miss)), Number.POSITIVE_INFINITY)
    const met = found.filter(({ miss }) => Math.abs(miss) <= 1e-8)
    if (met.length === 0 && found.length > 0)
      throw new ConvergenceError(
        `shooting at the end point ${end} came no closer to the inputs than ${missed} in the logit of the first layer`,
        {},
        missed,
      )
    return met.map(finish).sort((x, y) => x.value - y.value)
  }

  /**
   * Of two shots that differ by rounding of the parameter only, the closer. Where a share is far below the noise of the
   * chance after it (copies that all but merge under unequal weights) rounding hides it: it then is the parameter of
   * other shots, from its own layer, all of which that land are returned.
   */
  function settled(below: Shot, above: Shot): readonly Shot[] {
    const closer = Math.abs(below.miss) <= Math.abs(above.miss) ? below : above
    if (below.branch === above.branch && Math.abs(closer.miss) < 1e-11) return [closer]
    for (let k = below.shares.length - 2; k >= 0; k--) {
      const [u, v] = [below.levels[k]!, above.levels[k]!]
      if (Math.abs(u - v) < 1e-13 * (1 + Math.abs(u))) continue
      const [low, high] = [below.tilts[k]!, above.tilts[k]!]
      const again = (x: number): Shot => {
        const t = low + ((high - low) * (x - u)) / (v - u)
        return shoot(from + k, { logit: x, odds: oddsOf(x) }, t, bounded(x - 2 * t))
      }
      const found = crossings(again, u < v ? [u, v] : [v, u]).flatMap(([a, b]) => settled(a, b))
      if (found.length === 0) continue
      const after = <T>(all: readonly T[]): readonly T[] => all.slice(k + 1)
      return found.map((shot) => ({
        levels: [...shot.levels, ...after(closer.levels)],
        shares: [...shot.shares, ...after(closer.shares)],
        chances: [...shot.chances, ...after(closer.chances)],
        tilts: [...shot.tilts, ...after(closer.tilts)],
        logits: [...shot.logits, ...after(closer.logits)],
        branch: shot.branch,
        miss: shot.miss,
      }))
    }
    return below.branch === above.branch ? [closer] : []
  }
}

/** Whether every chance of a shot is one that a share of the layer before gives. */
const attainable = ({ logits, chances }: Shot): boolean =>
  logits.every((w, k) => Math.abs(w - logitOf(chances[k]!)) <= 1e-8 * (1 + Math.abs(w)))

/** Where to scan: logits of the last chance, or its tilts of both signs down to where no layer feels them. */
function parameters(interior: boolean, byTilt: (tilt: number) => Shot): readonly number[] {
  if (!interior) return Array.from({ length: 1 + 2 * saturation }, (_, k) => k - saturation)
  const sizes: number[] = []
  const none = byTilt(0).logits
  for (let size = saturation; size > 1e-300; size *= 0.7) {
    sizes.push(size)
    const felt = [size, -size].some((t) => byTilt(t).logits.some((w, k) => Math.abs(w - none[k]!) > 1e-6))
    if (!felt) break
  }
  return [...sizes.map((s) => -s), 0, ...[...sizes].reverse()]
}
