/**
 * Whatever stands in the place of a formula or of a paper's files: it is understood or refused with a typed error, within
 * a second, and no prototype is touched. `npm run fuzz` runs the same with 100,000 inputs (docs/hostile-input.md).
 */
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { noDerivations } from '../../src/audit/load/derivations.js'
import { findPapers } from '../../src/audit/load/files.js'
import { readPaper } from '../../src/audit/load/paper.js'
import { preparePaper } from '../../src/audit/prepare.js'
import { InputError } from '../../src/expression/errors.js'
import { readFormula } from '../../src/expression/read-latex.js'
import { toLatex } from '../../src/expression/write-latex.js'
import { toText } from '../../src/expression/write-text.js'
import { attack, newTally, type Tally } from './hostile/attack.js'
import { latexInputs } from './hostile/latex-inputs.js'
import { type PaperTexts, yamlInputs } from './hostile/yaml-inputs.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const runs = Number(process.env['FUZZ_RUNS'] ?? 3000)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)
const watched = process.env['FUZZ_WATCHED']
const results = process.env['FUZZ_RESULTS']

const papers = await findPapers(root)
const formulas = papers.flatMap(({ statements }) =>
  statements.flatMap(({ printed, corrected }) => (corrected === null ? [printed] : [printed, corrected])),
)
const { notation } = papers[0]!

const sound: PaperTexts = {
  paper: `bibliography: { title: A paper, authors: [A. Author], year: 2020, published: nowhere, identifier: "arXiv:0000" }
notation:
  variables: [x]
  families:
    - { name: site, letters: [l], geometry: periodic }
    - { name: mode, letters: [q, "q'"], geometry: modes, meaning: "wave vector" }
  symbols:
    - { name: width, latex: N, domain: 'integers [1, 100]', meaning: width }
    - { name: depth, latex: L, domain: 'integers [2, 100]', meaning: depth }
    - { name: spread, latex: '\\sigma_w', domain: "(0, 1)", meaning: spread }
    - { name: gap, latex: '\\Delta_w', definition: '1 - \\sigma_w^2', meaning: gap }
    - { name: norm, kind: quantity, latex: [r], slots: [{ slot: site, position: superscript }], meaning: norm }
readings:
  - { id: sites-L, note: L counts sites, replace: [[L, L - 1]] }
`,
  statements: `- id: eq-1
  section: "2"
  role: definition
  about: energy
  printed: 'N \\sum_{l=0}^L (r^l)^2 - 2 \\sigma_w^2 r^l r^{l-1}'
  local: &local
    - { name: coupling, latex: J, domain: "(0, 10)", meaning: coupling }
- id: eq-2
  section: 2
  about: saddle
  printed: 'r^l = \\sqrt{\\frac{N}{\\Delta_w}}'
  corrected: 'r^l = \\sqrt{\\frac{N J}{\\Delta_w}}'
  local: *local
  readings: [sites-L, { id: other, note: n, replace: [['N', 'L']] }]
- id: sec-2.text
  section: "2"
  kind: claim
  about: prose
  encoding: hand
  encodingReason: words
  printed: >-
    It is so, as it is said.
`,
}

function read({ paper, statements }: PaperTexts): number {
  const file = (path: string, text: string) => ({ path, text })
  const prepared = preparePaper(
    readPaper('p', file('paper.yaml', paper), [file('statements.yaml', statements)]),
    noDerivations,
  )
  const errors: unknown[] = []
  for (const { id } of prepared.paper.statements)
    try {
      prepared.material(id)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push(error)
    }
  if (errors.length > 0) throw errors[0]
  return prepared.paper.statements.length
}

function record(name: string, tally: Tally): void {
  if (results === undefined) return
  const outcomes = Object.fromEntries([...tally.outcomes].sort(([a], [b]) => (a < b ? -1 : 1)))
  const slowest = { ...tally.slowest, input: tally.slowest.input.slice(0, 80), length: tally.slowest.input.length }
  writeFileSync(results, `${JSON.stringify({ name, seed, ...tally, outcomes, slowest })}\n`, { flag: 'a' })
}

it('the files from which inputs are bred are sound themselves', () => {
  expect(read(sound)).toBe(3)
})

it('whatever stands for a formula is understood or refused, at once', () => {
  const tally = newTally()
  fc.assert(
    fc.property(latexInputs(formulas), (latex) => {
      const run = (): void => {
        const formula = readFormula(latex, notation)
        toText(formula)
        toLatex(formula, notation)
      }
      attack(tally, latex, run, watched)
    }),
    { numRuns: Math.round(runs * 0.7), seed, ...(results ? { endOnFailure: true } : {}) },
  )
  record('LaTeX reader', tally)
  expect(tally.outcomes.get('understood')).toBeGreaterThan(tally.inputs * 0.05)
  expect(tally.outcomes.get('LatexError')).toBeGreaterThan(tally.inputs * 0.2)
}, 3_600_000)

it('whatever stands for a paper’s files is understood or refused, at once', () => {
  const tally = newTally()
  fc.assert(
    fc.property(yamlInputs(sound, formulas), (texts) => {
      attack(tally, `${texts.paper === sound.paper ? texts.statements : texts.paper}`, () => void read(texts), watched)
    }),
    { numRuns: runs - Math.round(runs * 0.7), seed, ...(results ? { endOnFailure: true } : {}) },
  )
  record('YAML loader', tally)
  expect(tally.outcomes.get('understood')).toBeGreaterThan(tally.inputs * 0.002)
  expect(tally.outcomes.get('InputError')).toBeGreaterThan(tally.inputs * 0.2)
}, 3_600_000)
