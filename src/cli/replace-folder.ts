import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { InputError } from '../expression/errors.js'
import type { ReportFiles } from '../report/report-input.js'
import { requireWritable, unwritable } from './files.js'

/** The list of what was written into a folder, kept in it: only what stands there is ever replaced. */
export const listFile = 'files.txt'

/**
 * Makes a folder hold the given files and nothing else, all at once: they are written beside it and put in its place. Throws
 * InputError where that is not possible, and where the folder holds anything that was not written here; then it stays as it is.
 */
export async function replaceFolder(folder: string, files: ReportFiles): Promise<void> {
  await requireReplaceable(folder)
  const parent = dirname(folder)
  await requireWritable(parent)
  const fresh = `${folder}.${randomUUID()}.tmp`
  const old = `${folder}.${randomUUID()}.old`
  try {
    const made = new Set<string>()
    const write = async (name: string, content: string | Uint8Array): Promise<void> => {
      const path = join(fresh, name)
      if (!made.has(dirname(path))) await mkdir(dirname(path), { recursive: true })
      made.add(dirname(path))
      await writeFile(path, content)
    }
    for (const [name, content] of files) await write(name, content)
    await write(listFile, `${[...files.keys(), listFile].sort().join('\n')}\n`)
    const existed = await rename(folder, old).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false
        throw error
      },
    )
    await rename(fresh, folder).catch(async (error: unknown) => {
      if (existed) await rename(old, folder)
      throw error
    })
    await rm(old, { recursive: true, force: true })
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => {})
    throw unwritable(folder, error)
  }
}

/** Makes sure that a folder is missing, empty, or holds only what its list names. Throws InputError. */
export async function requireReplaceable(folder: string): Promise<void> {
  const found = await filesIn(folder)
  if (found.length === 0) return
  const listed = new Set(
    (await readFile(join(folder, listFile), 'utf8').catch(() => ''))
      .split('\n')
      .map((name) => name.split('/').join(sep)),
  )
  const foreign = found.find((name) => !listed.has(name))
  if (foreign !== undefined)
    throw new InputError(
      `'${folder}' holds ${foreign}, which corrigenda did not write there; choose another folder, or an empty one`,
    )
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw unwritable(folder, error)
  }
}
