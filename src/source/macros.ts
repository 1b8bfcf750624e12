/** The author's macros: collected from the source, checked for circles, expanded in formulas. */
import {
  expandMacros,
  newcommandMacroToName,
  newcommandMacroToSpec,
  newcommandMacroToSubstitutionAst,
} from '@unified-latex/unified-latex-util-macros'
import { InputError, type Place } from '../expression/errors.js'
import { type Ast, argumentText, inside, latexOfNodes, lineOf, parserFor, type Signatures } from './latex-tree.js'
import { delimiters, pairedDelimiter } from './paired-delimiters.js'
import type { SourceProject } from './project.js'

export interface MacroDefinition {
  readonly name: string
  /** Arguments, in xparse's language. */
  readonly signature: string
  /** LaTeX with `#1`, `#2` where the arguments go. */
  readonly body: string
  readonly place: Place
}

export interface Macros {
  readonly definitions: ReadonlyMap<string, MacroDefinition>
  readonly signatures: Signatures
  /** Names that stand for themselves, with why: they are not expanded. */
  readonly circular: ReadonlyMap<string, InputError>
  readonly problems: readonly InputError[]
  /** Texts that stand for the begin or end of an environment (`\be` for `\begin{equation}`), by what is written. */
  readonly shorthands: ReadonlyMap<string, string>
}

const newcommands = new Set([
  'newcommand',
  'renewcommand',
  'providecommand',
  'DeclareRobustCommand',
  'NewDocumentCommand',
  'RenewDocumentCommand',
  'ProvideDocumentCommand',
  'DeclareDocumentCommand',
])
const operators = new Set(['DeclareMathOperator'])
const environments = new Set(['newenvironment', 'renewenvironment'])

/** Whether a node defines something, so that what stands in it is no part of the text. */
export const isDefinition = (node: Ast.Node): boolean =>
  node.type === 'macro' &&
  (newcommands.has(node.content) ||
    operators.has(node.content) ||
    environments.has(node.content) ||
    delimiters.has(node.content))

/**
 * Every macro that the source defines: `\newcommand` and its kin, `\def` with plain parameters, `\let`,
 * `\DeclareMathOperator`, `\DeclarePairedDelimiter`. A later definition takes an earlier one's place, as it mostly does
 * for LaTeX. Macros that are defined by themselves, near or far, are problems with their place and stay unexpanded.
 */
export function collectMacros(project: SourceProject): Macros {
  const definitions = new Map<string, MacroDefinition>()
  const problems: InputError[] = []
  const shorthands = new Map<string, string>()
  for (const { path, nodes } of project.files.values()) {
    const define = (node: Ast.Node, name: string, signature: string, body: string, keep = false): void => {
      const place = { file: path, line: lineOf(node) }
      if (keep && definitions.has(name)) return
      if (name !== '') definitions.set(name, { name, signature, body, place })
    }
    walk(nodes, (siblings, k) => definitionAt(siblings, k, define, { definitions, shorthands, problems, file: path }))
  }
  for (const [name, { body, signature }] of definitions)
    if (signature === '' && opensOrCloses(body)) {
      shorthands.set(`\\${name}`, body.replace(/\s*\n\s*/g, ' '))
      definitions.delete(name)
    }
  const circular = circularOf(definitions)
  return {
    definitions,
    signatures: new Map([...definitions.values()].map(({ name, signature }) => [name, signature])),
    circular,
    problems: [...problems, ...circular.values()],
    shorthands,
  }
}

/** Where `\def\name…{…}` at a position ends, with the name and the body; null where none begins there. */
export function definitionByTex(
  siblings: readonly Ast.Node[],
  k: number,
): { readonly name: string; readonly parameters: string; readonly body: Ast.Group; readonly end: number } | null {
  const node = siblings[k]
  const name = siblings[k + 1]
  if (node?.type !== 'macro' || !/^[egx]?def$/.test(node.content) || name?.type !== 'macro') return null
  let parameters = ''
  for (let at = k + 2; at < siblings.length; at++) {
    const next = siblings[at]!
    if (next.type === 'group') return { name: name.content, parameters, body: next, end: at }
    if (next.type !== 'string' && next.type !== 'whitespace') return null
    if (next.type === 'string') parameters += next.content
  }
  return null
}

function walk(nodes: readonly Ast.Node[], see: (siblings: readonly Ast.Node[], k: number) => void): void {
  nodes.forEach((node, k) => {
    see(nodes, k)
    if (!isDefinition(node)) walk(inside(node), see)
  })
}

interface Collected {
  readonly definitions: ReadonlyMap<string, MacroDefinition>
  readonly shorthands: Map<string, string>
  readonly problems: InputError[]
  readonly file: string
}

type Define = (node: Ast.Node, name: string, signature: string, body: string, keep?: boolean) => void

function definitionAt(
  siblings: readonly Ast.Node[],
  k: number,
  define: Define,
  { definitions, shorthands, problems, file }: Collected,
): void {
  const node = siblings[k]!
  if (node.type !== 'macro') return
  if (newcommands.has(node.content)) {
    const name = newcommandMacroToName(node).replace(/^\\/, '')
    define(
      node,
      name,
      newcommandMacroToSpec(node),
      latexOfNodes(newcommandMacroToSubstitutionAst(node)),
      node.content === 'providecommand',
    )
  } else if (operators.has(node.content)) {
    const [star, name, text] = [argumentText(node, 0), argumentText(node, 1), argumentText(node, 2)]
    define(node, name.replace(/^\\/, ''), '', `\\operatorname${star === '*' ? '*' : ''}{${text}}`)
  } else if (delimiters.has(node.content)) {
    const { name, signature, body } = pairedDelimiter(node)
    define(node, name, signature, body)
  } else if (environments.has(node.content)) environmentAt(node, shorthands)
  else if (/^[egx]?def$/.test(node.content)) definedByTex(siblings, k, define, problems, file)
  else if (node.content === 'let') {
    const rest = siblings.slice(k + 1).filter(({ type }) => type !== 'whitespace')
    const to = rest[1]?.type === 'string' && rest[1].content === '=' ? rest[2] : rest[1]
    if (rest[0]?.type === 'macro' && to?.type === 'macro' && rest[0].content !== to.content) {
      const known = definitions.get(to.content)
      define(node, rest[0].content, known?.signature ?? '', known?.body ?? `\\${to.content}`)
    }
  }
}

/** `\newenvironment{eq}{\begin{equation}}{\end{equation}}` without arguments: another name for an environment. */
function environmentAt(node: Ast.Macro, shorthands: Map<string, string>): void {
  const given = (node.args ?? []).filter(({ openMark }) => openMark === '{').map(({ content }) => latexOfNodes(content))
  const [name, begin, end] = given
  const takesArguments = (node.args ?? []).some(({ openMark }) => openMark === '[')
  if (name === undefined || begin === undefined || end === undefined || takesArguments || !opensOrCloses(begin)) return
  shorthands.set(`\\begin{${name}}`, begin.replace(/\s*\n\s*/g, ' '))
  shorthands.set(`\\end{${name}}`, end.replace(/\s*\n\s*/g, ' '))
}

/** `\def\name#1#2{body}`. */
function definedByTex(
  siblings: readonly Ast.Node[],
  k: number,
  define: Define,
  problems: InputError[],
  file: string,
): void {
  const found = definitionByTex(siblings, k)
  if (found === null) return
  const node = siblings[k]!
  const { name, parameters, body } = found
  if (/^(?:#\d)*$/.test(parameters)) {
    const signature = Array.from({ length: parameters.length / 2 }, () => 'm').join(' ')
    define(node, name, signature, latexOfNodes(body.content))
  } else
    problems.push(
      new InputError(
        `\\def\\${name} takes its arguments between '${parameters}', which is not read; write it with \\newcommand`,
        {
          file,
          line: lineOf(node),
        },
      ),
    )
}

/** Whether a macro's body begins an environment that it does not end, or the other way round. */
const opensOrCloses = (body: string): boolean =>
  (body.match(/\\begin\s*\{/g) ?? []).length !== (body.match(/\\end\s*\{/g) ?? []).length ||
  /^\s*(?:\\\[|\\\]|\$\$)\s*$/.test(body)

/** Puts environments' names in the place of their shorthands; lines stay where they are. */
export function writeOutShorthands(text: string, shorthands: Macros['shorthands']): string {
  let written = text
  for (const [short, long] of shorthands) {
    const pattern = short.replace(/[\\{}*]/g, '\\$&')
    // Not where it is defined, and not where a longer name begins with it.
    const use = new RegExp(
      `(?<!\\\\(?:re)?newcommand\\*?\\{?\\s*|\\\\def\\s*)${pattern}${short.endsWith('}') ? '' : '(?![a-zA-Z@])'}`,
      'g',
    )
    written = written.replace(use, () => long)
  }
  return written
}

const namesIn = (body: string): readonly string[] => [...body.matchAll(/\\([a-zA-Z@]+)/g)].map(([, name]) => name!)

/** The macros that lie on a circle of definitions. */
function circularOf(definitions: ReadonlyMap<string, MacroDefinition>): ReadonlyMap<string, InputError> {
  const found = new Map<string, InputError>()
  const done = new Set<string>()
  const visit = (name: string, chain: readonly string[]): void => {
    const definition = definitions.get(name)
    if (definition === undefined || done.has(name)) return
    const at = chain.indexOf(name)
    if (at >= 0) {
      const circle = chain.slice(at)
      const shown = [...circle, name].map((one) => `\\${one}`).join(' -> ')
      for (const one of circle)
        if (!found.has(one))
          found.set(
            one,
            new InputError(
              `the macro \\${one} is defined by itself (${shown}); define it by what it stands for`,
              definitions.get(one)!.place,
            ),
          )
      return
    }
    for (const next of new Set(namesIn(definition.body))) visit(next, [...chain, name])
    done.add(name)
  }
  for (const name of definitions.keys()) visit(name, [])
  return found
}

/** The longest formula that expansion may make. */
const maximumLength = 20_000

/** Expands the author's macros in formulas, however they are nested. */
export class MacroExpander {
  readonly #bodies: { readonly name: string; readonly body: Ast.Node[] }[]
  readonly #names: ReadonlySet<string>
  readonly #lengths = new Map<string, number>()

  constructor(private readonly macros: Macros) {
    const parse = parserFor(macros.signatures, 'math')
    const usable = [...macros.definitions.values()].filter(({ name }) => !macros.circular.has(name))
    this.#bodies = usable.map(({ name, body }) => ({ name, body: parse(body) }))
    this.#names = new Set(usable.map(({ name }) => name))
  }

  /** How long a text becomes, arguments left out: known before anything is expanded. */
  #expandedLength(latex: string): number {
    const names = namesIn(latex).filter((name) => this.#names.has(name))
    return Math.min(Number.MAX_SAFE_INTEGER, latex.length + names.reduce((sum, name) => sum + this.#lengthOf(name), 0))
  }

  #lengthOf(name: string): number {
    const known = this.#lengths.get(name) ?? this.#expandedLength(this.macros.definitions.get(name)!.body)
    this.#lengths.set(name, known)
    return known
  }

  /** The nodes with the macros written out; `defect` says why some are not: defined by themselves, or beyond measure. */
  expand(nodes: readonly Ast.Node[]): { readonly nodes: readonly Ast.Node[]; readonly defect: string | null } {
    const tree: Ast.Root = { type: 'root', content: structuredClone([...nodes]) }
    const tooLong = { nodes, defect: `its macros expand to more than ${maximumLength} characters; write them out` }
    if (this.#expandedLength(latexOfNodes(nodes)) > maximumLength) return tooLong
    for (let round = 0; round <= this.#bodies.length; round++) {
      if (![...macroNames(tree.content)].some((name) => this.#names.has(name))) break
      expandMacros(tree, this.#bodies)
      if (latexOfNodes(tree.content).length > maximumLength) return tooLong
    }
    const circular = [...macroNames(tree.content)].map((name) => this.macros.circular.get(name))
    return { nodes: tree.content, defect: circular.find((error) => error !== undefined)?.message ?? null }
  }
}

function macroNames(nodes: readonly Ast.Node[]): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (list: readonly Ast.Node[]): void => {
    for (const node of list) {
      if (node.type === 'macro') names.add(node.content)
      visit(inside(node))
    }
  }
  visit(nodes)
  return names
}
