/**
 * Lower triangular L with L L^T equal to a symmetric positive semi-definite matrix (size x size, row after row; only
 * the lower triangle is read). A direction without variance, to within rounding of its diagonal, gets a zero column,
 * so that equal or opposite inputs work.
 */
export function lowerFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const diagonal = matrix[j * size + j]!
    let pivot = diagonal
    for (let k = 0; k < j; k++) pivot -= factor[j * size + k]! ** 2
    if (!(pivot > diagonal * size * 4 * Number.EPSILON)) continue
    const root = Math.sqrt(pivot)
    factor[j * size + j] = root
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!
      factor[i * size + j] = sum / root
    }
  }
  return factor
}
