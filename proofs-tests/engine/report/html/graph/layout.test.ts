import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestryOf } from '../../../../../src/report/html/graph/ancestry.js'
import { drawGraph } from '../../../../../src/report/html/graph/draw.js'
import { type GraphLayout, layOut, nodeHeight } from '../../../../../src/report/html/graph/layout.js'
import type { PaperReport } from '../../../../../src/report/report.js'
import { samplePaper, sampleStatement } from '../../sample-report.js'
import { sampleReportOfAll } from '../sample-pages.js'
import { shippedReport } from '../shipped.js'

/** Papers whose statements rest on earlier ones, some on none, some on statements that are not there. */
const anyPaper = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { maxLength: 14 })
  .map((premises) =>
    samplePaper(
      premises.map((from, k) =>
        sampleStatement(`eq-${k}`, { from: from.map((n) => (n < k ? `p/eq-${n}` : `p/absent-${n}`)) }),
      ),
    ),
  )

function overlaps({ nodes }: GraphLayout): number {
  let count = 0
  nodes.forEach((a, k) => {
    for (const b of nodes.slice(k + 1))
      if (Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < nodeHeight) count += 1
  })
  return count
}

const inside = ({ nodes, width, height }: GraphLayout): boolean =>
  nodes.every(
    (node) => node.x - node.width / 2 >= 0 && node.x + node.width / 2 <= width && node.y + nodeHeight / 2 <= height,
  )

const premiseCount = (paper: PaperReport): number => {
  const known = new Set(paper.statements.map(({ id }) => id))
  return paper.statements.flatMap(({ from }) => [...new Set(from)].filter((id) => known.has(id))).length
}

describe('the layout of a derivation graph', () => {
  it('shows every statement once, within the drawing and on no other, and every premise', () => {
    fc.assert(
      fc.property(anyPaper, (paper) => {
        const drawing = layOut(paper)
        expect(drawing.nodes.map(({ statement }) => statement.id).sort()).toEqual(
          paper.statements.map(({ id }) => id).sort(),
        )
        expect([overlaps(drawing), inside(drawing)]).toEqual([0, true])
        expect(drawing.edges).toHaveLength(premiseCount(paper))
      }),
      { numRuns: 30 },
    )
  })

  it('holds for the shipped papers', () => {
    for (const paper of shippedReport.papers) {
      const drawing = layOut(paper)
      expect([drawing.nodes.length, overlaps(drawing), inside(drawing)]).toEqual([paper.statements.length, 0, true])
    }
  })
})

describe('a derivation graph', () => {
  const [paper] = sampleReportOfAll.papers
  const { text } = drawGraph(paper!)
  const nodeOf = (name: string): string => new RegExp(`<a id="graph-${name}"[^>]*class="([^"]*)"`).exec(text)![1]!

  it('fills by verdict, and darker where all that a statement rests on is right as printed', () => {
    expect(nodeOf('eq-2')).toBe('node proved sound')
    expect(nodeOf('eq-3')).toBe('node erratum sound')
    expect(nodeOf('eq-4')).toBe('node erratum')
    expect(nodeOf('eq-7')).toBe('node asymptotic')
  })

  it('has a broken border where the printed form is encoded by hand', () => {
    expect(nodeOf('eq-8')).toBe('node sampled hand sound')
  })

  it('shows where an error is carried on, and nowhere else', () => {
    expect(text.match(/class="inherited"/g)).toHaveLength(1)
  })

  it('shows an error that comes from afar by a line of its own', () => {
    const far = samplePaper([
      sampleStatement('eq-1', { verdict: 'erratum', severity: 'algebra', origin: 'p/eq-1' }),
      sampleStatement('eq-2', { from: ['p/eq-1'] }),
      sampleStatement('eq-3', { from: ['p/eq-2'], verdict: 'erratum', severity: 'algebra', origin: 'p/eq-1' }),
    ])
    expect(drawGraph(far).text.match(/class="inherited far"/g)).toHaveLength(1)
  })

  it('is links to statements, each with a name', () => {
    const names = [...text.matchAll(/<a id="[^"]*" href="([^"]*)"[^>]*aria-label="([^"]+)"/g)]
    expect(names).toHaveLength(paper!.statements.length)
    expect(names[2]!.slice(1)).toEqual(['eq-3.html', '(3), erratum, observable'])
  })
})

describe('what a statement rests on', () => {
  it('is followed all the way up, circles once', () => {
    const paper = samplePaper([
      sampleStatement('eq-1', { verdict: 'open', from: ['p/eq-3'] }),
      sampleStatement('eq-2', { from: ['p/eq-1'] }),
      sampleStatement('eq-3', { from: ['p/eq-2'] }),
      sampleStatement('eq-4', { from: ['p/eq-3'] }),
    ])
    const ancestry = ancestryOf(paper)
    expect(ancestry.doubtful('p/eq-4')).toEqual(['p/eq-1'])
    expect(ancestry.usedBy('p/eq-3')).toEqual(['p/eq-1', 'p/eq-4'])
    expect(ancestry.usedBy('p/eq-4')).toEqual([])
  })
})
