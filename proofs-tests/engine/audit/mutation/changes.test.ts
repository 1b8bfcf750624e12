import { describe, expect, it } from 'vitest'
import { swapLetters } from '../../../../src/audit/mutation/changes.js'
import { scopeOf, variantsOf } from '../../../../src/audit/mutation/mutants.js'
import { type MutationName, mutationNames, mutationOperators } from '../../../../src/audit/mutation/operators.js'
import { index, indexed } from '../../../../src/expression/expression.js'
import { toLatex } from '../../../../src/expression/write-latex.js'
import { notation, read } from '../fixtures.js'

const scope = scopeOf(notation)
const alter = (name: MutationName, latex: string): readonly string[] => {
  const operator = mutationOperators.find((o) => o.name === name)!
  return variantsOf(read(latex), operator, scope).map((variant) => toLatex(variant, notation))
}
const written = (...latex: readonly string[]): readonly string[] => latex.map((text) => toLatex(read(text), notation))

describe('every operator makes exactly its slips', () => {
  it.each<[MutationName, string, readonly string[]]>([
    ['sign', 'a + b', ['-(a + b)', '-a + b', 'a - b']],
    ['unit', '2 a + 3', ['2 a + 4', '3 a + 3']],
    ['unit', '-a', ['-2 a']],
    ['double', 'a b', ['2 a b']],
    ['half', 'a + b', ['\\frac{1}{2} (a + b)', '\\frac{a}{2} + b', 'a + \\frac{b}{2}']],
    ['pi', 'a', ['\\pi a']],
    ['power', 'a b^2', ['a^2 b^2', 'a b^3']],
    ['index', 'h^l h^{l-1}', ['h^{l+1} h^{l-1}', 'h^l h^l']],
    ['index', 'a L', []],
    ['drop', 'a + b + 1', ['b + 1', 'a + 1', 'a + b']],
    ['swap', 'a^2 + b', ['b^2 + a']],
    ['swap', 'a L', []],
    ['root', '\\sqrt{a b}', ['a \\sqrt{b}', 'b \\sqrt{a}']],
    ['root', 'a \\sqrt{b}', ['\\sqrt{a b}']],
    ['root', 'a \\log b', ['\\log(a b)']],
    ['root', '\\log(a b)', ['a \\log b', 'b \\log a']],
    ['phase', 'a e^{i b}', ['a e^{-i b}']],
    ['phase', 'a e^{b}', []],
  ])('%s of %s', (name, latex, expected) => {
    expect(new Set(alter(name, latex))).toEqual(new Set(written(...expected)))
  })

  it('swap exchanges two letters of one family, and of no other', () => {
    const slot = (letter: string) => ({ slot: 'neuron', index: index(letter) })
    const families: Readonly<Record<string, readonly string[]>> = { a: ['neuron'], b: ['neuron'], k: ['input'] }
    const known = { ...scope, familiesOf: (letter: string) => families[letter] ?? [] }
    expect(swapLetters(indexed('weight', slot('a'), slot('b')), known)).toEqual([
      indexed('weight', slot('b'), slot('a')),
    ])
    expect(swapLetters(indexed('weight', slot('a'), slot('k')), known)).toEqual([])
    expect(swapLetters(indexed('weight', slot('a'), slot('a')), known)).toEqual([])
  })

  it('leave what an order symbol holds alone', () => {
    for (const name of mutationNames) expect(alter(name, '\\mathcal{O}(a^2 + b)'), name).toEqual([])
  })
})
