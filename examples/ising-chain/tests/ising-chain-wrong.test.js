/** The errors are found, with witnesses, and nothing else is. */
import { auditFolder } from 'corrigenda/node'
import { matchers } from 'corrigenda/vitest'
import { describe, expect, it } from 'vitest'

expect.extend(matchers)

// What was changed on purpose: the verdict that it must have, and the statement in which the error first enters.
/** @type {ReadonlyMap<string, { readonly verdict: 'erratum' | 'refuted', readonly origin: string }>} */
const planted = new Map([
  ['eq-6', { verdict: 'erratum', origin: 'eq-6' }],
  ['eq-7', { verdict: 'erratum', origin: 'eq-6' }],
  ['eq-9', { verdict: 'refuted', origin: 'eq-9' }],
  ['eq-11', { verdict: 'refuted', origin: 'eq-11' }],
  ['eq-12', { verdict: 'erratum', origin: 'eq-12' }],
  ['eq-15', { verdict: 'refuted', origin: 'eq-15' }],
  ['eq-16', { verdict: 'refuted', origin: 'eq-16' }],
])

const { report } = await auditFolder(import.meta.url, {
  names: ['ising-chain-wrong'],
  depth: 'quick',
  workers: 1,
})
const statements = report.papers.flatMap((paper) => paper.statements)

describe('the Ising chain with errors', () => {
  for (const statement of statements) {
    const [, id = ''] = statement.id.split('/')
    const error = planted.get(id)
    it(`${id}: ${error === undefined ? 'holds' : `is wrong, from ${error.origin}`}`, () => {
      if (error === undefined) {
        expect(statement).toBeAccountedFor()
        expect(statement).not.toHaveWitness()
        return
      }
      expect(statement).toHaveVerdict(error.verdict, 'algebra')
      expect(statement).toHaveWitness()
      expect(statement.origin).toBe(`ising-chain-wrong/${error.origin}`)
    })
  }

  it('has every error that was made', () => {
    expect(statements.filter(({ severity }) => severity !== null)).toHaveLength(planted.size)
  })
})
