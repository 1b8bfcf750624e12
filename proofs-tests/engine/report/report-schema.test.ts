import { describe, expect, it } from 'vitest'
import type { Cells } from '../../../src/audit/figure.js'
import { InputError } from '../../../src/expression/errors.js'
import { type FigureFile, figureJson } from '../../../src/report/figure-file.js'
import { reportJson } from '../../../src/report/report.js'
import { readFigure, readReport } from '../../../src/report/report-schema.js'
import { samplePaper, sampleReport, sampleStatement } from './sample-report.js'

const report = sampleReport([
  sampleStatement('eq-1'),
  sampleStatement('eq-2', {
    from: ['p/eq-1'],
    checks: [
      { method: 'sampled', target: 'printed', outcome: 'refuted', summary: 's', name: 'n', leadingOrder: true, numbers: { z: -3, widths: [1, 2] }, witness: { at: { N: '1' }, left: '1', right: '2' } },
    ],
  }),
]) // biome-ignore format: one check

const figure: FigureFile = {
  schema: 1,
  facts: { statement: 'p/fig-1', label: 'Figure 1', about: 'a\n [ 1 ] list', paper: 'A', version: '0.1.0', seed: 1, depth: 'quick', sizes: ['10 networks'] },
  axes: { x: 'depth', y: 'norm' },
  error: null,
  data: {
    panels: [
      { x: { label: 'x', log: true }, y: { label: 'y' }, cells: { x: [1, 2, 3], y: [0.5], kinds: [{ name: 'low', color: '#123' }, { name: 'high' }], cells: [[0, 1, Number.NaN]] }, series: [{ name: 's', kind: 'points', x: [1, 2], y: [0.1, Number.NaN], error: [1e-9, 0], legend: null }] },
    ],
  },
} // biome-ignore format: one object a line

const withCells = (changed: Partial<Cells>): FigureFile => {
  const [panel] = figure.data!.panels
  return { ...figure, data: { panels: [{ ...panel!, cells: { ...panel!.cells!, ...changed } }] } }
}

const messageOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a report', () => {
  it('is read as it was written', () => {
    expect(readReport(reportJson(report), 'f')).toEqual(report)
  })

  it('may have keys that a later version added', () => {
    expect(readReport(JSON.stringify({ ...report, later: 1 }), 'f')).toEqual(report)
  })

  it.each([
    [{ ...report, schema: 2 }, /^f: a report of schema 2, and this version reads schema 1/],
    [{ papers: [] }, /^f: this is no report of corrigenda/],
    [[], /no report of corrigenda/],
    [{ ...report, papers: [{ ...report.papers[0], bibliography: undefined }] }, /^f: papers\.0 \(p\)\.bibliography: /],
    [
      sampleReport([sampleStatement('eq-1', { verdict: 'right' as 'proved' })]),
      /^f: papers\.0 \(p\)\.statements\.0 \(p\/eq-1\)\.verdict: /,
    ],
    [sampleReport([sampleStatement('eq-1', { figure: '../../etc/passwd' })]), /figure: is no file's name/],
    [sampleReport([sampleStatement('../eq-1')]), /id: is no id of a statement/],
    [sampleReport([sampleStatement('eq-1', { id: 'other/eq-1' })]), /the paper 'p' holds 'other\/eq-1'/],
    [sampleReport([sampleStatement('eq-b'), sampleStatement('eq-B')]), /'p\/eq-B' stands in it twice/],
    [{ ...report, papers: [samplePaper([]), samplePaper([])] }, /the paper 'p' stands in it twice/],
  ])('that is none is refused in one line with the place (%#)', (value, message) => {
    const said = messageOf(() => readReport(JSON.stringify(value), 'f'))
    expect(said).toMatch(message)
    expect(said).not.toContain('\n')
  })

  it('that is no JSON is refused with line and column', () => {
    expect(messageOf(() => readReport('{\n  "schema": 1,\n  x', 'f'))).toMatch(/^f:3:3: no report: /)
  })
})

describe('a figure’s numbers', () => {
  it('are read as they were written, what is not finite as none', () => {
    expect(readFigure(figureJson(figure), 'f')).toEqual(figure)
    expect(figureJson(figure)).toContain('"y": [0.1, null]')
    expect(figureJson(figure)).toContain('[0, 1, null]')
  })

  it.each([
    [{ ...figure, schema: 7 }, /^f: a figure of schema 7/],
    [{ ...figure, data: null }, /a figure has its numbers, or the reason/],
    [
      {
        ...figure,
        data: { panels: [{ ...figure.data!.panels[0], series: [{ ...figure.data!.panels[0]!.series[0], y: [1] }] }] },
      },
      /data\.panels\.0\.series\.0: x, y and error must be equally many/,
    ],
    [
      withCells({ cells: [[0, 1]] }),
      /data\.panels\.0\.cells: cells must have one row for each y, with one number for each x/,
    ],
    [withCells({ y: [0.5, 1] }), /data\.panels\.0\.cells: cells must have one row/],
    [withCells({ x: [1, 3, 2] }), /data\.panels\.0\.cells\.x: centres of cells must ascend/],
  ])('that are none are refused in one line (%#)', (value, message) => {
    expect(messageOf(() => readFigure(JSON.stringify(value), 'f'))).toMatch(message)
  })
})
