import type { Report } from '../report.js'
import type { ReportFiles, ReportInput } from '../report-input.js'
import { bibliographyFile } from './bibliography.js'
import { errataFile } from './errata.js'
import { figureFiles } from './figures.js'
import { reportDocument } from './report-document.js'
import { sectionTables, tableFile, texTables } from './tables.js'

/**
 * A report as LaTeX: report.tex with references.bib; tables.tex and tables/, errata.tex and errata/, figures/, each file of
 * which compiles by itself and can be \input into a paper. Pure; dates and machines do not enter.
 */
export function latexFiles(input: ReportInput): ReportFiles {
  const { report } = input
  return new Map<string, string>([
    ['report.tex', reportDocument(input)],
    ['references.bib', bibliographyFile(report.papers)],
    ['tables.tex', texTables(report)],
    ['errata.tex', errataFile(report)],
    ...tableFiles(report),
    ...report.papers.map((paper) => [`errata/${paper.id}.tex`, errataFile(report, [paper])] as const),
    ...figureFiles(input),
  ])
}

const tableFiles = (report: Report): readonly (readonly [string, string])[] =>
  report.papers.flatMap((paper) =>
    sectionTables(report, paper).map((table) => [`tables/${table.name}.tex`, tableFile(report, table)] as const),
  )
