/** Parses a file of LaTeX so that a slip in one display leaves the others readable. */
import { InputError } from '../expression/errors.js'
import { type Ast, inside, lineOf, parserFor, type Signatures } from './latex-tree.js'
import { definitionByTex, isDefinition } from './macros.js'
import { parserMessage } from './project.js'

export type ParsedPart =
  | { readonly kind: 'text'; readonly nodes: readonly Ast.Node[] }
  /** A display that does not parse: its environment, and what stands in it. */
  | {
      readonly kind: 'broken'
      readonly name: string
      readonly line: number
      readonly text: string
      readonly defect: string
    }

export interface ParsedParts {
  readonly parts: readonly ParsedPart[]
  readonly problems: readonly InputError[]
}

/**
 * Parses a file whole where it is sound. Where braces or environments do not match, it is cut at its displays and each
 * part is parsed by itself: what is wrong stays in its part, and is a problem with file and line.
 */
export function parseInParts(
  file: string,
  text: string,
  signatures: Signatures,
  isDisplay: (name: string) => boolean,
): ParsedParts {
  const parse = parserFor(signatures)
  const whole = attempt(parse, text)
  if (typeof whole !== 'string' && strayPiece(whole) === null)
    return { parts: [{ kind: 'text', nodes: whole }], problems: [] }
  const parts: ParsedPart[] = []
  const problems: InputError[] = []
  const problem = (detail: string, line: number): void => {
    problems.push(new InputError(detail, { file, line }))
  }
  for (const piece of cut(blankComments(text), text, isDisplay)) {
    // Empty lines before it keep the parser's count of lines.
    const parsed = attempt(parse, '\n'.repeat(piece.line - 1) + piece.text)
    if (piece.name === null) {
      if (typeof parsed === 'string') problem(parsed, piece.line)
      else parts.push({ kind: 'text', nodes: parsed })
      if (typeof parsed !== 'string') {
        const stray = strayPiece(parsed, true)
        if (stray !== null) problem(stray.detail, stray.line)
      }
      continue
    }
    const display =
      typeof parsed === 'string' ? null : parsed.filter(({ type }) => type !== 'whitespace' && type !== 'parbreak')
    const sound = piece.closed && display?.length === 1 && strayPiece(display) === null
    if (sound) parts.push({ kind: 'text', nodes: display })
    else {
      const why = piece.closed ? 'its braces do not match' : `it is never ended by \\end{${piece.name}}`
      const defect = typeof parsed === 'string' ? parsed : `the display \\begin{${piece.name}} does not parse: ${why}`
      problem(defect, piece.line)
      const content = piece.text.replace(/^\\begin\s*\{[^}]*\}/, '').replace(/\\end\s*\{[^}]*\}\s*$/, '')
      parts.push({ kind: 'broken', name: piece.name, line: piece.line, text: content, defect })
    }
  }
  return { parts, problems }
}

/** The nodes, or why there are none. */
function attempt(parse: (text: string) => readonly Ast.Node[], text: string): readonly Ast.Node[] | string {
  try {
    return parse(text)
  } catch (error) {
    return `it cannot be parsed: ${parserMessage(error)}`
  }
}

interface Stray {
  readonly detail: string
  readonly line: number
}

/** The first brace, dollar sign or begin or end of an environment that has no partner, definitions left out. */
function strayPiece(nodes: readonly Ast.Node[], inParts = false): Stray | null {
  for (let k = 0; k < nodes.length; k++) {
    const node = nodes[k]!
    const definition = definitionByTex(nodes, k)
    if (definition !== null) {
      k = definition.end
      continue
    }
    if (isDefinition(node)) continue
    const line = lineOf(node)
    // Where the file is cut at its displays, environments around them are cut too.
    if (!inParts && node.type === 'macro' && (node.content === 'begin' || node.content === 'end'))
      return { detail: `this \\${node.content} has no partner`, line }
    if (node.type === 'string' && (node.content === '{' || node.content === '}' || node.content === '$'))
      return { detail: `this '${node.content}' has no partner`, line }
    const below = strayPiece(inside(node), inParts)
    if (below !== null) return below
  }
  return null
}

interface Piece {
  readonly text: string
  readonly line: number
  /** The display environment that the piece is; null for what stands between displays. */
  readonly name: string | null
  readonly closed: boolean
}

/** The text cut at its displays. */
function cut(scanned: string, text: string, isDisplay: (name: string) => boolean): readonly Piece[] {
  const pieces: Piece[] = []
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  let from = 0
  const between = (to: number): void => {
    if (text.slice(from, to).trim() !== '')
      pieces.push({ text: text.slice(from, to), line: lineAt(from), name: null, closed: true })
  }
  const begin = /\\begin\s*\{([a-zA-Z]+\*?)\}/g
  for (let found = begin.exec(scanned); found !== null; found = begin.exec(scanned)) {
    const name = found[1]!
    if (!isDisplay(name)) continue
    between(found.index)
    const rest = scanned.slice(found.index + found[0].length)
    const end = new RegExp(`\\\\end\\s*\\{${name.replace('*', '\\*')}\\}`).exec(rest)
    const next = nextDisplay(rest, isDisplay)
    const closed = end !== null && (next === null || end.index < next)
    const paragraph = /\n\s*\n/.exec(rest)?.index ?? rest.length
    const length = closed ? end.index + end[0].length : Math.min(next ?? rest.length, paragraph)
    const to = found.index + found[0].length + length
    pieces.push({ text: text.slice(found.index, to), line: lineAt(found.index), name, closed })
    from = to
    begin.lastIndex = to
  }
  between(text.length)
  return pieces
}

function nextDisplay(text: string, isDisplay: (name: string) => boolean): number | null {
  for (const found of text.matchAll(/\\begin\s*\{([a-zA-Z]+\*?)\}/g)) if (isDisplay(found[1]!)) return found.index
  return null
}

/** Comments as spaces, so that what is commented out is not found. */
const blankComments = (text: string): string =>
  text.replace(
    /(?<!\\)((?:\\\\)*)%[^\n]*/g,
    (comment: string, slashes: string) => slashes + ' '.repeat(comment.length - slashes.length),
  )
