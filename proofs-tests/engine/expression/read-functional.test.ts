/** What generating functionals are written with: traces, averages over a measure, measures in fractions, conditions. */
import { describe, expect, test } from 'vitest'
import { LatexError } from '../../../src/expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  index,
  indexed,
  keyOf,
  log,
  multiply,
  pi,
  power,
  rational,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import type { Notation } from '../../../src/expression/notation.js'
import { readExpression, readFormula } from '../../../src/expression/read-latex.js'
import { toLatex } from '../../../src/expression/write-latex.js'
import { declare } from './notation.js'

const notation: Notation = {
  variables: ['x'],
  families: [
    { name: 'layer', letters: ['l'], geometry: 'open', summedWhenRepeated: false, meaning: 'layer' },
    { name: 'neuron', letters: ['i', 'j'], geometry: 'plain', summedWhenRepeated: false, meaning: 'neuron' },
  ],
  symbols: [
    declare('depth', 'scalar', 'L'),
    declare('width', 'quantity', 'N', '^layer'),
    declare('spin', 'quantity', 's', '_neuron? ^layer'),
    declare('referenceSpin', 'quantity', latex`\hat{s}`, '_neuron? ^layer'),
    declare('field', 'quantity', 'h', '_neuron? ^layer'),
    declare('conjugate', 'quantity', 'iQ', '^layer'),
    declare('fourier', 'quantity', 'Q', '^layer'),
    declare('overlap', 'quantity', 'q', '^layer'),
    declare('perturbation', 'quantity', latex`\delta w`, '_neuron? _neuron? ^layer?'),
    declare('covariance', 'matrix', latex`\Sigma`, '_layer'),
    declare('covarianceEntry', 'quantity', latex`\Sigma`, '_layer _entry'),
    declare('inverseEntry', 'quantity', latex`\Sigma^{-1}`, '_layer _entry'),
    declare('measure', 'function', latex`\mathcal{M}`, '^layer'),
    declare('probability', 'functional', 'P'),
    declare('potential', 'functional', latex`\Phi`),
    declare('all', 'scalar', latex`\mathbf{q}`),
  ],
}
function latex(strings: TemplateStringsArray): string {
  return String.raw(strings)
}
const read = (text: string): Expression => readExpression(text, notation)
const at = (name: string, offset = 0) => indexed(name, { slot: 'layer', index: index('l', offset) })

describe('reads', () => {
  test('a declared name of several letters before the constant that it begins with', () => {
    expect(read('iQ^l')).toEqual(at('conjugate'))
    expect(read('i N^l Q^l')).toEqual(multiply({ kind: 'constant', name: 'i' }, at('width'), at('fourier')))
    expect(read(latex`\delta w_{ij}^l`)).toMatchObject({ kind: 'indexed', name: 'perturbation' })
  })
  test('a trace, with the rest of the term', () => {
    const e = read(latex`\text{Tr}_{\hat{s}^l, s^l} \hat{s}^l s^l + 1`)
    const trace = {
      kind: 'measureIntegral',
      measures: [at('referenceSpin'), at('spin')],
      body: multiply(at('referenceSpin'), at('spin')),
      trace: true,
    } as const
    expect(e).toEqual(add(trace, rational(1)))
  })
  test('an average over named variables and one over a measure', () => {
    expect(read(latex`\mathbb{E}_{s^l} s^l h^l`)).toEqual({
      kind: 'expectation',
      of: multiply(at('spin'), at('field')),
      over: [at('spin')],
    })
    expect(read(latex`\langle s^l \rangle_{\mathcal{M}^l}`)).toEqual({
      kind: 'expectation',
      of: at('spin'),
      over: [at('measure')],
    })
  })
  test('conditional probabilities, conditions with several quantities, dots among arguments', () => {
    expect(read('P(s^l | h^l)')).toMatchObject({
      kind: 'apply',
      name: 'probability',
      arguments: [at('spin'), at('field')],
    })
    expect(read(latex`\Phi(\mathbf{q}, \dots | q^l)`)).toMatchObject({ arguments: [symbol('all'), at('overlap')] })
    expect(read(latex`P(\{\hat{s}^l, s^l\})`)).toMatchObject({
      arguments: [
        { kind: 'configuration', of: at('referenceSpin') },
        { kind: 'configuration', of: at('spin') },
      ],
    })
    expect(read('P(s^l | |h^l|)')).toMatchObject({ kind: 'apply' })
  })
  test('measures in fractions and in products', () => {
    const twoPi = multiply(rational(2), pi)
    expect(read(latex`\int_{-\infty}^{\infty} \frac{dh^l dq^l}{2\pi} h^l`)).toEqual({
      kind: 'measureIntegral',
      measures: [at('field'), at('overlap')],
      body: multiply(power(twoPi, -1), at('field')),
    })
    const e = read(latex`\int \prod_{l=1}^L \frac{dh^l}{2\pi} \times 3`)
    expect(e).toMatchObject({ kind: 'measureIntegral', measures: [at('field')] })
    expect(keyOf(e)).toContain('indexedProduct')
  })
  test('a product up to the last factor that holds its letter', () => {
    const e = read(latex`\prod_{l=1}^L q^l Q^l \delta(q^L - 1)`)
    expect(e.kind === 'product' && e.factors.map((f) => f.kind)).toEqual(['indexedProduct', 'function'])
  })
  test('the entry of a matrix, of its inverse, and the determinant of the inverse', () => {
    expect(read(latex`\Sigma_{l,12}`)).toMatchObject({ name: 'covarianceEntry' })
    expect(read(latex`\Sigma_{l,12}^{-1}`)).toMatchObject({ kind: 'indexed', name: 'inverseEntry' })
    expect(read(latex`|\Sigma_l^{-1}|`)).toMatchObject({ kind: 'determinant', of: { kind: 'power' } })
  })
  test('a vector in brackets', () => {
    expect(read(latex`[h^l, q^l]^\top`)).toEqual({
      kind: 'transpose',
      of: { kind: 'matrix', rows: [[at('field'), at('overlap')]] },
    })
  })
  test('the inverse of the hyperbolic tangent as a logarithm', () => {
    const x = symbol('x')
    const one = rational(1)
    expect(read(latex`\tanh^{-1}(x)`)).toEqual(multiply(rational(1, 2), log(divide(add(one, x), subtract(one, x)))))
    expect(read(latex`\tan^{-1} x`)).toEqual(call('atan', x))
  })
  test('definitions and conditions on a letter', () => {
    expect(readFormula(latex`q^l := iQ^l, \quad \forall 1 \leq l \leq L`, notation)).toEqual(
      readFormula('q^l = iQ^l', notation),
    )
    expect(readFormula(latex`q^l = iQ^l, \quad \forall l \neq L`, notation).sides).toHaveLength(2)
    expect(readFormula(latex`q^l =: iQ^l`, notation).relations).toEqual(['='])
  })
})

describe('refuses', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [latex`\text{Tr} s^l`, /names below/],
    [latex`q^l = 1, Q^l = 2`, /several formulas/],
    [latex`q^l = 1, \quad 1 < 2`, /several formulas/],
    [latex`\cosh^{-1} x`, /inverse/],
    [latex`\int_0^1 \frac{dh^l dq^l}{2} h^l`, /bounds go with one variable/],
  ]
  for (const [text, message] of cases)
    test(text, () => {
      expect(() => readFormula(text, notation)).toThrow(LatexError)
      expect(() => readFormula(text, notation)).toThrow(message)
    })
})

describe('what is read is written and read again', () => {
  for (const text of [
    latex`\text{Tr}_{\hat{s}^l, s^l} P(\hat{s}^l | h^l) s^l`,
    latex`\mathbb{E}_{s^l} s^l`,
    latex`\langle s^l \rangle_{\mathcal{M}^l}`,
    latex`\int \frac{dh^l}{2\pi} h^l`,
    latex`2 iQ^l + \Sigma_{l,12}^{-1}`,
  ])
    test(text, () => {
      const e = read(text)
      const written = toLatex(e, notation)
      expect(toLatex(read(written), notation)).toBe(written)
    })
})
