import { DomainError } from '../expression/errors.js'

/**
 * The covariance of the n weights into one neuron, in units of weightVariance / N: identity I + ones J / n, J all ones.
 * `correlated` is the covariance I - k/(1+k) J/n of Li & Saad (2018): anti-correlated for k > 0, positively correlated
 * for k < 0, positive definite for k > -1; k = Infinity takes all of the mean away. `exchangeable` is any other.
 */
export type RowCovariance =
  | { readonly kind: 'correlated'; readonly rowCorrelation: number }
  | { readonly kind: 'exchangeable'; readonly identity: number; readonly ones: number }

/** The joint normal law of the weights into one neuron. */
export interface RowLaw {
  readonly covariance: RowCovariance
  /**
   * The bias is independent of the weights (n = N), or, in units of its own deviation, one more number of the same
   * correlated row (n = N + 1).
   * @defaultValue 'independent'
   */
  readonly bias?: 'independent' | 'among'
}

/** A row's covariance as numbers, identity I + ones J / n. */
export interface RowMoments {
  readonly identity: number
  readonly ones: number
  readonly biasAmong: boolean
}

/** The covariance of a row; that of independent weights where there is no law. */
export function rowMoments(law: RowLaw | undefined): RowMoments {
  if (law === undefined) return { identity: 1, ones: 0, biasAmong: false }
  const { covariance } = law
  const biasAmong = law.bias === 'among'
  if (covariance.kind === 'exchangeable') return { identity: covariance.identity, ones: covariance.ones, biasAmong }
  const k = covariance.rowCorrelation
  return { identity: 1, ones: k === Number.POSITIVE_INFINITY ? -1 : -k / (1 + k), biasAmong }
}

/** Throws DomainError where no normal law has the covariance. */
export function checkRows({ covariance, bias = 'independent' }: RowLaw): void {
  if (bias !== 'independent' && bias !== 'among')
    throw new DomainError(`the bias is '${String(bias)}' of the correlated row: take independent or among`)
  if (covariance.kind === 'correlated') {
    const k = covariance.rowCorrelation
    if (!(k > -1))
      throw new DomainError(
        `the row correlation k is ${k}: the covariance I - k/(1+k) J/N has the eigenvalue 1/(1+k), so it is positive definite for k > -1 alone`,
      )
    return
  }
  if (covariance.kind !== 'exchangeable')
    throw new DomainError(
      `the row covariance '${String((covariance as { kind: unknown }).kind)}' is not known: take correlated or exchangeable`,
    )
  const { identity, ones } = covariance
  if (!(Number.isFinite(identity) && Number.isFinite(ones) && identity >= 0 && identity + ones >= 0))
    throw new DomainError(
      `the row covariance ${identity} I + ${ones} J/N has the eigenvalues ${identity} and ${identity + ones}: neither may be negative, and both are finite`,
    )
}
