import type { PaperReport, Report, StatementReport } from '../../../src/report/report.js'

/** A statement's report to be tested with: proved, and nothing else to be said of it. */
export const sampleStatement = (id: string, more: Partial<StatementReport> = {}): StatementReport => ({
  id: `p/${id}`, label: id, section: '1', kind: 'equation', verdict: 'proved', severity: null, origin: null,
  transcription: 'sound', printed: 'a = b_1', corrected: null, encoding: 'latex', encodingReason: null, reading: null,
  from: [], checks: [], about: 'a & b 100% #1', note: null, transcriptionNote: null, method: null, derived: null,
  error: null, tried: [], recovers: [], openReason: null, readingNote: null, encoded: null, encodedCorrected: null,
  where: [], axes: null, figure: null, nextStep: null, warnings: [], ...more,
}) // biome-ignore format: one object

/** A paper's report with the given statements. */
export const samplePaper = (statements: readonly StatementReport[], title = 'A_title'): PaperReport => ({
  id: 'p', title, statements,
  bibliography: { title, authors: ['Ann Author', 'Bo Writer'], year: 2020, published: 'Journal 1, 2', identifier: '10.1000/1' },
  statementCount: statements.length,
  symbols: [],
}) // biome-ignore format: one object

/** A whole report of one paper. */
export const sampleReport = (statements: readonly StatementReport[]): Report => ({
  schema: 1, corrigenda: '0.1.0', seed: 1, depth: 'quick', elapsedSeconds: 1, papers: [samplePaper(statements)],
}) // biome-ignore format: one object
