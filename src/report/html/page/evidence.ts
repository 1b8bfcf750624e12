import { intervalText, measuredRows, measuredText, widthsText } from '../../measured.js'
import type { CheckReport, StatementReport, SymbolReport } from '../../report.js'
import { shortSides } from '../../witness-text.js'
import { setInline } from '../formula/set-formula.js'
import { html, type Markup } from '../markup.js'
import { allNumbers, numberSentences, spaced } from '../words/numbers.js'
import { line, plainMath, prose, type Reference } from '../words/prose.js'
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
export function evidence({ checks }: StatementReport, symbols: readonly SymbolReport[], reference: Reference): Markup {
  const latexOf: LatexOf = new Map(symbols.map(({ name, latex }) => [name, latex[0] ?? '']))
  const of = (target: CheckReport['target']): readonly CheckReport[] =>
    checks.filter((check) => check.target === target)
  const [printed, corrected] = [of('printed'), of('corrected')]
  if (checks.length === 0) return html`<p>No check was made.</p>`
  const group = (title: string, list: readonly CheckReport[]): Markup | false =>
    list.length > 0 &&
    html`<section class="target"><h3>${title}</h3><ul class="checks">${list.map((check) => checkItem(check, latexOf, reference))}</ul></section>`
  return html`${group('Of the printed form', printed)}${group('Of the corrected form', corrected)}`
}

function checkItem(check: CheckReport, latexOf: LatexOf, reference: Reference): Markup {
  const { method, outcome, summary, name, witness, numbers, measured } = check
  const title = plainNames.has(name) ? methodNames[method] : `${methodNames[method]}: ${name}`
  const text = summary.startsWith(`${name}: `) ? summary.slice(name.length + 2) : summary
  const all = allNumbers(numbers)
  return html`<li class="check ${outcome}">
<h4><span class="outcome ${outcome}">${outcome}</span> ${title}</h4>
<p>${prose(`${capital(text)}.`, reference)}${numberSentences(check).map((sentence) => ` ${sentence}`)}</p>
${witness !== null && witnessBlock(witness, check, latexOf, reference)}
${measured !== undefined && measuredTable(measured)}
${all.length > 0 && html`<details class="numbers"><summary>Its numbers</summary><dl>${all.map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl></details>`}
</li>`
}

/** The measured number with its interval, and what is said to be that number, one below the other. */
function measuredTable(measured: NonNullable<CheckReport['measured']>): Markup {
  const finite = widthsText(measured)
  return html`<div class="wide"><table class="measured"><caption>${setInline(measured.quantity)} of sampled networks and what stands beside it</caption>
<thead><tr><th scope="col">what</th><th scope="col">value</th><th scope="col">off by</th><th scope="col">networks</th></tr></thead>
<tbody><tr><th scope="row">measured</th><td>${measuredText(measured)}</td><td></td><td>${intervalText(measured)}</td></tr>
${finite !== null && html`<tr><th scope="row">at finite width</th><td colspan="3">${finite}</td></tr>`}
${measuredRows(measured).map(({ name, value, off, compatible }) => html`<tr><th scope="row">${line(name)}</th><td>${value}</td><td>${off.replace('-', '−')}</td><td>${compatible ? 'leave room for it' : 'rule it out'}</td></tr>`)}</tbody></table></div>`
}

/** Where a form fails: the values, and what either side is there. */
function witnessBlock(
  witness: NonNullable<CheckReport['witness']>,
  { method, target }: CheckReport,
  latexOf: LatexOf,
  reference: Reference,
): Markup {
  const { left, right } = shortSides(witness)
  const at = Object.entries(witness.at)
  const inWords = at.length <= mostInWords
  return html`<div class="witness"><h5>Witness</h5>
${at.length > 0 && html`<p class="at">At ${at.map(([name, value], k) => html`${k > 0 && ', '}<span>${parameterName(name, latexOf, inWords)} = <b>${plainMath(value)}</b></span>`)}</p>`}
${witness.note !== undefined && html`<p class="note">${prose(capital(witness.note), reference)}.</p>`}
<dl class="sides"><div><dt>The ${target} form gives</dt><dd>${plainMath(left)}</dd></div><div><dt>${method === 'sampled' ? 'Measured' : 'Derived'}</dt><dd>${plainMath(right)}</dd></div></dl></div>`
}

/** Base forms of the paper's symbols in LaTeX, by their names. */
type LatexOf = ReadonlyMap<string, string>

/** With more parameters than these their symbols alone are given. */
const mostInWords = 8

/** A parameter: LaTeX set; a symbol of the paper in words and as it is written, its indices in brackets; any other name in words. */
function parameterName(name: string, latexOf: LatexOf, inWords: boolean): Markup {
  const [, symbol = '', index = ''] = /^(\w+)(\[.*\])?$/.exec(name) ?? []
  const latex = latexOf.get(symbol)
  if (latex !== undefined && latex !== '')
    return html`${inWords && html`${spaced(symbol)} `}${setInline(latex)}${index.replaceAll('-', '−')}`
  return /[\\^_]|^[A-Za-z]$/.test(name) && index === '' ? setInline(name) : html`${spaced(name)}`
}
