import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InputError } from '../expression/errors.js'

/** Makes sure that a folder exists and can be written to, before the work starts. Throws InputError. */
export async function requireWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK)
    const probe = join(folder, `.corrigenda-${randomUUID()}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** Makes a folder and those above it, one by one: Node's own recursion never ends where the kernel refuses, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await access(folder)
    return
  } catch {
    if (dirname(folder) !== folder) await makeFolder(dirname(folder))
  }
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

/** Writes a whole file or none: under another name first, then renamed. Throws InputError where that is not possible. */
export async function writeAtomic(path: string, text: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await makeFolder(dirname(path))
    await writeFile(temporary, text)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw unwritable(path, error)
  }
}

/** An error of the file system as one line with the place. */
export function unwritable(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  const problem = new InputError(`'${path}' cannot be written (${code}); choose another place`)
  problem.cause = error
  return problem
}
