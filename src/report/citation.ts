import type { Bibliography } from '../audit/statement.js'

/** Of `Bo Li` and of `Li, Bo` alike. */
const lastName = (author: string): string =>
  author.includes(',') ? author.split(',')[0]!.trim() : (author.trim().split(/\s+/).at(-1) ?? author)

/** Who and when, as in running text: `Li and Saad (2018)`, `Schoenholz et al. (2017)`. */
export function shortCitation({ authors, year }: Bibliography): string {
  const [first = '', second] = authors.map(lastName)
  const who = authors.length === 1 ? first : authors.length === 2 ? `${first} and ${second}` : `${first} et al.`
  return `${who} (${year})`
}

/** Everything a reader needs to find a paper: `Bo Li, David Saad: Title. Journal (2018). Identifier`. */
export const fullCitation = ({ authors, title, year, published, identifier }: Bibliography): string =>
  `${authors.join(', ')}: ${title}. ${published} (${year}). ${identifier}`
