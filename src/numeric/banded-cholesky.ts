/** The factor of a positive definite matrix whose entries vanish more than `band` away from the diagonal. */
export interface BandedFactor {
  readonly logDeterminant: number
  /** The solution of A x = b. */
  solve(b: ArrayLike<number>): Float64Array
}

/**
 * Cholesky's factorisation of a symmetric matrix (size x size, row after row; the lower triangle is read) of the given
 * half bandwidth, O(size band^2). Null where the matrix is not positive definite.
 */
export function bandedCholesky(matrix: Float64Array, size: number, band: number): BandedFactor | null {
  const factor = Float64Array.from(matrix)
  let logDeterminant = 0
  for (let j = 0; j < size; j++) {
    let pivot = factor[j * size + j]!
    for (let k = Math.max(0, j - band); k < j; k++) pivot -= factor[j * size + k]! ** 2
    if (!(pivot > 0) || pivot === Number.POSITIVE_INFINITY) return null
    const root = Math.sqrt(pivot)
    factor[j * size + j] = root
    logDeterminant += Math.log(pivot)
    for (let i = j + 1; i <= Math.min(size - 1, j + band); i++) {
      let sum = factor[i * size + j]!
      for (let k = Math.max(0, i - band); k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!
      factor[i * size + j] = sum / root
    }
  }
  return {
    logDeterminant,
    solve(b) {
      const x = Float64Array.from(b)
      for (let i = 0; i < size; i++) {
        let sum = x[i]!
        for (let k = Math.max(0, i - band); k < i; k++) sum -= factor[i * size + k]! * x[k]!
        x[i] = sum / factor[i * size + i]!
      }
      for (let i = size - 1; i >= 0; i--) {
        let sum = x[i]!
        for (let k = i + 1; k <= Math.min(size - 1, i + band); k++) sum -= factor[k * size + i]! * x[k]!
        x[i] = sum / factor[i * size + i]!
      }
      return x
    },
  }
}
