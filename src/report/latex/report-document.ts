import { shortCitation } from '../citation.js'
import type { FigureFile } from '../figure-file.js'
import { figureName, type PaperReport, type Report } from '../report.js'
import type { ReportInput } from '../report-input.js'
import { capitalised } from '../sections.js'
import { texText } from '../tex-text.js'
import { bibliographyList } from './bibliography.js'
import { comment, documentHead, packages } from './document.js'
import { errataCommands, paperErrata } from './errata.js'
import { figureTex } from './figure-text.js'
import { texProse } from './prose.js'
import { runFacts, sectionTables, summaryTable } from './tables.js'

/** The whole report as one document: each paper's verdicts, figures and errata, with a bibliography. */
export function reportDocument({ report, figures }: ReportInput): string {
  return `${comment([
    `Audit of ${report.papers.map(({ id }) => id).join(', ')}: ${runFacts(report)}.`,
    'To compile: pdflatex report, two times; a third time settles the widths of long tables.',
  ])}
${documentHead([...new Set([...packages.tables, ...packages.figures])])}
${errataCommands}
\\title{Audit of ${report.papers.length === 1 ? 'a paper' : `${numberWord(report.papers.length)} papers`}: verdicts, figures, errata}
\\author{${texText(runFacts(report))}}
\\date{}
\\begin{document}
\\maketitle
${introduction(report)}

${summaryTable(report)}

\\tableofcontents

${report.papers.map((paper) => paperPart(report, paper, figures)).join('\n\n')}

${bibliographyList(report.papers)}
\\end{document}
`
}

const numberWord = (count: number): string =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count)

const introduction = (report: Report): string => `\\noindent Every statement of ${report.papers
  .map(({ id, bibliography }) => `${texText(shortCitation(bibliography))}~\\cite{${id}}`)
  .join(', ')} was derived again from its premises and compared with what is printed.
Its verdict is computed from the evidence: \\emph{definition}, nothing to derive; \\emph{proved}, the two are equal exactly;
\\emph{verified}, they agree in numbers over the whole domain; \\emph{asymptotic}, to leading order, with the order of the
error measured; \\emph{sampled}, networks drawn at random support it; \\emph{erratum}, what is printed is refuted and the
correction holds under the same checks; \\emph{refuted}, without such a correction; \\emph{open}, nothing decided it. An
erratum is \\emph{observable} where sampled networks refute it too, of \\emph{algebra} where it is wrong as printed, of
\\emph{notation} where nobody would compute with it.`

function paperPart(report: Report, paper: PaperReport, figures: ReportInput['figures']): string {
  const drawn = paper.statements.flatMap(({ id }) => figures.get(id) ?? [])
  const tables = sectionTables(report, paper)
  return [
    `\\clearpage\n\\section[${texText(shortCitation(paper.bibliography))}]{${texText(paper.title)}}`,
    `\\noindent ${texText(shortCitation(paper.bibliography))}~\\cite{${paper.id}}: ${paper.statements.length} statements.`,
    '\\subsection{Verdicts}',
    ...tables.map(({ name }) => `\\input{tables/${name}.tex}`),
    ...(drawn.length === 0
      ? []
      : ['\\clearpage\n\\subsection{Figures}', ...drawn.map((figure) => figureFloat(figure, paper)), '\\clearpage']),
    paperErrata(report, paper, '\\subsection*').replace(/^\\subsection\*\{.*?\}$/m, '\\subsection{Errata}'),
  ].join('\n\n')
}

function figureFloat({ facts, error }: FigureFile, paper: PaperReport): string {
  if (error !== null) return `\\noindent ${texText(facts.statement)} is not drawn: ${texText(error)}.\\par`
  const sizes = facts.sizes.length === 0 ? '' : ` Simulated: ${facts.sizes.map(figureTex).join('; ')}.`
  return `\\begin{figure}[htbp]
\\centering
\\input{figures/${figureName(facts.statement)}.tex}
\\caption{${texText(capitalised(facts.label))} of ${texText(shortCitation(paper.bibliography))}: ${texProse(facts.about)}.${sizes} ${texText(capitalised(runFacts({ corrigenda: facts.version, seed: facts.seed, depth: facts.depth })))}.}
\\end{figure}`
}
