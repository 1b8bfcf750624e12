import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../../src/report/report.js'
import { parametersText, shortSides, withSimplestWitness } from '../../../src/report/witness-text.js'

describe('a witness', () => {
  it('has its long decimals cut five digits from where they differ, and no whole number', () => {
    expect(shortSides({ left: '0.12345678901234567890', right: '0.12345678901234667890' })).toEqual({
      left: '0.1234567890123456789…',
      right: '0.1234567890123466789…',
    })
    expect(shortSides({ left: '0.123456789012345678901234567', right: '0.523456789012345678901234567' })).toEqual({
      left: '0.1234567890…',
      right: '0.5234567890…',
    })
  })

  it('keeps whole numbers and short decimals', () => {
    const whole = { left: '123456789012345678', right: '0.5' }
    expect(shortSides(whole)).toEqual(whole)
    expect(shortSides({ left: '1234567890123.123456789012', right: '1' }).left).toBe('1234567890123.123456789012')
  })

  it('still differs after that, in the part that differs', () => {
    const sides = shortSides({ left: '-1055.00617283950617283 - 24i', right: '-1055.00617283950617283 - 16i' })
    expect(sides).toEqual({ left: '-1055.0061728… - 24i', right: '-1055.0061728… - 16i' })
  })

  it('names its parameters', () => {
    expect(parametersText({ at: { N: '10', L: '1' } })).toBe('N = 10, L = 1')
    expect(parametersText({ at: {} })).toBe('any values')
  })
})

describe('of several witnesses the simplest', () => {
  const check = (name: string, at: Readonly<Record<string, string>>, left = '1'): CheckReport => ({
    method: 'exact', target: 'printed', outcome: 'refuted', summary: '', witness: { at, left, right: '2' }, numbers: {}, name,
  }) // biome-ignore format: one object
  const simplest = (...checks: readonly CheckReport[]) => withSimplestWitness(checks)?.name

  it('has its values in full', () => {
    const full = check('full', { a: '1', b: '2', L: '3' })
    expect(simplest(check('seeded', { fields: 'seed 0' }), full)).toBe('full')
    expect(simplest(check('cut', { a: '0.1234…' }), full)).toBe('full')
  })

  it('is real rather than complex', () => {
    const real = check('real', { a: '1', b: '2' })
    expect(simplest(check('complex', { a: '1 + 2i' }), real)).toBe('real')
    expect(simplest(check('complex side', { a: '1' }, '0.5 - 1i'), real)).toBe('real')
    expect(simplest(check('a pi', { a: '2 pi 3/5' }), real)).toBe('a pi')
  })

  it('has few parameters, and is the first of as simple ones', () => {
    expect(simplest(check('two', { a: '1', b: '2' }), check('one', { a: '1' }), check('other', { b: '1' }))).toBe('one')
    expect(simplest({ ...check('none', {}), witness: null })).toBeUndefined()
  })
})
