import type { PaperReport, Report } from '../../report.js'
import { paperPage } from '../addresses.js'
import { html, type Markup } from '../markup.js'
import { severities, severityMeanings, verdictMeanings, verdicts } from '../words/verdicts.js'
import { framed } from './frame.js'
import { badge, citation, counted, errataCount, tally } from './pieces.js'

/** The page from which all others are reached: the papers, and what the verdicts mean. */
export function indexPageText(report: Report): string {
  const statements = report.papers.flatMap((paper) => paper.statements)
  return framed({
    title: 'Corrigenda: audited papers',
    up: '',
    path: [],
    here: 'Corrigenda',
    report,
    content: html`<h1>Corrigenda</h1>
<p class="lead">${counted(statements.length, 'statement')} of ${counted(report.papers.length, 'paper')}: what is printed, what follows from its premises, and what simulated networks do. Where the three disagree, there is a correction with its evidence.</p>
${report.papers.map(paperEntry)}
${legend()}`,
  })
}

const paperEntry = (paper: PaperReport): Markup => html`<section class="paper" aria-labelledby="${paper.id}">
<h2 id="${paper.id}"><a href="${paperPage(paper.id)}">${paper.title}</a></h2>
${citation(paper)}
<p>${counted(paper.statements.length, 'statement')}${paper.statementCount > paper.statements.length && html` of ${paper.statementCount}`}, ${errataCount(paper.statements)}. <a href="${paper.id}/errata.html">Errata sheet</a>, <a href="${paperPage(paper.id)}#graph">derivation graph</a>.</p>
${paper.statements.length > 0 && tally(paper.statements, (verdict) => `${paperPage(paper.id)}?verdict=${verdict}#statements`)}
</section>`

/** What the words mean. */
const legend = (): Markup => html`<section aria-labelledby="legend"><h2 id="legend">What the words mean</h2>
<p>A verdict is computed from the evidence of checks. A check compares what is printed, read from its LaTeX, with what a derivation obtains from the premises, or with what simulated networks show.</p>
<dl class="meanings">${verdicts.map((verdict) => html`<div><dt>${badge(verdict)}</dt><dd>${verdictMeanings[verdict]}</dd></div>`)}</dl>
<h3>Severity of an erratum</h3>
<dl class="meanings">${severities.map((severity) => html`<div><dt>${severity}</dt><dd>${severityMeanings[severity]}</dd></div>`)}</dl>
</section>`
