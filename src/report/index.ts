/**
 * What an audit says, for others to read: the report and its JSON, a report read back and compared with an earlier one,
 * LaTeX, Markdown, JUnit XML, a badge. Plain data and texts; nothing here touches a file.
 *
 * @module corrigenda/report
 */
export { badgeSvg } from './badge.js'
export type { Change, Comparison, Direction } from './change.js'
export { type ComparableReport, readComparableReport } from './comparable-report.js'
export { compareReports } from './compare-reports.js'
export { comparisonText } from './comparison-text.js'
export { type Erratum, errataOf } from './errata.js'
export { failureLine, failureText, standing } from './failure-text.js'
export type { FigureFile } from './figure-file.js'
export { junitXml } from './junit.js'
export { latexFiles } from './latex/files.js'
export { reportMarkdown } from './markdown.js'
export {
  type CheckReport,
  isWrong,
  makeReport,
  type PaperReport,
  type Report,
  type ReportedPaper,
  type ReportHead,
  reportedPaper,
  reportJson,
  reportStatement,
  type StatementReport,
} from './report.js'
export type { ReportFiles, ReportInput } from './report-input.js'
export { readFigure, readReport } from './report-schema.js'
export { correctFirst, uncorrectedPremises } from './uncorrected.js'
