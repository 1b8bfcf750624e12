import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derivation.js'
import { preparePaper } from '../../../src/audit/prepare.js'
import { auditPaper } from '../../../src/audit/runner.js'
import { oneOf, solutionOf, uniformSolution } from '../../../src/audit/solutions.js'
import { type IndexedNode, negate } from '../../../src/expression/expression.js'
import { lastSide } from '../../../src/expression/named.js'
import { uniformSaddles } from '../../../src/theory/ring/saddle.js'
import { notation, read, readSides, toyPaper } from './fixtures.js'

const ring = '\\sum_{l=0}^L \\left( \\frac{(h^l)^4}{4} - \\frac{a (h^l)^2}{2} \\right)'

/** The verdict on a formula by a derivation, and what its checks say. */
async function verdictOn(printed: string, compute: Parameters<typeof derive>[3]) {
  const paper = toyPaper(`
- { id: eq-1, section: 1, role: definition, about: energy, printed: 'U = ${ring}' }
- { id: eq-2, section: 1, about: saddle, printed: '${printed}' }
`)
  const derivations = [derive('eq-2', { energy: 'eq-1' }, 'a saddle', compute)]
  const { results } = await auditPaper(preparePaper(paper, { derivations, confirmations: [], figures: [] }), {
    seed: 1,
    depth: 'quick',
    simulate: () => Promise.reject(new Error('nothing is to be simulated')),
    only: new Set(['toy/eq-2']),
  })
  const [{ verdict, error, results: checks }] = results as [(typeof results)[number]]
  return {
    verdict,
    error: error?.message ?? null,
    summaries: checks.map(({ evidence }) => evidence.summary).join('\n'),
  }
}
const root = read('\\sqrt{a}')
const height = { kind: 'symbol', name: 'bias' } as const
const saddleOptions = { notation, fields: [read('h^l') as IndexedNode], uniform: [height] } as const

describe('a derivation of several solutions', () => {
  const both = () => oneOf([root, negate(root), read('0')])

  it.each([
    ['b = \\sqrt{a}', 1],
    ['b = -\\sqrt{a}', 2],
    ['b = 0', 3],
  ])('accepts each of them, and says which: %s', async (printed, position) => {
    const { verdict, summaries } = await verdictOn(printed, both)
    expect(verdict).toBe('proved')
    expect(summaries).toContain(`solution ${position} of 3`)
  })

  it('refutes what is none of them', async () => {
    const { verdict, summaries } = await verdictOn('b = 2 \\sqrt{a}', both)
    expect(verdict).toBe('refuted')
    expect(summaries).toContain('every one of the 3 solutions')
  })

  it('may give equations', async () => {
    const derived = () => oneOf([readSides('b = \\sqrt{a}'), readSides('b = -\\sqrt{a}')])
    expect((await verdictOn('b + \\sqrt{a} = 0', derived)).verdict).toBe('proved')
  })

  it('is told of a list that it is none', async () => {
    const { error } = await verdictOn('b = \\sqrt{a}', () => [root] as never)
    expect(error).toContain('not a list')
    expect(error).toContain('oneOf(list)')
    expect((await verdictOn('b = \\sqrt{a}', () => oneOf([]))).error).toContain('empty')
  })
})

describe('another solution of the same condition', () => {
  it('is called one, where the derivation says what its value solves', async () => {
    const derived = () => solutionOf(root, read('b^3 - a b'), height)
    const mirror = await verdictOn('b = -\\sqrt{a}', derived)
    expect(mirror.verdict).toBe('refuted')
    expect(mirror.summaries).toContain('another solution is printed')
    expect((await verdictOn('b = \\sqrt{a}', derived)).verdict).toBe('proved')
    const slip = await verdictOn('b = -2 \\sqrt{a}', derived)
    expect(slip.verdict).toBe('refuted')
    expect(slip.summaries).not.toContain('another solution')
  })

  it('is known of a uniform saddle', async () => {
    const { summaries } = await verdictOn('b = -\\sqrt{a}', ({ energy }) => uniformSolution(energy!, saddleOptions))
    expect(summaries).toContain('another solution is printed')
  })

  it('is accepted where all stationary values are derived', async () => {
    const { verdict, error } = await verdictOn('b = -\\sqrt{a}', ({ energy }) =>
      oneOf(uniformSaddles(energy!, saddleOptions).map(([saddle]) => lastSide(saddle!))),
    )
    expect([verdict, error]).toEqual(['proved', null])
  })
})
