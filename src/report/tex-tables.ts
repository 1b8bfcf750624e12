import type { Verdict } from '../audit/evidence.js'
import type { CheckReport, PaperReport, Report, StatementReport } from './report.js'
import { errataCommands, texErrata } from './tex-errata.js'
import { texText } from './tex-text.js'

/**
 * A report as LaTeX tables, one for each section of each paper, and its errata. The file compiles by itself with
 * pdflatex, and can be \input into a document that loads the packages named at its top.
 */
export function texTables(report: Report): string {
  return [
    head(report),
    ...report.papers.flatMap((paper) => [
      `\\section*{${texText(paper.title)} (\\texttt{${texText(paper.id)}})}`,
      texSummary(paper),
      ...sectionsOf(paper).map(([section, statements]) => sectionTable(section, statements)),
      texErrata(paper),
    ]),
    '\\corrigendaend',
    '',
  ].join('\n\n')
}

function head(report: Report): string {
  return `% Verdicts of corrigenda ${report.corrigenda}, seed ${report.seed}, depth ${report.depth}.
% To compile: pdflatex tables.tex. To \\input into a document of your own, load there:
%   \\usepackage{amsmath,amssymb,booktabs,longtable}
\\makeatletter
\\ifx\\@nodocument\\relax
  \\makeatother
\\else
  \\makeatother
  \\documentclass[10pt]{article}
  \\usepackage[T1]{fontenc}
  \\usepackage[utf8]{inputenc}
  \\usepackage[a4paper,margin=2cm]{geometry}
  \\usepackage{amsmath,amssymb,booktabs,longtable}
  \\newcommand{\\corrigendaend}{\\end{document}}
  \\begin{document}
\\fi
\\providecommand{\\corrigendaend}{}
${errataCommands}`
}

const verdicts: readonly Verdict[] = [
  'definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open',
] // biome-ignore format: a list reads best as a list

function texSummary({ statements }: PaperReport): string {
  const counts = verdicts.map((verdict) => statements.filter((statement) => statement.verdict === verdict).length)
  const hand = statements.filter(({ encoding }) => encoding === 'hand').length
  const doubtful = statements.filter(({ transcription }) => transcription === 'doubtful').length
  return `\\begin{center}
\\begin{tabular}{${'r'.repeat(verdicts.length + 1)}}
\\toprule
${verdicts.join(' & ')} & all \\\\
\\midrule
${counts.join(' & ')} & ${statements.length} \\\\
\\bottomrule
\\end{tabular}
\\end{center}
\\noindent ${statements.length - hand} statements are read from their \\LaTeX, ${hand} are encoded by hand; ${doubtful} are doubtful in transcription (marked ?).`
}

/** Statements by section, in the order in which sections first occur. */
function sectionsOf(paper: PaperReport): readonly (readonly [string, readonly StatementReport[]])[] {
  const sections = new Map<string, StatementReport[]>()
  for (const statement of paper.statements)
    sections.set(statement.section, [...(sections.get(statement.section) ?? []), statement])
  return [...sections]
}

function sectionTable(section: string, statements: readonly StatementReport[]): string {
  const rows = statements.map((statement) =>
    [
      texText(statement.label) + (statement.transcription === 'doubtful' ? '~?' : ''),
      texText(statement.about) + (statement.encoding === 'hand' ? ' (by hand)' : ''),
      statement.verdict,
      texText(evidenceText(statement)),
    ].join(' & '),
  )
  return `\\subsection*{Section ${texText(section)}}
\\begin{longtable}{p{0.13\\linewidth}p{0.40\\linewidth}lp{0.27\\linewidth}}
\\toprule
statement & what it says & verdict & evidence \\\\
\\midrule
\\endhead
\\bottomrule
\\endfoot
${rows.map((row) => `${row} \\\\`).join('\n')}
\\end{longtable}`
}

/** In a few words, what the verdict rests on. */
export function evidenceText({ checks, verdict, openReason }: StatementReport): string {
  if (openReason !== null) return `open: ${openReason}`
  const wanted = verdict === 'erratum' || verdict === 'refuted' ? 'refuted' : 'holds'
  const words = checks
    .filter(({ target, outcome }) => target === 'printed' && outcome === wanted)
    .map(({ method, numbers }) => `${method}${figureOf(method, numbers)}`)
  return [...new Set(words)].join(', ')
}

function figureOf(method: CheckReport['method'], numbers: CheckReport['numbers']): string {
  if (method === 'property' && typeof numbers['digits'] === 'number' && numbers['digits'] > 0)
    return ` (${numbers['digits']} digits)`
  if (method === 'sampled' && typeof numbers['z'] === 'number') return ` (z = ${numbers['z'].toFixed(1)})`
  return ''
}
