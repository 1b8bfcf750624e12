/** An error without a correction: what rests on it is blamed only with that said, in every report. */
import { describe, expect, it } from 'vitest'
import { errataText } from '../../../src/cli/verdict-table.js'
import { errataMarkdown } from '../../../src/report/errata-markdown.js'
import { failureText } from '../../../src/report/failure-text.js'
import { errataPageText } from '../../../src/report/html/page/errata-page.js'
import { junitXml } from '../../../src/report/junit.js'
import { errataFile } from '../../../src/report/latex/errata.js'
import { correctFirst, uncorrectedPremises } from '../../../src/report/uncorrected.js'
import { refuted, reportOf, statement } from './sample-statements.js'

// As a stranger's audit had it: (3) is wrong, (4) and (6) are blamed for it, (5) follows from it.
const statements = [
  statement('eq-1', { verdict: 'definition' }),
  refuted('eq-3', { from: ['p/eq-1'] }),
  refuted('eq-4', { from: ['p/eq-3'] }),
  statement('eq-5', { from: ['p/eq-3'] }),
  refuted('eq-6', { from: ['p/eq-5', 'p/eq-4'] }),
  refuted('eq-7', { from: ['p/eq-5'], verdict: 'erratum', corrected: 'a = c' }),
  refuted('eq-8', { from: ['p/eq-1'], verdict: 'erratum', corrected: 'a = c' }),
  statement('eq-9', { from: ['p/eq-8'] }),
  refuted('eq-10', { from: ['p/eq-8'] }),
]
const report = reportOf(statements)
const paper = report.papers[0]!
const of = (id: string) => statements.find((one) => one.id === `p/${id}`)!
const said = 'rests on p/eq-3, which is refuted and has no correction: correct that first'

describe('a refuted premise without correction', () => {
  it('is found all the way up, the topmost only, and for what is wrong alone', () => {
    expect(uncorrectedPremises(statements, of('eq-6'))).toEqual(['p/eq-3'])
    for (const id of ['eq-4', 'eq-6', 'eq-7']) expect(correctFirst(statements, of(id))).toBe(said)
    for (const id of ['eq-1', 'eq-3', 'eq-5', 'eq-8', 'eq-9', 'eq-10'])
      expect(correctFirst(statements, of(id))).toBeNull()
  })

  it('is told from one whose correction does not hold, and several are named together', () => {
    const two = [
      refuted('eq-1'),
      refuted('eq-2', { corrected: 'a = d' }),
      refuted('eq-3', { from: ['p/eq-1', 'p/eq-2'] }),
    ]
    expect(correctFirst(two, two[2]!)).toBe(
      'rests on p/eq-1, p/eq-2, which are refuted and have no correction that holds: correct those first',
    )
  })

  it('is walked once where premises go in a circle', () => {
    const circle = [refuted('eq-1', { from: ['p/eq-2'] }), refuted('eq-2', { from: ['p/eq-1'] })]
    expect(uncorrectedPremises(circle, circle[0]!)).toEqual([])
  })

  it('is named on the terminal, in Markdown, in HTML and in LaTeX, once for each that rests on it', () => {
    const texts = [errataText(paper), errataMarkdown(report), errataPageText(report, paper)]
    for (const text of texts) expect(text.split(said)).toHaveLength(4)
    expect(errataFile(report).split('which is refuted and has no correction: correct that first')).toHaveLength(4)
  })

  it('is named in the failures of tests, in JUnit also beside an erratum that passes', async () => {
    expect(failureText(of('eq-6'), statements)).toContain(`\n  ${said}\n`)
    expect(failureText(of('eq-10'), statements)).not.toContain('correct that first')
    expect((await junitXml(report)).split(said)).toHaveLength(4)
  })

  it('has statements that follow from it as it is printed, and none that are right as printed', () => {
    const entries = new Map(
      errataMarkdown(report)
        .split(/^### p\//m)
        .map((entry) => [entry.slice(0, entry.indexOf(':')), entry]),
    )
    expect(entries.get('eq-3')).toContain('- Follow from it as it is printed: p/eq-5')
    expect(entries.get('eq-3')).not.toContain('right as printed')
    expect(entries.get('eq-8')).toContain('- Rest on it and are right as printed: p/eq-9')
    expect(errataPageText(report, paper)).toContain('<dt>Follow from it as it is printed</dt>')
    expect(errataFile(report)).toContain('Follow from it as it is printed')
  })
})
