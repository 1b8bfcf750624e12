import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  agreementAt,
  arcsineAgreement,
  layerAgreement,
  thermalAgreement,
  thermalOverlap,
} from '../../../../src/network/index.js'
import { dawson, halfNormalSumIsPositive } from '../../../../src/network/pairs/agreement/binarised.js'
import { fixture, pair } from './models.js'

const layer = (width: number, changes: Parameters<typeof pair>[0] = {}) =>
  layerAgreement(pair({ widths: width, ...changes }), 1)

describe('exact agreements are those of enumeration', () => {
  test.each(fixture.flipped)('binary weights with flips: %j', ({ width, agreeing, p, zeroSign, same }) => {
    const at = layer(width, { weights: { kind: 'binary' }, perturbation: { kind: 'signFlips', p }, zeroSign })(agreeing)
    expect(at.same).toBeCloseTo(same, 13)
    expect(at.same + at.different).toBeCloseTo(1, 14)
  })
  test.each(fixture.diluted)('dilution: %j', ({ width, agreeing, p, same }) => {
    // The reference's orthants are good to about 1e-9.
    expect(layer(width, { perturbation: { kind: 'dilution', p } })(agreeing).same).toBeCloseTo(same, 8)
  })
  test.each(fixture.binarised)('binarisation: %j', ({ width, agreeing, same }) => {
    expect(layer(width, { perturbation: { kind: 'binarisation' } })(agreeing).same).toBeCloseTo(same, 12)
  })
  test.each(fixture.thermal)('thermal noise: %j', ({ correlation, b, overlap }) => {
    expect(thermalOverlap(correlation, b)).toBeCloseTo(overlap, 10)
  })
  test.each(fixture.dawson)('Dawson at %d', (x, value) => expect(dawson(x) / value).toBeCloseTo(1, 13))
})

describe('laws of agreements', () => {
  const kinds = [
    ['rotation', { perturbation: { kind: 'rotation', eta: 0.6 } }],
    ['dilution', { perturbation: { kind: 'dilution', p: 0.3 } }],
    ['binarisation', { perturbation: { kind: 'binarisation' } }],
    ['flips', { weights: { kind: 'binary' }, perturbation: { kind: 'signFlips', p: 0.2 } }],
    ['thermal noise', { inverseTemperature: 1.3 }],
  ] as const

  test.each(kinds)('%s: turning one network turns the agreement, and more agreement makes more', (_, changes) => {
    for (const width of [1, 2, 5, 12, 33]) {
      const at = layer(width, changes)
      for (let k = 0; k <= width; k++) {
        expect(at(k).same).toBeCloseTo(at(width - k).different, 12)
        if (k > 0 && changes !== kinds[3][1]) expect(at(k).same).toBeGreaterThan(at(k - 1).same)
        // Even numbers of binary weights tie, but the order never turns.
        else if (k > 0) expect(at(k).same).toBeGreaterThanOrEqual(at(k - 1).same - 1e-13)
      }
    }
  })

  const asymptotic = kinds.slice(1, 4)
  test.each(asymptotic)('%s: the error of the normal fields falls as 1/N', (_, changes) => {
    const errors = [64, 256].map((width) => {
      const k = (width * 7) / 8
      return Math.abs(layer(width, changes)(k).same - layer(width, { ...changes, fields: 'gaussian' })(k).same)
    })
    expect(errors[0]).toBeGreaterThan(1e-6)
    expect(Math.log(errors[0]! / errors[1]!) / Math.log(4)).toBeCloseTo(1, 1)
  })

  test('half-normals: one has its sign, halves are even, and turning all turns the sum', () => {
    for (const width of [1, 2, 3, 8, 41, 500]) {
      const up = halfNormalSumIsPositive(width)
      expect(up(width)).toBeCloseTo(1, 12)
      for (let k = 0; k <= width; k += Math.max(1, width >> 3)) expect(up(k) + up(width - k)).toBeCloseTo(1, 12)
    }
  })

  test('without noise the thermal law is the arcsine law, at high temperature it is that of linear neurons', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99, max: 99 }), (percent) => {
        const rho = percent / 100
        const { same, different } = arcsineAgreement(rho)
        expect(same + different).toBeCloseTo(1, 15)
        expect(same - different).toBeCloseTo((2 / Math.PI) * Math.asin(rho), 13)
        expect(thermalAgreement(rho, Number.POSITIVE_INFINITY).same).toBe((1 + (same - different)) / 2)
        // E tanh(bx) tanh(by) = b^2 rho + O(b^4)
        expect(Math.abs(thermalOverlap(rho, 1e-3) - 1e-6 * rho)).toBeLessThan(3e-12)
        // The noise is a perturbation of order 1/b^2 of the arcsine law away from |rho| = 1.
        expect(Math.abs(thermalOverlap(rho, 2000) - (same - different))).toBeLessThan(1e-5)
      }),
      { numRuns: 12 },
    )
  })

  test('biases pull both networks together', () => {
    for (const perturbation of [
      { kind: 'rotation', eta: 1 },
      { kind: 'dilution', p: 0.9 },
    ] as const)
      expect(layer(9, { perturbation, biasVariance: 5 })(5).same).toBeGreaterThan(
        layer(9, { perturbation, biasVariance: 1 })(5).same,
      )
  })
})

describe('what is not defined is refused, with the reason', () => {
  test.each([
    ['an overlap beyond 1', () => agreementAt(pair(), 1, 1.2), /lies from -1 to 1/],
    ['an overlap off the lattice', () => agreementAt(pair(), 1, 0.5), /in steps of 2\/7/],
    ['another activation', () => layerAgreement(pair({ activation: 'tanh' }), 1), /activation other than sign/],
    ['correlated rows', () => layerAgreement(pair({ weights: { kind: 'gaussian', rowCorrelation: -1 } }), 1), /magnet/],
    [
      'sparse layers',
      () => layerAgreement(pair({ weights: { kind: 'sparse', inputs: 3, reference: 'plus' } }), 1),
      /sparse/,
    ],
    [
      'noise on diluted weights',
      () => layerAgreement(pair({ perturbation: { kind: 'dilution', p: 0.5 }, inverseTemperature: 1 }), 1),
      /thermal noise/,
    ],
    [
      'dilution of binary weights',
      () => layerAgreement(pair({ weights: { kind: 'binary' }, perturbation: { kind: 'dilution', p: 0.5 } }), 1),
      /no exact sum/,
    ],
    ['a correlation beyond 1', () => arcsineAgreement(1.01), /from -1 to 1/],
    ['a temperature out of range', () => thermalOverlap(0.5, 1e6), /from 0.001 to 10000/],
  ])('%s', (_, attempt, message) => {
    expect(attempt).toThrow(DomainError)
    expect(attempt).toThrow(message)
  })
})
