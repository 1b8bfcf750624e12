import { type Expression, subtract } from '../expression/expression.js'
import { exactly } from '../numeric/budget.js'
import { isZeroFraction } from './fraction.js'
import type { Assumptions } from './generators.js'
import { Normalizer } from './normalizer.js'
import type { Polynomial } from './polynomial.js'
import { generatorExpression } from './to-expression.js'

/** A formula as a quotient of integer polynomials in generators; `generators[id]` is what generator `id` stands for. */
export interface NormalForm {
  readonly numerator: Polynomial
  readonly denominator: Polynomial
  readonly generators: readonly Expression[]
  /** The canonical formula: equal for formulas with equal normal forms. */
  readonly expression: Expression
}

/**
 * The normal form of a formula under assumptions. Two formulas are equal when the normal form of their difference has
 * numerator zero. Throws DomainError on division by what is identically zero, LimitError beyond size bounds.
 */
export function normalForm(e: Expression, assumptions: Assumptions = {}): NormalForm {
  return exactly(() => {
    const normalizer = new Normalizer(assumptions)
    const form = normalizer.of(e)
    const { table } = normalizer
    return {
      ...form,
      generators: Array.from({ length: table.size }, (_, id) => generatorExpression(table, id, 1)),
      expression: normalizer.expression(form),
    }
  })
}

/** Whether a formula is identically zero by its normal form. False means only that it was not shown. */
export const isZero = (e: Expression, assumptions: Assumptions = {}): boolean =>
  exactly(() => isZeroFraction(new Normalizer(assumptions).of(e)))

/** Whether two formulas have the same normal form. False means only that it was not shown. */
export const sameNormalForm = (a: Expression, b: Expression, assumptions: Assumptions = {}): boolean =>
  isZero(subtract(a, b), assumptions)
