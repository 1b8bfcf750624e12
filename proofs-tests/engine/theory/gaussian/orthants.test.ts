import { describe, expect, it } from 'vitest'
import {
  add,
  call,
  exp,
  type IndexedNode,
  index,
  multiply,
  negate,
  power,
  rational,
  symbol,
} from '../../../../src/expression/expression.js'
import { splitBySign, withLogGamma } from '../../../../src/theory/gaussian/orthants.js'
import { boltzmannEnergy } from '../../../../src/theory/ring/energy.js'
import { evaluateRing } from '../../../../src/theory/ring/numeric.js'
import { windowedCovariances, windowedSpectrum } from '../../../../src/theory/ring/spectrum.js'
import { evaluateReal } from '../../../../src/theory/support/evaluate.js'

const at = (name: string): IndexedNode => ({ kind: 'indexed', name, indices: [{ slot: 'site', index: index('l') }] })
const z: IndexedNode = {
  kind: 'indexed',
  name: 'z',
  indices: [
    { slot: 'neuron', index: index('a') },
    { slot: 'site', index: index('l') },
  ],
}
const overNeurons = (body: Parameters<typeof negate>[0]) => ({
  kind: 'indexedSum' as const,
  index: 'a',
  range: { kind: 'family' as const, family: 'neuron' },
  body,
})
const overSites = (body: Parameters<typeof negate>[0]) => ({
  kind: 'indexedSum' as const,
  index: 'l',
  range: { kind: 'interval' as const, from: rational(0), to: symbol('L') },
  body,
})
const options = { letter: 'l', vector: z, positive: at('p'), negative: at('n') }
const configuration = {
  fields: [at('p'), at('n')],
  values: [
    [2, 3],
    [5, 7],
  ],
  parameters: new Map(),
}

describe('splitBySign', () => {
  it('a sum of squares has both parts, one of rectified squares the positive part alone', () => {
    const energy = overSites(
      add(overNeurons(power(z, 2)), multiply(rational(10), overNeurons(power(call('max', rational(0), z), 2)))),
    )
    expect(evaluateRing(splitBySign(energy, options), configuration, { letter: 'l' })).toBe(
      4 + 25 + 9 + 49 + 10 * (4 + 9),
    )
  })

  it('refuses what is not quadratic on either side of zero', () => {
    expect(() => splitBySign(overSites(overNeurons(power(z, 3))), options)).toThrow(/not quadratic/)
  })
})

describe('boltzmannEnergy', () => {
  it('counts a constant under a product over sites once for each site, and an exponential with its own sum once', () => {
    const product = {
      kind: 'indexedProduct' as const,
      index: 'l',
      range: { kind: 'interval' as const, from: rational(0), to: symbol('L') },
      body: multiply(rational(3), exp(negate(overSites(at('p'))))),
    }
    const value = evaluateRing(boltzmannEnergy(product), configuration, { letter: 'l' })
    expect(value).toBeCloseTo(5 - 2 * Math.log(3), 12)
  })
})

describe('withLogGamma', () => {
  it('has the logarithm of a binomial coefficient that is too large for a number', () => {
    const e = withLogGamma(call('log', call('binomial', symbol('n'), symbol('k'))))
    expect(
      evaluateReal(e, {
        scalars: new Map([
          ['n', 5],
          ['k', 2],
        ]),
      }),
    ).toBeCloseTo(Math.log(10), 12)
    expect(
      Number.isFinite(
        evaluateReal(e, {
          scalars: new Map([
            ['n', 5000],
            ['k', 2500],
          ]),
        }),
      ),
    ).toBe(true)
  })
})

describe('windowedCovariances', () => {
  it('is the windowed spectrum for one field, times the number of sites', () => {
    const kernel = { fields: 1, at: (q: number) => [[{ re: 1.3 - Math.cos(q), im: 0 }]] }
    const expected = windowedSpectrum(kernel, 16)
    for (const [k, matrix] of windowedCovariances(kernel, 16, [0, 1, 5]).entries())
      expect(matrix[0]![0]!.re).toBeCloseTo(16 * expected[[0, 1, 5][k]!]!, 8)
  })

  it('is Hermitian for a Hermitian kernel of two fields', () => {
    const phase = (q: number, s: 1 | -1) => ({ re: -0.3 * Math.cos(q), im: s * 0.3 * Math.sin(q) })
    const kernel = {
      fields: 2,
      at: (q: number) => [
        [{ re: 1, im: 0 }, phase(q, 1)],
        [phase(q, -1), { re: 1, im: 0 }],
      ],
    }
    const [matrix] = windowedCovariances(kernel, 32, [3])
    expect(matrix![0]![1]!.re).toBeCloseTo(matrix![1]![0]!.re, 12)
    expect(matrix![0]![1]!.im).toBeCloseTo(-matrix![1]![0]!.im, 12)
    expect(Math.abs(matrix![0]![1]!.im)).toBeGreaterThan(0.01)
  })
})
