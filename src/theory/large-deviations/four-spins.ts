import { gaussLegendre } from '../../numeric/gauss-rules.js'
import { SecondOrder } from '../../numeric/second-order.js'
import type { Vector } from './site-law.js'

/** Pairs of four spins a, b, c, d in the order used here: ab, cd, ac, bd, ad, bc. Neighbours (0, 1), (2, 3), (4, 5) are complements. */
export const spinPairs = [
  [0, 1],
  [2, 3],
  [0, 2],
  [1, 3],
  [0, 3],
  [1, 2],
] as const

const pairAt = (i: number, j: number): number =>
  spinPairs.findIndex(([a, b]) => (a === i && b === j) || (a === j && b === i))

/** For each pair ij: the complement kl and the pairs ki, kj, li, lj. */
const around = spinPairs.map(([i, j], pair) => {
  const [k, l] = spinPairs[pair ^ 1]!
  return { kl: pair ^ 1, ki: pairAt(k, i), kj: pairAt(k, j), li: pairAt(l, i), lj: pairAt(l, j) }
})

/** sin of the partial correlation's angle: correlation of k and l given i and j. */
function partial(rho: Vector, pair: number): number {
  const { kl, ki, kj, li, lj } = around[pair]!
  const [r, x, a, b, c, d] = [rho[pair]!, rho[kl]!, rho[ki]!, rho[kj]!, rho[li]!, rho[lj]!]
  const rest = 1 - r * r
  const cross = x - (a * c - r * (a * d + b * c) + b * d) / rest
  const first = 1 - (a * a - 2 * r * a * b + b * b) / rest
  const second = 1 - (c * c - 2 * r * c * d + d * d) / rest
  return first > 0 && second > 0 ? cross / Math.sqrt(first * second) : Number.NaN
}

/** The same with its derivatives by the six correlations. */
function partialWithDerivatives(rho: Vector, pair: number): SecondOrder {
  const v = (k: number): SecondOrder => SecondOrder.variable(rho[k]!, k, 6)
  const { kl, ki, kj, li, lj } = around[pair]!
  const [r, x, a, b, c, d] = [v(pair), v(kl), v(ki), v(kj), v(li), v(lj)]
  const inverse = r.times(r).scaled(-1, 1).power(-1)
  const cross = x.minus(
    a
      .times(c)
      .minus(r.times(a.times(d).plus(b.times(c))))
      .plus(b.times(d))
      .times(inverse),
  )
  const rest = (p: SecondOrder, q: SecondOrder): SecondOrder =>
    p.times(p).combine(1, r.times(p).times(q), -2).plus(q.times(q)).times(inverse).scaled(-1, 1)
  return cross.over(rest(a, b).times(rest(c, d)).power(0.5))
}

const square = 4 / (Math.PI * Math.PI)

/**
 * Nodes and weights in u for t = 1 - u^2 on panels that crowd towards u = 0: the integrand has a root's singularity
 * where the correlation matrix is singular, which t = 1 may come close to.
 */
const rule = [0, 1e-4, 3e-3, 0.03, 0.2, 1].slice(1).flatMap((to, k) => {
  const from = [0, 1e-4, 3e-3, 0.03, 0.2][k]!
  const { nodes, weights } = gaussLegendre(16)
  return nodes.map((x, j) => ({ u: (from + to) / 2 + ((to - from) / 2) * x, weight: (weights[j]! * (to - from)) / 2 }))
})

/**
 * E[s_a s_b s_c s_d] of the signs of four standard normals with the given correlations, and its derivatives, by
 * Plackett's identity: d/d rho_ij = (2/pi)^2 arcsin(rho_kl.ij) / sqrt(1 - rho_ij^2), integrated from independence.
 * Null where the correlation matrix is not positive definite.
 */
export function fourSigns(rho: Vector): SecondOrder | null {
  let value = 0
  for (const { u, weight } of rule) {
    const t = 1 - u * u
    const scaled = Array.from(rho, (r) => t * r)
    let slope = 0
    for (let pair = 0; pair < 6; pair++) {
      const r = rho[pair]!
      if (r === 0) continue
      slope += (r * Math.asin(partial(scaled, pair))) / Math.sqrt(1 - t * t * r * r)
    }
    value += 2 * weight * u * slope
  }
  const gradient = new Float64Array(6)
  const hessian = new Float64Array(36)
  for (let pair = 0; pair < 6; pair++) {
    const correlation = partialWithDerivatives(rho, pair)
    const x = correlation.value
    const rest = 1 - rho[pair]! ** 2
    if (!(Math.abs(x) < 1 && rest > 0)) return null
    const factor = square / Math.sqrt(rest)
    const angle = Math.asin(x)
    gradient[pair] = factor * angle
    for (let j = 0; j < 6; j++)
      hessian[6 * pair + j] =
        (factor * correlation.gradient[j]!) / Math.sqrt(1 - x * x) +
        (j === pair ? (factor * angle * rho[pair]!) / rest : 0)
  }
  return Number.isFinite(value) ? new SecondOrder(square * value, gradient, hessian) : null
}
