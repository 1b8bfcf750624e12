import { describe, expect, it } from 'vitest'
import { errataMarkdown } from '../../../src/report/errata-markdown.js'
import { errataFile } from '../../../src/report/latex/errata.js'
import { texTables } from '../../../src/report/latex/tables.js'
import type { CheckReport, StatementReport } from '../../../src/report/report.js'
import { isPlainMathematics, texText } from '../../../src/report/tex-text.js'
import { samplePaper, sampleReport, sampleStatement } from './sample-report.js'

const wrong = (id: string, severity: StatementReport['severity'], more: Partial<StatementReport> = {}): StatementReport =>
  sampleStatement(id, {
    verdict: 'erratum', severity, origin: `p/${id}`, corrected: 'a = b_2',
    checks: [{ method: 'exact', target: 'printed', outcome: 'refuted', summary: 'differs', name: 'exact', numbers: {}, witness: { at: { a: '1/2' }, left: '1', right: '2' } }],
    ...more,
  }) // biome-ignore format: one object

const report = sampleReport([
  sampleStatement('eq-1'),
  wrong('eq-2', 'notation'),
  wrong('eq-3', 'observable'),
  wrong('eq-4', 'algebra', { origin: 'p/eq-3', printed: '\\input{/etc/passwd}' }),
])

describe('errata', () => {
  const text = errataMarkdown(report)

  it('come gravest first, with witness, origin and heirs', () => {
    expect([...text.matchAll(/^### p\/(eq-\d)/gm)].map((match) => match[1])).toEqual(['eq-3', 'eq-4', 'eq-2'])
    expect(text).toContain('  - Witness: at $`a`$ = 1/2\n  - There it states 1; 2 was derived\n')
    expect(text).toContain('Origin: inherited from p/eq-3')
    expect(text).toContain('Inherited by: p/eq-4')
  })

  it('say where the paper recovers, what rests on them unharmed, and which conventions were tried', () => {
    const tried = [
      { id: 'sites', note: 'L counts\n sites', outcome: 'refuted' },
      { id: 'unitary', note: 'another transform', outcome: 'holds' },
    ] as const
    const recovers = [
      { at: 'p/eq-1', how: 'the factor is back' },
      { at: 'p/eq-4', how: 'the sign is back' },
    ]
    const statements = [
      wrong('eq-3', 'algebra', { tried, recovers }),
      sampleStatement('eq-1', { from: ['p/eq-3'] }),
      wrong('eq-4', 'notation', { from: ['p/eq-3'], reading: 'sites', tried: [tried[0]] }),
    ]
    const lines = errataMarkdown({ ...report, papers: [{ ...report.papers[0]!, statements }] }).split('\n')
    for (const line of [
      '- The paper recovers at p/eq-1: the factor is back',
      '- The paper recovers at p/eq-4 (itself an erratum for another reason): the sign is back',
      '- Rest on it and are right as printed: p/eq-1',
      '- Convention: read as it stands',
      '  - tried sites: wrong under it as well (L counts sites)',
      '  - tried unitary: right under it, were it meant (another transform)',
      '- Convention: read sites, under which the corrected form holds: L counts sites',
      '  - tried sites: wrong under it as well',
    ])
      expect(lines).toContain(line)
    const tex = errataFile({ ...report, papers: [{ ...report.papers[0]!, statements }] })
    expect(tex).toContain('Right again at eq-1: the factor is back.')
    expect(tex).toContain('Right as printed though resting on it: eq-1.')
    expect(tex).toContain('It would be right under another convention: another transform.')
    expect(tex.indexOf(', eq-3}')).toBeLessThan(tex.indexOf(', eq-4}'))
  })
})

describe('errata that sampled networks show', () => {
  const sampled = (target: 'printed' | 'corrected', outcome: 'refuted' | 'holds'): CheckReport => ({
    method: 'sampled', target, outcome, name: 'norms', numbers: { z: -75 },
    summary: 'norms: the norm is 3, predicted 4 (limit 5; two-sided); a deviation of 2 % would be caught',
    witness: outcome === 'holds' ? null : { at: { N: '10', '\\sigma_w^2': '0.5' }, left: '4', right: '3 ± 0.01', note: 'the norm' },
  }) // biome-ignore format: one object
  const papers = [
    samplePaper([
      wrong('eq-1', 'observable', { checks: [sampled('printed', 'refuted'), sampled('corrected', 'holds')] }),
    ]),
  ]

  it('say at which parameters, in short lines', () => {
    const text = errataMarkdown({ ...report, papers })
    expect(
      text,
    ).toContain(`- Networks on the printed form (norms): refuted: the norm is 3, predicted 4 (limit 5; two-sided)
  - a deviation of 2 % would be caught
  - Witness: at $\`N\`$ = 10, $\`\\sigma_w^2\`$ = 0.5
  - There it states 4; 3 ± 0.01 was measured
  - What is compared: the norm
- Networks on the corrected form (norms): holds: the norm is 3`)
  })

  it('say so in LaTeX, parameters set as mathematics', () => {
    const tex = errataFile({ ...report, papers })
    expect(tex).toContain(
      '\\emph{Networks.} At $N$~=~10, $\\sigma_w^2$~=~0.5 it states 4; 3 $\\pm$ 0.01 was measured (the norm).',
    )
    expect(tex).toContain('Sampled networks refute it: the norm is 3, predicted 4')
    expect(tex).toContain('They support the correction: the norm is 3, predicted 4 (limit 5; two-sided).')
  })
})

describe('what is open for a declared reason', () => {
  it('says why in the tables', () => {
    const statements = [sampleStatement('eq-1', { verdict: 'open', openReason: 'needs training' })]
    expect(texTables({ ...report, papers: [{ ...report.papers[0]!, statements }] })).toContain(
      '& open & needs training &',
    )
  })
})

describe('LaTeX', () => {
  it('has a block for each erratum in the order of the paper, with for and read', () => {
    const text = errataFile(report)
    expect(
      [...text.matchAll(/\\textbf\{Section 1, (eq-\d)\} \((\w+)\)/g)].map(([, id, severity]) => [id, severity]),
    ).toEqual([
      ['eq-2', 'notation'],
      ['eq-3', 'observable'],
      ['eq-4', 'algebra'],
    ])
    expect(text).toContain('\\corrigendapart{for}{\\corrigendaformula{a \\penalty450 = b _ 1}}')
    expect(text).toContain('\\corrigendapart{read}{\\corrigendaformula{a \\penalty450 = b _ 2}}')
    expect(text).toContain('Inherited from eq-3.')
    expect(text).toContain('Carried on to eq-4.')
  })

  it('shrinks no formula', () => {
    expect(texTables(report) + errataFile(report)).not.toMatch(/resizebox|scalebox|\\tiny|\\scriptsize/)
  })

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
    expect(errataFile(report)).not.toContain('\\input{/etc')
    expect(errataFile(report)).toContain('\\char92{}input')
  })
})
