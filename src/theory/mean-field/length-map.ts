import { DomainError } from '../../expression/errors.js'
import type { Expression } from '../../expression/expression.js'
import { gaussianExpectation } from '../../numeric/quadrature.js'
import { evaluateReal } from '../support/evaluate.js'
import { some } from '../support/tree.js'

/** An activation with the points between which it is smooth. */
export interface Activation {
  readonly value: (z: number) => number
  readonly kinks: readonly number[]
}

/** Bias and weight variance of a random layer. */
export interface LayerVariances {
  readonly weightVariance: number
  readonly biasVariance: number
}

const kinked = new Set(['abs', 'max', 'min', 'sign', 'step'])

/** An activation from its formula in one variable; kinks are sought where arguments of abs, max, sign, … change sign. */
export function activationFrom(
  e: Expression,
  variable: string,
  parameters: ReadonlyMap<string, number> = new Map(),
): Activation {
  const at = (x: Expression, z: number): number => evaluateReal(x, { scalars: new Map([...parameters, [variable, z]]) })
  const kinks: number[] = []
  some(e, (node) => {
    if (node.kind !== 'function' || !kinked.has(node.name)) return false
    const [first, second] = node.arguments
    if (!first) return false
    const difference = (z: number): number => at(first, z) - (second ? at(second, z) : 0)
    for (let z = -40; z < 40; z += 0.25) {
      let [low, high] = [z - 0.125, z + 0.125]
      if (difference(low) > 0 === difference(high) > 0) continue
      for (let k = 0; k < 80; k++) {
        const middle = (low + high) / 2
        if (difference(middle) > 0 === difference(low) > 0) low = middle
        else high = middle
      }
      const root = (low + high) / 2
      kinks.push(Math.abs(root) < 1e-12 ? 0 : root)
    }
    return false
  })
  return { value: (z) => at(e, z), kinks: [...new Set(kinks)] }
}

const crowded = [0, ...[1, 4, 16, 64, 256].flatMap((z) => [z, -z])]

/**
 * The map of the mean squared pre-activation from one layer to the next in the limit of infinite width:
 * q -> σ_w^2 E φ(sqrt(q) Z)^2 + σ_b^2 with Z standard normal (Poole et al., 2016). Throws DomainError for negative q or
 * where the mean does not converge.
 */
export function lengthMap(activation: Activation, variances: LayerVariances): (q: number) => number {
  return (q) => {
    if (!(q >= 0)) throw new DomainError('a mean square is not negative')
    // Besides the kinks, points that crowd about z = 0, where a saturating activation changes.
    const { value } = gaussianExpectation((z) => activation.value(z) ** 2, {
      variance: q,
      tolerance: 1e-11,
      kinks: [...activation.kinks, ...crowded],
    })
    return variances.weightVariance * value + variances.biasVariance
  }
}

/** The sequence q_0, q_1, …, q_layers under a map. */
export function iterateMap(map: (q: number) => number, start: number, layers: number): readonly number[] {
  const values = [start]
  for (let k = 0; k < layers; k++) values.push(map(values[k] ?? Number.NaN))
  return values
}

/** A fixed point of the length map with its slope there: stable below one. */
export interface FixedPoint {
  readonly value: number
  readonly slope: number
}

/**
 * All fixed points of a map in (0, largest] that a scan over a logarithmic grid separates, refined by bisection. Throws
 * DomainError where there is none.
 */
export function fixedPoints(map: (q: number) => number, largest = 1e4): readonly FixedPoint[] {
  const excess = (q: number): number => map(q) - q
  const grid = Array.from({ length: 121 }, (_, k) => largest * 10 ** (-12 + k / 10))
  const found: FixedPoint[] = []
  let before = excess(grid[0] ?? 0)
  for (let k = 1; k < grid.length; k++) {
    const here = excess(grid[k] ?? 0)
    if (before > 0 !== here > 0) {
      let [low, high] = [grid[k - 1] ?? 0, grid[k] ?? 0]
      for (let j = 0; j < 100 && high - low > 1e-15 * high; j++) {
        const middle = (low + high) / 2
        if (excess(middle) > 0 === before > 0) low = middle
        else high = middle
      }
      const value = (low + high) / 2
      const h = 1e-4 * value
      found.push({ value, slope: (map(value + h) - map(value - h)) / (2 * h) })
    }
    before = here
  }
  if (found.length === 0)
    throw new DomainError('the length map has no positive fixed point: the mean square grows or dies')
  return found
}

/** The fixed point of the map for the identity, σ_b^2/(1 - σ_w^2). Throws DomainError for σ_w^2 >= 1. */
export function linearFixedPoint({ weightVariance, biasVariance }: LayerVariances): number {
  if (!(weightVariance < 1))
    throw new DomainError('a linear network has a fixed point for a weight variance below 1 only')
  return biasVariance / (1 - weightVariance)
}

/** The fixed point for max(0, z), σ_b^2/(1 - σ_w^2/2). Throws DomainError for σ_w^2 >= 2. */
export function rectifiedFixedPoint({ weightVariance, biasVariance }: LayerVariances): number {
  if (!(weightVariance < 2))
    throw new DomainError('a rectified network has a fixed point for a weight variance below 2 only')
  return biasVariance / (1 - weightVariance / 2)
}
