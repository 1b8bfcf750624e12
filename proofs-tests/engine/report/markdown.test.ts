import { describe, expect, it } from 'vitest'
import { reportMarkdown } from '../../../src/report/markdown.js'
import { markdownFormula, markdownMathematics, markdownProse, markdownText } from '../../../src/report/markdown-text.js'
import { prosePieces } from '../../../src/report/prose.js'
import { readmeTables, verdictsMarkdown } from '../../../src/report/verdicts-markdown.js'
import { sampleReport, sampleStatement } from './sample-report.js'

describe('mathematics in prose', () => {
  it.each([
    ['the term -sigma_w^2 eps_+^{l-1}', ['the term ', '-\\sigma_w^2 \\epsilon_+^{l-1}']],
    ['2 pi^{n/2}/Gamma(n/2), twice', ['2 ', '\\pi^{n/2}/\\Gamma(n/2)', ', twice']],
    ['(\\hat{v}^0 - 1)', ['(', '\\hat{v}^0', ' - 1)']],
    ['under (r_+^l)^{k-1}.', ['under ', '(r_+^l)^{k-1}', '.']],
    ['1/((1+k) pi)), 1.46', ['1/((1+k) ', '\\pi', ')), 1.46']],
    ['sqrt(pi)/2^N', ['\\sqrt{\\pi}/2^N']],
    ['a file_name and N = 200', ['a file_name and N = 200']],
    ['\\input{x_1}', ['\\input{x_1}']],
    [
      'z^l = W^l phi^l(z^{l-1}) + b^l, eta and the zeta function',
      ['z^l = W^l \\phi^l(z^{l-1}) + b^l', ', ', '\\eta', ' and the zeta function'],
    ],
    ['a_1, b_1', ['a_1', ', ', 'b_1']],
    ['', []],
  ])('%s', (text, pieces) => {
    expect(prosePieces(text).map((piece) => piece.text)).toEqual(pieces)
  })

  it('is never more than mathematics', () => {
    expect(prosePieces('\\write18{x_1} $x_1$ a_{').every(({ kind }) => kind === 'words')).toBe(true)
  })
})

describe('Markdown', () => {
  it('takes no text for markup', () => {
    expect(markdownText('*a* _b_ <c> | [d](e) `f` $g$ #1\n\n- h')).toBe(
      '\\*a\\* \\_b\\_ \\<c\\> \\| \\[d\\](e) \\`f\\` \\$g\\$ \\#1 - h',
    )
  })

  it('sets mathematics in running text, bars by their names, and shows what is none as source', () => {
    expect(markdownMathematics('|x|^2 \\| y')).toBe('$`\\vert x\\vert ^2 \\Vert  y`$')
    expect(markdownMathematics('\\input{a|b}')).toBe('`` \\input{a\\|b} ``')
    expect(markdownProse('the factor sigma_w^2 is 1*2')).toBe('the factor $`\\sigma_w^2`$ is 1\\*2')
  })

  it('fences formulas so that they cannot end their block', () => {
    expect(markdownFormula('a\n\n```\n# b')).toBe('```math\na\n# b\n```')
  })
})

const report = sampleReport([
  sampleStatement('eq-2', { section: '10', about: 'x|y' }),
  sampleStatement('eq-1', {
    section: '2',
    checks: [
      { method: 'property', target: 'printed', outcome: 'holds', summary: 's', name: 'property', witness: null, numbers: { digits: 15, instances: 100 } },
      { method: 'sampled', target: 'printed', outcome: 'holds', summary: 's', name: 'n', witness: null, numbers: { networks: 1400, z: -2.148 } },
    ],
  }),
  sampleStatement('eq-3', { section: 'B', verdict: 'open', openReason: 'needs training' }),
  sampleStatement('eq-4', { section: 'B', verdict: 'erratum', severity: 'algebra', origin: 'p/eq-4', corrected: 'x', note: 'x^2 for x' }),
  sampleStatement('eq-5', { section: 'B', verdict: 'erratum', severity: 'algebra', origin: 'p/eq-4', corrected: 'x' }),
]) // biome-ignore format: one object

describe('the tables of verdicts', () => {
  it('say what every statement is, on what evidence, sections in their order', () => {
    const text = verdictsMarkdown(report)
    expect([...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      'Section 2',
      'Section 10',
      'Appendix B',
    ])
    expect(text).toContain('| eq-1 | a & b 100% \\#1 | proved | 100 instances; 1400 networks | 15 digits, z = -2.1 |')
    expect(text).toContain('| eq-2 | x\\|y | proved |  |  |')
    expect(text).toContain('| eq-3 | a & b 100% \\#1 | open | needs training |  |')
    expect(text).toContain('corrigenda 0.1.0, seed 1, depth quick')
  })

  it('have as many cells in every row as in their head', () => {
    for (const table of reportMarkdown(report)
      .split('\n\n')
      .filter((block) => block.startsWith('|'))) {
      const widths = table.split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length)
      expect(new Set(widths).size, table).toBe(1)
    }
  })

  it('show errors in the README once, with those that inherit them', () => {
    const text = readmeTables(report)
    expect(text).toContain('| algebra | eq-4 | $`x^2`$ for x | eq-5 |')
    expect(text.match(/^\| algebra/gm)).toHaveLength(1)
    expect(text).toContain('| **all** | **5** | **2** | **2** | **1** |')
  })
})
