import type { StatementResult } from '../../../../src/audit/runner.js'
import { openSession, rootFolder } from '../../../../src/cli/session.js'
import { figureFacts } from '../../../../src/report/figure-facts.js'
import type { FigureFile } from '../../../../src/report/figure-file.js'
import { makeReport, type Report } from '../../../../src/report/report.js'
import type { ReportInput } from '../../../../src/report/report-input.js'

const { papers } = await openSession(rootFolder(process.cwd()))

/**
 * The shipped papers with their own formulas, premises and texts, and with verdicts that nothing was computed for: what has a
 * correction is an erratum, definitions are definitions, all else is proved. Pages are tested with it, not papers.
 */
export const shippedReport: Report = makeReport(
  { version: '0.1.0', seed: 1, depth: 'quick', elapsedSeconds: 1 },
  papers.map(({ paper, graph, figure }) => ({
    paper,
    drawn: new Set(paper.statements.map(({ id }) => id).filter((id) => figure(id) !== undefined)),
    results: paper.statements.map((statement): StatementResult => {
      const isWrong = statement.corrected !== null
      const isDefinition = statement.role === 'definition'
      return {
        statement,
        verdict: isWrong ? 'erratum' : isDefinition ? 'definition' : 'proved',
        severity: isWrong ? (statement.slip ? 'notation' : 'algebra') : null,
        origin: isWrong ? statement.id : null,
        from: graph.premisesOf(statement.id),
        method: graph.derivationOf.get(statement.id)?.method ?? null,
        error: null,
        derived: null,
        reading: null,
        tried: [],
        unread: [],
        results: [],
        warnings: [],
      }
    }),
  })),
)

const head = { version: '0.1.0', seed: 1, depth: 'quick' } as const

/** The same with a figure of one line and three points in the place of each that is drawn. */
export const shippedInput: ReportInput = {
  report: shippedReport,
  figures: new Map(
    papers.flatMap(({ paper, figure }) =>
      paper.statements
        .filter(({ id }) => figure(id) !== undefined)
        .map((statement): [string, FigureFile] => [
          statement.id,
          {
            schema: 1,
            facts: figureFacts(head, paper, statement, []),
            axes: statement.axes,
            error: null,
            data: {
              panels: [
                {
                  x: { label: 'q' },
                  y: { label: 'P' },
                  series: [
                    { name: 'theory', kind: 'line', x: [0, 1, 2], y: [0, 1, 4] },
                    { name: 'simulation', kind: 'points', x: [0, 1, 2], y: [0.1, 1.1, 3.9], error: [0.1, 0.1, 0.1] },
                  ],
                },
              ],
            },
          },
        ]),
    ),
  ),
}
