import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derivation.js'
import { preparePaper } from '../../../src/audit/prepare.js'
import { withPrivateSymbols } from '../../../src/audit/private-symbols.js'
import { auditPaper } from '../../../src/audit/runner.js'
import { divide, type Expression, multiply, power, squareRoot, symbol } from '../../../src/expression/expression.js'
import { lastSide } from '../../../src/expression/named.js'
import { read, readSides, toyPaper } from './fixtures.js'

const paper = toyPaper(`
- { id: eq-1, section: 1, role: definition, about: start, printed: 'U = a' }
- { id: eq-2, section: 1, about: the same, printed: 'U = a' }
`)

/** The verdict on `U = a` by a derivation, and what could not be understood. */
async function verdictBy(compute: Parameters<typeof derive>[3]) {
  const derivations = [derive('eq-2', { start: 'eq-1' }, 'the same', compute)]
  const { results } = await auditPaper(preparePaper(paper, { derivations, confirmations: [], figures: [] }), {
    seed: 1,
    depth: 'quick',
    simulate: () => Promise.reject(new Error('nothing is to be simulated')),
    only: new Set(['toy/eq-2']),
  })
  const [{ verdict, error, results: checks }] = results as [(typeof results)[number]]
  return { verdict, error: error?.message ?? null, checks }
}

describe('symbols that a derivation makes up', () => {
  const length = symbol('first length')
  const gain = read('a')
  /** Equal to the gain for positive lengths, and its opposite for negative ones. */
  const overRoot = multiply(gain, divide(squareRoot(power(length, 2)), length))

  it('are an error where nobody says where they live: a negative length once refuted what is true', async () => {
    const { verdict, error } = await verdictBy(() => overRoot)
    expect(verdict).toBe('open')
    expect(error).toContain("'first length', which the paper does not declare")
    expect(error).toContain('withPrivateSymbols')
  })

  it('are drawn from the domain that the derivation declares, and their roots taken there', async () => {
    const positive = await verdictBy(() => withPrivateSymbols({ 'first length': '(0, inf)' }, overRoot))
    expect(positive).toMatchObject({ verdict: 'proved', error: null })
    const any = await verdictBy(() => withPrivateSymbols({ 'first length': '(-inf, inf)' }, overRoot))
    expect(any.verdict).toBe('refuted')
  })

  it('may be unknown functions, with the domain of their values', async () => {
    const gainOf: Expression = { kind: 'apply', name: 'response', indices: [], arguments: [gain] }
    const overModulus = multiply(gain, divide(squareRoot(power(gainOf, 2)), gainOf))
    expect((await verdictBy(() => overModulus)).error).toContain("'response'")
    const positive = await verdictBy(() => withPrivateSymbols({ response: '(0, 5)' }, overModulus))
    expect(positive.verdict).toBe('proved')
    expect((await verdictBy(() => withPrivateSymbols({ response: '(-inf, inf)' }, overModulus))).verdict).toBe(
      'refuted',
    )
  })

  it('have domains that can be read, or the error says how they are written', async () => {
    const { error } = await verdictBy(() => withPrivateSymbols({ 'first length': 'positive' }, overRoot))
    expect(error).toContain("the domain of 'first length' is \"positive\"; write '(0, inf)'")
  })

  it('keep what else is said of the result', () => {
    const derived = withPrivateSymbols({ x: '(0, 1)' }, { kind: 'value', value: gain, leadingOrder: '1/N' })
    expect(derived).toMatchObject({ kind: 'value', leadingOrder: '1/N' })
    expect(withPrivateSymbols({ x: '(0, 1)' }, readSides('U = a'))).toMatchObject({ kind: 'formula' })
  })
})

describe('what a derivation is told of its statement', () => {
  it('is which one it is, and nothing of what it says', async () => {
    let told: unknown = null
    await verdictBy((_, context) => {
      told = context.statement
      return context.read('a')
    })
    expect(told).toEqual({
      id: 'toy/eq-2',
      paper: 'toy',
      label: expect.any(String),
      section: '1',
      source: { file: 'data/toy/statements.yaml', line: 3 },
    })
  })
})

it('whoever reads what is printed all the same is told that it is not there', async () => {
  const { error } = await verdictBy((_, context) =>
    context.read((context.statement as unknown as { printed: string }).printed),
  )
  expect(error).toContain('LaTeX is a text, not of type undefined; what is printed is not known to derivations')
})

describe('premises that are named', () => {
  const warningsOf = async (premises: Readonly<Record<string, string>>, compute: Parameters<typeof derive>[3]) => {
    const derivations = [derive('eq-2', premises, 'the same', compute)]
    const declared = { derivations, confirmations: [], figures: [] }
    const { results } = await auditPaper(preparePaper(paper, declared), {
      seed: 1,
      depth: 'quick',
      simulate: () => Promise.reject(new Error('nothing is to be simulated')),
      only: new Set(['toy/eq-2']),
    })
    return { verdict: results[0]!.verdict, warnings: results[0]!.warnings }
  }

  it('and not read are warned of, and change no verdict', async () => {
    const { verdict, warnings } = await warningsOf({ start: 'eq-1', other: 'eq-1' }, ({ start }) => lastSide(start!))
    expect(verdict).toBe('proved')
    expect(warnings).toEqual([{ kind: 'unread', text: expect.stringMatching(/^other \(eq-1\): a premise/) }])
  })

  it('and read, in whatever way, are not', async () => {
    const spread = await warningsOf({ start: 'eq-1' }, (premises) => lastSide(Object.values({ ...premises })[0]!))
    expect(spread).toEqual({ verdict: 'proved', warnings: [] })
  })
})
