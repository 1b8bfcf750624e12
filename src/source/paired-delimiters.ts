import { type Ast, latexOfNodes } from './latex-tree.js'

/** mathtools' definitions of brackets that grow. */
export const delimiters: ReadonlySet<string> = new Set([
  'DeclarePairedDelimiter',
  'DeclarePairedDelimiterX',
  'DeclarePairedDelimiterXPP',
])

/**
 * `\DeclarePairedDelimiterX{\inner}[2]{\langle}{\rangle}{#1, #2}` and its kin as a macro: the star and the size that a use may
 * have come before its arguments.
 */
export function pairedDelimiter(node: Ast.Macro): {
  readonly name: string
  readonly signature: string
  readonly body: string
} {
  const given = (mark: string): readonly string[] =>
    (node.args ?? []).filter(({ openMark }) => openMark === mark).map(({ content }) => latexOfNodes(content))
  const [name = '', ...rest] = given('{')
  const count = Number(given('[')[0] ?? 1)
  const plain = node.content === 'DeclarePairedDelimiter'
  const [before, left, right, after, body] =
    node.content === 'DeclarePairedDelimiterXPP' ? rest : ['', rest[0], rest[1], '', plain ? '#1' : rest[2]]
  const moved = (text = ''): string =>
    text.replace(/\\delimsize(?![a-zA-Z])/g, '').replace(/#(\d)/g, (_, k: string) => `#${Number(k) + 2}`)
  return {
    name: name.replace(/^\\/, ''),
    signature: ['s', 'o', ...Array.from({ length: count }, () => 'm')].join(' '),
    body: `${moved(before)}\\left${left} ${moved(body)} \\right${right}${moved(after)}`,
  }
}
