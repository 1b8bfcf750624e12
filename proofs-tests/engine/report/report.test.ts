import { describe, expect, it } from 'vitest'
import { errataMarkdown } from '../../../src/report/errata-markdown.js'
import type { Report, StatementReport } from '../../../src/report/report.js'
import { texTables } from '../../../src/report/tex-tables.js'
import { isPlainMathematics, texText } from '../../../src/report/tex-text.js'

const statement = (id: string, more: Partial<StatementReport> = {}): StatementReport => ({
  id: `p/${id}`, label: id, section: '1', kind: 'equation', verdict: 'proved', severity: null, origin: null,
  transcription: 'sound', printed: 'a = b_1', corrected: null, encoding: 'latex', encodingReason: null, reading: null,
  from: [], checks: [], about: 'a & b 100% #1', note: null, transcriptionNote: null, method: null, derived: null,
  error: null, ...more,
}) // biome-ignore format: one object

const wrong = (id: string, severity: StatementReport['severity'], more: Partial<StatementReport> = {}): StatementReport =>
  statement(id, {
    verdict: 'erratum', severity, origin: `p/${id}`, corrected: 'a = b_2',
    checks: [{ method: 'exact', target: 'printed', outcome: 'refuted', summary: 'differs', name: 'exact', numbers: {}, witness: { at: { a: '1/2' }, left: '1', right: '2' } }],
    ...more,
  }) // biome-ignore format: one object

const report: Report = {
  schema: 1, corrigenda: '0.1.0', seed: 1, depth: 'quick', elapsedSeconds: 1,
  papers: [{ id: 'p', title: 'A_title', statements: [statement('eq-1'), wrong('eq-2', 'notation'), wrong('eq-3', 'observable'), wrong('eq-4', 'algebra', { origin: 'p/eq-3', printed: '\\input{/etc/passwd}' })] }],
} // biome-ignore format: one object

describe('errata', () => {
  const text = errataMarkdown(report)

  it('come gravest first, with witness, origin and heirs', () => {
    expect([...text.matchAll(/^### p\/(eq-\d)/gm)].map((match) => match[1])).toEqual(['eq-3', 'eq-4', 'eq-2'])
    expect(text).toContain('Witness: at a = 1/2 it states 1, and 2 was derived')
    expect(text).toContain('Origin: inherited from p/eq-3')
    expect(text).toContain('Inherited by: p/eq-4')
  })
})

describe('LaTeX', () => {
  it('escapes every special character of a text', () => {
    expect(texText('\\ { } $ & # % _ ^ ~ σ ☃')).toBe(
      '\\textbackslash{} \\{ \\} \\$ \\& \\# \\% \\_ \\textasciicircum{} \\textasciitilde{} $\\sigma$ ?',
    )
  })

  it('sets only formulas that are mathematics and nothing else', () => {
    expect(isPlainMathematics('\\frac{a}{b} \\left( x_1^2 \\right)')).toBe(true)
    for (const latex of [
      '\\input{x}',
      '\\write18{ls}',
      'a $ b',
      '{a',
      'a}',
      '\\left( a',
      'a % b',
      '\\def\\a{}',
      'a \\\\ b',
    ])
      expect(isPlainMathematics(latex), latex).toBe(false)
  })

  it('never lets a command of a formula through that is not', () => {
    expect(texTables(report)).not.toContain('\\input{/etc')
    expect(texTables(report)).toContain('\\textbackslash{}input')
  })
})
