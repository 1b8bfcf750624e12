import { describe, expect, it } from 'vitest'
import { type Check, confirm, type Derivation, derive } from '../../../src/audit/derivation.js'
import type { Evidence } from '../../../src/audit/evidence.js'
import { groundworkOf } from '../../../src/audit/groundwork.js'
import { preparePaper } from '../../../src/audit/prepare.js'
import { type AuditOptions, auditPaper } from '../../../src/audit/runner.js'
import { InputError } from '../../../src/expression/errors.js'
import { add, type Expression, type Formula, multiply, negate, rational } from '../../../src/expression/expression.js'
import { readSides, toyPaper } from './fixtures.js'

const statements = `
- { id: eq-1, section: 1, role: definition, about: start, printed: 'U = a' }
- { id: eq-2, section: 1, about: doubled, printed: 'U = 3 a', corrected: 'U = 2 a' }
- { id: eq-3, section: 1, about: inherits, printed: 'U = 3 a + b', corrected: 'U = 2 a + b' }
- { id: eq-4, section: 1, about: own error, printed: 'U = 2 a - b', corrected: 'U = -2 a - b' }
- { id: eq-5, section: 1, about: by hand, printed: '?', encoding: hand, encodingReason: a picture }
- { id: eq-6, section: 1, about: from what is by hand, printed: 'U = b' }
`
const last = (formula: Formula): Expression => formula.sides.at(-1)!
const bias = last(readSides('U = b'))
const derivations: readonly Derivation[] = [
  derive('eq-2', { start: 'eq-1' }, 'twice', ({ start }) => multiply(rational(2), last(start))),
  derive('eq-3', { doubled: 'eq-2' }, 'plus b', ({ doubled }) => add(last(doubled), bias)),
  derive('eq-4', { third: 'eq-3' }, 'negated', ({ third }) => negate(last(third))),
  derive('eq-5', {}, 'b', () => bias),
  derive('eq-6', { hand: 'eq-5' }, 'the same', ({ hand }) => last(hand)),
]
const declared = { derivations, confirmations: [], figures: [] }
const prepared = preparePaper(toyPaper(statements), declared)
const options: AuditOptions = {
  seed: 1,
  depth: 'quick',
  simulate: () => Promise.reject(new Error('nothing is to be simulated')),
}
const audit = async (more: Partial<AuditOptions> = {}, paper = prepared) => {
  const { results } = await auditPaper(paper, { ...options, ...more })
  return new Map(results.map((result) => [result.statement.id.slice(4), result]))
}

describe('an audit', () => {
  it('derives from what is corrected, and finds where an error first enters', async () => {
    const results = await audit()
    const found = [...results].map(([id, { verdict, origin }]) => [id, verdict, origin])
    expect(found).toEqual([
      ['eq-1', 'definition', null],
      ['eq-2', 'erratum', 'toy/eq-2'],
      ['eq-3', 'erratum', 'toy/eq-2'],
      ['eq-4', 'erratum', 'toy/eq-4'],
      ['eq-5', 'open', null],
      ['eq-6', 'proved', null],
    ])
  })

  it('of one statement gives what the audit of all gives', async () => {
    const all = await audit()
    for (const id of all.keys()) expect((await audit({ only: new Set([`toy/${id}`]) })).get(id)).toEqual(all.get(id))
  })

  it('with the same seed gives the same results', async () => {
    expect(await audit()).toEqual(await audit())
  })

  it('whose groundwork is done elsewhere gives the same results, and does here what cannot be done there', async () => {
    const asked: string[] = []
    const common = { seed: 1, depth: 'quick', secondEngine: null, overrides: new Map(), instead: null } as const
    const groundwork = async (id: string) => {
      asked.push(id)
      // As it arrives from another thread.
      return id === 'toy/eq-3' ? null : structuredClone(await groundworkOf(prepared, id, common))
    }
    expect(await audit({ groundwork })).toEqual(await audit())
    expect([...asked].sort()).toEqual([...(await audit()).keys()].map((id) => `toy/${id}`))
  })

  it('whose groundwork is done elsewhere stops when asked to', async () => {
    const stop = new AbortController()
    const groundwork = async (id: string) => {
      if (id !== 'toy/eq-1') stop.abort()
      stop.signal.throwIfAborted()
      return null
    }
    const outcome = await auditPaper(prepared, { ...options, groundwork, signal: stop.signal })
    expect(outcome.interrupted).toBe(true)
    expect(outcome.results.length).toBeLessThan(6)
  })

  it('lets what follows from a given premise follow it, at any distance', async () => {
    const overrides = new Map([['toy/eq-1', readSides('U = a^2')]])
    const instead = new Map([['toy/eq-3', readSides('U = 2 a^2 + b')]])
    const only = new Set(['toy/eq-3'])
    expect((await audit({ only, overrides, instead })).get('eq-3')!.verdict).toBe('proved')
    expect((await audit({ only, instead })).get('eq-3')!.verdict).toBe('refuted')
  })

  it('tests another formula in the place of the printed one, without the correction', async () => {
    const instead = new Map([['toy/eq-2', readSides('U = a + a')]])
    const result = (await audit({ only: new Set(['toy/eq-2']), instead })).get('eq-2')!
    expect(result.verdict).toBe('proved')
    expect(result.results.every(({ evidence }) => evidence.target === 'printed')).toBe(true)
  })

  it('reports a statement that cannot be read and audits the others', async () => {
    const broken = preparePaper(toyPaper(statements.replace("'U = 3 a + b'", "'U = \\\\frac{3 a'")), declared)
    const results = await audit({}, broken)
    expect(results.get('eq-3')!.verdict).toBe('open')
    expect(results.get('eq-3')!.error!.message).toMatch(/toy\/eq-3, data\/toy\/statements\.yaml:4:\d+/)
    expect(results.get('eq-2')!.verdict).toBe('erratum')
  })

  it('reports a derivation that fails and audits the others', async () => {
    const failing = derive('eq-6', {}, 'fails', () => {
      throw new RangeError('no luck')
    })
    const paper = preparePaper(toyPaper(statements), {
      ...declared,
      derivations: [...derivations.slice(0, 4), failing],
    })
    const results = await audit({}, paper)
    expect(results.get('eq-6')!.error!.message).toBe('toy/eq-6: its derivation fails: RangeError: no luck')
    expect(results.get('eq-2')!.verdict).toBe('erratum')
  })

  it.each([
    ['a promise', async () => bias],
    ['undefined', () => undefined],
    ['a string', () => 'b'],
    ['null', () => null],
  ])('reports a derivation that returns %s and audits the others', async (what, compute) => {
    // As JavaScript may: the types refuse it.
    const odd = derive('eq-6', {}, 'no formula', compute as unknown as () => typeof bias)
    const paper = preparePaper(toyPaper(statements), { ...declared, derivations: [...derivations.slice(0, 4), odd] })
    const results = await audit({}, paper)
    expect(results.get('eq-6')!.error!.message).toContain(`toy/eq-6: a derivation returns a formula, not ${what}; `)
    expect(results.get('eq-2')!.verdict).toBe('erratum')
  })

  it('stops when asked to, with what was done', async () => {
    const stop = new AbortController()
    const outcome = await auditPaper(prepared, {
      ...options,
      signal: stop.signal,
      onResult: (_, done) => done === 2 && stop.abort(),
    })
    expect(outcome.interrupted).toBe(true)
    expect(outcome.results).toHaveLength(2)
  })
})

describe('checks', () => {
  const evidence = (outcome: Evidence['outcome'], numbers: Evidence['numbers'] = {}): Evidence => ({
    method: 'numeric', target: 'printed', outcome, summary: 's', witness: null, numbers,
  }) // biome-ignore format: one object
  const withCheck = (run: () => Evidence) => {
    const check: Check = { kind: 'direct', name: 'probe', run }
    return preparePaper(toyPaper(statements), { ...declared, confirmations: [confirm('eq-6', check)] })
  }

  it('that fail or give NaN are undecided, never evidence', async () => {
    const failing = withCheck(() => {
      throw new TypeError('broken')
    })
    const nan = withCheck(() => evidence('holds', { z: Number.NaN, digits: 3 }))
    for (const paper of [failing, nan]) {
      const { results } = (await audit({}, paper)).get('eq-6')!
      const probe = results.find(({ check }) => check === 'probe')!
      expect(probe.evidence.outcome).toBe('undecided')
      expect(probe.evidence.numbers['z']).toBeUndefined()
    }
  })

  it('can refute what algebra proves', async () => {
    expect(
      (
        await audit(
          {},
          withCheck(() => evidence('refuted')),
        )
      ).get('eq-6')!.verdict,
    ).toBe('refuted')
  })
})

describe('the graph of premises', () => {
  const prepareWith =
    (...more: readonly Derivation[]) =>
    () =>
      preparePaper(toyPaper(statements), { ...declared, derivations: more })
  const nothing = () => rational(0)

  it.each([
    [
      'a premise that does not exist',
      [derive('eq-2', { x: 'eq-99' }, '', nothing)],
      /toy\/eq-2: derived from 'toy\/eq-99', which is no statement/,
    ],
    [
      'a derivation of no statement',
      [derive('eq-99', {}, '', nothing)],
      /a derivation of 'toy\/eq-99', which is no statement/,
    ],
    ['two derivations', [derive('eq-2', {}, '', nothing), derive('eq-2', {}, '', nothing)], /toy\/eq-2: derived twice/],
    [
      'a circle',
      [
        derive('eq-2', { x: 'eq-3' }, '', nothing),
        derive('eq-3', { x: 'eq-4' }, '', nothing),
        derive('eq-4', { x: 'eq-2' }, '', nothing),
      ],
      /premises run in a circle: toy\/eq-2 <- toy\/eq-3 <- toy\/eq-4 <- toy\/eq-2/,
    ],
  ])('%s is refused by name', (_, list, message) => {
    expect(prepareWith(...list)).toThrow(InputError)
    expect(prepareWith(...list)).toThrow(message)
  })

  it('checks of what does not exist are refused', () => {
    expect(() => preparePaper(toyPaper(statements), { ...declared, confirmations: [confirm('eq-9')] })).toThrow(/eq-9/)
  })
})
