import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { InputError } from '../../expression/errors.js'
import type { Confirmation, Derivation } from '../derivation.js'
import type { Figure } from '../figure.js'

/** What a paper's derivation modules declare. */
export interface Derivations {
  readonly derivations: readonly Derivation[]
  readonly confirmations: readonly Confirmation[]
  readonly figures: readonly Figure[]
  /** Modules that could not be loaded; the others stand. */
  readonly errors: readonly InputError[]
}

export const noDerivations: Derivations = { derivations: [], confirmations: [], figures: [], errors: [] }

/**
 * Loads every module of a folder (`derivations/ID/*.js`; `.ts` too where the engine itself runs from TypeScript) and collects
 * the derivations, confirmations and figures among their exports, arrays of them included, in the order of file and
 * name. A folder that does not exist has none.
 */
export async function loadDerivations(folder: string): Promise<Derivations> {
  const suffixes = import.meta.url.endsWith('.ts') ? ['.ts', '.js'] : ['.js']
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => suffixes.some((suffix) => name.endsWith(suffix) && !name.endsWith(`.test${suffix}`)))
    .filter((name) => !name.endsWith('.d.ts'))
    .sort((a, b) => (a < b ? -1 : 1))
  const collected = { derivations: [], confirmations: [], figures: [], errors: [] } as Collected
  for (const name of names) {
    const file = join(basename(folder), name)
    try {
      const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(folder, name)).href)
      for (const key of Object.keys(module)) collect(module[key], collected)
    } catch (error) {
      collected.errors.push(new InputError(`the module cannot be loaded: ${messageOf(error)}`, { file }))
    }
  }
  return collected
}

interface Collected extends Derivations {
  readonly derivations: Derivation[]
  readonly confirmations: Confirmation[]
  readonly figures: Figure[]
  readonly errors: InputError[]
}

function collect(value: unknown, into: Collected): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into)
    return
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return
  if (value.kind === 'derivation') addOnce(into.derivations, value as Derivation)
  else if (value.kind === 'confirmation') addOnce(into.confirmations, value as Confirmation)
  else if (value.kind === 'figure') addOnce(into.figures, value as Figure)
}

/** A declaration may be exported twice: by its own name and in a list. */
function addOnce<T>(list: T[], item: T): void {
  if (!list.includes(item)) list.push(item)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
