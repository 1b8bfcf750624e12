import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareExactly } from '../../../src/audit/compare/exact.js'
import { compareInWorlds, constantRatio } from '../../../src/audit/compare/property.js'
import { compareRegion } from '../../../src/audit/compare/region.js'
import { vocabularyOf } from '../../../src/audit/compare/world.js'
import { writtenCount } from '../../../src/audit/compare/written-sites.js'
import { derive } from '../../../src/audit/derivation.js'
import { preparePaper } from '../../../src/audit/prepare.js'
import { ringDensitiesEqual } from '../../../src/exact/ring.js'
import { symbol } from '../../../src/expression/expression.js'
import { lastSide } from '../../../src/expression/named.js'
import { readExpression } from '../../../src/expression/read-latex.js'
import { toText } from '../../../src/expression/write-text.js'
import { notation, read, readSides, toyPaper } from './fixtures.js'
import { distance, readNumber, valueAt } from './witness-values.js'

const witnessOf = (left: string, right: string, seed = 1) =>
  compareInWorlds(read(left), read(right), notation, { seed, depth: 'quick' }).witness!

describe('a witness says what both sides were evaluated at', () => {
  it('the number of sites is that of the written sum', () => {
    // It once was that of the world that had been drawn, and the values those of another ring.
    const { at, left, right } = witnessOf('L', '\\sum_{l=1}^L ((h^l)^2 + 2)')
    expect(at['sites']).toBe(at['depth'])
    expect(Object.keys(at).filter((name) => name.startsWith('height['))).toHaveLength(Number(at['depth']))
    expect(left).toBe(at['depth'])
    expect(distance(valueAt(read('\\sum_{l=1}^L ((h^l)^2 + 2)'), at, notation), right)).toBeLessThan(1e-40)
  })

  it('sums that are written over more and fewer sites are sums of one ring', () => {
    const { outcome } = compareInWorlds(
      read('\\sum_{l=0}^L (h^l)^2'),
      read('(h^L)^2 + \\sum_{l=0}^{L-1} (h^l)^2'),
      notation,
      { seed: 1, depth: 'quick' },
    )
    expect(outcome).toBe('holds')
  })

  it('letters that no sum binds have their members in it, wave vectors as those of its ring', () => {
    const { at } = witnessOf('h^l + \\cos q', '2 \\cos q')
    expect(Number(at['l'])).toBeLessThan(Number(at['sites']))
    expect(at['q']).toMatch(new RegExp(`^(0|2 pi \\d+/${at['sites']})$`))
  })

  it('the size of a ring that nothing depends on is not in it', () => {
    expect(Object.keys(witnessOf('a', '2 a').at)).toEqual(['gain'])
  })

  it('the ratios of two equations name both places', () => {
    const found = constantRatio(read('a b'), read('a'), notation, { seed: 1 })
    if (found === null || !('witness' in found)) throw new Error('the ratio is not constant')
    const { at, right, note } = found.witness
    expect(at).toHaveProperty('bias')
    const [, other] = /bias = ([^,]+)/.exec(note!)!
    expect(distance(readNumber(other!), right)).toBeLessThan(1e-12)
  })

  it('a region has everything in it that the region was asked', () => {
    const region = {
      kind: 'region' as const,
      describe: 'b < 5 a',
      contains: (values: ReadonlyMap<string, number>) => values.get('bias')! < 5 * values.get('gain')!,
    }
    const { witness } = compareRegion(readSides('b < 3'), region, notation, [], { seed: 1, depth: 'quick' })
    expect(Object.keys(witness!.at).sort()).toEqual(['bias', 'gain'])
  })
})

describe('the number of sites and a symbol for it', () => {
  const named = {
    ...notation,
    symbols: notation.symbols.map((s) => (s.name === 'depth' ? { ...s, name: 'sites', latex: ['N'] } : s)),
  }
  const [stated, derived] = ['N \\sum_q a |h_q|^2', '2 N \\sum_q a |h_q|^2'].map((latex) =>
    readExpression(latex, named),
  )
  const siteCount = readExpression('N', named)

  it("a paper's own symbol `sites` keeps its name beside the size of the ring", () => {
    const { witness } = compareInWorlds(stated!, derived!, named, { seed: 4, depth: 'quick' })
    expect(Object.keys(witness!.at)).toEqual(expect.arrayContaining(['sites', 'sites of the ring']))
    const exact = ringDensitiesEqual(readExpression('N h^l', named), readExpression('2 N h^l', named), { letter: 'l' })
    if (exact.outcome !== 'different') throw new Error('they differ')
    const names = exact.witness.values.map(([name]) => name)
    expect(names).toEqual(expect.arrayContaining(['sites', 'sites of the ring']))
    expect(new Set(names).size).toBe(names.length)
  })

  it('are the same where the paper writes it at a sum over the sites', () => {
    for (const seed of [1, 2, 3]) {
      const { witness } = compareInWorlds(stated!, derived!, named, { seed, depth: 'quick', siteCount })
      expect(witness!.at['sites']).toBe(witness!.at['sites of the ring'])
    }
    // The modes are as many as the sites.
    const [ones, count] = ['\\sum_q 1', 'N'].map((latex) => readExpression(latex, named))
    const compared = (more: object) =>
      compareInWorlds(ones!, count!, named, { seed: 1, depth: 'quick', ...more }).outcome
    expect(compared({ siteCount })).toBe('holds')
    expect(compared({})).toBe('refuted')
  })

  it('is read off the sums of a statement and what it rests on, where these agree', () => {
    const countOf = (...latex: readonly string[]) => {
      const found = writtenCount(latex.map(read), vocabularyOf(notation))
      return found && toText(found)
    }
    expect(countOf('\\sum_{l=0}^L h^l')).toBe('depth + 1')
    expect(countOf('\\sum_{l=1}^L h^l', 'a \\sum_{l=1}^L (h^l)^2')).toBe('depth')
    expect(countOf('\\sum_{l=1}^L h^l', '\\sum_{l=0}^L h^l')).toBe(null)
    expect(countOf('\\sum_l h^l', 'a')).toBe(null)
    const printed = ['\\sum_{l=0}^L (h^l)^2', '(L+1) \\sum_q |h_q|^2']
    const chain = toyPaper(
      printed
        .map((right, k) => `- { id: eq-${k + 1}, label: (1), section: 1, about: x, printed: 'U = ${right}' }\n`)
        .join(''),
    )
    const prepared = preparePaper(chain, {
      derivations: [
        derive('eq-1', {}, 'nothing', () => symbol('bias')),
        derive('eq-2', { energy: 'eq-1' }, 'modes', ({ energy }) => lastSide(energy)),
      ],
      confirmations: [],
      figures: [],
    })
    expect(toText(prepared.material('toy/eq-2').siteCount!)).toBe('depth + 1')
  })
})

describe('wave vectors of exact witnesses', () => {
  it.each([
    ['1 + \\cos q', '1 - \\cos q'],
    ['\\sum_q (1 + \\cos q) |h_q|^2', '\\sum_q (1 + 2 \\cos q) |h_q|^2'],
  ])('%s and %s differ at one of a ring', (left, right) => {
    const { witness } = compareExactly(read(left), read(right), notation)
    expect(witness!.at['q']).toMatch(/^2 pi \d+\/\d+$/)
  })
})

describe('what rounding leaves is not printed', () => {
  it.each([
    ['e^{iq} + e^{-iq}', '\\cos q'],
    ['\\cos q + i \\sin q - e^{iq} + b', '2 b'],
  ])('%s is real', (left, right) => {
    const found = [
      compareExactly(read(left), read(right), notation).witness,
      compareInWorlds(read(left), read(right), notation, { seed: 3, depth: 'quick' }).witness,
    ]
    for (const witness of found) expect(`${witness!.left} ${witness!.right}`).not.toMatch(/i|e-/)
  })

  it('a true imaginary part is, however small', () => {
    const tiny = 'i \\cdot \\frac{1}{10000000000000000000000000000000000000000}'
    const { witness } = compareExactly(read(`a + ${tiny}`), read('2 a'), notation)
    expect(witness!.left).toMatch(/e-40i$/)
  })
})

const parts = [
  'a', 'b', 'L', 'h^l', 'h^{l-1}', 'h^{l+1}', '|h_q|^2', '\\cos q', 'h_q h_{-q}', '\\sqrt{a}', 'e^{-b}',
  '\\sum_{l=0}^L (h^l)^2', '\\sum_{l=1}^{L} h^l h^{l-1}', '\\sum_{l=0}^{L-1} b h^l', '\\sum_q \\cos q |h_q|^2',
] as const // biome-ignore format: one list
const formulas = fc
  .array(fc.tuple(fc.constantFrom(...parts), fc.constantFrom(...parts), fc.integer({ min: 1, max: 5 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((terms) => terms.map(([x, y, k]) => `${k} (${x}) (${y})`).join(' + '))

it('the law of witnesses: another evaluator, given the witness alone, finds the printed values of both sides', () => {
  let witnesses = 0
  fc.assert(
    fc.property(formulas, formulas, fc.nat(1000), (a, b, seed) => {
      const { witness } = compareInWorlds(read(a), read(b), notation, { seed, depth: 'quick' })
      if (witness === null || witness.at['fields'] !== undefined) return
      witnesses += 1
      expect(distance(valueAt(read(a), witness.at, notation), witness.left)).toBeLessThan(1e-12)
      expect(distance(valueAt(read(b), witness.at, notation), witness.right)).toBeLessThan(1e-12)
    }),
    { seed: 11, numRuns: 60 },
  )
  expect(witnesses).toBeGreaterThan(40)
})
