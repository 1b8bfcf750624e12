import { register } from 'node:module'

const guarded = new Set<string>()

/**
 * Has the loader of this thread refuse what modules below a folder import without need. Once for each folder; not where the
 * engine runs from TypeScript, as in its tests.
 */
export function guardImports(folder: string): void {
  if (import.meta.url.endsWith('.ts') || guarded.has(folder)) return
  guarded.add(folder)
  register(new URL('./import-hooks.js', import.meta.url), { data: { folder } })
}
