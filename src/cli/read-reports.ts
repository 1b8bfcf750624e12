import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../expression/errors.js'
import type { FigureFile } from '../report/figure-file.js'
import type { Report } from '../report/report.js'
import type { ReportInput } from '../report/report-input.js'
import { readFigure, readReport } from '../report/report-schema.js'

/**
 * A report from its file, with the numbers of its figures from a folder, or with none where that is null. Throws InputError
 * where a file is missing or malformed, or where a figure belongs to another audit.
 */
export async function loadReport(file: string, figureFolder: string | null): Promise<ReportInput> {
  const report = readReport(await textOf(file, "'corrigenda audit --out DIR' writes one"), file)
  const figures = new Map<string, FigureFile>()
  if (figureFolder !== null)
    for (const { id, figure } of report.papers.flatMap(({ statements }) => statements)) {
      if (figure === null) continue
      const path = join(figureFolder, `${figure}.json`)
      const advice = `the report draws ${id}: give the folder of its figures with --figures, or audit with --out`
      const read = readFigure(await textOf(path, advice), path)
      refuseForeign(read, report, id, path)
      figures.set(id, read)
    }
  return { report, figures }
}

async function textOf(path: string, advice: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new InputError(`cannot be read (${code}); ${advice}`, { file: path })
  }
}

/** Figures and verdicts of different runs must not stand side by side. */
function refuseForeign({ facts }: FigureFile, report: Report, id: string, file: string): void {
  const found = [facts.statement, `version ${facts.version}`, `seed ${facts.seed}`, `depth ${facts.depth}`]
  const wanted = [id, `version ${report.corrigenda}`, `seed ${report.seed}`, `depth ${report.depth}`]
  const k = found.findIndex((fact, position) => fact !== wanted[position])
  if (k >= 0) throw new InputError(`a figure of another audit: ${found[k]}, the report has ${wanted[k]}`, { file })
}
