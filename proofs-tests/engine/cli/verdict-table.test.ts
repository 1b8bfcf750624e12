import { describe, expect, it } from 'vitest'
import { adviceText, countsText, errataText, verdictTable } from '../../../src/cli/verdict-table.js'
import type { StatementReport } from '../../../src/report/report.js'
import { samplePaper, sampleStatement } from '../report/sample-report.js'

const statement = (id: string, more: Partial<StatementReport>): StatementReport =>
  sampleStatement(id, {
    about: 'about',
    checks: [{ method: 'exact', target: 'printed', outcome: 'holds', summary: `it is so\nbecause ${'of this '.repeat(40)}`, witness: null, numbers: {}, name: 'exact' }],
    ...more,
  }) // biome-ignore format: one object

const ids = ['eq-1', 'sec-3.random-initialisation-of-all', 'eq-2']
const paper = samplePaper([
  statement(ids[0]!, {}),
  statement(ids[1]!, { transcription: 'doubtful' }),
  statement(ids[2]!, { verdict: 'definition', about: 'short' }),
])

describe('the table of verdicts', () => {
  it.each([200, 120, 100, 90, 70, 60, 50])('fits %i columns, one line a statement, ids whole', (width) => {
    const [, head, ...rows] = verdictTable(paper, width).split('\n')
    expect(rows).toHaveLength(ids.length)
    for (const line of [head!, ...rows]) expect(line.length).toBeLessThanOrEqual(width)
    rows.forEach((row, k) => {
      expect(row.startsWith(ids[k]!)).toBe(true)
      expect(row).toContain(paper.statements[k]!.verdict)
    })
  })

  it('cuts the reason, and shows that it does', () => {
    const [, , first, , last] = verdictTable(paper, 120).split('\n')
    expect(first).toMatch(/it is so because of this .*…$/)
    expect(first).toHaveLength(120)
    expect(last).toMatch(/short$/)
  })

  it('leaves errors of statements whole below it', () => {
    const error = `derivations/a/chain.js:3: its derivation fails: ${'a long reason '.repeat(20)}`
    const broken = samplePaper([statement('eq-9', { verdict: 'open', error })])
    expect(verdictTable(broken, 100)).toContain('…')
    expect(adviceText(broken)).toBe(`error eq-9: ${error}`)
  })

  it('says why a statement is open where that is declared', () => {
    const open = {
      ...paper,
      statements: [statement('eq-3', { verdict: 'open', checks: [], openReason: 'needs training' })],
    }
    expect(verdictTable(open, 120)).toContain('open: needs training')
    expect(countsText([open])).toContain('1 of the open for a declared reason')
    expect(countsText([paper])).not.toContain('declared')
  })

  it('has no column for reasons where none would say anything', () => {
    expect(verdictTable(paper, 90)).toContain('why')
    expect(verdictTable(paper, 70)).not.toContain('why')
  })
})

describe('the errata below it', () => {
  it('show the simplest witness, and one against a correction that fails too', () => {
    const refuted = (target: 'printed' | 'corrected', at: Readonly<Record<string, string>>) =>
      ({
        method: 'exact', target, outcome: 'refuted', summary: '', witness: { at, left: '1', right: '2' }, numbers: {}, name: '',
      }) as const // biome-ignore format: one object
    const wrong = statement('eq-1', {
      verdict: 'refuted',
      severity: 'algebra',
      corrected: 'a = b_2',
      checks: [
        refuted('printed', { fields: 'seed 0' }),
        refuted('printed', { x: '7' }),
        refuted('corrected', { y: '8' }),
      ],
    })
    const text = errataText(samplePaper([wrong]))
    expect(text).toContain('witness    x = 7')
    expect(text).not.toContain('seed 0')
    expect(text).toMatch(/the correction fails too:\n {2}witness {4}y = 8/)
  })
})
