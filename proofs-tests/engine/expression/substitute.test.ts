import { describe, expect, test } from 'vitest'
import {
  add,
  type Expression,
  index,
  indexed,
  keyOf,
  multiply,
  power,
  rational,
  symbol,
} from '../../../src/expression/expression.js'
import { readExpression } from '../../../src/expression/read-latex.js'
import {
  contains,
  freeSymbols,
  indexedQuantities,
  renameLetter,
  shiftIndex,
  sizeOf,
  substitute,
  substituteLetter,
  substituteSymbol,
  substituteSymbols,
} from '../../../src/expression/substitute.js'
import { notation } from './notation.js'

const read = (latex: string): Expression => readExpression(latex, notation)
const r = String.raw

describe('substitution', () => {
  test('by tree', () => {
    const e = read(r`(r^l)^2 + r^{l-1}`)
    const rl = indexed('norm', { slot: 'site', index: index('l') })
    expect(substitute(e, new Map([[keyOf(rl), symbol('saddleNorm')]]))).toEqual(read(r`(r^*)^2 + r^{l-1}`))
  })
  test('by rule, outermost first', () => {
    const e = read(r`\sigma_w^2 + \sigma_w`)
    const result = substitute(e, (n) =>
      n.kind === 'power' ? rational(3) : n.kind === 'symbol' ? rational(1) : undefined,
    )
    expect(result).toEqual(rational(4))
  })
  test('by symbol, leaving bound names alone', () => {
    expect(substituteSymbol(read(r`x + \int dx\, x \sigma_w`), 'x', rational(2))).toEqual(
      read(r`2 + \int dx\, x \sigma_w`),
    )
    expect(substituteSymbol(read(r`q + \sum_q q^2`), 'q', rational(2))).toEqual(read(r`2 + \sum_q q^2`))
    expect(substituteSymbol(read(r`\int_0^x dx\, x`), 'x', rational(2))).toEqual(read(r`\int_0^2 dx\, x`))
  })
  test('of several symbols at once swaps', () => {
    const swap = new Map<string, Expression>([
      ['weightStandardDeviation', symbol('biasStandardDeviation')],
      ['biasStandardDeviation', symbol('weightStandardDeviation')],
    ])
    expect(substituteSymbols(read(r`\sigma_w - 2 \sigma_b`), swap)).toEqual(read(r`\sigma_b - 2 \sigma_w`))
  })
})

describe('index letters', () => {
  test('a shift moves every free site and none that is bound', () => {
    expect(shiftIndex(read(r`\epsilon^l \epsilon^{l-1}`), 'l', 1)).toEqual(read(r`\epsilon^{l+1} \epsilon^l`))
    expect(shiftIndex(read(r`l + \sum_l \epsilon^l`), 'l', 2)).toEqual(read(r`l + 2 + \sum_l \epsilon^l`))
  })
  test('a shift there and back changes nothing', () => {
    const e = read(r`\sum_m \epsilon^{m} \epsilon^{l-1} e^{-iql} N_{l}^{-1}`)
    expect(shiftIndex(shiftIndex(e, 'l', 3), 'l', -3)).toEqual(e)
  })
  test('a letter is renamed, turned round or fixed', () => {
    expect(renameLetter(read(r`\epsilon^{l-1}`), 'l', 'm')).toEqual(read(r`\epsilon^{m-1}`))
    expect(substituteLetter(read(r`\epsilon_q e^{iq}`), 'q', index('q', 0, -1))).toEqual(read(r`\epsilon_{-q} e^{-iq}`))
    expect(substituteLetter(read(r`\epsilon_{-q}`), 'q', index('q', 0, -1))).toEqual(read(r`\epsilon_q`))
    expect(substituteLetter(read(r`\epsilon^{l-1} l`), 'l', index(null, 4))).toEqual(read(r`4 \epsilon^{3}`))
  })
})

describe('questions', () => {
  const e = read(r`\sigma_w^2 \sum_q |\epsilon_q|^2 \cos q + \int dx\, x \sigma_b`)
  test('free symbols leave bound letters out', () => {
    expect([...freeSymbols(e)]).toEqual(['weightStandardDeviation', 'biasStandardDeviation'])
  })
  test('indexed quantities are listed once', () => {
    expect(indexedQuantities(read(r`\epsilon^l \epsilon^{l-1} + (\epsilon^l)^2`))).toEqual([
      read(r`\epsilon^l`),
      read(r`\epsilon^{l-1}`),
    ])
  })
  test('contains, by tree and by rule', () => {
    expect(contains(e, symbol('biasStandardDeviation'))).toBe(true)
    expect(contains(e, power(symbol('weightStandardDeviation'), 4))).toBe(false)
    expect(contains(e, (n) => n.kind === 'modulus')).toBe(true)
  })
  test('size counts nodes up to a limit', () => {
    expect(sizeOf(add(symbol('a'), multiply(symbol('b'), symbol('c'))))).toBe(5)
  })
})
