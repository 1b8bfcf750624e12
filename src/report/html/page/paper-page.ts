import { errataOf } from '../../errata.js'
import type { PaperReport, Report, StatementReport } from '../../report.js'
import { shortId } from '../addresses.js'
import { setFormula } from '../formula/set-formula.js'
import { drawGraph } from '../graph/draw.js'
import { html, type Markup } from '../markup.js'
import { sectionName, sectionsOf, severityMeanings } from '../words/verdicts.js'
import { filters } from './filters.js'
import { formulaBlock } from './formulas.js'
import { framed } from './frame.js'
import { graphSection } from './graph-section.js'
import { badge, citation, counted, errataCount, referenceOf, statementLink, tally } from './pieces.js'
import { unchecked } from './unchecked.js'

/** Formulas longer than this are shown on their own page alone: they would be most of a page that lists everything. */
const longestFormula = 420

/** What a paper's page is made of besides the report. */
export interface PaperPageInput {
  readonly report: Report
  readonly paper: PaperReport
  /** Width and height of the drawings there are, by the statement's id. */
  readonly drawings: ReadonlyMap<string, { readonly width: number; readonly height: number }>
}

/** One paper's page: verdicts, errata, every statement, the derivation graph, figures, and what was not checked. */
export function paperPageText({ report, paper, drawings }: PaperPageInput): string {
  const figures = paper.statements.filter(({ id }) => drawings.has(id))
  const errata = errataOf(paper)
  return framed({
    title: `${paper.title}: verdicts`,
    up: '../',
    path: [['Corrigenda', '../index.html']],
    here: paper.id,
    report,
    content: html`<h1>${paper.title}</h1>
${citation(paper)}
<p class="lead">${counted(paper.statements.length, 'statement')}${paper.statementCount > paper.statements.length && html` of the paper’s ${paper.statementCount}`}, ${errataCount(paper.statements)}.</p>
${paper.statements.length > 0 && tally(paper.statements, (verdict) => `?verdict=${verdict}#statements`)}
<nav class="contents" aria-label="On this page"><ul>
${errata.length > 0 && html`<li><a href="#errata">Errata</a></li>`}
<li><a href="#statements">Statements</a></li>
<li><a href="#graph">Derivation graph</a></li>
${figures.length > 0 && html`<li><a href="#figures">Figures</a></li>`}
<li><a href="#unchecked">What was not checked</a></li>
</ul></nav>
${errata.length > 0 && errataSection(paper)}
<section aria-labelledby="statements"><h2 id="statements">Statements</h2>
${filters(paper.statements)}
${sectionsOf(paper.statements).map((section) => sectionBlock(paper, section))}
</section>
${graphSection(drawGraph(paper))}
${figures.length > 0 && figureSection(figures, drawings)}
${unchecked(paper, referenceOf(paper))}`,
  })
}

function errataSection(paper: PaperReport): Markup {
  return html`<section aria-labelledby="errata"><h2 id="errata">Errata</h2>
<p>Gravest first. The <a href="errata.html">errata sheet</a> has every one with its correction and the reason.</p>
<div class="wide" data-name="errata"><table class="errata"><thead><tr><th scope="col">Where</th><th scope="col">What it states</th><th scope="col">Severity</th><th scope="col">Enters</th></tr></thead>
<tbody>${errataOf(paper).map(
    ({ statement, inheritedFrom }) =>
      html`<tr><th scope="row">${statementLink(paper, statement.id)}</th><td>${statement.about}</td><td>${
        statement.severity !== null &&
        html`<span class="severity ${statement.severity}" title="${severityMeanings[statement.severity]}">${statement.severity}</span>`
      }${statement.verdict === 'refuted' && ' (no correction)'}</td><td>${inheritedFrom === null ? 'here' : html`at ${statementLink(paper, inheritedFrom)}`}</td></tr>`,
  )}</tbody></table></div></section>`
}

const sectionBlock = (paper: PaperReport, section: string): Markup =>
  html`<section class="of-section"><h3>${sectionName(section)}</h3><ul class="statements">${paper.statements.filter((statement) => statement.section === section).map(statementItem)}</ul></section>`

/** One statement of the list. Its formula is there once, as printed; the correction is on its own page. */
function statementItem({ id, label, about, verdict, severity, section, printed }: StatementReport): Markup {
  const address = `${shortId(id)}.html`
  return html`<li class="statement" id="${shortId(id)}" data-verdict="${verdict}" data-severity="${severity ?? ''}" data-section="${section}" data-latex="${printed}">
<p class="what"><a href="${address}">${label}</a> ${badge(verdict, severity)} <span class="about">${about}</span></p>
${printed.length <= longestFormula ? formulaBlock(setFormula(printed, { mathml: false }), 'printed form') : html`<p class="long"><a href="${address}">The formula, of ${printed.length} characters, is on its own page</a></p>`}
</li>
`
}

const figureSection = (
  figures: readonly StatementReport[],
  drawings: PaperPageInput['drawings'],
): Markup => html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>
<ul class="figures">${figures.map(({ id, label, about, verdict }) => {
  const { width, height } = drawings.get(id)!
  return html`<li><a href="${shortId(id)}.html"><img src="${shortId(id)}.svg" width="${width}" height="${height}" loading="lazy" alt=""><span class="name">${label}</span></a> ${badge(verdict)} <span class="about">${about}</span></li>`
})}</ul></section>`
