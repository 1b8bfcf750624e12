import type { CheckReport, Report, StatementReport } from '../../../src/report/report.js'

/** A statement of a report; what a test is about is given. */
export const statement = (id: string, more: Partial<StatementReport> = {}): StatementReport => ({
  id: `p/${id}`, label: id, section: '1', kind: 'equation', verdict: 'proved', severity: null, origin: null,
  transcription: 'sound', printed: 'a = b', corrected: null, encoding: 'latex', encodingReason: null, reading: null,
  from: [], checks: [], about: 'says that a & b are one', note: null, transcriptionNote: null, method: null, derived: null,
  error: null, tried: [], recovers: [], ...more,
}) // biome-ignore format: one object

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
  schema: 1, corrigenda: '0.1.0', seed: 1, depth: 'quick', elapsedSeconds: 1,
  papers: [{ id: 'p', title: 'A <title> & more', statements }], ...more,
}) // biome-ignore format: one object
