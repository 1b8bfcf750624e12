import { describe, expect, it } from 'vitest'
import { formulasIn } from '../../../src/source/split-formulas.js'
import { trimLatex, trimLatexEnd } from '../../../src/source/trim-latex.js'
import { stopwatch } from '../stopwatch.js'

describe('a formula without spaces and marks around it', () => {
  it.each([
    [' \\, a = b . ', 'a = b'],
    ['\\quad , x = \\left. y \\right. ,', 'x = \\left. y \\right.'],
    ['a = b \\qquad', 'a = b'],
    ['a = b \\;', 'a = b'],
    ['a \\quadrant', 'a \\quadrant'],
    ['\\quadrant', '\\quadrant'],
    [' . ', ''],
    ['', ''],
  ])('%j is %j', (latex, expected) => expect(trimLatex(latex)).toBe(expected))

  it('keeps its beginning where only the end is asked for', () => expect(trimLatexEnd(' a,')).toBe(' a'))

  it('is found in time in texts of nothing else', () => {
    const elapsed = stopwatch()
    for (const one of [' ', '.', '~', ', ', '\\quad ', '. x']) {
      expect(trimLatex(one.repeat(10_000)).length).toBeLessThanOrEqual(30_000)
      expect(formulasIn(`a =${one.repeat(7000)} b`).length).toBeGreaterThan(0)
    }
    expect(elapsed()).toBeLessThan(3000)
  })
})
