import { InputError } from '../expression/errors.js'
import type { Expression, Formula, SymbolNode } from '../expression/expression.js'
import { requireExpression, requireFormulaOrExpression, requireVariable } from '../expression/guards.js'
import { lastSide } from '../expression/named.js'
import { type SaddleOptions, saddleConditions, uniformSaddle } from '../theory/ring/saddle.js'
import type { Derived } from './derivation.js'

/**
 * What was derived where several solutions are as good as each other: the statement holds if it states one of them, and its
 * evidence says which. Statements that follow from a premise put in another's place take the first.
 *
 * @throws InputError where there is none
 */
export function oneOf(solutions: readonly (Expression | Formula)[]): Derived {
  if (!Array.isArray(solutions))
    throw new InputError('oneOf: pass a list of solutions, each an expression or a formula')
  const [first, ...others] = solutions
  if (first === undefined) throw new InputError('oneOf: the list of solutions is empty; nothing was derived')
  for (const [k, one] of solutions.entries()) requireFormulaOrExpression(one, `oneOf: solution ${k + 1}`)
  return { ...asDerived(first), others: others.map(asDerived) }
}

const asDerived = (solution: Expression | Formula): Extract<Derived, { kind: 'value' | 'formula' }> =>
  'sides' in solution ? { kind: 'formula', formula: solution } : { kind: 'value', value: solution }

/**
 * A derived value with the condition that it solves: the expression that vanishes where the unknown has that value. Where another
 * value is printed and solves the condition too, the report says that it is another solution and no slip in this one.
 */
export function solutionOf(value: Expression, condition: Expression, unknown: SymbolNode): Derived {
  requireExpression(value, 'solutionOf: the value')
  requireExpression(condition, 'solutionOf: the condition')
  requireVariable(unknown, 'solutionOf: the unknown')
  return { kind: 'value', value, solves: { condition, unknown } }
}

/**
 * The uniform saddle of an energy with one field, as what a derivation returns: the value, and the condition that it solves, so that
 * another stationary value that is printed in its place is known for one.
 *
 * @throws InputError where there are several fields; DomainError as `uniformSaddle`
 */
export function uniformSolution(energy: Formula | Expression, options: SaddleOptions): Derived {
  const [unknown, ...more] = options.uniform
  if (unknown === undefined || more.length > 0)
    throw new InputError(
      `uniformSolution: an energy with one field is needed, not ${options.uniform.length}; call uniformSaddle, and return the formula of one field`,
    )
  const [saddle] = uniformSaddle(energy, options)
  return solutionOf(lastSide(saddle!), saddleConditions(energy, options)[0]!, unknown)
}
