import { describe, expect, it } from 'vitest'
import { readPaper } from '../../../../src/audit/load/paper.js'
import { placeInScalar } from '../../../../src/audit/load/scalar-place.js'
import { preparePaper } from '../../../../src/audit/prepare.js'
import { InputError } from '../../../../src/expression/errors.js'

const paperText = `bibliography: { title: t, authors: [a], year: 2026, published: p, identifier: i }
notation:
  symbols:
    - { name: weightStandardDeviation, latex: '\\sigma_w', meaning: m }
    - { name: total, latex: 'A', meaning: m }
`

const messageOf = (entry: string, key = 'printed'): string => {
  const text = `# a comment\n- id: eq-1\n  section: '1'\n  about: a\n${key === 'printed' ? '' : '  printed: A\n'}${entry}\n`
  const paper = readPaper('draft', { path: 'paper.yaml', text: paperText }, [{ path: 'statements.yaml', text }])
  try {
    preparePaper(paper, { derivations: [], confirmations: [], figures: [] }).material('draft/eq-1')
    return ''
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}

/** Where `\sigma_W` stands in a text, as an editor counts. */
const placeOf = (entry: string): string => {
  const lines = `# a comment\n- id: eq-1\n  section: '1'\n  about: a\n${entry}`.split('\n')
  const line = lines.findIndex((one) => one.includes('sigma_W'))
  return `statements.yaml:${line + 1}:${lines[line]!.search(/\\+sigma_W/) + 1}`
}

describe('an error in a formula', () => {
  it.each([
    ["  printed: 'A = A + \\sigma_W'", 'single quotes'],
    ['  printed: "A = \\\\sigma_W + A"', 'double quotes'],
    ['  printed: A = \\sigma_W', 'no quotes'],
    ['  printed: >-\n    A =\n    A + A\n    + \\sigma_W', 'a folded block'],
    ['  printed: |\n    A =\n      A + \\sigma_W\n', 'a literal block'],
    ["  printed: 'A =\n    A + \\sigma_W'", 'quotes over two lines'],
  ])('is at its line and column in the file, whatever stands around it: %j (%s)', (entry) => {
    expect(messageOf(entry)).toBe(
      `draft/eq-1, ${placeOf(entry)}: unknown symbol \`\\sigma_W\`: did you mean \`\\sigma_w\`, declared as weightStandardDeviation?`,
    )
  })

  it('sees through doubled quotes and escapes', () => {
    expect(placeInScalar({ raw: "'a''''b'", line: 3, column: 10 }, "a''b", 3)).toEqual({ line: 3, column: 16 })
    expect(placeInScalar({ raw: '"a\\\\b"', line: 3, column: 10 }, 'a\\b', 2)).toEqual({ line: 3, column: 14 })
  })

  it('is at its place in a correction too', () => {
    const entry = "  corrected: 'A = 2 \\sigma_W'"
    expect(messageOf(entry, 'corrected')).toContain('statements.yaml:6:21')
  })

  it('has the place of its statement where the text is an alias', () => {
    expect(messageOf("  note: &x '\\sigma_W'\n  printed: *x")).toMatch(
      /statements\.yaml:2: in '\\sigma_W', column 1: unknown symbol/,
    )
  })
})
