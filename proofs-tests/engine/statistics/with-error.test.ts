import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withError } from '../../../src/statistics/with-error.js'

describe('a number with its standard error', () => {
  it.each([
    [3.0797, 0.0035, '3.0797 ± 0.0035'],
    [3.08045, 0.00994, '3.0804 ± 0.0099'],
    [8.02529, 0.8, '8.03 ± 0.80'],
    [0.230351, 0.0097, '0.2304 ± 0.0097'],
    [-12.345, 1.26, '-12.3 ± 1.3'],
    [12345, 678, '12350 ± 680'],
    [1.2344e-12, 1.2e-14, '(1.234 ± 0.012)e-12'],
    [2e9, 3e7, '(2.000 ± 0.030)e9'],
    [0, 0.0996, '0.00 ± 0.10'],
    [1, 0, '1 ± 0'],
  ])('%d and %d: %s', (value, error, text) => {
    expect(withError(value, error)).toBe(text)
  })

  it('is off by less than the last digit shown, which is the second of the error', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5e5, max: 5e5, noNaN: true }),
        fc.integer({ min: -7, max: 4 }),
        fc.double({ min: 1, max: 9.9, noNaN: true }),
        (value, exponent, mantissa) => {
          const error = mantissa * 10 ** exponent
          const [shown, shownError] = withError(value, error).split(' ± ').map(Number) as [number, number]
          const lastPlace = 10 ** (Math.floor(Math.log10(shownError) + 1e-9) - 1)
          expect(Math.abs(shown - value)).toBeLessThanOrEqual(0.51 * lastPlace)
          expect(Math.abs(shownError - error)).toBeLessThanOrEqual(0.051 * error)
        },
      ),
    )
  })
})
