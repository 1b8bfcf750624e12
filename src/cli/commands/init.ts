import { existsSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { InputError } from '../../expression/errors.js'
import { type ImportedPaper, importLatex } from '../../source/import-latex.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { exampleDerivations, exampleNotation, exampleStatements } from '../init/example-paper.js'
import { type FolderContent, folderFiles } from '../init/folder-files.js'
import { readOptions } from '../options.js'
import { packageVersion } from '../session.js'
import { sourceReader } from '../source-reader.js'
import { print } from '../terminal.js'

export const init: Command = async (rawArguments) => {
  const { positionals, tex, id: given } = readOptions('init', rawArguments, ['tex', 'id'])
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0)
    throw new InputError("name one folder: 'corrigenda init DIR' or 'corrigenda init DIR --tex paper.tex'")
  const target = resolve(folder)
  const id = given ?? idFor(basename(target))
  if (!/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(id))
    throw new InputError(
      `'${id}' is no id for a paper; give one of small letters, digits, dots and hyphens with --id, such as --id draft-2026`,
    )
  const imported = tex === undefined ? null : importFrom(tex)
  const files = folderFiles(contentOf(id, await packageVersion(), imported))
  refuseToOverwrite(target, folder, [...files.keys()])
  await writeAll(target, files)
  for (const problem of imported?.problems ?? []) process.stderr.write(`corrigenda: ${problem.message}\n`)
  print(summary(folder, id, files, imported))
  return exitCode.accounted
}

/** The folder's name as an id: `My Draft (2)` is my-draft-2. */
const idFor = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '') || 'paper'

function importFrom(tex: string): ImportedPaper {
  const main = resolve(tex)
  if (statSync(main, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError('a folder, not a file; name the main .tex file in it', { file: tex })
  const imported = importLatex(basename(main), sourceReader(dirname(main)))
  if (imported.statements.length === 0)
    throw new InputError(
      [
        'it displays no formula (equation, align, gather, multline, eqnarray, \\[ \\]); nothing was written',
        ...imported.problems.map(({ message }) => message),
      ].join('\n'),
      { file: tex },
    )
  return imported
}

function contentOf(id: string, version: string, imported: ImportedPaper | null): FolderContent {
  const year = new Date().getFullYear()
  if (imported === null)
    return {
      id,
      version,
      head: { title: 'A hardening spring', authors: ['A. Author'], year, identifier: id },
      notation: exampleNotation,
      statements: exampleStatements,
      derivations: exampleDerivations,
    }
  const { title, authors, notation, statements } = imported
  const head = { title: title ?? id, authors: authors.length === 0 ? ['unknown'] : authors, year, identifier: id }
  return { id, version, head, notation, statements, derivations: null }
}

function refuseToOverwrite(target: string, folder: string, paths: readonly string[]): void {
  const there = paths.filter((path) => existsSync(join(target, path)))
  if (there.length > 0)
    throw new InputError(
      `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already, and nothing is overwritten; give a folder of its own, such as 'corrigenda init ${join(folder, 'audit')}'`,
      {
        file: folder,
      },
    )
}

/** Writes all files or none. */
async function writeAll(target: string, files: ReadonlyMap<string, string>): Promise<void> {
  const written: string[] = []
  try {
    for (const [path, text] of files) {
      const whole = join(target, path)
      await mkdir(dirname(whole), { recursive: true })
      await writeFile(whole, text, { flag: 'wx' })
      written.push(whole)
    }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })))
    throw new InputError(`cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`, {
      file: target,
    })
  }
}

function summary(
  folder: string,
  id: string,
  files: ReadonlyMap<string, string>,
  imported: ImportedPaper | null,
): string {
  const lines = [`written to ${relative(process.cwd(), resolve(folder)) || '.'}: ${[...files.keys()].join(', ')}`]
  if (imported !== null) {
    const { statements, notation, problems } = imported
    const hand = statements.filter(({ encodingReason }) => encodingReason !== null).length
    lines.push(
      `${statements.length} statements: ${statements.length - hand} read, ${hand} to be encoded by hand; ${notation.symbols.length} symbols and ${notation.families.length} index families guessed`,
      ...(problems.length === 0 ? [] : [`${problems.length} problems in the source, see above`]),
      `next: confirm the notation in data/${id}/paper.yaml and take each 'guess: true' away`,
    )
  }
  const install = isInstalledAbove(resolve(folder)) ? '' : 'npm install && '
  lines.push(`then: cd ${folder} && ${install}npx corrigenda audit`)
  return lines.join('\n')
}

/** Whether the package is found from a folder without being installed there: in a folder above. */
function isInstalledAbove(folder: string): boolean {
  for (let above = dirname(folder); ; above = dirname(above)) {
    if (existsSync(join(above, 'node_modules', 'corrigenda', 'package.json'))) return true
    if (dirname(above) === above) return false
  }
}
