import { describe, expect, it } from 'vitest'
import { plainMath, prose } from '../../../../../src/report/html/words/prose.js'

const reference = (name: string): string | null => (name === '14' || name === 'p/eq-14' ? 'eq-14.html' : null)

describe('a text on a page', () => {
  it('links the equations and statements that it names, if they have a page', () => {
    expect(prose('as (14) has it, not (99); p/eq-14.', reference).text).toBe(
      'as <a href="eq-14.html">(14)</a> has it, not (99); <a href="eq-14.html">p/eq-14</a>.',
    )
  })

  it('has formulas in plain text as a page shows them', () => {
    expect(plainMath('2 pi/Gamma(n/2), sigma_w^2 -> 1, sqrt(N) <= 3e-10 and 1.1e-10, -5')).toBe(
      '2 π/Γ(n/2), σ_w^2 → 1, √(N) ≤ 3 × 10⁻¹⁰ and 1.1 × 10⁻¹⁰, −5',
    )
    expect(plainMath('720.25958292… - 507.45908591…i')).toBe('720.25958292… − 507.45908591…i')
    expect(plainMath('pixel, beta-decay, 1e, chi2, see-beta')).toBe('pixel, beta-decay, 1e, chi2, see-beta')
  })

  it('sets its LaTeX, without the stops and brackets around it', () => {
    const { text } = prose('lacks \\alpha^L, as (\\sqrt{2 N}) does', reference)
    expect(text).toContain('<annotation encoding="application/x-tex">\\alpha^L</annotation>')
    expect(text).toContain('<annotation encoding="application/x-tex">\\sqrt{2 N}</annotation>')
    expect(text).toMatch(/<\/span>, as \(<span/)
  })

  it('is escaped', () => {
    expect(prose('<b>a</b> & {b', reference).text).toBe('&lt;b&gt;a&lt;/b&gt; &amp; {b')
  })
})
