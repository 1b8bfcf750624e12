import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  type ActivationForm,
  hyperbolicForm,
  linearForm,
  rectifiedForm,
} from '../../../../src/theory/mean-field/activation.js'
import {
  correlationFixedPoints,
  lengthFixedPoints,
  stableLength,
} from '../../../../src/theory/mean-field/fixed-points.js'
import { signalMaps } from '../../../../src/theory/mean-field/model.js'
import { type DiagramRequest, phaseDiagramRows } from '../../../../src/theory/mean-field/phase-diagram.js'
import {
  criticalPoint,
  criticalPoints,
  depthScale,
  lengthBoundary,
  signalFate,
} from '../../../../src/theory/mean-field/phases.js'

interface Fixture {
  readonly critical: readonly {
    readonly biasVariance: number
    readonly length: number
    readonly weightVariance: number
  }[]
  readonly fixed: readonly {
    readonly weightVariance: number
    readonly biasVariance: number
    readonly length: number
    readonly chi: number
  }[]
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('signals.fixture.json', import.meta.url), 'utf8'))
const network = (activation: ActivationForm, weightVariance: number, biasVariance: number, rowCorrelation = 0) =>
  signalMaps({ activation, weightVariance, biasVariance, rowCorrelation })
const exponential: ActivationForm = { kind: 'exponential', rate: 1 }

describe('the length map', () => {
  for (const { weightVariance, biasVariance, length, chi } of fixture.fixed)
    it(`of tanh has SciPy's fixed point at (${weightVariance}, ${biasVariance})`, () => {
      const maps = network(hyperbolicForm, weightVariance, biasVariance)
      const found = stableLength(maps)
      expect(found.value).toBeCloseTo(length, 10)
      expect(maps.correlationSlope(1, found.value)).toBeCloseTo(chi, 10)
    })

  it('of exp has two fixed points, one that is double at sigma_w^2 = 1/(2 e), and none above', () => {
    const at = (weight: number) => lengthFixedPoints(network(exponential, weight, 0))
    const below = at(0.1).points
    expect(below.map((p) => p.stability)).toEqual(['stable', 'unstable'])
    for (const { value } of below) expect(0.1 * Math.exp(2 * value)).toBeCloseTo(value, 12)
    const touching = at(1 / (2 * Math.E)).points
    expect(touching).toHaveLength(1)
    expect(touching[0]).toMatchObject({ multiplicity: 2, stability: 'half-stable' })
    expect(touching[0]!.value).toBeCloseTo(0.5, 7)
    expect(at(0.2)).toEqual({ points: [], every: false, unbounded: true })
  })

  it('of tanh without bias keeps 0 stable up to sigma_w^2 = 1, at 1 included', () => {
    const zero = (weight: number) => lengthFixedPoints(network(hyperbolicForm, weight, 0)).points
    expect(zero(0.9)).toHaveLength(1)
    expect(zero(0.9)[0]).toMatchObject({ value: 0, stability: 'stable' })
    expect(zero(1)).toHaveLength(1)
    expect(zero(1)[0]).toMatchObject({ value: 0, stability: 'stable' })
    expect(zero(1.1).map((p) => p.stability)).toEqual(['unstable', 'stable'])
  })

  it('of a rectifier is a line: one fixed point, every length, or none', () => {
    expect(lengthFixedPoints(network(rectifiedForm, 1, 0.1)).points[0]!.value).toBeCloseTo(0.2, 14)
    expect(lengthFixedPoints(network(rectifiedForm, 2, 0))).toEqual({ points: [], every: true, unbounded: false })
    expect(lengthFixedPoints(network(rectifiedForm, 3, 0.1)).unbounded).toBe(true)
    expect(() => stableLength(network(rectifiedForm, 2, 0))).toThrow(/every mean square/)
    expect(() => stableLength(network(rectifiedForm, 3, 0.1))).toThrow(/smaller weight variance/)
    expect(() => stableLength(network(linearForm, 0.5, 0))).toThrow(/dies out/)
  })
})

describe('correlated rows', () => {
  it('move the length boundary of ReLU to 2/(1 - k/((1 + k) pi)) and leave that of the correlation at 2', () => {
    for (const k of [-0.9, -0.3, 0, 1, 100]) {
      expect(lengthBoundary(rectifiedForm, k)).toBeCloseTo(2 / (1 - k / (1 + k) / Math.PI), 13)
      const maps = network(rectifiedForm, 1.5, 0.1, k)
      expect(maps.length(5) * maps.correlationSlope(1, 5)).toBeCloseTo(0.75 * 5, 13)
    }
  })

  it('let two inputs of ReLU part where sigma_w^2 > 2 and the length is bounded', () => {
    const fate = signalFate(network(rectifiedForm, 2.5, 0.1, 100))
    expect(fate.chi).toBeCloseTo(1.25, 13)
    expect(fate.attractor.stability).toBe('stable')
    expect(fate.attractor.value).toBeLessThan(0.9)
    const maps = network(rectifiedForm, 2.5, 0.1, 100)
    let c = 0
    for (let layer = 0; layer < 400; layer++) c = maps.correlation(c, fate.length.value)
    expect(c).toBeCloseTo(fate.attractor.value, 12)
  })
})

describe('order and chaos', () => {
  for (const { biasVariance, length, weightVariance } of fixture.critical)
    it(`tanh turns at SciPy's sigma_w^2 for sigma_b^2 = ${biasVariance}`, () => {
      const [point, ...others] = criticalPoints(hyperbolicForm, biasVariance)
      expect(others).toEqual([])
      expect(point!.weightVariance).toBeCloseTo(weightVariance, 9)
      expect(point!.length).toBeCloseTo(length, 9)
      expect(point!.stable).toBe(true)
    })

  it('an odd activation without bias keeps uncorrelated inputs uncorrelated, whatever rounding makes of zero', () => {
    for (const weightVariance of [1.5, 2, 3, 4, 6]) {
      const maps = signalMaps({ activation: hyperbolicForm, weightVariance, biasVariance: 0 })
      expect(Math.abs(signalFate(maps).attractor.value)).toBeLessThan(1e-9)
    }
  })

  it('the attractor is where the iteration ends, on both sides of the boundary', () => {
    const erf: ActivationForm = { kind: 'erf', scale: 1 }
    for (const weight of [0.6, 1.2, 3]) {
      const maps = network(erf, weight, 0.2)
      const fate = signalFate(maps)
      let c = 0
      for (let layer = 0; layer < 3000; layer++) c = maps.correlation(c, fate.length.value)
      expect(c).toBeCloseTo(fate.attractor.value, 9)
      expect(fate.attractor.value < 1).toBe(fate.chi > 1)
    }
  })

  it('deviations fall off over the depth scales', () => {
    const maps = network({ kind: 'erf', scale: 1 }, 3, 0.2)
    const { length, attractor, lengthScale, correlationScale } = signalFate(maps)
    expect(maps.length(length.value * (1 + 1e-6)) / length.value - 1).toBeCloseTo(1e-6 * Math.exp(-1 / lengthScale), 11)
    const after = maps.correlation(attractor.value + 1e-6, length.value) - attractor.value
    expect(after).toBeCloseTo(1e-6 * Math.exp(-1 / correlationScale), 11)
    expect(depthScale(1)).toBe(Number.POSITIVE_INFINITY)
  })

  it('c = 1 of ReLU is stable at slope one, where correlations grow algebraically', () => {
    const points = correlationFixedPoints(network(rectifiedForm, 2, 0), 1)
    expect(points).toHaveLength(1)
    expect(points[0]).toMatchObject({ value: 1, stability: 'stable' })
  })
})

describe('phase diagrams', () => {
  const axis = (parameter: string, from: number, to: number, count: number) => ({
    parameter,
    values: Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1)),
  })
  const request: DiagramRequest = {
    model: { activation: hyperbolicForm, weightVariance: 1, biasVariance: 0 },
    x: axis('weightVariance', 0.2, 4, 9),
    y: axis('biasVariance', 0.01, 0.6, 4),
  }
  const rows = phaseDiagramRows(request)

  it('agree with the maps themselves', () => {
    for (const [i, y] of request.y.values.entries())
      for (const [j, x] of request.x.values.entries()) {
        if ((i + j) % 5 > 0) continue
        const maps = network(hyperbolicForm, x, y)
        const cell = rows[i]![j]!
        expect(cell.meanSquare / stableLength(maps).value).toBeCloseTo(1, 7)
        expect(cell.chi).toBeCloseTo(maps.correlationSlope(1, cell.meanSquare), 6)
      }
  })

  it('are the same in shards of rows', () => {
    expect([...phaseDiagramRows(request, 0, 1), ...phaseDiagramRows(request, 1, 4)]).toEqual(rows)
  })

  it('name the four phases of ReLU over weights and row correlation', () => {
    const [plain, anti] = phaseDiagramRows({
      model: { activation: rectifiedForm, weightVariance: 1, biasVariance: 0.1 },
      x: { parameter: 'weightVariance', values: [1.9, 2.5, 3] },
      y: { parameter: 'rowCorrelation', values: [0, 100] },
    })
    expect(plain!.map((c) => `${c.correlation} ${c.length}`)).toEqual([
      'ordered bounded',
      'marginal unbounded',
      'marginal unbounded',
    ])
    expect(anti!.map((c) => `${c.correlation} ${c.length}`)).toEqual([
      'ordered bounded',
      'chaotic bounded',
      'chaotic unbounded',
    ])
  })

  it('go over parameters of the activation too, and refuse unknown ones', () => {
    const [row] = phaseDiagramRows({
      model: { activation: { kind: 'erf', scale: 1 }, weightVariance: 1, biasVariance: 0 },
      x: { parameter: 'scale', values: [0.5, 2] },
      y: { parameter: 'biasVariance', values: [0] },
    })
    // Without bias the length of erf lives for sigma_w^2 phi'(0)^2 = 4 s^2/pi > 1.
    expect(row!.map((c) => c.length)).toEqual(['vanishing', 'bounded'])
    expect(() => phaseDiagramRows({ ...request, x: { parameter: 'slope', values: [1] } })).toThrow(
      /take weightVariance/,
    )
  })
})

describe('what does not exist', () => {
  it('is refused with the condition under which it would', () => {
    expect(() => network(rectifiedForm, 1, 0, -1)).toThrow(/k > -1/)
    expect(() => network(rectifiedForm, -1, 0)).toThrow(DomainError)
    expect(() => network(rectifiedForm, 1, Number.NaN)).toThrow(/bias variance/)
    expect(() => network(hyperbolicForm, 1, 0.1).correlation(1.2, 1)).toThrow(/\[-1, 1\]/)
    expect(() => network(hyperbolicForm, 1, 0).correlation(0.5, 0)).toThrow(/length zero/)
    expect(() => lengthBoundary(hyperbolicForm)).toThrow(/homogeneous/)
    expect(() => criticalPoint(hyperbolicForm, -1)).toThrow(/positive/)
    expect(() => criticalPoints(hyperbolicForm, 0)).toThrow(/positive/)
  })
})
