import type { Depth } from '../audit/derivation.js'
import type { Evidence, Severity, Verdict } from '../audit/evidence.js'
import { notationOf } from '../audit/formulas.js'
import type { StatementResult } from '../audit/runner.js'
import type { Paper, Statement, StatementKind, Transcription } from '../audit/statement.js'
import { toLatex } from '../expression/write-latex.js'
import { readable, readableFormula } from './readable.js'

/** A statement as others read it (`--json`). The fields and their order are the schema; additions come at the end. */
export interface StatementReport {
  readonly id: string
  readonly label: string
  readonly section: string
  readonly kind: StatementKind
  readonly verdict: Verdict
  readonly severity: Severity | null
  readonly origin: string | null
  readonly transcription: Transcription
  readonly printed: string
  readonly corrected: string | null
  readonly encoding: 'latex' | 'hand'
  readonly encodingReason: string | null
  readonly reading: string | null
  readonly from: readonly string[]
  readonly checks: readonly CheckReport[]
  readonly about: string
  readonly note: string | null
  readonly transcriptionNote: string | null
  /** How it was derived, and what came out, in LaTeX. */
  readonly method: string | null
  readonly derived: string | null
  readonly error: string | null
  /** Where the printed form was refuted: every other convention that was tried, and what became of it there. */
  readonly tried: StatementResult['tried']
  /** For what is wrong: where the paper has it right again without saying so, by the statement's data. */
  readonly recovers: Statement['recovers']
  /** Why a statement is open, where its data declare it (`needs training`); null for every other verdict. */
  readonly openReason: string | null
}

export interface CheckReport {
  readonly method: Evidence['method']
  readonly target: Evidence['target']
  readonly outcome: Evidence['outcome']
  readonly summary: string
  readonly witness: Evidence['witness']
  readonly numbers: Evidence['numbers']
  /** The check's own name. */
  readonly name: string
  readonly leadingOrder?: true
  readonly instances?: true
}

export interface PaperReport {
  readonly id: string
  readonly title: string
  readonly statements: readonly StatementReport[]
}

export interface Report {
  readonly schema: 1
  readonly corrigenda: string
  readonly seed: number
  readonly depth: Depth
  /** The only field that differs between two runs with one seed. */
  readonly elapsedSeconds: number
  readonly papers: readonly PaperReport[]
}

/** What a report says of a whole audit besides the statements. */
export interface ReportHead {
  readonly version: string
  readonly seed: number
  readonly depth: Depth
  readonly elapsedSeconds: number
}

/** The report of an audit. Pure; equal results give equal reports, key by key. */
export const makeReport = (
  head: ReportHead,
  papers: readonly { readonly paper: Paper; readonly results: readonly StatementResult[] }[],
): Report => ({
  schema: 1,
  corrigenda: head.version,
  seed: head.seed,
  depth: head.depth,
  elapsedSeconds: Math.round(head.elapsedSeconds * 10) / 10,
  papers: papers.map(({ paper, results }) => ({
    id: paper.id,
    title: paper.bibliography.title,
    statements: results.map((result) => reportStatement(paper, result)),
  })),
})

/** One statement's part of a report. */
export function reportStatement(paper: Paper, result: StatementResult): StatementReport {
  const { statement } = result
  return {
    id: statement.id,
    label: statement.label,
    section: statement.section,
    kind: statement.kind,
    verdict: result.verdict,
    severity: result.severity,
    origin: result.origin,
    transcription: statement.transcription,
    printed: statement.printed.trim(),
    corrected: statement.corrected?.trim() ?? null,
    encoding: statement.encoding,
    encodingReason: statement.encodingReason,
    reading: result.reading,
    from: result.from,
    checks: result.results.map(({ check, evidence }) => ({
      method: evidence.method,
      target: evidence.target,
      outcome: evidence.outcome,
      summary: evidence.summary,
      witness: evidence.witness,
      numbers: Object.fromEntries(Object.entries(evidence.numbers).sort(([a], [b]) => (a < b ? -1 : 1))),
      name: check,
      ...(evidence.leadingOrder ? { leadingOrder: true as const } : {}),
      ...(evidence.instances ? { instances: true as const } : {}),
    })),
    about: statement.about,
    note: statement.note?.trim() ?? null,
    transcriptionNote: statement.transcriptionNote?.trim() ?? null,
    method: result.method,
    derived: derivedLatex(paper, result),
    error: result.error?.message ?? null,
    tried: result.tried.map(({ id, note, outcome }) => ({ id, note: note.trim(), outcome })),
    recovers: isWrong(result) ? statement.recovers.map(({ at, how }) => ({ at, how: how.trim() })) : [],
    openReason: result.verdict === 'open' ? (statement.open?.trim() ?? null) : null,
  }
}

/** Errata and what has no correction. */
export const isWrong = ({ verdict }: { readonly verdict: Verdict }): boolean =>
  verdict === 'erratum' || verdict === 'refuted'

function derivedLatex(paper: Paper, { statement, derived }: StatementResult): string | null {
  if (derived === null) return null
  const notation = notationOf(paper, statement)
  switch (derived.kind) {
    case 'value':
      return toLatex(readable(derived.value, notation), notation)
    case 'formula':
      return readableFormula(derived.formula, notation)
        .sides.map((side, k) => (k === 0 ? '' : ` ${derived.formula.relations[k - 1]} `) + toLatex(side, notation))
        .join('')
    case 'region':
    case 'instances':
      return `\\text{${derived.describe}}`
    case 'nothing':
      return null
  }
}

/** The JSON text of a report: keys in the schema's order, one final newline. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
