import type { StatementReport } from '../../report.js'
import { html, type Markup } from '../markup.js'
import { sectionName, sectionsOf, severities } from '../words/verdicts.js'
import { badge, tallyOf } from './pieces.js'

/**
 * The form that narrows the list of statements. The page's script does the work; without it the form is not shown, and the
 * list is whole. Names and values are those of the page's address: `?verdict=erratum&section=5`.
 */
export function filters(statements: readonly StatementReport[]): Markup {
  const found = severities.filter((severity) => statements.some((statement) => statement.severity === severity))
  return html`<form class="filters" role="search" aria-label="Statements" data-total="${statements.length}">
<fieldset><legend>Verdict</legend>${tallyOf(statements).map(([verdict, count]) => html`<label class="chip"><input type="checkbox" name="verdict" value="${verdict}">${badge(verdict)} <span class="count">${count}</span></label>`)}</fieldset>
<div class="fields">
<label>Severity <select name="severity"><option value="">any</option>${found.map((severity) => html`<option value="${severity}">${severity}</option>`)}</select></label>
<label>Section <select name="section"><option value="">any</option>${sectionsOf(statements).map((section) => html`<option value="${section}">${sectionName(section)}</option>`)}</select></label>
<label class="words">Text <input type="search" name="text" autocomplete="off" placeholder="words, a number, LaTeX"></label>
<button type="reset">Clear</button>
</div>
<p class="shown" role="status">All ${statements.length} statements</p>
</form>`
}
