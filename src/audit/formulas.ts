import { InputError, inFormula, LatexError, type Place } from '../expression/errors.js'
import type { Formula } from '../expression/expression.js'
import { indexed, symbol } from '../expression/expression.js'
import { type Notation, withLocal } from '../expression/notation.js'
import { readExpression, readFormula } from '../expression/read-latex.js'
import type { Rewriting } from './compare/replace.js'
import { placeInScalar } from './load/scalar-place.js'
import type { LatexKey, Reading, Statement } from './statement.js'

/** The notation under which a statement is read: the paper's with its own declarations. */
export const notationOf = (paper: { readonly notation: Notation }, statement: Statement): Notation =>
  withLocal(paper.notation, statement.local)

/** The LaTeX of a statement's target that the reader is given; null where there is none (a figure, a prose claim). */
export function latexOf(statement: Statement, target: 'printed' | 'corrected'): string | null {
  if (statement.encoding === 'hand') return target === 'printed' ? statement.encoded : statement.encodedCorrected
  return target === 'printed' ? statement.printed : statement.corrected
}

/** The key under which the LaTeX of a target stands in the statement's entry. */
const keyOf = ({ encoding }: Statement, target: 'printed' | 'corrected'): LatexKey =>
  encoding === 'latex' ? target : target === 'printed' ? 'encoded' : 'encodedCorrected'

/**
 * A statement's formula as printed or corrected; null where there is none. Throws LatexError with file, line and column
 * of the file, and the statement.
 */
export function formulaOf(statement: Statement, target: 'printed' | 'corrected', notation: Notation): Formula | null {
  const latex = latexOf(statement, target)
  if (latex === null) return null
  const { file, line, texts } = statement.source
  const place = { file, line, statement: statement.id }
  try {
    return readFormula(latex, notation)
  } catch (error) {
    const text = texts?.[keyOf(statement, target)]
    if (!(error instanceof LatexError) || error.place.column === undefined || text === undefined)
      throw inFormula(error, latex, place)
    throw new LatexError(error.detail, { ...place, ...placeInScalar(text, latex, error.place.column - 1) })
  }
}

/** What abbreviates what in a statement: its `where` clauses and the definitions of its symbols. */
export function abbreviationsOf(statement: Statement, notation: Notation): readonly Rewriting[] {
  const { file, line } = statement.source
  const place = { file, line, statement: statement.id }
  const clauses = statement.where.map((latex): Rewriting => {
    const { sides, relations } = readAt(readFormula, latex, notation, place)
    const [pattern, replacement] = sides
    if (sides.length !== 2 || relations[0] !== '=' || pattern === undefined || replacement === undefined)
      throw new InputError(`where '${latex}': write an abbreviation as 'symbol = what it stands for'`, place)
    if (pattern.kind !== 'symbol' && pattern.kind !== 'indexed' && pattern.kind !== 'apply')
      throw new InputError(`where '${latex}': the left side must be a symbol, with its indices or arguments`, place)
    return { pattern, replacement }
  })
  const definitions = notation.symbols.flatMap(({ name, definition, slots }): readonly Rewriting[] => {
    if (definition === null) return []
    const replacement = readAt(readExpression, definition, notation, { statement: `definition of ${name}` })
    return slots.length === 0 ? [{ pattern: symbol(name), replacement }] : [{ pattern: indexed(name), replacement }]
  })
  return [...clauses, ...definitions]
}

/** The readings of a statement, as replacements in what was derived. */
export function readingsOf(
  statement: Statement,
  notation: Notation,
  readings: readonly Reading[] = statement.readings,
): readonly { readonly reading: Reading; readonly rewritings: readonly Rewriting[] }[] {
  const { file, line } = statement.source
  const place = { file, line, statement: statement.id }
  return readings.map((reading) => ({
    reading,
    rewritings: reading.replace.map(([from, to]) => ({
      pattern: readAt(readExpression, from, notation, place),
      replacement: readAt(readExpression, to, notation, place),
    })),
  }))
}

/** Reads a formula that stands somewhere in an entry: an error names it. */
function readAt<T>(read: (latex: string, notation: Notation) => T, latex: string, notation: Notation, place: Place): T {
  try {
    return read(latex, notation)
  } catch (error) {
    throw inFormula(error, latex, place)
  }
}
