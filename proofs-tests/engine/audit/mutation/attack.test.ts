import { describe, expect, it } from 'vitest'
import { directCheck } from '../../../../src/audit/checks/direct.js'
import { confirm, derive } from '../../../../src/audit/derivation.js'
import { onlyRenamesMeasures } from '../../../../src/audit/equivalent.js'
import { attackStatement } from '../../../../src/audit/mutation/attack.js'
import { mutants } from '../../../../src/audit/mutation/mutants.js'
import { passes, tally } from '../../../../src/audit/mutation/tally.js'
import { preparePaper } from '../../../../src/audit/prepare.js'
import { mutationText } from '../../../../src/cli/mutation-text.js'
import { keyOf } from '../../../../src/expression/expression.js'
import { notation, read, readSides, toyPaper } from '../fixtures.js'

const statement = (id: string, printed: string, more = ''): string =>
  `- { id: ${id}, section: 1, about: toy, printed: '${printed}'${more} }\n`
const options = { seed: 1, each: 100, simulate: () => Promise.reject(new Error('no networks here')) }
const paper = (text: string, ...derivations: readonly ReturnType<typeof derive>[]) =>
  preparePaper(toyPaper(text), { derivations, confirmations: [], figures: [] })

describe('mutants', () => {
  const formula = readSides('U = \\sum_{l=0}^L ((h^l)^2 - 2 a h^l h^{l-1}) + b')

  it('differ from the formula and from one another', () => {
    const keys = mutants(formula, notation, 100).map((mutant) => mutant.formula.sides.map(keyOf).join(' '))
    expect(keys.length).toBeGreaterThan(20)
    expect(new Set([...keys, formula.sides.map(keyOf).join(' ')]).size).toBe(keys.length + 1)
  })

  it('are at most so many of each operator, and every one is among all', () => {
    const all = new Set(mutants(formula, notation, 100).map(({ operator, place }) => `${operator} at ${place}`))
    const few = mutants(formula, notation, 2)
    for (const { operator, place } of few) expect(all).toContain(`${operator} at ${place}`)
    for (const name of new Set(few.map(({ operator }) => operator)))
      expect(few.filter(({ operator }) => operator === name).length).toBeLessThanOrEqual(2)
  })

  it('alter every stated side, and never what is defined', () => {
    const chain = readSides('b = a + 1 = 1 + a')
    for (const { formula: altered } of mutants(chain, notation, 100)) {
      expect(altered.sides[0]).toBe(chain.sides[0])
      expect(altered.sides.filter((side, k) => side !== chain.sides[k])).toHaveLength(1)
    }
  })
})

describe('an attack', () => {
  it('refutes every alteration of what is derived', async () => {
    const prepared = paper(
      statement('eq-1', 'b = 2 a + 1'),
      derive('eq-1', {}, '', () => read('2 a + 1')),
    )
    const { mutants: found } = await attackStatement(prepared, 'toy/eq-1', options)
    expect(found.filter(({ fate }) => fate !== 'refuted')).toEqual([])
    expect(found.length).toBeGreaterThan(8)
  })

  it('leaves out a statement that is refuted as it is, and does not pass', async () => {
    const derived = derive('eq-1', {}, '', () => read('2 a + 1'))
    const wrong = await attackStatement(paper(statement('eq-1', 'b = 3 a + 1'), derived), 'toy/eq-1', options)
    expect(wrong).toMatchObject({ refuted: 'property', mutants: [] })
    expect(passes([wrong])).toBe(false)
    expect(mutationText([wrong])).toContain('refuted as it is: toy/eq-1')
    const alsoWrong = statement('eq-1', 'b = 3 a + 1', ", corrected: 'b = a + 1'")
    expect(await attackStatement(paper(alsoWrong, derived), 'toy/eq-1', options)).toMatchObject({ refuted: 'property' })
    const corrected = statement('eq-1', 'b = 3 a + 1', ", corrected: 'b = 2 a + 1'")
    const right = await attackStatement(paper(corrected, derived), 'toy/eq-1', options)
    expect(right.refuted).toBeUndefined()
    expect(passes([right])).toBe(true)
  })

  it('throws out what says the same, with the reason', async () => {
    const sum = '\\sum_{l=0}^L h^l h^{l-1}'
    const prepared = paper(
      statement('eq-1', `U = ${sum}`),
      derive('eq-1', {}, '', () => read(sum)),
    )
    const { mutants: found } = await attackStatement(prepared, 'toy/eq-1', options)
    expect(found.filter(({ fate }) => fate === 'survived')).toEqual([])
    expect(found.some(({ operator, fate }) => operator === 'index' && fate === 'refuted')).toBe(true)
    const swapped = paper(
      statement('eq-1', 'D = a b'),
      derive('eq-1', {}, '', () => read('a b')),
    )
    const symmetric = await attackStatement(swapped, 'toy/eq-1', options)
    expect(symmetric.mutants.find(({ operator }) => operator === 'swap')).toMatchObject({
      fate: 'equivalent',
      reason: 'same normal form',
    })
  })

  it('lists what no check notices, unless the data explain it', async () => {
    const blind = confirm(
      'eq-1',
      directCheck('says yes', 'numeric', () => ({ holds: true, summary: 'whatever it is' })),
    )
    const make = (more: string) =>
      preparePaper(toyPaper(statement('eq-1', 'b = 2 a', more)), {
        derivations: [],
        confirmations: [blind],
        figures: [],
      })
    const gap = await attackStatement(make(''), 'toy/eq-1', options)
    expect(gap.mutants.length).toBeGreaterThan(3)
    expect(gap.mutants.every(({ fate, reason }) => fate === 'survived' && /whatever/.test(reason))).toBe(true)
    expect(passes([gap])).toBe(false)
    const explained = await attackStatement(
      make(", survivors: [{ mutant: [nothing, 'sign at 0'], why: a toy }, { mutant: '\\pi 2 a', why: nowhere }]"),
      'toy/eq-1',
      options,
    )
    expect(explained.mutants.filter(({ fate }) => fate === 'explained')).toMatchObject([
      { operator: 'sign', place: 0, reason: 'a toy' },
    ])
  })

  it('knows an integral over all sites by whichever site its measure is named at', () => {
    const [original, renamed, other] = ['[dh^l]', '[dh^{l+1}]', '[dh^l] 2'].map((measure) =>
      readSides(`\\int ${measure} \\exp(-\\sum_{l=0}^L (h^l)^2)`),
    )
    expect(onlyRenamesMeasures(original!, renamed!, notation)).toBe(true)
    expect(onlyRenamesMeasures(original!, other!, notation)).toBe(false)
  })

  it('leaves definitions alone', async () => {
    const { skipped, mutants: found } = await attackStatement(paper(statement('eq-1', 'b = a')), 'toy/eq-1', options)
    expect(skipped).toMatch(/definition/)
    expect(found).toEqual([])
  })
})

describe('the share', () => {
  const of = (fate: 'refuted' | 'survived' | 'explained' | 'equivalent', count: number) =>
    Array.from({ length: count }, (_, place) => ({ operator: 'sign', place, latex: '', fate, reason: '' }) as const)
  const run = (...mutants: ReturnType<typeof of>) => [{ statement: 'toy/eq-1', skipped: null, mutants }]

  it('leaves out what says the same, and counts what is explained against it', () => {
    expect(tally([...of('refuted', 3), ...of('explained', 1), ...of('equivalent', 9)]).share).toBe(0.75)
  })

  it('must be 99 %, with nothing unexplained', () => {
    expect(passes(run(...of('refuted', 99), ...of('explained', 1)))).toBe(true)
    expect(passes(run(...of('refuted', 98), ...of('explained', 2)))).toBe(false)
    expect(passes(run(...of('refuted', 9999), ...of('survived', 1)))).toBe(false)
  })
})
