import { type Erratum, errataOf } from '../../errata.js'
import type { PaperReport, StatementReport } from '../../report.js'
import { followWords } from '../../uncorrected.js'
import { html, joined, type Markup } from '../markup.js'
import { prose, type Reference } from '../words/prose.js'
import { capital } from '../words/verdicts.js'
import { statementLink } from './pieces.js'

/** The erratum of a statement that is wrong; null for every other. */
export const erratumOf = (paper: PaperReport, statement: StatementReport): Erratum | null =>
  errataOf(paper).find((erratum) => erratum.statement.id === statement.id) ?? null

const links = (paper: PaperReport, ids: readonly string[]): Markup =>
  html`${joined(
    ids.map((id) => statementLink(paper, id)),
    ', ',
  )}`

/** Where an error enters, who carries it on, who does not, and where the paper has it right again. */
export function inheritance(paper: PaperReport, erratum: Erratum, reference: Reference): Markup {
  const { statement, inheritedFrom, heirs, unharmed, following, correctFirst, recovers } = erratum
  return html`<dl class="inheritance">
<div><dt>The error enters</dt><dd>${inheritedFrom === null ? 'here' : html`at ${statementLink(paper, inheritedFrom)}; with that as printed, this follows as printed`}</dd></div>
${correctFirst !== null && html`<div><dt>Its premise</dt><dd>${correctFirst}</dd></div>`}
${heirs.length > 0 && html`<div><dt>Inherited by</dt><dd>${links(paper, heirs)}</dd></div>`}
${unharmed.length > 0 && html`<div><dt>Rest on it and are right as printed</dt><dd>${links(paper, unharmed)}</dd></div>`}
${following.length > 0 && html`<div><dt>${followWords(statement)}</dt><dd>${links(paper, following)}</dd></div>`}
${recovers.map(({ at, how, wrongOtherwise }) => html`<div><dt>The paper has it right again</dt><dd>at ${statementLink(paper, at)}: ${prose(how, reference)}${wrongOtherwise && ' (which is an erratum for another reason)'}</dd></div>`)}
</dl>`
}

/** How a statement was read, and which other conventions were tried. */
export function conventions(erratum: Pick<Erratum, 'conventions'>, reference: Reference): Markup {
  return html`<ul class="conventions">${erratum.conventions.map((line) => html`<li>${prose(capital(line), reference)}</li>`)}</ul>`
}
