import { join } from 'node:path'
import type { Simulate } from '../audit/assess.js'
import { type Report, reportJson } from '../report/report.js'
import { writeAtomic } from './files.js'
import type { Options } from './options.js'
import type { PaperResults } from './run.js'

/** Writes an audit's files into a folder and tells their names. */
export async function writeReports(
  folder: string,
  report: Report,
  papers: readonly PaperResults[],
  options: Pick<Options, 'seed' | 'depth'>,
  simulate: Simulate,
): Promise<readonly string[]> {
  const files = new Map<string, string>([['report.json', reportJson(report)]])
  for (const [name, text] of files) await writeAtomic(join(folder, name), text)
  void [papers, options, simulate]
  return [...files.keys()]
}
