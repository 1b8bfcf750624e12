import type { PaperReport } from '../report.js'
import { texText } from '../tex-text.js'

/** The papers of a report as BibTeX, under their ids. */
export const bibliographyFile = (papers: readonly PaperReport[]): string => papers.map(entry).join('\n')

function entry({ id, bibliography: { authors, title, year, published, identifier } }: PaperReport): string {
  return `@misc{${id},
  author = {${authors.map((author) => texText(author)).join(' and ')}},
  title = {{${texText(title)}}},
  year = {${year}},
  howpublished = {${texText(published)}},
  note = {${texText(identifierText(identifier))}},
}
`
}

/** A DOI says what it is. */
const identifierText = (identifier: string): string => (/^10\.\d/.test(identifier) ? `doi:${identifier}` : identifier)
