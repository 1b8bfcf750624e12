import { describe, expect, it } from 'vitest'
import { parseDomain } from '../../../src/audit/load/domain.js'
import { domainText } from '../../../src/expression/domain-text.js'
import { shortCitation } from '../../../src/report/citation.js'
import { evidenceWords, figureText } from '../../../src/report/evidence-words.js'
import { distinctLabel } from '../../../src/report/labels.js'
import { bibliographyFile } from '../../../src/report/latex/bibliography.js'
import { parameterLatex } from '../../../src/report/parameter-names.js'
import type { SymbolReport } from '../../../src/report/report.js'
import { placeOf, sectionsOf } from '../../../src/report/sections.js'
import { samplePaper, sampleStatement } from './sample-report.js'

describe('where a statement stands', () => {
  it.each([
    ['5', '(14)', 'section 5, equation (14)'],
    ['B', '(B.1), third line', 'appendix B, equation (B.1), third line'],
    ['sparse', '(13)', 'part ‘sparse’, equation (13)'],
    ['5', 'section 5, below (12)', 'section 5, below (12)'],
    ['6', 'Figure 4', 'section 6, figure 4'],
  ])('section %s, %s', (section, label, place) => {
    expect(placeOf(sampleStatement('eq-1', { section, label }))).toBe(place)
  })

  it('is told section by section, numbers in their order, names and letters after them', () => {
    const of = ['10', 'B', '2', '2.1', 'A'].map((section, k) => sampleStatement(`eq-${k}`, { section }))
    expect(sectionsOf({ statements: of }).map(({ section }) => section)).toEqual(['2', '2.1', '10', 'B', 'A'])
  })
})

describe('statements of one place', () => {
  it('are told apart by what they say, and only where they have to be', () => {
    const [label, other] = ['table 1, mean', 'table 2']
    const paper = samplePaper([
      sampleStatement('table-1.first', { label, about: 'boundary of the length' }),
      sampleStatement('table-1.second', { label, about: 'boundary of the correlation' }),
      sampleStatement('table-2', { label: other }),
    ])
    const called = [...paper.statements.map(({ id }) => id), 'eq-9'].map((id) => distinctLabel(paper, id))
    expect(called).toEqual([
      'table 1, mean (boundary of the length)',
      'table 1, mean (boundary of the correlation)',
      'table 2',
      'eq-9',
    ])
  })
})

describe('a witness’s parameter', () => {
  const symbol = (name: string, latex: string, slots: SymbolReport['slots'] = []): SymbolReport => ({
    name, latex: [latex], meaning: '', domain: null, unit: null, definition: null, guess: false, slots,
  }) // biome-ignore format: one object
  const symbols = [
    symbol('weightStandardDeviation', '\\sigma_w'),
    symbol('saddle', 'r^*', [{ position: 'superscript', optional: false }]),
    symbol('field', 'h', [
      { position: 'subscript', optional: true },
      { position: 'superscript', optional: false },
    ]),
    symbol('strange', '\\input{x}'),
  ]
  it.each([
    ['weightStandardDeviation', '\\sigma_w'],
    ['saddle[2]', '{r^*}^{2}'],
    ['field[1, l]', 'h_{1}^{l}'],
    ['field[l]', 'h^{l}'],
    ['field[1, 2, 3]', null],
    ['field', 'h'],
    ['\\sigma_b^2', '\\sigma_b^2'],
    ['N', 'N'],
    ['strange', null],
    ['every \\input{x}', null],
    ['sites', null],
  ])('%s', (name, latex) => {
    expect(parameterLatex(name, symbols)).toBe(latex)
  })
})

describe('evidence in a few words', () => {
  const check = { target: 'printed', outcome: 'holds', summary: '', name: '', witness: null } as const
  const of = (...checks: Parameters<typeof evidenceWords>[0]['checks']) => {
    const { basis, figures } = evidenceWords(sampleStatement('eq-1', { verdict: 'verified', checks }))
    return [basis, figures.map(figureText).join(', ')]
  }
  it('has digits, z-scores and orders with no digit too many, what is said twice once', () => {
    expect(
      of(
        { ...check, method: 'exact', numbers: {} },
        { ...check, method: 'property', numbers: { instances: 1, digits: 15 } },
        { ...check, method: 'numeric', numbers: { order: -1.00042 } },
        { ...check, method: 'sampled', numbers: { networks: 200, z: -3.2149 } },
        { ...check, method: 'sampled', numbers: { networks: 200, z: 42.83 } },
        { ...check, method: 'property', outcome: 'undecided', numbers: { instances: 9 } },
      ),
    ).toEqual(['exact; 1 instance; numeric; 200 networks', '15 digits, order -1.00, z = -3.2, z = 43'])
  })
})

describe('citations', () => {
  const bibliography = { title: 'T {x', authors: ['Ann B. Author'], year: 2020, published: 'J', identifier: '10.1/2' }
  it.each([
    [['Ann B. Author'], 'Author (2020)'],
    [['Author, Ann', 'Bo Writer'], 'Author and Writer (2020)'],
    [['A X', 'B Y', 'C Z'], 'X et al. (2020)'],
  ])('%j', (authors, text) => {
    expect(shortCitation({ ...bibliography, authors })).toBe(text)
  })

  it('have balanced braces in BibTeX, which counts those that are escaped', () => {
    const text = bibliographyFile([{ ...samplePaper([]), bibliography }])
    expect(text.split('{').length).toBe(text.split('}').length)
    expect(text).toContain('note = {doi:10.1/2}')
  })
})

describe('a domain', () => {
  it.each(['(0, inf)', '[0, 1)', 'integers [1, 100000]', '(-inf, 2.5]'])('%s is written as it is read', (text) => {
    expect(domainText(parseDomain(text)!)).toBe(text)
  })
})
