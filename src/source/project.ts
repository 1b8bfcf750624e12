/** The files of a paper's LaTeX source: the main one and all that it includes. */
import { visit } from '@unified-latex/unified-latex-util-visit'
import { InputError, type Place } from '../expression/errors.js'
import { type Ast, argumentText, lineOf, parserFor } from './latex-tree.js'

/**
 * Reads a file of the source by its path from the main file's folder: its text, null where there is none.
 * Throws InputError where the path leads out of that folder.
 */
export type ReadSource = (path: string) => string | null

/** A file of the source, parsed before any macro of the author's is known. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly nodes: readonly Ast.Node[]
}

export interface SourceProject {
  readonly main: string
  /** By path, in the order in which they are first included. */
  readonly files: ReadonlyMap<string, SourceFile>
  readonly problems: readonly InputError[]
}

/** The most files that are followed. */
const maximumFiles = 500
const includes = new Set(['input', 'include', 'subfile', 'usepackage', 'RequirePackage'])

/** A path that a node includes; `optional` where it may as well be a package that is installed elsewhere. */
export function includedPaths(node: Ast.Node): readonly { readonly path: string; readonly optional: boolean }[] {
  if (node.type !== 'macro' || !includes.has(node.content)) return []
  const named = argumentText(node, -1)
  const isPackage = node.content === 'usepackage' || node.content === 'RequirePackage'
  const suffix = isPackage ? '.sty' : '.tex'
  return named
    .split(isPackage ? ',' : /$^/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ path: /\.(?:tex|sty|ltx)$/.test(name) ? name : `${name}${suffix}`, optional: isPackage }))
}

/** `./a/../b.tex` as `b.tex`: one file has one name. */
export function plainPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/')
}

/**
 * Loads the main file and what it includes. What is missing, lies outside the folder or includes itself is a problem
 * with file and line; the rest is loaded. Throws InputError where the main file itself cannot be read.
 */
export function loadProject(main: string, read: ReadSource): SourceProject {
  const files = new Map<string, SourceFile>()
  const problems: InputError[] = []
  const parse = parserFor(new Map())
  const open: string[] = []
  const load = (path: string, from: Place | null, optional: boolean): unknown => {
    const complain = (detail: string): unknown => problems.push(new InputError(detail, from ?? { file: path }))
    if (open.includes(path))
      return complain(`'${path}' includes itself (${[...open, path].join(' -> ')}); it is left out here`)
    if (files.has(path)) return null
    if (files.size >= maximumFiles) return complain(`more than ${maximumFiles} files; '${path}' is left out`)
    let text: string | null
    try {
      text = read(path)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return complain(error.detail)
    }
    if (text === null) {
      if (from === null) throw new InputError('there is no such file', { file: path })
      return optional ? null : complain(`'${path}' is not there; add it beside '${main}' or take the line out`)
    }
    const prepared = withoutFalseBranches(text)
    let nodes: readonly Ast.Node[] = []
    try {
      nodes = parse(prepared)
    } catch (error) {
      problems.push(new InputError(`the file cannot be parsed: ${parserMessage(error)}`, { file: path }))
    }
    files.set(path, { path, text: prepared, nodes })
    open.push(path)
    visit([...nodes], (node) => {
      // The parser leaves bare texts where a display is empty.
      if (typeof node !== 'object' || !('type' in node)) return
      for (const { path: named, optional: may } of includedPaths(node as Ast.Node))
        load(plainPath(named), { file: path, line: lineOfInclude(node as Ast.Node, prepared, named) }, may)
    })
    open.pop()
    return null
  }
  load(main, null, false)
  return { main, files, problems }
}

/** The line of an inclusion. Where braces do not match, the parser loses count: then the text is searched. */
function lineOfInclude(node: Ast.Node, text: string, named: string): number {
  const name = named.replace(/\.(?:tex|sty)$/, '')
  const line = lineOf(node)
  if (text.split('\n')[line - 1]?.includes(name)) return line
  const found = text.indexOf(`{${name}`)
  return text.slice(0, Math.max(0, found)).split('\n').length
}

/** `\iffalse … \fi` is not read by LaTeX: it is blanked out, its lines kept. */
function withoutFalseBranches(text: string): string {
  return text.replace(/\\iffalse\b[\s\S]*?\\fi\b/g, (branch) => branch.replace(/[^\n]/g, ' '))
}

/** What the parser says, in one line; a text that nests beyond its stack says so. */
export const parserMessage = (error: unknown): string =>
  error instanceof RangeError
    ? 'it nests too deeply'
    : error instanceof Error
      ? error.message.split('\n')[0]!
      : String(error)
