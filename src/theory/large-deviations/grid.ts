import { DomainError } from '../../expression/errors.js'
import type { DeviationChain } from './chain.js'
import { siteCost } from './legendre.js'

/** The least action over trajectories on a grid. */
export interface GridRate {
  /** Above the rate by at most the grid's coarseness: an upper bound whichever trajectories exist. */
  readonly rate: number
  readonly overlaps: readonly number[]
}

/**
 * The rate function by dynamic programming over a grid of overlaps `tanh`-spaced in (-1, 1): every trajectory on the
 * grid is compared, so that no separate minimum is overlooked that is wider than the spacing. For chains with one
 * statistic a layer. Throws DomainError for others and where no trajectory on the grid reaches the end.
 */
export function gridRate(chain: DeviationChain, end: number, nodes = 121): GridRate {
  if (chain.layers.some(({ law }) => law.statistics !== 1))
    throw new DomainError('the grid is for chains with one order parameter a layer')
  const grid = Array.from({ length: nodes }, (_, k) => Math.tanh(4 * ((2 * k) / (nodes - 1) - 1)))
  let states: readonly number[] = chain.start
  let values: readonly number[] = [0]
  const origins: number[][] = []
  for (const [k, { law, width }] of chain.layers.entries()) {
    const next = k === chain.layers.length - 1 ? [end] : grid
    const from: number[] = []
    const best = next.map((q) => {
      let [least, origin] = [Number.POSITIVE_INFINITY, 0]
      for (const [j, before] of states.entries()) {
        if (values[j]! >= least) continue
        const cost = siteCost(law, [q], [before])
        const total = cost ? values[j]! + width * cost.value : Number.POSITIVE_INFINITY
        if (total < least) [least, origin] = [total, j]
      }
      from.push(origin)
      return least
    })
    origins.push(from)
    values = best
    states = next
  }
  if (!Number.isFinite(values[0]!)) throw new DomainError(`no trajectory on the grid reaches the end point ${end}`)
  const overlaps = [end]
  for (let k = chain.layers.length - 1, place = 0; k > 0; k--) {
    place = origins[k]![place]!
    overlaps.unshift(grid[place]!)
  }
  return { rate: values[0]!, overlaps }
}
