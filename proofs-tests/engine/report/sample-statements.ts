import type { CheckReport, Report, StatementReport } from '../../../src/report/report.js'
import { samplePaper, sampleReport, sampleStatement } from './sample-report.js'

/** A statement of a report; what a test is about is given. */
export const statement = (id: string, more: Partial<StatementReport> = {}): StatementReport =>
  sampleStatement(id, { printed: 'a = b', about: 'says that a & b are one', ...more })

export const check = (name: string, more: Partial<CheckReport> = {}): CheckReport => ({
  method: 'exact', target: 'printed', outcome: 'holds', summary: 'equal to what was derived', witness: null, numbers: {}, name, ...more,
}) // biome-ignore format: one object

export const refutation = check('exact', {
  outcome: 'refuted', summary: 'differs ]]> from\u0000 what <was> derived',
  witness: { at: { couplingStrength: '1/2', sites: '3' }, left: '1', right: '2' },
}) // biome-ignore format: one object

export const refuted = (id: string, more: Partial<StatementReport> = {}): StatementReport =>
  statement(id, { verdict: 'refuted', severity: 'algebra', origin: `p/${id}`, checks: [refutation], ...more })

export const reportOf = (statements: readonly StatementReport[], more: Partial<Report> = {}): Report => ({
  ...sampleReport(statements),
  papers: [samplePaper(statements, 'A <title> & more')],
  ...more,
})
