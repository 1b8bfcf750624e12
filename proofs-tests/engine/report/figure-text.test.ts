import { describe, expect, it } from 'vitest'
import { escaped, textMarkup, textPieces, textWidth } from '../../../src/report/figure-text.js'

describe('text in drawings', () => {
  it('has its indices lowered and raised', () => {
    expect(textPieces('σ_w² of z^{12}')).toEqual([
      { text: 'σ', place: 'line' },
      { text: 'w', place: 'below' },
      { text: '² of z', place: 'line' },
      { text: '12', place: 'above' },
    ])
  })

  it('comes back to the line after an index', () => {
    const shifts = [...textMarkup('a_b^c d').matchAll(/dy="(-?\d+)"/g)].map((match) => Number(match[1]))
    expect(shifts).toEqual([3, -7, 4])
    expect(shifts.reduce((a, b) => a + b)).toBe(0)
  })

  it('is no markup of its own', () => {
    expect(textMarkup('<b> & "q"')).toBe('&lt;b&gt; &amp; &quot;q&quot;')
    expect(escaped('a\u0000\u001fb')).toBe('ab')
  })

  it('is as wide as Helvetica sets it, and a sixth more for a font that stands in', () => {
    // "simulation" has 500+222+833+556+222+556+278+222+556+556 thousandths in Helvetica's metrics.
    expect(textWidth('simulation') / (11 * 4.501)).toBeCloseTo(1.18, 5)
    expect(textWidth('x_i')).toBeLessThan(textWidth('xi'))
  })
})
