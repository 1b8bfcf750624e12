import { expect, test } from 'vitest'
import { LatexError } from '../../../src/expression/errors.js'
import { keyOf } from '../../../src/expression/expression.js'
import { withLocal } from '../../../src/expression/notation.js'
import { readFormula } from '../../../src/expression/read-latex.js'
import { toLatex } from '../../../src/expression/write-latex.js'
import { canonical } from './canonical.js'
import { corpus } from './corpus.js'
import { locals, notation } from './notation.js'

/** What no reader can take as one closed formula, and what it must say. */
const refused = new Map<number, RegExp>([
  [4, /dots leave the formula open/],
  [20, /several formulas in one/],
  [26, /dots leave the formula open/],
  [27, /dots leave the formula open/],
  [28, /dots leave the formula open/],
  [84, /several formulas in one/],
  [98, /several formulas in one/],
  [100, /the words "h\.c\."/],
])

const notationOf = (n: number) => withLocal(notation, locals.get(n) ?? [])

test('the corpus has lost no formula', () => {
  expect(corpus.size).toBe(100)
  expect([...corpus.keys()].filter((n) => !refused.has(n))).toHaveLength(92)
})

for (const [n, latex] of corpus) {
  const reason = refused.get(n)
  if (reason)
    test(`(${n}) is refused with the reason and the column`, () => {
      expect(() => readFormula(latex, notationOf(n))).toThrow(LatexError)
      expect(() => readFormula(latex, notationOf(n))).toThrow(reason)
      expect(() => readFormula(latex, notationOf(n))).toThrow(/column \d+/)
    })
  else
    test(`(${n}) is read, and what is written of it reads back as the same`, () => {
      const formula = readFormula(latex, notationOf(n))
      const again = readFormula(toLatex(formula, notationOf(n)), notationOf(n))
      expect(again.relations).toEqual(formula.relations)
      expect(again.sides.map((s) => keyOf(canonical(s)))).toEqual(formula.sides.map((s) => keyOf(canonical(s))))
    })
}
