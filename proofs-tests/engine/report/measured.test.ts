import { describe, expect, test } from 'vitest'
import type { MeasuredValue } from '../../../src/audit/evidence.js'
import { evidence } from '../../../src/report/html/page/evidence.js'
import { sectionTables } from '../../../src/report/latex/tables.js'
import { intervalText, measuredGroups, measuredRows, measuredText, widthsText } from '../../../src/report/measured.js'
import { readReport } from '../../../src/report/report-schema.js'
import { check, reportOf, statement } from './sample-statements.js'

const measured: MeasuredValue = {
  quantity: '\\sigma_w^2',
  value: 1.21816,
  standardError: 0.00153,
  interval: [1.21516, 1.22118],
  level: 0.95,
  refutedOutside: [1.2102, 1.2262],
  widths: [
    { width: 128, value: 1.27412, standardError: 0.0018 },
    { width: 2048, value: 1.2215, standardError: 0.0015 },
  ],
  beside: [
    { name: 'printed', value: 1.75, relative: 0.437, compatible: false },
    { name: 'closure with m^2 = q/pi', value: 0.8267938956, relative: -0.321, compatible: false },
    { name: 'the exact limit', value: 1.2192886, relative: 0.000926, compatible: true },
  ],
}
const sampled = check("RAAI's boundary", { method: 'sampled', outcome: 'undecided', measured })
const other = check("RAAI's boundary", {
  method: 'sampled',
  measured: { ...measured, beside: [{ name: 'printed', value: 1.2, relative: -0.0149, compatible: true }] },
})
const report = reportOf([statement('a', { checks: [sampled] }), statement('b', { checks: [other, check('exact')] })])

describe('a measured number', () => {
  test('is told to the digits that its error allows', () => {
    expect(measuredText(measured)).toBe('1.2182 ± 0.0015')
    expect(intervalText(measured)).toBe('95 %: 1.2152 to 1.2212')
    expect(widthsText(measured)).toBe('1.2741 ± 0.0018 at width 128, 1.2215 ± 0.0015 at width 2048')
  })

  test('has what stands beside it by value and by how much it is off', () => {
    expect(measuredRows(measured).map(({ value, off }) => [value, off])).toEqual([
      ['1.75', '+43.7 %'],
      ['0.826794', '-32.1 %'],
      ['1.21929', '+0.09 %'],
    ])
  })

  test('stands once in a table of a paper, with what every statement says of it', () => {
    const [group, ...rest] = measuredGroups(report.papers[0]!)
    expect(rest).toEqual([])
    const [first, second] = report.papers[0]!.statements.map(({ label }) => `printed, ${label}`)
    expect(group!.rows.map(({ name }) => name)).toEqual([first, second, 'closure with m^2 = q/pi', 'the exact limit'])
  })

  test('is in the LaTeX tables of a paper that has one, and of no other', () => {
    const tables = sectionTables(report, report.papers[0]!)
    const found = tables.find(({ name }) => name.endsWith('-measured'))
    expect(found?.body).toContain('$\\sigma_w^2 = 1.2182 \\pm 0.0015$')
    expect(found?.body).toContain('1.2741 $\\pm$ 0.0018 at width 128')
    expect(found?.body).toContain('$-32.1 \\%$ & ruled out')
    const without = reportOf([statement('a', { checks: [check('exact')] })])
    expect(sectionTables(without, without.papers[0]!).some(({ name }) => name.endsWith('-measured'))).toBe(false)
  })

  test('is a table on the page of its statement', () => {
    const page = evidence(report.papers[0]!.statements[0]!, [], () => null).text
    expect(page).toContain('<th scope="row">measured</th><td>1.2182 ± 0.0015</td>')
    expect(page).toContain('at width 2048</td></tr>')
    expect(page).toContain('<th scope="row">closure with m<sup>2</sup> = q/π</th>')
    expect(page).toContain('<td>−32.1 %</td><td>rule it out</td>')
    expect(page).toContain('<td>+0.09 %</td><td>leave room for it</td>')
  })

  test('is read again from a report as it was written', () => {
    expect(readReport(JSON.stringify(report), 'report.json')).toEqual(report)
  })
})
