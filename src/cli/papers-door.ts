import { existsSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { Paper } from '../audit/statement.js'
import { InputError } from '../expression/errors.js'
import { holdsPapers, rootFolder } from './session.js'
import { unfinishedPaper } from './unfinished-paper.js'

/** Where the papers of a command are, and which papers and statements of them it is given. */
export interface Located {
  /** The folder that holds `data` and `derivations`. */
  readonly root: string
  /** Ids of papers and statements; none: all that the folder has. */
  readonly names: readonly string[]
  /** Whether the folder was named, and is not simply where the command was called. */
  readonly named: boolean
  /** Whether the papers are those that the package ships, as there are none here. */
  readonly shipped: boolean
}

/**
 * The one door through which papers are found. The first name may be a folder with papers (`my-audit`, `.`), a paper's
 * own folder of data (`my-audit/data/draft`) or a package that is installed where the command is called; what follows are
 * ids of papers or statements there. Otherwise every name is an id, and papers are those here, or the shipped ones.
 *
 * @throws InputError where a path is given that is no folder with papers, and where the working folder looks as if it should
 * have papers and has none
 */
export function locatePapers(workingFolder: string, given: readonly string[]): Located {
  const here = rootFolder(workingFolder)
  const [first, ...rest] = given
  const unnamed: Located = { root: here, names: given, named: false, shipped: here !== workingFolder }
  if (first === undefined) return found(unnamed, workingFolder)
  if (isPaper(here, first.split('/')[0]!)) return unnamed
  const folder = resolve(workingFolder, first)
  if (holdsPapers(folder)) return { root: folder, names: rest, named: true, shipped: false }
  if (existsSync(join(folder, 'paper.yaml')) && basename(dirname(folder)) === 'data') {
    const id = basename(folder)
    const names = rest.length === 0 ? [id] : rest.map((name) => (name.includes('/') ? name : `${id}/${name}`))
    return { root: dirname(dirname(folder)), names, named: true, shipped: false }
  }
  const installed = installedPackage(workingFolder, first)
  if (installed !== null) return { root: installed, names: rest, named: true, shipped: false }
  if (isAbsolute(first) || /^\.{1,2}(?:$|[/\\])/.test(first) || isFolder(folder))
    throw new InputError(
      isFolder(folder)
        ? "no paper here; a paper is a folder data/ID with a paper.yaml: 'corrigenda init' makes one"
        : 'there is no such folder',
      { file: first },
    )
  return found(unnamed, workingFolder)
}

/** What was found without a folder's name. Throws InputError where it is the shipped papers and can hardly be meant. */
function found(located: Located, workingFolder: string): Located {
  const missing = located.shipped ? unfinishedPaper(workingFolder) : null
  if (missing !== null) throw new InputError(`no paper here: ${missing}`)
  return located
}

/** What a long run on the shipped papers says first, since nobody named them; null where they were named. */
export function shippedNotice({ shipped, names }: Located, doing: string, papers: readonly Paper[]): string | null {
  if (!shipped || names.length > 0) return null
  const count = papers.reduce((sum, { statements }) => sum + statements.length, 0)
  return `no paper here; ${doing} the ${papers.length} that come with the package (${papers.map(({ id }) => id).join(', ')}), ${count} statements, which takes minutes. Name one to have it alone; 'corrigenda init DIR' makes a paper of your own`
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const isPaper = (root: string, id: string): boolean =>
  /^[\w.-]+$/.test(id) && existsSync(join(root, 'data', id, 'paper.yaml'))

/** The folder of a package with papers, from the nearest `node_modules` that has it. */
function installedPackage(workingFolder: string, name: string): string | null {
  if (!/^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i.test(name)) return null
  for (let folder = resolve(workingFolder); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (holdsPapers(candidate)) return candidate
    if (dirname(folder) === folder) return null
  }
}
