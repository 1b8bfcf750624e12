import { describe, expect, test } from 'vitest'
import { decideEqual, type Equality } from '../../../src/exact/equality.js'
import { normalForm } from '../../../src/exact/normal-form.js'
import { loadSecondEngine } from '../../../src/exact/second-engine.js'
import { expandInSmall } from '../../../src/exact/series.js'
import { simplify } from '../../../src/exact/simplify.js'
import { InputError, LimitError } from '../../../src/expression/errors.js'
import { add, type Expression, multiply, power, rational, symbol } from '../../../src/expression/expression.js'
import { readFormula } from '../../../src/expression/read-latex.js'
import { exactly, spend } from '../../../src/numeric/budget.js'
import { declare, families } from '../expression/notation.js'

const notation = {
  families,
  variables: [],
  symbols: [...[...'abcdxyz'].map((name) => declare(name, 'scalar', name)), declare('f', 'function', 'F')],
}
const read = (latex: string): Expression => readFormula(latex, notation).sides[0]!
const nested = (f: (inner: string) => string, depth: number): string => {
  let text = 'x'
  for (let k = 0; k < depth; k++) text = f(text)
  return text
}
const listed = (f: (k: number) => string, count: number, between = ''): string =>
  Array.from({ length: count }, (_, k) => f(k)).join(between)

/** Short texts whose expansion, digits, series or terms would not end. */
const hostile: Record<string, string> = {
  'integers with exponents': '2^{1000000}+x',
  'an exponent of four hundred digits': 'x^{10^{400}}',
  'a huge power': 'x^{1000000000}',
  'the power of a sum': '(x+y+z)^{2000}',
  'powers of large integers': `(${'7'.repeat(5000)}x+1)^{50}`,
  'fractions of large integers': listed((k) => `\\frac{x}{${'9'.repeat(400)}${k + 1}}`, 15, '+'),
  'a root of a large integer': `\\sqrt{${'7'.repeat(15000)}}`,
  'the factorial of a billion': '(10^9)!',
  'gamma of 10^300': '\\Gamma(10^{300})',
  'gamma far from a sum': '\\Gamma(x+y+200)',
  'a binomial of a huge number': '\\binom{10^{300}}{5x}',
  'cosh of 10^8': '\\cosh(10^{8}) - \\sinh(10^{8})',
  'sin of 10^400': '\\sin(10^{400}x)',
  'a root of unity of a large prime order': 'e^{i\\pi/1000000007}',
  'roots of large index': '\\sqrt[1000000]{x}+\\sqrt[999983]{x}',
  'nested roots': nested((s) => `\\sqrt{1+${s}}`, 60),
  'nested fractions': nested((s) => `\\frac{1}{x+y+${s}}`, 60),
  'nested unknown functions': nested((s) => `F((${s}+1)^5)`, 30),
  'nested moduli': nested((s) => `|(${s}+y)^3|`, 40),
  'a power tower': nested((s) => `x^{${s}}`, 90),
  'nested sums': nested((s) => `\\sum_{n=1}^{9}(${s}+n)`, 40),
  'nested derivatives': nested((s) => `\\frac{\\partial}{\\partial x}F(x ${s})`, 40),
  'derivatives of nested tangents': '\\frac{\\partial^9}{\\partial x^9} \\tan(\\tan(\\tan(\\tan x)))',
  'a product of sums': listed((k) => `(${'abcdxyz'[k % 7]}+${'abcdxyz'[(k * 3 + 1) % 7]}+${k})`, 60),
  'a sum of fractions': listed((k) => `\\frac{1}{x+${k}y}`, 80, '+'),
  'a maximum of many': `\\max(${listed((k) => `x^${k % 9}+${k}y`, 40, ',')})`,
  'a sum over a billion pairs': '\\sum_{n=1}^{100000} \\sum_{m=1}^{100000} \\sin(nm x)',
}

/** Done, or refused with a reason that a person can read. */
function settled(f: () => unknown): void {
  try {
    f()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    expect(error.detail.length).toBeLessThan(400)
  }
}

describe('a formula from a stranger', () => {
  for (const [name, latex] of Object.entries(hostile))
    test(`${name} is decided or refused`, { timeout: 8000 }, () => {
      const e = read(latex)
      settled(() => simplify(e))
      settled(() => expandInSmall(e, [symbol('x')], 4))
      const decided: Equality = decideEqual(e, e)
      expect(decided.outcome).not.toBe('different')
      if (decided.outcome === 'undecided') expect(decided.reason).toMatch(/large|at most|up to|bits|terms|steps|nodes/)
    })

  test('is not handed to the second engine where its expansion has too many terms', async () => {
    const engine = await loadSecondEngine()
    const sum = add(...[...'abcdxyz'].map((name) => symbol(name)))
    expect(engine.equal(power(power(sum, 12), 12), sum)).toBe('no opinion')
    expect(engine.equal(multiply(...Array.from({ length: 30 }, (_, k) => add(sum, rational(k)))), sum)).toBe(
      'no opinion',
    )
  })
})

describe('the work of a decision is counted, not timed', () => {
  const work = (e: Expression): number => {
    let low = 1
    let high = 1 << 24
    // The least budget that suffices, found by halving: the same number every time.
    const suffices = (steps: number): boolean => {
      try {
        exactly(() => {
          spend(12_000_000 - steps)
          normalForm(e)
        })
        return true
      } catch (error) {
        if (!(error instanceof LimitError)) throw error
        return false
      }
    }
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (suffices(middle)) high = middle
      else low = middle + 1
    }
    return low
  }
  test('the same formula takes the same steps', () => {
    const e = read('\\frac{(x+y)^{6}}{x^2-y^2}+\\log(x^2+1)')
    const steps = work(e)
    expect(work(read('\\frac{(x+y)^{6}}{x^2-y^2}+\\log(x^2+1)'))).toBe(steps)
    expect(steps).toBeGreaterThan(100)
    expect(steps).toBeLessThan(100_000)
  })
})
