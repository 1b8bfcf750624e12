import { describe, expect, it } from 'vitest'
import { readFormula } from '../../../src/expression/read-latex.js'
import { guessNotation } from '../../../src/source/guess/guess-notation.js'
import { writeOutPackageMacros } from '../../../src/source/package-macros.js'
import { stopwatch } from '../stopwatch.js'

const written = (latex: string): string => writeOutPackageMacros(latex).replace(/\s+/g, '')

describe('macros of packages', () => {
  // What the physics, mathtools, braket, commath and diffcoeff manuals say that each stands for.
  it.each([
    ['\\int f(x) \\dd{x}', '\\intf(x)\\,\\mathrm{d}x'],
    ['\\dd x', '\\,\\mathrm{d}x'],
    ['\\dd[3]{x}', '\\,\\mathrm{d}^{3}x'],
    ['\\dv{f}{x}', '\\frac{\\mathrm{d}f}{\\mathrm{d}x}'],
    ['\\dv{x} f', '\\frac{\\mathrm{d}}{\\mathrm{d}x}f'],
    ['\\dv[2]{f}{x}', '\\frac{\\mathrm{d}^{2}f}{\\mathrm{d}x^{2}}'],
    ['\\dv*{f}{x}', '\\frac{\\mathrm{d}f}{\\mathrm{d}x}'],
    ['\\pdv{f}{x}{y}', '\\frac{\\partial^{2}f}{\\partialx\\partialy}'],
    ['\\pdv{\\dv{f}{x}}{y}', '\\frac{\\partial\\frac{\\mathrm{d}f}{\\mathrm{d}x}}{\\partialy}'],
    ['\\fdv{F}{\\phi}', '\\frac{\\deltaF}{\\delta\\phi}'],
    ['\\ev{s} + \\expval{s^2}', '\\left\\langles\\right\\rangle+\\left\\langles^2\\right\\rangle'],
    ['\\ev{A}{\\psi}', '\\langle\\psi|A|\\psi\\rangle'],
    ['\\bra{a}\\ket b', '\\langlea||b\\rangle'],
    ['\\abs{x} \\qty(x + 1) \\qty[a] \\qty{b}', '\\left|x\\right|(x+1)\\left[a\\right]\\left\\{b\\right\\}'],
    ['\\matrixel{a}{H}{b} + \\mel{a}{H}{b}', '\\langlea|H|b\\rangle+\\langlea|H|b\\rangle'],
    ['\\comm{A}{B}', '\\left[A,B\\right]'],
    ['\\order{x^2}', '\\mathcal{O}\\left(x^2\\right)'],
    ['\\Tr(A)', '\\mathrm{Tr}(A)'],
    ['a \\coloneqq b \\stackrel{!}{=} c', 'a:=b=c'],
    ['\\underbrace{a + b}_{\\text{sum}} c', 'a+bc'],
    ['\\nicefrac12 \\boxed{x}', '\\frac{1}{2}x'],
    ['\\operatorname{\\mathbb{E}}[x] {\\rm Tr}', '\\mathbb{E}[x]{\\mathrm{Tr}}'],
    ['\\vb{x} \\vb*{y} \\laplacian f', '\\mathbf{x}\\mathbf{y}\\nabla^{2}f'],
    ['x \\qand y', 'x\\quad\\text{and}\\quady'],
  ])('are written out: %s', (latex, expected) => expect(written(latex)).toBe(expected))

  it.each([
    '\\ddot{x} + \\delta \\div \\order',
    '\\dvx',
    '\\abs',
    'x_{\\dvips}',
    '\\dv{x',
    '',
  ])('leave alone what is none, or has too few arguments: %s', (latex) =>
    expect(writeOutPackageMacros(latex)).toBe(latex))

  it('can be read, once they are written out', () => {
    for (const latex of [
      'v = \\dv{f(x)}{x}',
      'w = \\int_0^1 g(x) \\dd{x}',
      'm = \\ev{s}',
      'y \\coloneqq \\qty(a + b) \\abs{c}',
    ]) {
      const plain = writeOutPackageMacros(latex)
      expect(readFormula(plain, guessNotation([{ label: '(1)', latex: plain }])).sides).toHaveLength(2)
    }
  })

  it('nest without measure and are given up in time', () => {
    const elapsed = stopwatch()
    expect(writeOutPackageMacros(`${'\\abs{'.repeat(2000)}x${'}'.repeat(2000)}`)).toContain('x')
    expect(elapsed()).toBeLessThan(1000)
  })
})
