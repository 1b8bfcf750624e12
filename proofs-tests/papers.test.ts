/**
 * The audit of every paper shipped, one test a statement: its verdict is computed and must be accounted for. A formula
 * with another left side must not hold; what else is altered, drift.test.ts does.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { compareWithDerived } from '../src/audit/assess.js'
import { deriveStatement, type PreparedPaper } from '../src/audit/prepare.js'
import { auditPaper, type StatementResult } from '../src/audit/runner.js'
import { accountedFor } from '../src/audit/verdict.js'
import { openSession, rootFolder } from '../src/cli/session.js'
import { simulationPool } from '../src/cli/simulation-pool.js'
import { add, multiply, negate, power, rational } from '../src/expression/expression.js'

const session = await openSession(rootFolder(process.cwd()))
const pool = simulationPool({ workers: 1 })
const options = { seed: 1, depth: 'quick', simulate: pool.simulate } as const
const audits = new Map<PreparedPaper, Promise<readonly StatementResult[]>>()

afterAll(() => pool.close())

function auditOf(prepared: PreparedPaper): Promise<readonly StatementResult[]> {
  const known = audits.get(prepared) ?? auditPaper(prepared, options).then(({ results }) => results)
  audits.set(prepared, known)
  return known
}

const explain = ({ results, error }: StatementResult): string =>
  error?.message ??
  results
    .map(({ check, evidence }) => `${evidence.target} ${check}: ${evidence.outcome}: ${evidence.summary}`)
    .join('\n')

it('every derivation module loads', () => {
  expect(session.errors.map(({ message }) => message)).toEqual([])
})

for (const prepared of session.papers) {
  describe(prepared.paper.id, () => {
    for (const { id, about } of prepared.paper.statements)
      it(`${id}: ${about}`, async () => {
        const result = (await auditOf(prepared)).find(({ statement }) => statement.id === id)
        if (result === undefined) throw new Error(`no result for ${id}`)
        expect(accountedFor(result.verdict), `${result.verdict}: ${explain(result)}`).toBe(true)
      }, 180_000)
  })
}

for (const prepared of session.papers)
  describe(`${prepared.paper.id}: what is said of errata`, () => {
    it('every convention that was tried on a refuted formula is decided', async () => {
      const undecided = (await auditOf(prepared)).flatMap(({ statement, tried }) =>
        tried.filter(({ outcome }) => outcome === 'undecided').map(({ id }) => `${statement.id} ${id}`),
      )
      expect(undecided).toEqual([])
    }, 180_000)

    it('the paper recovers from errata alone, at statements that do not inherit them', async () => {
      const results = await auditOf(prepared)
      const known = new Map(results.map((result) => [result.statement.id, result]))
      for (const { statement, verdict } of results)
        for (const { at } of statement.recovers) {
          expect(verdict, statement.id).toBe('erratum')
          expect(known.get(at)!.origin, `${statement.id} at ${at}`).not.toBe(statement.id)
        }
    }, 180_000)
  })

for (const prepared of session.papers)
  describe(`${prepared.paper.id}: another left side does not hold`, () => {
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
          })
          const outcomes = results.map(({ evidence }) => evidence.outcome)
          expect(outcomes.includes('holds') && !outcomes.includes('refuted'), outcomes.join(' ')).toBe(false)
        }
      }, 60_000)
    }
  })
