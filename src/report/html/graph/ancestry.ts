import { isWrong, type PaperReport, type StatementReport } from '../../report.js'

/** What a statement rests on, all the way up, and what rests on it. */
export interface Ancestry {
  /** Ids of everything that a statement rests on and that is not right as printed: errata, refuted, open. */
  readonly doubtful: (id: string) => readonly string[]
  /** Ids of the statements that are derived from this one. */
  readonly usedBy: (id: string) => readonly string[]
}

/** How the statements of a paper rest on each other. Circles, which an audit refuses, are walked once. */
export function ancestryOf(paper: PaperReport): Ancestry {
  const byId = new Map(paper.statements.map((statement) => [statement.id, statement]))
  const ancestors = new Map<string, ReadonlySet<string>>()
  const visit = (id: string, above: ReadonlySet<string>): ReadonlySet<string> => {
    const known = ancestors.get(id)
    if (known !== undefined) return known
    const found = new Set<string>()
    for (const premise of byId.get(id)?.from ?? []) {
      if (above.has(premise)) continue
      found.add(premise)
      for (const further of visit(premise, new Set([...above, premise]))) found.add(further)
    }
    ancestors.set(id, found)
    return found
  }
  const usedBy = new Map<string, string[]>()
  for (const { id, from } of paper.statements)
    for (const premise of from) usedBy.set(premise, [...(usedBy.get(premise) ?? []), id])
  return {
    doubtful: (id) => {
      const above = visit(id, new Set([id]))
      return paper.statements.filter((statement) => above.has(statement.id) && isDoubtful(statement)).map((s) => s.id)
    },
    usedBy: (id) => usedBy.get(id) ?? [],
  }
}

const isDoubtful = (statement: StatementReport): boolean => isWrong(statement) || statement.verdict === 'open'

/** Whether an error goes from a premise to a statement: both are wrong, and the error entered in the same place. */
export const inherits = (premise: StatementReport, statement: StatementReport): boolean =>
  isWrong(premise) && isWrong(statement) && statement.origin !== statement.id && premise.origin === statement.origin
