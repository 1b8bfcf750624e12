import { figureCsv } from '../figure-csv.js'
import type { FigureFile } from '../figure-file.js'
import { figureSvg } from '../figure-svg.js'
import type { PaperReport, Report } from '../report.js'
import type { ReportFiles, ReportInput } from '../report-input.js'
import { indexPage, paperPage, requireOwnAddresses, shortId, statementPage } from './addresses.js'
import { ancestryOf } from './graph/ancestry.js'
import { errataPageText } from './page/errata-page.js'
import { sizeOf } from './page/figure.js'
import { indexPageText } from './page/index-page.js'
import { paperPageText } from './page/paper-page.js'
import { referenceOf } from './page/pieces.js'
import { statementPageText } from './page/statement-page.js'

/**
 * A report as web pages that open from disk: an index, a page and an errata sheet for each paper, a page for each statement,
 * the figures' drawings and numbers. What all of them share (style, script, fonts) is added where they are written. Pure: equal
 * reports give equal bytes. Throws InputError where two pages would have one address.
 */
export function htmlPages({ report, figures }: ReportInput): ReportFiles {
  requireOwnAddresses(report)
  const files = new Map<string, string>([[indexPage, indexPageText(report)]])
  for (const paper of report.papers) addPaper(files, report, paper, figures)
  return files
}

function addPaper(
  files: Map<string, string>,
  report: Report,
  paper: PaperReport,
  figures: ReadonlyMap<string, FigureFile>,
): void {
  const ancestry = ancestryOf(paper)
  const reference = referenceOf(paper)
  const drawings = new Map<string, { readonly width: number; readonly height: number }>()
  for (const statement of paper.statements) {
    const figure = figures.get(statement.id) ?? null
    const svg = figure === null || figure.data === null ? null : figureSvg(figure.data, figure.facts)
    if (figure !== null && figure.data !== null && svg !== null) {
      const base = `${paper.id}/${shortId(statement.id)}`
      files.set(`${base}.svg`, svg)
      files.set(`${base}.csv`, figureCsv(figure.data, figure.facts))
      drawings.set(statement.id, sizeOf(svg))
    }
    files.set(
      statementPage(statement.id),
      statementPageText({ report, paper, statement, ancestry, reference, figure, svg }),
    )
  }
  files.set(paperPage(paper.id), paperPageText({ report, paper, drawings }))
  files.set(`${paper.id}/errata.html`, errataPageText(report, paper))
}
