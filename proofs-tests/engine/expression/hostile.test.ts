import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LatexError } from '../../../src/expression/errors.js'
import { readFormula } from '../../../src/expression/read-latex.js'
import { toLatex } from '../../../src/expression/write-latex.js'
import { toText } from '../../../src/expression/write-text.js'
import { stopwatch } from '../stopwatch.js'
import { corpus } from './corpus.js'
import { notation } from './notation.js'

/** Reads or refuses: nothing else may happen, and refusals of more than nothing have a column inside the text. */
function readsOrRefuses(text: string): boolean {
  try {
    const formula = readFormula(text, notation)
    expect(typeof toText(formula)).toBe('string')
    expect(typeof toLatex(formula, notation)).toBe('string')
    return true
  } catch (error) {
    if (!(error instanceof LatexError)) throw error
    expect(error.place.column).toBeGreaterThanOrEqual(1)
    expect(error.place.column).toBeLessThanOrEqual(text.length + 20)
    return false
  }
}

const words = [
  ..."( ) [ ] { } \\{ \\} | \\left( \\right) \\left. \\right. \\left| \\right| ^ _ ^{ _{ & \\\\ + - * / = < , ; ! ' . 0 1 2 0.5 64 x l q i e d".split(
    ' ',
  ),
  ...'\\sigma_w \\sigma_b r^l r^* \\epsilon^l \\epsilon_q \\epsilon(x) \\epsilon z_\\alpha^l b_\\alpha^l W_{\\alpha\\beta}^l N_l \\Sigma^l \\phi( \\phi^l( \\mathcal{L}(\\{ U[ H Q \\mathcal{M} k_l'.split(
    ' ',
  ),
  ..."\\frac \\frac{ }{ \\sqrt \\sqrt[ \\binom{ \\sum_l \\sum_{l=0}^L \\sum_{qq'} \\prod_l \\int \\int_0^\\infty dx [dW] \\partial_x \\frac{\\partial \\partial \\nabla \\cos \\log \\exp \\Gamma( \\delta_{q,0} \\delta( \\max(0, \\mathcal{O}(".split(
    ' ',
  ),
  ...'\\begin{pmatrix} \\end{pmatrix} \\langle \\rangle \\cdots \\pm \\quad \\text{h.c.} \\in \\{-1,1\\} \\to \\approx ^T ^\\dagger ^{-1} \\tag{1} \\label{a} __proto__ constructor \\constructor \\mathrm{toString} \\pi \\infty \\tilde{ \\prime %'.split(
    ' ',
  ),
]

test('no string of characters does anything but read or be refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      readsOrRefuses(text)
    }),
    { numRuns: 1500 },
  )
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."\\{}()[]|^_&xlqi0127+-=/,;!'.~%$# \n\u200b\u202eｘ−²"), maxLength: 80 }),
      (text) => {
        readsOrRefuses(text)
      },
    ),
    { numRuns: 2000 },
  )
})

test('no string of this language’s own words does anything but read or be refused', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (list) => {
      if (readsOrRefuses(list.join(' '))) read++
    }),
    { numRuns: 4000 },
  )
  expect(read).toBeGreaterThan(40)
})

test('no printed formula with a piece cut out, doubled or swapped does anything but read or be refused', () => {
  const formulas = [...corpus.values()].map((f) => f.match(/\\[a-zA-Z]+|\\.|[0-9]+|[^\s]/gu) ?? [])
  let read = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...formulas),
      fc.nat(),
      fc.nat(),
      fc.constantFrom('cut', 'double', 'swap', 'insert'),
      (tokens, a, b, how) => {
        const list = [...tokens]
        const [i, j] = [a % list.length, b % list.length]
        if (how === 'cut') list.splice(i, 1 + (b % 3))
        if (how === 'double') list.splice(i, 0, list[i]!)
        if (how === 'swap') [list[i], list[j]] = [list[j]!, list[i]!]
        if (how === 'insert') list.splice(i, 0, words[b % words.length]!)
        if (readsOrRefuses(list.join(' '))) read++
      },
    ),
    { numRuns: 800 },
  )
  expect(read).toBeGreaterThan(100)
})

test('long and deep input is refused or read within a second', () => {
  const repeated = (piece: string): string => piece.repeat(Math.floor(20_000 / piece.length))
  const inputs = [
    ...[
      '(',
      '{',
      '[',
      '|',
      '\\{',
      '\\left(',
      '\\log ',
      '-',
      '+',
      '^',
      '_',
      '!',
      "'",
      'x',
      '9',
      'x!',
      'x^',
      'x_',
      'x/',
      '\\frac',
      '\\frac{',
      '\\sqrt',
      '\\sqrt{',
    ].map(repeated),
    ...[
      '\\sum_l ',
      '\\int ',
      '\\int dx ',
      'dx ',
      '\\partial_x ',
      '\\nabla ',
      'x^{',
      'e^{',
      'b_\\alpha^l ',
      '\\epsilon(',
      '\\phi(',
      'U(\\{',
      '\\begin{pmatrix}',
      'x+',
      'x=',
      'x,',
      '\\\\',
      '\\quad ',
      '\\langle ',
      '\\to ',
      '1/',
      '|x',
      '\\tilde{',
    ].map(repeated),
    `\\sum_{${'l,'.repeat(9000)}l} 1`,
    `\\int ${'dx '.repeat(6000)} 1`,
    `x${"'".repeat(19_000)}`,
    `x${'!'.repeat(19_000)}`,
    `${'9'.repeat(19_000)}^{64}`,
    `${'('.repeat(60)}9${')^{64}'.repeat(60)}`,
    `${'0.'.repeat(1)}${'1'.repeat(19_000)}`,
    `${'\\frac{1}{'.repeat(190)}x${'}'.repeat(190)}`,
    `${'\\int dx ('.repeat(90)}\\epsilon${')'.repeat(90)}`,
    `${'(b_\\alpha^l '.repeat(90)}x${')'.repeat(90)}`,
    `\\frac{\\partial^9 \\epsilon}{${'\\partial x'.repeat(1900)}}`,
  ]
  for (const text of inputs) {
    const elapsed = stopwatch()
    readsOrRefuses(text)
    expect(elapsed(), text.slice(0, 30)).toBeLessThan(1000)
  }
})

test('names of object members are ordinary unknown symbols, and nothing is left on Object.prototype', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])
    for (const text of [
      name,
      `\\${name}`,
      `\\mathrm{${name}}`,
      `\\operatorname{${name}}(x)`,
      `x_{\\mathrm{${name}}}`,
      `\\begin{${name}} x \\end{${name}}`,
      `\\text{${name}}`,
    ])
      expect(() => readFormula(text, notation), text).toThrow(LatexError)
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before)
})
