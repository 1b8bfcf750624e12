import { describe, expect, it } from 'vitest'
import { htmlPages } from '../../../../src/report/html/pages.js'
import type { ReportInput } from '../../../../src/report/report-input.js'
import { samplePaper, sampleReport, sampleStatement } from '../sample-report.js'
import { sampleInput, sampleReportOfAll } from './sample-pages.js'
import { shippedInput, shippedReport } from './shipped.js'

const textOf = (files: ReturnType<typeof htmlPages>, name: string): string => String(files.get(name))

/** Links and sources of a page that name no file of the whole, or no place in it. */
function broken(files: ReturnType<typeof htmlPages>): readonly string[] {
  const shared = new Set(['assets/katex.css', 'assets/style.css', 'assets/page.js', 'assets/icon.svg'])
  const ids = new Map<string, ReadonlySet<string>>()
  for (const [name, text] of files)
    ids.set(name, new Set([...String(text).matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!)))
  return [...files]
    .filter(([name]) => name.endsWith('.html'))
    .flatMap(([name, text]) =>
      [...String(text).matchAll(/ (?:href|src)="([^"]*)"/g)].flatMap(([, address = '']) => {
        if (/^https:\/\/(arxiv|doi)\.org\//.test(address)) return []
        const url = new URL(address, `file:///${name}`)
        const file = decodeURIComponent(url.pathname.slice(1))
        const place = decodeURIComponent(url.hash.slice(1))
        const isThere = shared.has(file) || (files.has(file) && (place === '' || ids.get(file)!.has(place)))
        return isThere ? [] : [`${name}: ${address}`]
      }),
    )
}

describe('the pages of the shipped papers', () => {
  const files = htmlPages(shippedInput)

  it('are an index, a page and an errata sheet for each paper, and one for each statement', () => {
    const pages = [...files.keys()].filter((name) => name.endsWith('.html'))
    const statements = shippedReport.papers.flatMap((paper) => paper.statements)
    expect(pages).toHaveLength(1 + 2 * shippedReport.papers.length + statements.length)
    for (const { id } of statements) expect(pages).toContain(`${id}.html`)
  })

  it('lead nowhere that is not there', () => {
    expect(broken(files)).toEqual([])
  })

  it('have no id twice', () => {
    const twice = [...files].filter(([name, text]) => {
      const ids = [...String(text).matchAll(/<[a-z][^>]* id="([^"]*)"/g)].map((match) => match[1]!)
      return name.endsWith('.html') && new Set(ids).size !== ids.length
    })
    expect(twice.map(([name]) => name)).toEqual([])
  })

  it('stay below two and a half million characters, statements below half a million', () => {
    const long = [...files].filter(
      ([name, text]) => name.endsWith('.html') && text.length > (/index|errata/.test(name) ? 2.5e6 : 5e5),
    )
    expect(long.map(([name]) => name)).toEqual([])
  })

  it('are the same bytes for the same report, however long the audit took', () => {
    const again = htmlPages({ ...shippedInput, report: { ...shippedReport, elapsedSeconds: 99 } })
    expect([...again.keys()]).toEqual([...files.keys()])
    expect([...again].filter(([name, text]) => text !== files.get(name))).toEqual([])
  })

  it('have each figure with its numbers', () => {
    const page = textOf(files, 'schoenholz-2017/fig-4.html')
    expect(page).toContain('<img src="fig-4.svg" width="460"')
    expect(page).toContain('href="fig-4.csv" download')
    expect(textOf(files, 'schoenholz-2017/fig-4.csv')).toContain('\n1,simulation,points,2,3.9,0.1\n')
    expect(page).toContain('Error bars are one standard error each way.')
  })
})

describe('the pages of a report', () => {
  const files = htmlPages(sampleInput)

  it('lead nowhere that is not there', () => {
    expect(broken(files)).toEqual([])
  })

  it('let no markup of the report through', () => {
    for (const [name, text] of files) {
      expect([name, String(text).match(/<script>|<img src=x|<b>bold/g)]).toEqual([name, null])
      expect([name, String(text).match(/<layers>/g)]).toEqual([name, null])
    }
    expect(textOf(files, 'p/sec-1.claim.html')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('show a formula that cannot be set as its source, with a note', () => {
    expect(textOf(files, 'p/eq-7.html')).toContain('<code>\\frac{1</code>')
    expect(textOf(files, 'p/index.html')).toContain('shown as its source, which KaTeX cannot set')
  })

  it('show an erratum with both forms, the difference, the reason, the witness, who inherits it and what was tried', () => {
    const page = textOf(files, 'p/eq-3.html')
    for (const piece of [
      'enclosing removed',
      'enclosing added',
      '<del>+</del><ins>-</ins>',
      'The sign in the numerator, as <a href="eq-2.html">(2)</a> has it with σ<sub>w</sub><sup>2</sup> → 1.',
      '<dt>The printed form gives</dt><dd>3.83</dd>',
      '<dt>Measured</dt><dd>3.08 ± 0.01</dd>',
      '<dt>Inherited by</dt><dd><a href="eq-4.html">(4)</a></dd>',
      'Tried other-sign: wrong under it as well (x counts backwards)',
      'A measurement would show it',
      'width <span class="katex">',
    ])
      expect(page.toLowerCase()).toContain(piece.toLowerCase())
  })

  it('name what a statement rests on that is not right as printed', () => {
    expect(textOf(files, 'p/eq-7.html')).toContain('1 statement is not right as printed')
    expect(textOf(files, 'p/eq-2.html')).toContain('Everything it rests on, all the way up, is right as printed.')
  })

  it('count what was not checked, each with its reason', () => {
    const page = textOf(files, 'p/index.html')
    for (const piece of [
      '<dt>Left open</dt><dd>1</dd>',
      'no law is known',
      'a path integral',
      'a digit is easily misread',
    ])
      expect(page).toContain(piece)
  })

  it('say so where a part of a paper was audited, and link to nothing that was not', () => {
    const part = { ...samplePaper([sampleStatement('eq-2', { from: ['p/eq-1'] })]), statementCount: 9 }
    const files = htmlPages({ report: { ...sampleReport([]), papers: [part] }, figures: new Map() })
    expect(textOf(files, 'p/index.html')).toContain('8 statements of the paper’s 9 are not part of this audit.')
    expect(textOf(files, 'p/eq-2.html')).toContain('<span>p/eq-1</span>')
    expect(broken(files)).toEqual([])
  })

  it('say why a figure was not drawn again', () => {
    const figure = sampleStatement('fig-1', { kind: 'figure', figure: 'p-fig-1' })
    const input: ReportInput = {
      report: sampleReport([figure]),
      figures: new Map([['p/fig-1', { schema: 1, facts: shippedInput.figures.values().next().value!.facts, axes: null, error: 'the sum diverges', data: null }]]),
    } // biome-ignore format: one figure
    expect(textOf(htmlPages(input), 'p/fig-1.html')).toContain('could not be drawn again: the sum diverges.')
  })

  it('have a phase diagram with its legend, its cells in the CSV, and its phases in the text for who cannot see them', () => {
    const cells = { x: [1, 2], y: [1], kinds: [{ name: 'ordered' }, { name: 'chaotic' }], cells: [[0, 1]] }
    const { facts } = shippedInput.figures.values().next().value!
    const pages = htmlPages({
      report: sampleReport([sampleStatement('fig-1', { kind: 'figure', figure: 'p-fig-1' })]),
      figures: new Map([['p/fig-1', { schema: 1, facts: { ...facts, statement: 'p/fig-1' }, axes: null, error: null, data: { panels: [{ x: { label: 'w' }, y: { label: 'b' }, cells, series: [] }] } }]]),
    }) // biome-ignore format: one figure
    expect(textOf(pages, 'p/fig-1.html')).toContain('Regions: ordered, chaotic."')
    expect(textOf(pages, 'p/fig-1.svg')).toMatch(/>ordered<.*>chaotic</s)
    expect(textOf(pages, 'p/fig-1.csv')).toContain('\n1,chaotic,cell,2,1,\n')
  })

  it('of no paper, and of a paper without statements, are pages all the same', () => {
    const none = htmlPages({ report: { ...sampleReportOfAll, papers: [] }, figures: new Map() })
    expect(textOf(none, 'index.html')).toContain('0 statements of 0 papers')
    expect(broken(htmlPages({ report: sampleReport([]), figures: new Map() }))).toEqual([])
  })

  it('refuse a statement whose page would take another page’s place', () => {
    const input = { report: sampleReport([sampleStatement('index')]), figures: new Map() }
    expect(() => htmlPages(input)).toThrow("p/index: its page would take the place of the paper's own; rename it")
    const assets = { ...sampleReport([]), papers: [{ ...samplePaper([]), id: 'assets' }] }
    expect(() => htmlPages({ report: assets, figures: new Map() })).toThrow("a paper cannot be called 'assets'")
  })
})
