import { SecondOrder } from '../../numeric/second-order.js'

/** Numbers by index: arrays and typed arrays alike. */
export type Vector = ArrayLike<number>

/** What reaching given statistics costs a neuron, `sup_tilts tilts . x - log E exp(tilts . t)`, and where. */
export interface Cost {
  readonly value: number
  /** The maximising tilts: the derivatives of the cost by the statistics. */
  readonly tilts: Float64Array
  /** Derivatives by (statistics, parameters). */
  readonly gradient: Float64Array
  /** Second derivatives by (statistics, parameters), row after row. */
  readonly hessian: Float64Array
  /** By how much the maximisation misses the statistics. */
  readonly residual: number
}

/**
 * The law of one neuron's statistics t (for a pair of networks: squares and product of both activations) given
 * parameters that the layer before fixes (a covariance): everything that a layer of such neurons, independent given
 * the layer before, contributes to a rate function.
 */
export interface SiteLaw {
  readonly statistics: number
  readonly parameters: number
  /**
   * `log E exp(tilts . t)` with derivatives in (tilts, parameters), in this order; null where the mean diverges or the
   * parameters are not admissible. It may leave out nothing: 0 at tilts 0.
   */
  logMoment(tilts: Vector, parameters: Vector): SecondOrder | null
  /** The cost where it has a closed form (also at the edge of the statistics' range); null where it is infinite. */
  readonly cost?: (statistics: Vector, parameters: Vector) => Cost | null
  /** The statistics where the parameters leave no choice (perfectly correlated fields), else null. */
  readonly certain?: (parameters: Vector) => Vector | null
  /** Means of the two networks' activations under the tilted measure, where there are two networks. */
  readonly means?: (tilts: Vector, parameters: Vector) => readonly [reference: number, perturbed: number]
}

/** The same law with parameters that are affine in others: `matrix y + offset`, one row of the matrix a parameter. */
export function withAffineParameters(
  law: SiteLaw,
  matrix: readonly (readonly number[])[],
  offset: readonly number[],
): SiteLaw {
  const count = matrix[0]?.length ?? 0
  const { statistics } = law
  const at = (y: Vector): Float64Array =>
    Float64Array.from(offset, (o, k) => {
      let sum = o
      for (let j = 0; j < count; j++) sum += matrix[k]![j]! * y[j]!
      return sum
    })
  const [before, after] = [statistics + law.parameters, statistics + count]
  // Row i of the Jacobian of (statistics, parameters) by (statistics, y).
  const jacobian = Array.from({ length: before }, (_, i) =>
    Array.from({ length: after }, (__, j) =>
      i < statistics ? (i === j ? 1 : 0) : j < statistics ? 0 : matrix[i - statistics]![j - statistics]!,
    ),
  )
  const pulled = (gradient: Float64Array, hessian: Float64Array): readonly [Float64Array, Float64Array] => {
    const first = new Float64Array(after)
    const second = new Float64Array(after * after)
    for (let i = 0; i < before; i++)
      for (let a = 0; a < after; a++) {
        const left = jacobian[i]![a]!
        if (left === 0) continue
        first[a] = first[a]! + left * gradient[i]!
        for (let j = 0; j < before; j++) {
          const entry = left * hessian[i * before + j]!
          if (entry === 0) continue
          for (let b = 0; b < after; b++) second[a * after + b] = second[a * after + b]! + entry * jacobian[j]![b]!
        }
      }
    return [first, second]
  }
  const { cost, means, certain } = law
  return {
    statistics,
    parameters: count,
    logMoment(tilts, y) {
      const inner = law.logMoment(tilts, at(y))
      return inner && new SecondOrder(inner.value, ...pulled(inner.gradient, inner.hessian))
    },
    ...(cost && {
      cost: (x: Vector, y: Vector): Cost | null => {
        const inner = cost(x, at(y))
        if (!inner) return null
        const [gradient, hessian] = pulled(inner.gradient, inner.hessian)
        return { ...inner, gradient, hessian }
      },
    }),
    ...(certain && { certain: (y: Vector) => certain(at(y)) }),
    ...(means && { means: (tilts: Vector, y: Vector) => means(tilts, at(y)) }),
  }
}
