/** A place in a paper's data or in a formula: whatever of it is known. */
export interface Place {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly statement?: string
}

/** An input that cannot be understood. The message says what was wrong, where, and what to do; exit code 2. */
export class InputError extends Error {
  override readonly name: string = 'InputError'
  readonly place: Place
  /** What was wrong, without the place. */
  readonly detail: string

  constructor(detail: string, place: Place = {}) {
    const where = [
      place.statement,
      inFile(place),
      // Without a line, as in a formula that stands on the command line, it is a column of that formula.
      place.column !== undefined && !hasLine(place) && `column ${place.column}`,
    ].filter(Boolean)
    super(where.length > 0 ? `${where.join(', ')}: ${detail}` : detail)
    this.detail = detail
    this.place = place
  }
}

const hasLine = ({ file, line }: Place): boolean => file !== undefined && line !== undefined

/** `file:line:column`, as editors and terminals follow it. */
const inFile = ({ file, line, column }: Place): string | undefined =>
  file && [file, ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])])].join(':')

/** A formula that cannot be read; `place.column` counts from 1 in the LaTeX text. */
export class LatexError extends InputError {
  override readonly name = 'LatexError'
}

/** A quantity asked for where the theory does not hold, or a number that does not exist: says which, and where it would. */
export class DomainError extends InputError {
  override readonly name = 'DomainError'
}

/** A computation stopped at its declared bound of time or size. */
export class LimitError extends InputError {
  override readonly name = 'LimitError'
}

/** The same error with more of its place known. */
export function at(error: unknown, place: Place): unknown {
  if (!(error instanceof InputError)) return error
  const Kind = error.constructor as new (detail: string, place: Place) => InputError
  return new Kind(error.detail, { ...place, ...error.place })
}

/**
 * An error of reading a formula that is no whole line of a file: in code, or somewhere in an entry. Its column is one of the
 * formula's, and is said with the formula; `place` says where that stands. Any other error, with `place` added.
 */
export function inFormula(error: unknown, latex: string, place: Place): unknown {
  if (!(error instanceof LatexError) || error.place.column === undefined) return at(error, place)
  return new LatexError(`in '${latex}', column ${error.place.column}: ${error.detail}`, place)
}
