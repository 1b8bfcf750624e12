import { CST, Lexer } from 'yaml'
import { LimitError } from '../../expression/errors.js'

/** How deep a paper's YAML may nest: ten times what papers need. */
const maximumDepth = 64
/** How many tokens one file may hold: five times what the largest of the papers shipped has, read in a fraction of a second. */
const maximumTokens = 50_000

const indicators: ReadonlySet<string | null> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])
const properties: ReadonlySet<string | null> = new Set(['tag', 'anchor'])

/**
 * Refuses YAML that nests deeper than 64 levels or holds more than 50,000 tokens. The parser recurses, takes time without
 * measure on some deep documents, and goes on after an error, so that each of a hundred thousand quotation marks is a
 * malformed text of its own; its lexer does none of this, so that both are counted in what the lexer gives. Levels are
 * brackets that are open, lines that are indented more and more, and marks of items, keys and values that follow one another.
 *
 * @throws LimitError with file and line
 */
export function refuseExcess(file: string, text: string): void {
  let line = 1
  let tokens = 0
  let brackets = 0
  let marks = 0
  let indents: number[] = []
  let indent: number | null = 0
  for (const token of new Lexer().lex(text)) {
    tokens += 1
    if (tokens > maximumTokens)
      throw new LimitError(`more than ${maximumTokens} YAML tokens; split it into several files`, { file, line })
    const type = CST.tokenType(token)
    const atStart = indent
    if (type === 'newline') {
      line += 1
      if (brackets === 0) marks = 0
      indent = 0
      continue
    }
    if (type === 'space' && indent !== null) {
      indent += token.length
      continue
    }
    if (type === 'space' || type === 'comment') continue
    indent = null
    if (atStart !== null && brackets === 0) indents = [...indents.filter((earlier) => earlier < atStart), atStart]
    if (type === 'flow-seq-start' || type === 'flow-map-start') brackets += 1
    else if (type === 'flow-seq-end' || type === 'flow-map-end') brackets = Math.max(0, brackets - 1)
    else if (type === 'comma') marks = 0
    else if (indicators.has(type) || properties.has(type)) marks += 1
    if (brackets + marks + indents.length > maximumDepth)
      throw new LimitError(`it nests deeper than ${maximumDepth} levels`, { file, line })
    line += token.split('\n').length - 1
  }
}
