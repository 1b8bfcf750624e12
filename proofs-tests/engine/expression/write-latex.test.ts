import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  index,
  indexed,
  log,
  multiply,
  negate,
  pi,
  power,
  rational,
  squareRoot,
  symbol,
} from '../../../src/expression/expression.js'
import { instantiate } from '../../../src/expression/instantiate.js'
import { readExpression } from '../../../src/expression/read-latex.js'
import { toLatex } from '../../../src/expression/write-latex.js'
import { toAlgebraSystem, toText } from '../../../src/expression/write-text.js'
import { evaluate, largest, relativeDifference } from './evaluate.js'
import { notation } from './notation.js'

const site = (letter: string | null, offset: number): Expression =>
  indexed('fluctuation', { slot: 'site', index: index(letter, offset) })
const neuron = (letter: string): Expression =>
  indexed('bias', { slot: 'neuron', index: index(letter) }, { slot: 'site', index: index('l') })
const leaves: readonly Expression[] = [
  symbol('weightStandardDeviation'),
  symbol('saddleNorm'),
  symbol('width'),
  symbol('depth'),
  symbol('positiveNorm'),
  symbol('x'),
  symbol('l'),
  symbol("q'"),
  site('l', 0),
  site('l', -1),
  site('L', 0),
  site(null, 0),
  indexed('fluctuationMode', { slot: 'mode', index: index('q', 0, -1) }),
  indexed('width', { slot: 'site', index: index('l') }),
  indexed('scaledPositive', { slot: 'site', index: index('l', 1) }),
  { kind: 'apply', name: 'fluctuationField', indices: [], arguments: [symbol('x')] },
  pi,
  imaginaryUnit,
  { kind: 'constant', name: 'e' },
]
const families = new Map([
  ['site', [0, 1]],
  ['neuron', [0, 1]],
])
/** |a|^2 + 1: roots and logarithms stay off their branch cut, where rounding alone decides the value. */
const positive = (a: Expression): Expression => add(power({ kind: 'modulus', of: a }, 2), rational(1))
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'w' },
    fc.constantFrom(...leaves),
    fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 5 }))
      .map(([n, d]): Expression => rational(n, d)),
    fc.array(tie('expression'), { minLength: 2, maxLength: 4 }).map((list) => add(...list)),
    fc.array(tie('expression'), { minLength: 2, maxLength: 4 }).map((list) => multiply(...list)),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => divide(a, b)),
    fc.tuple(tie('expression'), fc.integer({ min: -3, max: 3 })).map(([a, n]) => power(a, n)),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => power(positive(a), divide(b, positive(b)))),
    tie('expression').map((a) => squareRoot(positive(a))),
    tie('expression').map(negate),
    tie('expression').map((a) => exp(divide(a, add(power(a, 2), rational(2))))),
    tie('expression').map((a) => log(positive(a))),
    tie('expression').map((a) => call('tanh', a)),
    tie('expression').map((a) => call('cos', a)),
    tie('expression').map((of): Expression => ({ kind: 'modulus', of })),
    tie('expression').map((of): Expression => ({ kind: 'conjugate', of })),
    tie('expression').map(
      (body): Expression => ({
        kind: 'indexedSum',
        index: 'm',
        range: { kind: 'interval', from: rational(0), to: symbol('depth') },
        body: multiply(body, site('m', 1)),
      }),
    ),
    tie('expression').map(
      (body): Expression => ({
        kind: 'indexedSum',
        index: '\\alpha',
        range: { kind: 'family', family: 'neuron' },
        body: multiply(neuron('\\alpha'), body, neuron('\\alpha')),
      }),
    ),
    tie('expression').map(
      (body): Expression => ({
        kind: 'indexedProduct',
        index: 'm',
        range: { kind: 'family', family: 'site' },
        body: add(body, site('m', 0)),
      }),
    ),
  ),
}))

const context = {
  notation,
  families,
  values: new Map([
    ['depth', 2],
    ['l', 1],
    ['q', 1],
    ["q'", 2],
  ]),
}

test('what is written reads back with the same value', () => {
  let informative = 0
  fc.assert(
    fc.property(expression, (e) => {
      const again = readExpression(toLatex(e, notation), notation)
      const [one, other] = [instantiate(e, context), instantiate(again, context)]
      const [a, b] = [evaluate(one), evaluate(other)]
      fc.pre(Math.max(largest(one), largest(other)) < 1e6)
      informative++
      expect(relativeDifference(a, b)).toBeLessThan(1e-8)
    }),
    { numRuns: 400 },
  )
  expect(informative).toBeGreaterThan(150)
})

test('writing is a fixed point after one reading', () => {
  fc.assert(
    fc.property(expression, (e) => {
      const once = toLatex(readExpression(toLatex(e, notation), notation), notation)
      const twice = toLatex(readExpression(once, notation), notation)
      expect(toLatex(readExpression(twice, notation), notation)).toBe(twice)
    }),
    { numRuns: 150 },
  )
})

test('plain text names things as the notation does', () => {
  const text = (latex: string): string => toText(readExpression(latex, notation))
  expect(text(String.raw`-2\sigma_w^2 \epsilon^l \epsilon^{l-1}`)).toBe(
    '-2 * weightStandardDeviation^2 * fluctuation[l] * fluctuation[l-1]',
  )
  expect(text(String.raw`x - \frac{1}{2}`)).toBe('x + -1/2'.replace('+ -', '- '))
  expect(text(String.raw`\sum_{l=0}^L z_\alpha^l z_\alpha^l`)).toBe(
    'sum(l = 0..depth: sum(alpha over neuron: preactivation[alpha, l] * preactivation[alpha, l]))',
  )
  expect(text(String.raw`\int dx \left(\frac{\partial \epsilon}{\partial x}\right)^2`)).toBe(
    'integral(x: D(fluctuationField(x), x)^2)',
  )
})

test('an algebra system gets identifiers only', () => {
  const e = readExpression(String.raw`\frac{(r^l)^2}{\sigma_w^2 + 1}`, notation)
  const text = toAlgebraSystem(e, (node) => (node.kind === 'symbol' ? node.name : 'r0'))
  expect(text).toBe('((r0)^((2))*(((weightStandardDeviation)^((2))+(1)))^((-1)))')
  expect(() => toAlgebraSystem(e, () => 'alert(1)')).toThrow(/no identifier/)
})
