import { describe, expect, it } from 'vitest'
import { readPaper } from '../../../src/audit/load/paper.js'
import { nextStep } from '../../../src/audit/next-step.js'

const paper = readPaper(
  'draft',
  {
    path: 'data/draft/paper.yaml',
    text: 'bibliography: { title: t, authors: [a], year: 2026, published: p, identifier: i }\nnotation: { symbols: [] }\n',
  },
  [
    {
      path: 'data/draft/statements.yaml',
      text: [
        "- { id: eq-1, section: '1', about: a, printed: x }",
        "- { id: eq-2, section: '1', about: a, printed: x, encoding: hand, encodingReason: 'two formulas in one' }",
        "- { id: eq-3, section: '1', about: a, printed: x }",
        "- { id: eq-4, section: '1', about: a, printed: x, open: 'needs training' }",
      ].join('\n'),
    },
  ],
)

const stepOf = (position: number, more: Partial<Parameters<typeof nextStep>[1]> = {}): string | null =>
  nextStep(paper, {
    statement: paper.statements[position]!,
    verdict: 'open',
    method: null,
    results: [],
    error: null,
    ...more,
  })

describe('the next step of an open statement', () => {
  it('is the derivation to write, from the nearest readable statement before it, and where', () => {
    expect(stepOf(2)).toBe(
      "write derive('eq-3', { premise: 'eq-1' }, 'how it follows', ({ premise }, context) => …) in derivations/draft/, or 'role: definition' (data/draft/statements.yaml:3) where nothing is to be derived",
    )
  })

  it('is to make its LaTeX readable, with the reason why it is not', () => {
    expect(stepOf(1)).toMatch(/^make it readable: .*statements\.yaml:2.*because: two formulas in one$/)
  })

  it('is to mend a derivation that was left out, not to write it again', () => {
    expect(stepOf(2, { leftOut: 'premises run in a circle: a <- b <- a' })).toBe(
      'mend its derivation, which was left out: premises run in a circle: a <- b <- a',
    )
  })

  it('is a check where a derivation compares nothing', () => {
    expect(stepOf(0, { method: 'something' })).toContain("confirm('eq-1'")
  })

  it('is nothing where the verdict is another, a reason is declared or an error says what is wrong', () => {
    expect(stepOf(0, { verdict: 'proved' })).toBeNull()
    expect(stepOf(3)).toBeNull()
    expect(stepOf(0, { error: new Error('x') })).toBeNull()
  })
})
