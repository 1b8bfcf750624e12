import { describe, expect, test } from 'vitest'
import { judgeComparisons } from '../../../src/audit/checks/judge-comparisons.js'
import { predictionsOf } from '../../../src/audit/checks/predictions.js'
import type { CheckInput } from '../../../src/audit/derivation.js'
import { samplingSignificance } from '../../../src/audit/significance.js'
import type { Estimate } from '../../../src/statistics/estimate.js'

const input = { target: 'printed', seed: 1 } as CheckInput
const estimate = (value: number, standardError: number): Estimate => ({ value, standardError, count: 400 })
const compare = (estimates: readonly Estimate[], predictions: readonly number[], scale?: number) =>
  judgeComparisons({
    name: 'numbers',
    finiteWidth: 'none',
    input,
    networks: 400,
    numbers: {},
    comparisons: estimates.map((one, k) => ({
      estimate: one,
      prediction: predictions[k]!,
      label: `number ${k}`,
      parameters: {},
      ...(scale === undefined ? {} : { scale }),
    })),
  })

describe('judgeComparisons', () => {
  test('holds, with a p-value for every comparison, where nothing is far off', () => {
    const { outcome, tests, numbers } = compare([estimate(1, 0.1), estimate(2, 0.1)], [1, 1.8])
    expect(outcome).toBe('holds')
    expect(tests?.map(({ label }) => label)).toEqual(['number 0', 'number 1'])
    expect(tests?.[0]?.pValue).toBe(1)
    expect(numbers['pValue']).toBeCloseTo(tests?.[1]?.pValue ?? Number.NaN, 4)
    expect(numbers['z']).toBeCloseTo(2, 3)
  })
  test('refutes by the p-value over the number of comparisons: with 399 degrees of freedom that takes more than the normal law says', () => {
    const far = (z: number) => compare([estimate(z, 1)], [0]).outcome
    // Two-sided 2e-7: 5.20 for a normal variable, 5.29 for Student's of 399 degrees.
    expect(far(5.22)).toBe('holds')
    expect(far(5.32)).toBe('refuted')
    expect(compare([estimate(5.32, 1), estimate(0, 1)], [0, 0]).outcome).toBe('holds')
    expect(samplingSignificance).toBeCloseTo(2e-7, 15)
  })
  test('states the power of the best-measured number against its own prediction, not against a larger one', () => {
    const { numbers } = compare([estimate(100, 1), estimate(1, 0.1)], [100, 1], 100)
    // About (5.4 + 3.1) standard errors.
    expect(numbers['smallestDetectable']).toBeCloseTo(0.085, 2)
    const small = compare([estimate(1, 0.1)], [1], 100).numbers
    expect(small['smallestDetectable']).toBeCloseTo(0.85, 1)
    expect(small['largestDetectable']).toBeCloseTo(0.0085, 3)
  })
  test('is undecided without a number', () => {
    expect(compare([estimate(Number.NaN, 1)], [0]).outcome).toBe('undecided')
    expect(compare([estimate(1, 0)], [1]).outcome).toBe('undecided')
    expect(compare([], []).outcome).toBe('undecided')
  })
})

test('predictions are made once for a claim, and anew for another claim, premise, reading or depth', () => {
  let made = 0
  const predictions = predictionsOf()
  const ask = (of: CheckInput, position = 0) =>
    predictions(of, position, () => {
      made += 1
      return [made]
    })
  const claimed = { sides: [], relations: [] }
  const base = { context: {}, claimed, premises: {}, reading: null, depth: 'quick', seed: 1 } as unknown as CheckInput
  expect([ask(base), ask({ ...base, seed: 2 }), ask(base, 1)]).toEqual([[1], [1], [2]])
  expect(ask({ ...base, claimed: { ...claimed } })).toEqual([3])
  expect(ask({ ...base, premises: {} })).toEqual([4])
  expect(ask({ ...base, reading: 'other' })).toEqual([5])
  expect(ask({ ...base, depth: 'full' })).toEqual([6])
})
