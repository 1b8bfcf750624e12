import type { LoadedModule } from '../../audit/load/derivations.js'
import type { PreparedPaper } from '../../audit/prepare.js'
import type { Statement } from '../../audit/statement.js'

/** A paper as it was loaded. */
export interface LoadedPaper {
  readonly prepared: PreparedPaper
  readonly modules: readonly LoadedModule[]
}

/**
 * Which statements a change can have changed, by full id: those whose own data differ, those that a changed module speaks of,
 * and everything that is derived from one of them. Where notation or readings differ, all.
 */
export function affectedStatements(before: LoadedPaper, after: LoadedPaper): ReadonlySet<string> {
  const { paper, graph } = after.prepared
  const old = before.prepared.paper
  if (!same([old.notation, old.readings], [paper.notation, paper.readings]))
    return new Set(paper.statements.map(({ id }) => id))
  const earlier = new Map(old.statements.map((statement) => [statement.id, statement]))
  const changed = new Set<string>()
  for (const statement of paper.statements)
    if (!same(withoutPlace(earlier.get(statement.id)), withoutPlace(statement))) changed.add(statement.id)
  const spokenOf = changedModules(before.modules, after.modules).flatMap(({ statements }) => statements)
  for (const id of spokenOf) changed.add(`${paper.id}/${id}`)
  // Premises come before what is derived from them.
  for (const { id } of graph.order) if (graph.premisesOf(id).some((premise) => changed.has(premise))) changed.add(id)
  return new Set(paper.statements.map(({ id }) => id).filter((id) => changed.has(id)))
}

/** Modules that are new, gone or different, as they were and as they are. */
function changedModules(before: readonly LoadedModule[], after: readonly LoadedModule[]): readonly LoadedModule[] {
  const isIn = (list: readonly LoadedModule[], one: LoadedModule): boolean =>
    list.some(({ path, fingerprint }) => path === one.path && fingerprint === one.fingerprint)
  return [...before.filter((one) => !isIn(after, one)), ...after.filter((one) => !isIn(before, one))]
}

/** Where an entry stands in its file says nothing about it. */
const withoutPlace = (statement: Statement | undefined): unknown => statement && { ...statement, source: null }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
