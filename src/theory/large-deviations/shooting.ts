import { DomainError } from '../../expression/errors.js'
import type { DeviationChain } from './chain.js'

/** A trajectory of overlaps q^1 ... q^L with its action, found by shooting. */
export interface ShotTrajectory {
  readonly overlaps: readonly number[]
  readonly value: number
  /** By how much the end point is missed. */
  readonly residual: number
}

/** The shares d^l = (1 - q^l)/2 of unequal signs, or null where one leaves (0, 1) before the end. */
type Shot = Float64Array | null

const deviates = (d: number, p: number): number => (d === 0 ? 0 : d * Math.log(d / p))

/**
 * All stationary trajectories of a chain of sign networks by shooting in one parameter. With p the chance of unequal
 * signs given the layer before and d their share, the saddle point fixes the next layer's share from this one's:
 * `d' = p' + alpha tilt p'(1 - p') / (alpha' dp'/dq)`, `tilt = (log((1 - d)/(1 - p)) - log(d/p)) / 2`; the first
 * layer's share is the parameter. Returns, for any end point, the trajectories that a scan separates, lowest action
 * first. Throws DomainError for chains of other networks and where the fields of layer 1 are certain.
 */
export function signShooter(chain: DeviationChain): (end: number) => readonly ShotTrajectory[] {
  const fields = chain.signFields
  if (!fields) throw new DomainError('shooting in one parameter is for sign networks: take the descent')
  const widths = chain.layers.map(({ width }) => width)
  const depth = widths.length
  // 1 - rho = (1 - offset - slope) + 2 slope d keeps its digits where rho is near 1.
  const gap = (k: number, d: number): number => 1 - fields[k]!.offset - fields[k]!.slope + 2 * fields[k]!.slope * d
  const chance = (k: number, d: number): readonly [p: number, slope: number] => {
    const g = gap(k, d)
    const sine = Math.sqrt(Math.max(0, g * (2 - g)))
    return [Math.atan2(sine, 1 - g) / Math.PI, -fields[k]!.slope / (Math.PI * sine)]
  }
  const [first] = chance(0, (1 - chain.start[0]!) / 2)
  if (!(first > 0 && first < 1))
    throw new DomainError('the fields of the first layer are perfectly correlated: the overlap after it is certain')
  const last = depth - 1

  function shoot(share: number): Shot {
    const d = new Float64Array(depth)
    let p = first
    d[0] = share
    for (let k = 0; k < last; k++) {
      const here = d[k]!
      if (!(here > 0 && here < 1)) return null
      const tilt = (Math.log((1 - here) / (1 - p)) - Math.log(here / p)) / 2
      const [next, slope] = chance(k + 1, here)
      d[k + 1] = next + (widths[k]! * tilt * next * (1 - next)) / (widths[k + 1]! * slope)
      p = next
    }
    return Number.isFinite(d[last]!) ? d : null
  }

  function value(d: Float64Array): number {
    let sum = 0
    let p = first
    for (let k = 0; k < depth; k++) {
      sum += widths[k]! * (deviates(d[k]!, p) + deviates(1 - d[k]!, 1 - p))
      if (k < last) [p] = chance(k + 1, d[k]!)
    }
    return sum
  }

  const shareOf = (logit: number): number => 1 / (1 + Math.exp(logit))
  const nodes = last === 0 ? [] : scan((logit) => shoot(shareOf(logit)), -Math.log(first / (1 - first)))
  return (end) => {
    if (!(Math.abs(end) <= 1)) throw new DomainError(`the end point is ${end}: overlaps are defined from -1 to 1`)
    const target = (1 - end) / 2
    if (last === 0) return [{ overlaps: [end], value: value(Float64Array.of(target)), residual: 0 }]
    const miss = (logit: number): number => {
      const d = shoot(shareOf(logit))
      return d ? d[last]! - target : Number.NaN
    }
    const found: ShotTrajectory[] = []
    for (let k = 0; k + 1 < nodes.length; k++) {
      const [a, b] = [nodes[k]!, nodes[k + 1]!]
      if (!a.shot || !b.shot) continue
      const logit = bracketed(miss, a.logit, a.shot[last]! - target, b.logit, b.shot[last]! - target)
      const d = logit === null ? null : shoot(shareOf(logit))
      if (!d) continue
      const residual = Math.abs(d[last]! - target)
      d[last] = target
      found.push({ overlaps: Array.from(d, (x) => 1 - 2 * x), value: value(d), residual })
    }
    return found.sort((x, y) => x.value - y.value)
  }
}

interface Node {
  readonly logit: number
  readonly shot: Shot
}

/** Shots over all logits of the first share: even, crowded about the typical one, and towards where shots leave (0, 1). */
function scan(shoot: (logit: number) => Shot, typical: number): readonly Node[] {
  const logits = Array.from({ length: 321 }, (_, k) => -40 + k / 4)
  for (let e = -14; e < 1; e += 0.1) logits.push(typical + 10 ** e, typical - 10 ** e)
  const coarse = [...logits, typical].sort((x, y) => x - y).map((logit): Node => ({ logit, shot: shoot(logit) }))
  const nodes: Node[] = []
  for (const [k, node] of coarse.entries()) {
    nodes.push(node)
    const next = coarse[k + 1]
    if (!next || (node.shot === null) === (next.shot === null)) continue
    let [inside, outside] = node.shot ? [node.logit, next.logit] : [next.logit, node.logit]
    const width = outside - inside
    for (let step = 0; step < 60; step++) {
      const middle = (inside + outside) / 2
      if (shoot(middle)) inside = middle
      else outside = middle
    }
    for (let step = 1; step < 50; step++) {
      const logit = inside - width * 2 ** -step
      nodes.push({ logit, shot: shoot(logit) })
    }
    nodes.push({ logit: inside, shot: shoot(inside) })
  }
  return nodes.sort((x, y) => x.logit - y.logit)
}

/** The root between two points with values of opposite signs, to the last digit; null without one. */
function bracketed(f: (x: number) => number, a: number, fa: number, b: number, fb: number): number | null {
  if (fa === 0) return a
  if (!(fa < 0 !== fb < 0) || fb === 0) return null
  let [low, high] = [a, b]
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    const there = f(middle)
    if (Number.isNaN(there)) return null
    if (there < 0 === fa < 0) low = middle
    else high = middle
  }
  return Math.abs(f(low)) <= Math.abs(f(high)) ? low : high
}
