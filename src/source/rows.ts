/** A display cut into the formulas that it states: rows of an alignment, continued lines joined. */

import { type Ast, argumentText, inside, isMacro, latexOfNodes } from './latex-tree.js'
import { writeOutPackageMacros } from './package-macros.js'
import { trimLatexEnd } from './trim-latex.js'

/** One row of a display. */
export interface Row {
  readonly latex: string
  readonly label: string | null
  readonly tag: string | null
  /** Whether \nonumber or \notag stands in it. */
  readonly unnumbered: boolean
  /** Of the file. */
  readonly line: number
  /** Why its macros could not all be written out. */
  readonly defect: string | null
}

/** Formulas that stand in the order of the rows; `number` says which row carries the number, where one does. */
export interface RowGroup {
  readonly rows: readonly Row[]
}

const layout = new Set([
  'label',
  'tag',
  'nonumber',
  'notag',
  'intertext',
  'shortintertext',
  'displaybreak',
  'allowdisplaybreaks',
  'noindent',
  'hline',
  'hfill',
  'qedhere',
  'IEEEnonumber',
  'IEEEyesnumber',
  'IEEEyessubnumber',
  'IEEEeqnarraynumspace',
  'MoveEqLeft',
])

/** The nodes of each row of a display: cut at every `\\` of its own where `split` says so, otherwise one row. */
export function cutRows(nodes: readonly Ast.Node[], split: boolean): readonly (readonly Ast.Node[])[] {
  const rows: Ast.Node[][] = [[]]
  for (const node of nodes) {
    if (!isMacro(node, '\\')) rows.at(-1)!.push(node)
    else if (split) rows.push([])
  }
  return rows
}

/** Reads a row whose macros are written out. @param columns whether every second `&` stands between two formulas */
export function readRow(nodes: readonly Ast.Node[], line: number, defect: string | null, columns = false): Row {
  const found = { label: null as string | null, tag: null as string | null, unnumbered: false }
  let ampersands = 0
  const kept = withoutLayout(nodes, found).flatMap((node): readonly Ast.Node[] => {
    if (node.type !== 'string' || node.content !== '&') return [node]
    ampersands += 1
    return columns && ampersands % 2 === 0 ? [{ type: 'macro', content: 'qquad' }, { type: 'whitespace' }] : []
  })
  const latex = writeOutPackageMacros(latexOfNodes(kept)).replace(/\s+/g, ' ').trim()
  return { latex, ...found, line, defect }
}

/** Takes labels, tags and what is no formula out, wherever it stands. */
function withoutLayout(
  nodes: readonly Ast.Node[],
  found: { label: string | null; tag: string | null; unnumbered: boolean },
): Ast.Node[] {
  return nodes.flatMap((node): Ast.Node[] => {
    if (node.type === 'comment') return []
    if (node.type === 'macro' && layout.has(node.content)) {
      if (node.content === 'label') found.label ??= argumentText(node, -1)
      if (node.content === 'tag') found.tag ??= argumentText(node, -1)
      if (/^(?:nonumber|notag|IEEEnonumber)$/.test(node.content)) found.unnumbered = true
      if (node.content === 'IEEEyesnumber') found.unnumbered = false
      return []
    }
    if (inside(node).length === 0) return [node]
    const content =
      'content' in node && Array.isArray(node.content) ? { content: withoutLayout(node.content, found) } : {}
    const args =
      'args' in node && node.args
        ? { args: node.args.map((a) => ({ ...a, content: withoutLayout(a.content, found) })) }
        : {}
    return [{ ...node, ...args, ...content } as Ast.Node]
  })
}

const lead =
  /^(?:\{\s*\}|\\[,;:!> ]|\\(?:quad|qquad|hspace\s*\{[^}]*\}|phantom\s*\{[^}]*\}|displaystyle)(?![a-zA-Z])|\s)+/
const relation =
  /^(?:=|<|>|:=|\\(?:approx|leq?|geq?|equiv|sim|simeq|cong|propto|ll|gg|to|rightarrow|leqslant|geqslant)(?![a-zA-Z]))/
const operator = /^(?:[+\-*/)\]|]|\\(?:times|cdot|pm|mp|right|[bB]igg?r|\})(?![a-zA-Z]))/
const unfinished = /(?:[=+\-*/<>([]|\\(?:times|cdot|approx|leq?|geq?|equiv|sim|simeq|propto|pm|mp))\s*$/

const bare = (latex: string): string => latex.replace(lead, '')

/** A row without the null delimiter that it may begin with. */
const inner = (latex: string): string => bare(bare(latex).replace(/^\\left\s*\./, ''))

/** Whether a row goes on with the formula of the row before it. */
const continues = (row: Row, before: Row): boolean =>
  relation.test(inner(row.latex)) ||
  operator.test(inner(row.latex)) ||
  unfinished.test(before.latex) ||
  isOpen(before.latex)

/** Whether brackets that a row opens are closed in a later one. */
function isOpen(latex: string): boolean {
  const count = (pattern: RegExp): number => (latex.match(pattern) ?? []).length
  return (
    count(/\\left(?![a-zA-Z])/g) > count(/\\right(?![a-zA-Z])/g) ||
    count(/(?<!\\)[([]|\\\{/g) > count(/(?<!\\)[)\]]|\\\}/g)
  )
}

/**
 * Rows joined where one goes on with another's formula, as long as at most one of them has a number. A row without number
 * that begins with a relation belongs to the numbered row which goes on with it, where the rows above have theirs already.
 */
export function joinRows(rows: readonly Row[], numbered: (row: Row) => boolean): readonly RowGroup[] {
  const groups: Row[][] = []
  rows.forEach((row, k) => {
    const group = groups.at(-1)
    const before = rows[k - 1]
    const has = group?.some(numbered) ?? false
    const goesOn = before !== undefined && continues(row, before)
    const next = rows[k + 1]
    const belongsBelow =
      has &&
      !numbered(row) &&
      relation.test(bare(row.latex)) &&
      next !== undefined &&
      numbered(next) &&
      operator.test(bare(next.latex))
    if (group !== undefined && goesOn && !(has && numbered(row)) && !belongsBelow) group.push(row)
    else groups.push([row])
  })
  return groups.map((group) => ({ rows: group }))
}

/** A group's formula. */
export const groupLatex = ({ rows }: RowGroup): string =>
  trimLatexEnd(
    rows
      .map(({ latex }) => bare(latex))
      .join(' ')
      // Brackets that go over a line are closed and opened by nothing there.
      .replace(/\\right\s*\.\s*\\left\s*\./g, ' '),
  ).trim()
