import { DomainError } from '../../expression/errors.js'
import type { Expression, Formula } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { real } from '../../numeric/arithmetic.js'
import { evaluate } from '../../numeric/evaluate.js'
import { rewrite } from '../compare/replace.js'
import type { CheckInput } from '../derivation.js'
import { abbreviationsOf } from '../formulas.js'

/** Values of scalars by their canonical names. */
export type ScalarValues = Readonly<Record<string, number>>

/** The last side of a formula. Throws DomainError for a formula without sides. */
export function statedValue(formula: Formula): Expression {
  const side = formula.sides.at(-1)
  if (!side) throw new DomainError('a formula without sides states no value')
  return side
}

/**
 * The real value of an expression in scalars alone.
 *
 * @param e an expression without indexed quantities
 * @param values by the scalars' names in the notation
 * @throws DomainError for a scalar without value, for an indexed quantity, or where there is no real value
 */
export function scalarValue(e: Expression, values: ScalarValues): number {
  return evaluate<number>(
    e,
    {
      symbol: (name) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined
        if (value === undefined) throw new DomainError(`no value was given for ${name}`)
        return value
      },
      indexed: (name) => {
        throw new DomainError(`${name} has indices: it is no scalar`)
      },
    },
    real,
  )
}

/**
 * A formula's last side with the paper's definitions and the statement's abbreviations put in.
 *
 * @param formula such as `input.claimed`, or a premise
 * @param input what a check is given, or `{ context }`
 */
export const expanded = (formula: Formula, input: Pick<CheckInput, 'context'>): Expression =>
  rewrite(statedValue(formula), abbreviationsOf(input.context.statement, input.context.notation))

/**
 * The value of a claimed formula's last side at given parameters, definitions and abbreviations put in.
 *
 * @param claimed the formula under test, as a check is given it
 * @param input what the check is given
 * @param values by the scalars' names in the notation
 * @throws DomainError for a scalar without value, or where there is no real value
 */
export const claimedValue = (claimed: Formula, input: Pick<CheckInput, 'context'>, values: ScalarValues): number =>
  scalarValue(expanded(claimed, input), values)

export type { Notation }
