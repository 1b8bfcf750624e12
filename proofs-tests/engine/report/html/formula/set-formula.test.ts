import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setFormula, setInline, withScripts } from '../../../../../src/report/html/formula/set-formula.js'
import { shippedReport } from '../shipped.js'

const set = (latex: string, mathml = false): string => setFormula(latex, { mathml }).text

describe('a formula on a page', () => {
  it('is set, for every formula of the shipped papers', () => {
    const unset = shippedReport.papers.flatMap(({ statements }) =>
      statements.flatMap(({ id, printed, corrected }) =>
        [printed, corrected].filter((latex) => latex !== null && set(latex).includes('class="unset"')).map(() => id),
      ),
    )
    expect(unset).toEqual([])
  })

  it('that KaTeX cannot set is its source, with the reason', () => {
    const text = set('\\frac{1')
    expect(text).toContain('<code>\\frac{1</code>')
    expect(text).toMatch(/which KaTeX cannot set: .+\)/)
  })

  it('never fails and never lets markup through, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (latex) => {
        for (const text of [set(latex), setInline(latex).text]) expect(text).not.toMatch(/<script|<img/)
      }),
      { numRuns: 60 },
    )
  })

  it('takes no HTML from its source but its own marks', () => {
    expect(set('\\href{javascript:alert(1)}{x}')).not.toContain('href=')
    expect(set('\\htmlClass{evil}{x}')).not.toContain('enclosing evil')
    expect(set('\\htmlStyle{position:fixed}{x}')).not.toContain('position:fixed')
    expect(set('\\includegraphics{x.png}')).not.toContain('<img')
    expect(set('\\htmlClass{removed}{x}')).toContain('enclosing removed')
  })

  it('has MathML with its source where that is asked for', () => {
    expect(set('a^2', true)).toContain('<annotation encoding="application/x-tex">a^2</annotation>')
    expect(set('a^2')).not.toContain('<math')
  })

  it('that is words alone is words, what follows _ and ^ lowered and raised', () => {
    expect(set('\\text{k_l counts |Sigma|^{-1/2}}')).toBe(
      '<span class="formula-words">k<sub>l</sub> counts |Sigma|<sup>−1/2</sup></span>',
    )
  })
})

describe('scripts in a text', () => {
  it('are a letter, a number or braces', () => {
    expect(withScripts('N^-1.00, σ_w^2, x_{ij}, 2^*').text).toBe(
      'N<sup>−1.00</sup>, σ<sub>w</sub><sup>2</sup>, x<sub>ij</sub>, 2<sup>*</sup>',
    )
  })

  it('are not made of names with underscores', () => {
    expect(withScripts('some_name and a_b').text).toBe('some_name and a<sub>b</sub>')
  })
})
