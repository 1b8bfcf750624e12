import { describe, expect, it } from 'vitest'
import type { SymbolDeclaration } from '../../../src/expression/notation.js'
import { readFormula } from '../../../src/expression/read-latex.js'
import { guessNotation } from '../../../src/source/guess/guess-notation.js'

const guess = (...formulas: readonly string[]) =>
  guessNotation(formulas.map((latex, k) => ({ label: `(${k + 1})`, latex })))
const of = (notation: ReturnType<typeof guess>, latex: string): readonly SymbolDeclaration[] =>
  notation.symbols.filter((symbol) => symbol.latex.includes(latex))

describe('a guessed notation', () => {
  it('marks every entry as a guess', () => {
    const notation = guess('H = -J \\sum_i s_i s_{i+1}')
    expect(notation.symbols.length + notation.families.length).toBe(4)
    for (const entry of [...notation.symbols, ...notation.families]) expect(entry.guess).toBe(true)
  })

  it('tells indices from powers and from what belongs to the name', () => {
    const notation = guess('r^l = \\sigma_w^2 r^{l-1} + k_B^3 x^n')
    expect(notation.families.map(({ letters }) => letters)).toEqual([['l']])
    expect(of(notation, 'r')[0]).toMatchObject({ kind: 'quantity', slots: [{ slot: 'site', position: 'superscript' }] })
    for (const scalar of ['\\sigma_w', 'k_B', 'x', 'n'])
      expect(of(notation, scalar)[0], scalar).toMatchObject({ kind: 'scalar', slots: [] })
  })

  it('puts letters that stand in one place into one family', () => {
    const { families } = guess('h_i = \\sum_j J_{ij} m_j', 'm_i = \\tanh(\\beta h_i)')
    expect(families.map(({ letters }) => [...letters].sort())).toEqual([['i', 'j']])
  })

  it('tells functions from products, functionals from functions, and variables of integration', () => {
    const notation = guess('E(\\{u^l\\}) = \\sum_{l=0}^L m (u^l)^2', 'q = \\int Dz \\phi(z)^2', 'F = K (a + b)')
    expect(of(notation, 'E')[0]?.kind).toBe('functional')
    expect(of(notation, '\\phi')[0]?.kind).toBe('function')
    expect(of(notation, 'm')[0]?.kind).toBe('scalar')
    expect(of(notation, 'K')[0]?.kind).toBe('scalar')
    expect(notation.variables).toEqual(['z'])
  })

  it('keeps out of zero what stands below a line, under a root or in a logarithm, and counts what a sum ends at', () => {
    const notation = guess('a = \\sqrt{b} + \\frac{c}{d} + \\log g + \\sum_{i=1}^N c')
    for (const positive of ['b', 'd', 'g'])
      expect(of(notation, positive)[0]?.domain, positive).toMatchObject({ minimum: 0, includeMinimum: false })
    expect(of(notation, 'c')[0]?.domain).toBeNull()
    expect(of(notation, 'N')[0]?.domain).toMatchObject({ integer: true, minimum: 2 })
  })

  it('lists a letter that the reader has a function for, where the paper states what it is', () => {
    const notation = guess('S = \\frac{T}{2 N \\Gamma(k)}', '\\Gamma(k) = \\kappa + \\frac{g}{2} k^2')
    expect(of(notation, '\\Gamma')[0]).toMatchObject({ kind: 'function', guess: true })
    expect(readFormula('\\Gamma(k) = k', notation).sides[0]).toMatchObject({ kind: 'apply' })
    expect(of(guess('\\Gamma_q = a q^2'), '\\Gamma_q').length + of(guess('y = \\Gamma x'), '\\Gamma').length).toBe(2)
    expect(of(guess('Z = \\Gamma(k) a'), '\\Gamma')).toEqual([])
  })

  it.each([
    'H = -J \\sum_i s_i s_{i+1} - h \\sum_i s_i',
    'E(\\{u^l\\}) = \\sum_{l=0}^L \\left[ m (u^l)^2 + \\frac{K}{2} (u^l - u^{l-1})^2 \\right]',
    'q^* = \\sigma_w^2 \\int Dz \\phi(\\sqrt{q^*} z)^2 + \\sigma_b^2',
    'x_{t+1} = r x_t (1 - x_t)',
    'f(x) = -k x - \\tilde{g} x^3',
    '\\xi^{-1} = \\log \\coth(\\beta J)'.replace('\\coth', '\\tanh'),
    'm_i = \\tanh\\left(\\beta \\sum_j J_{ij} m_j\\right)',
    'Z = \\sum_{n=0}^N \\binom{N}{n} p^n (1-p)^{N-n}',
  ])('makes the formula readable: %s', (latex) => {
    const { sides, relations } = readFormula(latex, guess(latex))
    expect(sides.length).toBe(2)
    expect(relations).toEqual(['='])
  })

  it('gives distinct names in letters and digits', () => {
    const names = guess("a = A + \\tilde{a} + a' + a_1 + a_{1}^* + \\mathcal{A} + \\mathbf{a} + \\hat{a}").symbols.map(
      ({ name }) => name,
    )
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/)
  })

  it.each([
    ['periodic', 'a sum to L that reaches site l + 1', ['H = \\sum_{l=0}^{L} (u^l - u^{l+1})^2']],
    ['periodic', 'a sum from 0 that reaches site l - 1', ['E = \\sum_{l=0}^L K u^l u^{l-1}']],
    ['periodic', 'a sum to n that reaches i + 1', ['H = -J \\sum_{i=1}^{n} s_i s_{i+1}']],
    ['periodic', 'a sum over all of them', ['H = -J \\sum_i s_i s_{i+1}']],
    ['open', 'a sum that stops before the end', ['H = -J \\sum_{i=1}^{n-1} s_i s_{i+1}']],
    ['open', 'a sum that begins behind the first', ['E = \\sum_{l=1}^L K u^l u^{l-1}']],
    ['open', 'a recursion', ['q^l = \\sigma_w^2 q^{l-1} + \\sigma_b^2']],
    ['plain', 'no neighbours', ['m = \\sum_{i=1}^N s_i']],
    ['modes', 'a wave', ['u^l = \\sum_q e^{i q l} u_q']],
    ['modes', 'a cosine', ['E = \\sum_q (m + K - K \\cos q) u_q u_q']],
  ] as const)('guesses the geometry %s from %s, and says by what', (geometry, _, formulas) => {
    const families = guess(...formulas).families
    const found = geometry === 'modes' ? families.find(({ letters }) => letters.includes('q')) : families[0]
    expect(found?.geometry).toBe(geometry)
    if (geometry !== 'plain') expect(found?.meaning).toMatch(/^guessed as /)
  })
})
