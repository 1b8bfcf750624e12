import { LimitError } from '../../expression/errors.js'
import { stationaryProbabilities } from './balance.js'
import { type ChainKernel, crossing } from './chain-kernel.js'
import { type TransferOperator, transferOperator } from './transfer-operator.js'

export interface StationaryLaw {
  readonly operator: TransferOperator
  /** Probability of each node. */
  readonly law: Float64Array
}

/** Weight, at the grid's edges, beyond which the rest is left out. */
const edgeWeight = 1e-14
/** Beyond this u powers of e^u leave the range of doubles. */
const farthest = 340

/** log E[(r_{l+1} / r_l)^{2p}] at large r: moments of r^{2p} exist while it is negative. */
export const logGrowth = (kernel: ChainKernel, p: number): number =>
  p * Math.log(kernel.contraction) + kernel.logMoment(p)

/**
 * Where the law's right tail, weighed by r^{2 growth}, has fallen by e^-31: it falls as r^{-2 (s - growth)} with
 * Kesten's exponent s, where `logGrowth` returns to zero.
 */
function tailEnd(kernel: ChainKernel, growth: number): number {
  let high = 2 * growth + 1
  while (logGrowth(kernel, high) < 0 && high < 64) high *= 2
  if (high >= 64) return 0
  return 15.5 / (crossing((p) => logGrowth(kernel, p), growth, high) - growth)
}

/**
 * The stationary law on a grid wide enough that what lies beyond its edges, also weighed by r^{2 growth}, is below
 * rounding. The range starts at the Gaussian's, or Kesten's for heavy tails, and grows until that holds. `reach` is an
 * interval of centres that the grid must hold as well (where a network starts).
 * @throws LimitError if the tail is too heavy for a grid.
 */
export function stationaryLaw(
  kernel: ChainKernel,
  spacing: number,
  growth: number,
  reach: readonly [number, number],
): StationaryLaw {
  const { contraction: a, left, right, spread } = kernel
  const deviation = spread / Math.sqrt(1 - a * a)
  // mu(u) never falls below this, so neither does u below it plus the least s.
  const least = Math.min(0.5 * Math.log1p(-a), reach[0]) + left
  // A start away from the bulk spreads on its way there, by no more than the stationary law's width.
  let from = Math.max(least, reach[0] + Math.min(left, -9 * deviation))
  let to = reach[1] + Math.max(right, 9 * deviation, a > 0 ? tailEnd(kernel, growth) : 0)
  for (;;) {
    if (to > farthest)
      throw new LimitError(
        'the tail of the exact law is too heavy for a grid: take a larger width or a smaller weight variance',
      )
    const operator = transferOperator(kernel, from, to, spacing)
    const law = stationaryProbabilities(operator)
    const heavy = (k: number): boolean => law[k]! * Math.max(1, Math.exp(2 * growth * operator.nodes[k]!)) > edgeWeight
    const growLeft = heavy(0) && from > least
    const growRight = heavy(law.length - 1)
    if (!growLeft && !growRight) return { operator, law }
    if (growLeft) from = Math.max(least, from - 0.5 * (to - from))
    if (growRight) to += 0.5 * (to - from)
  }
}
