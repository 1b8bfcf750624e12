import { describe, expect, it } from 'vitest'
import { withDefinitions } from '../../../src/audit/compare/replace.js'
import {
  add,
  componentsOf,
  type Expression,
  index,
  indexed,
  multiply,
  negate,
  partIn,
  placed,
  placeOf,
  power,
  rational,
  renamed,
  stated,
  symbol,
  withLetter,
  without,
  withoutSlot,
} from '../../../src/expression/index.js'

const field = (neuron: number, layer: number): Expression => placed('field', { neuron, layer })
const noise = symbol('noise')

describe('components', () => {
  it('stand at the numbers given, in the order of the slots', () => {
    expect(field(1, 2)).toEqual(
      indexed('field', { slot: 'neuron', index: index(null, 1) }, { slot: 'layer', index: index(null, 2) }),
    )
    expect(placed('weight', { neuron: [1, 2], layer: 3 }).indices.map((s) => [s.slot, s.index.offset])).toEqual([
      ['neuron', 1],
      ['neuron', 2],
      ['layer', 3],
    ])
  })

  it('tell their place at a slot, and null where they have none', () => {
    expect(placeOf(field(1, 2), 'layer')).toBe(2)
    expect(placeOf(field(1, 2), 'pattern')).toBeNull()
    expect(placeOf(noise, 'layer')).toBeNull()
  })

  it('of a name are listed once each, in reading order', () => {
    const e = add(multiply(field(1, 1), field(2, 1)), power(field(1, 1), 2), placed('other', { layer: 1 }))
    expect(componentsOf(e, ['field'])).toEqual([field(1, 1), field(2, 1)])
  })

  it('part of an expression that depends on them, and the rest: both add up to the whole', () => {
    const e = add(multiply(add(field(1, 1), noise), noise), rational(3), multiply(noise, placed('other', { layer: 1 })))
    expect(without(e, ['field'])).toEqual(
      add(multiply(noise, noise), rational(3), multiply(noise, placed('other', { layer: 1 }))),
    )
    expect(partIn(e, ['field'])).toEqual(add(multiply(add(field(1, 1), noise), noise), negate(multiply(noise, noise))))
    expect(partIn(noise, ['field'])).toEqual(rational(0))
  })

  it('take other names at the same places', () => {
    const names = new Map([['field', 'referenceField']])
    expect(renamed(multiply(field(1, 2), noise), names)).toEqual(
      multiply(placed('referenceField', { neuron: 1, layer: 2 }), noise),
    )
  })

  it('become quantities with a letter, counted from the first, or lose a slot', () => {
    const e = multiply(field(1, 1), field(1, 2))
    const lettered = withLetter(e, 'layer', 'l')
    expect(componentsOf(lettered, ['field']).map((q) => q.indices[1])).toEqual([
      { slot: 'layer', index: index('l', 0) },
      { slot: 'layer', index: index('l', 1) },
    ])
    expect(withoutSlot(field(1, 2), 'neuron')).toEqual(placed('field', { layer: 2 }))
  })

  it('follow the definitions of what they are, whatever the index', () => {
    const letter = indexed('mean', { slot: 'layer', index: index('l') })
    const definition = { sides: [letter, add(indexed('field', { slot: 'layer', index: index('l') }), noise)], relations: ['='] } as const // biome-ignore format: one formula
    expect(withDefinitions(placed('mean', { layer: 3 }), definition)).toEqual(add(placed('field', { layer: 3 }), noise))
  })

  it('that have no value are unknown functions', () => {
    expect(stated('summed over', noise)).toEqual({
      kind: 'apply',
      name: 'summed over',
      indices: [],
      arguments: [noise],
    })
  })
})
