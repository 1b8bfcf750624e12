import { type Erratum, errataOf } from '../../errata.js'
import type { PaperReport, Report } from '../../report.js'
import { shortSides, withSimplestWitness } from '../../witness-text.js'
import { shortId } from '../addresses.js'
import { html, type Markup } from '../markup.js'
import { plainMath, prose, type Reference } from '../words/prose.js'
import { severityMeanings, verdictSentence } from '../words/verdicts.js'
import { formulaBlock, formulasOf } from './formulas.js'
import { framed } from './frame.js'
import { inheritance } from './inheritance.js'
import { badge, citation, errataCount, referenceOf } from './pieces.js'

/** A paper's errata sheet: for every one what is printed, what should stand there, and why. */
export function errataPageText(report: Report, paper: PaperReport): string {
  const errata = errataOf(paper)
  const reference = referenceOf(paper)
  return framed({
    title: `Errata: ${paper.title}`,
    up: '../',
    path: [
      ['Corrigenda', '../index.html'],
      [paper.id, 'index.html'],
    ],
    here: 'Errata',
    report,
    content: html`<h1>Errata</h1>
<p class="of"><a href="index.html">${paper.title}</a></p>
${citation(paper)}
<p class="lead">${errata.length === 0 ? 'None found.' : `${errataCount(paper.statements)}; gravest first.`}</p>
${errata.length > 0 && html`<ul class="meaning-lines">${severitiesFound(errata).map((severity) => html`<li><b>${severity}</b>: ${severityMeanings[severity]}</li>`)}</ul>`}
${errata.map((erratum) => entry(paper, erratum, reference))}`,
  })
}

const severitiesFound = (errata: readonly Erratum[]) => [
  ...new Set(errata.flatMap(({ statement }) => (statement.severity === null ? [] : [statement.severity]))),
]

function entry(paper: PaperReport, erratum: Erratum, reference: Reference): Markup {
  const { statement } = erratum
  const { printed, corrected } = formulasOf(statement, { mathml: false })
  const name = shortId(statement.id)
  return html`<article class="erratum" aria-labelledby="${name}">
<h2 id="${name}"><a href="${name}.html">${statement.label}</a> ${badge(statement.verdict, statement.severity)}</h2>
<p class="about">${prose(statement.about, reference)}</p>
<div class="forms pair"><section class="form printed"><h3>For</h3>${formulaBlock(printed, 'printed form')}</section>
${corrected === null ? html`<p>${verdictSentence(statement)}</p>` : html`<section class="form corrected"><h3>Read</h3>${formulaBlock(corrected, 'corrected form')}</section>`}</div>
${statement.note !== null && html`<p class="reason">${prose(statement.note, reference)}</p>`}
${witnessLine(erratum)}
${inheritance(paper, erratum, reference)}
${statement.transcription === 'doubtful' && html`<p class="doubt">The slip may be that of the text that was read: ${prose(statement.transcriptionNote ?? '', reference)}.</p>`}
</article>
`
}

/** Both sides where the printed form was refuted, at the simplest witness; by networks, if they refute it. */
function witnessLine({ statement }: Erratum): Markup | false {
  const refuting = statement.checks.filter(
    ({ target, outcome, witness }) => target === 'printed' && outcome === 'refuted' && witness !== null,
  )
  const shown = refuting.find(({ method }) => method === 'sampled') ?? withSimplestWitness(refuting)
  if (shown === undefined || shown.witness === null) return false
  const { left, right } = shortSides(shown.witness)
  const how = shown.method === 'sampled' ? 'simulated networks give' : 'the derivation gives'
  return html`<p class="witness-line">At one point the printed form gives ${plainMath(left)}, where ${how} ${plainMath(right)}. <a href="${shortId(statement.id)}.html#evidence">All evidence</a></p>`
}
