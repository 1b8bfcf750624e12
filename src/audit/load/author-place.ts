/** Where in an author's modules something went wrong, read from the trace that V8 leaves. */
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { at, InputError, type Place } from '../../expression/errors.js'

/** A module of the author's, for messages. */
export interface AuthorModule {
  /** As messages name it: `derivations/draft/chain.js`. */
  readonly file: string
  readonly url: string
  /** Absolute path of the folder of all derivations, `…/derivations`, whose other modules are the author's too. @defaultValue none */
  readonly folder?: string
  /** Id of the statement that its call is for. @defaultValue none */
  readonly statement?: string
}

/** How many calls a trace keeps while an author's code runs: the author's own line lies below many of the engine's. */
export const traceLength = 200

/**
 * The innermost line of the author's in an error's trace: of the module, or of another one that it uses; the module alone where
 * there is none.
 */
export function placeIn(error: unknown, module: AuthorModule): Place {
  const { file } = module
  const lines = (error instanceof Error ? (error.stack ?? '') : '').split('\n')
  for (const [k, line] of lines.entries()) {
    // `at f (file:///a.js:3:7)`; what cannot be linked begins with `file:///a.js:3`, and marks the column two lines below.
    const found = /(?:\(|at (?:async )?|^)((?:file:\/\/)?\/[^()]+?):(\d+)(?::(\d+))?\)?$/.exec(line.trim())
    if (found === null) continue
    const [, source, row, column] = found
    const name = nameOf(source!.replace(/\?.*$/, ''), module)
    if (name === null) continue
    const marked = column === undefined ? columnOfMark(lines[k + 2]) : Number(column)
    return { file: name, line: Number(row), ...(marked === undefined ? {} : { column: marked }) }
  }
  return { file }
}

/** The column that a line of spaces and `^` marks, counted from 1. */
export function columnOfMark(line: string | undefined): number | undefined {
  return line !== undefined && /^\s*\^+\s*$/.test(line) ? line.indexOf('^') + 1 : undefined
}

/** How messages name a file of a trace; null where it is not the author's. */
function nameOf(source: string, { file, url, folder }: AuthorModule): string | null {
  const path = source.startsWith('file:') ? fileURLToPath(source) : source
  if (path === fileURLToPath(url)) return file
  if (folder === undefined || path.includes('/node_modules/')) return null
  const below = relative(folder, resolve(path))
  return below.startsWith('..') ? null : `derivations/${below}`
}

/**
 * An error with the author's place added. The column of a formula, which stands in no file, is said with the error itself, so
 * that a line of one text is never put together with a column of another.
 */
export function placed(error: InputError, module: AuthorModule): InputError {
  const { file, column } = error.place
  if (file !== undefined) return error
  const place = placeIn(error, module)
  if (column === undefined) return at(error, place) as InputError
  const Kind = error.constructor as new (detail: string, place: Place) => InputError
  const { statement } = error.place
  const within = `column ${column} of the LaTeX: ${error.detail}`
  return new Kind(within, { ...place, ...(statement === undefined ? {} : { statement }) })
}

/** Anything thrown that is no error of the engine's, as one with the author's place. */
export function foreign(error: Error, what: string, module: AuthorModule): InputError {
  const problem = new InputError(`${what} fails: ${error.name}: ${error.message}`, placeIn(error, module))
  problem.cause = error
  return problem
}
