import type { Verdict } from '../../audit/evidence.js'
import { shortCitation } from '../citation.js'
import { type EvidenceFigure, evidenceWords, orderText, zText } from '../evidence-words.js'
import { measuredGroups } from '../measured.js'
import type { PaperReport, Report, StatementReport } from '../report.js'
import { capitalised, type SectionReport, sectionName, sectionsOf } from '../sections.js'
import { texText } from '../tex-text.js'
import { packages, standalone } from './document.js'
import { texProse } from './prose.js'

/** A table with the name of its file, without folder and ending. */
export interface NamedTable {
  readonly name: string
  readonly about: string
  readonly body: string
}

/** Seed, depth and version, as captions have them. */
export const runFacts = ({ corrigenda, seed, depth }: Pick<Report, 'corrigenda' | 'seed' | 'depth'>): string =>
  `corrigenda ${corrigenda}, seed ${seed}, depth ${depth}`

/** One table for each section of a paper: statement, what it says, verdict, evidence; and one of numbers measured on networks. */
export function sectionTables(report: Report, paper: PaperReport): readonly NamedTable[] {
  const taken = new Set<string>()
  const sections = sectionsOf(paper).map((section) => {
    const slug = `${paper.id}-section-${section.section.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-+|-+$/g, '')}`
    let name = slug
    for (let k = 2; taken.has(name.toLowerCase()); k++) name = `${slug}-${k}`
    taken.add(name.toLowerCase())
    return {
      name,
      about: `Verdicts on ${sectionName(section.section)} of ${shortCitation(paper.bibliography)}`,
      body: sectionTable(report, paper, section),
    }
  })
  return [...sections, ...measuredTable(report, paper)]
}

/** The tables of all papers in one file. */
export const texTables = (report: Report): string =>
  standalone({
    about: [`Verdicts, one table a section: ${runFacts(report)}.`],
    packages: packages.tables,
    body: [
      summaryTable(report),
      ...report.papers.flatMap((paper) => [
        `\\section*{${texText(paper.title)}}`,
        ...sectionTables(report, paper).map(({ body }) => body),
      ]),
    ].join('\n\n'),
  })

/** A table as a file of its own. */
export const tableFile = (report: Report, { about, body }: NamedTable): string =>
  standalone({ about: [`${about}: ${runFacts(report)}.`], packages: packages.tables, body })

const verdicts: readonly Verdict[] = [
  'definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open',
] // biome-ignore format: a list reads best as a list

/** How many statements of each paper have which verdict. */
export function summaryTable(report: Report): string {
  const { papers } = report
  const shown = verdicts.filter((verdict) => papers.some((paper) => countOf(paper, verdict) > 0))
  const all = papers.flatMap(({ statements }) => statements)
  const rows = papers.map((paper) =>
    [texText(shortCitation(paper.bibliography)), ...shown.map((v) => countOf(paper, v)), paper.statements.length].join(
      ' & ',
    ),
  )
  const total = ['all', ...shown.map((verdict) => countOf({ statements: all }, verdict)), all.length].join(' & ')
  const hand = all.filter(({ encoding }) => encoding === 'hand').length
  const doubtful = all.filter(({ transcription }) => transcription === 'doubtful').length
  const part = papers.filter(({ statements, statementCount }) => statements.length < statementCount)
  return `\\begin{table}[htbp]
\\centering
\\caption{Statements by verdict. ${all.length - hand} of them are read from their \\LaTeX, ${hand} are encoded by hand; the transcription of ${doubtful} is doubtful.${
    part.length === 0
      ? ''
      : ` Audited in part: ${texText(part.map((paper) => `${paper.id}, ${paper.statements.length} of ${paper.statementCount} statements`).join('; '))}.`
  } ${texText(capitalised(runFacts(report)))}.}
\\medskip
\\begin{tabular}{@{}l${'r'.repeat(shown.length + 1)}@{}}
\\toprule
paper & ${[...shown, 'all'].join(' & ')} \\\\
\\midrule
${rows.map((row) => `${row} \\\\`).join('\n')}
${papers.length > 1 ? `\\midrule\n${total} \\\\\n` : ''}\\bottomrule
\\end{tabular}
\\end{table}`
}

const countOf = ({ statements }: Pick<PaperReport, 'statements'>, verdict: Verdict): number =>
  statements.filter((statement) => statement.verdict === verdict).length

const column = (width: string): string => `>{\\raggedright\\arraybackslash}p{${width}\\linewidth}`

function sectionTable(report: Report, paper: PaperReport, { section, statements }: SectionReport): string {
  const marks = [
    ...(statements.some(({ encoding }) => encoding === 'hand') ? ['$^{\\mathrm{h}}$~encoded by hand'] : []),
    ...(statements.some(({ transcription }) => transcription === 'doubtful') ? ['$^{?}$~transcription doubtful'] : []),
  ]
  const caption = `${capitalised(sectionName(section))} of ${shortCitation(paper.bibliography)}`
  return `{\\footnotesize\\renewcommand{\\arraystretch}{1.15}\\setlength{\\tabcolsep}{4pt}\\setlength{\\LTcapwidth}{\\linewidth}
\\begin{longtable}{@{}${column('0.15')}${column('0.38')}l${column('0.19')}${column('0.125')}@{}}
\\caption{${texText(caption)}: what each statement says, its verdict, and the evidence for it; $z$ is the largest deviation in standard errors, an order the exponent of what is left out.${marks.length === 0 ? '' : ` ${marks.join('; ')}.`} ${texText(capitalised(runFacts(report)))}.}\\\\[4pt]
\\toprule
statement & what it says & verdict & evidence & digits or $z$ \\\\
\\midrule
\\endfirsthead
\\toprule
statement & what it says & verdict & evidence & digits or $z$ \\\\
\\midrule
\\endhead
\\bottomrule
\\endfoot
${statements.map((statement) => `${rowOf(statement)} \\\\`).join('\n')}
\\end{longtable}}`
}

function rowOf(statement: StatementReport): string {
  const { label, about, verdict, encoding, transcription } = statement
  const { basis, figures } = evidenceWords(statement)
  const marks = `${encoding === 'hand' ? '$^{\\mathrm{h}}$' : ''}${transcription === 'doubtful' ? '$^{?}$' : ''}`
  return [texProse(label) + marks, texProse(about), verdict, texProse(basis), figures.map(figureTex).join(', ')].join(
    ' & ',
  )
}

function figureTex(figure: EvidenceFigure): string {
  if (figure.kind === 'digits') return `${figure.digits}~digits`
  return figure.kind === 'z' ? `$z=${zText(figure.z)}$` : `order $${orderText(figure.order)}$`
}

/** Numbers measured on sampled networks beside everything that is said of them; no table where there are none. */
function measuredTable(report: Report, paper: PaperReport): readonly NamedTable[] {
  const groups = measuredGroups(paper)
  if (groups.length === 0) return []
  const citation = shortCitation(paper.bibliography)
  const body = `{\\footnotesize\\renewcommand{\\arraystretch}{1.15}\\setlength{\\LTcapwidth}{\\linewidth}
\\begin{longtable}{@{}${column('0.6')}rrl@{}}
\\caption{${texText(`Numbers measured on sampled networks for ${citation}, and what is printed, approximated and derived of them; in the last column whether the networks rule it out.`)} ${texText(capitalised(runFacts(report)))}.}\\\\[4pt]
\\toprule
what & value & off by & networks \\\\
\\midrule
\\endhead
\\bottomrule
\\endfoot
${groups
  .map(({ quantity, name, measured, interval, rows, widths }) =>
    [
      `${texProse(name)}: $${quantity} = ${measured.replace('±', '\\pm')}$ & & & ${texText(interval)}`,
      ...(widths === null ? [] : [`\\multicolumn{4}{@{}l}{\\quad ${widths.replace(/±/g, '$\\pm$')}}`]),
      ...rows.map(
        (row) =>
          `\\quad ${texProse(row.name)} & ${row.value} & $${row.off.replace('%', '\\%')}$ & ${row.compatible ? '' : 'ruled out'}`,
      ),
    ]
      .map((line) => `${line} \\\\`)
      .join('\n'),
  )
  .join('\n\\midrule\n')}
\\end{longtable}}`
  return [{ name: `${paper.id}-measured`, about: `Numbers measured on sampled networks for ${citation}`, body }]
}
