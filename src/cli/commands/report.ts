import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { InputError } from '../../expression/errors.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { requireWritable, writeAtomic } from '../files.js'
import { readOptions } from '../options.js'
import { loadReport } from '../read-reports.js'
import { print } from '../terminal.js'
import { writeFiles } from '../write-reports.js'

export const report: Command = async (rawArguments) => {
  const { positionals, html, latex, markdown, figures } = readOptions('report', rawArguments, [
    'html',
    'latex',
    'markdown',
    'figures',
  ])
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0)
    throw new InputError("name one report: 'corrigenda report out/report.json --latex DIR'")
  if (html === undefined && latex === undefined && markdown === undefined)
    throw new InputError('nothing to write: give --html DIR, --latex DIR or --markdown FILE')
  const needsFigures = html !== undefined || latex !== undefined
  const input = await loadReport(
    reportFile(resolve(file)),
    needsFigures ? resolve(figures ?? dirname(reportFile(resolve(file)))) : null,
  )
  for (const folder of [html, latex]) if (folder !== undefined) await requireWritable(resolve(folder))
  if (html !== undefined) {
    const { writePages } = await import('../write-pages.js')
    const count = await writePages(resolve(html), input)
    print(`written to ${html}: ${count} files, index.html the one to open`)
  }
  if (latex !== undefined) {
    const { latexFiles } = await import('../../report/latex/files.js')
    const written = await writeFiles(resolve(latex), latexFiles(input))
    print(`written to ${latex}: ${written.length} files, report.tex the one to compile`)
  }
  if (markdown !== undefined) {
    const { reportMarkdown } = await import('../../report/markdown.js')
    const text = reportMarkdown(input.report)
    if (markdown === '-') print(text)
    else {
      await writeAtomic(resolve(markdown), text)
      print(`written: ${markdown}`)
    }
  }
  return exitCode.accounted
}

/** The report itself, or the one that an audit left in a folder or in its `out`. Throws InputError on a folder without one. */
function reportFile(given: string): string {
  if (!statSync(given, { throwIfNoEntry: false })?.isDirectory()) return given
  const found = [join(given, 'report.json'), join(given, 'out', 'report.json')].find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new InputError("no report.json in it or in its out/; 'corrigenda audit --out DIR' writes one", { file: given })
}
