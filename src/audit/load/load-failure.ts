/** Why a module of derivations did not load, with the place in the author's text: Node tells of it in many ways, mostly without. */
import { spawnSync } from 'node:child_process'
import { dirname, relative, resolve } from 'node:path'
import { InputError, type Place } from '../../expression/errors.js'
import { type AuthorModule, columnOfMark, placed, placeIn } from './author-place.js'
import { refusedImport } from './import-hooks.js'
import { importsOf, withoutComments } from './imports.js'

/** The texts of a module and of what it imports, by absolute path. */
export type Sources = ReadonlyMap<string, string>

/** A module that could not be loaded, and the statements that its text speaks of. */
export interface UnloadedModule {
  /** As messages name it. */
  readonly file: string
  /** Ids of statements, without the paper; none where its text names none, so that nobody knows. */
  readonly statements: readonly string[]
}

/** The statements that a module's text names first in a call: `derive('eq-2', …)`. */
export const statementsNamed = (source: string): readonly string[] => [
  ...new Set([...withoutComments(source).matchAll(/\(\s*(['"`])([a-z]+-[\w.-]+)\1/g)].map(([, , id]) => id!)),
]

/** What was thrown while a module loaded, as one error with file, line and column as far as they can be known. */
export function loadFailure(error: unknown, author: AuthorModule, sources: Sources): InputError {
  const thrown = error instanceof InputError && error.cause instanceof Error ? error.cause : error
  const said = (reason: string, place: Place): InputError => new InputError(`the module did not load: ${reason}`, place)
  if (thrown instanceof InputError) {
    const { detail, place } = placed(thrown, author)
    return said(detail, place)
  }
  if (!(thrown instanceof Error)) return said(String(thrown), { file: author.file })
  if (isRefusal(thrown)) return said(thrown.message, placeIn(thrown, author))
  const missing = missingImport(thrown, author, sources)
  if (missing !== null) return missing
  const place = placeIn(thrown, author)
  const slip = thrown instanceof SyntaxError && place.line === undefined ? syntaxPlace(author, sources) : null
  return said(`${thrown.name}: ${thrown.message}`, slip ?? place)
}

const isRefusal = (error: Error): boolean => 'code' in error && error.code === refusedImport

/** An import that leads nowhere: its own place, and what to do about it. */
function missingImport(error: Error, author: AuthorModule, sources: Sources): InputError | null {
  const found = /^Cannot find (module|package) '([^']+)' imported from (.+)$/.exec(error.message)
  if (found === null) return null
  const [, kind, target, from] = found
  const importer = from!.replace(/^file:\/\//, '').replace(/\?.*$/, '')
  const path = target!.replace(/\?.*$/, '')
  const wanted = importsOf(sources.get(importer) ?? '').find(({ specifier }) =>
    kind === 'module'
      ? resolve(dirname(importer), specifier) === path || path.endsWith(`/${specifier}`)
      : specifier === path || specifier.startsWith(`${path}/`),
  )
  const advice =
    kind === 'module' ? 'which is not there; mend the path' : `which is not installed; npm install ${target}`
  const place = { file: nameOf(importer, author), ...(wanted && { line: wanted.line, column: wanted.column }) }
  return new InputError(`the module did not load: it imports '${wanted?.specifier ?? target}', ${advice}`, place)
}

/** Where the first text that is no JavaScript goes wrong. Node's parser is asked once more, as it keeps the place to itself. */
function syntaxPlace(author: AuthorModule, sources: Sources): Place | null {
  for (const [path, text] of sources) {
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--check', '-'], {
      input: text,
      encoding: 'utf8',
      timeout: 10_000,
    })
    const line = /^\[stdin\]:(\d+)$/m.exec(stderr ?? '')
    if (status === 0 || line === null) continue
    const column = columnOfMark(stderr.slice(line.index).split('\n')[2])
    return { file: nameOf(path, author), line: Number(line[1]), ...(column === undefined ? {} : { column }) }
  }
  return null
}

const nameOf = (path: string, { file, folder }: AuthorModule): string =>
  folder === undefined ? file : `derivations/${relative(folder, path)}`

export interface LoadFailure {
  readonly error: InputError
  readonly module: UnloadedModule
}

/** One error for each reason, with the statements that wait for it: what one module cannot load, those that import it cannot. */
export function toldOnce(failures: readonly LoadFailure[]): readonly InputError[] {
  const reasons = new Map<string, readonly LoadFailure[]>()
  for (const one of failures) reasons.set(one.error.message, [...(reasons.get(one.error.message) ?? []), one])
  return [...reasons.values()].map((same) => {
    const { error } = same[0]!
    const statements = [...new Set(same.flatMap(({ module }) => module.statements))]
    if (statements.length === 0) return error
    const named = statements.length > 6 ? [...statements.slice(0, 5), `${statements.length - 5} more`] : statements
    return new InputError(
      `${error.detail}; ${named.join(', ')} ${statements.length === 1 ? 'waits' : 'wait'} for it`,
      error.place,
    )
  })
}
