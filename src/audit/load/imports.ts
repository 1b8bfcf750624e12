/** What a derivation's module imports, read from its text before it runs. */
import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../../expression/errors.js'

export interface ModuleImport {
  readonly specifier: string
  readonly line: number
}

/** Comments as spaces, lines kept. What stands in quotes is left as it is. */
const withoutComments = (source: string): string =>
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
      return { specifier, line: text.slice(0, at).split('\n').length }
    }),
  )
}

/** Whether a module holds a loop, so that it could run for ever when it is loaded. */
export const mayLoop = (source: string): boolean => /\b(?:while|for|do)\b/.test(withoutComments(source))

/** The engine's own folder, which derivations may import by its path as well as by its name. */
const engine = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * What a derivation has no business with: Node's own modules (files, processes, the network), files outside the derivations.
 * Throws InputError with the line.
 */
export function refuseNeedlessImports(source: string, path: string, folder: string, file: string): void {
  for (const { specifier, line } of importsOf(source)) {
    const reason = isBuiltin(specifier)
      ? `it imports '${specifier}': a derivation is computed from its premises and needs no files, processes or network`
      : outside(specifier, path, folder)
        ? `it imports '${specifier}' from outside the derivations: a derivation never sees data or anything else than its premises`
        : null
    if (reason !== null) throw new InputError(`${reason}; take the import out`, { file, line })
  }
}

function outside(specifier: string, path: string, folder: string): boolean {
  if (/^(?:data|https?|blob):/.test(specifier)) return true
  const target = specifier.startsWith('file:')
    ? fileURLToPath(specifier)
    : /^\.{0,2}\//.test(specifier)
      ? resolve(dirname(path), specifier)
      : null
  if (target === null) return false
  const below = (root: string): boolean => target === root || target.startsWith(`${root}/`)
  return !below(folder) && !below(engine)
}
