import { describe, expect, test } from 'vitest'
import { halfLastUnit, printedNumber } from '../../../../src/audit/checks/printed-number.js'
import type { CheckInput } from '../../../../src/audit/derivation.js'
import { type Expression, multiply, pi, rational } from '../../../../src/expression/expression.js'

const inputOf = (value: Expression): CheckInput =>
  ({
    claimed: { sides: [value], relations: [] },
    target: 'printed',
    derived: null,
    reading: null,
    premises: {},
    context: {
      statement: {
        source: { file: 'statements.yaml', line: 1, texts: [] },
        local: [],
        where: [],
        readings: [{ id: 'weak-bias', note: 'the bias is weak', replace: [] }],
      },
      notation: { symbols: [], families: [], variables: [] },
    },
    seed: 1,
    depth: 'quick',
  }) as unknown as CheckInput

const check = (values: Readonly<Record<string, number>>) =>
  printedNumber({
    name: 'a number',
    readings: Object.entries(values).map(([name, value]) => ({ name, value: () => value })),
    beside: [{ name: 'exactly', value: () => 7 }],
  })

describe('half a unit of the last decimal', () => {
  test.each([
    [0.047, 0.0005],
    [0.00055, 0.000005],
    [37, 0.5],
    [-1.5, 0.05],
  ])('of %d is %d', (value, half) => expect(halfLastUnit(value)).toBeCloseTo(half, 15))
  test('of a number that is no decimal is what rounding may change', () =>
    expect(halfLastUnit(Math.PI)).toBeLessThan(1e-11))
})

describe('a printed number', () => {
  test('holds under the reading that rounds to it, and says which, and what the others give', async () => {
    const evidence = await check({ strict: 0.00022, weak: 0.000548 }).run(inputOf(rational(55, 100_000)))
    expect(evidence.outcome).toBe('holds')
    expect(evidence.summary).toContain('is weak (0.000548000); strict: 0.000220000; exactly: 7.00000')
    expect(evidence.numbers).toEqual({ strict: 0.00022, weak: 0.000548, exactly: 7 })
  })
  test('is refuted where no reading rounds to it, though the number told beside it does', async () => {
    const evidence = await check({ strict: 6.4, weak: 7.6 }).run(inputOf(rational(7)))
    expect(evidence.outcome).toBe('refuted')
    expect(evidence.witness).toMatchObject({ at: { reading: 'strict' }, left: '7', right: '6.4' })
  })
  test('is refuted at twice, half and pi times the number', async () => {
    for (const factor of [rational(2), rational(1, 2), pi])
      expect((await check({ only: 0.0469 }).run(inputOf(multiply(factor, rational(47, 1000))))).outcome).toBe('refuted')
  })
  test('holds under a declared reading where nothing else gives it, and as it stands where something does', async () => {
    const read = (asItStands: number) =>
      printedNumber({
        name: 'a number',
        readings: [
          { name: 'as it stands', value: () => asItStands },
          { name: 'of a weak bias', value: () => 3, reading: 'weak-bias' },
        ],
      }).run(inputOf(rational(3)))
    expect(await read(2)).toMatchObject({ outcome: 'holds', reading: 'weak-bias' })
    expect((await read(3)).reading).toBeUndefined()
  })
  test('refuses a reading that the statement does not declare', () => {
    const undeclared = printedNumber({
      name: 'a number',
      readings: [{ name: 'of no bias', value: () => 3, reading: 'no-bias' }],
    })
    expect(() => undeclared.run(inputOf(rational(3)))).toThrow(/no-bias.*does not declare/)
  })
})
