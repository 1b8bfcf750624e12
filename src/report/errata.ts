import type { Severity } from '../audit/evidence.js'
import { isWrong, type PaperReport, type StatementReport } from './report.js'
import { correctFirst, uncorrectedPremises } from './uncorrected.js'

/** What a reader wants to know of an erratum beyond its own checks. */
export interface Erratum {
  readonly statement: StatementReport
  /** Where the error first enters; null: here. */
  readonly inheritedFrom: string | null
  /** Statements that carry it on. */
  readonly heirs: readonly string[]
  /** Statements that rest on this one and are right as printed. */
  readonly unharmed: readonly string[]
  /** Statements that follow from this one where it is refuted without a correction that holds: nothing says that they are right. */
  readonly following: readonly string[]
  /** That a refuted premise without correction is to be corrected first; null: there is none. */
  readonly correctFirst: string | null
  /** Where the paper has it right again, and what became of that statement as a whole. */
  readonly recovers: readonly { readonly at: string; readonly how: string; readonly wrongOtherwise: boolean }[]
  /** Under which convention it was read, and which others were tried: one line each. */
  readonly conventions: readonly string[]
}

const rank: Readonly<Record<Severity, number>> = { observable: 0, algebra: 1, notation: 2 }
const severityRank = ({ severity }: StatementReport): number => (severity === null ? 3 : rank[severity])

/** The errata of a paper, gravest first; within a severity in the paper's order. */
export function errataOf(paper: PaperReport): readonly Erratum[] {
  const byId = new Map(paper.statements.map((statement) => [statement.id, statement]))
  const rest = (statement: StatementReport): readonly string[] =>
    idsOf(paper, (other) => other.from.includes(statement.id) && isRight(other))
  const stands = (id: string): boolean => uncorrectedPremises(paper.statements, { id }).length === 0
  return paper.statements
    .filter(isWrong)
    .map((statement, position) => ({ statement, position }))
    .sort((a, b) => severityRank(a.statement) - severityRank(b.statement) || a.position - b.position)
    .map(({ statement }) => ({
      statement,
      inheritedFrom: statement.origin === statement.id ? null : statement.origin,
      heirs: idsOf(paper, ({ id, origin }) => origin === statement.id && id !== statement.id),
      unharmed: rest(statement).filter(stands),
      following: statement.verdict === 'refuted' ? rest(statement) : [],
      correctFirst: correctFirst(paper.statements, statement),
      recovers: statement.recovers.map(({ at, how }) => {
        const there = byId.get(at)
        return { at, how, wrongOtherwise: there !== undefined && isWrong(there) }
      }),
      conventions: conventionsOf(statement),
    }))
}

const idsOf = (paper: PaperReport, wanted: (statement: StatementReport) => boolean): readonly string[] =>
  paper.statements.filter(wanted).map(({ id }) => id)

const isRight = (statement: StatementReport): boolean =>
  !isWrong(statement) && statement.verdict !== 'definition' && statement.verdict !== 'open'

const ends = { refuted: 'wrong under it as well', holds: 'right under it, were it meant', undecided: 'not decided' }

/** How it was read, then each convention that was tried besides. */
export function conventionsOf({ reading, tried }: StatementReport): readonly string[] {
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
  const read =
    reading === null
      ? 'as it stands'
      : `${reading}, under which the corrected form holds: ${oneLine(tried.find(({ id }) => id === reading)?.note ?? '')}`
  const others = tried.map(({ id, note, outcome }) =>
    id === reading ? `${id}: ${ends[outcome]}` : `${id}: ${ends[outcome]} (${oneLine(note)})`,
  )
  return [`read ${read.replace(/: $/, '')}`, ...others.map((other) => `tried ${other}`)]
}
