import { InputError, inFormula } from '../expression/errors.js'
import type { Expression } from '../expression/expression.js'
import { type Notation, withLocal } from '../expression/notation.js'
import { readExpression, readFormula } from '../expression/read-latex.js'
import type { CheckContext, Context } from './derivation.js'
import type { Statement } from './statement.js'

/** The context in which a statement is derived and checked: the paper's notation with the statement's own laid over it. */
export function contextOf(statement: Statement, paperNotation: Notation): CheckContext {
  const notation = withLocal(paperNotation, statement.local)
  // What is read here stands in a derivation, not in the statement's entry: whoever calls the derivation knows the line.
  const place = { statement: statement.id }
  const reading =
    <T>(read: (latex: string, notation: Notation) => T) =>
    (latex: string): T => {
      if (typeof latex !== 'string')
        throw new InputError(
          `LaTeX is a text, not ${latex === null ? 'null' : `of type ${typeof latex}`}${latex === undefined ? '; what is printed is not known to derivations' : ''}`,
          place,
        )
      try {
        return read(latex, notation)
      } catch (error) {
        throw inFormula(error, latex, place)
      }
    }
  const read = reading(readExpression)
  const one = <K extends Expression['kind']>(
    latex: string,
    kind: K,
    what: string,
  ): Extract<Expression, { kind: K }> => {
    const e = read(latex)
    if (e.kind !== kind) throw new InputError(`'${latex}' is not ${what}: it reads as a ${e.kind}`, place)
    return e as Extract<Expression, { kind: K }>
  }
  return {
    statement,
    notation,
    read,
    readFormula: reading(readFormula),
    quantity: (latex) => one(latex, 'indexed', 'one quantity with indices'),
    scalar: (latex) => one(latex, 'symbol', 'one scalar'),
  }
}

/** The same without anything that the statement says: a derivation cannot read what it is compared with. */
export function derivationContextOf({ statement, ...others }: CheckContext): Context {
  const { id, paper, label, section, source } = statement
  return { ...others, statement: { id, paper, label, section, source: { file: source.file, line: source.line } } }
}
