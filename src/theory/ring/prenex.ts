import { DomainError } from '../../expression/errors.js'
import { add, type Expression, index, multiply, type Range, rational, symbol } from '../../expression/expression.js'
import { factorsOf, mentionsLetter, replaceLetter, some } from '../support/tree.js'

/** A sum sign in front of a term. */
export interface Binder {
  readonly letter: string
  readonly range: Range
}

/** A product with all its sum signs in front. */
export interface PrenexTerm {
  readonly binders: readonly Binder[]
  readonly factors: readonly Expression[]
}

/** The scalar value of a product of matrices, multiplied out. Throws DomainError where shapes do not fit. */
export function multiplyMatrices(factors: readonly Expression[]): Expression {
  const scalars: Expression[] = []
  let rows: readonly (readonly Expression[])[] | null = null
  for (const factor of factors) {
    const matrix = matrixOf(factor)
    if (!matrix) {
      scalars.push(factor)
      continue
    }
    if (rows === null) {
      rows = matrix
      continue
    }
    const left: readonly (readonly Expression[])[] = rows
    if ((left[0]?.length ?? 0) !== matrix.length) throw new DomainError('matrices of these shapes have no product')
    rows = left.map((row) =>
      (matrix[0] ?? []).map((_, column) => add(...row.map((x, k) => multiply(x, matrix[k]?.[column] ?? rational(0))))),
    )
  }
  const value = rows?.[0]?.[0]
  if (rows && (rows.length !== 1 || rows[0]?.length !== 1 || !value))
    throw new DomainError('the product of matrices is not a number')
  return multiply(...scalars, value ?? rational(1))
}

function matrixOf(e: Expression): readonly (readonly Expression[])[] | null {
  if (e.kind === 'matrix') return e.rows
  if (e.kind === 'transpose') {
    const inner = matrixOf(e.of)
    return inner && (inner[0] ?? []).map((_, column) => inner.map((row) => row[column] ?? rational(0)))
  }
  if (e.kind === 'conjugate') {
    const inner = matrixOf(e.of)
    return inner?.map((row) => row.map((x) => ({ kind: 'conjugate' as const, of: x }))) ?? null
  }
  return null
}

/** What a power is multiplied out for; a power of one amplitude or its modulus stays. */
const compound: ReadonlySet<Expression['kind']> = new Set(['sum', 'product', 'indexedSum', 'matrixProduct'])

/** The most terms that are multiplied out. */
export const largestPrenexTermCount = 20_000

/**
 * Writes an expression as a sum of products with all sum signs in front; only what satisfies `open` is multiplied out,
 * the rest stays as a factor. Letters that two sums share are renamed. Throws DomainError beyond the size limit.
 */
export function prenex(e: Expression, open: (node: Expression) => boolean): readonly PrenexTerm[] {
  let fresh = 0
  const mustOpen = (node: Expression): boolean =>
    some(node, (n) => open(n) || n.kind === 'indexedSum' || n.kind === 'matrixProduct' || n.kind === 'orderOf')
  const join = (a: PrenexTerm, b: PrenexTerm): PrenexTerm => {
    let { binders, factors } = b
    for (const binder of b.binders) {
      const clash =
        a.binders.some((x) => x.letter === binder.letter) || a.factors.some((f) => mentionsLetter(f, binder.letter))
      if (!clash) continue
      const letter = `${binder.letter}#${fresh++}`
      binders = binders.map((x) => (x.letter === binder.letter ? { ...x, letter } : x))
      factors = factors.map((f) => replaceLetter(f, binder.letter, index(letter), symbol(letter)))
    }
    return { binders: [...a.binders, ...binders], factors: [...a.factors, ...factors] }
  }
  const visit = (node: Expression): readonly PrenexTerm[] => {
    if (node.kind === 'orderOf') return []
    if (!mustOpen(node)) return [{ binders: [], factors: [node] }]
    if (node.kind === 'sum') return node.terms.flatMap(visit)
    if (node.kind === 'matrixProduct') return visit(multiplyMatrices(node.factors))
    if (node.kind === 'indexedSum' && typeof node.index === 'string') {
      const binder = { letter: node.index, range: node.range }
      return visit(node.body).map((t) => {
        if (!t.binders.some((b) => b.letter === binder.letter)) return { ...t, binders: [binder, ...t.binders] }
        throw new DomainError(`the letter ${binder.letter} is summed over twice, one sum inside the other`)
      })
    }
    const factors =
      node.kind === 'power' &&
      compound.has(node.base.kind) &&
      node.exponent.kind === 'number' &&
      node.exponent.denominator === 1n &&
      node.exponent.numerator > 0n &&
      node.exponent.numerator <= 8n
        ? Array.from({ length: Number(node.exponent.numerator) }, () => node.base)
        : factorsOf(node)
    if (factors.length === 1) return [{ binders: [], factors: [node] }]
    let terms: readonly PrenexTerm[] = [{ binders: [], factors: [] }]
    for (const factor of factors) {
      const inner = visit(factor)
      if (terms.length * inner.length > largestPrenexTermCount)
        throw new DomainError(`the expression has more than ${largestPrenexTermCount} terms when multiplied out`)
      terms = terms.flatMap((t) => inner.map((i) => join(t, i)))
    }
    return terms
  }
  return visit(e)
}
