/** The LaTeX of a small report: stands alone, compiles with pdflatex and bibtex without a complaint, the same bytes each time. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { FigureFile } from '../../../../src/report/figure-file.js'
import { latexFiles } from '../../../../src/report/latex/files.js'
import type { StatementReport } from '../../../../src/report/report.js'
import type { ReportInput } from '../../../../src/report/report-input.js'
import { sampleReport, sampleStatement } from '../sample-report.js'

const long = Array.from({ length: 30 }, (_, k) => `\\frac{a_{${k}}}{\\sigma_w^2 + ${k}}`).join(' + ')
const matrix = '\\begin{pmatrix} 1 + \\sigma_w^4/2 & -\\frac{1}{2} \\\\ \\frac{1}{2} & 3 \\end{pmatrix}'
const erratum = (id: string, printed: string, corrected: string, more: Partial<StatementReport> = {}) =>
  sampleStatement(id, {
    verdict: 'erratum', severity: 'algebra', origin: `p/${id}`, printed, corrected, label: `(${id.slice(3)})`,
    note: 'the factor of sigma_w^2 is lost; r^{k-1}/Gamma(k/2), \\hat{v}^0 & 100 % of #1 {}~ stay',
    checks: [
      { method: 'property', target: 'printed', outcome: 'refuted', summary: 's', name: 'property', numbers: { instances: 3, digits: 0 }, witness: { at: { '\\sigma_w^2': '0.5', biasStandardDeviation: '1/2' }, left: '0.12345678901234567890', right: '0.2' } },
    ],
    ...more,
  }) // biome-ignore format: one object

const figure: FigureFile = {
  schema: 1,
  facts: { statement: 'p/fig-1', label: 'figure 1', about: 'norms over q_0', paper: 'A', version: '0.1.0', seed: 1, depth: 'quick', sizes: ['7 × 200 networks, σ_w² = 0.5'] },
  axes: null,
  error: null,
  data: {
    title: 'All of them',
    panels: [
      {
        title: 'a title that is much too long for one line of a panel that is one of two in its row, q^0 = 0.5',
        x: { label: 'wave vector q', log: true },
        y: { label: '⟨|ε_q|²⟩', log: true },
        series: [
          { name: 'theory', kind: 'line', x: [0.01, 0.1, 1], y: [1, Number.NaN, 3] },
          { name: 'networks, σ_w² = 0.5', kind: 'points', x: [0.02, 0.2], y: [1, 2], error: [0.5, 3] },
        ],
      },
      {
        x: { label: 'r* & 100 %' },
        y: { label: 'density_{max}' },
        series: [
          { name: 'histogram', kind: 'histogram', x: [-1, 0, 1], y: [1, 3, 2], color: 'rgb(1, 2, 3)' },
          { name: 'dashed', kind: 'line', x: [-1, 1], y: [0, 3], dashed: true, legend: null },
          { name: 'nothing', kind: 'points', x: [], y: [] },
        ],
      },
    ],
  },
} // biome-ignore format: one object a line

const input: ReportInput = {
  report: sampleReport([
    sampleStatement('eq-1', { encoding: 'hand', transcription: 'doubtful', about: 'Łukasiewicz, Erdős & Gödel: 10⁻² ≤ x' }),
    sampleStatement('eq-2', { verdict: 'open', openReason: 'needs training', section: 'B' }),
    erratum('eq-3', `E = ${long}`, `E = 2\\left( ${long} \\right)`),
    erratum('eq-4', `\\Sigma = ${matrix}`, `\\Sigma = 2 ${matrix}`, { section: 'sparse' }),
    erratum('eq-5', 'w = \\begin{cases} 0, & \\text{with probability } p^l, \\\\ 1 & x \\geq 0 \\end{cases}', '\\input{/etc/passwd}'),
    sampleStatement('fig-1', { kind: 'figure', figure: 'p-fig-1' }),
    sampleStatement('fig-2', { kind: 'figure', figure: 'p-fig-2' }),
  ]),
  figures: new Map([
    ['p/fig-1', figure],
    ['p/fig-2', { ...figure, facts: { ...figure.facts, statement: 'p/fig-2' }, data: null, error: 'no numbers' }],
  ]),
} // biome-ignore format: one object

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-latex-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function writeTo(name: string): string {
  const place = join(folder, name)
  for (const [path, content] of latexFiles(input)) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), content)
  }
  return place
}

/** A file compiled, with the log of its last run. */
function compile(place: string, file: string, runs: number): string {
  const run = () =>
    execFileSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', file], { cwd: place, encoding: 'utf8' })
  const base = file.replace(/^.*\//, '').replace(/\.tex$/, '')
  run()
  for (let k = 1; k < runs; k++) run()
  return readFileSync(join(place, `${base}.log`), 'utf8')
}

const has = (command: string): boolean => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
const canCompile = has('pdflatex') && has('bibtex')
// In CI a missing compiler is a failure, not an excuse.
const compiles = describe.runIf(canCompile || process.env['CI'] !== undefined)
if (!canCompile) console.log('no pdflatex or no bibtex here: the LaTeX of reports is not compiled')

describe('the LaTeX of a report', () => {
  it('has every table, every figure with numbers and every errata sheet as a file of its own', () => {
    expect([...latexFiles(input).keys()].sort()).toEqual([
      'errata.tex',
      'errata/p.tex',
      'figures/p-fig-1.tex',
      'references.bib',
      'report.tex',
      'tables.tex',
      'tables/p-section-1.tex',
      'tables/p-section-B.tex',
      'tables/p-section-sparse.tex',
    ])
  })

  it('names version, seed and depth in every file but the bibliography, and no date', () => {
    for (const [name, content] of latexFiles(input)) {
      if (name.endsWith('.bib')) continue
      expect(content, name).toMatch(/corrigenda 0\.1\.0, seed 1, depth quick/)
      expect(content, name).not.toMatch(/\\today|\b20[2-9]\d-\d\d/)
    }
  })

  it('is ASCII, whatever was in the report', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the bounds of ASCII
    for (const [name, content] of latexFiles(input)) expect(content, name).toMatch(/^[\x00-\x7f]*$/)
  })

  it('sets matrices and cases as such, and no command that does more than set', () => {
    const errata = latexFiles(input).get('errata.tex')
    expect(errata).toContain('\\begin{pmatrix} 1 + \\sigma_w^4/2 & -\\frac{1}{2} \\\\')
    expect(errata).toContain('\\begin{cases} 0, & \\text{with probability } p^l, \\\\')
    expect(errata).not.toContain('\\input{/etc')
    expect(errata).toContain('$r^{k-1}/\\Gamma(k/2)$')
    expect(errata).toContain('$\\hat{v}^0$ \\& 100 \\% of \\#1')
  })
})

compiles('compiled', () => {
  it('the report has no undefined reference, no overfull box, no missing character', () => {
    const log = compile(writeTo('report'), 'report.tex', 3)
    expect(log).not.toMatch(/LaTeX Warning|Package \w+ Warning|Overfull|Missing character/)
    expect(log).toMatch(/Output written on report\.pdf \(\d+ pages/)
  }, 60_000)

  it('the report has its citations after two runs, without any other program', () => {
    const log = compile(writeTo('twice'), 'report.tex', 2)
    expect(log).not.toMatch(/undefined|multiply defined/)
    expect(log).toMatch(/Output written on report\.pdf/)
  }, 60_000)

  it('the bibliography can be cited with BibTeX from somebody’s paper', () => {
    const place = writeTo('cited')
    const text = '\\nocite{*}\\bibliographystyle{plain}\\bibliography{references}'
    writeFileSync(join(place, 'own.tex'), `\\documentclass{article}\\begin{document}${text}\\end{document}`)
    compile(place, 'own.tex', 1)
    const said = execFileSync('bibtex', ['own'], { cwd: place, encoding: 'utf8' })
    expect(said).not.toMatch(/Warning|error/i)
    expect(readFileSync(join(place, 'own.bbl'), 'utf8')).toContain('\\bibitem{p}')
  }, 60_000)

  it.each([
    'tables.tex',
    'errata.tex',
    'errata/p.tex',
    'tables/p-section-1.tex',
    'figures/p-fig-1.tex',
  ])('%s is a document by itself', (file) => {
    const log = compile(writeTo(file.replaceAll('/', '-')), file, file.startsWith('tables') ? 3 : 1)
    expect(log).not.toMatch(/LaTeX Warning|Package \w+ Warning|Overfull|Missing character/)
    expect(log).toMatch(/Output written on/)
  }, 60_000)

  it('a table and a figure can be \\input into somebody’s paper', () => {
    const place = writeTo('paper')
    const paper = `\\documentclass{article}\\usepackage{amsmath,amssymb,array,booktabs,longtable,pgf}\\begin{document}
      \\input{tables/p-section-1.tex}\\begin{figure}\\input{figures/p-fig-1.tex}\\caption{x}\\end{figure} after\\end{document}`
    writeFileSync(join(place, 'paper.tex'), paper)
    expect(compile(place, 'paper.tex', 3)).toMatch(/Output written on paper\.pdf/)
  }, 60_000)

  it('two runs give the same bytes of the PDF', () => {
    const pdfs = ['first', 'second'].map((name) => {
      const place = writeTo(name)
      compile(place, 'errata.tex', 1)
      return readFileSync(join(place, 'errata.pdf'))
    })
    expect(pdfs[0]!.equals(pdfs[1]!)).toBe(true)
  }, 60_000)
})
