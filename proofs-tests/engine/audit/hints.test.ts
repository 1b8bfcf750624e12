import { describe, expect, it } from 'vitest'
import { type Derivation, derive } from '../../../src/audit/derivation.js'
import { preparePaper } from '../../../src/audit/prepare.js'
import { auditPaper } from '../../../src/audit/runner.js'
import type { Formula } from '../../../src/expression/expression.js'
import { lastSide } from '../../../src/expression/named.js'
import { read, readSides, toyPaper } from './fixtures.js'

/** The warnings of a statement, of the kinds that hint at something. */
async function warningsOf(id: string, statements: string, derivations: readonly Derivation[]) {
  const prepared = preparePaper(toyPaper(statements), { derivations, confirmations: [], figures: [] })
  const simulate = () => Promise.reject(new Error('nothing is to be simulated'))
  const { results } = await auditPaper(prepared, { seed: 1, depth: 'quick', simulate, only: new Set([`toy/${id}`]) })
  const { verdict, warnings } = results[0]!
  return { verdict, texts: warnings.map(({ kind, text }) => `${kind}: ${text}`) }
}

describe('a refuted formula that holds a name which another statement defines', () => {
  const statements = `
- { id: eq-1, section: 1, role: definition, about: gain, printed: 'L = a + 1' }
- { id: eq-2, section: 1, about: true with eq-1 put in, printed: 'U = b L' }
- { id: eq-3, section: 1, about: wrong, printed: 'U = 2 a' }
`
  it('is told which, and what to return', async () => {
    const { verdict, texts } = await warningsOf('eq-2', statements, [derive('eq-2', {}, 'b', () => read('b (a + 1)'))])
    expect(verdict).toBe('refuted')
    expect(texts).toEqual([
      expect.stringMatching(/^hint: L does not occur in what was derived; eq-1 defines it: .*modulo\(\[premise\]/),
    ])
  })

  it('is told nothing where every name was derived', async () => {
    const { verdict, texts } = await warningsOf('eq-3', statements, [derive('eq-3', {}, 'a', () => read('a'))])
    expect([verdict, texts]).toEqual(['refuted', []])
  })
})

describe('a recursion at another index than its premise', () => {
  const statements = `
- { id: eq-1, section: 1, role: definition, about: map, printed: 'h^l = a (h^{l-1})^2' }
- { id: eq-2, section: 1, about: the same, printed: 'h^{l+1} = a (h^l)^2' }
`
  it('holds where the formula is returned, and is hinted at where its last side is', async () => {
    const whole = await warningsOf('eq-2', statements, [derive('eq-2', { map: 'eq-1' }, 'again', ({ map }) => map)])
    expect(whole).toEqual({ verdict: 'proved', texts: [] })
    const side = await warningsOf('eq-2', statements, [
      derive('eq-2', { map: 'eq-1' }, 'again', ({ map }) => lastSide(map)),
    ])
    expect(side.verdict).toBe('refuted')
    expect(side.texts).toEqual([expect.stringMatching(/^hint: eq-1 is about the same quantity at another index/)])
  })
})

describe('a letter that the reader takes for a function', () => {
  const statements = (second: string) => `
- { id: eq-1, section: 1, about: uses it, printed: 'U = \\frac{b}{\\Gamma(a)}' }
- { id: eq-2, section: 1, about: says what it is, printed: '${second}' }
`
  it('is warned of where a statement says what it is', async () => {
    const { texts } = await warningsOf('eq-1', statements('\\Gamma(a) = a + b'), [])
    expect(texts).toEqual([expect.stringMatching(/^reserved: \\Gamma is read as Euler's gamma function, and eq-2/)])
    expect((await warningsOf('eq-1', statements('\\Gamma(a + 1) = a \\Gamma(a)'), [])).texts).toEqual([])
  })

  it('needs its argument in brackets', () => {
    expect(() => read('\\Gamma a')).toThrow('declare `\\Gamma`')
    expect(read('\\Gamma(a)')).toMatchObject({ kind: 'function', name: 'gamma' })
  })
})

describe('another formula in the printed one’s place', () => {
  it('has warnings of its own, and none of the printed one', async () => {
    const statements = `
- { id: eq-1, section: 1, about: a pole, printed: 'U = \\frac{1}{b - 1}' }
`
    const prepared = preparePaper(toyPaper(statements), { derivations: [], confirmations: [], figures: [] })
    const kinds = async (instead?: ReadonlyMap<string, Formula>) => {
      const simulate = () => Promise.reject(new Error('nothing is to be simulated'))
      const { results } = await auditPaper(prepared, { seed: 1, depth: 'quick', simulate, ...(instead && { instead }) })
      return results[0]!.warnings.map(({ kind }) => kind)
    }
    expect(await kinds()).toEqual(['undefined'])
    expect(await kinds(new Map([['toy/eq-1', readSides('U = b')]]))).toEqual([])
  })
})
