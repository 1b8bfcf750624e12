import { afterAll, describe, expect, it } from 'vitest'
import { compareWithDerived } from '../../src/audit/assess.js'
import { deriveStatement } from '../../src/audit/prepare.js'
import { auditPaper, type StatementResult } from '../../src/audit/runner.js'
import { accountedFor, declaredOpen } from '../../src/audit/verdict.js'
import { simulationPool } from '../../src/cli/simulation-pool.js'
import { add, multiply, negate, power, rational } from '../../src/expression/expression.js'
import { paperOf } from './paper-of.js'

const explain = ({ results, error }: StatementResult): string =>
  error?.message ??
  results
    .map(({ check, evidence }) => `${evidence.target} ${check}: ${evidence.outcome}: ${evidence.summary}`)
    .join('\n')

/**
 * The audit of a paper, one test a statement: its verdict is computed and must be accounted for, or open for the reason that its
 * data declare. A formula with another
 * left side must not hold; what else is altered, alterations.ts does.
 */
export async function verdictsAreAccountedFor(paper: string): Promise<void> {
  const prepared = await paperOf(paper)
  const pool = simulationPool({ workers: 1 })
  afterAll(() => pool.close())
  let audit: Promise<readonly StatementResult[]> | null = null
  const results = (): Promise<readonly StatementResult[]> => {
    audit ??= auditPaper(prepared, { seed: 1, depth: 'quick', simulate: pool.simulate }).then(
      (outcome) => outcome.results,
    )
    return audit
  }

  describe('verdicts', () => {
    for (const { id, about } of prepared.paper.statements)
      it(`${id}: ${about}`, async () => {
        const result = (await results()).find(({ statement }) => statement.id === id)
        if (result === undefined) throw new Error(`no result for ${id}`)
        // What declares why it is open must be so: a reason that evidence has overtaken is taken out of the data.
        const { open } = result.statement
        const expected = open === null ? accountedFor(result.verdict) : declaredOpen(result.verdict, open, result.error)
        expect(expected, `${result.verdict}: ${explain(result)}`).toBe(true)
      }, 180_000)
  })

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
