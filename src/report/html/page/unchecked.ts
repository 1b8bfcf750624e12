import type { PaperReport, StatementReport } from '../../report.js'
import { html, type Markup } from '../markup.js'
import { prose, type Reference } from '../words/prose.js'
import { counted, statementLink } from './pieces.js'

/** What of a paper was not checked as it stands, counted, and why. */
export function unchecked(paper: PaperReport, reference: Reference): Markup {
  const { statements } = paper
  const open = statements.filter(({ verdict }) => verdict === 'open')
  const missing = statements.filter(({ error }) => error !== null)
  const hand = statements.filter(({ encoding }) => encoding === 'hand')
  const doubtful = statements.filter(({ transcription }) => transcription === 'doubtful')
  const left = paper.statementCount - statements.length
  const words = hand.filter(({ encoded }) => encoded === null)
  return html`<section aria-labelledby="unchecked"><h2 id="unchecked">What was not checked, and why</h2>
${left > 0 && html`<p>${counted(left, 'statement')} of the paper’s ${paper.statementCount} ${left === 1 ? 'is' : 'are'} not part of this audit.</p>`}
<dl class="counts">
<div><dt>Read from their LaTeX</dt><dd>${statements.length - hand.length}</dd></div>
<div><dt>Rewritten by hand, then read</dt><dd>${hand.length - words.length}</dd></div>
<div><dt>Known to their own checks alone</dt><dd>${words.length}</dd></div>
<div><dt>Left open</dt><dd>${open.length}</dd></div>
<div><dt>Could not be understood</dt><dd>${missing.length}</dd></div>
<div><dt>Doubtful in transcription</dt><dd>${doubtful.length}</dd></div>
</dl>
${group('Left open', open, paper, (statement) => prose(openReason(statement), reference))}
${group('Could not be understood', missing, paper, ({ error }) => html`${error}`)}
${group('Not read from what is printed', hand, paper, ({ encodingReason }) => prose(encodingReason ?? 'no reason is given', reference))}
${group('Doubtful in transcription', doubtful, paper, ({ transcriptionNote }) => prose(transcriptionNote ?? 'no reason is given', reference))}
</section>`
}

/** Why nothing decided a statement: as its data say, or what each check that was tried came to. */
export function openReason({ openReason: declared, checks, corrected }: StatementReport): string {
  if (declared !== null) return declared
  if (corrected !== null) return 'a correction is proposed, but every check of the printed form holds or is undecided'
  return checks.length === 0
    ? 'no check was made'
    : checks.map(({ method, outcome, summary }) => `${method}, ${outcome}: ${summary}`).join('; ')
}

function group(
  title: string,
  statements: readonly StatementReport[],
  paper: PaperReport,
  reason: (statement: StatementReport) => Markup,
): Markup | false {
  return (
    statements.length > 0 &&
    html`<details class="group"><summary>${title}: ${counted(statements.length, 'statement')}</summary>
<dl class="reasons">${statements.map((statement) => html`<div><dt>${statementLink(paper, statement.id)}</dt><dd>${reason(statement)}</dd></div>`)}</dl></details>`
  )
}
