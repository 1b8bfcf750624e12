import { describe, expect, it } from 'vitest'
import { parametersText, shortSides } from '../../../src/report/witness-text.js'

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
