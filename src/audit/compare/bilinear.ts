import { add, type Expression, type MatrixNode, multiply, symbol } from '../../expression/expression.js'
import { scaled } from '../../expression/matrices.js'
import type { Notation, SymbolDeclaration } from '../../expression/notation.js'

/** Two matrices as numbers, and the notation that declares the letters that they are made numbers with. */
export interface Bilinear {
  readonly left: Expression
  readonly right: Expression
  readonly notation: Notation
}

const side = (which: 'row' | 'column', position: number): string => `${which}${position + 1}`

const declaration = (name: string): SymbolDeclaration => ({
  name,
  kind: 'scalar',
  latex: [`\\text{${name}}`],
  meaning: 'component of a vector that a matrix is contracted with',
  unit: null,
  domain: { minimum: -2, maximum: 2, includeMinimum: true, includeMaximum: true, integer: false },
  complex: false,
  slots: [],
  over: null,
  definition: null,
})

/** A matrix, or one times scalars, as a matrix of its entries; null for anything else. */
function asMatrix(e: Expression): MatrixNode | null {
  if (e.kind === 'matrix') return e
  if (e.kind !== 'product') return null
  const [matrix, ...others] = e.factors.filter((factor) => factor.kind === 'matrix')
  if (matrix?.kind !== 'matrix' || others.length > 0) return null
  return scaled(matrix, multiply(...e.factors.filter((factor) => factor !== matrix)))
}

/**
 * Two matrices written out are equal exactly where their bilinear forms `\sum_{ij} a_i M_{ij} b_j` are, in letters a and b of
 * which the entries know nothing. Null where the sides are not both matrices.
 */
export function bilinearForms(a: Expression, b: Expression, notation: Notation): Bilinear | null {
  const [left, right] = [asMatrix(a), asMatrix(b)]
  if (left === null || right === null) return null
  const rows = Math.max(left.rows.length, right.rows.length)
  const columns = Math.max(...[...left.rows, ...right.rows].map((row) => row.length))
  const form = (m: typeof left): Expression =>
    add(
      ...m.rows.flatMap((row, i) =>
        row.map((entry, j) => multiply(symbol(side('row', i)), symbol(side('column', j)), entry)),
      ),
    )
  const names = [
    ...Array.from({ length: rows }, (_, i) => side('row', i)),
    ...Array.from({ length: columns }, (_, j) => side('column', j)),
  ]
  return {
    left: form(left),
    right: form(right),
    notation: { ...notation, symbols: [...notation.symbols, ...names.map(declaration)] },
  }
}
