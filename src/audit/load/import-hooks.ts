/** Hooks for Node's module loader: what the author's modules import is refused where it is not for derivations, however its name came about. */
import { fileURLToPath } from 'node:url'
import { refusalOf } from './imports.js'

interface Resolved {
  readonly url: string
}

type NextResolve = (specifier: string, context: unknown) => Promise<Resolved>

/** Folders in which every module is an author's. */
const folders: string[] = []

/** Called when the hooks are registered. */
export function initialize({ folder }: { readonly folder: string }): void {
  folders.push(folder)
}

/** By this code the error is known again on the other thread. */
export const refusedImport = 'ERR_CORRIGENDA_IMPORT'

export async function resolve(
  specifier: string,
  context: { readonly parentURL?: string },
  next: NextResolve,
): Promise<Resolved> {
  const parent = context.parentURL?.replace(/\?.*$/, '') ?? ''
  const path = parent.startsWith('file:') ? fileURLToPath(parent) : ''
  const folder = folders.find((one) => path.startsWith(`${one}/`))
  if (folder === undefined || path.includes('/node_modules/')) return next(specifier, context)
  const refused = (target: string): Error | null => {
    const reason = refusalOf(target, path, folder)
    return reason === null
      ? null
      : Object.assign(new Error(`it imports '${specifier}'${reason}; take the import out`), { code: refusedImport })
  }
  const byName = refused(specifier)
  if (byName !== null) throw byName
  const resolved = await next(specifier, context)
  // A package may lie anywhere, as npm links them; only what is Node's own is told by where its name leads.
  const byPlace = resolved.url.startsWith('node:') ? refused(resolved.url) : null
  if (byPlace !== null) throw byPlace
  return resolved
}
