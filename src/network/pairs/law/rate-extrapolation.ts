import { Matrix, solve } from 'ml-matrix'
import { DomainError } from '../../../expression/errors.js'
import { type OverlapChain, overlapLaw } from './overlap-law.js'

/** The logarithm of a probability at a size N. */
export interface SizedLogarithm {
  readonly size: number
  readonly logProbability: number
}

/** What -log P / N tends to, and how. */
export interface RateExtrapolation {
  /** I, the limit of -log P / N. */
  readonly rate: number
  /**
   * By how much the rate changes when the smallest size and the highest power of 1/N are left out, and what rounding of
   * the values makes of it.
   */
  readonly error: number
  /** a in -log P = N I + a log N + b + O(1/N); the given one where it was given. */
  readonly logarithm: number
  /** b. */
  readonly constant: number
  /** Coefficients of N^0, N^-1, … in -log P / N, log(N) / N aside. */
  readonly coefficients: readonly number[]
}

export interface RateOptions {
  /** a, where it is known: 1/2 for the probability of one lattice point under a Gaussian Laplace integral. @defaultValue found from the sizes */
  readonly logarithm?: number
}

function solveAt(points: readonly SizedLogarithm[], logarithm: number | undefined): RateExtrapolation {
  // Powers of smallest / N, so that the columns are of one size.
  const unit = points[0]!.size
  const free = logarithm === undefined ? 1 : 0
  const rows = points.map(({ size }) => {
    const powers = Array.from({ length: points.length - free }, (_, j) => (unit / size) ** j)
    return free ? [...powers, (unit * Math.log(size)) / size] : powers
  })
  const targets = points.map(
    ({ size, logProbability }) => -logProbability / size - ((logarithm ?? 0) * Math.log(size)) / size,
  )
  const matrix = new Matrix(rows)
  const solution = solve(matrix, Matrix.columnVector(targets)).to1DArray()
  // The rate is a combination of the values; each carries an error of a few roundings.
  const weights = solve(matrix, Matrix.eye(points.length)).getRow(0)
  const rounding = weights.reduce((sum, w, k) => sum + Math.abs(w * targets[k]!), 0) * 8 * Number.EPSILON
  const coefficients = solution.slice(0, points.length - free).map((x, j) => x * unit ** j)
  return {
    rate: coefficients[0]!,
    error: rounding,
    logarithm: logarithm ?? solution[points.length - 1]! * unit,
    constant: coefficients[1]!,
    coefficients,
  }
}

/**
 * The limit N -> infinity of -log P_N / N from exact values at a few sizes: -log P / N = I + a log(N) / N + b / N +
 * c / N^2 + …, with as many powers as the sizes fix (Richardson's extrapolation with a logarithm). No noise is expected
 * in the values; the error is that of leaving one size and one power out.
 * @throws DomainError on fewer than 4 sizes (5 where the logarithm's coefficient is unknown), equal ones, or a
 * probability of zero.
 */
export function extrapolateRate(points: readonly SizedLogarithm[], { logarithm }: RateOptions = {}): RateExtrapolation {
  const least = logarithm === undefined ? 5 : 4
  if (points.length < least)
    throw new DomainError(`${points.length} sizes cannot fix the rate and its corrections: give at least ${least}`)
  const sorted = [...points].sort((x, y) => x.size - y.size)
  for (const [k, { size, logProbability }] of sorted.entries()) {
    if (!(size > 0)) throw new DomainError(`a point has the size ${size}: sizes are positive`)
    if (size === sorted[k - 1]?.size) throw new DomainError(`the size ${size} stands twice: give different sizes`)
    if (!Number.isFinite(logProbability))
      throw new DomainError(`the logarithm of the probability at N = ${size} is ${logProbability}: it has no rate`)
  }
  const whole = solveAt(sorted, logarithm)
  const fewer = solveAt(sorted.slice(1), logarithm)
  return { ...whole, error: Math.abs(whole.rate - fewer.rate) + whole.error }
}

/** A family of chains of growing size and an end point. */
export interface RateRequest {
  /** The chain at size N, e.g. widths alpha^l N. */
  readonly chain: (size: number) => OverlapChain
  /** q^L; it must lie on the lattice of every size's last layer. */
  readonly overlap: number
  readonly sizes: readonly number[]
}

/**
 * The rate function at an end point, from the exact laws at several sizes.
 * @throws DomainError as `overlapLaw` and `extrapolateRate`.
 */
export const overlapRate = ({ chain, overlap, sizes }: RateRequest, options: RateOptions = {}): RateExtrapolation =>
  extrapolateRate(
    sizes.map((size) => ({ size, logProbability: overlapLaw(chain(size)).logProbability(overlap) })),
    options,
  )
