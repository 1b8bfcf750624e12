import { describe, expect, it } from 'vitest'
import { compare } from '../../../src/audit/compare/compare.js'
import { atIndexOf, shiftsBetween } from '../../../src/audit/compare/shifted.js'
import { notation, read, readSides } from './fixtures.js'

const outcomes = (claimed: string, derived: string) => {
  const { results } = compare({
    claimed: readSides(claimed),
    derived: { kind: 'formula', formula: readSides(derived) },
    named: readSides(claimed).sides[0]!,
    target: 'printed',
    notation,
    abbreviations: [],
    readings: [],
    seed: 3,
    depth: 'quick',
    secondEngine: null,
  })
  return new Set(results.map(({ evidence }) => evidence.outcome))
}

describe('a recursion that is derived at another index than it is printed at', () => {
  it.each([
    ['one step on', 'h^{l+1} = a (h^l)^2 + b'],
    ['where it is derived', 'h^l = a (h^{l-1})^2 + b'],
    ['two steps back', 'h^{l-2} = a (h^{l-3})^2 + b'],
  ])('holds %s', (_, claimed) => {
    expect(outcomes(claimed, 'h^l = a (h^{l-1})^2 + b')).toEqual(new Set(['holds']))
  })

  it('is refuted where it is wrong at every index', () => {
    expect(outcomes('h^{l+1} = 2 a (h^l)^2 + b', 'h^l = a (h^{l-1})^2 + b')).toContain('refuted')
    expect(outcomes('h^{l+1} = a (h^{l-1})^2 + b', 'h^l = a (h^{l-1})^2 + b')).toContain('refuted')
  })

  it('and solved for another place holds as it did', () => {
    expect(outcomes('h^{l+1} = a h^l - h^{l-1}', 'h^{l-1} = a h^l - h^{l+1}')).toEqual(new Set(['holds']))
  })
})

describe('the shift between two quantities', () => {
  it('is told by their letters', () => {
    expect(shiftsBetween(read('h^{l-1}'), read('h^{l+1}'))).toEqual(new Map([['l', 2]]))
    expect(shiftsBetween(read('h^l'), read('h^l'))).toBeNull()
    expect(shiftsBetween(read('h^l'), read('h^0'))).toBeNull()
    expect(shiftsBetween(read('h^l'), read('h_q'))).toBeNull()
    expect(shiftsBetween(read('a'), read('b'))).toBeNull()
  })

  it('leaves the letters of sums alone', () => {
    const moved = atIndexOf(readSides('h^{l+1} = b'), readSides('h^l = h^{l-1} + \\sum_{l=0}^L h^l'))
    expect(moved).toEqual(readSides('h^{l+1} = h^l + \\sum_{l=0}^L h^l'))
  })
})
