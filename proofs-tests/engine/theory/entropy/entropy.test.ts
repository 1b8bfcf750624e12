import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../../src/expression/errors.js'
import {
  annealedError,
  certifiedEntropy,
  coinEntropy,
  entropyOf,
  entropyProblem,
  entropyTransitions,
  errorOfStrengths,
  flippedWeights,
  gridOptimum,
  learningTransitions,
  mixtureOptimum,
  overlapMapFrom,
  rotatedWeights,
  signOverlap,
  smallErrorLaws,
  uniformChain,
} from '../../../../src/theory/entropy/index.js'

interface Fixture {
  readonly cases: readonly {
    readonly entropy: 'binary' | 'rotated'
    readonly layers: number
    readonly error: number
    readonly value: number
  }[]
  readonly transition: readonly string[]
}
const fixture = JSON.parse(readFileSync(new URL('./entropy.fixture.json', import.meta.url), 'utf8')) as Fixture

const layerOf = {
  binary: { overlap: signOverlap, perturbation: flippedWeights },
  rotated: { overlap: signOverlap, perturbation: rotatedWeights },
} as const
const problems = new Map(
  (['binary', 'rotated'] as const).flatMap((name) =>
    [1, 2, 3, 4].map((layers) => [`${name} ${layers}`, entropyProblem(uniformChain(layerOf[name], layers))] as const),
  ),
)
const problemOf = (name: 'binary' | 'rotated', layers: number) => problems.get(`${name} ${layers}`)!

describe('maximal entropy at a given output error', () => {
  it.each(fixture.cases)('is what SciPy finds for $entropy weights, $layers layers, error $error', (row) => {
    const found = problemOf(row.entropy, row.layers).maximal(row.error).entropy
    // SciPy's simplex ends at 1e-8 of the optimum; no search can pass it.
    expect(found).toBeGreaterThanOrEqual(row.value - 1e-12)
    expect(found - row.value).toBeLessThan(1e-7)
  })

  it('has the error that was asked for, and the entropy of its strengths', () => {
    for (const name of ['binary', 'rotated'] as const)
      for (const error of [1e-4, 0.1, 0.37, 0.49]) {
        const problem = problemOf(name, 4)
        const { strengths, e, entropy } = problem.maximal(error)
        expect(errorOfStrengths(problem.chain, strengths) / error).toBeCloseTo(1, 9)
        expect(entropyOf(problem.chain, e)).toBeCloseTo(entropy, 12)
      }
  })

  it('has its multiplier as the slope of the entropy', () => {
    for (const name of ['binary', 'rotated'] as const) {
      const { maximal } = problemOf(name, 3)
      const h = 1e-5
      expect((maximal(0.2 + h).entropy - maximal(0.2 - h).entropy) / (2 * h)).toBeCloseTo(maximal(0.2).multiplier, 6)
    }
  })

  it('agrees with dynamic programming wherever it is asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('binary', 'rotated'),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 98 }),
        (name, layers, percent) => {
          const problem = problemOf(name as 'binary' | 'rotated', layers)
          const { entropy, byGrid } = certifiedEntropy(problem, percent / 200, { points: 80 })
          return Math.abs(entropy - byGrid) <= 1e-9
        },
      ),
      { numRuns: 12, seed: 1 },
    )
  })

  it('is not passed by random perturbations with the same error', () => {
    for (const name of ['binary', 'rotated'] as const) {
      const { chain, maximal } = problemOf(name, 3)
      let tried = 0
      for (let k = 0; k < 400; k++) {
        const e = chain.map((_, l) => ((k * (7 + 6 * l) + 3 * l) % 97) / 97)
        const strengths = chain.map(({ perturbation }, l) => perturbation.strength(e[l]!))
        const error = errorOfStrengths(chain, strengths)
        if (!(error > 1e-6 && error < 0.499)) continue
        tried += 1
        expect(entropyOf(chain, e)).toBeLessThanOrEqual(maximal(error).entropy + 1e-12)
      }
      expect(tried).toBeGreaterThan(100)
    }
  })

  it('covers both signs of the overlaps: flipping 1 - p in two layers changes neither error nor entropy', () => {
    const both = (p: readonly number[]): number => p.reduce((q, x) => (2 / Math.PI) * Math.asin((1 - 2 * x) * q), 1)
    expect(both([0.9, 0.8])).toBeCloseTo(both([0.1, 0.2]), 14)
    expect(coinEntropy(0.9)).toBeCloseTo(coinEntropy(0.1), 14)
  })

  it("takes a user's activation and entropy, with a largest perturbation that is reached", () => {
    const capped = {
      overlap: overlapMapFrom((x) => x ** 3),
      perturbation: {
        strength: (e: number) => e,
        ofStrength: (strength: number) => strength,
        entropy: (e: number) => e - e * e,
        slope: (e: number) => 1 - 2 * e,
        largest: 0.25,
      },
    }
    const problem = entropyProblem(uniformChain(capped, 2))
    for (const error of [0.1, 0.3, 0.4]) {
      const { entropy } = gridOptimum(problem.chain, error)
      expect(problem.maximal(error).entropy).toBeCloseTo(entropy, 8)
    }
    // Two layers at their largest leave 0.75^4 of 0.75^9.
    expect(() => problem.maximal(0.4999)).toThrow(DomainError)
  })

  it.each([0, 0.5, -0.1, 0.7, Number.NaN])('refuses the error %s', (error) => {
    expect(() => problemOf('binary', 2).maximal(error)).toThrow(DomainError)
    expect(() => gridOptimum(problemOf('binary', 2).chain, error)).toThrow(DomainError)
    expect(() => mixtureOptimum(problemOf('binary', 2).chain, error)).toThrow(DomainError)
  })

  it('refuses strengths outside [0, 1] and chains without layers', () => {
    const chain = uniformChain(layerOf.rotated, 2)
    expect(() => errorOfStrengths(chain, [0.1, 1.2])).toThrow(/eta = 1.2/)
    expect(() => errorOfStrengths(uniformChain(layerOf.binary, 1), [0.6])).toThrow(/negative correlation/)
    expect(() => uniformChain(layerOf.rotated, 0)).toThrow(DomainError)
    expect(() => entropyProblem([])).toThrow(DomainError)
  })
})

describe('first-order transitions', () => {
  it("are where mpmath's equations of equal entropies have their root, to twelve digits", () => {
    const [jump, ...more] = entropyTransitions(problemOf('binary', 2), { pieces: 40 })
    const [error, first, second] = fixture.transition.map(Number)
    expect(more).toEqual([])
    expect(Math.abs(jump!.at - error!)).toBeLessThan(2e-12)
    expect(jump!.above.strengths[0]).toBeCloseTo(first!, 6)
    expect(jump!.above.strengths[1]).toBeCloseTo(second!, 6)
    expect(jump!.below.strengths[0]).toBe(0)
  })

  it('number one less than the layers for flipped weights, and none for rotated ones', () => {
    expect(entropyTransitions(problemOf('binary', 3), { pieces: 30 })).toHaveLength(2)
    expect(entropyTransitions(problemOf('rotated', 3), { pieces: 30 })).toEqual([])
  })

  it('refuses a range outside (0, 1/2)', () => {
    expect(() => entropyTransitions(problemOf('binary', 2), { from: 0.3, to: 0.2 })).toThrow(DomainError)
  })
})

describe('small errors', () => {
  it.each([
    1, 2, 3, 4,
  ])('eta of layer l goes as error^(2^(L-l)), the entropy as (2^L - 1)/L log error, L = %i', (layers) => {
    const laws = smallErrorLaws(problemOf('rotated', layers))
    for (const [k, law] of laws.strengths.entries()) expect(law!.exponent).toBeCloseTo(2 ** (layers - 1 - k), 8)
    expect(laws.entropy.exponent).toBeCloseTo((2 ** layers - 1) / layers, 9)
  })

  it('leaves all layers but the last of flipped weights at the reference', () => {
    const { strengths } = smallErrorLaws(problemOf('binary', 3))
    expect(strengths.slice(0, 2)).toEqual([null, null])
    expect(strengths[2]!.exponent).toBeCloseTo(2, 9)
  })
})

describe('annealed generalisation', () => {
  it('solves cot(pi error) pi = load/(1 - error) for one layer of rotated weights', () => {
    for (const load of [0.3, 2, 50]) {
      const { error } = annealedError(problemOf('rotated', 1), load)
      expect((Math.PI * (1 - error)) / Math.tan(Math.PI * error) / load).toBeCloseTo(1, 9)
    }
  })

  it('approaches (2^L - 1)/(L load) for many examples', () => {
    for (const layers of [1, 2, 3, 4]) {
      const { error } = annealedError(problemOf('rotated', layers), 1e6)
      expect((error * 1e6 * layers) / (2 ** layers - 1)).toBeCloseTo(1, 4)
    }
  })

  it('is where entropy plus cost is greatest on a grid of errors', () => {
    for (const load of [1, 4, 6, 20]) {
      const problem = problemOf('rotated', 4)
      const best = annealedError(problem, load)
      for (let k = 1; k < 50; k++) {
        const error = k / 100
        expect(problem.maximal(error).entropy + load * Math.log1p(-error)).toBeLessThanOrEqual(best.volume + 1e-12)
      }
    }
  })

  it('stays at 1/2 below a load at which deep networks jump, from three layers on', () => {
    expect(learningTransitions(problemOf('rotated', 1), 0.1, 50, 20)).toEqual([])
    const [jump] = learningTransitions(problemOf('rotated', 4), 1, 50, 20)
    expect(jump!.below.error).toBe(0.5)
    expect(jump!.above.error).toBeLessThan(0.45)
    expect(jump!.above.volume).toBeCloseTo(jump!.below.volume, 9)
  })

  it('refuses a load that is not positive', () => {
    expect(() => annealedError(problemOf('rotated', 1), 0)).toThrow(DomainError)
  })
})

describe('perturbations that differ from neuron to neuron', () => {
  it('have the concave envelope of the coin entropy for one layer of flipped weights', () => {
    // The chord from (0, 0) touches h(e) = H(sin^2(pi e/2)) where h' = h/e.
    const h = (e: number): number => coinEntropy(Math.sin((Math.PI * e) / 2) ** 2)
    let [steepest, at] = [0, 0]
    for (let k = 1; k < 5000; k++)
      if (h(k / 1e4) / (k / 1e4) > steepest) [steepest, at] = [h(k / 1e4) / (k / 1e4), k / 1e4]
    const { entropy, layers } = mixtureOptimum(uniformChain(layerOf.binary, 1), 0.05)
    expect(entropy).toBeLessThanOrEqual(0.05 * steepest * (1 + 1e-6))
    expect(entropy).toBeGreaterThan(0.05 * steepest * (1 - 1e-3))
    expect(layers[0]!.high / 2).toBeCloseTo(at, 1)
    expect(entropy).toBeGreaterThan(2 * problemOf('binary', 1).maximal(0.05).entropy)
  })

  it('count all networks of one layer of flipped weights', () => {
    // Extrapolated in log N/N, the shape of the corrections.
    const [near, far] = [countedEntropy(2000, 0.05), countedEntropy(8000, 0.05)]
    const shape = (n: number): number => Math.log(n) / n
    const limit = (far * shape(2000) - near * shape(8000)) / (shape(2000) - shape(8000))
    const { entropy } = mixtureOptimum(uniformChain(layerOf.binary, 1), 0.05, 1500)
    expect(Math.abs(entropy / limit - 1)).toBeLessThan(1e-3)
  })

  it('gain nothing for rotated weights', () => {
    const { layers, entropy } = mixtureOptimum(uniformChain(layerOf.rotated, 2), 0.2, 160)
    for (const { low, high } of layers) expect(high - low).toBeLessThan(1e-12)
    expect(entropy).toBeLessThanOrEqual(problemOf('rotated', 2).maximal(0.2).entropy)
  })
})

/**
 * Entropy per weight of all networks of one layer with N binary weights a neuron and a given mean error: the Legendre transform
 * of the generating function of the error of a perceptron with d of its weights flipped, acos(1 - 2 d/N)/pi for normal fields.
 */
function countedEntropy(width: number, error: number): number {
  const logChoose: number[] = [0]
  for (let d = 1; d <= width; d++) logChoose.push(logChoose[d - 1]! + Math.log((width - d + 1) / d))
  const errorOf = logChoose.map((_, d) => Math.acos(1 - (2 * d) / width) / Math.PI)
  const free = (pressure: number): { readonly value: number; readonly mean: number } => {
    const exponents = logChoose.map((log, d) => log - pressure * width * errorOf[d]!)
    const largest = Math.max(...exponents)
    const weights = exponents.map((x) => Math.exp(x - largest))
    const total = weights.reduce((a, b) => a + b)
    const mean = weights.reduce((sum, w, d) => sum + w * errorOf[d]!, 0) / total
    return { value: (largest + Math.log(total)) / width, mean }
  }
  let [low, high] = [0, 30]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (free(middle).mean > error) low = middle
    else high = middle
  }
  return free(low).value + low * error
}
