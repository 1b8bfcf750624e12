import { describe, expect, it } from 'vitest'
import {
  add,
  call,
  differentiate,
  divide,
  type Expression,
  fourierEnergy,
  fourierKernel,
  gradientExpansion,
  InputError,
  index,
  indexed,
  keyOf,
  lastSide,
  modeNormalForm,
  modulo,
  multiply,
  oneOf,
  power,
  rational,
  secondVariation,
  simplify,
  solutionOf,
  substitute,
  substituteSymbols,
  symbol,
  toLeadingOrder,
  uniformSaddle,
  withActivation,
  withUniformQuantity,
  zero,
} from '../../../src/index.js'
import { notation, read, readSides } from '../audit/fixtures.js'

const e = read('a b^2')
const energy = read('\\sum_{l=0}^L (h^l)^2')
const height = indexed('height', { slot: 'site', index: index('l') })
const anything = (value: unknown) => value as never

/** The message of the error that a call throws. */
function refusal(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    return (error as InputError).message
  }
  throw new Error('nothing was thrown')
}

describe('a wrong argument is an InputError that names it and says what to pass', () => {
  it.each<[string, () => unknown, string]>([
    ['a text for a variable', () => differentiate(e, anything('g')), "differentiate: the variable is the text 'g'; pass context.scalar('g')"],
    ['a text for an expression', () => differentiate(anything('g'), symbol('gain')), "differentiate: the expression is the text 'g'; pass context.read('g')"],
    ['a number for a variable', () => differentiate(e, anything(zero)), 'differentiate: the variable is a number; pass one symbol or quantity'],
    ['a formula for an expression', () => differentiate(anything(readSides('U = a')), symbol('gain')), 'is a formula; pass one of its sides, such as lastSide(formula)'],
    ['a premise that is not there', () => lastSide(anything(undefined)), 'lastSide: the formula is undefined; if it is a premise'],
    ['a number in a sum', () => add(e, anything(2)), 'add: a term is the number 2; pass rational(2)'],
    ['a number in a quotient', () => divide(e, anything(2)), 'power: the base is the number 2; pass rational(2)'],
    ['nothing in a product', () => multiply(e, anything(undefined)), 'multiply: a factor is undefined'],
    ['null in a product', () => multiply(e, anything(null)), 'multiply: a factor is null'],
    ['a list in a product', () => multiply(e, anything([e])), 'multiply: a factor is a list; pass one of its entries'],
    ['a function that is none', () => call(anything('tahn'), e), "call: 'tahn' is no known function; those are exp, log"],
    ['a number for a function', () => call('tanh', anything(2)), 'tanh: an argument is the number 2'],
    ['a text for an exponent', () => power(e, anything('2')), "power: the exponent is the text '2'"],
    ['a text for what is simplified', () => simplify(anything('a')), "simplify: the expression is the text 'a'"],
    ['a leading order the wrong way round', () => toLeadingOrder(anything(e), anything('1/N')), 'toLeadingOrder: the small quantity comes first'],
    ['a text for a leading term', () => toLeadingOrder('1/N', anything('a')), "toLeadingOrder: the value is the text 'a'"],
    ['one solution for a list', () => modulo(anything(readSides('b = a')), e), 'modulo: the solutions come first, as a list'],
    ['an expression for a solution', () => modulo([anything(e)], e), 'modulo: solution 1 is no formula'],
    ['a text among solutions', () => oneOf([e, anything('a')]), "oneOf: solution 2 is the text 'a'"],
    ['a text for an unknown', () => solutionOf(e, e, anything('b')), "solutionOf: the unknown is the text 'b'"],
    ['a text for a ring', () => uniformSaddle(anything('a'), { notation, fields: [height], uniform: [symbol('bias')] }), "the energy is the text 'a'"],
    ['texts for fields', () => uniformSaddle(energy, { notation, fields: [anything('h^l')], uniform: [symbol('bias')] }), "fields: entry 1 is the text 'h^l'; pass context.quantity('h^l')"],
    ['a text for a uniform value', () => uniformSaddle(energy, { notation, fields: [height], uniform: [anything('b')] }), "uniform: entry 1 is the text 'b'; pass context.scalar('b')"],
    ['no list of fields', () => secondVariation(energy, anything({ notation, uniform: [], fluctuations: [height] })), 'fields must be a list of quantities'],
    ['one fluctuation for a list', () => fourierKernel(energy, { notation, fluctuations: anything(height) }), 'fluctuations must be a list of quantities'],
    ['a text for a mode', () => fourierEnergy(energy, { notation, fluctuations: [height], modes: [anything('h_q')] }), "modes: entry 1 is the text 'h_q'; pass context.quantity('h_q')"],
    ['a text for a normal form\'s mode', () => modeNormalForm(energy, { modes: [anything('h_q')] }), 'modes: entry 1'],
    ['nothing for a gradient expansion', () => gradientExpansion(anything(undefined), anything({ notation, fluctuations: [height], smooth: [] })), 'the energy is undefined'],
  ])('%s', (_, call, message) => {
    expect(refusal(call)).toContain(message)
  }) // biome-ignore format: a table
})

describe('substitute', () => {
  const gain = read('a')

  it('takes expressions or their keys', () => {
    expect(substitute(e, new Map([[gain, rational(2)]]))).toEqual(read('2 b^2'))
    expect(substitute(e, new Map([[keyOf(gain), rational(2)]]))).toEqual(read('2 b^2'))
  })

  it('does not pass over what does not occur, and lists what does', () => {
    const message = refusal(() => substitute(e, new Map([[read('L'), rational(2)]])))
    expect(message).toContain('substitute: depth does not occur: what does is gain, bias')
    const byName = refusal(() => substitute(e, new Map([['gain', rational(2)]])))
    expect(byName).toContain("the key 'gain' does not occur")
    expect(byName).toContain('keys are expressions')
  })

  it('passes over it where it is told to', () => {
    expect(substitute(e, new Map<Expression, Expression>([[read('L'), rational(2)]]), { absent: 'ignore' })).toEqual(e)
  })

  it('names what is no map, and what is no expression in it', () => {
    expect(refusal(() => substitute(e, anything({ gain: e })))).toContain('must be a Map')
    expect(refusal(() => substitute(e, anything([[gain, e]])))).toContain('a list: wrap it, new Map(list)')
    expect(refusal(() => substitute(e, new Map([[gain, anything('2')]])))).toContain("in its place is the text '2'")
  })
})

describe('what is replaced by its name', () => {
  const applied: Expression = { kind: 'apply', name: 'kernel', indices: [], arguments: [read('a')] }

  it('must occur: symbols, functions and quantities', () => {
    const message = refusal(() => substituteSymbols(e, new Map([['J_2', rational(0)]])))
    expect(message).toContain("'J_2' does not occur: what does is gain, bias")
    expect(message).toContain('not LaTeX')
    expect(refusal(() => withActivation(applied, 'Kernel', (z) => z))).toContain('what does is kernel')
    expect(refusal(() => withUniformQuantity(height, 'h', rational(2)))).toContain('what does is height')
    expect(refusal(() => substituteSymbols(rational(2), new Map([['a', e]])))).toContain('nothing that has a name')
  })

  it('may be missing where it is told so', () => {
    expect(substituteSymbols(e, new Map([['J_2', rational(0)]]), { absent: 'ignore' })).toEqual(e)
    expect(withActivation(applied, 'Kernel', (z) => z, { absent: 'ignore' })).toEqual(applied)
    expect(withUniformQuantity(height, 'h', rational(2), { absent: 'ignore' })).toEqual(height)
  })
})
