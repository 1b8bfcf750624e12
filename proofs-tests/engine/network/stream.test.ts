import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/expression/errors.js'
import { instantiateKernels, KernelMemory } from '../../../src/network/kernels/kernels.js'
import { ScalarStream } from '../../../src/network/reference/scalar-stream.js'
import { readStream, type StreamState, startStream, streamState } from '../../../src/network/stream.js'

const start = (state: StreamState) => {
  const kernels = instantiateKernels()
  startStream(kernels, state)
  return kernels
}
const unsigned = (word: bigint): bigint => BigInt.asUintN(64, word)

describe('named streams', () => {
  test("the state is Node's own SHA-256 of the name, little-endian", () => {
    const digest = createHash('sha256').update('corrigenda-stream-v1|7|λ|3').digest()
    expect(streamState({ seed: 7, name: 'λ', shard: 3 })).toEqual([0, 8, 16, 24].map((k) => digest.readBigUInt64LE(k)))
  })

  test('different names have different states', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.nat(), fc.nat(), fc.string(), fc.nat(), (s1, n1, k1, s2, n2, k2) => {
        fc.pre(s1 !== s2 || n1 !== n2 || k1 !== k2)
        const [a, b] = [streamState({ seed: s1, name: n1, shard: k1 }), streamState({ seed: s2, name: n2, shard: k2 })]
        expect(a).not.toEqual(b)
      }),
    )
  })

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('a seed of %s is refused', (seed) => {
    expect(() => streamState({ seed, name: 'x', shard: 0 })).toThrow(DomainError)
  })

  test('a stream goes on from a state that was read', () => {
    const first = start(streamState({ seed: 1, name: 'resume', shard: 0 }))
    for (let k = 0; k < 1000; k++) first.nextNormal()
    const second = start(readStream(first))
    for (let k = 0; k < 1000; k++) expect(second.nextNormal()).toBe(first.nextNormal())
  })
})

describe('xoshiro256++', () => {
  // First outputs from the state 1, 2, 3, 4 of the authors' C code, as published with rand_xoshiro (Rust).
  const published = [
    41943041n, 58720359n, 3588806011781223n, 3591011842654386n, 9228616714210784205n, 9973669472204895162n,
    14011001112246962877n, 12406186145184390807n, 15849039046786891736n, 10450023813501588000n,
  ] // biome-ignore format: a table
  test('the kernels and the scalar reference give the published sequence', () => {
    const kernels = start([1n, 2n, 3n, 4n])
    const scalar = new ScalarStream([1n, 2n, 3n, 4n])
    for (const word of published) {
      expect(unsigned(kernels.nextWord())).toBe(word)
      expect(scalar.nextWord()).toBe(word)
    }
  })
})

describe('the kernels agree with the scalar reference bit for bit', () => {
  const state = streamState({ seed: 20, name: 'reference', shard: 0 })
  const draws = 20_000

  test('words, uniforms and normals, tail and wedges included', () => {
    const [kernels, scalar] = [start(state), new ScalarStream(state)]
    let tail = 0
    for (let k = 0; k < 60_000; k++) {
      const x = kernels.nextNormal()
      if (x !== scalar.nextNormal()) throw new Error(`normal ${k} differs`)
      if (Math.abs(x) > 3.654152885361009) tail++
      if (k % 4 === 0 && kernels.nextUniform() !== scalar.nextUniform()) throw new Error(`uniform ${k} differs`)
    }
    expect(tail).toBeGreaterThan(3)
    expect(unsigned(kernels.nextWord())).toBe(scalar.nextWord())
  })

  test.each([0.5, 1, 1.5, 100, 5e4])('gamma of shape %s', (shape) => {
    const [kernels, scalar] = [start(state), new ScalarStream(state)]
    for (let k = 0; k < draws / 4; k++) expect(kernels.nextGamma(shape)).toBe(scalar.nextGamma(shape))
  })

  test.each([
    [2, 1],
    [1, 1],
    [3.5, 1],
    [0.05, 0.1],
    [5, 3],
  ])('Beta(%s, %s)', (alpha, beta) => {
    const [kernels, scalar] = [start(state), new ScalarStream(state)]
    for (let k = 0; k < draws / 8; k++) expect(kernels.nextBeta(alpha, beta)).toBe(scalar.nextBeta(alpha, beta))
  })

  test.each([0, 1, 2, 3, 200])('chi-square of %s degrees', (degrees) => {
    const [kernels, scalar] = [start(state), new ScalarStream(state)]
    for (let k = 0; k < draws / 4; k++) expect(kernels.nextChiSquare(degrees)).toBe(scalar.nextChiSquare(degrees))
  })

  test.each([
    [200, 0.5],
    [1024, 0.5],
    [1025, 0.5],
    [10, 0.3],
    [50, 0.9],
    [1e6, 0.25],
    [1e7, 1e-7],
  ])('binomial of %s trials with probability %s', (n, p) => {
    const [kernels, scalar] = [start(state), new ScalarStream(state)]
    for (let k = 0; k < draws / 10; k++) expect(kernels.nextBinomial(n, p)).toBe(scalar.nextBinomial(n, p))
  })

  test('a filled buffer and a fused layer use the same normals in the same order', () => {
    const [kernels, scalar] = [start(state), new ScalarStream(state)]
    const memory = new KernelMemory(kernels)
    const [phi, z] = [memory.allocate(300), memory.allocate(100)]
    kernels.fillNormals(phi, 300, 0.7)
    const filled = memory.view(phi, 300)
    for (const x of filled) expect(x).toBe(0.7 * scalar.nextNormal())
    kernels.weightsLayer(phi, 300, z, 100, 0.3, 0.2)
    for (const value of memory.view(z, 100)) {
      let sum = 0
      for (const x of filled) sum += scalar.nextNormal() * x
      expect(value).toBe(0.3 * sum + 0.2 * scalar.nextNormal())
    }
  })
})
