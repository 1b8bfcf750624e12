import type { Verdict } from '../audit/evidence.js'
import { shortCitation } from './citation.js'
import { errataOf } from './errata.js'
import { evidenceWords, figureText } from './evidence-words.js'
import { distinctLabel } from './labels.js'
import { markdownProse, markdownTable, markdownText } from './markdown-text.js'
import type { PaperReport, Report, StatementReport } from './report.js'
import { capitalised, sectionName, sectionsOf } from './sections.js'

const verdicts: readonly Verdict[] = [
  'definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open',
] // biome-ignore format: a list reads best as a list

const countOf = (statements: readonly StatementReport[], verdict: Verdict): number =>
  statements.filter((statement) => statement.verdict === verdict).length

/** How many statements of each section have which verdict. */
export function sectionCounts(paper: PaperReport): string {
  const shown = verdicts.filter((verdict) => countOf(paper.statements, verdict) > 0)
  const rows = sectionsOf(paper).map(({ section, statements }) => [
    markdownText(section),
    String(statements.length),
    ...shown.map((verdict) => String(countOf(statements, verdict) || '')),
  ])
  const all = [
    'all',
    String(paper.statements.length),
    ...shown.map((verdict) => String(countOf(paper.statements, verdict))),
  ]
  return markdownTable(
    ['section', 'statements', ...shown],
    ['left', 'right', ...shown.map(() => 'right' as const)],
    [...rows, all.map((cell) => `**${cell}**`)],
  )
}

/** A paper's errors, gravest first, one line each, with the statements that inherit them. */
export function errataTable(paper: PaperReport): string {
  const own = errataOf(paper).filter(({ inheritedFrom }) => inheritedFrom === null)
  return markdownTable(
    ['severity', 'where', 'what is wrong', 'inherited by'],
    ['left', 'left', 'left', 'left'],
    own.map(({ statement, heirs }) => [
      `${statement.severity ?? 'refuted'}${statement.transcription === 'doubtful' ? ", or the scan's" : ''}${statement.verdict === 'refuted' ? ', no correction that holds' : ''}`,
      markdownProse(distinctLabel(paper, statement.id)),
      markdownProse(statement.note ?? statement.about),
      heirs.map((id) => markdownProse(distinctLabel(paper, id))).join('; '),
    ]),
  )
}

/** Every statement of a paper with its verdict and evidence, a table for each section. */
export const statementTables = (paper: PaperReport): string =>
  sectionsOf(paper)
    .map(({ section, statements }) =>
      [
        `### ${markdownText(capitalised(sectionName(section)))}`,
        markdownTable(
          ['statement', 'what it says', 'verdict', 'evidence', 'digits or z'],
          ['left', 'left', 'left', 'left', 'left'],
          statements.map((statement) => {
            const { basis, figures } = evidenceWords(statement)
            return [
              `${markdownText(statement.label)}${marks(statement)}`,
              markdownProse(statement.about),
              statement.verdict,
              markdownProse(basis),
              figures.map(figureText).join(', '),
            ]
          }),
        ),
      ].join('\n\n'),
    )
    .join('\n\n')

const marks = ({ encoding, transcription }: StatementReport): string =>
  `${encoding === 'hand' ? ' †' : ''}${transcription === 'doubtful' ? ' ?' : ''}`

/** What the marks of `statementTables` mean, and with what was audited. */
export const tableLegend = ({ corrigenda, seed, depth }: Report): string =>
  `corrigenda ${corrigenda}, seed ${seed}, depth ${depth}. † encoded by hand; ? transcription doubtful; z: the largest deviation in standard errors.`

/** One line on a paper: how much of it was audited, and how it was read. */
export function paperLine(report: Report, paper: PaperReport): string {
  const { statements, statementCount } = paper
  const hand = statements.filter(({ encoding }) => encoding === 'hand').length
  const count = statements.length === statementCount ? `${statementCount}` : `${statements.length} of ${statementCount}`
  return `${count} statements, ${statements.length - hand} read from their LaTeX, ${hand} encoded by hand (seed ${report.seed}, depth ${report.depth})`
}

/** What the README shows of a report: for each paper its verdicts by section, and its errors. */
export const readmeTables = (report: Report): string =>
  report.papers
    .map((paper) => {
      const errata = errataOf(paper).length === 0 ? 'No errata.' : `Errata, by severity:\n\n${errataTable(paper)}`
      return `**${markdownText(paper.title)}** (\`${paper.id}\`): ${paperLine(report, paper)}.\n\n${sectionCounts(paper)}\n\n${errata}`
    })
    .join('\n\n')

/** Verdicts on every statement of every paper. */
export const verdictsMarkdown = (report: Report): string =>
  `${[
    '# Verdicts',
    tableLegend(report),
    ...report.papers.flatMap((paper) => [
      `## ${markdownText(paper.title)} (${paper.id})`,
      `${markdownText(shortCitation(paper.bibliography))}: ${paperLine(report, paper)}.`,
      sectionCounts(paper),
      statementTables(paper),
    ]),
  ].join('\n\n')}\n`
