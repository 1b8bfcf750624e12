/** Texts and formulas as GitHub's Markdown sets them. */

import { prosePieces } from './prose.js'
import { isPlainMathematics } from './tex-text.js'

/** Plain text in which nothing is markup. */
export const markdownText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_<>|[\]$~#]/g, '\\$&')

/**
 * Mathematics in running text, between back ticks so that Markdown leaves it alone; a bar would end a table's cell. What is no
 * plain mathematics is shown as its source.
 */
export function markdownMathematics(latex: string): string {
  const one = latex.replace(/\s+/g, ' ').trim()
  if (!isPlainMathematics(one) || one.includes('`')) return markdownCode(one)
  return `$\`${one.replaceAll('\\|', '\\Vert ').replaceAll('|', '\\vert ')}\`$`
}

/** Source, in which nothing is markup; bars are escaped for tables. */
const markdownCode = (source: string): string => `\`\` ${source.replaceAll('``', "''").replaceAll('|', '\\|')} \`\``

/** Running text with the mathematics in it set as such. */
export const markdownProse = (text: string): string =>
  prosePieces(text)
    .map(({ kind, text: piece }) => {
      if (kind === 'mathematics') return markdownMathematics(piece)
      // Spaces at the ends of a piece part it from its neighbours.
      const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(piece) as unknown as [string, string, string, string]
      return `${before}${markdownText(words)}${after}`
    })
    .join('')

/** A formula in a block of its own, fenced so that it cannot become markup. */
export const markdownFormula = (latex: string): string =>
  `\`\`\`math\n${latex
    .replaceAll('```', '')
    .replace(/\n\s*\n/g, '\n')
    .trim()}\n\`\`\``

/** A table: its head, how each column is set, its rows. */
export function markdownTable(
  head: readonly string[],
  align: readonly ('left' | 'right')[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(align.map((side) => (side === 'right' ? '--:' : '---'))), ...rows.map(line)].join('\n')
}
