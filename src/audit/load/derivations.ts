import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { InputError } from '../../expression/errors.js'
import { type Check, type Confirmation, confirmationsOf, type Derivation } from '../derivation.js'
import type { Figure } from '../figure.js'
import type { AuthorModule } from './author-place.js'
import { bounded, boundedAsync } from './bounded.js'
import { guardImports } from './import-guard.js'
import { probeImport } from './import-probe.js'
import { importsOf, mayLoop, mayMakeCode, refuseNeedlessImports } from './imports.js'
import { type LoadFailure, loadFailure, statementsNamed, toldOnce, type UnloadedModule } from './load-failure.js'

/** What a paper's derivation modules declare. */
export interface Derivations {
  readonly derivations: readonly Derivation[]
  readonly confirmations: readonly Confirmation[]
  readonly figures: readonly Figure[]
  /** Modules that could not be loaded; the others stand. */
  readonly errors: readonly InputError[]
  /** Those modules, with the statements that their texts name. */
  readonly unloaded: readonly UnloadedModule[]
  /** The modules in the order of their names. */
  readonly modules: readonly LoadedModule[]
}

/** A module and what it declares something of. */
export interface LoadedModule {
  /** Absolute path. */
  readonly path: string
  /** Statements by their ids in the paper. */
  readonly statements: readonly string[]
  /** Absolute paths of the derivations' files that it imports, near or far. */
  readonly imports: readonly string[]
  /** Changes with its text and theirs. */
  readonly fingerprint: string
}

/** How far an author's modules are trusted. */
export interface LoadOptions {
  /**
   * Seconds that a derivation and a check may take. Null: no bound, and modules may import what they like.
   * @defaultValue null
   */
  readonly limits?: { readonly derivation: number; readonly check: number } | null
  /** Modules are loaded anew for each value. @defaultValue none: what was loaded once stays */
  readonly version?: number
}

export const noDerivations: Derivations = {
  derivations: [],
  confirmations: [],
  figures: [],
  errors: [],
  unloaded: [],
  modules: [],
}

/**
 * Loads every module of a folder (`derivations/ID/*.js`; `.ts` too where the engine itself runs from TypeScript) and collects
 * the derivations, confirmations and figures among their exports, arrays of them included, in the order of file and
 * name. A folder that does not exist has none. A module that fails, imports what it has no business with or never finishes
 * loading is an error; the others stand.
 */
export async function loadDerivations(folder: string, options: LoadOptions = {}): Promise<Derivations> {
  const suffixes = import.meta.url.endsWith('.ts') ? ['.ts', '.js'] : ['.js']
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => suffixes.some((suffix) => name.endsWith(suffix) && !name.endsWith(`.test${suffix}`)))
    .filter((name) => !name.endsWith('.d.ts'))
    .sort((a, b) => (a < b ? -1 : 1))
  const collected: Collected = { derivations: [], confirmations: [], figures: [], modules: [] }
  const declared: { readonly derivation: Derivation; readonly author: AuthorModule }[] = []
  const failures: LoadFailure[] = []
  for (const name of names) {
    const path = resolve(folder, name)
    const author = authorOf(path, folder)
    const found: Found = { derivations: [], confirmations: [], figures: [] }
    const sources = await sourcesFrom(path, folder)
    try {
      const exported = await importModule(path, author, sources, options)
      for (const key of Object.keys(exported)) collect(exported[key], found)
      collected.modules.push({
        path,
        statements: statementsOf(found),
        imports: [...sources.keys()].slice(1),
        fingerprint: fingerprintOf(sources),
      })
    } catch (error) {
      const module = { file: author.file, statements: statementsNamed(sources.get(path) ?? '') }
      failures.push({ error: loadFailure(error, author, sources), module })
      continue
    }
    for (const one of found.derivations) {
      addOnce(collected.derivations, one, (d) => boundDerivation(d, author, options))
      declared.push({ derivation: one, author })
    }
    for (const one of found.confirmations)
      addOnce(collected.confirmations, one, (c) => boundConfirmation(c, author, options))
    for (const one of found.figures) addOnce(collected.figures, one, (f) => boundFigure(f, author, options))
  }
  // Only now: a module may confirm what another one, loaded before it, derives.
  for (const { derivation, author } of declared)
    for (const one of confirmationsOf(derivation))
      addOnce(collected.confirmations, one, (c) => boundConfirmation(c, author, options))
  return { ...collected, errors: toldOnce(failures), unloaded: failures.map(({ module }) => module) }
}

interface Found {
  readonly derivations: Derivation[]
  readonly confirmations: Confirmation[]
  readonly figures: Figure[]
}

interface Collected extends Found {
  readonly modules: LoadedModule[]
}

const statementsOf = ({ derivations, confirmations, figures }: Found): readonly string[] => [
  ...new Set([...derivations, ...confirmations, ...figures].map(({ statement }) => statement)),
]

/** The folder of all papers' derivations, each in a folder of its own: a paper may build on another that lies beside it. */
const shared = (folder: string): string => dirname(resolve(folder))

/** A module as messages name it, with the folder in which all is the author's. */
const authorOf = (path: string, folder: string): AuthorModule => ({
  file: `derivations/${relative(shared(folder), path)}`,
  url: pathToFileURL(path).href,
  folder: shared(folder),
})

/** A module's text and those of the derivations' files that it imports, near or far, by path. */
async function sourcesFrom(path: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>()
  const visit = async (one: string): Promise<void> => {
    if (sources.has(one)) return
    const text = await readFile(one, 'utf8').catch(() => null)
    if (text === null) return
    sources.set(one, text)
    for (const { specifier } of importsOf(text)) {
      const target = resolve(dirname(one), specifier)
      if (/^\.{1,2}\//.test(specifier) && target.startsWith(`${shared(folder)}/`)) await visit(target)
    }
  }
  await visit(path)
  return sources
}

function fingerprintOf(sources: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  for (const [path, text] of sources) hash.update(`${path}\0${text.length}\0${text}`)
  return hash.digest('hex')
}

async function importModule(
  path: string,
  author: AuthorModule,
  sources: ReadonlyMap<string, string>,
  { limits = null, version }: LoadOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const url = `${author.url}${version === undefined ? '' : `?version=${version}`}`
  if (limits === null) return import(url)
  const folder = author.folder ?? dirname(path)
  for (const [one, text] of sources) refuseNeedlessImports(text, one, folder, `derivations/${relative(folder, one)}`)
  // The loader's guard costs a thread: only where texts do not say all.
  const guarded = [...sources.values()].some(mayMakeCode)
  if (guarded) guardImports(folder)
  if ([...sources.values()].some(mayLoop)) await probeImport({ url, file: author.file, folder, guarded })
  return boundedAsync(() => import(url), 'the module', limits.derivation, author)
}

function collect(value: unknown, into: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into)
    return
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return
  if (value.kind === 'derivation') into.derivations.push(value as Derivation)
  else if (value.kind === 'confirmation') into.confirmations.push(value as Confirmation)
  else if (value.kind === 'figure') into.figures.push(value as Figure)
}

/** What is declared, by what it became: a declaration may be exported twice, by its own name and in a list. */
const known = new WeakMap<object, object>()

function addOnce<T extends object>(list: T[], item: T, bind: (item: T) => T): void {
  const earlier = known.get(item) as T | undefined
  if (earlier !== undefined && list.includes(earlier)) return
  const made = bind(item)
  known.set(item, made)
  list.push(made)
}

function boundDerivation(derivation: Derivation, author: AuthorModule, { limits = null }: LoadOptions): Derivation {
  if (limits === null) return derivation
  return {
    ...derivation,
    derive: (premises, context) =>
      bounded(() => derivation.derive(premises, context), 'its derivation', limits.derivation, {
        ...author,
        statement: derivation.statement,
      }),
  }
}

function boundConfirmation(
  confirmation: Confirmation,
  module: AuthorModule,
  { limits = null }: LoadOptions,
): Confirmation {
  if (limits === null) return confirmation
  const author = { ...module, statement: confirmation.statement }
  const boundCheck = (check: Check): Check =>
    check.kind === 'direct'
      ? { ...check, run: (input) => boundedAsync(() => check.run(input), 'it', limits.check, author) }
      : {
          ...check,
          simulations: (input) => bounded(() => check.simulations(input), 'it', limits.check, author),
          judge: (input, summaries) => bounded(() => check.judge(input, summaries), 'it', limits.check, author),
        }
  return { ...confirmation, checks: confirmation.checks.map(boundCheck) }
}

function boundFigure(drawn: Figure, module: AuthorModule, { limits = null }: LoadOptions): Figure {
  if (limits === null) return drawn
  const author = { ...module, statement: drawn.statement }
  return {
    ...drawn,
    simulations: (input) => bounded(() => drawn.simulations(input), 'it', limits.check, author),
    data: (summaries, material) => bounded(() => drawn.data(summaries, material), 'it', limits.check, author),
  }
}
