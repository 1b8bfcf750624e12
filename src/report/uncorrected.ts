import { isWrong, type StatementReport } from './report.js'

/**
 * Ids of what a statement rests on, all the way up, that is refuted without a correction that holds: what is derived
 * further down was derived from these as they stand. Of several above each other the topmost, the first to be corrected.
 * Premises that `statements` lacks are not known; circles are walked once.
 */
export function uncorrectedPremises(
  statements: readonly StatementReport[],
  { id }: Pick<StatementReport, 'id'>,
): readonly string[] {
  const byId = new Map(statements.map((statement) => [statement.id, statement]))
  const above = (of: string): ReadonlySet<string> => {
    const found = new Set<string>()
    const add = (premise: string): void => {
      if (found.has(premise)) return
      found.add(premise)
      byId.get(premise)?.from.forEach(add)
    }
    byId.get(of)?.from.forEach(add)
    found.delete(of)
    return found
  }
  const uncorrected = (of: string): readonly string[] =>
    [...above(of)].filter((premise) => byId.get(premise)?.verdict === 'refuted')
  const all = new Set(uncorrected(id))
  return statements.flatMap((one) => (all.has(one.id) && uncorrected(one.id).length === 0 ? [one.id] : []))
}

/**
 * For a statement that is wrong and rests on what is refuted and has no correction: that this is to be corrected first,
 * since the blame may be the premise's. Null for every other. `name` is how a statement is called, by default its id.
 */
export function correctFirst(
  statements: readonly StatementReport[],
  statement: StatementReport,
  name: (id: string) => string = (id) => id,
): string | null {
  if (!isWrong(statement)) return null
  const premises = uncorrectedPremises(statements, statement)
  if (premises.length === 0) return null
  const proposed = statements.some(({ id, corrected }) => premises.includes(id) && corrected !== null)
  const [is, has, that] = premises.length === 1 ? ['is', 'has', 'that'] : ['are', 'have', 'those']
  const correction = proposed ? 'no correction that holds' : 'no correction'
  return `rests on ${premises.map(name).join(', ')}, which ${is} refuted and ${has} ${correction}: correct ${that} first`
}

/** What is said of the statements that follow from a refuted one: from which form of it. */
export const followWords = ({ corrected }: Pick<StatementReport, 'corrected'>): string =>
  corrected === null ? 'Follow from it as it is printed' : 'Follow from its correction, which does not hold'
