/** A chance (or share) and its complement, both to all their digits. */
export interface Odds {
  readonly odds: number
  readonly other: number
}

/** log((1 - x) / x) of x = `odds`: positive where it is the smaller. */
export const logitOf = ({ odds, other }: Odds): number => Math.log(other / odds)

/** The inverse of `logitOf`. */
export function oddsOf(logit: number): Odds {
  const e = Math.exp(-Math.abs(logit))
  const [small, large] = [e / (1 + e), 1 / (1 + e)]
  return logit > 0 ? { odds: small, other: large } : { odds: large, other: small }
}

/** The least share that a chance above the least chance can show in its digits. */
const hidden = 1e-15

/** A logit that no tilt outweighs. */
const beyondAll = 1e6

/** Differences from 1 by rounding only. */
const unrounded = (x: number): number => (Math.abs(x) < 1e-15 ? 0 : x)

/**
 * How the share d of unequal signs in a layer fixes the chance p of unequal signs in the next: the fields' correlation
 * is `slope (1 - 2 d) + offset = cos(pi p)`. Both ways keep the digits of small numbers on either side.
 */
export class SignFields {
  readonly slope: number
  readonly offset: number
  /** 1 - rho and 1 + rho at the share where they are least. */
  readonly #least: readonly [fromOne: number, fromMinusOne: number]
  /** The logits of the chances there; infinite where the fields can be equal or opposite. */
  readonly #most: readonly [high: number, low: number]

  constructor({ slope, offset }: { readonly slope: number; readonly offset: number }) {
    this.slope = slope
    this.offset = offset
    const size = Math.abs(slope)
    this.#least = [unrounded(1 - offset - size), unrounded(1 + offset - size)]
    const edge = (share: Odds): number => logitOf(this.chance(share))
    const ends = [edge({ odds: 0, other: 1 }), edge({ odds: 1, other: 0 })]
    this.#most = [Math.max(...ends), Math.min(...ends)]
  }

  /** 1 - rho and 1 + rho as twice `odds` and `other`. */
  gap({ odds, other }: Odds): Odds {
    const size = Math.abs(this.slope)
    const [near, far] = this.slope >= 0 ? [odds, other] : [other, odds]
    return { odds: this.#least[0] / 2 + size * near, other: this.#least[1] / 2 + size * far }
  }

  chance(share: Odds): Odds {
    const { odds, other } = this.gap(share)
    // sin^2 of half the angle pi p is half the gap.
    const angle = Math.atan2(Math.sqrt(odds), Math.sqrt(other))
    const rest = Math.atan2(Math.sqrt(other), Math.sqrt(odds))
    return { odds: (2 * angle) / Math.PI, other: (2 * rest) / Math.PI }
  }

  /**
   * The share that gives the chance of this logit, for slopes other than 0. Chances that no share gives are taken back
   * to the nearest one, where the share vanishes: of a logit beyond all that matter, whose sign is what counts.
   */
  share(logit: number): { readonly logit: number; readonly share: Odds; readonly chanceLogit: number } {
    const size = Math.abs(this.slope)
    const { odds, other } = oddsOf(logit)
    const part = (x: number, least: number): number =>
      least === 0
        ? Math.sin((Math.PI * x) / 2) ** 2 / size
        : Math.max(hidden, (Math.sin((Math.PI * x) / 2) ** 2 - least / 2) / size)
    const [near, far] = [part(odds, this.#least[0]), part(other, this.#least[1])]
    // logit(near share): exact on whichever side is small.
    const signed = Math.log(Math.min(1, far)) - Math.log(Math.min(1, near))
    const edge = this.#most[signed > 0 ? 0 : 1]
    const beyond = signed > 0 ? logit - edge : edge - logit
    const u = Math.sign(signed) * (Math.abs(signed) + (beyond > 0 ? beyondAll : 0))
    const turned = this.slope >= 0 ? u : -u
    return { logit: turned, share: oddsOf(turned), chanceLogit: beyond > 0 ? edge : logit }
  }
}
