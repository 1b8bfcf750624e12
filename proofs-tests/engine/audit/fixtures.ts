import { readPaper } from '../../../src/audit/load/paper.js'
import type { Paper } from '../../../src/audit/statement.js'
import { readExpression, readFormula } from '../../../src/expression/read-latex.js'

/** A small paper of our own: a ring, its modes, a field, two parameters. */
export const paperYaml = `bibliography: { title: Toy, authors: [A], year: 2020, published: here, identifier: none }
notation:
  variables: [x]
  families:
    - { name: site, letters: [l], geometry: periodic }
    - { name: mode, letters: [q, "q'"], geometry: modes }
    - { name: neuron, letters: ['\\\\alpha', '\\\\beta'], geometry: plain, summedWhenRepeated: true }
  symbols:
    - { name: gain, latex: a, domain: '(0, 1)', meaning: gain }
    - { name: bias, latex: b, domain: '(0, 10)', meaning: bias }
    - { name: gap, latex: D, definition: '1 - a^2', domain: '(0, 1)', meaning: gap }
    - { name: depth, latex: L, domain: 'integers [2, 1000]', meaning: last site }
    - { name: height, kind: quantity, latex: h, slots: [{ slot: site, position: superscript }], meaning: height }
    - { name: amplitude, kind: quantity, latex: h, slots: [{ slot: mode, position: subscript }], complex: true, meaning: amplitude }
    - { name: profile, kind: field, latex: h, meaning: smooth height }
    - { name: component, kind: quantity, latex: z, slots: [{ slot: neuron, position: subscript }], meaning: component }
    - { name: energy, kind: functional, latex: U, meaning: energy }
readings:
  - { id: sites-L, note: L counts the sites, replace: [[L, L - 1]] }
`

/** A paper with the given statements (YAML of a list). */
export const toyPaper = (statements: string): Paper =>
  readPaper('toy', { path: 'data/toy/paper.yaml', text: paperYaml.replaceAll('\\\\\\\\', '\\\\') }, [
    { path: 'data/toy/statements.yaml', text: statements },
  ])

export const notation = toyPaper('[]').notation
export const read = (latex: string) => readExpression(latex, notation)
export const readSides = (latex: string) => readFormula(latex, notation)
