/** Walks a paper's source from its first line to its last and gathers its displays with their numbers, labels and sections. */
import type { InputError } from '../expression/errors.js'
import { type CounterName, Counters } from './counters.js'
import { hasColumns, hasRows, isDisplayEnvironment, isNumbered, isSkipped } from './environments.js'
import { type Ast, argumentText, environmentName, inside, latexOfNodes, lineOf } from './latex-tree.js'
import { collectMacros, definitionByTex, isDefinition, MacroExpander, writeOutShorthands } from './macros.js'
import { writeOutPackageMacros } from './package-macros.js'
import { type ParsedPart, parseInParts } from './parse-in-parts.js'
import { includedPaths, plainPath, type SourceProject } from './project.js'
import { cutRows, groupLatex, joinRows, type Row, readRow } from './rows.js'
import { followingSentence, leadingSentence } from './sentence.js'
import { formulasIn } from './split-formulas.js'

/** One formula that the source displays. */
export interface SourceDisplay {
  /** With the author's macros written out, without labels and tags. */
  readonly latex: string
  /** As on the page, without brackets: `3`, `B.1`, `4a`; null where it has none. */
  readonly number: string | null
  readonly label: string | null
  /** Which of several formulas of one display it is: `a`, `b`; null where it is the only one. */
  readonly part: string | null
  /** What the display says about when it holds; null where it says nothing. */
  readonly condition: string | null
  /** What the text around it says of it; null where it says nothing that could be taken. */
  readonly said: string | null
  /** The section's number, or its title where it has none; null before the first. */
  readonly section: string | null
  /** The title of the section, numbered or not; null before the first. */
  readonly title: string | null
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

/** Macros whose arguments are keys, and no words of the text. */
const references =
  /^(?:label|\w*ref|\w*cite\w*|bibliography\w*|usepackage|RequirePackage|includegraphics|input|include|footnote|thanks|affiliation|email|title|author|date)$/
const sections: ReadonlySet<string> = new Set(['chapter', 'section', 'subsection', 'subsubsection'])

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
  #title: string | null = null
  /** Running text since the last display, heading or paragraph's end. */
  #text = ''
  /** From which display on nothing has been said of them yet. */
  #unsaid: number | null = null
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
    if (node.type === 'string' || node.type === 'whitespace' || node.type === 'inlinemath') {
      this.#text +=
        node.type === 'whitespace' ? ' ' : node.type === 'string' ? node.content : this.#inline(node.content)
      return
    }
    if (node.type === 'parbreak') this.#endText()
    if (node.type === 'macro') {
      this.#macro(node)
      return
    }
    if (node.type === 'displaymath') {
      this.#display(node.content, { line: lineOf(node), numbered: false, split: false, columns: false })
      return
    }
    if (node.type === 'environment' || node.type === 'mathenv') {
      this.#environment(node)
      return
    }
    this.#nodes(inside(node))
  }

  /** A formula of the running text, with the macros of the source and of packages written out. */
  #inline(nodes: readonly Ast.Node[]): string {
    const latex = latexOfNodes(nodes)
    return /\\[a-zA-Z]/.test(latex) ? writeOutPackageMacros(latexOfNodes(this.#expander.expand(nodes).nodes)) : latex
  }

  #environment(node: Ast.Environment): void {
    const name = environmentName(node)
    if (isSkipped(name)) return
    if (isDisplayEnvironment(name)) {
      // `\begin{empheq}[left=…]{align}` displays what its argument says.
      const like = name.startsWith('empheq') ? plain(argumentText(node, -1)) || name : name
      const kind = { line: lineOf(node), numbered: isNumbered(like), split: hasRows(like), columns: hasColumns(like) }
      this.#display(node.content, kind)
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
    else if (!references.test(name)) this.#nodes(inside(node))
  }

  #heading(node: Ast.Macro, name: CounterName): void {
    this.#endText()
    const starred = argumentText(node, 0) === '*'
    const title = plain(argumentText(node, -1))
    this.#title = title === '' ? null : title
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

  #display(nodes: readonly Ast.Node[], { line, numbered, split, columns }: DisplayKind): void {
    const first = this.displays.length
    const rows = cutRows(nodes, split).map((row): Row => {
      const { nodes: expanded, defect } = this.#expander.expand(row)
      const opening = row.find(({ type, position }) => type !== 'whitespace' && position !== undefined)
      // The parser reads some displays twice and then counts their lines anew.
      return readRow(expanded, Math.max(line, opening === undefined ? 0 : lineOf(opening)), defect, columns)
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
      const parts = formulasIn(latex)
      const common = { number, label, ...this.#surroundings(), line: group.rows[0]!.line }
      const defect = group.rows.map((row) => row.defect).find((one) => one !== null) ?? null
      parts.forEach((part, k) => {
        this.displays.push({ ...common, ...part, part: parts.length === 1 ? null : letterOf(k), defect })
      })
    }
    this.#endText(this.displays.length > first ? first : null)
  }

  /** Where a display stands, and what the text before it leads to. */
  #surroundings(): Pick<SourceDisplay, 'section' | 'title' | 'file' | 'said'> {
    return { section: this.#section, title: this.#title, file: this.#file, said: leadingSentence(this.#text) }
  }

  /** The text is over: displays of which nothing was said are spoken of in what followed them. `from`: the next such ones. */
  #endText(from: number | null = null): void {
    const said = this.#unsaid === null ? null : followingSentence(this.#text)
    for (let k = this.#unsaid ?? this.displays.length; said !== null && k < (from ?? this.displays.length); k++)
      this.displays[k] = { ...this.displays[k]!, said: this.displays[k]!.said ?? said }
    this.#unsaid = from
    this.#text = ''
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
      part: null,
      condition: null,
      latex: text.replace(/\\label\s*\{[^{}]*\}|\s+/g, ' ').trim(),
      number,
      label,
      ...this.#surroundings(),
      line,
      defect,
    })
    this.#endText()
  }
}

interface DisplayKind {
  readonly line: number
  readonly numbered: boolean
  /** Whether its rows are formulas of their own. */
  readonly split: boolean
  /** Whether several formulas stand in a row. */
  readonly columns: boolean
}

const letterOf = (k: number): string => (k < 26 ? String.fromCharCode(97 + k) : String(k + 1))

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
