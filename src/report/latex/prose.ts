import { prosePieces } from '../prose.js'
import { texText } from '../tex-text.js'

/** Running text as LaTeX, the mathematics in it set as such. */
export const texProse = (text: string): string =>
  prosePieces(text)
    .map(({ kind, text: piece }) => (kind === 'words' ? texText(piece) : `$${piece}$`))
    .join('')
