import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakable, withoutNewlines, withSymbolsOutsideText } from '../../../src/report/tex-breaks.js'
import { isPlainMathematics } from '../../../src/report/tex-text.js'

const squeezed = (latex: string): string => latex.replace(/\\penalty\d+ /g, '').replace(/\s+/g, '')
const braceDepthsOfPenalties = (latex: string): readonly number[] =>
  [...latex.matchAll(/\\penalty/g)].map(({ index }) => {
    const before = latex.slice(0, index).replace(/\\[{}]/g, '')
    return before.split('{').length - before.split('}').length
  })
/** Between words that end there, TeX needs a space: what is a command without one must stay so. */
const commands = (latex: string): readonly string[] => latex.match(/\\(?:[A-Za-z]+|.)/g) ?? []

const atom = fc.constantFrom(
  'a',
  '2',
  'x_1',
  'x_{i-1}',
  'r^*',
  '(a+b)',
  '\\frac{a+b}{c-d}',
  '\\sigma_w^2',
  '\\sqrt{a+b}',
)
const operator = fc.constantFrom(' + ', '-', ' = ', ' \\times ', ' ', '\\sum_{l=0}^L ', ' \\cdot ')
const formula = fc
  .array(fc.tuple(atom, operator), { maxLength: 12 })
  .chain((pairs) => atom.map((last) => `${pairs.map(([a, o]) => a + o).join('')}${last}`))

describe('a long formula', () => {
  it('is the same formula once the places where it may be broken are taken out (law)', () => {
    fc.assert(
      fc.property(formula, (latex) => {
        const broken = breakable(latex)
        expect(squeezed(broken)).toBe(squeezed(latex))
        expect(commands(broken).filter((command) => command !== '\\penalty')).toEqual(commands(latex))
      }),
    )
  })

  it('is never broken inside braces (law)', () => {
    fc.assert(
      fc.property(formula, (latex) => {
        expect(braceDepthsOfPenalties(breakable(latex)).every((depth) => depth === 0)).toBe(true)
      }),
    )
  })

  it('may be broken before signs between operands, rather outside brackets than in them, and nowhere at a leading sign', () => {
    expect(breakable('a = -b + c(d - e)')).toBe('a \\penalty450 = - b \\penalty20 + c ( d \\penalty170 - e )')
  })

  it('rather leaves a long left side on a line of its own than a short one, and breaks later relations freely', () => {
    const long = 'f(a, b, c, d, e, g, h, i, j)'
    expect(breakable(`${long} = x = y`)).toMatch(/\) \\penalty0 = x \\penalty0 = y$/)
    expect(breakable('f(a) = x = y')).toBe('f ( a ) \\penalty450 = x \\penalty0 = y')
  })

  it('keeps primes together, each of which would be a superscript', () => {
    expect(breakable("\\phi''(x) + f'")).toBe("\\phi '' ( x ) \\penalty20 + f '")
  })

  it('has brackets of a fixed size in the place of \\left and \\right, which no line break enters', () => {
    const broken = breakable('\\exp \\left[ -\\left( \\frac{a}{b} + c \\right)^2 \\right] \\left\\{ d \\right.')
    expect(broken).not.toMatch(/\\(?:left|right)(?![A-Za-z])/)
    expect(broken).toContain('\\biggl(')
    expect(broken).toContain('\\biggr) ^ 2')
    expect(broken).not.toContain('.')
    expect(isPlainMathematics(broken.replace(/\\penalty\d+ /g, ''))).toBe(true)
  })

  it('loses the line breaks of print and the invisible brackets beside them', () => {
    const printed = '\\left\\{ a \\right. \\\\ \\left. + b \\right\\} \\\\[2pt] c'
    expect(withoutNewlines(printed)).toBe('\\left\\{ a + b \\right\\} c')
    expect(isPlainMathematics(withoutNewlines(printed))).toBe(true)
  })

  it('has the symbols among its words outside of them', () => {
    const outside = withSymbolsOutsideText('\\text{has k_l positive}')
    expect(outside).toBe('\\text{has }k_l\\ \\text{positive}')
    expect(isPlainMathematics(outside)).toBe(true)
    expect(isPlainMathematics('\\text{has k_l positive}')).toBe(false)
    expect(isPlainMathematics(withSymbolsOutsideText('\\text{has k_{l-1}}'))).toBe(false)
  })

  it('breaks its words between words', () => {
    expect(breakable('\\text{the highest one}')).toBe('\\text{the }\\penalty50 \\text{highest }\\penalty50 \\text{one}')
  })

  it('keeps the rows of a matrix, takes it for one operand, and puts tall brackets around it', () => {
    const matrix = '\\begin{pmatrix} a & -b \\\\ c + d & e_1 \\end{pmatrix}'
    const product = `U = \\left[ ${matrix}\n${matrix} + x \\\\ y \\right]`
    expect(isPlainMathematics(withoutNewlines(product))).toBe(true)
    expect(breakable(product).replace(/\s+/g, ' ')).toBe(
      `U \\penalty450 = \\Biggl[ ${matrix} \\penalty750 ${matrix} \\penalty170 + x y \\Biggr]`,
    )
  })

  it('with a matrix is mathematics only if every cell is', () => {
    const matrix = (cell: string) => `\\begin{pmatrix} 1 & ${cell} \\\\ 2 & 3 \\end{pmatrix}`
    expect(isPlainMathematics(matrix('\\frac{1}{2}'))).toBe(true)
    for (const cell of ['\\input{x}', '{', '\\left(', '$x$', '\\begin{pmatrix} 1 \\end{pmatrix}', '\\end{pmatrix}'])
      expect(isPlainMathematics(matrix(cell)), cell).toBe(false)
    for (const other of ['\\begin{verbatim} 1 \\end{verbatim}', 'a & b', '\\begin{pmatrix} 1 \\end{bmatrix}'])
      expect(isPlainMathematics(other), other).toBe(false)
  })
})
