import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, type Expression, multiply, power, rational, symbol } from '../../../../src/expression/expression.js'
import type { Domain } from '../../../../src/expression/notation.js'
import { kernelOf, quadraticForm } from '../../../../src/theory/index.js'
import { numericKernel } from '../../../../src/theory/ring/numeric-kernel.js'
import { leastEigenvalue } from '../../../../src/theory/ring/spectrum.js'
import { neverNegative, type StabilityConditions, stabilityConditions } from '../../../../src/theory/ring/stability.js'
import { at, notation, ringSum } from '../support/models.js'
import { numberOf } from '../support/testing.js'

const between = (minimum: number, maximum: number): Domain => ({
  minimum,
  maximum,
  includeMinimum: false,
  includeMaximum: false,
  integer: false,
})

/** `m ε_l^2 + \sum_d J_d/2 (ε_l - ε_{l-d})^2`, d = 1 … range: the kernel is m + \sum_d J_d (1 - cos dq). */
const form = (range: number) => {
  const apart = (d: number): Expression =>
    multiply(rational(1, 2), symbol(`J${d}`), power(add(at('wiggle'), multiply(rational(-1), at('wiggle', -d))), 2))
  const couplings = Array.from({ length: range }, (_, k) => apart(k + 1))
  return quadraticForm(ringSum(add(multiply(symbol('m'), power(at('wiggle'), 2)), ...couplings)), {
    notation,
    fluctuations: [at('wiggle')],
  })
}

function isMet(
  { ends, between: inside }: StabilityConditions,
  values: readonly (readonly [string, number])[],
): boolean {
  const number = (e: Expression): number => numberOf(e, values)
  if (inside.kind === 'not written out') throw new Error('nothing to evaluate')
  return (
    ends.every((end) => number(end) > 0) &&
    (inside.kind === 'nothing' ||
      (!inside.always && number(inside.size) >= number(inside.bound)) ||
      number(inside.positive) > 0)
  )
}

const real = (minimum: number, maximum: number) => fc.double({ min: minimum, max: maximum, noNaN: true })

describe('stabilityConditions', () => {
  for (const [name, J1, J2] of [
    ['any sign', between(-10, 10), between(-10, 10)],
    ['positive and any sign', between(0, 10), between(-10, 10)],
    ['positive and negative', between(0, 10), between(-10, 0)],
    ['weak and strong', between(0, 1), between(-10, -2)],
    ['both positive', between(0, 10), between(0, 10)],
  ] as const)
    it(`of neighbours and next neighbours, couplings ${name}, are met just where the least kernel is positive`, () => {
      const domains = new Map([
        ['J1', J1],
        ['J2', J2],
      ])
      const own = form(2)
      const conditions = stabilityConditions(own, domains)
      const kernel = kernelOf(own, 'q', -1)
      fc.assert(
        fc.property(real(-1, 12), real(0.02, 0.98), real(0.02, 0.98), (m, x, y) => {
          const values = [
            ['m', m],
            ['J1', J1.minimum + x * (J1.maximum - J1.minimum)],
            ['J2', J2.minimum + y * (J2.maximum - J2.minimum)],
          ] as const
          const least = leastEigenvalue(numericKernel(kernel, new Map(values))).value
          fc.pre(Math.abs(least) > 1e-6)
          expect(isMet(conditions, values)).toBe(least > 0)
        }),
        { seed: 5, numRuns: 150 },
      )
    })

  it('leave the inside out only where the domains prove that the least value is at an end', () => {
    const kindOf = (range: number, ...domains: readonly Domain[]) =>
      stabilityConditions(form(range), new Map(domains.map((d, k) => [`J${k + 1}`, d]))).between.kind
    expect(kindOf(1, between(-10, 10))).toBe('nothing')
    expect(kindOf(2, between(-10, 10), between(0, 10))).toBe('nothing')
    expect(kindOf(2, between(0, 10), between(-10, 0))).toBe('case')
    expect(kindOf(2, between(8, 10), between(-2, 10))).toBe('nothing')
    expect(kindOf(3, between(0, 10), between(0, 10), between(0, 10))).toBe('nothing')
    expect(kindOf(3, between(-9, 0), between(0, 10), between(-1, 0))).toBe('nothing')
    expect(kindOf(3, between(0, 10), between(0, 10), between(-10, 10))).toBe('not written out')
    // Without a domain nothing is known.
    expect(kindOf(2)).toBe('case')
    expect(kindOf(3)).toBe('not written out')
  })
})

describe('neverNegative', () => {
  it('proves signs from domains, of quotients too, and nothing of a name without one', () => {
    const domains = new Map([
      ['a', between(0, 3)],
      ['b', between(-2, 0)],
    ])
    const [a, b] = [symbol('a'), symbol('b')]
    expect(neverNegative(a, domains, 'nor zero')).toBe(true)
    expect(neverNegative(b, domains)).toBe(false)
    expect(neverNegative(multiply(b, power(a, -1), rational(-1)), domains)).toBe(true)
    expect(neverNegative(multiply(a, power(b, -1)), domains)).toBe(false)
    expect(neverNegative(add(rational(2), b), domains)).toBe(true)
    expect(neverNegative(add(rational(1), b), domains)).toBe(false)
    expect(neverNegative(symbol('c'), domains)).toBe(false)
    expect(neverNegative(power(symbol('c'), 2), domains)).toBe(true)
  })
})
