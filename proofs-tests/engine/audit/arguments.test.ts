import { describe, expect, it } from 'vitest'
import {
  type CheckInput,
  confirm,
  type Derivation,
  derive,
  directCheck,
  infiniteWidth,
  printedNumber,
  sampledBounds,
  sampledCounts,
  sampledExpectations,
  sampledExtrapolation,
  sampledExtrapolations,
  sampledPowers,
  uses,
} from '../../../src/audit/index.js'
import { InputError } from '../../../src/expression/errors.js'
import { symbol } from '../../../src/expression/expression.js'

/** As plain JavaScript calls it: no type looks at the arguments. */
const call =
  (run: unknown) =>
  (...passed: readonly unknown[]): unknown =>
    (run as (...passed: readonly unknown[]) => unknown)(...passed)

const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    return (error as InputError).message
  }
  return ''
}

const given = ['eq-2', { energy: 'eq-1' }, 'how', () => symbol('x')] as const

describe('a derivation that is given what it does not read', () => {
  it('is refused, and the argument named', () => {
    expect(refusal(() => call(derive)(...given, { leadingOrder: '1/N' }))).toBe(
      "derive('eq-2', …): the fifth argument ({ leadingOrder }) is not known; it takes a statement's id, its premises by name, how it follows, the function that derives it; take it out",
    )
    expect(refusal(() => call(uses)('eq-2', {}, 'how', 7))).toContain(
      "uses('eq-2', …): the fourth argument (7) is not known",
    )
    expect(refusal(() => call(derive)(...given))).toBe('')
  })

  it.each([
    [
      [7, {}, 'how', Math.random],
      "derive(…): the first argument, a statement's id, is a number and should be a string",
    ],
    [
      ['eq-2', ['eq-1'], 'how', Math.random],
      'the second argument, its premises by name, is a list and should be an object',
    ],
    [['eq-2', {}, Math.random], 'the third argument, how it follows, is a function and should be a string'],
    [['eq-2', {}, 'how'], 'the fourth argument, the function that derives it, is missing and should be a function'],
    [['eq-2', { energy: 1 }, 'how', Math.random], "the premise 'energy' is a number; name a statement by its id"],
  ])('is refused where one is of another kind: %j', (passed, message) =>
    expect(refusal(() => call(derive)(...passed))).toContain(message))

  it('is refused where its result holds an unknown key, and the near one named', () => {
    const odd = call(derive)('eq-2', {}, 'how', () => ({ kind: 'value', value: symbol('x'), leadingOrders: '1/N' }))
    expect(refusal(() => (odd as Derivation).derive({}, {} as never))).toBe(
      "what derive('eq-2', …) returns: unknown option 'leadingOrders'; did you mean 'leadingOrder'?",
    )
  })
})

describe('a confirmation', () => {
  it('is refused where an argument is no check, or the first names nothing', () => {
    const check = directCheck('a', 'numeric', () => ({ holds: true, summary: 's' }))
    expect(refusal(() => call(confirm)('eq-2', check, { depth: 'full' }))).toContain(
      "confirm('eq-2', …): the third argument is an object and no check",
    )
    expect(refusal(() => call(confirm)(undefined, check))).toBe(
      "confirm(…): the first argument is missing; give a derivation or a statement's id",
    )
    expect(refusal(() => call(confirm)('eq-2', check))).toBe('')
  })
})

describe('options under names that a check does not know', () => {
  const parts = { name: 'n', stream: 's', cases: () => [], finiteWidth: 'none' }
  it.each([
    ['printedNumber', printedNumber, { name: 'n', readings: [], method: 'numeric' }],
    ['infiniteWidth', infiniteWidth, { name: 'n', cases: [] }],
    ['sampledExpectations', sampledExpectations, parts],
    ['sampledCounts', sampledCounts, parts],
    ['sampledBounds', sampledBounds, parts],
    ['sampledPowers', sampledPowers, parts],
    ['sampledExtrapolation', sampledExtrapolation, { name: 'n', stream: 's', widths: [1] }],
    ['sampledExtrapolations', sampledExtrapolations, { name: 'n', stream: 's', cases: [] }],
  ])('are refused by %s', (name, make, options) => {
    expect(refusal(() => call(make)({ ...options, nam: 'n' }))).toBe(
      `${name}: unknown option 'nam'; did you mean 'name'?`,
    )
    expect(refusal(() => call(make)({ ...options, tolerance: 1 }))).toMatch(
      new RegExp(`^${name}: unknown option 'tolerance'; it has name, `),
    )
    expect(refusal(() => call(make)('n'))).toBe(`${name} takes one object of options, not a string`)
    expect(refusal(() => call(make)(options))).toBe('')
  })

  it('are refused in a case when it is asked for', () => {
    const cases = () => [{ parameters: {}, request: {}, label: () => '', measured: () => [], predict: () => [] }]
    const check = call(sampledExpectations)({ ...parts, cases }) as ReturnType<typeof sampledExpectations>
    expect(refusal(() => check.simulations({ seed: 1, depth: 'quick' }))).toBe(
      "a case of 'n': unknown option 'predict'; did you mean 'predicted'?",
    )
  })

  it('are refused in what a check found', async () => {
    const check = call(directCheck)('a', 'numeric', () => ({ holds: true, summary: 's', witnes: null }))
    await expect((check as ReturnType<typeof directCheck>).run({} as CheckInput)).rejects.toThrow(
      "what the check 'a' found: unknown option 'witnes'; did you mean 'witness'?",
    )
    expect(refusal(() => call(directCheck)('a', 'numeric', () => null, {}))).toContain('the fourth argument')
  })
})
