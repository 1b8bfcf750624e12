import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markDifference, sourceDifference } from '../../../../../src/report/html/formula/difference.js'
import { setFormula } from '../../../../../src/report/html/formula/set-formula.js'
import { shippedReport } from '../shipped.js'

const corrections = shippedReport.papers.flatMap(({ statements }) =>
  statements.flatMap(({ id, printed, corrected }) => (corrected === null ? [] : [{ id, printed, corrected }])),
)

/** A formula without its marks; braces that hold one mark alone go with it. */
function unmarked(latex: string): string {
  for (;;) {
    const at = latex.indexOf('\\htmlClass{')
    if (at < 0) return latex
    const open = latex.indexOf('}{', at) + 1
    let depth = 0
    let end = open
    do {
      if (latex[end] === '\\') end += 1
      else if (latex[end] === '{') depth += 1
      else if (latex[end] === '}') depth -= 1
      end += 1
    } while (depth > 0)
    latex = latex.slice(0, at) + latex.slice(open + 1, end - 1) + latex.slice(end)
  }
}

/** What is compared does not depend on white space, nor on braces about one atom. */
const bare = (latex: string): string => latex.replace(/\s+/g, '').replace(/([_^])\{([A-Za-z0-9])\}/g, '$1$2')

describe('the difference of two formulas', () => {
  it('is a change of marks alone: without them both sides are what they were, for every shipped correction', () => {
    expect(corrections.length).toBeGreaterThan(50)
    for (const { printed, corrected } of corrections) {
      const marked = markDifference(printed, corrected)
      expect(bare(unmarked(marked.printed))).toBe(bare(printed))
      expect(bare(unmarked(marked.corrected))).toBe(bare(corrected))
    }
  })

  it('can be set by KaTeX with its marks, for every shipped correction that is no plain text', () => {
    const lost = corrections
      .filter(({ printed, corrected }) => !`${printed}${corrected}`.startsWith('\\text'))
      .filter(({ printed, corrected }) => {
        const marked = markDifference(printed, corrected)
        const left = setFormula(printed, { mathml: false }, marked.printed).text
        const right = setFormula(corrected, { mathml: false }, marked.corrected).text
        return (
          left.includes('enclosing removed') !== marked.printed.includes('\\htmlClass{removed}') ||
          right.includes('enclosing added') !== marked.corrected.includes('\\htmlClass{added}') ||
          !`${left}${right}`.includes('enclosing')
        )
      })
    expect(lost.map(({ id }) => id)).toEqual([])
  })

  it('between a formula and itself is no mark', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corrections), ({ printed }) => {
        const marked = markDifference(printed, printed)
        return !`${marked.printed}${marked.corrected}`.includes('htmlClass')
      }),
    )
  })

  it('is looked for inside fractions, roots, delimiters, scripts', () => {
    const example = (printed: string, corrected: string): readonly string[] =>
      Object.values(markDifference(printed, corrected))
    expect(example('\\frac{a+1}{2}', '\\frac{a-1}{2}')).toEqual([
      '\\frac{a\\htmlClass{removed}{+}1}{2}',
      '\\frac{a\\htmlClass{added}{-}1}{2}',
    ])
    expect(example('x_i^2', 'x_j^2')).toEqual(['x_{\\htmlClass{removed}{i}}^2', 'x_{\\htmlClass{added}{j}}^2'])
    expect(example('\\left( a b \\right)', '\\left( a c \\right)')).toEqual([
      '\\left( a \\htmlClass{removed}{b} \\right)',
      '\\left( a \\htmlClass{added}{c} \\right)',
    ])
    expect(example('a', 'a + b')).toEqual(['a', 'a\\htmlClass{added}{ + b}'])
  })

  it('never takes a matrix apart', () => {
    const { printed, corrected } = markDifference(
      '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}',
      '\\begin{pmatrix} a & x \\\\ y & d \\end{pmatrix}',
    )
    expect(printed).toBe('\\begin{pmatrix} a & \\htmlClass{removed}{b} \\\\ \\htmlClass{removed}{c} & d \\end{pmatrix}')
    expect(setFormula(corrected, { mathml: false }).text).toContain('enclosing added')
  })

  it('of the sources is both of them: what stays with what goes, what stays with what comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corrections), ({ printed, corrected }) => {
        const pieces = sourceDifference(printed, corrected)
        const without = (change: string): string =>
          pieces.filter((piece) => piece.change !== change).map(({ text }) => text).join('') // biome-ignore format: one expression
        expect(bare(without('added'))).toBe(bare(printed))
        expect(bare(without('removed'))).toBe(bare(corrected))
      }),
      { numRuns: 60 },
    )
  })
})
