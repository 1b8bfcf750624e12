// Puts what an audit found into README.md, between its markers, and the README's figure into docs/: made by the audit, never by
// hand. Usage: npm run audit && npm run readme-tables [-- REPORT]; with --check nothing is written, and what is stale is an error.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readReport } from '../dist/src/report/report-schema.js'
import { readmeTables } from '../dist/src/report/verdicts-markdown.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)
const check = args.includes('--check')
const file = args.find((argument) => !argument.startsWith('--')) ?? join(root, 'out', 'report.json')
const report = readReport(readFileSync(file, 'utf8'), file)
if (report.seed !== 1 || report.depth !== 'standard')
  throw new Error(`the README shows seed 1 at depth standard; ${file} has seed ${report.seed}, depth ${report.depth}`)

/** What should stand in a file of the repository, and what does. */
const readme = join(root, 'README.md')
const before = readFileSync(readme, 'utf8')
const after = before.replace(
  /(<!-- verdicts -->\n)[\s\S]*(<!-- \/verdicts -->)/,
  (_, begin, end) => `${begin}\n${readmeTables(report)}\n\n${end}`,
)
const figure = join(root, 'docs', 'figure-4.svg')
const drawn = readFileSync(join(dirname(file), 'schoenholz-2017-fig-4.svg'), 'utf8')
const wanted = [
  { name: 'README.md', path: readme, is: before, should: after },
  {
    name: 'docs/figure-4.svg',
    path: figure,
    is: existsSync(figure) ? readFileSync(figure, 'utf8') : null,
    should: drawn,
  },
]
const stale = wanted.filter(({ is, should }) => is !== should)
for (const { name, path, should } of stale) {
  if (check) console.error(`${name} does not show what the audit finds: run 'npm run audit && npm run readme-tables'`)
  else writeFileSync(path, should)
}
if (check && stale.length > 0) process.exitCode = 1
else console.log(stale.length === 0 ? 'current' : `written: ${stale.map(({ name }) => name).join(', ')}`)
