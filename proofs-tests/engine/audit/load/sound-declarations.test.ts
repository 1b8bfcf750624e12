import { describe, expect, it } from 'vitest'
import { confirm, derive } from '../../../../src/audit/derivation.js'
import { readPaper } from '../../../../src/audit/load/paper.js'
import { soundDeclarations } from '../../../../src/audit/load/sound-declarations.js'
import { zero } from '../../../../src/expression/expression.js'

const paper = readPaper(
  'draft',
  {
    path: 'paper.yaml',
    text: 'bibliography: { title: t, authors: [a], year: 2026, published: p, identifier: i }\nnotation: { symbols: [] }\n',
  },
  [
    {
      path: 'statements.yaml',
      text: [1, 2, 3].map((k) => `- { id: eq-${k}, section: '1', about: a, printed: '0' }`).join('\n'),
    },
  ],
)
const from = (statement: string, ...premises: readonly string[]) =>
  derive(statement, Object.fromEntries(premises.map((id) => [id, id])), 'a method', () => zero)

describe('declarations that do not fit a paper', () => {
  it('are left out one by one, with the reason, and the rest stands', () => {
    const { declared, errors } = soundDeclarations(paper, {
      derivations: [
        from('eq-1'),
        from('eq-9'),
        from('eq-2', 'eq-8'),
        from('eq-2', 'eq-1'),
        from('eq-1', 'eq-2'),
        from('eq-3', 'eq-2'),
      ],
      confirmations: [confirm('eq-7'), confirm('eq-3')],
      figures: [],
    })
    expect(declared.derivations.map(({ statement, premises }) => [statement, Object.keys(premises)])).toEqual([
      ['eq-1', []],
      ['eq-2', ['eq-1']],
      ['eq-3', ['eq-2']],
    ])
    expect(declared.confirmations.map(({ statement }) => statement)).toEqual(['eq-3'])
    const messages = errors.map(({ message }) => message)
    expect(messages).toHaveLength(4)
    for (const part of [
      "'draft/eq-7', which is no statement",
      "'draft/eq-9', which is no statement",
      "derived from 'draft/eq-8'",
      'derived twice',
    ])
      expect(
        messages.filter((message) => message.includes(part)),
        part,
      ).toHaveLength(1)
  })

  it('that close a circle lose the derivation that closes it', () => {
    const { declared, errors } = soundDeclarations(paper, {
      derivations: [from('eq-1', 'eq-3'), from('eq-2', 'eq-1'), from('eq-3', 'eq-2')],
      confirmations: [],
      figures: [],
    })
    expect(declared.derivations.map(({ statement }) => statement)).toEqual(['eq-1', 'eq-2'])
    expect(errors[0]?.message).toContain('run in a circle')
    expect(declared.leftOut).toEqual([{ statement: 'eq-3', reason: expect.stringContaining('run in a circle') }])
  })
})
