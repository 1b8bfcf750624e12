import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A text that changes with any module of these folders. */
export async function fingerprintOf(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const names = await readdir(folder, { recursive: true }).catch(() => [])
    for (const name of names.filter((one) => /\.m?[jt]s$/.test(one)).sort((a, b) => (a < b ? -1 : 1))) {
      const text = await readFile(join(folder, name)).catch(() => null)
      if (text !== null) hash.update(`${name}\0${text.length}\0`).update(text)
    }
  }
  return hash.digest('hex')
}
