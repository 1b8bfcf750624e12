/**
 * The audit of every paper shipped, one test a statement: its verdict is computed and must be accounted for. Then the
 * law of statements: what is printed (or corrected) and holds must no longer hold when it is altered.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { assess, compareWithDerived } from '../src/audit/assess.js'
import { compare } from '../src/audit/compare/compare.js'
import { mutants } from '../src/audit/mutation/mutants.js'
import { deriveStatement, type Material, type PreparedPaper } from '../src/audit/prepare.js'
import { auditPaper, type StatementResult } from '../src/audit/runner.js'
import { accountedFor } from '../src/audit/verdict.js'
import { openSession, rootFolder } from '../src/cli/session.js'
import { simulationPool } from '../src/cli/simulation-pool.js'
import { add, type Formula, multiply, negate, power, rational } from '../src/expression/expression.js'

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

  describe(`${prepared.paper.id}: altered formulas are refuted`, () => {
    for (const { id } of prepared.paper.statements) {
      if (!prepared.graph.derivationOf.has(id)) continue
      it(id, async () => {
        const material = prepared.material(id)
        const { printed, corrected, notation } = material
        const formula = corrected ?? printed
        if (formula === null) return
        const survivors: string[] = []
        for (const mutant of mutants(formula, notation, Number(process.env['MUTANTS'] ?? 1))) {
          const { results } = await assess(prepared, id, {
            ...options,
            secondEngine: null,
            overrides: new Map(),
            instead: mutant.formula,
          })
          if (results.some(({ evidence }) => evidence.outcome === 'refuted')) continue
          if (sameMeaning(formula, mutant.formula, material) || allowedByConvention(prepared, id, mutant.formula))
            continue
          survivors.push(
            `${mutant.operator} at ${mutant.place}: ${results.map(({ evidence }) => `${evidence.outcome}: ${evidence.summary}`).join('; ')}`,
          )
        }
        expect(survivors).toEqual([])
      }, 120_000)
    }
  })
}

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
        for (const changed of [multiply(rational(2), first!), negate(first!), power(add(first!, rational(1)), 2)]) {
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

/**
 * Whether an alteration only passes from one declared convention of the statement to another (the sign of an integration
 * variable): it holds, under another reading than the original.
 */
function allowedByConvention(prepared: PreparedPaper, id: string, altered: Formula): boolean {
  const material = prepared.material(id)
  const derived = deriveStatement(prepared, id, new Map())
  const original = material.corrected ?? material.printed
  if (material.readings.length === 0 || derived === null || original === null) return false
  const [a, b] = [original, altered].map((formula) =>
    compareWithDerived(material, formula, derived, 'printed', { seed: 5, depth: 'quick', secondEngine: null }),
  )
  return a!.reading !== b!.reading && b!.results.every(({ evidence }) => evidence.outcome !== 'refuted')
}

/** Whether an alteration happens to say the same as the original: provably, or in every instance tried. */
function sameMeaning(original: Formula, altered: Formula, { notation, abbreviations }: Material): boolean {
  const { results } = compare({
    claimed: altered,
    derived: { kind: 'value', value: original.sides.at(-1)! },
    target: 'printed',
    notation,
    abbreviations,
    readings: [],
    seed: 5,
    depth: 'standard',
    secondEngine: null,
  })
  const outcomes = results.map(({ evidence }) => evidence.outcome)
  return outcomes.includes('holds') && !outcomes.includes('refuted')
}
