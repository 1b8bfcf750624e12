import { conventionsOf } from '../../errata.js'
import type { FigureFile } from '../../figure-file.js'
import { isWrong, type PaperReport, type Report, type StatementReport } from '../../report.js'
import { shortId } from '../addresses.js'
import { setFormula } from '../formula/set-formula.js'
import type { Ancestry } from '../graph/ancestry.js'
import { graphAnchor } from '../graph/draw.js'
import { html, type Markup } from '../markup.js'
import { prose, type Reference } from '../words/prose.js'
import { capital, sectionName, verdictSentence } from '../words/verdicts.js'
import { evidence } from './evidence.js'
import { figureBlock } from './figure.js'
import { formulaBlock, sideBySide } from './formulas.js'
import { framed } from './frame.js'
import { conventions, erratumOf, inheritance } from './inheritance.js'
import { badge, counted, statementLink, statementList } from './pieces.js'

/** What a statement's page is made of. */
export interface StatementPageInput {
  readonly report: Report
  readonly paper: PaperReport
  readonly statement: StatementReport
  readonly ancestry: Ancestry
  readonly reference: Reference
  readonly figure: FigureFile | null
  readonly svg: string | null
}

/** One statement's page: what is printed, the verdict, how it was derived, and all evidence. */
export function statementPageText(input: StatementPageInput): string {
  const { report, paper, statement, reference, figure, svg } = input
  const { id, label, about, verdict, severity, section, note } = statement
  const erratum = isWrong(statement) ? erratumOf(paper, statement) : null
  return framed({
    title: `${label}: ${about} (${paper.id})`,
    up: '../',
    path: [
      ['Corrigenda', '../index.html'],
      [paper.id, 'index.html'],
    ],
    here: label,
    report,
    content: html`<h1>${capital(label)} ${badge(verdict, severity)}</h1>
<p class="lead">${prose(about, reference)}</p>
<p class="of">${sectionName(section)} of <a href="index.html">${paper.title}</a>. <code>${id}</code></p>
${statement.kind === 'figure' && figure !== null && figureBlock(figure, svg)}
${sideBySide(statement, 'h2')}
<section aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>
<p>${verdictSentence(statement)}</p>
${statement.error !== null && html`<p class="missing">It could not be audited: ${statement.error}</p>`}
${note !== null && html`<p class="reason">${prose(note, reference)}</p>`}
${erratum !== null && inheritance(paper, erratum, reference)}
${verdict === 'open' && statement.openReason !== null && html`<p class="reason">${prose(statement.openReason, reference)}</p>`}
</section>
${reading(input)}
${derivation(input)}
<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>${evidence(statement, paper.symbols, reference)}</section>
${sources(statement)}
<section aria-labelledby="again"><h2 id="again">Check it again</h2>
<p><code class="command">corrigenda check ${id} --seed ${report.seed} --depth ${report.depth}</code></p></section>
${neighbours(paper, statement)}`,
  })
}

/** How the printed form was read: by hand or not, conventions, doubts. */
function reading({ statement, reference }: StatementPageInput): Markup | false {
  const { encoding, encodingReason, encoded, encodedCorrected, transcription, transcriptionNote, where } = statement
  const isPlain =
    encoding === 'latex' &&
    transcription === 'sound' &&
    where.length === 0 &&
    statement.reading === null &&
    statement.tried.length === 0
  if (isPlain) return false
  return html`<section aria-labelledby="reading"><h2 id="reading">How it was read</h2>
${encoding === 'hand' && html`<p>Not read from what is printed: ${prose(encodingReason ?? 'no reason is given', reference)}.</p>`}
${encoded !== null && html`<p>What was tested in its place:</p>${formulaBlock(setFormula(encoded, { mathml: true }), 'tested form')}`}
${encodedCorrected !== null && html`<p>And in the place of the corrected form:</p>${formulaBlock(setFormula(encodedCorrected, { mathml: true }), 'tested corrected form')}`}
${where.length > 0 && html`<p>Where</p>${where.map((latex) => formulaBlock(setFormula(latex, { mathml: true }), 'abbreviation'))}`}
${(statement.reading !== null || statement.tried.length > 0) && html`${statement.readingNote !== null && html`<p>Convention: ${prose(statement.readingNote, reference)}.</p>`}${conventions({ conventions: conventionsOf(statement) }, reference)}`}
${transcription === 'doubtful' && html`<p class="doubt">The transcription is doubtful: ${prose(transcriptionNote ?? 'no reason is given', reference)}.</p>`}
</section>`
}

/** The derivation: its method, its premises, what came out, and what rests on the statement in turn. */
function derivation({ paper, statement, ancestry, reference }: StatementPageInput): Markup {
  const { id, method, derived, from } = statement
  const doubtful = ancestry.doubtful(id)
  const usedBy = ancestry.usedBy(id)
  return html`<section aria-labelledby="derivation"><h2 id="derivation">Derivation</h2>
${method !== null && html`<p>${prose(capital(method), reference)}.</p>`}
${from.length === 0 ? html`<p>It rests on no other statement.</p>` : html`<h3>Rests on</h3>${statementList(paper, from)}`}
${from.length > 0 && (doubtful.length === 0 ? html`<p>Everything it rests on, all the way up, is right as printed.</p>` : html`<p>Of what it rests on, all the way up, ${counted(doubtful.length, 'statement is', 'statements are')} not right as printed, and the corrected form was taken where there is one: ${doubtful.map((premise, k) => html`${k > 0 && ', '}${statementLink(paper, premise)}`)}.</p>`)}
${derived !== null && html`<h3>What came out</h3>${formulaBlock(setFormula(derived, { mathml: true }), 'derived form')}`}
${usedBy.length > 0 && html`<h3>Used by</h3>${statementList(paper, usedBy)}`}
<p><a href="index.html#${graphAnchor(id)}">Its place in the derivation graph</a></p>
</section>`
}

/** The LaTeX, to be copied. */
function sources({ printed, corrected, derived }: StatementReport): Markup {
  const source = (name: string, latex: string | null): Markup | false =>
    latex !== null && html`<h3>${name}</h3><pre tabindex="0"><code>${latex}</code></pre>`
  return html`<details class="sources"><summary>LaTeX</summary>${source('Printed', printed)}${source('Corrected', corrected)}${source('Derived', derived)}</details>`
}

/** The statements before and after this one. */
function neighbours(paper: PaperReport, { id }: StatementReport): Markup | false {
  const position = paper.statements.findIndex((statement) => statement.id === id)
  const [before, after] = [paper.statements[position - 1], paper.statements[position + 1]]
  if (before === undefined && after === undefined) return false
  return html`<nav class="neighbours" aria-label="Neighbouring statements">
${before !== undefined && html`<a rel="prev" href="${shortId(before.id)}.html">← ${before.label}</a>`}
${after !== undefined && html`<a rel="next" href="${shortId(after.id)}.html">${after.label} →</a>`}
</nav>`
}
