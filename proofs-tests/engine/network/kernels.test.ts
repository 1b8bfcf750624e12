import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { instantiateKernels, KernelMemory } from '../../../src/network/kernels/kernels.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Distance in units in the last place of `exact`. */
const ulps = (value: number, exact: number): number =>
  Math.abs(value - exact) / Math.max(Number.MIN_VALUE, 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 52))

test('the committed kernels are what the source compiles to', () => {
  const out = execFileSync(process.execPath, ['scripts/build-kernels.mjs', '--check'], { cwd: root, encoding: 'utf8' })
  expect(out).toContain('those of the source')
})

test("logarithm, exponential and tanh agree with the engine's Math to 2 units in the last place", () => {
  const kernels = instantiateKernels()
  let worst = 0
  for (let k = 1; k <= 20_000; k++) {
    const x = k / 20_000
    worst = Math.max(
      worst,
      ulps(kernels.logarithm(0.9999 * x), Math.log(0.9999 * x)),
      ulps(kernels.logarithm(1e6 * x), Math.log(1e6 * x)),
      ulps(kernels.exponential(-40 * x), Math.exp(-40 * x)),
      ulps(kernels.exponential(50 * x), Math.exp(50 * x)),
      ulps(kernels.hyperbolicTangent(x), Math.tanh(x)),
      ulps(kernels.hyperbolicTangent(-25 * x), Math.tanh(-25 * x)),
    )
  }
  expect(worst).toBeGreaterThan(0)
  expect(worst).toBeLessThanOrEqual(2)
})

test('memory grows as buffers are laid out, and they do not overlap', () => {
  const kernels = instantiateKernels()
  const memory = new KernelMemory(kernels)
  const addresses = [100_000, 3, 1, 50_000].map((count) => [memory.allocate(count), count] as const)
  for (const [k, [address, count]] of addresses.entries()) memory.view(address, count).fill(k + 1)
  for (const [k, [address, count]] of addresses.entries())
    expect(memory.view(address, count).every((x) => x === k + 1)).toBe(true)
})

test('dot, relu and sign are what they say', () => {
  const kernels = instantiateKernels()
  const memory = new KernelMemory(kernels)
  const [a, b] = [memory.allocate(7), memory.allocate(7)]
  memory.view(a, 7).set([1, -2, 3, -4, 5, 0, 7])
  kernels.applyRelu(a, b, 7)
  expect([...memory.view(b, 7)]).toEqual([1, 0, 3, 0, 5, 0, 7])
  expect(kernels.dot(a, b, 7)).toBe(1 + 9 + 25 + 49)
  kernels.applySign(a, b, 7)
  expect([...memory.view(b, 7)]).toEqual([1, -1, 1, -1, 1, 0, 1])
})
