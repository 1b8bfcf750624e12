import { InputError } from '../expression/errors.js'
import type { Derivation } from './derivation.js'
import type { Paper, Statement } from './statement.js'

/** How a paper's statements rest on each other. Ids are full (`PAPER/eq-14`). */
export interface PremiseGraph {
  readonly derivationOf: ReadonlyMap<string, Derivation>
  /** Full ids of the statements that a statement is derived from, in the order in which they are named. */
  readonly premisesOf: (id: string) => readonly string[]
  /** Every statement after all of its premises; otherwise in the paper's order. */
  readonly order: readonly Statement[]
}

/**
 * The graph of premises. Throws InputError where a derivation is of no statement, where a statement is derived twice,
 * where a premise does not exist, and where premises run in a circle (the message names the chain).
 */
export function premiseGraph(paper: Paper, derivations: readonly Derivation[]): PremiseGraph {
  const statements = new Map(paper.statements.map((statement) => [statement.id, statement]))
  const derivationOf = new Map<string, Derivation>()
  const fullId = (id: string): string => `${paper.id}/${id}`
  for (const derivation of derivations) {
    const id = fullId(derivation.statement)
    if (!statements.has(id))
      throw new InputError(`a derivation of '${id}', which is no statement${nearest(id, statements)}`)
    if (derivationOf.has(id)) throw new InputError('derived twice; keep one derivation', { statement: id })
    derivationOf.set(id, derivation)
  }
  const premisesOf = (id: string): readonly string[] => {
    const premises = derivationOf.get(id)?.premises
    return premises === undefined ? [] : [...new Set(Object.values(premises).map(fullId))]
  }
  for (const id of derivationOf.keys())
    for (const premise of premisesOf(id))
      if (!statements.has(premise))
        throw new InputError(`derived from '${premise}', which is no statement${nearest(premise, statements)}`, {
          statement: id,
        })

  const order: Statement[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (statement: Statement, chain: readonly string[]): void => {
    const { id } = statement
    if (state.get(id) === 'done') return
    if (state.get(id) === 'open') {
      const circle = [...chain.slice(chain.indexOf(id)), id]
      throw new InputError(`premises run in a circle: ${circle.join(' <- ')}; derive one of them from something else`, {
        statement: id,
      })
    }
    state.set(id, 'open')
    for (const premise of premisesOf(id)) visit(statements.get(premise)!, [...chain, id])
    state.set(id, 'done')
    order.push(statement)
  }
  for (const statement of paper.statements) visit(statement, [])
  return { derivationOf, premisesOf, order }
}

/** Full ids of everything that a statement rests on, all the way up. */
export function ancestorsOf({ premisesOf }: Pick<PremiseGraph, 'premisesOf'>, id: string): readonly string[] {
  const found = new Set<string>()
  const add = (premise: string): void => {
    if (found.has(premise)) return
    found.add(premise)
    premisesOf(premise).forEach(add)
  }
  premisesOf(id).forEach(add)
  return [...found]
}

function nearest(id: string, statements: ReadonlyMap<string, Statement>): string {
  const wanted = id.slice(id.indexOf('/') + 1)
  const near = [...statements.keys()].filter((known) => known.includes(wanted) || known.startsWith(id.slice(0, -1)))
  return near.length === 0 ? '; `corrigenda list` names them all' : `; did you mean ${near.slice(0, 3).join(', ')}?`
}
