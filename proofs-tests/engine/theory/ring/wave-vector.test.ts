import { describe, expect, it } from 'vitest'
import {
  add,
  call,
  type Expression,
  type MatrixNode,
  multiply,
  negate,
  power,
  rational,
  symbol,
} from '../../../../src/expression/expression.js'
import { substituteSymbols } from '../../../../src/expression/substitute.js'
import { fourierKernel } from '../../../../src/theory/ring/fourier.js'
import { correlationLength, expandKernel, massAndStiffness } from '../../../../src/theory/ring/gradient.js'
import { numericKernel } from '../../../../src/theory/ring/numeric-kernel.js'
import { integrateOut } from '../../../../src/theory/ring/reduced-kernel.js'
import { stabilityRegion } from '../../../../src/theory/ring/spectrum.js'
import { waveVectorOf } from '../../../../src/theory/ring/wave-vector.js'
import { at, linearFluctuation, notation } from '../support/models.js'
import { numberOf, parameters } from '../support/testing.js'

const options = { notation, fluctuations: [at('wiggle')] }
const inQ = fourierKernel(linearFluctuation, options)
const inK = fourierKernel(linearFluctuation, { ...options, waveVector: 'k' })
const matrix = (entry: Expression): MatrixNode => ({ kind: 'matrix', rows: [[entry]] })
const [k, m] = [symbol('k'), symbol('m')]

describe("a kernel's wave vector", () => {
  it('may have any letter: length, stability and values do not depend on it', () => {
    expect(waveVectorOf(inK)).toBe('k')
    expect(numberOf(correlationLength(inK))).toBeGreaterThan(0)
    expect(numberOf(correlationLength(inK))).toBeCloseTo(numberOf(correlationLength(inQ)), 12)
    expect(numberOf(correlationLength(inK, 'k'))).toBeCloseTo(numberOf(correlationLength(inQ)), 12)
    expect(numericKernel(inK, parameters).at(0.7)[0]![0]!.re).toBe(numericKernel(inQ, parameters).at(0.7)[0]![0]!.re)
    for (const region of [stabilityRegion(inK), stabilityRegion(linearFluctuation, { ...options, waveVector: 'k' })])
      expect(region.contains(parameters)).toBe(stabilityRegion(inQ).contains(parameters))
  })

  it('is that of the mode amplitudes, where these are among the options', () => {
    const mode = at('wiggle')
    const modes = [
      { ...mode, indices: mode.indices.map((slot) => ({ ...slot, index: { ...slot.index, letter: 'p' } })) },
    ]
    expect(waveVectorOf(fourierKernel(linearFluctuation, { ...options, modes }))).toBe('p')
    expect(waveVectorOf(fourierKernel(linearFluctuation, { ...options, modes, waveVector: 'k' }))).toBe('k')
  })

  it('stays with a kernel that is expanded or has a field integrated out', () => {
    expect(waveVectorOf(expandKernel(inK, 'k', 2))).toBe('k')
    const two: MatrixNode = {
      kind: 'matrix',
      rows: [
        [add(m, call('cos', k)), m],
        [m, add(m, rational(1))],
      ],
    }
    expect(waveVectorOf(integrateOut(two, 1))).toBe('k')
    expect(numberOf(correlationLength(expandKernel(inK, 'k', 2)))).toBeCloseTo(numberOf(correlationLength(inQ)), 12)
  })

  it('is read off a matrix of the caller, or asked for: nothing is taken for a wave vector that is none', () => {
    const wave = matrix(add(m, rational(1), negate(call('cos', k))))
    expect(numberOf(substituteSymbols(correlationLength(wave), new Map([['m', rational(2)]])))).toBeCloseTo(0.5, 12)
    const parabola = matrix(add(m, multiply(rational(3), power(k, 2))))
    expect(() => correlationLength(parabola)).toThrow(/cannot be told from m, k: pass it as the second argument/)
    expect(numberOf(massAndStiffness(parabola, 'k').stiffness)).toBe(3)
    expect(() => correlationLength(inK, 'q')).toThrow(/holds no q: its wave vector is k; pass 'k'/)
    expect(() => stabilityRegion(inK, 'q')).toThrow(/holds no q/)
  })
})

describe('a region of stability', () => {
  it('asks for everything that its kernel depends on, and for nothing else', () => {
    const asked = new Set<string>()
    class Noting extends Map<string, number> {
      override get(name: string): number | undefined {
        asked.add(name)
        return super.get(name)
      }
    }
    const kernel = matrix(add(m, multiply(symbol('J'), add(rational(1), negate(call('cos', k))))))
    const values = new Noting([
      ['m', 1],
      ['J', -0.4],
      ['other', 3],
    ])
    expect(stabilityRegion(kernel).contains(values)).toBe(true)
    expect([...asked].sort()).toEqual(['J', 'm'])
  })
})
