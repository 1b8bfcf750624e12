import { describe, expect, test } from 'vitest'
import { LatexError } from '../../../src/expression/errors.js'
import { matchBraces, tokenize } from '../../../src/expression/tokens.js'

const texts = (latex: string): string[] => tokenize(latex).map((t) => t.text)
const r = String.raw

describe('tokens', () => {
  test('spacing, sizes, null delimiters, tags and trailing punctuation are gone', () => {
    expect(texts(r`\left( x \, \right. \\ \left. + \; y \right) \tag{3} \label{eq:a} .`)).toEqual([
      '(',
      'x',
      '+',
      'y',
      ')',
    ])
    expect(texts(r`\displaystyle \Big[ a \! \Bigr] ~ \text{ } ,`)).toEqual(['[', 'a', ']'])
    expect(texts(r`\begin{aligned} a &= b \\[2pt] &\quad + c \end{aligned}`)).toEqual(['a', '=', 'b', '+', 'c'])
  })
  test('a wide space between two operands stays, for it parts two formulas', () => {
    expect(texts(r`a = b \quad c = d`)).toContain('\\quad')
    expect(texts(r`a \quad = b`)).not.toContain('\\quad')
  })
  test('alphabets and accents are one name, with or without braces', () => {
    expect(texts(r`\tilde{\epsilon}_+ \tilde\epsilon \mathcal{L} \mathbf z`)).toEqual([
      '\\tilde{\\epsilon}',
      '_',
      '+',
      '\\tilde{\\epsilon}',
      '\\mathcal{L}',
      '\\mathbf{z}',
    ])
  })
  test('columns count from 1 in the text as given', () => {
    expect(tokenize(r`x + \alpha_{12}`).map((t) => [t.text, t.column])).toEqual([
      ['x', 1],
      ['+', 3],
      ['\\alpha', 5],
      ['_', 11],
      ['{', 12],
      ['12', 13],
      ['}', 15],
    ])
  })
  test('a fraction takes digits one by one, as TeX does', () => {
    expect(texts(r`\frac12`)).toEqual(['\\frac', '1', '2'])
    expect(texts(r`\tfrac 123`)).toEqual(['\\frac', '1', '2', '3'])
    expect(texts(r`\dfrac{a}24`)).toEqual(['\\frac', '{', 'a', '}', '2', '4'])
    expect(texts(r`\frac{12}{34} 56`)).toEqual(['\\frac', '{', '12', '}', '{', '34', '}', '56'])
    expect(tokenize(r`\frac12`).map((t) => t.column)).toEqual([1, 6, 7])
  })
  test('empty groups are nothing, unless a command or a script needs them', () => {
    expect(texts(r`\begin{aligned} a ={}& b \\ &{}+ c{} \end{aligned}`)).toEqual(['a', '=', 'b', '+', 'c'])
    expect(texts(r`\beta{} x`)).toEqual(['\\beta', 'x'])
    expect(texts(r`{}-a`)).toEqual(['-', 'a'])
    expect(texts(r`a^{}`)).toEqual(['a', '^', '{', '}'])
    expect(texts(r`\frac{a}{}`)).toEqual(['\\frac', '{', 'a', '}', '{', '}'])
  })
  test('primes have one spelling', () => {
    expect(texts(r`q^\prime`)).toEqual(['q', "'"])
    expect(texts(r`q^{\prime\prime}`)).toEqual(['q', "'", "'"])
  })
  test('rows and columns of matrices are kept', () => {
    expect(texts(r`\begin{pmatrix} a & b \\ c & d \end{pmatrix}`)).toEqual([
      '\\begin',
      'a',
      '&',
      'b',
      '\\\\',
      'c',
      '&',
      'd',
      '\\end',
    ])
  })
  test('braces know their partners', () => {
    expect([...matchBraces(tokenize('{a{b}}'))].sort()).toEqual([
      [0, 5],
      [2, 4],
    ])
  })
  test('refusals', () => {
    for (const bad of [
      '{',
      '}',
      '\\',
      'a\u0000',
      '\\begin{pmatrix} a',
      '\\begin{pmatrix} a \\end{bmatrix}',
      '\\text',
      '\\tilde',
      'a % b',
      '€',
    ])
      expect(() => tokenize(bad), bad).toThrow(LatexError)
    expect(() => tokenize('aaaa', {}, 3)).toThrow(/at most 3/)
  })
})
