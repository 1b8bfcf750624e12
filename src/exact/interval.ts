import { spend } from '../numeric/budget.js'
import type { Polynomial } from './polynomial.js'

/** The range of values of a generator or polynomial, ends excluded where open. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly openLow: boolean
  readonly openHigh: boolean
}

export const everywhere: Interval = { low: -Infinity, high: Infinity, openLow: true, openHigh: true }
export const positiveInterval: Interval = { low: 0, high: Infinity, openLow: true, openHigh: true }

function productInterval(a: Interval, b: Interval): Interval {
  const ends = [
    [a.low, a.openLow, b.low, b.openLow],
    [a.low, a.openLow, b.high, b.openHigh],
    [a.high, a.openHigh, b.low, b.openLow],
    [a.high, a.openHigh, b.high, b.openHigh],
  ] as const
  let low = Infinity
  let high = -Infinity
  let openLow = true
  let openHigh = true
  for (const [x, openX, y, openY] of ends) {
    const value = x === 0 || y === 0 ? 0 : x * y || Math.sign(x) * Math.sign(y) * 5e-324
    // A zero end that is attained makes the product attain zero whatever the other end does.
    const open = (openX || openY) && !((x === 0 && !openX) || (y === 0 && !openY))
    if (value < low) [low, openLow] = [value, open]
    else if (value === low) openLow = openLow && open
    if (value > high) [high, openHigh] = [value, open]
    else if (value === high) openHigh = openHigh && open
  }
  return { low, high, openLow, openHigh }
}

/** x^n over an interval: monotonic for odd n and away from zero, else from zero to the larger end. */
function powerInterval(a: Interval, exponent: number): Interval {
  // A product that underflows is not zero: an end away from zero stays away from it.
  const end = (x: number): number => x ** exponent || (x === 0 ? 0 : x < 0 && exponent % 2 === 1 ? -5e-324 : 5e-324)
  const low = end(a.low)
  const high = end(a.high)
  if (exponent % 2 === 1 || a.low >= 0) return { low, high, openLow: a.openLow, openHigh: a.openHigh }
  if (a.high <= 0) return { low: high, high: low, openLow: a.openHigh, openHigh: a.openLow }
  const top = Math.max(low, high)
  const open = low === high ? a.openLow && a.openHigh : low > high ? a.openLow : a.openHigh
  return { low: 0, high: top, openLow: false, openHigh: open }
}

/** Bounds of a polynomial term by term. A lower end that rounding could have lifted is lowered. */
export function intervalOfPolynomial(a: Polynomial, of: (id: number) => Interval): Interval {
  let sum: Interval = { low: 0, high: 0, openLow: false, openHigh: false }
  let size = 0
  let exact = true
  for (const [m, c] of a) {
    const scale = Number(c)
    let term: Interval = { low: scale, high: scale, openLow: false, openHigh: false }
    spend(2 + m.length / 4)
    for (let k = 0; k < m.length; k++) {
      const exponent = m.charCodeAt(k)
      if (exponent > 0) term = productInterval(term, powerInterval(of(k), exponent))
    }
    sum = {
      low: sum.low + term.low,
      high: sum.high + term.high,
      openLow: sum.openLow || term.openLow,
      openHigh: sum.openHigh || term.openHigh,
    }
    for (const end of [term.low, term.high])
      if (Number.isFinite(end)) {
        size += Math.abs(end)
        exact &&= Math.abs(end) < 2 ** 53 && Number.isSafeInteger(scale)
      }
  }
  if (exact && size < 2 ** 53) return sum
  const slip = 1e-12 * size
  return { ...sum, low: sum.low - slip, high: sum.high + slip }
}
