import { describe, expect, test } from 'vitest'
import { decideEqual } from '../../../src/exact/equality.js'
import { add, type Expression, multiply, rational, symbol } from '../../../src/expression/expression.js'

const [x, y] = [symbol('x'), symbol('y')]
const apply = (name: string, layer: number | null, ...of: readonly Expression[]): Expression => ({
  kind: 'apply',
  name,
  indices: layer === null ? [] : [{ slot: 'layer', index: { letter: null, sign: 1, offset: layer } }],
  arguments: of,
})

const fraction = (text: string): number => {
  const [n, d = '1'] = text.split('/')
  return Number(n) / Number(d)
}

/** The value of a polynomial as witnesses write it: `2/3 + 5/3 x + 1 x^2`. */
const polynomial = (text: string, values: Readonly<Record<string, number>>): number =>
  text.split(' + ').reduce((sum, term) => {
    const [coefficient, power] = term.split(' ')
    const [name, exponent = '1'] = power?.split('^') ?? []
    return sum + fraction(coefficient!) * (name === undefined ? 1 : values[name]! ** Number(exponent))
  }, 0)

const witnessOf = (left: Expression, right: Expression) => {
  const decision = decideEqual(left, right)
  if (decision.outcome !== 'different') throw new TypeError(`the formulas are ${decision.outcome}`)
  return {
    shown: new Map(decision.witness.values),
    sides: [Number(decision.witness.left), Number(decision.witness.right)],
  }
}

describe('the witness of formulas with unknown functions', () => {
  test('says what the function was, so that both sides can be computed again', () => {
    const left = add(apply('phi', 1, multiply(x, y)), x)
    const right = add(apply('phi', 2, multiply(x, y)), x)
    const { shown, sides } = witnessOf(left, right)
    const [a, b] = [fraction(shown.get('x')!), fraction(shown.get('y')!)]
    const value = (layer: number): number => polynomial(shown.get(`phi[${layer}](x)`)!, { x: a * b }) + a
    expect(value(1)).toBeCloseTo(sides[0]!, 12)
    expect(value(2)).toBeCloseTo(sides[1]!, 12)
  })

  test('of several arguments as well', () => {
    const left = apply('loss', null, x, y)
    const right = multiply(rational(2), apply('loss', null, y, x))
    const { shown, sides } = witnessOf(left, right)
    const [a, b] = [fraction(shown.get('x')!), fraction(shown.get('y')!)]
    const loss = shown.get('loss(x_1, x_2)')!
    expect(polynomial(loss, { x_1: a, x_2: b })).toBeCloseTo(sides[0]!, 12)
    expect(2 * polynomial(loss, { x_1: b, x_2: a })).toBeCloseTo(sides[1]!, 12)
  })
})
