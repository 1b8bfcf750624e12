import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { holdsPapers } from '../cli/session.js'
import { InputError } from '../expression/errors.js'

/**
 * The folder of papers that a place belongs to: the place itself or the nearest folder above it with a `data/ID/paper.yaml`.
 *
 * @param from a folder, a file, or the URL of one: `import.meta.url` of a paper's test file
 * @throws InputError where there is none up to the root of the file system
 */
export function paperRoot(from: string | URL): string {
  const start = resolve(isFileUrl(from) ? fileURLToPath(from) : String(from))
  let folder = start
  if (!isFolder(folder)) folder = dirname(folder)
  while (!holdsPapers(folder)) {
    const above = dirname(folder)
    if (above === folder)
      throw new InputError(`no paper in '${start}' or above it; a paper is a folder data/ID with a paper.yaml`)
    folder = above
  }
  return folder
}

const isFileUrl = (from: string | URL): boolean => from instanceof URL || from.startsWith('file:')

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
