import type { ReportFiles, ReportInput } from '../report-input.js'
import { texTables } from '../tex-tables.js'

/** A report as LaTeX files. */
export function latexFiles({ report }: ReportInput): ReportFiles {
  return new Map([['tables.tex', texTables(report)]])
}
