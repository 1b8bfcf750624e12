import type { CheckReport, StatementReport } from '../../report.js'
import { shortSides } from '../../witness-text.js'
import { setInline } from '../formula/set-formula.js'
import { html, type Markup } from '../markup.js'
import { allNumbers, numberSentences, spaced } from '../words/numbers.js'
import { prose, type Reference } from '../words/prose.js'
import { capital } from '../words/verdicts.js'

const methodNames: Readonly<Record<CheckReport['method'], string>> = {
  exact: 'Exact algebra',
  numeric: 'Numbers',
  property: 'Random instances',
  sampled: 'Sampled networks',
}

/** Names of checks that say no more than their method does. */
const plainNames = new Set(['exact', 'property', 'instances', 'numeric', 'sampled'])

/** Every check of a statement, those of the printed form first. */
export function evidence({ checks }: StatementReport, reference: Reference): Markup {
  const of = (target: CheckReport['target']): readonly CheckReport[] =>
    checks.filter((check) => check.target === target)
  const [printed, corrected] = [of('printed'), of('corrected')]
  if (checks.length === 0) return html`<p>No check was made.</p>`
  const group = (title: string, list: readonly CheckReport[]): Markup | false =>
    list.length > 0 &&
    html`<section class="target"><h3>${title}</h3><ul class="checks">${list.map((check) => checkItem(check, reference))}</ul></section>`
  return html`${group('Of the printed form', printed)}${group('Of the corrected form', corrected)}`
}

function checkItem(check: CheckReport, reference: Reference): Markup {
  const { method, outcome, summary, name, witness, numbers } = check
  const title = plainNames.has(name) ? methodNames[method] : `${methodNames[method]}: ${name}`
  const text = summary.startsWith(`${name}: `) ? summary.slice(name.length + 2) : summary
  const all = allNumbers(numbers)
  return html`<li class="check ${outcome}">
<h4><span class="outcome ${outcome}">${outcome}</span> ${title}</h4>
<p>${prose(`${capital(text)}.`, reference)}${numberSentences(check).map((sentence) => ` ${sentence}`)}</p>
${witness !== null && witnessBlock(witness, method, check.target)}
${all.length > 0 && html`<details class="numbers"><summary>Its numbers</summary><dl>${all.map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl></details>`}
</li>`
}

/** Where a form fails: the values, and what either side is there. */
function witnessBlock(
  witness: NonNullable<CheckReport['witness']>,
  method: CheckReport['method'],
  target: CheckReport['target'],
): Markup {
  const { left, right } = shortSides(witness)
  const at = Object.entries(witness.at)
  return html`<div class="witness"><h5>Witness</h5>
${at.length > 0 && html`<p class="at">At ${at.map(([name, value], k) => html`${k > 0 && html`, `}<span>${parameterName(name)} = <b>${value}</b></span>`)}</p>`}
${witness.note !== undefined && html`<p class="note">${capital(witness.note)}.</p>`}
<dl class="sides"><div><dt>The ${target} form gives</dt><dd>${left}</dd></div><div><dt>${method === 'sampled' ? 'Measured' : 'Derived'}</dt><dd>${right}</dd></div></dl></div>`
}

/** A parameter: LaTeX set, a name in words. */
const parameterName = (name: string): Markup =>
  /[\\^_]|^[A-Za-z]$/.test(name) && !/\[/.test(name) ? setInline(name) : html`${spaced(name)}`
