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

/** The real value of an expression in scalars alone. Throws DomainError for a scalar without value or a value that does not exist. */
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

/** A formula's last side with the paper's definitions and the statement's abbreviations put in. */
export const expanded = (formula: Formula, input: Pick<CheckInput, 'context'>): Expression =>
  rewrite(statedValue(formula), abbreviationsOf(input.context.statement, input.context.notation))

/** The value of a claimed formula's last side at given parameters. */
export const claimedValue = (claimed: Formula, input: Pick<CheckInput, 'context'>, values: ScalarValues): number =>
  scalarValue(expanded(claimed, input), values)

export type { Notation }
