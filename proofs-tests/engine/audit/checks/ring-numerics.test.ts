import { describe, expect, it } from 'vitest'
import { gradientVanishes, hessianAgrees, type RingCase } from '../../../../src/audit/checks/ring-numerics.js'
import { compareInWorlds } from '../../../../src/audit/compare/property.js'
import type { CheckInput, DirectCheck } from '../../../../src/audit/derivation.js'
import { ringDensitiesEqual } from '../../../../src/exact/ring.js'
import type { IndexedNode, SymbolNode } from '../../../../src/expression/expression.js'
import { notation, read, readSides } from '../fixtures.js'

// E = sum a/4 h^4 - b/2 h^2 + 1/2 (h_l - h_{l-2})^2, with its minimum at sqrt(b/a) and there b e^2 + 1/2 (e_l - e_{l-2})^2.
const energy = readSides(
  'U = \\sum_{l=0}^L \\left[ \\frac{a}{4} (h^l)^4 - \\frac{b}{2} (h^l)^2 + \\frac{1}{2} (h^l - h^{l-2})^2 \\right]',
)
const saddle = readSides('D = \\sqrt{\\frac{b}{a}}')
const height = read('h^l') as IndexedNode
const ring = (): RingCase => ({
  notation,
  fields: [height],
  uniform: [{ kind: 'symbol', name: 'gap' } satisfies SymbolNode],
  fluctuations: [height],
  parameters: [
    { gain: 0.5, bias: 0.8 },
    { gain: 0.9, bias: 2 },
  ],
})
const run = (check: DirectCheck, claimed: string) =>
  check.run({
    claimed: readSides(claimed),
    target: 'printed',
    premises: { energy, saddle },
    context: { statement: { source: { file: 'statements.yaml', line: 1, texts: [] }, local: [], where: [] }, notation },
    seed: 1,
    depth: 'quick',
  } as unknown as CheckInput)
const couplingAt = (distance: number): string =>
  `U = \\sum_{l=0}^L \\left[ b (h^l)^2 + (h^l)^2 - h^l h^{l-${distance}} \\right]`

describe('rings have more than twice as many sites as those lie apart that are coupled', () => {
  it('so that a numeric Hessian tells couplings at distance 2 and 3 apart, which are one on a ring of five', async () => {
    const right = await run(hessianAgrees(ring), couplingAt(2))
    expect(right.outcome).toBe('holds')
    expect(right.summary).toContain('of rings of 5 and 6 sites at 2 parameter values')
    for (const wrong of [1, 3, 4, 7])
      expect((await run(hessianAgrees(ring), couplingAt(wrong))).outcome).toBe('refuted')
  })

  it('and a gradient is that of a ring on which no coupling meets itself', async () => {
    const found = await run(gradientVanishes(ring), 'D = \\sqrt{\\frac{b}{a}}')
    expect(found.outcome).toBe('holds')
    expect(found.summary).toContain('a ring of 5 sites')
    expect((await run(gradientVanishes(ring), 'D = \\sqrt{\\frac{2 b}{a}}')).outcome).toBe('refuted')
  })

  it.each([
    ['h^{l+1} h^{l-2}', 'h^l h^{l-2}'],
    ['h^{l+4} h^{l-4}', 'h^l h^{l-1}'],
    ['h^{l} h^{l-6}', 'h^l h^{l-1}'],
  ])('and sums of %s and %s differ, in random instances and exactly', (left, right) => {
    const sumOf = (body: string) => read(`\\sum_l ${body}`)
    for (const seed of [1, 2, 3]) {
      const found = compareInWorlds(sumOf(left), sumOf(right), notation, { seed, depth: 'quick' })
      expect(found.outcome).toBe('refuted')
      expect(Number(found.witness?.at['sites'])).toBeGreaterThan(6)
    }
    expect(ringDensitiesEqual(read(left), read(right), { letter: 'l' }).outcome).toBe('different')
  })

  it('and cos 3q and cos 2q differ at once, which are equal at all wave vectors of five sites', () => {
    const [left, right] = ['3', '2'].map((d) => read(`\\sum_q \\cos(${d} q) |h_q|^2`))
    const found = compareInWorlds(left!, right!, notation, { seed: 1, depth: 'quick' })
    expect(found.outcome).toBe('refuted')
    expect(Number(found.witness?.at['sites'])).toBeGreaterThan(6)
  })
})
