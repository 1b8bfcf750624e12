import type { Depth } from '../audit/derivation.js'
import type { Evidence, MeasuredValue, Severity, Verdict } from '../audit/evidence.js'
import { notationOf } from '../audit/formulas.js'
import { nextStep } from '../audit/next-step.js'
import type { PreparedPaper } from '../audit/prepare.js'
import type { StatementResult } from '../audit/runner.js'
import type { Bibliography, Paper, Statement, StatementKind, Transcription } from '../audit/statement.js'
import type { Warning } from '../audit/warnings.js'
import { domainText } from '../expression/domain-text.js'
import type { SlotDeclaration } from '../expression/notation.js'
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
  /** What `reading` says, in words. */
  readonly readingNote: string | null
  /** For `hand`: what is tested in the printed (and the corrected) form's place, in LaTeX. */
  readonly encoded: string | null
  readonly encodedCorrected: string | null
  /** Abbreviations (`D = …`) that hold in this statement. */
  readonly where: readonly string[]
  /** For figures: what is on the axes, read off the page. */
  readonly axes: Statement['axes']
  /** Base name of the figure's files (`.json`, `.csv`, `.svg`), where it is drawn again; null: it is not. */
  readonly figure: string | null
  /** For what is open: what to do about it, to the letter; null where something else says it. */
  readonly nextStep: string | null
  /** What to know before one believes the verdict: symbols that are guesses, places where the formula has no value. */
  readonly warnings: readonly Warning[]
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
  /** Of a check that measured one number on sampled networks: the number, its interval, and what stands beside it. */
  readonly measured?: MeasuredValue
}

export interface PaperReport {
  readonly id: string
  readonly title: string
  readonly statements: readonly StatementReport[]
  readonly bibliography: Bibliography
  /** How many statements the paper has; more than are listed where a part of it was audited. */
  readonly statementCount: number
  /** The paper's notation. */
  readonly symbols: readonly SymbolReport[]
}

/** What a symbol of the paper means. */
export interface SymbolReport {
  /** Its canonical name, as witnesses have it: `weightStandardDeviation`. */
  readonly name: string
  /** The ways in which it is written. */
  readonly latex: readonly string[]
  readonly meaning: string
  /** As in the paper's data: `(0, inf)`, `integers [1, 100]`. Null: any real number, or no number at all. */
  readonly domain: string | null
  readonly unit: string | null
  /** LaTeX of what it abbreviates. */
  readonly definition: string | null
  /** Whether it was guessed from the formulas and nobody has confirmed it. */
  readonly guess: boolean
  /** Where each of its indices stands, in their order, and whether it may be left out. */
  readonly slots: readonly Pick<SlotDeclaration, 'position' | 'optional'>[]
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

/** A paper's results as a report takes them. */
export interface ReportedPaper {
  readonly paper: Paper
  readonly results: readonly StatementResult[]
  /** Full ids of the statements that are figures drawn again. */
  readonly drawn: ReadonlySet<string>
}

/** A paper's results with what a report takes from its derivations besides: which figures are drawn again. */
export const reportedPaper = (prepared: PreparedPaper, results: readonly StatementResult[]): ReportedPaper => ({
  paper: prepared.paper,
  results,
  drawn: new Set(prepared.figures.map(({ statement }) => `${prepared.paper.id}/${statement}`)),
})

/** The report of an audit. Pure; equal results give equal reports, key by key. */
export const makeReport = (head: ReportHead, papers: readonly ReportedPaper[]): Report => ({
  schema: 1,
  corrigenda: head.version,
  seed: head.seed,
  depth: head.depth,
  elapsedSeconds: Math.round(head.elapsedSeconds * 10) / 10,
  papers: papers.map(({ paper, results, drawn }) => ({
    id: paper.id,
    title: paper.bibliography.title,
    statements: results.map((result) => reportStatement(paper, result, drawn.has(result.statement.id))),
    bibliography: {
      title: paper.bibliography.title,
      authors: paper.bibliography.authors,
      year: paper.bibliography.year,
      published: paper.bibliography.published,
      identifier: paper.bibliography.identifier,
    },
    statementCount: paper.statements.length,
    symbols: paper.notation.symbols.map(({ name, latex, meaning, domain, unit, definition, guess, slots }) => ({
      name,
      latex,
      meaning,
      domain: domain && domainText(domain),
      unit,
      definition,
      guess: guess ?? false,
      slots: slots.map(({ position, optional }) => ({ position, optional })),
    })),
  })),
})

/** One statement's part of a report; `isDrawn` where it is a figure that an audit draws again. */
export function reportStatement(paper: Paper, result: StatementResult, isDrawn: boolean): StatementReport {
  const { statement } = result
  const reading = [...statement.readings, ...statement.tried].find(({ id }) => id === result.reading)
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
      ...(evidence.measured ? { measured: evidence.measured } : {}),
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
    readingNote: reading?.note.trim() ?? null,
    encoded: statement.encoded?.trim() ?? null,
    encodedCorrected: statement.encodedCorrected?.trim() ?? null,
    where: statement.where,
    axes: statement.axes && { x: statement.axes.x, y: statement.axes.y },
    figure: isDrawn ? figureName(statement.id) : null,
    nextStep: nextStep(paper, result),
    warnings: result.warnings,
  }
}

/** What the files of a statement's figure are called: `PAPER-fig-4`. */
export const figureName = (id: string): string => id.replace('/', '-')

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
