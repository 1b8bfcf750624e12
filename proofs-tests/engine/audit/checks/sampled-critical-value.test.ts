import { describe, expect, test } from 'vitest'
import {
  besideCriticalValue,
  type CriticalValue,
  sampledCriticalOrder,
  sampledCriticalValue,
  tableEstimates,
} from '../../../../src/audit/checks/index.js'
import type { CheckInput, SampledCheck } from '../../../../src/audit/derivation.js'
import { DomainError } from '../../../../src/expression/errors.js'
import { rational } from '../../../../src/expression/expression.js'
import { mergeAll, planShards, runShard } from '../../../../src/network/index.js'

/** Lengths of linear networks grow by sigma_w^2 a layer: the critical value is 1. */
const linear: CriticalValue = {
  parameter: '\\sigma_w^2',
  response: 'the logarithm of the growth a layer',
  stream: 'critical-test',
  values: [0.8, 1.1, 1.3],
  widths: [32, 64, 128],
  request: (weightVariance, width) => ({
    ensemble: {
      kind: 'feed-forward',
      activation: 'linear',
      widths: width,
      depth: 10,
      weightVariance,
      biasVariance: 0,
      input: { kind: 'normal', count: 1 },
    },
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logGrowth', last: 8 }],
    networks: Math.round(16_000 / width),
  }),
  measured: (summary) => tableEstimates(summary)[0]!,
  model: { slope: 1, sizePowers: [1] },
  finiteDepth: 'layers 3 to 10',
}
const fitted: CriticalValue = { ...linear, model: { degree: 1 } }

const claiming = (numerator: number, denominator: number) =>
  ({
    claimed: { sides: [rational(numerator, denominator)], relations: [] },
    target: 'printed',
    context: {
      statement: { source: { file: 'statements.yaml', line: 1, texts: [] }, local: [], where: [] },
      notation: { symbols: [], families: [], variables: [] },
    },
    seed: 5,
    depth: 'standard',
  }) as unknown as CheckInput

const simulate = (check: SampledCheck) =>
  check.simulations(claiming(1, 1)).map((request) => mergeAll(planShards(request).map((shard) => runShard(shard))))
const valueCheck = sampledCriticalValue({ name: 'growth', critical: linear, digits: 'exact' })
const summaries = simulate(valueCheck)
const beside = [
  { name: 'an approximation', value: () => 1.2 },
  { name: 'the exact limit', value: () => 1 },
]

describe('a claimed critical value', () => {
  test.each([
    ['known', linear],
    ['fitted', fitted],
  ] as const)('holds where it is the true one and is refuted five per cent off, with a %s slope', (_, critical) => {
    const check = sampledCriticalValue({ name: 'growth', critical, digits: 'exact' })
    const held = check.judge(claiming(1, 1), summaries)
    expect(held.outcome).toBe('holds')
    const wrong = [check.judge(claiming(19, 20), summaries), check.judge(claiming(21, 20), summaries)]
    expect(wrong.map(({ outcome }) => outcome)).toEqual(['refuted', 'refuted'])
    expect(wrong[0]!.witness?.left).toBe('0.95')
  })

  test('is caught where the stated power says so', () => {
    const { numbers } = valueCheck.judge(claiming(1, 1), summaries)
    const off = Number(numbers['smallestDetectable'])
    expect(off).toBeGreaterThan(0.005)
    expect(off).toBeLessThan(0.05)
    const measured = Number(numbers['measured'])
    const claim = Math.round(1e4 * measured * (1 + 1.01 * off))
    expect(valueCheck.judge(claiming(claim, 10_000), summaries).outcome).toBe('refuted')
  })

  test('stands for all numbers that round to it, unless it is exact', () => {
    const rounded = sampledCriticalValue({ name: 'growth', critical: linear })
    // 1.1 stands for 1.05 to 1.15, 1 for 0.5 to 1.5.
    expect(rounded.judge(claiming(11, 10), summaries).outcome).toBe('refuted')
    expect(rounded.judge(claiming(1, 1), summaries).outcome).toBe('holds')
    expect(valueCheck.judge(claiming(11, 10), summaries).outcome).toBe('refuted')
  })

  test.each([0, -1])('of %d is refuted: it is none of a positive parameter', (claim) => {
    const evidence = valueCheck.judge(claiming(claim, 1), summaries)
    expect(evidence.outcome).toBe('refuted')
    expect(evidence.summary).toContain('is claimed')
  })

  test('has the measured value, its interval and what stands beside it in its evidence', () => {
    const check = sampledCriticalValue({ name: 'growth', critical: linear, digits: 'exact', beside })
    const { measured, summary, numbers } = check.judge(claiming(1, 1), summaries)
    const [from, to] = measured!.interval
    expect(from).toBeLessThan(1)
    expect(to).toBeGreaterThan(1)
    const [least, most] = measured!.refutedOutside!
    expect(least).toBeLessThan(from!)
    expect(most).toBeGreaterThan(to!)
    expect(measured!.beside!.map(({ name, compatible }) => [name, compatible])).toEqual([
      ['printed', true],
      ['an approximation', false],
      ['the exact limit', true],
    ])
    expect(measured!.beside![1]!.relative).toBeCloseTo(1.2 / measured!.value - 1, 2)
    expect(summary).toContain('extrapolated from widths 32, 64, 128')
    expect(summary).toContain('layers 3 to 10')
    expect(numbers['seed']).toBe(5)
    expect(numbers['networks']).toBe(3 * (500 + 250 + 125))
  })

  test('is not decided by a fit that the measurements do not bear out', () => {
    const wrongSlope = sampledCriticalValue({ name: 'growth', critical: { ...linear, model: { slope: 2 } } })
    const evidence = wrongSlope.judge(claiming(1, 1), summaries)
    expect(evidence.outcome).toBe('undecided')
    expect(evidence.summary).toContain('misfit')
  })

  test('needs measurements on both sides of the critical value, and all of them', () => {
    const oneSided: CriticalValue = { ...fitted, values: [1.1, 1.3, 1.5] }
    const check = sampledCriticalValue({ name: 'growth', critical: oneSided })
    expect(() => check.judge(claiming(1, 1), simulate(check))).toThrow(DomainError)
    expect(() => valueCheck.judge(claiming(1, 1), summaries.slice(1))).toThrow(/missing/)
  })
})

describe('numbers beside a critical value', () => {
  test('are not judged by it', () => {
    const check = besideCriticalValue({ name: 'growth', critical: linear, beside })
    for (const claim of [claiming(1, 1), claiming(6, 5)]) {
      const { outcome, witness, measured } = check.judge(claim, summaries)
      expect([outcome, witness]).toEqual(['undecided', null])
      expect(measured!.beside).toHaveLength(3)
    }
  })
})

describe('an order of numbers and critical values', () => {
  const order = (values: readonly number[], stated?: (signs: readonly number[]) => number) =>
    sampledCriticalOrder({
      name: 'order',
      numbers: values.map((value) => ({ name: `approximation ${value}`, value: () => value, critical: linear })),
      ...(stated ? { stated } : {}),
    })

  test.each([
    [[1.2], 1, 'holds'],
    [[1.2], -1, 'refuted'],
    [[0.8], -1, 'holds'],
    [[1.0001], 1, 'undecided'],
  ] as const)('%j claimed to have the sign %d: %s', (values, claim, outcome) => {
    expect(order(values).judge(claiming(claim, 1), summaries).outcome).toBe(outcome)
  })

  test('signs are counted as the claim counts them, each critical value simulated once', () => {
    const above = (signs: readonly number[]): number => signs.filter((sign) => sign > 0).length
    const check = order([1.2, 0.8, 1.3], above)
    expect(check.simulations(claiming(2, 1))).toHaveLength(9)
    expect(check.judge(claiming(2, 1), summaries).outcome).toBe('holds')
    const wrong = check.judge(claiming(3, 1), summaries)
    expect(wrong.outcome).toBe('refuted')
    expect(wrong.witness?.right).toBe('2')
    expect(order([1.2, 1.0001], above).judge(claiming(2, 1), summaries).outcome).toBe('undecided')
  })

  test('what would hold of the number that a premise prints is not refuted by networks, as the number is what is wrong', () => {
    const check = sampledCriticalOrder({
      name: 'order',
      numbers: [{ name: 'approximation', value: () => 0.8, critical: linear, premise: 'estimate' }],
    })
    const above = claiming(1, 1)
    const printing = (estimate: number) => ({ premisesAsPrinted: { estimate: claiming(estimate, 10).claimed } })
    const excused = check.judge({ ...above, ...printing(12) }, summaries)
    expect([excused.outcome, excused.witness]).toEqual(['undecided', null])
    expect(excused.summary).toContain('as they are printed')
    expect(check.judge({ ...above, ...printing(9) }, summaries).outcome).toBe('refuted')
    expect(check.judge(above, summaries).outcome).toBe('refuted')
    // A correction has no printed numbers to be excused by.
    expect(check.judge({ ...above, target: 'corrected', ...printing(12) }, summaries).outcome).toBe('refuted')
    expect(check.judge({ ...claiming(-1, 1), ...printing(12) }, summaries).outcome).toBe('holds')
  })
})
