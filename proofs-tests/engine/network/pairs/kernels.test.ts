import { expect, test } from 'vitest'
import { instantiateKernels, KernelMemory } from '../../../../src/network/kernels/kernels.js'
import { exponential } from '../../../../src/network/reference/elementary.js'
import { ScalarStream } from '../../../../src/network/reference/scalar-stream.js'
import { startStream, streamState } from '../../../../src/network/stream.js'

/** Kernels on a stream, the scalar reference on the same, and room for a few rows. */
function both(count: number) {
  const state = streamState({ seed: 3, name: 'pair kernels', shard: 0 })
  const kernels = instantiateKernels()
  startStream(kernels, state)
  const memory = new KernelMemory(kernels)
  const rows = Array.from({ length: 4 }, () => memory.allocate(2 * count))
  const read = (row: number, length = count): readonly number[] => [...memory.view(rows[row]!, length)]
  const write = (row: number, values: readonly number[]) => memory.view(rows[row]!, values.length).set(values)
  return { kernels, rows: rows as [number, number, number, number], read, write, scalar: new ScalarStream(state) }
}
const list = <T>(count: number, of: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => of(k))
const numbers = list(150, (k) => (k % 7 === 0 ? 0 : Math.sin(k)))

test('fair signs are the bits of the stream’s words, lowest first', () => {
  const { kernels, rows, read, scalar } = both(150)
  kernels.fillSigns(rows[0], 150)
  let word = 0n
  const expected = list(150, (k) => {
    if (k % 64 === 0) word = scalar.nextWord()
    return (word >> BigInt(k % 64)) & 1n ? 1 : -1
  })
  expect(read(0)).toEqual(expected)
})

test('biased signs, flips and dilution take one uniform a number', () => {
  const { kernels, rows, read, write, scalar } = both(150)
  write(0, numbers)
  kernels.fillBiasedSigns(rows[1], 150, 0.3)
  expect(read(1)).toEqual(list(150, () => (scalar.nextUniform() < 0.3 ? 1 : -1)))
  kernels.flipRow(rows[0], rows[1], 150, 0.3)
  expect(read(1)).toEqual(numbers.map((x) => (scalar.nextUniform() < 0.3 ? -x : x)))
  kernels.diluteRow(rows[0], rows[1], 150, 0.3, 1.5)
  expect(read(1)).toEqual(numbers.map((x) => (scalar.nextUniform() < 0.3 ? 0 : 1.5 * x)))
})

test('signs: ties by a coin each, or by decree; with noise one uniform each', () => {
  const { kernels, rows, read, write, scalar } = both(150)
  write(0, numbers)
  kernels.thresholdSigns(rows[0], rows[1], 150, 0)
  const coin = (): number => (scalar.nextWord() >> 63n ? 1 : -1)
  expect(read(1)).toEqual(numbers.map((x) => (x === 0 ? coin() : x > 0 ? 1 : -1)))
  for (const tie of [1, -1]) {
    kernels.thresholdSigns(rows[0], rows[1], 150, tie)
    expect(read(1)).toEqual(numbers.map((x) => (x === 0 ? tie : x > 0 ? 1 : -1)))
  }
  kernels.thermalSigns(rows[0], rows[1], 150, 1.7)
  expect(read(1)).toEqual(numbers.map((x) => (scalar.nextUniform() * (1 + exponential(-3.4 * x)) < 1 ? 1 : -1)))
  write(0, [1e300, -1e300])
  kernels.thermalSigns(rows[0], rows[1], 2, 5)
  expect(read(1, 2)).toEqual([1, -1])
})

test('rows: combined, shifted, with noise', () => {
  const { kernels, rows, read, write, scalar } = both(150)
  write(0, numbers)
  write(1, [...numbers].reverse())
  kernels.combineRows(rows[0], rows[1], rows[2], 150, 0.8, 0.6)
  expect(read(2)).toEqual(numbers.map((x, k) => 0.8 * x + 0.6 * numbers[149 - k]!))
  kernels.shiftRow(rows[2], 150, 1 / 150)
  expect(read(2).reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 12)
  kernels.addNormals(rows[0], 150, 0.5)
  expect(read(0)).toEqual(numbers.map((x) => x + 0.5 * scalar.nextNormal()))
})

test('sums over rectified pairs are those of the scalar reference', () => {
  const { kernels, rows, read, scalar } = both(150)
  kernels.reluPairSums(rows[0], 150, 1.25, -0.5, 0.75, rows[3])
  const sums = [0, 0, 0, 0, 0]
  for (let k = 0; k < 150; k++) {
    const g = scalar.nextNormal()
    const x = Math.max(1.25 * g, 0)
    const y = Math.max(-0.5 * g + 0.75 * scalar.nextNormal(), 0)
    for (const [i, value] of [x, y, x * x, y * y, x * y].entries()) sums[i]! += value
  }
  // Doubled numbers are added up there and halved at the end, which rounds the same.
  expect(read(3, 5)).toEqual(sums)
})

test('a sparse layer: different inputs, shared by both networks, with weights turned in the second', () => {
  const { kernels, rows, read, write, scalar } = both(20)
  const states = list(20, (k) => (k % 3 === 0 ? 1 : -1))
  write(0, states)
  kernels.sparsePairLayer(rows[0], 10, rows[1], 4, 1, 3, 1, 0.25, 0.5, rows[2], rows[3])
  const fields = list(4, () => {
    const chosen: number[] = []
    let [first, second] = [0, 0]
    for (let k = 0; k < 3; k++) {
      let candidate = Math.floor(scalar.nextUniform() * 10)
      while (chosen.includes(candidate)) candidate = Math.floor(scalar.nextUniform() * 10)
      chosen.push(candidate)
      const weight = scalar.nextWord() >> 63n ? -1 : 1
      const turned = scalar.nextUniform() < 0.25 ? -weight : weight
      first += weight * states[candidate]!
      second += turned * states[10 + candidate]!
    }
    return [0.5 * first, 0.5 * second] as const
  })
  expect(read(1, 8)).toEqual([...fields.map(([x]) => x), ...fields.map(([, y]) => y)])
})
