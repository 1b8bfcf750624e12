import type { Severity, Verdict } from '../../../audit/evidence.js'
import type { PaperReport, StatementReport } from '../../report.js'
import { type Known, knownOf, paperOf, shortId } from '../addresses.js'
import { html, type Markup } from '../markup.js'
import type { Reference } from '../words/prose.js'
import { severities, verdictSigns, verdicts } from '../words/verdicts.js'

/** A verdict as a mark: its sign, its colour, its name. */
export const badge = (verdict: Verdict, severity: Severity | null = null): Markup =>
  html`<span class="badge ${verdict}"><span aria-hidden="true">${verdictSigns[verdict]}</span> ${verdict}${severity !== null && html`, ${severity}`}</span>`

/** A statement's address from a page in its paper's folder. */
export const addressFrom = (paper: string, id: string): string =>
  paperOf(id) === paper ? `${shortId(id)}.html` : `../${id}.html`

/** A statement by its label, linked where it has a page. */
export function statementLink(paper: PaperReport, id: string): Markup {
  const statement = paper.statements.find((candidate) => candidate.id === id)
  return statement === undefined
    ? html`<span>${id}</span>`
    : html`<a href="${addressFrom(paper.id, id)}">${statement.label}</a>`
}

/** A list of statements, each with what it says and its verdict. */
export const statementList = (paper: PaperReport, ids: readonly string[]): Markup =>
  html`<ul class="statements-short">${ids.map((id) => {
    const statement = paper.statements.find((candidate) => candidate.id === id)
    return html`<li>${statementLink(paper, id)}${statement !== undefined && html` <span class="about">${statement.about}</span> ${badge(statement.verdict, statement.severity)}`}</li>`
  })}</ul>`

/** What references in a paper's texts name: `14` the equation (14), ids their statement. */
export function referenceOf(paper: PaperReport): Reference {
  const known: Known = knownOf(paper)
  const byLabel = new Map<string, string | null>()
  for (const { id, label } of paper.statements) {
    const number = /^\(((?:\d+|[A-Z]\.\d+)[a-z]?)\)$/.exec(label)?.[1]
    if (number !== undefined) byLabel.set(number, byLabel.has(number) ? null : id)
  }
  return (name) => {
    const id = known.has(name) ? name : (byLabel.get(name) ?? null)
    return id === null ? null : addressFrom(paper.id, id)
  }
}

/** How many statements have each verdict, those that occur. */
export const tallyOf = (statements: readonly StatementReport[]): readonly (readonly [Verdict, number])[] =>
  verdicts
    .map((verdict) => [verdict, statements.filter((statement) => statement.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)

/** A bar whose parts are the verdicts' shares; the numbers stand below it. `address` leads to the list of one verdict. */
export function tally(statements: readonly StatementReport[], address: (verdict: Verdict) => string): Markup {
  const counts = tallyOf(statements)
  let x = 0
  const parts = counts.map(([verdict, count]) => {
    const width = (100 * count) / statements.length
    x += width
    return html`<rect class="${verdict}" x="${(x - width).toFixed(3)}" width="${width.toFixed(3)}" height="10"/>`
  })
  return html`<div class="tally">
<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>
<ul>${counts.map(([verdict, count]) => html`<li><a href="${address(verdict)}">${badge(verdict)} <b>${count}</b></a></li>`)}</ul>
</div>`
}

/** `46 errata: 12 observable, 30 algebra, 4 notation`. */
export function errataCount(statements: readonly StatementReport[]): string {
  const errata = statements.filter(({ verdict }) => verdict === 'erratum' || verdict === 'refuted')
  if (errata.length === 0) return 'no errata'
  const bySeverity = severities
    .map((severity) => [severity, errata.filter((erratum) => erratum.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
  const name = errata.length === 1 ? '1 erratum' : `${errata.length} errata`
  return `${name}: ${bySeverity.map(([severity, count]) => `${count} ${severity}`).join(', ')}`
}

/** `1 statement`, `3 statements`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** Authors as a citation has them. */
export const authorsOf = (authors: readonly string[]): string =>
  authors.length < 2 ? authors.join('') : `${authors.slice(0, -1).join(', ')} and ${authors.at(-1)}`

/** Where a paper appeared, its identifier linked where it is one that has an address. */
export function citation({ bibliography }: PaperReport): Markup {
  const { authors, year, published, identifier } = bibliography
  const arxiv = /^arXiv[: ](\S+)$/i.exec(identifier)?.[1]
  const doi = /^(?:doi:)?(10\.\d{4,}\/\S+)$/i.exec(identifier)?.[1]
  const address =
    arxiv !== undefined ? `https://arxiv.org/abs/${arxiv}` : doi !== undefined ? `https://doi.org/${doi}` : null
  const named = address === null ? html`${identifier}` : html`<a href="${address}">${identifier}</a>`
  const where = published.trim() === '' || published === identifier ? '' : `${published}, `
  return html`<p class="citation">${authorsOf(authors)} (${year}). ${where}${named}</p>`
}
