import { describe, expect, it } from 'vitest'
import { multiply, rational, symbol } from '../../../src/expression/expression.js'
import {
  groundStates,
  partitionFunction,
  traceOfPower,
  transferEigenvalues,
  transferMatrix,
} from '../../../src/theory/spins.js'
import { at, notation, ringSum } from './support/models.js'

const coupling = 0.7
const energy = multiply(rational(-1, 2), symbol('coupling'), ringSum(multiply(at('spin'), at('spin', 1))))
const spins = {
  field: at('spin'),
  alphabet: [-1, 1],
  parameters: new Map([
    ['coupling', coupling],
    ['depth', 6],
  ]),
}

describe('Ising ring', () => {
  it('has the two aligned configurations as ground states', () => {
    const { energy: least, configurations } = groundStates(energy, spins, 7, { notation })
    expect(least).toBeCloseTo((-coupling / 2) * 7, 12)
    expect(configurations.map((c) => c.join(' ')).sort()).toEqual(
      [Array(7).fill(-1).join(' '), Array(7).fill(1).join(' ')].sort(),
    )
  })
  it('with the coupling turned and an odd ring is frustrated: 2 n ground states', () => {
    const turned = {
      ...spins,
      parameters: new Map([
        ['coupling', -coupling],
        ['depth', 6],
      ]),
    }
    expect(groundStates(energy, turned, 7, { notation }).configurations).toHaveLength(14)
  })
  it.each([2, 3, 5, 8])('has the partition function (2 cosh K)^n + (2 sinh K)^n on %i sites', (n) => {
    const exact = (2 * Math.cosh(coupling / 2)) ** n + (2 * Math.sinh(coupling / 2)) ** n
    expect(partitionFunction(energy, spins, n, { notation })).toBeCloseTo(exact, 9)
    expect(traceOfPower(transferMatrix(energy, spins, { notation }), n)).toBeCloseTo(exact, 9)
  })
  it('has the transfer eigenvalues 2 cosh K and 2 sinh K', () => {
    const [first, second] = transferEigenvalues(transferMatrix(energy, spins, { notation }))
    expect(first).toBeCloseTo(2 * Math.cosh(coupling / 2), 12)
    expect(second).toBeCloseTo(2 * Math.sinh(coupling / 2), 12)
  })
  it('refuses to list more configurations than it can', () => {
    expect(() => groundStates(energy, spins, 40, { notation })).toThrow(/at most/)
  })
})
