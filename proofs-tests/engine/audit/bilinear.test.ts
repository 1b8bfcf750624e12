import { expect, it } from 'vitest'
import { bilinearForms } from '../../../src/audit/compare/bilinear.js'
import { type MatrixNode, multiply, rational, symbol } from '../../../src/expression/expression.js'
import { evaluateReal } from '../../../src/theory/support/evaluate.js'

const matrix = (...rows: number[][]): MatrixNode => ({
  kind: 'matrix',
  rows: rows.map((row) => row.map((x) => rational(x))),
})
const notation = { symbols: [], families: [], variables: [] }
const scalars = new Map([
  ['row1', 2],
  ['row2', 3],
  ['column1', 5],
  ['column2', 7],
])

it('a matrix contracted with letters of its own keeps every entry apart', () => {
  const forms = bilinearForms(matrix([1, 10], [100, 1000]), matrix([1, 10], [100, 1001]), notation)
  expect(evaluateReal(forms!.left, { scalars })).toBe(10 + 140 + 1500 + 21000)
  expect(evaluateReal(forms!.right, { scalars })).toBe(10 + 140 + 1500 + 21021)
  expect(forms!.notation.symbols.map(({ name }) => name)).toEqual(['row1', 'row2', 'column1', 'column2'])
})

it('a number before a matrix counts in every entry', () => {
  const doubled = multiply(rational(2), matrix([1, 10], [100, 1000]))
  const forms = bilinearForms(doubled, matrix([1, 10], [100, 1000]), notation)
  expect(evaluateReal(forms!.left, { scalars })).toBe(2 * evaluateReal(forms!.right, { scalars }))
})

it('is nothing for sides that are not both matrices', () => {
  expect(bilinearForms(matrix([1]), symbol('x'), notation)).toBeNull()
})
