import { join } from 'node:path'
import type { Simulate } from '../audit/assess.js'
import type { FigureData } from '../audit/figure.js'
import { InputError } from '../expression/errors.js'
import { errataMarkdown } from '../report/errata-markdown.js'
import { type Report, reportJson } from '../report/report.js'
import { texTables } from '../report/tex-tables.js'
import { writeAtomic } from './files.js'
import type { Options } from './options.js'
import type { PaperResults } from './run.js'

/**
 * Writes an audit's files into a folder: report.json, tables.tex, errata.md, and for each audited figure that is drawn
 * again an SVG and its numbers as CSV. Each is written whole or not at all. Returns their names.
 */
export async function writeReports(
  folder: string,
  report: Report,
  papers: readonly PaperResults[],
  options: Pick<Options, 'seed' | 'depth'>,
  simulate: Simulate,
): Promise<readonly string[]> {
  const files = new Map([
    ['report.json', reportJson(report)],
    ['tables.tex', texTables(report)],
    ['errata.md', errataMarkdown(report)],
  ])
  const figures = await figuresOf(papers, options, simulate)
  if (figures.length > 0) {
    const { figureSvg } = await import('../report/figure-svg.js')
    const { figureCsv } = await import('../report/figure-csv.js')
    for (const { name, data } of figures) {
      files.set(`${name}.svg`, figureSvg(data))
      files.set(`${name}.csv`, figureCsv(data))
    }
  }
  for (const [name, text] of files) await writeAtomic(join(folder, name), text)
  return [...files.keys()]
}

interface NamedFigure {
  readonly name: string
  readonly data: FigureData
}

async function figuresOf(
  papers: readonly PaperResults[],
  options: Pick<Options, 'seed' | 'depth'>,
  simulate: Simulate,
): Promise<readonly NamedFigure[]> {
  const drawn: NamedFigure[] = []
  for (const { prepared, results } of papers)
    for (const { statement } of results) {
      const figure = prepared.figure(statement.id)
      if (figure === undefined) continue
      try {
        const summaries = await Promise.all(figure.simulations(options).map(simulate))
        const data = figure.data(summaries, prepared.material(statement.id).context, options)
        drawn.push({ name: statement.id.replace('/', '-'), data })
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        process.stderr.write(`corrigenda: ${statement.id} cannot be drawn: ${error.message}\n`)
      }
    }
  return drawn
}
