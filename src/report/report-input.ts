import type { FigureFile } from './figure-file.js'
import type { Report } from './report.js'

/** All that pages, LaTeX and Markdown are made of: no audit, no paper's data, no clock. */
export interface ReportInput {
  readonly report: Report
  /** The figures' files, by the full id of their statement: one for each whose `figure` is not null. */
  readonly figures: ReadonlyMap<string, FigureFile>
}

/** Files to be written below a folder: contents by path, its parts joined by `/`. */
export type ReportFiles = ReadonlyMap<string, string | Uint8Array>
