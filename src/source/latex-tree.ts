/** The parser of LaTeX documents, told what the importer needs to know of LaTeX's own commands, and small helpers on its trees. */
import type * as Ast from '@unified-latex/unified-latex-types'
import { getParser } from '@unified-latex/unified-latex-util-parse'
import { toString as textOf } from '@unified-latex/unified-latex-util-to-string'

export type { Ast }

/** How many arguments a user's macro takes, by its name, in the signature language of LaTeX's xparse (`O{a} m`). */
export type Signatures = ReadonlyMap<string, string>

const ownSignatures: Readonly<Record<string, { readonly signature: string }>> = {
  tag: { signature: 's m' },
  subfile: { signature: 'm' },
  usepackage: { signature: 'o m' },
  RequirePackage: { signature: 'o m' },
  numberwithin: { signature: 'm m' },
  counterwithin: { signature: 's m m' },
  setcounter: { signature: 'm m' },
  addtocounter: { signature: 'm m' },
  DeclarePairedDelimiter: { signature: 'm m m' },
  DeclarePairedDelimiterX: { signature: 'm o m m m' },
  DeclarePairedDelimiterXPP: { signature: 'm o m m m m m' },
  intertext: { signature: 'm' },
  shortintertext: { signature: 'm' },
}

const mathMode = { renderInfo: { inMathMode: true } } as const
const ownEnvironments = {
  eqnarray: mathMode,
  'eqnarray*': mathMode,
  alignat: { signature: 'm', ...mathMode },
  'alignat*': { signature: 'm', ...mathMode },
  ...Object.fromEntries(
    ['IEEEeqnarray', 'IEEEeqnarray*', 'IEEEeqnarraybox', 'empheq', 'empheq*'].map((name) => [
      name,
      { signature: 'o m', ...mathMode },
    ]),
  ),
  ...Object.fromEntries(['xalignat', 'xxalignat', 'xalignat*'].map((name) => [name, { signature: 'm', ...mathMode }])),
  dmath: mathMode,
  'dmath*': mathMode,
}

/** A parser that knows these macros' arguments. It never refuses a text, but leaves what does not fit as stray pieces. */
export function parserFor(signatures: Signatures, mode: 'regular' | 'math' = 'regular'): (text: string) => Ast.Node[] {
  const macros = Object.fromEntries([...signatures].map(([name, signature]) => [name, { signature }]))
  const parser = getParser({
    mode,
    macros: { ...ownSignatures, ...macros },
    environments: ownEnvironments,
    flags: { autodetectExpl3AndAtLetter: true },
  })
  return (text) => parser.parse(text).content.filter(isNode)
}

/** The LaTeX of nodes, comments left out. */
export const latexOfNodes = (nodes: readonly Ast.Node[]): string => textOf([...nodes]).trim()

/** The LaTeX of a macro's argument, counted from 0; empty where it is not given. */
export function argumentText(node: Ast.Macro | Ast.Environment, position: number): string {
  const argument = node.args?.at(position)
  return argument === undefined ? '' : latexOfNodes(argument.content)
}

/** The parser leaves bare texts in the place of nodes in a few displays: they are none. */
const isNode = (node: Ast.Node): boolean => typeof node === 'object' && node !== null

/** The nodes inside a node, its arguments first. */
export function inside(node: Ast.Node): readonly Ast.Node[] {
  const own = 'args' in node && node.args ? node.args.flatMap(({ content }) => content) : []
  const all = 'content' in node && Array.isArray(node.content) ? [...own, ...node.content] : own
  return all.filter(isNode)
}

/** An environment's name, `equation*`. */
export const environmentName = (node: Ast.Environment): string => {
  const env: unknown = node.env
  if (typeof env === 'string') return env
  // The parser keeps the names of some environments as a node.
  return typeof env === 'object' && env !== null && 'content' in env ? String(env.content) : ''
}

export const isMacro = (node: Ast.Node | undefined, name: string): node is Ast.Macro =>
  node?.type === 'macro' && node.content === name

/** The line on which a node begins, counted from 1. */
export const lineOf = (node: Ast.Node): number => node.position?.start.line ?? 1
