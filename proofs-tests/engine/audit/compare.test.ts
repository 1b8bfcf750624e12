import { describe, expect, it } from 'vitest'
import { type Comparison, compare, compareReadings } from '../../../src/audit/compare/compare.js'
import { compareExactly } from '../../../src/audit/compare/exact.js'
import { compareInWorlds } from '../../../src/audit/compare/property.js'
import { rewriteOnce } from '../../../src/audit/compare/replace.js'
import type { Derived } from '../../../src/audit/derivation.js'
import { type Expression, symbol } from '../../../src/expression/expression.js'
import { describe as describeTree } from '../../../src/numeric/describe.js'
import { notation, read, readSides } from './fixtures.js'

const abbreviations = [{ pattern: symbol('gap'), replacement: read('1 - a^2') }]
const comparison = (claimed: string, derived: Derived, more: Partial<Comparison> = {}): Comparison => ({
  claimed: readSides(claimed),
  derived,
  target: 'printed',
  notation,
  abbreviations,
  readings: [],
  seed: 3,
  depth: 'quick',
  secondEngine: null,
  ...more,
})
const value = (latex: string): Derived => ({ kind: 'value', value: read(latex) })
const outcomes = (claimed: string, derived: Derived, more: Partial<Comparison> = {}) =>
  compare(comparison(claimed, derived, more)).results.map(({ check, evidence }) => `${check} ${evidence.outcome}`)

describe('what is equal holds exactly and in instances', () => {
  it.each([
    ['scalars', 'U = \\frac{1}{1 - a} - \\frac{1}{1 + a}', '\\frac{2 a}{1 - a^2}'],
    ['roots', 'U = \\sqrt{a^2 b}', 'a \\sqrt{b}'],
    ['abbreviations', 'U = D^2', '1 - 2 a^2 + a^4'],
    [
      'ring sums of one shape',
      'U = \\sum_{l=0}^L ((h^l)^2 - 2 a h^l h^{l-1})',
      '\\sum_{l=0}^L h^l (h^l - 2 a h^{l-1})',
    ],
    ['ring sums modulo a shift', 'U = \\sum_{l=0}^L (h^l - h^{l-1})^2', '2 \\sum_{l=0}^L ((h^l)^2 - h^l h^{l+1})'],
    ['modes q and -q', 'U = \\sum_q \\cos q |h_q|^2', '\\sum_q e^{iq} h_q h_{-q}'],
    [
      'functionals by parts',
      'U = \\int dx \\left( \\frac{\\partial h(x)}{\\partial x} \\right)^2',
      '- \\int dx h(x) \\frac{\\partial^2 h(x)}{\\partial x^2}',
    ],
  ])('%s', (_, claimed, derived) => {
    expect(outcomes(claimed, value(derived))).toEqual(['exact holds', 'property holds'])
  })

  it('a middle side that equality joins is compared too', () => {
    expect(outcomes('U = a + a = 2 a', value('2 a'))).toEqual([
      'exact of side 2 holds', 'property of side 2 holds', 'exact holds', 'property holds',
    ]) // biome-ignore format: one list
    expect(outcomes('U = 3 a = 2 a', value('2 a'))).toContain('exact of side 2 refuted')
    expect(outcomes('U = 3 a \\approx 2 a', value('2 a'))).toEqual(['exact holds', 'property holds'])
  })
})

describe('what differs is refuted with a witness', () => {
  it.each([
    ['a sign', 'U = a + b', 'a - b'],
    ['a factor', 'U = 2 a b', 'a b'],
    ['a power', 'U = a^3', 'a^2'],
    ['a difference of one part in 10^12', 'U = a + \\frac{b}{1000000000000}', 'a'],
    ['an index on a ring', 'U = \\sum_{l=0}^L h^l h^{l-2}', '\\sum_{l=0}^L h^l h^{l-1}'],
    ['a coefficient of modes', 'U = \\sum_q (1 + \\cos q) |h_q|^2', '\\sum_q (1 + 2 \\cos q) |h_q|^2'],
    ['the upper end of a sum', 'U = \\sum_{l=0}^{L-1} (h^l)^2', '\\sum_{l=0}^L (h^l)^2'],
    ['a functional', 'U = \\int dx (h(x))^2', '2 \\int dx (h(x))^2'],
  ])('%s', (_, claimed, derived) => {
    const { results } = compare(comparison(claimed, value(derived)))
    const property = results.find(({ check }) => check === 'property')!
    expect(property.evidence.outcome).toBe('refuted')
    expect(property.evidence.witness).not.toBeNull()
    expect(results.filter(({ evidence }) => evidence.outcome === 'holds')).toEqual([])
  })

  it('a witness is shrunk to simple values', () => {
    const { witness } = compareInWorlds(read('a + b'), read('a - b'), notation, { seed: 1, depth: 'standard' })
    expect(witness!.at).toMatchObject({ gain: '1/2', bias: '1' })
    expect([witness!.left, witness!.right]).toEqual(['1.5', '-0.5'])
  })
})

describe('readings', () => {
  const sites = { id: 'sites-L', note: '', replace: [] }
  const readings = [{ reading: sites, rewritings: [{ pattern: symbol('depth'), replacement: read('L - 1') }] }]

  it('are tried when the text as it stands is refuted, and reported', () => {
    const found = compare(comparison('U = L a', value('(L + 1) a'), { readings }))
    expect(found.reading).toBe('sites-L')
    expect(found.results.every(({ evidence }) => evidence.outcome === 'holds')).toBe(true)
  })

  it('are not reported when the text as it stands holds, or when none helps', () => {
    expect(compare(comparison('U = (L + 1) a', value('(L + 1) a'), { readings })).reading).toBeNull()
    const neither = compare(comparison('U = 2 L a', value('(L + 1) a'), { readings }))
    expect(neither.reading).toBeNull()
    expect(neither.results.some(({ evidence }) => evidence.outcome === 'refuted')).toBe(true)
  })
})

describe('conventions that are tried for the report', () => {
  const named = (id: string, to: string) => ({
    reading: { id, note: '', replace: [] },
    rewritings: [{ pattern: symbol('gain'), replacement: read(to) }],
  })

  it('each end by themselves, whatever the others do', () => {
    const readings = [named('opposite', '-a'), named('half', '\\frac{1}{2} a'), named('same', 'a')]
    const found = compareReadings(comparison('U = a b - 1', value('2 a b - 1'), { readings }))
    expect(found.map(({ reading, outcome }) => [reading.id, outcome])).toEqual([
      ['opposite', 'refuted'],
      ['half', 'holds'],
      ['same', 'refuted'],
    ])
  })

  it('turn a variable of integration without turning its measure', () => {
    const quantity = read('h^l')
    const integral = (coupling: string): Expression => ({
      kind: 'measureIntegral',
      measures: [quantity],
      body: read(`e^{-\\sum_{l=0}^L ((h^l)^2 ${coupling} b h^l)}`),
    })
    const turned = rewriteOnce(integral('+ 2'), [{ pattern: quantity, replacement: read('-h^l') }])
    expect(turned.kind === 'measureIntegral' && turned.measures).toEqual([quantity])
    expect(describeTree(turned)).not.toBe(describeTree(integral('+ 2')))
    const claimed = { sides: [integral('+ 2')], relations: [] }
    const claims = (sign: '+ 2' | '- 2') =>
      compareReadings({
        ...comparison('U = a', { kind: 'value', value: integral(sign) }),
        claimed,
        readings: [
          {
            reading: { id: 'turned', note: '', replace: [] },
            rewritings: [{ pattern: quantity, replacement: read('-h^l') }],
          },
        ],
      }).map(({ outcome }) => outcome)
    expect(claims('- 2')).toEqual(['holds'])
    expect(claims('+ 2')).toEqual(['refuted'])
  })
})

describe('equations', () => {
  const derived = (latex: string): Derived => ({ kind: 'formula', formula: readSides(latex) })

  it('hold up to a factor that what they are about does not enter', () => {
    expect(outcomes('2 b^2 = 2 a^2 b^2 + 4', derived('b^2 = \\frac{2}{1 - a^2}'))).toEqual([
      'exact holds',
      'property holds',
    ])
  })

  it('are refuted otherwise', () => {
    expect(outcomes('b^2 = a^2 b^2 + 3', derived('b^2 = \\frac{2}{1 - a^2}'))).toContain('property refuted')
  })
})

describe('orders', () => {
  it('of what is neglected are compared up to a constant', () => {
    expect(outcomes('U = a + \\mathcal{O}(b^2)', value('a + \\mathcal{O}(3 b^2)'))).toContain('order holds')
    expect(outcomes('U = a + \\mathcal{O}(b^3)', value('a + \\mathcal{O}(b^2)'))).toContain('order refuted')
  })

  it('make what holds asymptotic', () => {
    const { results } = compare(
      comparison('U = a + \\mathcal{O}(b^2)', { ...value('a'), leadingOrder: 'b' } as Derived),
    )
    expect(results.every(({ evidence }) => evidence.leadingOrder)).toBe(true)
  })
})

describe('regions', () => {
  const region = (contains: (a: number) => boolean): Derived => ({
    kind: 'region',
    describe: 'a is small',
    contains: (values) => contains(values.get('gain')!),
  })

  it('hold where the printed condition is met exactly there', () => {
    expect(
      outcomes(
        'a^2 < \\frac{1}{4}',
        region((a) => a < 0.5),
      ),
    ).toEqual(['region holds'])
  })

  it.each([
    ['by a millionth', (a: number) => a < 0.500001],
    ['everywhere', (a: number) => a >= 0.5],
  ])('are refuted %s', (_, contains) => {
    expect(outcomes('a^2 < \\frac{1}{4}', region(contains))).toEqual(['region refuted'])
  })

  it('are undecided where the domain does not reach the boundary', () => {
    expect(
      outcomes(
        'a < 2',
        region(() => true),
      ),
    ).toEqual(['region undecided'])
  })
})

describe('what cannot be evaluated', () => {
  it('is undecided, never held', () => {
    expect(outcomes('U = \\langle a \\rangle', value('\\langle a \\rangle + b'))).not.toContain('property holds')
    const found = compareInWorlds(read('\\log(a - 1)'), read('\\log(a - 1)'), notation, { seed: 1, depth: 'quick' })
    expect(found.outcome).not.toBe('refuted')
  })

  it('an identity that is zero by cancellation holds', () => {
    const found = compareInWorlds(read('\\sum_{l=0}^L (h^l - h^{l-1})'), read('0'), notation, {
      seed: 1,
      depth: 'quick',
    })
    expect(found.outcome).toBe('holds')
    expect(compareExactly(read('a - a'), read('0'), notation).outcome).toBe('holds')
  })
})

describe('integrals that a rule of few points does not reach have their tabulated values', () => {
  const gaussian = (body: string): string => `\\int dx \\frac{e^{-\\frac{x^2}{2}}}{\\sqrt{2 \\pi}} ${body}`
  it.each([
    // Fresnel: the real part of (1 - 2 i w)^{-1/2}.
    ['a fast oscillation', '\\cos(5 a x^2)', '\\sqrt{\\frac{1 + \\sqrt{1 + 100 a^2}}{2 (1 + 100 a^2)}}'],
    // Abramowitz and Stegun 26.2: an absolute moment.
    ['a root of a square', '\\sqrt{(b x)^2}', 'b \\sqrt{\\frac{2}{\\pi}}'],
    ['a root with its branch point off the origin', '(\\sqrt{(x - a)^2} - \\sqrt{(x + a)^2})', '0'],
  ])('%s', (_, body, tabulated) => {
    const of = (right: string) =>
      compareInWorlds(read(gaussian(body)), read(right), notation, { seed: 1, depth: 'quick' }).outcome
    expect(of(tabulated)).toBe('holds')
    expect(of(`${tabulated} + \\frac{a}{1000}`)).toBe('refuted')
  })
})
