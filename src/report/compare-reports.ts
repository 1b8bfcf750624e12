import type { Severity, Verdict } from '../audit/evidence.js'
import { accountedFor, declaredOpen } from '../audit/verdict.js'
import type { Change, Comparison } from './change.js'
import type { ComparableReport, ComparableStatement } from './comparable-report.js'
import { changesOfChecks } from './compare-checks.js'

/** How much a verdict gives to rely on. */
const rank: Readonly<Record<Verdict, number>> = {
  proved: 7, verified: 6, asymptotic: 5, sampled: 4, definition: 3, erratum: 2, open: 1, refuted: 0,
} // biome-ignore format: an order reads best as a list

const severityRank: Readonly<Record<Severity, number>> = { notation: 0, algebra: 1, observable: 2 }

/**
 * What changed between an earlier report and a later one: verdicts, severities, origins, formulas; statements that appeared
 * or vanished; evidence that was lost (a check that is gone or no longer holds, fewer digits or instances, less power).
 * Figures of evidence are compared only where seed and depth are the same. Pure.
 */
export function compareReports(before: ComparableReport, after: ComparableReport): Comparison {
  const earlier = statementsById(before)
  const later = statementsById(after)
  const isAlike = before.seed === after.seed && before.depth === after.depth
  const changes = [
    ...[...later.values()].flatMap((statement) => {
      const known = earlier.get(statement.id)
      return known === undefined ? [appeared(statement)] : changesOf(known, statement, isAlike)
    }),
    ...[...earlier.values()].filter(({ id }) => !later.has(id)).map(vanished),
  ]
  return {
    schema: 1,
    worse: changes.filter(({ direction }) => direction === 'worse').length,
    better: changes.filter(({ direction }) => direction === 'better').length,
    changes,
    notes: notesOn(before, after),
  }
}

const statementsById = ({ papers }: ComparableReport): ReadonlyMap<string, ComparableStatement> =>
  new Map(papers.flatMap(({ statements }) => statements).map((statement) => [statement.id, statement]))

function notesOn(before: ComparableReport, after: ComparableReport): readonly string[] {
  const differs = (name: 'corrigenda' | 'seed' | 'depth', word: string): readonly string[] =>
    before[name] === after[name] ? [] : [`another ${word}: ${before[name]}, now ${after[name]}`]
  const alike = before.seed === after.seed && before.depth === after.depth
  return [
    ...differs('corrigenda', 'version of corrigenda'),
    ...differs('seed', 'seed'),
    ...differs('depth', 'depth'),
    ...(alike ? [] : ['digits, instances and power are not compared: audit with one seed and one depth for that']),
  ]
}

const changeOf = (id: string, rest: Partial<Change> & Pick<Change, 'what' | 'direction'>): Change => ({
  id,
  check: null,
  before: null,
  after: null,
  ...rest,
})

const appeared = ({ id, verdict, openReason }: ComparableStatement): Change => {
  const isFine = accountedFor(verdict) || declaredOpen(verdict, openReason ?? null)
  return changeOf(id, { what: 'appeared', direction: isFine ? 'other' : 'worse', after: verdict })
}

/** A statement that nothing audits any more is lost, whatever its verdict was. */
const vanished = ({ id, verdict }: ComparableStatement): Change =>
  changeOf(id, { what: 'vanished', direction: 'worse', before: verdict })

function changesOf(before: ComparableStatement, after: ComparableStatement, isAlike: boolean): readonly Change[] {
  const { id } = after
  const changes: Change[] = []
  if (before.verdict !== after.verdict)
    changes.push(
      changeOf(id, {
        what: 'verdict',
        direction: rank[after.verdict] < rank[before.verdict] ? 'worse' : 'better',
        before: before.verdict,
        after: after.verdict,
      }),
    )
  if (before.severity !== null && after.severity !== null && before.severity !== after.severity)
    changes.push(
      changeOf(id, {
        what: 'severity',
        direction: severityRank[after.severity] > severityRank[before.severity] ? 'worse' : 'better',
        before: before.severity,
        after: after.severity,
      }),
    )
  if (before.origin !== null && after.origin !== null && before.origin !== after.origin)
    changes.push(changeOf(id, { what: 'origin', direction: 'other', before: before.origin, after: after.origin }))
  for (const what of ['printed', 'corrected'] as const)
    if (before[what] !== after[what])
      changes.push(changeOf(id, { what, direction: 'other', before: before[what], after: after[what] }))
  return [...changes, ...changesOfChecks(before, after, isAlike)]
}
