import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decideEqual } from '../../../src/exact/equality.js'
import { expandInSmall, leadingOrder, seriesTerms } from '../../../src/exact/series.js'
import {
  add,
  call,
  divide,
  exp,
  log,
  multiply,
  power,
  rational,
  subtract,
  symbol,
} from '../../../src/expression/expression.js'
import { fromTree, type Tree } from './tree.js'

const fixture: readonly { formula: Tree; order: number; series: Tree }[] = JSON.parse(
  readFileSync(new URL('./series.fixture.json', import.meta.url), 'utf8'),
)
const positive = new Set(['a', 'b', 'N'])
const t = symbol('t')
const u = symbol('u')

describe('series that SymPy expanded', () => {
  for (const [k, { formula, order, series }] of fixture.entries())
    test(`case ${k} to order ${order}`, () => {
      const mine = expandInSmall(fromTree(formula), [t], order, { positive })
      expect(decideEqual(mine, fromTree(series), { positive })).toEqual({ outcome: 'equal' })
    })
})

describe('total degree', () => {
  test('counts every small quantity', () => {
    const e = exp(multiply(add(t, u), rational(2)))
    const terms = seriesTerms(e, [t, u], 3)
    expect(terms.map((term) => term.order)).toEqual([0, 1, 2, 3])
    const third = multiply(rational(4, 3), power(add(t, u), 3))
    expect(decideEqual(terms[3]!.term, third)).toEqual({ outcome: 'equal' })
  })

  test('begins where the first term does not vanish', () => {
    expect(leadingOrder(subtract(call('sin', t), t), [t])).toBe(3)
    expect(leadingOrder(divide(t, subtract(exp(t), add(rational(1), t))), [t])).toBe(-1)
    expect(
      leadingOrder(subtract(power(add(t, u), 2), add(power(t, 2), multiply(rational(2), t, u), power(u, 2))), [t, u]),
    ).toBeNull()
  })

  test('unknown functions are expanded by their derivatives', () => {
    const f = (of: ReturnType<typeof add>) => ({ kind: 'apply', name: 'f', indices: [], arguments: [of] }) as const
    const even = subtract(f(add(symbol('a'), t)), f(subtract(symbol('a'), t)))
    expect(seriesTerms(even, [t], 2).map((term) => term.order)).toEqual([1])
  })

  test('what is no power series is refused', () => {
    expect(() => expandInSmall(log(t), [t], 2)).toThrow('no power series')
    expect(() => expandInSmall(power(t, rational(1, 2)), [t], 2)).toThrow('no series in whole orders')
    expect(() => expandInSmall(exp(power(t, -1)), [t], 2)).toThrow('essential singularity')
  })
})
