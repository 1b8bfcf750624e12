import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { type AttackResult, attackStatement, reasonToSkip } from '../../src/audit/mutation/attack.js'
import { tally } from '../../src/audit/mutation/tally.js'
import { deriveStatement, type PreparedPaper } from '../../src/audit/prepare.js'
import { simulationPool } from '../../src/cli/simulation-pool.js'
import { paperOf } from './paper-of.js'

interface Figures {
  readonly statements: number
  readonly formulasFromLatex: number
  readonly comparisons: number
  readonly directChecks: number
  readonly sampledChecks: number
  readonly mutants: number
  readonly mutantsRefuted: number
}

const file = new URL('../drift.json', import.meta.url)
const recorded: Readonly<Record<string, Figures>> = JSON.parse(readFileSync(file, 'utf8'))

const idsOf = ({ paper }: PreparedPaper): readonly string[] => paper.statements.map(({ id }) => id)

function figuresOf(prepared: PreparedPaper, found: readonly AttackResult[]): Figures {
  const { statements } = prepared.paper
  const ids = idsOf(prepared)
  const { refuted, survived, explained } = tally(found.flatMap(({ mutants }) => mutants))
  const kinds = ids.flatMap((id) => prepared.checks(id).map(({ kind }) => kind))
  return {
    statements: statements.length,
    formulasFromLatex: statements.filter(
      ({ id, encoding }) => encoding === 'latex' && prepared.material(id).printed !== null,
    ).length,
    comparisons: ids.filter((id) => (deriveStatement(prepared, id, new Map())?.kind ?? 'nothing') !== 'nothing').length,
    directChecks: kinds.filter((kind) => kind === 'direct').length,
    sampledChecks: kinds.filter((kind) => kind === 'sampled').length,
    mutants: refuted + survived + explained,
    mutantsRefuted: refuted,
  }
}

/**
 * The law of statements: what is printed (or corrected) and holds must no longer hold when it is altered. And the drift
 * gate: statements, formulas read from LaTeX, checks and refuted alterations may not become fewer in silence. Where they
 * do for a reason, `DRIFT=update npx vitest run proofs-tests/papers` records the new figures, in the same commit.
 */
export async function alterationsAreRefuted(paper: string): Promise<void> {
  const prepared = await paperOf(paper)
  const pool = simulationPool({ workers: 1 })
  afterAll(() => pool.close())
  const attacks = new Map<string, Promise<AttackResult>>()
  const attackOn = (id: string): Promise<AttackResult> => {
    const known = attacks.get(id) ?? attackStatement(prepared, id, { seed: 1, each: 1, simulate: pool.simulate })
    attacks.set(id, known)
    return known
  }

  describe('altered formulas are refuted', () => {
    for (const id of idsOf(prepared)) {
      const { corrected, printed } = prepared.material(id)
      if (reasonToSkip(prepared, id, corrected ?? printed) !== null) continue
      it(id, async () => {
        const { mutants } = await attackOn(id)
        expect(mutants.filter(({ fate }) => fate === 'survived')).toEqual([])
      }, 120_000)
    }
  })

  it('what is checked has not become less', async () => {
    const now = figuresOf(prepared, await Promise.all(idsOf(prepared).map(attackOn)))
    const before = recorded[paper]
    if (process.env['DRIFT'] === 'update') {
      const all = { ...JSON.parse(readFileSync(file, 'utf8')), [paper]: now }
      writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
      return
    }
    if (before === undefined) throw new Error(`drift.json knows no ${paper}: add it as ${JSON.stringify(now)}`)
    const names = Object.keys(before) as (keyof Figures)[]
    const fallen = names.filter((name) => !(now[name] >= before[name]))
    expect(fallen.map((name) => `${name}: ${before[name]} recorded, ${now[name]} now`)).toEqual([])
    const risen = names.filter((name) => now[name] > before[name])
    if (risen.length > 0)
      console.warn(
        `${paper}: ${risen.map((name) => `${name} ${before[name]} -> ${now[name]}`).join(', ')}; record it with DRIFT=update npx vitest run proofs-tests/papers`,
      )
  }, 600_000)
}
