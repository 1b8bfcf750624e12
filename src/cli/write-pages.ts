import type { ReportInput } from '../report/report-input.js'
import { pageAssets } from './page-assets.js'
import { replaceFolder } from './replace-folder.js'

/** Writes a report's web pages as a folder, whole or not at all; returns how many files. Throws InputError. */
export async function writePages(folder: string, input: ReportInput): Promise<number> {
  // KaTeX and the layout of graphs are loaded when pages are made, not before.
  const { htmlPages } = await import('../report/html/pages.js')
  const files = new Map([...(await pageAssets()), ...htmlPages(input)])
  await replaceFolder(folder, files)
  return files.size
}
