/** What a derivation's module imports, read from its text before it runs. */
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../../expression/errors.js'

export interface ModuleImport {
  readonly specifier: string
  readonly line: number
  /** Where its name begins, counted from 1. */
  readonly column: number
}

/** Comments as spaces, lines kept. What stands in quotes is left as it is. */
export const withoutComments = (source: string): string =>
  source.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (whole, quoted: string | undefined) => (quoted === undefined ? whole.replace(/[^\n]/g, ' ') : whole),
  )

const patterns = [
  /(?:^|[\n;}])\s*(?:import|export)\s[^'"`;]*?\bfrom\s*(['"])(?<name>[^'"]+)\1/g,
  /(?:^|[\n;}])\s*import\s*(['"])(?<name>[^'"]+)\1/g,
  /\b(?:import|require)\s*\(\s*(['"`])(?<name>[^'"`]+)\1/g,
]

/** Every module that a text imports by name, with its line. */
export function importsOf(source: string): readonly ModuleImport[] {
  const text = withoutComments(source)
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) => {
      const specifier = found.groups!['name']!
      const at = found.index + found[0].lastIndexOf(specifier)
      const lines = text.slice(0, at).split('\n')
      return { specifier, line: lines.length, column: lines.at(-1)!.length + 1 }
    }),
  )
}

/** Whether a module holds a loop, so that it could run for ever when it is loaded. */
export const mayLoop = (source: string): boolean => /\b(?:while|for|do)\b/.test(withoutComments(source))

/** Whether a module could make code of texts, so that what it imports cannot be read from its own. */
export const mayMakeCode = (source: string): boolean =>
  /\b(?:eval|Function|constructor|Reflect|globalThis|process)\b|\]\s*\(/.test(withoutComments(source))

/** The engine's own folder, which derivations may import by its path as well as by its name. */
const engine = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** Parts of it that read files, run papers and start threads. */
const edge = ['node', 'vitest', 'cli', 'report'].map((name) => join(engine, name))

/**
 * What a derivation has no business with: Node's own modules (files, processes, the network), files outside the derivations,
 * modules whose names nobody can read. Throws InputError with line and column.
 */
export function refuseNeedlessImports(source: string, path: string, folder: string, file: string): void {
  for (const { specifier, line, column } of importsOf(source)) {
    const reason = refusalOf(specifier, path, folder)
    if (reason !== null)
      throw new InputError(`it imports '${specifier}'${reason}; take the import out`, { file, line, column })
  }
  const computed = computedImport(source)
  if (computed !== null)
    throw new InputError('it imports a module whose name is computed; write the name as a text', { file, ...computed })
}

/**
 * Why the author's module at `path` may not import something, by its name or by the URL that the name leads to; null where it may.
 * The reason follows the name: `it imports 'fs'` + `: …`.
 */
export function refusalOf(specifier: string, path: string, folder: string): string | null {
  if (isBuiltin(specifier))
    return ': a derivation is computed from its premises and needs no files, processes or network'
  if (/^(?:data|https?|blob):/.test(specifier)) return outsideReason
  const target = specifier.startsWith('file:')
    ? fileURLToPath(specifier)
    : /^\.{0,2}\//.test(specifier)
      ? resolve(dirname(path), specifier)
      : null
  const packaged = /^corrigenda\/(node|vitest|report)$/.exec(specifier)?.[1]
  if (packaged !== undefined || edge.some((part) => target?.startsWith(`${part}/`)))
    return ': that reads papers and runs them; a derivation never sees data or anything else than its premises'
  if (target === null || target.includes('/node_modules/')) return null
  const below = (root: string): boolean => target === root || target.startsWith(`${root}/`)
  return below(folder) || below(engine) ? null : outsideReason
}

const outsideReason = ' from outside the derivations: a derivation never sees data or anything else than its premises'

/** Where a module is imported by something else than a text. */
function computedImport(source: string): { readonly line: number; readonly column: number } | null {
  const text = withoutComments(source)
  const found =
    /(?<![\w.$])import\s*\(\s*(?!['"`]|\s)/.exec(text) ??
    /(?<![\w.$])import\s*\(\s*(?:`[^`]*\$\{|(['"])(?:\\.|(?!\1).)*\1\s*[^\s),])/.exec(text)
  if (found === null) return null
  const lines = text.slice(0, found.index).split('\n')
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}
