import { describe, expect, it } from 'vitest'
import { allNumbers, numberSentences, shortNumber, spaced } from '../../../../../src/report/html/words/numbers.js'
import type { CheckReport } from '../../../../../src/report/report.js'

const check: CheckReport = {
  method: 'sampled',
  target: 'printed',
  outcome: 'holds',
  summary: '',
  witness: null,
  name: 'norms',
  numbers: { pValue: 0.1561, power: 0.999, significance: 2.0000000000000002e-7, z: 1.444 },
}

describe('numbers of evidence', () => {
  it('have no more digits than a reader needs', () => {
    const shown = [1024, -3, 0.0021611367, 3.84e-14, 1.2345678, 2.0000000000000002e-7, 1e9, 0].map(shortNumber)
    expect(shown).toEqual(['1024', '−3', '0.002161', '3.84 × 10⁻¹⁴', '1.235', '2 × 10⁻⁷', '1 × 10⁹', '0'])
  })

  it('of networks say p, power and the chance of a false alarm', () => {
    expect(numberSentences(check)).toEqual([
      'Taken alone, the largest deviation has p = 0.16; a deviation of the size named is caught with probability 0.999; a true claim is refuted by chance with probability at most 2 × 10⁻⁷, all comparisons together.',
    ])
  })

  it('never call a probability zero', () => {
    const [sentence] = numberSentences({ ...check, outcome: 'refuted', numbers: { pValue: 0 } })
    expect(sentence).toBe('Taken alone, the largest deviation has p < 10⁻¹⁵.')
  })

  it('of exact algebra say what the second engine says', () => {
    const said = (secondEngine: string): string =>
      numberSentences({ ...check, method: 'exact', numbers: { secondEngine } }).join()
    expect(said('agrees')).toBe('A second, independent algebra engine agrees.')
    expect(said('no opinion')).toContain('could not decide')
    expect(said('disagrees')).toContain('disagrees; where engines disagree, numbers decide')
  })

  it('are all there, named in words', () => {
    expect(allNumbers({ seed: 2432540845, largestDetectable: 0.25, widths: [100, 200], sizes: 'L = 1' })).toEqual([
      ['seed', '2432540845'],
      ['largest detectable', '0.25'],
      ['widths', '100, 200'],
      ['sizes', 'L = 1'],
    ])
    expect(spaced('weightStandardDeviation[l-1]')).toBe('weight standard deviation [l-1]')
    expect(spaced('\\sigma_w^2')).toBe('\\sigma_w^2')
  })
})
