import type { Change } from './change.js'
import type { ComparableCheck, ComparableStatement } from './comparable-report.js'

/**
 * What became of a statement's checks: one that held and is gone or holds no longer, one that holds now, and where seed and
 * depth are the same, what its figures lost.
 */
export function changesOfChecks(
  before: ComparableStatement,
  after: ComparableStatement,
  isAlike: boolean,
): readonly Change[] {
  const earlier = byName(before)
  const later = byName(after)
  const changes: Change[] = []
  const add = (name: string, rest: Pick<Change, 'what' | 'direction' | 'before' | 'after'>): void => {
    changes.push({ id: after.id, check: name, ...rest })
  }
  for (const [name, check] of earlier) {
    const now = later.get(name)
    // What speaks against a statement is told by its verdict; here it is told what spoke for it.
    if (check.outcome === 'holds' && now?.outcome !== 'holds')
      add(name, { what: 'evidence', direction: 'worse', before: 'holds', after: now?.outcome ?? null })
    else if (now !== undefined && now.outcome === 'holds' && check.outcome !== 'holds')
      add(name, { what: 'evidence', direction: 'better', before: check.outcome, after: 'holds' })
    else if (now !== undefined && now.outcome === 'holds' && isAlike)
      for (const change of changesOfNumbers(check, now)) add(name, change)
  }
  for (const [name, check] of later)
    if (!earlier.has(name) && check.outcome === 'holds')
      add(name, { what: 'evidence', direction: 'better', before: null, after: 'holds' })
  return changes
}

const byName = ({ checks }: ComparableStatement): ReadonlyMap<string, ComparableCheck> =>
  new Map(
    checks.map((check) => [
      `${check.name === check.method ? check.method : `${check.method} '${check.name}'`} on ${check.target}`,
      check,
    ]),
  )

/** Figures that count evidence, and whether more of them is more. */
const figures = [
  { name: 'digits', what: 'digits', more: true },
  { name: 'instances', what: 'digits', more: true },
  { name: 'comparisons', what: 'digits', more: true },
  { name: 'power', what: 'power', more: true },
  { name: 'smallestDetectable', what: 'power', more: false },
  { name: 'largestDetectable', what: 'power', more: false },
] as const

/** A deviation that a check catches may move a little with the estimate of its own error. */
const tolerated = 1.1

function changesOfNumbers(
  before: ComparableCheck,
  after: ComparableCheck,
): readonly Pick<Change, 'what' | 'direction' | 'before' | 'after'>[] {
  return figures.flatMap(({ name, what, more }) => {
    const was = before.numbers[name]
    const is = after.numbers[name]
    if (typeof was !== 'number') return []
    const told = { what, before: `${name} ${was}`, after: typeof is === 'number' ? `${name} ${is}` : null }
    if (typeof is !== 'number') return [{ ...told, direction: 'worse' as const }]
    if (more) return was === is ? [] : [{ ...told, direction: is < was ? ('worse' as const) : ('better' as const) }]
    if (is > was * tolerated) return [{ ...told, direction: 'worse' as const }]
    return is * tolerated < was ? [{ ...told, direction: 'better' as const }] : []
  })
}
