import { fullCitation, shortCitation } from '../citation.js'
import { type Erratum, errataOf } from '../errata.js'
import { type ErratumWords, erratumWords, type WitnessWords } from '../erratum-words.js'
import { parameterLatex } from '../parameter-names.js'
import type { PaperReport, Report } from '../report.js'
import { capitalised, sectionsOf } from '../sections.js'
import { breakable, withoutNewlines, withSymbolsOutsideText } from '../tex-breaks.js'
import { isPlainMathematics, texText } from '../tex-text.js'
import { packages, standalone } from './document.js'
import { texProse } from './prose.js'
import { runFacts } from './tables.js'

/** What the errata need of a document besides its packages. */
export const errataCommands = `% A formula in running text, broken over lines at the penalties that stand in it and nowhere else.
\\providecommand{\\corrigendaformula}[1]{{\\binoppenalty=10000 \\relpenalty=10000 $\\displaystyle #1$\\par}}
% A part of an erratum: a word or two, and beside them what is said; formulas stand apart from the lines around them.
\\providecommand{\\corrigendapart}[2]{{\\raggedright\\lineskip=4pt \\lineskiplimit=3pt \\emergencystretch=2em
  \\hangindent=4em \\hangafter=0 \\noindent\\llap{\\makebox[4em][l]{\\itshape #1}}#2\\par}\\smallskip}
% The same with running text across the whole width.
\\providecommand{\\corrigendanote}[1]{{\\raggedright\\small\\emergencystretch=2em \\noindent #1\\par}\\smallskip}`

/** The errata of all papers, or of those given, as a journal would print them. */
export const errataFile = (report: Report, papers: readonly PaperReport[] = report.papers): string =>
  standalone({
    about: [`Errata of ${papers.map(({ id }) => id).join(', ')}: ${runFacts(report)}.`],
    packages: packages.formulas,
    commands: errataCommands,
    body: papers.map((paper) => paperErrata(report, paper, '\\section*')).join('\n\n'),
  })

/** The errata of one paper below a heading of the given rank: in the paper's order, each with what to read instead. */
export function paperErrata(report: Report, paper: PaperReport, rank: '\\section*' | '\\subsection*'): string {
  const errata = inOrder(paper)
  const lead =
    errata.length === 0
      ? `No error was found in ${texText(fullCitation(paper.bibliography))}.`
      : `${texText(fullCitation(paper.bibliography))}.`
  return [
    `${rank}{Errata: ${texText(shortCitation(paper.bibliography))}}`,
    `\\noindent ${lead} ${texText(leadText(errata))}Found by ${texText(runFacts(report))}.\\par\\bigskip`,
    ...errata.map((erratum) => block(paper, erratumWords(paper, erratum), erratum)),
  ].join('\n\n')
}

/** Errata where the paper has them, section by section, not by severity. */
function inOrder(paper: PaperReport): readonly Erratum[] {
  const ordered = sectionsOf(paper).flatMap(({ statements }) => statements)
  const position = new Map(ordered.map(({ id }, k) => [id, k]))
  return [...errataOf(paper)].sort((a, b) => position.get(a.statement.id)! - position.get(b.statement.id)!)
}

function leadText(errata: readonly Erratum[]): string {
  if (errata.length === 0) return ''
  const count = (severity: string): number => errata.filter(({ statement }) => statement.severity === severity).length
  const own = errata.filter(({ inheritedFrom }) => inheritedFrom === null).length
  const parts = [
    `${count('observable')} refuted by sampled networks`,
    `${count('algebra')} wrong as printed`,
    `${count('notation')} slip${count('notation') === 1 ? '' : 's'} of notation`,
  ].filter((part) => !part.startsWith('0 '))
  const inherited = errata.length - own
  const split = inherited === 0 ? '' : `, ${own} of their own and ${inherited} inherited from these`
  return `${errata.length} ${errata.length === 1 ? 'erratum' : 'errata'}${split}: ${parts.join(', ')}. `
}

function block(paper: PaperReport, words: ErratumWords, { statement }: Erratum): string {
  return [
    `\\pagebreak[2]\\noindent\\textbf{${texText(capitalised(words.place))}} (${texText(statement.severity ?? 'refuted')})\\par\\nopagebreak\\smallskip`,
    part('for', formula(statement.printed)),
    statement.corrected === null
      ? part('read', 'no correction that holds is known.')
      : part('read', formula(statement.corrected)),
    note('Reason', texProse(words.reason)),
    note('Effect', words.effect.map(texProse).join(' ')),
    ...words.witnesses.map((one) => witness(one, paper.symbols)),
    ...(words.caveats.length === 0 ? [] : [note('Reading', words.caveats.map(texProse).join(' '))]),
    '\\medskip',
  ].join('\n')
}

const part = (name: string, text: string): string => `\\corrigendapart{${name}}{${text}}`
const note = (name: string, text: string): string => `\\corrigendanote{\\emph{${name}.} ${text}}`

/** Mathematics broken over lines; what cannot be set safely is shown as its source. */
export function formula(latex: string): string {
  const source = withSymbolsOutsideText(withoutNewlines(latex))
  return isPlainMathematics(source)
    ? `\\corrigendaformula{${breakable(source)}}`
    : `{\\ttfamily ${texText(latex.replace(/\s+/g, ' ').trim()).replaceAll('\\textbackslash{}', '\\char92{}').replaceAll('\\{', '\\char123{}').replaceAll('\\}', '\\char125{}')}}`
}

function witness(words: WitnessWords, symbols: PaperReport['symbols']): string {
  const { found, at, parameters, stated, other, note: remark } = words
  const where =
    at === null
      ? `At the ${parameters} parameters that the report lists`
      : Object.keys(at).length === 0
        ? 'At any values'
        : `At ${Object.entries(at)
            .map(([name, value]) => `${parameter(name, symbols)}~=~${texProse(value)}`)
            .join(', ')}`
  const text = `${where} it states ${texProse(stated)}; ${texProse(other)} was ${found}`
  return note(
    found === 'derived' ? 'Witness' : 'Networks',
    `${text}${remark === null ? '' : ` (${texProse(remark)})`}.`,
  )
}

/** A parameter's name: as the paper writes it, where that is known. */
function parameter(name: string, symbols: PaperReport['symbols']): string {
  const latex = parameterLatex(name, symbols)
  return latex === null ? texText(name) : `$${latex}$`
}
