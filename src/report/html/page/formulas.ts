import type { StatementReport } from '../../report.js'
import { markDifference, sourceDifference } from '../formula/difference.js'
import { type Setting, setFormula } from '../formula/set-formula.js'
import { html, type Markup } from '../markup.js'

/** One formula in a frame that scrolls sideways where even broken it is too wide. */
export const formulaBlock = (formula: Markup, name: string): Markup =>
  html`<div class="formula" data-name="${name}">${formula}</div>`

/** What a statement prints, as it is shown: a correction's difference marked on both sides. */
export function formulasOf(
  { printed, corrected }: Pick<StatementReport, 'printed' | 'corrected'>,
  setting: Setting,
): { readonly printed: Markup; readonly corrected: Markup | null } {
  if (corrected === null) return { printed: setFormula(printed, setting), corrected: null }
  const marked = markDifference(printed, corrected)
  return {
    printed: setFormula(printed, setting, marked.printed),
    corrected: setFormula(corrected, setting, marked.corrected),
  }
}

/** Printed and corrected side by side, and the difference of their sources below. */
export function sideBySide(statement: StatementReport, heading: 'h2' | 'h3' = 'h3'): Markup {
  const { printed, corrected } = formulasOf(statement, { mathml: true })
  const title = (text: string): Markup => (heading === 'h2' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`)
  if (corrected === null)
    return html`<section class="forms">${title('Printed')}${formulaBlock(printed, 'printed form')}</section>`
  return html`<div class="forms pair">
<section class="form printed">${title('Printed')}${formulaBlock(printed, 'printed form')}</section>
<section class="form corrected">${title('Corrected')}${formulaBlock(corrected, 'corrected form')}</section>
</div>
${differenceInSource(statement.printed, statement.corrected!)}`
}

/** The difference as text, which anything can read aloud. */
const differenceInSource = (printed: string, corrected: string): Markup =>
  html`<details class="source-difference"><summary>The difference in LaTeX</summary><pre tabindex="0"><code>${sourceDifference(
    printed,
    corrected,
  ).map(({ text, change }) =>
    change === 'removed' ? html`<del>${text}</del>` : change === 'added' ? html`<ins>${text}</ins>` : html`${text}`,
  )}</code></pre></details>`
