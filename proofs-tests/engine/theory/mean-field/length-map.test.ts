import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { call, rational, subtract, symbol } from '../../../../src/expression/expression.js'
import {
  type Activation,
  activationFrom,
  fixedPoints,
  iterateMap,
  lengthMap,
  linearFixedPoint,
  rectifiedFixedPoint,
} from '../../../../src/theory/mean-field/length-map.js'

const z = symbol('z')
const activations: Readonly<Record<string, Activation>> = {
  tanh: activationFrom(call('tanh', z), 'z'),
  erf: { value: (x) => erf(x), kinks: [] },
  shiftedRectifier: activationFrom(call('max', rational(0), subtract(z, rational(3, 10))), 'z'),
  sign: activationFrom(call('sign', z), 'z'),
}

/** Error function by its Taylor series and continued fraction: not the engine's. */
function erf(x: number): number {
  const y = Math.abs(x)
  if (y > 6) return Math.sign(x)
  if (y < 2.5) {
    let [term, sum] = [y, y]
    for (let n = 1; n < 120; n++) {
      term *= (-y * y) / n
      sum += term / (2 * n + 1)
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI)
  }
  let fraction = 0
  for (let k = 120; k > 0; k--) fraction = k / 2 / (y + fraction)
  return Math.sign(x) * (1 - Math.exp(-y * y) / (Math.sqrt(Math.PI) * (y + fraction)))
}

interface Row {
  readonly activation: string
  readonly q: string
  readonly mean: string
}
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('length-map.fixture.json', import.meta.url), 'utf8'))

describe('lengthMap', () => {
  it.each(
    rows.map((r) => [r.activation, r.q, r.mean] as const),
  )('agrees with mpmath for %s at q = %s', (name, q, mean) => {
    const activation = activations[name]
    expect(activation).toBeDefined()
    if (!activation) return
    const value = lengthMap(activation, { weightVariance: 1, biasVariance: 0 })(Number(q))
    expect(Math.abs(value / Number(mean) - 1)).toBeLessThan(1e-10)
  })

  it.each([0.2, 0.9, 1.7])('of max(0, z) is σ_w² q/2 + σ_b² (σ_w² = %f)', (weightVariance) => {
    const map = lengthMap(activationFrom(call('max', rational(0), z), 'z'), { weightVariance, biasVariance: 0.3 })
    for (const q of [1e-3, 1, 50]) expect(map(q)).toBeCloseTo((weightVariance * q) / 2 + 0.3, 10)
  })

  it('finds kinks by itself', () => {
    expect(activations.shiftedRectifier?.kinks[0]).toBeCloseTo(0.3, 12)
    expect(activations.sign?.kinks).toEqual([0])
  })

  it('refuses a negative mean square and a mean that does not converge', () => {
    expect(() => lengthMap({ value: (x) => x, kinks: [] }, { weightVariance: 1, biasVariance: 0 })(-1)).toThrow(
      /negative/,
    )
    const comb = { value: (x: number) => (Math.sin(1e4 * x) > 0.5 ? 1 : 0), kinks: [] }
    expect(() => lengthMap(comb, { weightVariance: 1, biasVariance: 0 })(1)).toThrow()
  })
})

describe('fixedPoints', () => {
  it('of linear and rectified layers have closed forms', () => {
    const variances = { weightVariance: 0.8, biasVariance: 0.01 }
    const [linear] = fixedPoints(lengthMap({ value: (x) => x, kinks: [] }, variances))
    expect(linear?.value).toBeCloseTo(linearFixedPoint(variances), 10)
    expect(linear?.slope).toBeCloseTo(0.8, 6)
    const [rectified] = fixedPoints(lengthMap({ value: (x) => Math.max(0, x), kinks: [0] }, variances))
    expect(rectified?.value).toBeCloseTo(rectifiedFixedPoint(variances), 10)
    expect(() => linearFixedPoint({ weightVariance: 1, biasVariance: 1 })).toThrow(/below 1/)
  })
  it('attracts the iteration for tanh', () => {
    const map = lengthMap(activations.tanh ?? { value: Math.tanh, kinks: [] }, {
      weightVariance: 1.5,
      biasVariance: 0.001,
    })
    const points = fixedPoints(map)
    const stable = points.filter((p) => Math.abs(p.slope) < 1)
    expect(stable).toHaveLength(1)
    const trail = iterateMap(map, 0.05, 200)
    expect(trail.at(-1)).toBeCloseTo(stable[0]?.value ?? Number.NaN, 9)
  })
})
