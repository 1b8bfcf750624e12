import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sourceOf, tokensOf, unitsOf } from '../../../../../src/report/html/formula/units.js'
import { shippedReport } from '../shipped.js'

/** Text of LaTeX's own pieces, braces and delimiters matched or not. */
const latexLike = fc
  .array(
    fc.constantFrom(
      '\\frac', '\\sqrt', '[3]', '{', '}', '_', '^', 'x', '12', ' ', '&', '\\\\', '\\left(', '\\right)', '\\sum', '\\limits',
      "'", '\\begin{pmatrix}', '\\end{pmatrix}', '\\text', '\\bigl', '(', ')', '\\,', '+', '=', 'é', '\\',
    ), // biome-ignore format: one list
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))

describe('units of LaTeX', () => {
  it('put after each other are the source, whatever the source', () => {
    fc.assert(fc.property(latexLike, (latex) => sourceOf(unitsOf(latex)) === latex))
    fc.assert(fc.property(fc.string(), (latex) => sourceOf(unitsOf(latex)) === latex))
  })

  it('put after each other are the source, for every formula of the shipped papers', () => {
    const formulas = shippedReport.papers.flatMap(({ statements }) =>
      statements.flatMap(({ printed, corrected }) => [printed, corrected ?? '']),
    )
    expect(formulas.length).toBeGreaterThan(400)
    expect(formulas.filter((latex) => sourceOf(unitsOf(latex)) !== latex)).toEqual([])
  })

  it('are an atom with its scripts, a command with its arguments, delimiters with what is between', () => {
    const heads = (latex: string): readonly string[] => unitsOf(latex).map(({ head }) => head)
    expect(heads('x_i^2')).toEqual(['x_{}^{}'])
    expect(heads("f'_{ab}")).toEqual(["f'_{}"])
    expect(heads('\\sum\\limits_{i=1}^N')).toEqual(['\\sum\\limits_{}^{}'])
    expect(heads('\\frac{a}{b}c')).toEqual(['\\frac{}{}', 'c'])
    expect(heads('\\left( a \\right)^2')).toEqual(['\\left(\\right)^{}'])
    expect(heads('\\mathrm{Tr} A')).toEqual(['\\mathrm{Tr}', ' ', 'A'])
  })

  it('keep numbers and commands whole', () => {
    expect(tokensOf('3.14\\alpha x')).toEqual(['3.14', '\\alpha', ' ', 'x'])
  })
})
