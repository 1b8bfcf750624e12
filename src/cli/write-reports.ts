import { join } from 'node:path'
import type { Simulate } from '../audit/assess.js'
import type { FigureData } from '../audit/figure.js'
import { asInputError, premisesFor, printedPremises } from '../audit/prepare.js'
import { errataMarkdown } from '../report/errata-markdown.js'
import { type FigureFacts, figureFacts } from '../report/figure-facts.js'
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
  const figures = await figuresOf(
    papers,
    { version: report.corrigenda, seed: options.seed, depth: options.depth },
    simulate,
  )
  if (figures.length > 0) {
    const { figureSvg } = await import('../report/figure-svg.js')
    const { figureCsv } = await import('../report/figure-csv.js')
    for (const { name, data, facts } of figures) {
      files.set(`${name}.svg`, figureSvg(data, facts))
      files.set(`${name}.csv`, figureCsv(data, facts))
    }
  }
  for (const [name, text] of files) await writeAtomic(join(folder, name), text)
  return [...files.keys()]
}

interface NamedFigure {
  readonly name: string
  readonly data: FigureData
  readonly facts: FigureFacts
}

async function figuresOf(
  papers: readonly PaperResults[],
  head: Pick<FigureFacts, 'version' | 'seed' | 'depth'>,
  simulate: Simulate,
): Promise<readonly NamedFigure[]> {
  const drawn: NamedFigure[] = []
  for (const { prepared, results } of papers)
    for (const { statement } of results) {
      const figure = prepared.figure(statement.id)
      if (figure === undefined) continue
      try {
        const { seed, depth } = head
        const requests = figure.simulations({ seed, depth })
        const summaries = await Promise.all(requests.map(simulate))
        const { context } = prepared.material(statement.id)
        const premises = premisesFor(prepared, statement.id, new Map())
        const printed = printedPremises(prepared, statement.id)
        const data = figure.data(summaries, { context, premises, printed, seed, depth })
        const facts = figureFacts(head, prepared.paper, statement, requests)
        drawn.push({ name: statement.id.replace('/', '-'), data, facts })
      } catch (error) {
        const { message } = asInputError(error, 'its numbers cannot be computed')
        process.stderr.write(`corrigenda: ${statement.id} cannot be drawn: ${message}\n`)
      }
    }
  return drawn
}
