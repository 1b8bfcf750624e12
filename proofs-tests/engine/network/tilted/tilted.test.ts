import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  mergeTilted,
  sampleTilted,
  type TiltedLayer,
  type TiltedRequest,
  tiltedEstimates,
} from '../../../../src/network/index.js'
import { latticeLaw, pairChain, ratePoint, tiltSchedule } from '../../../../src/theory/index.js'

const weightCorrelation = Math.SQRT1_2
const perturbation = { kind: 'rotation', eta: Math.SQRT1_2 } as const

/** Layers tilted towards an end point along the dominant trajectory. */
function towards(activation: 'sign' | 'relu', depth: number, width: number, end: number): readonly TiltedLayer[] {
  const chain = pairChain({ layers: depth, activation, perturbation })
  return tiltSchedule(chain, ratePoint(chain, end)).map((schedule, k) => ({
    activation: k === depth - 1 ? 'sign' : activation,
    width,
    weightVariance: 2,
    weightCorrelation,
    ...schedule,
  }))
}

const request = (layers: readonly TiltedLayer[], more: Partial<TiltedRequest> = {}): TiltedRequest => ({
  seed: 1,
  name: 'tilted test',
  shard: 0,
  startOverlap: 1,
  layers,
  samples: 4000,
  events: [],
  ...more,
})

const fixture: {
  readonly width: number
  readonly layers: number
  readonly networks: number
  readonly counts: number[]
} = JSON.parse(readFileSync(new URL('relu-pairs.fixture.json', import.meta.url), 'utf8'))

describe('tilted samples of ReLU networks', () => {
  it('have the law of networks with explicit weights (NumPy), whichever way they are tilted', () => {
    const { width, layers: depth, networks, counts } = fixture
    for (const end of [-0.6, 0.2, 0.8]) {
      const events = counts.map((_, k) => ({ fewest: k, most: k }))
      const layers = towards('relu', depth, width, end)
      const estimates = tiltedEstimates(sampleTilted(request(layers, { events, samples: 20_000 })))
      for (const [k, { probability, relativeError }] of estimates.entries()) {
        const seen = counts[k]! / networks
        // Only where both sides know the chance well.
        if (counts[k]! < 200 || relativeError > 0.03) continue
        const error = Math.hypot(probability * relativeError, Math.sqrt((seen * (1 - seen)) / networks))
        expect(Math.abs(probability - seen) / error).toBeLessThan(4.5)
      }
      const informative = estimates.filter(({ relativeError }, k) => counts[k]! >= 200 && relativeError <= 0.03)
      expect(informative.length).toBeGreaterThanOrEqual(5)
    }
  })

  it('reach 1e-30 and below with thousands of effective samples, and agree with the saddle point to order 1/N', () => {
    const width = 100
    const chain = pairChain({ layers: 4, activation: 'relu', perturbation })
    const layers = towards('relu', 4, width, -1)
    const events = [{ fewest: width, most: width }]
    const [estimate] = tiltedEstimates(sampleTilted(request(layers, { events })))
    expect(estimate!.probability).toBeLessThan(1e-30)
    expect(estimate!.effectiveSamples).toBeGreaterThan(1000)
    expect(estimate!.relativeError).toBeLessThan(0.04)
    expect(estimate!.largestShare).toBeLessThan(0.05)
    const saddle = latticeLaw(chain, width, 'saddle').logChances[width]!
    expect(Math.abs(saddle - estimate!.logProbability)).toBeLessThan(5 / width + 5 * estimate!.relativeError)
  })

  it('without tilts are plain Monte Carlo: every sample weighs its binomial chance and chances sum to one', () => {
    const plain = towards('relu', 3, 12, 0).map(({ feedback, tilts, ...layer }) => ({
      ...layer,
      tilts: tilts.map(() => 0),
    }))
    const [whole] = tiltedEstimates(sampleTilted(request(plain, { events: [{ fewest: 0, most: 12 }], samples: 500 })))
    expect(Math.abs(whole!.probability - 1)).toBeLessThan(1e-12)
    expect(whole!.effectiveSamples).toBeCloseTo(500, 6)
  })

  it('have weights whose mean is one, whatever the tilts', () => {
    const layers = towards('relu', 4, 40, -0.5)
    const [whole] = tiltedEstimates(
      sampleTilted(request(layers, { events: [{ fewest: 0, most: 40 }], samples: 20_000 })),
    )
    expect(Math.abs(whole!.probability - 1) / whole!.relativeError).toBeLessThan(4.5)
    expect(whole!.relativeError).toBeLessThan(0.2)
  })
})

describe('tilted samples of sign networks', () => {
  it('agree with the exact transition matrices down to 1e-18, tails too', () => {
    const width = 64
    const chances = exactSignLaw(width, 4)
    for (const unequal of [0, 8, 16, 48, 64]) {
      const layers = towards('sign', 4, width, 1 - (2 * unequal) / width)
      const events = [
        { fewest: unequal, most: unequal },
        { fewest: 0, most: unequal },
      ]
      const [one, tail] = tiltedEstimates(sampleTilted(request(layers, { events })))
      const sum = chances.slice(0, unequal + 1).reduce((a, b) => a + b, 0)
      expect(Math.abs(one!.probability / chances[unequal]! - 1) / one!.relativeError).toBeLessThan(4.5)
      expect(one!.relativeError).toBeLessThan(0.01)
      if (unequal <= 16) expect(Math.abs(tail!.probability / sum - 1) / tail!.relativeError).toBeLessThan(4.5)
    }
  })
})

describe('a tilted run', () => {
  const layers = towards('relu', 3, 16, 0.5)
  const events = [{ fewest: 0, most: 4 }]

  it('gives the same bytes again, and other ones from another stream', () => {
    const [a, b, c] = [
      request(layers, { events, samples: 50 }),
      request(layers, { events, samples: 50 }),
      request(layers, { events, samples: 50, shard: 1 }),
    ].map(sampleTilted)
    expect(a).toEqual(b)
    expect(a).not.toEqual(c)
    const together = mergeTilted(a!, c!)
    expect(together.samples).toBe(100)
    const mean = (tiltedEstimates(a!)[0]!.probability + tiltedEstimates(c!)[0]!.probability) / 2
    expect(tiltedEstimates(together)[0]!.probability / mean).toBeCloseTo(1, 12)
  })

  it.each([
    ['no samples', { samples: 0 }],
    ['an overlap above 1', { startOverlap: 1.2 }],
    ['an event beyond the outputs', { events: [{ fewest: 3, most: 17 }] }],
    ['a ReLU output', { layers: layers.slice(0, 2) }],
    ['no neurons', { layers: layers.map((layer) => ({ ...layer, width: 0 })) }],
    ['a negative variance', { layers: layers.map((layer) => ({ ...layer, weightVariance: -1 })) }],
    ['a correlation above 1', { layers: layers.map((layer) => ({ ...layer, weightCorrelation: 1.1 })) }],
    ['too few tilts', { layers: layers.map((layer) => ({ ...layer, tilts: [0] })) }],
  ])('refuses %s', (_, more) => {
    expect(() => sampleTilted(request(layers, { events, ...more }))).toThrow(DomainError)
  })
})

/** The law of the number of unequal outputs by transition matrices, in plain doubles. */
function exactSignLaw(width: number, depth: number): readonly number[] {
  const logBinomials = [0]
  for (let k = 1; k <= width; k++) logBinomials.push(logBinomials[k - 1]! + Math.log((width - k + 1) / k))
  let chances: number[] = Array.from({ length: width + 1 }, (_, k) => (k === 0 ? 1 : 0))
  for (let layer = 0; layer < depth; layer++) {
    const next = new Array<number>(width + 1).fill(0)
    for (const [k, chance] of chances.entries()) {
      const p = Math.acos(weightCorrelation * (1 - (2 * k) / width)) / Math.PI
      for (let j = 0; j <= width; j++)
        next[j] = next[j]! + chance * Math.exp(logBinomials[j]! + j * Math.log(p) + (width - j) * Math.log1p(-p))
    }
    chances = next
  }
  return chances
}
