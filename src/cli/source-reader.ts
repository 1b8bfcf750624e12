import { readFileSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { maximumFileSize } from '../audit/load/document.js'
import { InputError, LimitError } from '../expression/errors.js'
import type { ReadSource } from '../source/project.js'

/** Reads the files of a source from its folder, links followed; nothing outside it. */
export function sourceReader(folder: string): ReadSource {
  return (path) => {
    const whole = resolve(folder, path)
    refuseOutside(path, relative(folder, whole))
    try {
      if (statSync(whole).size > maximumFileSize)
        throw new LimitError(`'${path}' has more than ${maximumFileSize} bytes; split it`)
      refuseOutside(path, relative(realpathSync(folder), realpathSync(whole)))
      return readFileSync(whole, 'utf8')
    } catch (error) {
      if (error instanceof InputError) throw error
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT' || code === 'ENOTDIR') return null
      throw new InputError(`'${path}' cannot be read (${code ?? String(error)})`)
    }
  }
}

function refuseOutside(path: string, below: string): void {
  if (below === '..' || below.startsWith(`..${sep}`) || resolve(below) === below)
    throw new InputError(`'${path}' lies outside the folder of the main file; copy it there`)
}
