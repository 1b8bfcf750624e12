import { DomainError } from './errors.js'
import { type Expression, type Formula, mapChildren } from './expression.js'
import { requireFormulaOrExpression } from './guards.js'

/** An expression with every occurrence of a named scalar, functional or function (whatever its arguments) replaced. */
export function replaceNamed(e: Expression, name: string, by: Expression): Expression {
  if ((e.kind === 'symbol' || e.kind === 'apply') && e.name === name) return by
  return mapChildren(e, (child) => replaceNamed(child, name, by))
}

/** The exponent of `exp(…)` or `e^{…}`; null for anything else. */
export function exponentOf(e: Expression): Expression | null {
  if (e.kind === 'function' && e.name === 'exp') return e.arguments[0] ?? null
  if (e.kind === 'power' && e.base.kind === 'constant' && e.base.name === 'e') return e.exponent
  return null
}

/** Every side of a formula mapped. */
export const mapSides = (formula: Formula, f: (side: Expression) => Expression): Formula => ({
  ...formula,
  sides: formula.sides.map(f),
})

/**
 * The expression that a formula begins with, or the expression itself: of `q^l = …` the quantity that it is about.
 *
 * @param e a formula, such as a premise, or an expression
 * @throws InputError for what is neither, DomainError for a formula without sides
 */
export function firstSide(e: Formula | Expression): Expression {
  requireFormulaOrExpression(e, 'firstSide: the formula')
  if (!('sides' in e)) return e
  const [side] = e.sides
  if (!side) throw new DomainError('a formula without sides begins with nothing')
  return side
}

/**
 * The expression that a formula ends in, or the expression itself: of `q^l = …` what it says of the quantity.
 *
 * @param e a formula, such as a premise, or an expression
 * @throws InputError for what is neither, DomainError for a formula without sides
 */
export function lastSide(e: Formula | Expression): Expression {
  requireFormulaOrExpression(e, 'lastSide: the formula')
  if (!('sides' in e)) return e
  const side = e.sides.at(-1)
  if (!side) throw new DomainError('a formula without sides ends in nothing')
  return side
}
