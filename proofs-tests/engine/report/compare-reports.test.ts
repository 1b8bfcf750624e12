import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../../src/audit/evidence.js'
import { readComparableReport } from '../../../src/report/comparable-report.js'
import { compareReports } from '../../../src/report/compare-reports.js'
import { comparisonText } from '../../../src/report/comparison-text.js'
import { type Report, reportJson, type StatementReport } from '../../../src/report/report.js'
import { check, refutation, refuted, reportOf, statement } from './sample-statements.js'

const read = (report: Report) => readComparableReport(reportJson(report), 'report.json')
const compare = (before: readonly StatementReport[], after: readonly StatementReport[], more: Partial<Report> = {}) =>
  compareReports(read(reportOf(before)), read(reportOf(after, more)))

const verdicts = ['definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open'] as const satisfies readonly Verdict[] // biome-ignore format: one list
const anyVerdict = fc.constantFrom(...verdicts)

describe('two reports', () => {
  it('that are equal differ in nothing', () => {
    const statements = [statement('eq-1', { checks: [check('exact')] }), refuted('eq-2')]
    expect(compare(statements, statements)).toEqual({ schema: 1, worse: 0, better: 0, changes: [], notes: [] })
  })

  it('that are exchanged turn worse into better (verdicts)', () => {
    fc.assert(
      fc.property(anyVerdict, anyVerdict, (before, after) => {
        const there = compare([statement('eq-1', { verdict: before })], [statement('eq-1', { verdict: after })])
        const back = compare([statement('eq-1', { verdict: after })], [statement('eq-1', { verdict: before })])
        expect([there.worse, there.better]).toEqual([back.better, back.worse])
        expect(there.worse + there.better).toBe(before === after ? 0 : 1)
      }),
    )
  })

  it('never call it better or equal where something that was accounted for no longer is', () => {
    for (const before of ['proved', 'verified', 'asymptotic', 'sampled', 'definition', 'erratum'] as const)
      for (const after of ['open', 'refuted'] as const)
        expect(
          compare([statement('eq-1', { verdict: before })], [statement('eq-1', { verdict: after })]).changes,
        ).toMatchObject([{ what: 'verdict', direction: 'worse', before, after }])
  })

  it('tell a graver severity, another origin and other formulas', () => {
    const { changes } = compare(
      [refuted('eq-1', { origin: 'p/eq-1', corrected: 'a = c' })],
      [refuted('eq-1', { origin: 'p/eq-0', severity: 'observable', printed: 'a = 2 b', corrected: 'a = d' })],
    )
    expect(changes.map(({ what, direction, after }) => [what, direction, after])).toEqual([
      ['severity', 'worse', 'observable'],
      ['origin', 'other', 'p/eq-0'],
      ['printed', 'other', 'a = 2 b'],
      ['corrected', 'other', 'a = d'],
    ])
  })

  it('tell what appeared and what vanished; what vanished is lost, what appeared is worse where it fails', () => {
    const { changes, worse } = compare(
      [statement('eq-1'), statement('eq-2')],
      [statement('eq-1'), statement('eq-3', { verdict: 'open', openReason: 'needs training' }), refuted('eq-4')],
    )
    expect(changes.map(({ id, what, direction }) => [id, what, direction])).toEqual([
      ['p/eq-3', 'appeared', 'other'],
      ['p/eq-4', 'appeared', 'worse'],
      ['p/eq-2', 'vanished', 'worse'],
    ])
    expect(worse).toBe(2)
  })

  it('tell checks that are gone, that hold no longer, and that are new', () => {
    const { changes } = compare(
      [statement('eq-1', { checks: [check('exact'), check('networks', { method: 'sampled' })] })],
      [
        statement('eq-1', {
          checks: [check('exact', { outcome: 'undecided' }), check('property', { method: 'property' })],
        }),
      ],
    )
    expect(changes.map(({ check, direction, before, after }) => [check, direction, before, after])).toEqual([
      ['exact on printed', 'worse', 'holds', 'undecided'],
      ["sampled 'networks' on printed", 'worse', 'holds', null],
      ['property on printed', 'better', null, 'holds'],
    ])
  })

  const sampled = (numbers: Readonly<Record<string, number>>) => [
    statement('eq-1', { checks: [check('networks', { method: 'sampled', numbers })] }),
  ]

  it.each([
    [{ digits: 15 }, { digits: 9 }, 'digits'],
    [{ instances: 100 }, { instances: 10 }, 'digits'],
    [{ smallestDetectable: 0.01 }, { smallestDetectable: 0.02 }, 'power'],
    [{ power: 0.999 }, {}, 'power'],
  ])('tell figures that were lost (%#)', (before, after, what) => {
    expect(compare(sampled(before), sampled(after)).changes).toMatchObject([{ what, direction: 'worse' }])
  })

  it('compare no figures of other seeds or depths, and say so', () => {
    const { changes, notes } = compare(sampled({ digits: 15 }), sampled({ digits: 9 }), { seed: 2, depth: 'full' })
    expect(changes).toEqual([])
    expect(notes.join('\n')).toMatch(/another seed: 1, now 2\nanother depth: quick, now full\n.*not compared/)
  })

  it('are told in lines, what got worse first', () => {
    const text = comparisonText(
      compare([statement('eq-2', { verdict: 'open' }), statement('eq-1')], [statement('eq-2'), refuted('eq-1')]),
    )
    expect(text).toBe(
      'worse:\n  p/eq-1: verdict proved, now refuted\nbetter:\n  p/eq-2: verdict open, now proved\n1 worse, 1 better, 0 otherwise changed',
    )
  })
})

describe('a report that is read for comparison', () => {
  it('may say more than is known', () => {
    const report = { ...reportOf([statement('eq-1', { checks: [refutation] })]), later: 1 }
    expect(readComparableReport(JSON.stringify(report), 'a.json').papers[0]!.statements[0]!.id).toBe('p/eq-1')
  })

  it.each([
    ['{', /a\.json: this is no JSON/],
    ['[]', /a\.json: this is no report: it has no 'schema'/],
    ['{"schema": 2}', /a\.json: this report is of schema 2, and this corrigenda reads schema 1; audit again/],
    ['{"schema": 1, "corrigenda": "1", "seed": 1, "depth": "quick", "papers": [{"id": "p", "statements": [{"id": 3}]}]}', /papers\.0\.statements\.0\.id/],
  ])('is refused with a reason where it is none: %s', (text, message) => {
    expect(() => readComparableReport(text, 'a.json')).toThrow(message)
  }) // biome-ignore format: a table
})
