/** JUnit XML as a parser that nobody here wrote reads it. */
import { DOMParser } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { junitXml } from '../../../src/report/junit.js'
import { refuted, reportOf, statement } from './sample-statements.js'

const report = reportOf([
  statement('eq-1'),
  refuted('eq-2', { section: '8.4' }),
  statement('eq-3', { verdict: 'open' }),
  statement('eq-4', { verdict: 'open', error: 'data/p/statements.yaml:3: unknown symbol \\x' }),
  refuted('eq-5', { verdict: 'erratum', corrected: 'a = c' }),
  statement('eq-6', { verdict: 'open', openReason: 'needs training' }),
])
const xml = await junitXml(report)
const document = new DOMParser().parseFromString(xml, 'text/xml')
const one = (selector: string) => {
  const found = document.querySelector(selector)
  if (found === null) throw new Error(`nothing matches ${selector}`)
  return found
}

describe('JUnit XML', () => {
  it('has a suite a paper and a case a statement, named by id, with its section in the class', () => {
    expect(one('testsuite').getAttribute('name')).toBe('p')
    const cases = [...document.querySelectorAll('testcase')]
    expect(cases.map((test) => test.getAttribute('name'))).toEqual([
      'p/eq-1',
      'p/eq-2',
      'p/eq-3',
      'p/eq-4',
      'p/eq-5',
      'p/eq-6',
    ])
    expect(cases[1]!.getAttribute('classname')).toBe('p.section-8.4')
  })

  it('counts failures and errors as its cases have them', () => {
    const counts = ['tests', 'failures', 'errors', 'skipped'].map((name) => one('testsuites').getAttribute(name))
    expect(counts).toEqual(['6', '2', '1', '1'])
    expect(document.querySelectorAll('failure').length).toBe(2)
    expect(document.querySelectorAll('error').length).toBe(1)
  })

  it('tells the witness of what is refuted', () => {
    const failure = one('testcase[name="p/eq-2"] failure')
    expect(failure.getAttribute('type')).toBe('refuted')
    expect(failure.textContent).toContain('witness couplingStrength = 1/2, sites = 3')
    expect(failure.textContent).toContain('stated 1, derived 2')
    expect(failure.textContent).toContain('printed   a = b')
  })

  it('tells what could not be understood as an error, and accepts an erratum with its correction', () => {
    expect(one('testcase[name="p/eq-4"] error').getAttribute('message')).toContain('unknown symbol \\x')
    expect(document.querySelector('testcase[name="p/eq-5"] failure')).toBeNull()
  })

  it('skips what is open for a declared reason, with the reason', () => {
    expect(one('testcase[name="p/eq-6"]').querySelector('skipped')).not.toBeNull()
    expect(one('testcase[name="p/eq-6"] system-out').textContent).toBe('p/eq-6: open: needs training')
  })

  it('holds no character that XML forbids, and every other as it is', () => {
    expect([...xml].filter((character) => character < ' ' && character !== '\n')).toEqual([])
    expect(xml).toMatch(/message="[^"]*differs \]\]> from what &lt;was> derived"/)
    expect(one('testcase[name="p/eq-2"] failure').textContent).toContain('differs ]]> from what <was> derived')
  })

  it('is the same for equal reports', async () => {
    expect(await junitXml(reportOf(report.papers[0]!.statements, { elapsedSeconds: 99 }))).toBe(xml)
  })
})
