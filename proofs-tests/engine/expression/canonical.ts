/** One spelling for trees that differ in the order of terms and factors, or in how integer powers share a fraction bar. */
import { add, type Expression, keyOf, mapChildren, multiply, power } from '../../../src/expression/expression.js'

const sorted = (list: readonly Expression[]): Expression[] =>
  list
    .map((e) => [keyOf(e), e] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, e]) => e)

export function canonical(e: Expression): Expression {
  const inner = mapChildren(e, canonical)
  if (inner.kind === 'sum') return add(...sorted(inner.terms))
  if (inner.kind === 'product') return multiply(...sorted(inner.factors))
  if (
    inner.kind === 'power' &&
    inner.base.kind === 'product' &&
    inner.exponent.kind === 'number' &&
    inner.exponent.denominator === 1n
  )
    return canonical(multiply(...inner.base.factors.map((f) => power(f, inner.exponent))))
  if (
    inner.kind === 'power' &&
    inner.base.kind === 'power' &&
    isInteger(inner.base.exponent) &&
    isInteger(inner.exponent)
  )
    return canonical(power(inner.base.base, multiply(inner.base.exponent, inner.exponent)))
  return inner
}

const isInteger = (e: Expression): boolean => e.kind === 'number' && e.denominator === 1n
