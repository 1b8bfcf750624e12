import { DomainError } from '../../expression/errors.js'
import type { Expression, IndexSlot } from '../../expression/expression.js'
import type { Arithmetic } from '../../numeric/arithmetic.js'
import type { Scope, WorldEvaluator } from './world-value.js'

/** Rows of entries. */
export type Matrix<T> = readonly (readonly T[])[]

/** Components that a vector has in every world. */
const dimension = 2

type Entry<T> = (name: string, key: string) => T

/** The value of a matrix expression that is a number: a 1 x 1 product, a determinant. Throws DomainError for any other. */
export function matrixValue<T>(evaluator: WorldEvaluator<T>, e: Expression, scope: Scope<T>, entry: Entry<T>): T {
  if (e.kind === 'determinant') return determinant(matrixOf(evaluator, e.of, scope, entry), evaluator.arithmetic)
  const value = matrixOf(evaluator, e, scope, entry)
  if (value.length !== 1 || value[0]!.length !== 1) throw new DomainError('a matrix stands where a number is needed')
  return value[0]![0]!
}

function matrixOf<T>(evaluator: WorldEvaluator<T>, e: Expression, scope: Scope<T>, entry: Entry<T>): Matrix<T> {
  const { arithmetic } = evaluator
  const of = (child: Expression): Matrix<T> => matrixOf(evaluator, child, scope, entry)
  switch (e.kind) {
    case 'matrix':
      return e.rows.map((row) => row.map((cell) => evaluator.value(cell, scope)))
    case 'transpose': {
      const inner = of(e.of)
      return inner[0]!.map((_, column) => inner.map((row) => row[column]!))
    }
    case 'matrixProduct':
    case 'product':
      return e.factors.map(of).reduce((a, b) => multiplyMatrices(a, b, arithmetic))
    case 'sum':
      return e.terms.map(of).reduce((a, b) => a.map((row, i) => row.map((x, j) => arithmetic.add(x, b[i]![j]!))))
    case 'power':
      if (e.exponent.kind === 'number' && e.exponent.numerator === -1n && e.exponent.denominator === 1n) {
        const base = of(e.base)
        if (base.length > 1) return inverse(base, arithmetic)
      }
      return [[evaluator.value(e, scope)]]
    case 'symbol':
    case 'indexed':
    case 'apply':
      return named(evaluator, e, scope, entry)
    default:
      return [[evaluator.value(e, scope)]]
  }
}

/** A declared vector or matrix; a quantity that leaves an optional slot open is the vector over that slot. */
function named<T>(
  evaluator: WorldEvaluator<T>,
  e: Extract<Expression, { kind: 'symbol' | 'indexed' | 'apply' }>,
  scope: Scope<T>,
  entry: Entry<T>,
): Matrix<T> {
  const declaration = evaluator.vocabulary.symbols.get(e.name)
  const slots = e.kind === 'symbol' ? [] : e.indices
  const place = slots.map((s) => `${s.slot}:${memberOf(s, scope, evaluator.sites)}`).join(',')
  const { arithmetic } = evaluator
  const range = Array.from({ length: dimension }, (_, k) => k)
  if (declaration?.kind === 'matrix') {
    // Symmetric with a dominant diagonal: a covariance.
    const cell = (i: number, j: number): T => {
      const value = entry(e.name, `${place} ${Math.min(i, j)} ${Math.max(i, j)}`)
      const small = arithmetic.multiply(value, arithmetic.fromRational(1n, 4n))
      return i === j ? arithmetic.add(arithmetic.fromNumber(2), small) : small
    }
    return range.map((i) => range.map((j) => cell(i, j)))
  }
  const open = declaration?.slots.some((s) => s.optional && !slots.some((given) => given.slot === s.slot)) ?? false
  if (declaration?.kind === 'vector' || open) return range.map((k) => [entry(e.name, `${place} ${k}`)])
  return [[evaluator.value(e, scope)]]
}

function memberOf<T>({ index }: IndexSlot, scope: Scope<T>, sites: number): number {
  const value = index.letter === null ? 0 : (scope.letters.get(index.letter) ?? 0)
  return (((index.sign * value + index.offset) % sites) + sites) % sites
}

function multiplyMatrices<T>(a: Matrix<T>, b: Matrix<T>, arithmetic: Arithmetic<T>): Matrix<T> {
  const scalar = (m: Matrix<T>): T | null => (m.length === 1 && m[0]!.length === 1 ? m[0]![0]! : null)
  const left = scalar(a)
  const right = scalar(b)
  const scale = (m: Matrix<T>, by: T): Matrix<T> => m.map((row) => row.map((x) => arithmetic.multiply(x, by)))
  if (left !== null && b.length !== 1) return scale(b, left)
  if (right !== null && a[0]!.length !== 1) return scale(a, right)
  if (a[0]!.length !== b.length) throw new DomainError('matrices whose sizes do not fit are multiplied')
  return a.map((row) =>
    b[0]!.map((_, j) => row.map((x, k) => arithmetic.multiply(x, b[k]![j]!)).reduce((x, y) => arithmetic.add(x, y))),
  )
}

function determinant<T>(m: Matrix<T>, arithmetic: Arithmetic<T>): T {
  if (m.length !== m[0]!.length) throw new DomainError('the determinant of a matrix that is not square')
  if (m.length === 1) return m[0]![0]!
  return m[0]!
    .map((x, j) => {
      const minor = m.slice(1).map((row) => row.filter((_, column) => column !== j))
      const term = arithmetic.multiply(x, determinant(minor, arithmetic))
      return j % 2 === 0 ? term : arithmetic.negate(term)
    })
    .reduce((a, b) => arithmetic.add(a, b))
}

/** By cofactors: matrices here are tiny. */
function inverse<T>(m: Matrix<T>, arithmetic: Arithmetic<T>): Matrix<T> {
  const whole = determinant(m, arithmetic)
  if (arithmetic.isZero(whole)) throw new DomainError('the inverse of a singular matrix')
  return m.map((_, i) =>
    m.map((_, j) => {
      const minor = m.filter((_, row) => row !== j).map((row) => row.filter((_, column) => column !== i))
      const cofactor = minor.length === 0 ? arithmetic.fromNumber(1) : determinant(minor, arithmetic)
      return arithmetic.divide((i + j) % 2 === 0 ? cofactor : arithmetic.negate(cofactor), whole)
    }),
  )
}
