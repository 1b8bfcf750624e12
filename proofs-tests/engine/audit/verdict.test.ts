import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence, Method, Outcome } from '../../../src/audit/evidence.js'
import { accountedFor, type Case, type CheckResult, declaredOpen, judge } from '../../../src/audit/verdict.js'

const result = (
  check: string,
  method: Method,
  outcome: Outcome,
  extra: Partial<Pick<Evidence, 'target' | 'leadingOrder' | 'instances'>> = {},
): CheckResult => ({
  check,
  evidence: { method, target: 'printed', outcome, summary: '', witness: null, numbers: {}, ...extra },
})

const judged = (results: readonly CheckResult[], more: Partial<Case> = {}) =>
  judge({ role: 'result', corrected: false, slip: false, results, ...more })

describe('verdict of what nothing refutes', () => {
  it.each([
    ['open', []],
    ['open', [result('a', 'exact', 'undecided')]],
    ['open', [result('a', 'exact', 'undecided'), result('b', 'property', 'undecided')]],
    ['proved', [result('a', 'exact', 'holds')]],
    ['proved', [result('a', 'exact', 'holds'), result('b', 'sampled', 'holds')]],
    ['proved', [result('a', 'exact', 'holds'), result('b', 'property', 'undecided')]],
    ['verified', [result('a', 'exact', 'holds', { instances: true })]],
    ['proved', [result('a', 'exact', 'holds', { instances: true }), result('b', 'exact', 'holds')]],
    ['verified', [result('a', 'exact', 'undecided'), result('b', 'property', 'holds')]],
    ['verified', [result('a', 'numeric', 'holds'), result('b', 'sampled', 'holds')]],
    ['sampled', [result('a', 'sampled', 'holds')]],
    ['sampled', [result('a', 'exact', 'undecided'), result('b', 'sampled', 'holds')]],
    ['asymptotic', [result('a', 'exact', 'holds', { leadingOrder: true })]],
    ['asymptotic', [result('a', 'exact', 'holds'), result('b', 'numeric', 'holds', { leadingOrder: true })]],
    ['proved', [result('a', 'exact', 'holds'), result('b', 'numeric', 'undecided', { leadingOrder: true })]],
  ] as const)('is %s for %j', (verdict, results) => {
    expect(judged(results)).toEqual({ verdict, severity: null })
  })

  it('is definition for a definition, with or without checks', () => {
    expect(judged([], { role: 'definition' }).verdict).toBe('definition')
    expect(judged([result('a', 'numeric', 'holds')], { role: 'definition' }).verdict).toBe('definition')
    expect(judged([result('a', 'numeric', 'undecided')], { role: 'definition' }).verdict).toBe('definition')
  })

  it('is open where a correction is given but what is printed passes: one of the two claims is unproved', () => {
    const results = [result('a', 'exact', 'holds'), result('a', 'exact', 'holds', { target: 'corrected' })]
    expect(judged(results, { corrected: true })).toEqual({ verdict: 'open', severity: null })
    expect(judged([], { corrected: true, role: 'definition' }).verdict).toBe('open')
  })
})

describe('verdict of what is refuted', () => {
  const refuted = result('a', 'exact', 'refuted')
  const fixed = result('a', 'exact', 'holds', { target: 'corrected' })

  it('is refuted without a correction, for a definition too', () => {
    expect(judged([refuted])).toEqual({ verdict: 'refuted', severity: 'algebra' })
    expect(judged([refuted], { role: 'definition' }).verdict).toBe('refuted')
  })

  it('is erratum where the correction passes a check that the printed form failed', () => {
    expect(judged([refuted, fixed], { corrected: true })).toEqual({ verdict: 'erratum', severity: 'algebra' })
  })

  it.each([
    ['the correction is refuted', [result('a', 'exact', 'refuted', { target: 'corrected' })]],
    [
      'the correction is refuted by another check',
      [fixed, result('b', 'property', 'refuted', { target: 'corrected' })],
    ],
    ['the correction was not tested', []],
    ['the correction is undecided', [result('a', 'exact', 'undecided', { target: 'corrected' })]],
    ['the correction passed another check only', [result('b', 'property', 'holds', { target: 'corrected' })]],
  ] as const)('is refuted where %s', (_, corrected) => {
    expect(judged([refuted, ...corrected], { corrected: true }).verdict).toBe('refuted')
  })

  it('is erratum where the correction is proved and instances, which refuted the printed form, do not finish', () => {
    const corrected = (check: string, method: Method, outcome: Outcome) =>
      result(check, method, outcome, { target: 'corrected' })
    const printed = [result('exact', 'exact', 'undecided'), result('property', 'property', 'refuted')]
    const unfinished = corrected('property', 'property', 'undecided')
    const of = (...results: readonly CheckResult[]) => judged([...printed, ...results], { corrected: true }).verdict
    expect(of(corrected('exact', 'exact', 'holds'), unfinished)).toBe('erratum')
    expect(of(corrected('exact', 'exact', 'holds'), corrected('property', 'property', 'refuted'))).toBe('refuted')
    expect(of(corrected('exact of side 2', 'exact', 'holds'), unfinished)).toBe('refuted')
    expect(of(corrected('exact', 'exact', 'undecided'), unfinished)).toBe('refuted')
  })

  it('is refuted where results for a correction are there but the data hold none', () => {
    expect(judged([refuted, fixed]).verdict).toBe('refuted')
  })

  it('has the severity of the gravest road that refutes it, and notation where it is a slip', () => {
    const sampled = result('s', 'sampled', 'refuted')
    const fixedSampled = result('s', 'sampled', 'holds', { target: 'corrected' })
    expect(judged([refuted, sampled, fixed, fixedSampled], { corrected: true }).severity).toBe('observable')
    expect(judged([refuted, result('s', 'sampled', 'holds'), fixed], { corrected: true }).severity).toBe('algebra')
    expect(judged([refuted, sampled, fixed], { corrected: true, slip: true }).severity).toBe('notation')
    expect(judged([sampled]).severity).toBe('observable')
  })

  it('numbers outweigh an exact proof', () => {
    expect(judged([result('a', 'exact', 'holds'), result('b', 'property', 'refuted')]).verdict).toBe('refuted')
  })
})

const anyResult: fc.Arbitrary<CheckResult> = fc
  .record({
    check: fc.constantFrom('a', 'b', 'c'),
    method: fc.constantFrom<Method>('exact', 'numeric', 'property', 'sampled'),
    outcome: fc.constantFrom<Outcome>('holds', 'refuted', 'undecided'),
    target: fc.constantFrom<Evidence['target']>('printed', 'corrected'),
    leadingOrder: fc.boolean(),
    instances: fc.boolean(),
  })
  .map(({ check, method, outcome, ...extra }) => result(check, method, outcome, extra))

const anyCase: fc.Arbitrary<Case> = fc.record({
  role: fc.constantFrom<Case['role']>('definition', 'result'),
  corrected: fc.boolean(),
  slip: fc.boolean(),
  results: fc.array(anyResult, { maxLength: 6 }),
})

describe('laws of verdicts', () => {
  it('the order of the checks does not matter', () => {
    fc.assert(
      fc.property(anyCase, (subject) => {
        expect(judge({ ...subject, results: [...subject.results].reverse() })).toEqual(judge(subject))
      }),
    )
  })

  it('what is refuted is never called right', () => {
    fc.assert(
      fc.property(anyCase, (subject) => {
        const refuted = { ...subject, results: [...subject.results, result('a', 'property', 'refuted')] }
        expect(['erratum', 'refuted']).toContain(judge(refuted).verdict)
        expect(judge(refuted).severity).not.toBeNull()
      }),
    )
  })

  it('undecided evidence changes nothing', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom<Method>('exact', 'numeric', 'property', 'sampled'), (subject, method) => {
        const more = { ...subject, results: [...subject.results, result('d', method, 'undecided')] }
        expect(judge(more)).toEqual(judge(subject))
      }),
    )
  })

  it('only refuted and open are not accounted for', () => {
    const verdicts = [
      'definition',
      'proved',
      'verified',
      'asymptotic',
      'sampled',
      'erratum',
      'refuted',
      'open',
    ] as const
    expect(verdicts.filter((verdict) => !accountedFor(verdict))).toEqual(['refuted', 'open'])
    expect(verdicts.filter((verdict) => declaredOpen(verdict, 'needs training'))).toEqual(['open'])
    expect(verdicts.filter((verdict) => declaredOpen(verdict, null))).toEqual([])
    expect(verdicts.filter((verdict) => declaredOpen(verdict, 'needs training', new Error('unreadable')))).toEqual([])
  })
})
