import { textPieces } from '../figure-text.js'
import { texText } from '../tex-text.js'

/** A label of a figure (`_x`, `^{…}` lower and raise) as LaTeX: letters that stand alone are symbols. */
export const figureTex = (text: string): string =>
  textPieces(text)
    .map(({ text: piece, place }) =>
      place === 'line' ? lineTex(piece) : `$${place === 'below' ? '_' : '^'}{${scriptTex(piece)}}$`,
    )
    .join('')
    // A dollar sign of the text is escaped; where mathematics ends and begins again it goes on.
    .replace(/(?<!\\)\$\$/g, '')

/** A letter that is no word (`a` and `I` may be) and belongs to none, with a star that raises itself. */
const symbol = /(?<![\p{L}\p{N}.'’-])([B-HJ-Zb-z])(\*?)(?![\p{L}\p{N}'’]|-\p{L}|\.\p{L})/u

function lineTex(text: string): string {
  const match = symbol.exec(text)
  if (match === null) return wordsTex(text)
  const [whole, letter, star] = match
  const bracketed = text[match.index - 1] === '(' && text[match.index + whole.length] === ')' && match.index === 1
  const set = bracketed ? `${letter}${star}` : `$${letter}${star === '' ? '' : '^*'}$`
  // A panel's letter, `(a)`, is no symbol.
  return wordsTex(text.slice(0, match.index)) + set + lineTex(text.slice(match.index + whole.length))
}

/** Words; a star after a Greek letter is raised. */
const wordsTex = (text: string): string => texText(text).replace(/(\$\\[a-z]+\$)\*/g, '$1$^*$')

/** What is raised or lowered: symbols and numbers as they are, words upright, what mathematics has no sign for as text. */
function scriptTex(text: string): string {
  const latex = texText(text)
  if (/\\(?:text|[${}%&#_`'"^~=.]|[A-Za-z]+\{)/.test(latex)) return `\\text{${latex}}`
  const symbols = latex.replaceAll('$', '')
  return /[A-Za-z]{2}/.test(text) ? `\\mathrm{${symbols}}` : symbols
}
