import { join } from 'node:path'
import { asInputError, premisesFor, printedPremises } from '../audit/prepare.js'
import type { Simulate } from '../audit/run-check.js'
import { errataMarkdown } from '../report/errata-markdown.js'
import { figureFacts } from '../report/figure-facts.js'
import { type FigureFile, figureJson } from '../report/figure-file.js'
import { latexFiles } from '../report/latex/files.js'
import { figureName, type Report, reportJson } from '../report/report.js'
import type { ReportFiles } from '../report/report-input.js'
import { readFigure } from '../report/report-schema.js'
import { verdictsMarkdown } from '../report/verdicts-markdown.js'
import { writeAtomic } from './files.js'
import type { PaperResults } from './run.js'

/**
 * Writes an audit's files into a folder: report.json; for each audited figure that is drawn again its numbers as JSON and
 * CSV, and an SVG; verdicts.md and errata.md; LaTeX in latex/; web pages in html/. Each file is written whole or not at all, and
 * so are the pages together. Returns what was written, in words.
 */
export async function writeReports(
  folder: string,
  report: Report,
  papers: readonly PaperResults[],
  simulate: Simulate,
): Promise<readonly string[]> {
  const drawn = await figuresOf(papers, report, simulate)
  const files = new Map<string, string | Uint8Array>([['report.json', reportJson(report)]])
  // What is made of the figures is made of what stands in their files, as `corrigenda report` will find it.
  const figures = new Map<string, FigureFile>()
  if (drawn.size > 0) {
    const { figureSvg } = await import('../report/figure-svg.js')
    const { figureCsv } = await import('../report/figure-csv.js')
    for (const [id, asDrawn] of drawn) {
      const name = figureName(id)
      const json = figureJson(asDrawn)
      const figure = readFigure(json, `${name}.json`)
      figures.set(id, figure)
      files.set(`${name}.json`, json)
      if (figure.data === null) continue
      files.set(`${name}.svg`, figureSvg(figure.data, figure.facts))
      files.set(`${name}.csv`, figureCsv(figure.data, figure.facts))
    }
  }
  files.set('verdicts.md', verdictsMarkdown(report))
  files.set('errata.md', errataMarkdown(report))
  const latex = latexFiles({ report, figures })
  for (const [name, text] of latex) files.set(`latex/${name}`, text)
  await writeFiles(folder, files)
  const { writePages } = await import('./write-pages.js')
  await writePages(join(folder, 'html'), { report, figures })
  return [
    'report.json',
    ...(drawn.size === 0 ? [] : [`${drawn.size} figure${drawn.size === 1 ? '' : 's'} (.json, .csv, .svg)`]),
    'verdicts.md',
    'errata.md',
    `latex/ (${latex.size} files)`,
    'html/index.html',
  ]
}

/** Writes files below a folder, each whole or not at all. Returns their names. Throws InputError. */
export async function writeFiles(folder: string, files: ReportFiles): Promise<readonly string[]> {
  for (const [name, content] of files) await writeAtomic(join(folder, name), content)
  return [...files.keys()]
}

/** The figures of audited statements. One that cannot be drawn is said on standard error, and its file says why. */
async function figuresOf(
  papers: readonly PaperResults[],
  report: Report,
  simulate: Simulate,
): Promise<ReadonlyMap<string, FigureFile>> {
  const { corrigenda: version, seed, depth } = report
  const drawn = new Map<string, FigureFile>()
  for (const { prepared, results } of papers)
    for (const { statement } of results) {
      const figure = prepared.figure(statement.id)
      if (figure === undefined) continue
      const fileOf = (requests: Parameters<typeof figureFacts>[3]) => ({
        schema: 1 as const,
        facts: figureFacts({ version, seed, depth }, prepared.paper, statement, requests),
        axes: statement.axes,
      })
      try {
        const requests = figure.simulations({ seed, depth })
        const summaries = await Promise.all(requests.map(simulate))
        const { context } = prepared.material(statement.id)
        const premises = premisesFor(prepared, statement.id, new Map())
        const printed = printedPremises(prepared, statement.id)
        const data = figure.data(summaries, { context, premises, printed, seed, depth })
        drawn.set(statement.id, { ...fileOf(requests), error: null, data })
      } catch (error) {
        const { message } = asInputError(error, 'its numbers cannot be computed')
        process.stderr.write(`corrigenda: ${statement.id} cannot be drawn: ${message}\n`)
        drawn.set(statement.id, { ...fileOf([]), error: message, data: null })
      }
    }
  return drawn
}
