import { describe, expect, it } from 'vitest'
import { formulasIn } from '../../../src/source/split-formulas.js'
import { importText } from './read-fixture.js'

/** Formulas of a display, spaces left out; `?` before a condition. */
const parts = (latex: string): readonly string[] =>
  formulasIn(latex).map(({ latex: one, condition }) =>
    `${one}${condition === null ? '' : ` ? ${condition}`}`.replace(/\s+/g, ''),
  )

describe('a display of several formulas', () => {
  it.each([
    ['a = b + 1, \\quad c = d^2', ['a=b+1', 'c=d^2']],
    ['x = y \\qquad \\text{and} \\qquad z = \\frac{w}{2}', ['x=y', 'z=\\frac{w}{2}']],
    ['x = y, c = d', ['x=y', 'c=d']],
    ['x = y,\\ c = d', ['x=y', 'c=d']],
    ['E = x \\quad \\text{where } a = b', ['E=x', 'a=b']],
    ['H(a;b) = c; d = e', ['H(a;b)=c', 'd=e']],
    ['\\left\\{ \\begin{aligned} a &= b \\\\ c &= d \\end{aligned} \\right.', ['a=b', 'c=d']],
    ['\\begin{cases} a = b \\\\ c = d, \\end{cases}', ['a=b', 'c=d']],
    ['a < b, \\quad b < c', ['a<b', 'b<c']],
  ])('is taken apart: %s', (latex, expected) => expect(parts(latex)).toEqual(expected))

  it.each([
    ['y = x, \\quad x \\in [0, 1]', ['y=x?x\\in[0,1]']],
    ['x = y \\text{ for } x > 0', ['x=y?forx>0']],
    ['u^l = v, \\qquad l = 1, \\dots, L', ['u^l=v?l=1,\\dots,L']],
    ['x = \\sqrt{y} \\quad (y > 0)', ['x=\\sqrt{y}?(y>0)']],
    ['x = 1 \\quad \\forall x', ['x=1?\\forallx']],
    ['f(x) = \\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}', ['f(x)=x?x>0', 'f(x)=0?otherwise']],
    [
      'f = \\left\\{ \\begin{array}{ll} 1, & \\text{if } x > 0, \\\\ 0, & \\mbox{else.} \\end{array} \\right.',
      ['f=1?ifx>0', 'f=0?else'],
    ],
  ])('keeps a condition with its formula: %s', (latex, expected) => expect(parts(latex)).toEqual(expected))

  it.each([
    'a = 1, 2, 3',
    'f(x, y) = x',
    'a, b = c',
    '\\left\\langle a, b \\right\\rangle = c',
    '\\begin{split} G &= a \\\\ &+ b \\end{split}',
    'A = \\left( \\begin{array}{cc} a & b \\\\ c & d \\end{array} \\right)',
    'F = \\begin{pmatrix} a = b, & c = d \\end{pmatrix}',
    '',
  ])('stays as it is where it states one: %s', (latex) =>
    expect(formulasIn(latex)).toEqual([{ latex, condition: null }]))
})

describe('a source with such displays', () => {
  const paper = importText(String.raw`\documentclass{article}\usepackage{physics,mathtools}
    \DeclarePairedDelimiterX{\inner}[2]{\langle}{\rangle}{#1 #2}
    \begin{document}\section{The chain}
    We begin with the model. The energy of the chain is
    \begin{equation} H = a + b, \quad G = \inner{a}{b} \label{eq:two} \end{equation}

    \begin{IEEEeqnarray}{rCl} A &=& B \label{eq:i} \\ &=& C \IEEEnonumber \end{IEEEeqnarray}
    \begin{alignat}{2} m &= n &\quad k &= j \\ o &= v && \end{alignat}
    Every site has a field. Where it goes, nobody knows.
    \begin{flalign} && x &= \dv{f(y)}{y} && \end{flalign}
    \[ \foo{x} = 1 \]
    \[ y = \sum_{\langle i j \rangle} s_i s_j \]
    \[ z = \lim_{n \to \infty} s_n \]
    \end{document}`)
  const found = new Map(paper.statements.map((one) => [one.id, { ...one, printed: one.printed.replace(/\s/g, '') }]))

  it('has a statement for each formula, of one number', () => {
    expect([...found.keys()]).toEqual([
      'eq-1-a', 'eq-1-b', 'eq-2', 'eq-3-a', 'eq-3-b', 'eq-4', 'eq-5', 'sec-1.display-1', 'sec-1.display-2', 'sec-1.display-3',
    ]) // biome-ignore format: a list reads best as a list
    expect(found.get('eq-1-b')).toMatchObject({
      label: '(1), part b',
      printed: 'G=\\left\\langleab\\right\\rangle',
      encodingReason: null,
    })
    expect(found.get('eq-2')!.printed).toBe('A=B=C')
    expect(found.get('eq-3-a')!.printed).toBe('m=n')
    expect(found.get('eq-4')!.printed).toBe('o=v')
    expect(found.get('eq-5')).toMatchObject({
      printed: 'x=\\frac{\\mathrm{d}f(y)}{\\mathrm{d}y}',
      encodingReason: null,
    })
  })

  it('says what each is about by the text around it, or by its section', () => {
    expect(found.get('eq-1-a')!.about).toBe('The energy of the chain')
    expect(found.get('eq-2')!.about).toBe('The chain')
    expect(found.get('eq-3-a')!.about).toBe('Every site has a field')
    expect(found.get('eq-1-a')!.place).toBe('main.tex, line 5, eq:two')
  })

  it('names the macro that it does not know, and what to do, and makes no symbol of it', () => {
    expect(found.get('sec-1.display-1')!.encodingReason).toBe(
      "\\foo is neither defined in the source nor known here: add a \\newcommand that says what it stands for, or write the formula without in 'encoded'",
    )
    expect(found.get('sec-1.display-2')!.encodingReason).toContain(
      'a sum over pairs of neighbours: in `encoded`, write it',
    )
    expect(found.get('sec-1.display-3')!.encodingReason).toBe(
      "\\lim is a limit: state what it comes to, or what it is to leading order, in 'encoded'",
    )
    expect(paper.notation.symbols.map(({ latex }) => latex[0])).not.toContain('\\foo')
  })
})
