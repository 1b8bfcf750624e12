import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { statementId } from '../../../src/audit/load/schema.js'
import type { ImportedPaper } from '../../../src/source/import-latex.js'
import { stopwatch } from '../stopwatch.js'
import { fixtures, importFixture, importText } from './read-fixture.js'

const byId = ({ statements }: ImportedPaper) => new Map(statements.map((statement) => [statement.id, statement]))
const printed = (paper: ImportedPaper, id: string): string => byId(paper).get(id)?.printed.replace(/\s/g, '') ?? ''

describe('a LaTeX source', () => {
  const numbers: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
    readFileSync(join(fixtures, 'numbers.fixture.json'), 'utf8'),
  )
  for (const [name, expected] of Object.entries(numbers))
    it(`has the numbers that LaTeX gives its labels: ${name}`, () => {
      const found = new Map(
        importFixture(`${name}.tex`).statements.flatMap(({ place, label }) => {
          const of = /(eq:\w+)$/.exec(place)?.[1]
          return of === undefined ? [] : [[of, label] as const]
        }),
      )
      const displays = Object.entries(expected).filter(([label]) => label !== 'eq:both')
      expect(displays.length).toBeGreaterThan(5)
      for (const [label, number] of displays) expect(found.get(label), label).toBe(`(${number})`)
    })

  it('says of a display what the text says, with the macros written out', () => {
    const { statements } = importText(
      '\\documentclass{article}\\newcommand{\\disp}[1]{u_{#1}}\\begin{document}With the mean $\\disp{j} = m$ the energy is \\begin{equation} E = m^2 \\end{equation} where $\\disp{k}$ is free.\\end{document}',
    )
    expect(statements[0]?.about.replace(/\s/g, '')).toBe('Withthemeanu_{j}=mtheenergy')
  })

  const numbering = importFixture('numbering.tex')

  it('is imported display by display, in order, with ids that papers may have', () => {
    const ids = numbering.statements.map(({ id }) => id)
    expect(ids).toEqual([
      'eq-1', 'eq-2', 'eq-3', 'eq-4', 'sec-1.display-1', 'eq-3-prime', 'sec-1.display-2', 'sec-1.display-3', 'eq-5', 'eq-6', 'eq-7',
      'eq-8a', 'eq-8b', 'sec-Remarks.display-1', 'sec-Remarks.display-2', 'sec-Remarks.display-3', 'eq-A.1', 'eq-A.7', 'eq-S8',
    ]) // biome-ignore format: a list reads best as a list
    for (const id of ids) expect(id).toMatch(statementId)
    expect(numbering.problems).toEqual([])
    expect(numbering.statements.every(({ encodingReason }) => encodingReason === null)).toBe(true)
  })

  it('says where each comes from', () => {
    const { place, section } = byId(numbering).get('eq-4')!
    expect(place).toBe('numbering.tex, line 16, eq:map')
    expect(section).toBe('1')
    expect(byId(numbering).get('eq-5')!.section).toBe('1.1')
    expect(byId(numbering).get('eq-A.1')).toMatchObject({ place: 'appendix.tex, line 2, eq:critical', section: 'A' })
    expect(numbering).toMatchObject({ title: 'A chain of fields', authors: ['A. Author', 'B. C. Author'] })
  })

  it('has the macros of its preamble written out', () => {
    expect(printed(numbering, 'eq-2')).toBe(
      'E(\\{u^{l}\\})=\\sum_{l=0}^{L}\\left[m(u^l)^{2}+\\frac{1}{2}K(u^{l}-u^{l-1})^{2}\\right]',
    )
    expect(printed(numbering, 'eq-4')).toBe('q=\\sigma_{w}^{2}+\\sigma_{b}^{2}+\\langleq\\rangle_{x}')
    expect(printed(numbering, 'eq-3-prime')).toBe('c=\\operatorname{sgn}(q)')
    const nested = importText(String.raw`
      \newcommand\inner[2][a]{#1_{#2}} \newcommand{\outer}[1]{\inner{#1} + \inner[b]{#1}} \let\again\outer
      \DeclarePairedDelimiter{\size}{\lvert}{\rvert} \providecommand{\outer}{never}
      \begin{equation} x = \again{\size{k}} \end{equation}`)
    expect(printed(nested, 'eq-1')).toBe('x=a_{\\left\\lvertk\\right\\rvert}+b_{\\left\\lvertk\\right\\rvert}')
  })

  it('has rows joined where one goes on with another, and labels, tags and conditions of layout taken out', () => {
    expect(printed(numbering, 'eq-5')).toBe('H=-J\\sum_{i}s_{i}s_{i+1}-h\\sum_{i}s_{i}')
    expect(printed(numbering, 'eq-7')).toBe('a=b+c+d')
    expect(printed(numbering, 'sec-Remarks.display-2')).toBe('p=\\left(a+b\\right)')
    expect(printed(importFixture('thesis.tex'), 'eq-2.2')).toBe('d=4=5')
  })

  it('keeps an unnumbered row for the numbered one that goes on with it', () => {
    const paper = importText(
      String.raw`\begin{align} a &= b \label{eq:a} \\ &= c \nonumber \\ &\quad + d \label{eq:d} \end{align}`,
    )
    expect(paper.statements.map(({ printed: latex }) => latex.replace(/\s/g, ''))).toEqual(['a=b', '=c+d'])
  })

  it('follows a document class: equations of an appendix in revtex are (A1)', () => {
    const paper = importText(String.raw`\documentclass[prl]{revtex4-2}\begin{document}
      \begin{equation} a = 1 \end{equation} \appendix \section{More} \begin{equation} b = 2 \end{equation}\end{document}`)
    expect(paper.statements.map(({ label }) => label)).toEqual(['(1)', '(A1)'])
  })
})

describe('a source with faults', () => {
  const broken = importFixture('broken.tex')
  const messages = broken.problems.map(({ message }) => message)

  it.each([
    ['broken.tex:9', 'its braces do not match'],
    ['broken.tex:14', 'never ended by \\end{equation}'],
    ['broken.tex:11', "'missing.tex' is not there"],
    ['broken.tex:12', 'lies outside the folder'],
    ['broken.tex:13', 'includes itself (broken.tex -> broken.tex)'],
    ['broken.tex:2', '\\loopa -> \\loopb -> \\loopa'],
    ['broken.tex:4', '\\def\\between'],
    ['broken.tex:16', "'}' has no partner"],
  ])('is told of with its place: %s', (place, detail) => {
    expect(
      messages.filter((message) => message.startsWith(`${place}: `) && message.includes(detail)),
      messages.join('\n'),
    ).toHaveLength(1)
  })

  it('is imported nevertheless, each display with its number', () => {
    const found = byId(broken)
    expect([...found.keys()]).toEqual(['eq-1', 'eq-2', 'eq-3', 'eq-4', 'eq-5', 'eq-6'])
    for (const sound of ['eq-1', 'eq-3', 'eq-6']) expect(found.get(sound)!.encodingReason).toBeNull()
    expect(printed(broken, 'eq-1')).toBe('a=2b')
    expect(found.get('eq-2')).toMatchObject({
      place: 'broken.tex, line 9, eq:brace',
      encodingReason: expect.stringContaining('braces do not match'),
    })
    expect(found.get('eq-5')!.encodingReason).toContain('defined by itself')
  })

  it('whose macros expand without measure is read in time', () => {
    const elapsed = stopwatch()
    const { statements } = importFixture('bomb.tex')
    expect(elapsed()).toBeLessThan(2000)
    expect(statements[0]!.encodingReason).toContain('expand to more than')
    expect(statements[1]!.encodingReason).toBeNull()
  })

  it('that is not there is an input error', () => {
    expect(() => importText('').statements).not.toThrow()
    expect(() => importFixture('nowhere.tex')).toThrow(/nowhere\.tex: there is no such file/)
  })

  it('that the reader of formulas does not understand is encoded by hand, with what the reader says', () => {
    const { statements } = importText(String.raw`\begin{equation} a = b \pm c \end{equation}`)
    expect(statements[0]!.encodingReason).toContain('`\\pm` stands for two formulas')
  })

  it.each([
    '\\begin{equation}'.repeat(300),
    '{'.repeat(5000),
    '$$'.repeat(301),
    '\\newcommand{\\a}{\\a}\\a',
    '\\def',
    '\\newcommand',
    '\\begin{align} & \\\\ & \\\\ \\end{align}',
    '\u0000\\[\\]',
  ])('cannot bring the importer down: %#', (latex) => {
    const paper = importText(latex)
    for (const { id } of paper.statements) expect(id).toMatch(statementId)
    expect(Array.isArray(paper.problems)).toBe(true)
  })
})
