import { describe, expect, it } from 'vitest'
import { compareWithDerived } from '../../src/audit/groundwork.js'
import { deriveStatement } from '../../src/audit/prepare.js'
import { add, multiply, negate, power, rational } from '../../src/expression/expression.js'
import { auditSuite } from '../../src/vitest/index.js'

/**
 * The audit of a paper, one test a statement: its verdict is computed and must be accounted for, or open for the reason that its
 * data declare. A formula with another
 * left side must not hold; what else is altered, alterations.ts does.
 */
export async function verdictsAreAccountedFor(id: string): Promise<void> {
  const [paper] = await auditSuite(import.meta.url, { papers: [id] })
  const { prepared, results } = paper!

  describe('what is said of errata', () => {
    it('every convention that was tried on a refuted formula is decided', async () => {
      const undecided = (await results()).flatMap(({ statement, tried }) =>
        tried.filter(({ outcome }) => outcome === 'undecided').map(({ id }) => `${statement.id} ${id}`),
      )
      expect(undecided).toEqual([])
    }, 180_000)

    it('the paper recovers from errata alone, at statements that do not inherit them', async () => {
      const known = new Map((await results()).map((result) => [result.statement.id, result]))
      for (const { statement, verdict } of known.values())
        for (const { at } of statement.recovers) {
          expect(verdict, statement.id).toBe('erratum')
          expect(known.get(at)!.origin, `${statement.id} at ${at}`).not.toBe(statement.id)
        }
    }, 180_000)
  })

  describe('another left side does not hold', () => {
    for (const { id } of prepared.paper.statements) {
      if (!prepared.graph.derivationOf.has(id)) continue
      const { printed, corrected } = prepared.material(id)
      const formula = corrected ?? printed
      // A zero on the left has no other multiple.
      if (formula === null || formula.sides.length < 2 || formula.sides[0]?.kind === 'number') continue
      it(id, () => {
        const material = prepared.material(id)
        const derived = deriveStatement(prepared, id, new Map())
        if (derived === null || derived.kind === 'region' || derived.kind === 'nothing') return
        const [first, ...others] = formula.sides
        // An equation with zero on its right is the same for every multiple of its left.
        const last = formula.sides.at(-1)!
        const multiples =
          last.kind === 'number' && last.numerator === 0n ? [] : [multiply(rational(2), first!), negate(first!)]
        for (const changed of [...multiples, power(add(first!, rational(1)), 2)]) {
          const altered = { ...formula, sides: [changed, ...others] }
          const { results } = compareWithDerived(material, altered, derived, 'printed', {
            seed: 5,
            depth: 'quick',
            secondEngine: null,
            briefly: true,
          })
          const outcomes = results.map(({ evidence }) => evidence.outcome)
          expect(outcomes.includes('holds') && !outcomes.includes('refuted'), outcomes.join(' ')).toBe(false)
        }
      }, 60_000)
    }
  })
}
