import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadedModule, loadDerivations } from '../audit/load/derivations.js'
import { findPapers } from '../audit/load/files.js'
import { soundDeclarations } from '../audit/load/sound-declarations.js'
import { type PreparedPaper, preparePaper } from '../audit/prepare.js'
import type { Statement } from '../audit/statement.js'
import { InputError } from '../expression/errors.js'

/** The papers of a run, and what could not be loaded of their derivations. */
export interface Session {
  readonly papers: readonly PreparedPaper[]
  readonly errors: readonly InputError[]
  /** Modules of derivations by the paper's id. */
  readonly modules: ReadonlyMap<string, readonly LoadedModule[]>
}

/** The folder that holds this package. */
const packageFolder = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
})()

/** Whether a folder has papers below `data`. */
export function holdsPapers(folder: string): boolean {
  const data = join(folder, 'data')
  const isFolder = statSync(data, { throwIfNoEntry: false })?.isDirectory() ?? false
  return isFolder && readdirSync(data).some((name) => existsSync(join(data, name, 'paper.yaml')))
}

/** Where papers are: here, if there are any, otherwise those that the package ships. */
export const rootFolder = (workingFolder: string): string =>
  holdsPapers(workingFolder) ? workingFolder : packageFolder

/** Version of this package. */
export async function packageVersion(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  return version
}

/** How papers are loaded. */
export interface SessionOptions {
  /** Derivations are loaded anew for each value. @defaultValue none: what was loaded once stays */
  readonly version?: number
}

/** What a derivation and a check of a paper that is not shipped may take, in seconds. */
const limits = { derivation: 60, check: 600 } as const

/**
 * Loads papers with their derivations, compiled ones first: all, or where every name given starts with a paper's id
 * (`PAPER`, `PAPER/eq-14`) those alone. Modules and declarations that do not fit are errors; the rest stands. Throws
 * InputError as `findPapers`.
 */
export async function openSession(
  root: string,
  names: readonly string[] = [],
  options: SessionOptions = {},
): Promise<Session> {
  const papers: PreparedPaper[] = []
  const errors: InputError[] = []
  const wanted = new Set(names.map((name) => name.split('/')[0]!))
  const known = [...wanted].every((id) => /^[\w.-]+$/.test(id) && existsSync(join(root, 'data', id, 'paper.yaml')))
  const modules = new Map<string, readonly LoadedModule[]>()
  for (const paper of await findPapers(root, known && wanted.size > 0 ? wanted : undefined)) {
    const loaded = await loadDerivations(derivationFolder(root, paper.id), {
      limits: root === packageFolder ? null : limits,
      ...options,
    })
    const { declared, errors: unsound } = soundDeclarations(paper, loaded)
    errors.push(...loaded.errors, ...unsound.map((error) => inDerivations(error, paper.id)))
    modules.set(paper.id, loaded.modules)
    papers.push(preparePaper(paper, declared))
  }
  return { papers, errors, modules }
}

/** What does not fit was declared somewhere in the paper's derivations. */
const inDerivations = (error: InputError, paper: string): InputError =>
  new InputError(error.detail, { file: `${derivationsOf(paper)}/`, ...error.place })

function derivationFolder(root: string, paper: string): string {
  const source = join(root, 'derivations', paper)
  if (import.meta.url.endsWith('.ts')) return source
  const compiled = join(root, 'dist', 'derivations', paper)
  return existsSync(compiled) ? compiled : source
}

/** The folder of a paper's derivations, as messages name it. */
const derivationsOf = (paper: string): string => `derivations/${paper}`

/** Whether an error of a session is about the derivations of a paper. */
export const isInDerivations = ({ place }: InputError, paper: string): boolean =>
  place.file?.startsWith(`${derivationsOf(paper)}/`) ?? false

/**
 * Says on standard error which derivation modules of a paper are missing, and returns why: what they declare of any of
 * its statements is not known.
 */
export function reportMissingModules({ errors }: Session, paper: string): Session['errors'] {
  const missing = errors.filter((error) => isInDerivations(error, paper))
  for (const { message } of missing)
    process.stderr.write(`corrigenda: ${message}; what it derives and checks is missing below\n`)
  return missing
}

/** A statement with its paper. */
export interface Selected {
  readonly prepared: PreparedPaper
  readonly statement: Statement
}

/** The statement that a full id, or a short one that only one paper has, names. Throws InputError with near ones. */
export function findStatement(session: Session, id: string): Selected {
  const all = session.papers.flatMap((prepared) =>
    prepared.paper.statements.map((statement): Selected => ({ prepared, statement })),
  )
  const matches = all.filter(({ statement }) => statement.id === id || shortId(statement) === id)
  const [match] = matches
  if (matches.length === 1 && match !== undefined) return match
  if (matches.length > 1)
    throw new InputError(
      `'${id}' is ambiguous: ${matches.map(({ statement }) => statement.id).join(', ')}; give the full id`,
    )
  const wanted = id.slice(id.indexOf('/') + 1)
  const near = all.map(({ statement }) => statement.id).filter((known) => known.includes(wanted))
  const advice = near.length > 0 ? `did you mean ${near.slice(0, 3).join(', ')}?` : '`corrigenda list` names them all'
  throw new InputError(`no statement '${id}'; ${advice}`)
}

export const shortId = (statement: Statement): string => statement.id.slice(statement.paper.length + 1)

/** What a list of papers and statements selects: ids by paper. An empty list selects everything. */
export function select(session: Session, names: readonly string[]): ReadonlyMap<PreparedPaper, ReadonlySet<string>> {
  const selected = new Map<PreparedPaper, Set<string>>()
  const include = (prepared: PreparedPaper, ids: readonly string[]): void => {
    const known = selected.get(prepared) ?? new Set<string>()
    for (const id of ids) known.add(id)
    selected.set(prepared, known)
  }
  const whole = (prepared: PreparedPaper): void =>
    include(
      prepared,
      prepared.paper.statements.map(({ id }) => id),
    )
  if (names.length === 0) session.papers.forEach(whole)
  for (const name of names) {
    const prepared = session.papers.find(({ paper }) => paper.id === name)
    if (prepared !== undefined) whole(prepared)
    else {
      const { prepared: of, statement } = findStatement(session, name)
      include(of, [statement.id])
    }
  }
  return selected
}
