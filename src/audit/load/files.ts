import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { InputError, LimitError } from '../../expression/errors.js'
import type { Paper } from '../statement.js'
import { maximumFileSize, type TextFile } from './document.js'
import { readPaper } from './paper.js'

/**
 * Every paper below `root`: folders `data/ID` with a `paper.yaml` and statements in `statements.yaml`,
 * `statements-*.yaml` or `statements/*.yaml`, in the order of their ids; of `wanted` ids alone, where they are given.
 * Throws InputError where there is none or a file cannot be read or understood.
 */
export async function findPapers(root: string, wanted?: ReadonlySet<string>): Promise<readonly Paper[]> {
  const folder = join(root, 'data')
  const names = await namesIn(folder)
  if (names === null)
    throw new InputError('there is no such folder; run corrigenda where data/ID/paper.yaml is', { file: folder })
  const papers: Paper[] = []
  for (const name of names) {
    if (wanted !== undefined && !wanted.has(name)) continue
    const paperFile = await textFile(root, join(folder, name, 'paper.yaml'))
    if (paperFile === null) continue
    papers.push(readPaper(name, paperFile, await statementFiles(root, join(folder, name))))
  }
  if (papers.length === 0)
    throw new InputError('no paper here; a paper is a folder data/ID with a paper.yaml', { file: folder })
  return papers
}

async function statementFiles(root: string, folder: string): Promise<readonly TextFile[]> {
  const here = ((await namesIn(folder)) ?? []).filter((name) => /^statements(-.*)?\.ya?ml$/.test(name))
  const below = ((await namesIn(join(folder, 'statements'))) ?? []).filter((name) => /\.ya?ml$/.test(name))
  const paths = [...here, ...below.map((name) => join('statements', name))]
  const files = await Promise.all(paths.map((path) => textFile(root, join(folder, path))))
  const found = files.filter((file) => file !== null)
  if (found.length === 0)
    throw new InputError('the paper has no statements; add a statements.yaml beside its paper.yaml', {
      file: relative(root, folder),
    })
  return found
}

async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    return (await readdir(folder)).sort((a, b) => (a < b ? -1 : 1))
  } catch {
    return null
  }
}

async function textFile(root: string, path: string): Promise<TextFile | null> {
  const name = relative(root, path)
  try {
    if ((await stat(path)).size > maximumFileSize)
      throw new LimitError(`more than ${maximumFileSize} bytes; split it into several files`, { file: name })
    return { path: name, text: await readFile(path, 'utf8') }
  } catch (error) {
    if (error instanceof InputError) throw error
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new InputError(`cannot be read (${code ?? String(error)})`, { file: name })
  }
}
