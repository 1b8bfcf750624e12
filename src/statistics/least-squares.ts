import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { DomainError } from '../expression/errors.js'
import { chiSquareUpper } from './tails.js'

/** A weighted linear fit with known errors. */
export interface LinearFit {
  readonly coefficients: readonly number[]
  /** Standard errors of the coefficients, from the data's errors alone (not rescaled by the misfit). */
  readonly errors: readonly number[]
  readonly covariance: readonly (readonly number[])[]
  readonly chiSquare: number
  readonly degreesOfFreedom: number
  /** Chance of a misfit at least as large; null with no degrees of freedom, where nothing tests the fit. */
  readonly pValue: number | null
}

/**
 * Fits values with independent errors by a combination of columns: `design[i][k]` is column k at point i.
 * @throws DomainError on fewer points than columns, an error that is not positive, or columns that are not independent.
 */
export function leastSquares(
  design: readonly (readonly number[])[],
  values: readonly number[],
  errors: readonly number[],
): LinearFit {
  const columns = design[0]?.length ?? 0
  if (columns === 0 || values.length < columns)
    throw new DomainError(
      `${values.length} points cannot fix ${columns} coefficients: give more points or fewer powers`,
    )
  for (const error of errors)
    if (!(error > 0 && Number.isFinite(error)))
      throw new DomainError(`a point's error is ${error}: give a positive number`)
  // Columns of unit length, so that powers of 1/N of very different sizes do not spoil the normal equations.
  const rows = design.map((row, i) => row.map((x) => x / errors[i]!))
  const lengths = Array.from({ length: columns }, (_, k) => Math.sqrt(rows.reduce((sum, row) => sum + row[k]! ** 2, 0)))
  if (lengths.some((length) => !(length > 0))) throw new DomainError('a column of the fit is zero at every point')
  const scaled = new Matrix(rows.map((row) => row.map((x, k) => x / lengths[k]!)))
  const target = Matrix.columnVector(values.map((value, i) => value / errors[i]!))
  const normal = scaled.transpose().mmul(scaled)
  const factor = new CholeskyDecomposition(normal)
  if (!factor.isPositiveDefinite() || smallestPivot(factor) < 1e-7)
    throw new DomainError(
      'the columns of the fit are not independent at these points: spread the sizes or drop a power',
    )
  const inverse = factor.solve(Matrix.eye(columns))
  const solution = factor.solve(scaled.transpose().mmul(target))
  const coefficients = lengths.map((length, k) => solution.get(k, 0) / length)
  const covariance = lengths.map((a, i) => lengths.map((b, j) => inverse.get(i, j) / (a * b)))
  const chiSquare = values.reduce((sum, value, i) => {
    const fitted = design[i]!.reduce((total, x, k) => total + x * coefficients[k]!, 0)
    return sum + ((value - fitted) / errors[i]!) ** 2
  }, 0)
  const degreesOfFreedom = values.length - columns
  return {
    coefficients,
    errors: covariance.map((row, k) => Math.sqrt(row[k]!)),
    covariance,
    chiSquare,
    degreesOfFreedom,
    pValue: degreesOfFreedom > 0 ? chiSquareUpper(chiSquare, degreesOfFreedom) : null,
  }
}

function smallestPivot(factor: CholeskyDecomposition): number {
  return Math.min(...factor.lowerTriangularMatrix.diagonal())
}
