import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/audit/derivation.js'
import type { LoadedModule } from '../../../../src/audit/load/derivations.js'
import { readPaper } from '../../../../src/audit/load/paper.js'
import { preparePaper } from '../../../../src/audit/prepare.js'
import { affectedStatements, type LoadedPaper } from '../../../../src/cli/watch/affected.js'
import { zero } from '../../../../src/expression/expression.js'

const chain = (statement: string, ...premises: readonly string[]) =>
  derive(statement, Object.fromEntries(premises.map((id) => [id, id])), 'a method', () => zero)
const moduleOf = (path: string, fingerprint: string, ...statements: readonly string[]): LoadedModule => ({
  path,
  fingerprint,
  statements,
  imports: [],
})
const modules = [moduleOf('/a.js', '1', 'eq-2'), moduleOf('/b.js', '1', 'eq-3', 'eq-4')]

function loaded({ printed = ['0', '0', '0', '0', '0'], comment = '', meaning = 'm', from = modules }): LoadedPaper {
  const paper = readPaper(
    'p',
    {
      path: 'paper.yaml',
      text: `bibliography: { title: t, authors: [a], year: 2026, published: p, identifier: i }\nnotation: { symbols: [{ name: a, latex: a, meaning: ${meaning} }] }\n`,
    },
    [
      {
        path: 'statements.yaml',
        text:
          comment +
          printed.map((latex, k) => `- { id: eq-${k + 1}, section: '1', about: a, printed: '${latex}' }`).join('\n'),
      },
    ],
  )
  const derivations = [chain('eq-2', 'eq-1'), chain('eq-3', 'eq-2'), chain('eq-4', 'eq-1')]
  return { prepared: preparePaper(paper, { derivations, confirmations: [], figures: [] }), modules: from }
}

const affected = (after: Parameters<typeof loaded>[0]): readonly string[] =>
  [...affectedStatements(loaded({}), loaded(after))].map((id) => id.slice(2))

describe('what a save can have changed', () => {
  it('is nothing where only comments and places did', () => expect(affected({ comment: '# a line\n\n' })).toEqual([]))

  it('is a statement and what is derived from it, near or far', () => {
    expect(affected({ printed: ['1', '0', '0', '0', '0'] })).toEqual(['eq-1', 'eq-2', 'eq-3', 'eq-4'])
    expect(affected({ printed: ['0', '1', '0', '0', '0'] })).toEqual(['eq-2', 'eq-3'])
    expect(affected({ printed: ['0', '0', '0', '0', '1'] })).toEqual(['eq-5'])
  })

  it('is what a changed module speaks of, and what follows', () => {
    expect(affected({ from: [moduleOf('/a.js', '2', 'eq-2'), modules[1]!] })).toEqual(['eq-2', 'eq-3'])
    expect(affected({ from: [modules[0]!] })).toEqual(['eq-3', 'eq-4'])
    expect(affected({ from: [...modules, moduleOf('/c.js', '1', 'eq-5')] })).toEqual(['eq-5'])
  })

  it('is everything where the notation did', () => expect(affected({ meaning: 'other' })).toHaveLength(5))
})
