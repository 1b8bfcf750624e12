import { DomainError } from '../../expression/errors.js'
import { type Complex, complex, over, plus, times } from './evaluate.js'

/** A square matrix of complex numbers, row by row. */
export type ComplexMatrix = readonly (readonly Complex[])[]

/**
 * Eigenvalues of a Hermitian matrix, rising: Jacobi rotations on the real symmetric matrix `[[Re, -Im], [Im, Re]]`, whose
 * eigenvalues are those of the matrix, each twice.
 */
export function hermitianEigenvalues(m: ComplexMatrix): readonly number[] {
  const n = m.length
  const a = Array.from({ length: 2 * n }, (_, i) =>
    Array.from({ length: 2 * n }, (_, j) => {
      const entry = m[i % n]?.[j % n] ?? complex(0)
      if (i < n === j < n) return entry.re
      return i < n ? -entry.im : entry.im
    }),
  )
  const values = symmetricEigenvalues(a)
  return values.filter((_, k) => k % 2 === 0)
}

/** Eigenvalues of a real symmetric matrix, rising, by cyclic Jacobi rotations. */
export function symmetricEigenvalues(matrix: readonly (readonly number[])[]): readonly number[] {
  const a = matrix.map((row) => [...row])
  const n = a.length
  const at = (i: number, j: number): number => a[i]?.[j] ?? 0
  const put = (i: number, j: number, x: number): void => {
    const row = a[i]
    if (row) row[j] = x
  }
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    let all = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        all += at(i, j) ** 2
        if (i !== j) off += at(i, j) ** 2
      }
    if (off <= 1e-30 * all || all === 0) break
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (at(p, q) === 0) continue
        const theta = (at(q, q) - at(p, p)) / (2 * at(p, q))
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1))
        const c = 1 / Math.hypot(t, 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const [x, y] = [at(k, p), at(k, q)]
          put(k, p, c * x - s * y)
          put(k, q, s * x + c * y)
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [at(p, k), at(q, k)]
          put(p, k, c * x - s * y)
          put(q, k, s * x + c * y)
        }
      }
  }
  return a.map((_, i) => at(i, i)).sort((x, y) => x - y)
}

/** The inverse of a complex matrix by Gauss-Jordan elimination with pivoting. Throws DomainError where it is singular. */
export function inverseOf(m: ComplexMatrix): ComplexMatrix {
  const n = m.length
  const rows = m.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => complex(i === j ? 1 : 0))])
  for (let column = 0; column < n; column++) {
    let best = column
    for (let r = column; r < n; r++) if (sizeOf(rows[r]?.[column]) > sizeOf(rows[best]?.[column])) best = r
    const [top, pivotRow] = [rows[column], rows[best]]
    const pivot = pivotRow?.[column]
    if (!top || !pivotRow || !pivot || sizeOf(pivot) === 0) throw new DomainError('the kernel is singular')
    rows[best] = top
    const scaled = pivotRow.map((x) => over(x, pivot))
    rows[column] = scaled
    for (let r = 0; r < n; r++) {
      const row = rows[r]
      const factor = row?.[column]
      if (r === column || !row || !factor || sizeOf(factor) === 0) continue
      rows[r] = row.map((x, k) => plus(x, times(complex(-factor.re, -factor.im), scaled[k] ?? complex(0))))
    }
  }
  return rows.map((row) => row.slice(n))
}

/** The lower triangular L with L L^+ = m of a Hermitian positive matrix. Throws DomainError where it is not positive. */
function triangularFactor(m: ComplexMatrix): ComplexMatrix {
  const lower: Complex[][] = []
  for (const [i, row] of m.entries()) {
    const own: Complex[] = []
    lower.push(own)
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!
      for (let k = 0; k < j; k++) rest = plus(rest, negative(times(own[k]!, conjugate(lower[j]![k]!))))
      if (j < i) own.push(over(rest, lower[j]![j]!))
      else if (rest.re > 0) own.push(complex(Math.sqrt(rest.re)))
      else throw new DomainError('the matrix is not positive definite')
    }
  }
  return m.map((_, i) => m.map((_, j) => lower[i]![j] ?? complex(0)))
}

/**
 * What becomes of a covariance matrix by the change that carries `from` into `to`: A m A^+ with A from A^+ = to, A lower
 * triangular. For one field it is m to/from. Positive definite matrices stay so. Throws DomainError where `from` or `to` is not.
 */
export function carriedMatrix(m: ComplexMatrix, from: ComplexMatrix, to: ComplexMatrix): ComplexMatrix {
  const a = productOf(triangularFactor(to), inverseOf(triangularFactor(from)))
  return productOf(
    productOf(a, m),
    a.map((_, i) => a.map((row) => conjugate(row[i]!))),
  )
}

const productOf = (a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix =>
  a.map((row) => b.map((_, j) => row.reduce((sum, x, k) => plus(sum, times(x, b[k]![j]!)), complex(0))))
const conjugate = (x: Complex): Complex => complex(x.re, -x.im)
const negative = (x: Complex): Complex => complex(-x.re, -x.im)
const sizeOf = (x: Complex | undefined): number => (x ? Math.hypot(x.re, x.im) : 0)
