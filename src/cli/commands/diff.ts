import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { InputError } from '../../expression/errors.js'
import { type ComparableReport, readComparableReport } from '../../report/comparable-report.js'
import { compareReports } from '../../report/compare-reports.js'
import { comparisonText } from '../../report/comparison-text.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { requireWritable, writeAtomic } from '../files.js'
import { readOptions } from '../options.js'
import { print } from '../terminal.js'

export const diff: Command = async (rawArguments) => {
  const { positionals, json } = readOptions('diff', rawArguments, ['json'])
  const [before, after, ...others] = positionals
  if (before === undefined || after === undefined || others.length > 0)
    throw new InputError("name two reports: 'corrigenda diff OLD NEW', each a report.json")
  if (json !== undefined && json !== '-') await requireWritable(dirname(resolve(json)))
  const comparison = compareReports(await reportFrom(before), await reportFrom(after))
  const text = `${JSON.stringify(comparison, null, 2)}\n`
  print(json === '-' ? text : comparisonText(comparison))
  if (json !== undefined && json !== '-') await writeAtomic(resolve(json), text)
  return comparison.worse > 0 ? exitCode.refuted : exitCode.accounted
}

async function reportFrom(path: string): Promise<ComparableReport> {
  try {
    return readComparableReport(await readFile(resolve(path), 'utf8'), path)
  } catch (error) {
    if (error instanceof InputError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new InputError(`cannot be read (${code}); give a report.json that \`corrigenda audit --json\` wrote`, {
      file: path,
    })
  }
}
