/** Sources written for these tests. What they number was checked against LaTeX's own rules (amsmath 2.17), not against this reader. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../../../src/expression/errors.js'
import { type ImportedPaper, importLatex } from '../../../src/source/import-latex.js'

export const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url))

/** Imports a fixture; paths that lead out of the folder are refused, as the command line refuses them. */
export const importFixture = (name: string): ImportedPaper =>
  importLatex(name, (path) => {
    if (path.startsWith('..')) throw new InputError(`'${path}' lies outside the folder of the main file; copy it there`)
    try {
      return readFileSync(join(fixtures, path), 'utf8')
    } catch {
      return null
    }
  })

/** Imports a source given as text. */
export const importText = (latex: string): ImportedPaper =>
  importLatex('main.tex', (path) => (path === 'main.tex' ? latex : null))
