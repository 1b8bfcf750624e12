import type { PaperReport } from '../report.js'
import { texText } from '../tex-text.js'

/** The papers of a report as BibTeX, under their ids, for documents of the reader's own. */
export const bibliographyFile = (papers: readonly PaperReport[]): string => papers.map(entry).join('\n')

/** The papers of a report as LaTeX's own list of references, under their ids, so that no other program has to run. */
export const bibliographyList = (papers: readonly PaperReport[]): string =>
  [`\\begin{thebibliography}{${papers.length}}`, ...papers.map(item), '\\end{thebibliography}'].join('\n')

const item = ({ id, bibliography: { authors, title, year, published, identifier } }: PaperReport): string =>
  `\\bibitem{${id}} ${authors.map((author) => texText(author)).join(', ')}. \\emph{${texText(title)}}. ${texText(published)}, ${year}. ${texText(identifierText(identifier))}.`

function entry({ id, bibliography: { authors, title, year, published, identifier } }: PaperReport): string {
  return `@misc{${id},
  author = {${authors.map((author) => field(author)).join(' and ')}},
  title = {{${field(title)}}},
  year = {${year}},
  howpublished = {${field(published)}},
  note = {${field(identifierText(identifier))}},
}
`
}

/** A DOI says what it is. */
const identifierText = (identifier: string): string => (/^10\.\d/.test(identifier) ? `doi:${identifier}` : identifier)

/** A text as a field's content: BibTeX counts braces whether escaped or not. */
const field = (text: string): string =>
  texText(text).replaceAll('\\{', '\\textbraceleft{}').replaceAll('\\}', '\\textbraceright{}')
