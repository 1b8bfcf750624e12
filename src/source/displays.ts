/** Walks a paper's source from its first line to its last and gathers its displays with their numbers, labels and sections. */
import type { InputError } from '../expression/errors.js'
import { type CounterName, Counters } from './counters.js'
import { type Ast, argumentText, environmentName, inside, latexOfNodes, lineOf } from './latex-tree.js'
import { collectMacros, definitionByTex, isDefinition, MacroExpander, writeOutShorthands } from './macros.js'
import { type ParsedPart, parseInParts } from './parse-in-parts.js'
import { includedPaths, plainPath, type SourceProject } from './project.js'
import { cutRows, groupLatex, joinRows, type Row, readRow } from './rows.js'

/** One formula that the source displays. */
export interface SourceDisplay {
  /** With the author's macros written out, without labels and tags. */
  readonly latex: string
  /** As on the page, without brackets: `3`, `B.1`, `4a`; null where it has none. */
  readonly number: string | null
  readonly label: string | null
  /** The section's number, or its title where it has none; null before the first. */
  readonly section: string | null
  readonly file: string
  readonly line: number
  /** Why it could not be taken from the source as it stands there. */
  readonly defect: string | null
}

export interface SourceDisplays {
  readonly displays: readonly SourceDisplay[]
  readonly problems: readonly InputError[]
  readonly title: string | null
  readonly authors: readonly string[]
}

const rowEnvironments = new Set([
  'align',
  'align*',
  'flalign',
  'flalign*',
  'alignat',
  'alignat*',
  'gather',
  'gather*',
  'eqnarray',
  'eqnarray*',
])
const wholeEnvironments = new Set(['equation', 'equation*', 'multline', 'multline*', 'dmath', 'dmath*', 'displaymath'])
/** Environments whose content is no text of the paper. */
const skipped = new Set([
  'comment',
  'verbatim',
  'lstlisting',
  'tikzpicture',
  'filecontents',
  'minted',
  'thebibliography',
])
const sections: ReadonlySet<string> = new Set(['chapter', 'section', 'subsection', 'subsubsection'])

export const isDisplayEnvironment = (name: string): boolean => rowEnvironments.has(name) || wholeEnvironments.has(name)

/** Gathers the displays of a source. What cannot be understood is a problem with file and line; the rest is gathered. */
export function gatherDisplays(project: SourceProject): SourceDisplays {
  const macros = collectMacros(project)
  const walker = new Walker(project, macros)
  walker.file(project.main)
  return {
    displays: walker.displays,
    problems: [...project.problems, ...macros.problems, ...walker.problems],
    title: walker.title,
    authors: walker.authors,
  }
}

class Walker {
  readonly displays: SourceDisplay[] = []
  readonly problems: InputError[] = []
  title: string | null = null
  authors: readonly string[] = []
  readonly #expander: MacroExpander
  #counters = new Counters()
  #section: string | null = null
  #file = ''
  #open: readonly string[] = []

  constructor(
    private readonly project: SourceProject,
    private readonly macros: ReturnType<typeof collectMacros>,
  ) {
    this.#expander = new MacroExpander(macros)
  }

  file(path: string): void {
    const source = this.project.files.get(path)
    if (source === undefined || this.#open.includes(path)) return
    const outer = this.#file
    this.#file = path
    this.#open = [...this.#open, path]
    const { parts, problems } = parseInParts(
      path,
      writeOutShorthands(source.text, this.macros.shorthands),
      this.macros.signatures,
      isDisplayEnvironment,
    )
    this.problems.push(...problems)
    for (const part of parts) this.#part(part)
    this.#open = this.#open.slice(0, -1)
    this.#file = outer
  }

  #part(part: ParsedPart): void {
    if (part.kind === 'text') this.#nodes(part.nodes)
    else this.#broken(part)
  }

  #nodes(nodes: readonly Ast.Node[]): void {
    for (let k = 0; k < nodes.length; k++) {
      const definition = definitionByTex(nodes, k)
      if (definition === null) this.#node(nodes[k]!)
      else {
        this.#format(definition.name, latexOfNodes(definition.body.content))
        k = definition.end
      }
    }
  }

  #node(node: Ast.Node): void {
    if (node.type === 'comment' || node.type === 'verbatim' || node.type === 'verb') return
    if (node.type === 'macro') {
      this.#macro(node)
      return
    }
    if (node.type === 'displaymath') {
      this.#display(node.content, { line: lineOf(node), numbered: false, split: false })
      return
    }
    if (node.type === 'environment' || node.type === 'mathenv') {
      this.#environment(node)
      return
    }
    this.#nodes(inside(node))
  }

  #environment(node: Ast.Environment): void {
    const name = environmentName(node)
    if (skipped.has(name)) return
    if (isDisplayEnvironment(name)) {
      this.#display(node.content, { line: lineOf(node), numbered: isNumbered(name), split: rowEnvironments.has(name) })
      return
    }
    if (name === 'subequations') {
      const end = this.#counters.subequations()
      this.#nodes(node.content)
      end()
      return
    }
    if (name === 'appendices') this.#counters.appendix()
    this.#nodes(inside(node))
  }

  #macro(node: Ast.Macro): void {
    const { content: name } = node
    const first = argumentText(node, 0)
    if (isDefinition(node)) {
      const given = (node.args ?? []).filter(({ openMark }) => openMark === '{')
      const [defined, body] = given.map(({ content }) => latexOfNodes(content))
      this.#format(defined?.slice(1) ?? '', body ?? '')
      return
    }
    for (const { path } of includedPaths(node)) this.file(plainPath(path))
    if (name === 'documentclass') this.#counters = new Counters(argumentText(node, 1))
    else if (name === 'title') this.title = plain(argumentText(node, -1))
    else if (name === 'author') this.authors = [...this.authors, ...authorsIn(argumentText(node, -1))]
    else if (name === 'appendix') this.#counters.appendix()
    else if (name === 'setcounter') this.#counters.set(first, Number(argumentText(node, 1)))
    else if (name === 'addtocounter') this.#counters.add(first, Number(argumentText(node, 1)))
    else if (name === 'numberwithin') this.#counters.within(first, argumentText(node, 1))
    else if (name === 'counterwithin') this.#counters.within(argumentText(node, 1), argumentText(node, 2))
    else if (sections.has(name)) this.#heading(node, name as CounterName)
    else this.#nodes(inside(node))
  }

  #heading(node: Ast.Macro, name: CounterName): void {
    const starred = argumentText(node, 0) === '*'
    const title = plain(argumentText(node, -1))
    if (starred) this.#section = title === '' ? null : title
    else {
      this.#counters.step(name)
      this.#section = this.#counters.print(name)
    }
  }

  /** \renewcommand{\theequation}{…} says how equations are numbered from here on. */
  #format(name: string, latex: string): void {
    const counter = /^the([a-z]+)$/.exec(name)?.[1]
    if (counter !== undefined) this.#counters.format(counter, latex)
  }

  #display(nodes: readonly Ast.Node[], { line, numbered, split }: DisplayKind): void {
    const rows = cutRows(nodes, split).map((row): Row => {
      const { nodes: expanded, defect } = this.#expander.expand(row)
      const first = row.find(({ type, position }) => type !== 'whitespace' && position !== undefined)
      // The parser reads some displays twice and then counts their lines anew.
      return readRow(expanded, Math.max(line, first === undefined ? 0 : lineOf(first)), defect)
    })
    const carries = (row: Row): boolean => row.tag !== null || (numbered && !row.unnumbered)
    // An empty last row, behind a final `\\`, is no formula, but LaTeX numbers it.
    for (const group of joinRows(rows, carries)) {
      const carrier = group.rows.find(carries)
      let number: string | null = null
      if (carrier !== undefined) number = (carrier.tag && plain(carrier.tag)) ?? this.#nextNumber()
      const latex = groupLatex(group)
      if (latex === '') continue
      const label = group.rows.map((row) => row.label).find((one) => one !== null) ?? null
      this.displays.push({
        latex,
        number,
        label,
        section: this.#section,
        file: this.#file,
        line: group.rows[0]!.line,
        defect: group.rows.map((row) => row.defect).find((one) => one !== null) ?? null,
      })
    }
  }

  #nextNumber(): string {
    this.#counters.step('equation')
    return this.#counters.print('equation')
  }

  /** A display that does not parse keeps its place and its number. */
  #broken({ name, line, text, defect }: Extract<ParsedPart, { readonly kind: 'broken' }>): void {
    const number = isNumbered(name) ? this.#nextNumber() : null
    const label = /\\label\s*\{([^{}]*)\}/.exec(text)?.[1] ?? null
    this.displays.push({
      latex: text.replace(/\\label\s*\{[^{}]*\}|\s+/g, ' ').trim(),
      number,
      label,
      section: this.#section,
      file: this.#file,
      line,
      defect,
    })
  }
}

interface DisplayKind {
  readonly line: number
  readonly numbered: boolean
  /** Whether its rows are formulas of their own. */
  readonly split: boolean
}

const isNumbered = (name: string): boolean => !name.endsWith('*') && name !== 'displaymath'

/** A title or a name without commands. */
const plain = (latex: string): string =>
  latex
    .replace(/\\\\|~/g, ' ')
    .replace(/\\(?:thanks|footnote|inst|orcid|affil)\s*\{[^{}]*\}/g, '')
    .replace(/\\[a-zA-Z]+\*?|[{}$]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const authorsIn = (latex: string): readonly string[] =>
  latex
    .split(/\\and(?![a-zA-Z])|\\AND(?![a-zA-Z])|\\And(?![a-zA-Z])|,\s|\band\b/)
    .map((one) => plain(one.split('\\\\')[0]!))
    .filter((one) => one !== '')
