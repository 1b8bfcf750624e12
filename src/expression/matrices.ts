/** Small matrices of expressions, written out. */
import { DomainError } from './errors.js'
import { add, divide, type Expression, type MatrixNode, multiply, negate, one } from './expression.js'

const shape = (m: MatrixNode): string => `${m.rows.length} x ${m.rows[0]?.length ?? 0}`

/** The sum of matrices of one shape. Throws DomainError on different shapes. */
export function matrixSum(matrices: readonly MatrixNode[]): MatrixNode {
  const [first] = matrices
  for (const m of matrices)
    if (shape(m) !== shape(first!)) throw new DomainError(`matrices of ${shape(first!)} and ${shape(m)} are added`)
  return {
    kind: 'matrix',
    rows: first!.rows.map((row, i) => row.map((_, j) => add(...matrices.map((m) => m.rows[i]![j]!)))),
  }
}

/** The product of matrices in order. Throws DomainError where shapes do not fit. */
export function matrixProduct(matrices: readonly MatrixNode[]): MatrixNode {
  return matrices.reduce((a, b) => {
    if (a.rows[0]!.length !== b.rows.length)
      throw new DomainError(`a matrix of ${shape(a)} cannot be multiplied by one of ${shape(b)}`)
    return {
      kind: 'matrix',
      rows: a.rows.map((row) => b.rows[0]!.map((_, j) => add(...row.map((x, k) => multiply(x, b.rows[k]![j]!))))),
    }
  })
}

export const scaled = (m: MatrixNode, by: Expression): MatrixNode => ({
  kind: 'matrix',
  rows: m.rows.map((row) => row.map((x) => multiply(by, x))),
})

export const transpose = (m: MatrixNode): MatrixNode => ({
  kind: 'matrix',
  rows: m.rows[0]!.map((_, j) => m.rows.map((row) => row[j]!)),
})

const without = (m: MatrixNode, i: number, j: number): MatrixNode => ({
  kind: 'matrix',
  rows: m.rows.filter((_, k) => k !== i).map((row) => row.filter((_, k) => k !== j)),
})

/** The determinant by cofactors. Throws DomainError beyond 3 x 3 and on matrices that are not square. */
export function determinant(m: MatrixNode): Expression {
  const n = m.rows.length
  if (m.rows[0]?.length !== n) throw new DomainError(`a matrix of ${shape(m)} has no determinant`)
  if (n > 3) throw new DomainError(`the determinant of a matrix of ${shape(m)} is not written out: at most 3 x 3`)
  if (n === 1) return m.rows[0]![0]!
  return add(
    ...m.rows[0]!.map((x, j) => {
      const term = multiply(x, determinant(without(m, 0, j)))
      return j % 2 === 0 ? term : negate(term)
    }),
  )
}

/** The inverse by cofactors. Throws DomainError beyond 3 x 3 and on matrices that are not square. */
export function inverse(m: MatrixNode): MatrixNode {
  const whole = determinant(m)
  if (m.rows.length === 1) return { kind: 'matrix', rows: [[divide(one, whole)]] }
  const rows = m.rows.map((row, i) =>
    row.map((_, j) => {
      const cofactor = determinant(without(m, j, i))
      return divide((i + j) % 2 === 0 ? cofactor : negate(cofactor), whole)
    }),
  )
  return { kind: 'matrix', rows }
}
