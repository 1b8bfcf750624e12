import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../expression/errors.js'
import { katexStyle } from '../report/html/katex-style.js'
import type { ReportFiles } from '../report/report-input.js'

/** What all web pages of a report share: style, script, icon, and KaTeX's style with its fonts from the package itself. */
export async function pageAssets(): Promise<ReportFiles> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'report', 'html', 'assets')
  const katex = dirname(createRequire(import.meta.url).resolve('katex'))
  const css = await read(join(katex, 'katex.min.css'))
  const fonts = new Map<string, Uint8Array>()
  for (const [, file] of css.toString('utf8').matchAll(/url\(([^)]*\.woff2)\)/g))
    fonts.set(file!, await read(join(katex, file!)))
  const files = new Map<string, string | Uint8Array>([
    ['assets/katex.css', katexStyle(css.toString('utf8'), (file) => fonts.get(file)!)],
  ])
  for (const name of ['style.css', 'page.js', 'icon.svg']) files.set(`assets/${name}`, await read(join(folder, name)))
  return files
}

async function read(path: string): Promise<Buffer> {
  if (!existsSync(path)) throw new InputError(`'${path}' is missing; install or build corrigenda again`)
  return readFile(path)
}
