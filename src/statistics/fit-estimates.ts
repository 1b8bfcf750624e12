import { combineEstimates, degreesOfError, type Estimate } from './estimate.js'
import { type LinearFit, leastSquares } from './least-squares.js'
import { chiSquareUpper, fisherUpper } from './tails.js'

/** Whether the points lie on the fitted line (or surface) but for their errors. */
export interface Misfit {
  readonly chiSquare: number
  readonly degreesOfFreedom: number
  /** Degrees of freedom that the points' own errors leave to the comparison; Infinity where all of them were known beforehand. */
  readonly degreesOfErrors: number
  /** Chance of a misfit at least as large; null with no degrees of freedom, where nothing tests the fit. */
  readonly pValue: number | null
}

/** A linear fit to estimates with errors of their own. */
export interface EstimatesFit {
  readonly fit: LinearFit
  /** The fitted value at a row of the columns: a sum of the points' values with fixed weights. */
  readonly at: (row: readonly number[]) => Estimate
  /**
   * By what factor the standard error at a row is too small where the weights come of errors from few observations: the root of
   * Meier's 1 + 4 sum_i w_i (1 - h_i)/f_i (Biometrics 9, 59, 1953), w_i being the share of the variance that is the point's, h_i
   * the point's leverage, f_i the degrees of freedom of its error.
   */
  readonly weightingFactor: (row: readonly number[]) => number
  readonly misfit: Misfit
}

/** How often the weights are put anew; each turn takes out what is left of another power of the errors. */
const turns = 3

/**
 * A weighted fit to independent estimates whose standard errors were measured on the same observations as the values.
 * Weights from such errors prefer the points that happen to lie low, where the errors are small too; so every error is put
 * at the fitted value instead (`errorSlope`), and the fit repeated. Fitted values are then sums of the points' values with
 * fixed weights, and what is known of their laws carries over.
 *
 * The misfit is Johansen's (Biometrika 67, 85, 1980): with errors from few observations the weighted sum of squares follows
 * no chi-square law but, to first order, a multiple of Fisher's.
 * @throws DomainError as `leastSquares`.
 */
export function fitEstimates(design: readonly (readonly number[])[], estimates: readonly Estimate[]): EstimatesFit {
  const values = estimates.map(({ value }) => value)
  let errors = estimates.map(({ standardError }) => standardError)
  let fit = leastSquares(design, values, errors)
  for (let turn = 0; turn < turns; turn++) {
    errors = estimates.map((estimate, i) => errorAtFit(estimate, fitted(fit, design[i]!)))
    fit = leastSquares(design, values, errors)
  }
  const { covariance } = fit
  const carry = (row: readonly number[]): readonly number[] =>
    covariance.map((_, k) => row.reduce((sum, x, j) => sum + x * covariance[j]![k]!, 0))
  const weightsAt = (row: readonly number[]): readonly number[] => {
    const carried = carry(row)
    return design.map((point, i) => point.reduce((sum, x, k) => sum + carried[k]! * x, 0) / errors[i]! ** 2)
  }
  // How much of each point's fitted value is the point's own.
  const leverages = design.map(
    (point, i) => carry(point).reduce((sum, x, k) => sum + x * point[k]!, 0) / errors[i]! ** 2,
  )
  return {
    fit,
    at: (row) => combineEstimates(weightsAt(row), estimates),
    weightingFactor: (row) => {
      const parts = weightsAt(row).map((weight, i) => (weight * errors[i]!) ** 2)
      const variance = parts.reduce((sum, part) => sum + part, 0)
      const excess = parts.reduce(
        (sum, part, i) => sum + (part * Math.max(0, 1 - leverages[i]!)) / degreesOfError(estimates[i]!),
        0,
      )
      return Math.sqrt(1 + (4 * excess) / variance)
    },
    misfit: misfitOf(fit, estimates, leverages),
  }
}

const fitted = ({ coefficients }: LinearFit, row: readonly number[]): number =>
  row.reduce((sum, x, k) => sum + coefficients[k]! * x, 0)

/** A point's standard error where its value is what the fit says; never less than a tenth of the measured one. */
function errorAtFit({ value, standardError, errorSlope = 0 }: Estimate, expected: number): number {
  return Math.max(standardError / 10, standardError + errorSlope * (expected - value))
}

function misfitOf(
  { chiSquare, degreesOfFreedom }: LinearFit,
  estimates: readonly Estimate[],
  leverages: readonly number[],
): Misfit {
  if (degreesOfFreedom === 0) return { chiSquare, degreesOfFreedom, degreesOfErrors: 0, pValue: null }
  const spread = estimates.reduce((sum, one, i) => sum + (1 - leverages[i]!) ** 2 / degreesOfError(one), 0)
  const n = degreesOfFreedom
  // Fisher's law of so many degrees is the chi-square law.
  if (!(spread > 1e-6))
    return {
      chiSquare,
      degreesOfFreedom,
      degreesOfErrors: Number.POSITIVE_INFINITY,
      pValue: chiSquareUpper(chiSquare, n),
    }
  const scale = n + 2 * spread - (6 * spread) / (n + 2)
  const degreesOfErrors = (n * (n + 2)) / (3 * spread)
  return { chiSquare, degreesOfFreedom, degreesOfErrors, pValue: fisherUpper(chiSquare / scale, n, degreesOfErrors) }
}
