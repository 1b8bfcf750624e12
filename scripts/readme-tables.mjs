// Puts the verdicts and errata of a report into README.md, between its markers: made from the audit, never by hand.
// Usage: npm run audit && npm run readme-tables [-- FILE]; with --check nothing is written and a stale README is an error.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)
const check = args.includes('--check')
const report = JSON.parse(
  readFileSync(args.find((a) => !a.startsWith('--')) ?? join(root, 'out', 'report.json'), 'utf8'),
)
const verdicts = ['definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open']

const row = (cells) => `| ${cells.join(' | ')} |`
const verdictTable = (paper) => {
  // Numbered sections in their order; names, and letters of appendices, as the paper's data have them, after the numbers.
  const numbered = (section) => /^\d/.test(section)
  const sections = [...new Set(paper.statements.map(({ section }) => section))].sort((a, b) =>
    numbered(a) && numbered(b)
      ? a.localeCompare(b, 'en', { numeric: true })
      : Number(numbered(b)) - Number(numbered(a)),
  )
  const shown = verdicts.filter((v) => paper.statements.some(({ verdict }) => verdict === v))
  const count = (of, verdict) => of.filter((s) => s.verdict === verdict).length || ''
  return [
    row(['section', 'statements', ...shown]),
    row(['---', ...Array.from({ length: shown.length + 1 }, () => '--:')]),
    ...sections.map((section) => {
      const of = paper.statements.filter((s) => s.section === section)
      return row([section, of.length, ...shown.map((v) => count(of, v))])
    }),
    row(['**all**', `**${paper.statements.length}**`, ...shown.map((v) => `**${count(paper.statements, v)}**`)]),
  ].join('\n')
}

const rank = { observable: 0, algebra: 1, notation: 2 }
const errataTable = (paper) => {
  const errata = paper.statements.filter(({ verdict }) => verdict === 'erratum')
  const own = errata.filter(({ id, origin }) => origin === id)
  const inheriting = (id) => errata.filter((s) => s.origin === id && s.id !== id).map(({ label }) => label)
  return [
    row(['severity', 'where', 'what is wrong', 'inherited by']),
    row(['---', '---', '---', '---']),
    ...own
      .sort((a, b) => rank[a.severity] - rank[b.severity])
      .map((s) =>
        row([
          s.transcription === 'doubtful' ? `${s.severity}, or the scan's` : s.severity,
          s.label,
          (s.note ?? s.about).replaceAll('|', '\\|'),
          inheriting(s.id).join(', '),
        ]),
      ),
  ].join('\n')
}

const hand = (paper) => paper.statements.filter(({ encoding }) => encoding === 'hand').length
const body = report.papers
  .map(
    (paper) =>
      `**${paper.title}** (\`${paper.id}\`): ${paper.statements.length} statements, ${paper.statements.length - hand(paper)} read from their LaTeX, ${hand(paper)} encoded by hand (seed ${report.seed}, depth ${report.depth}).\n\n${verdictTable(paper)}\n\nErrata, by severity:\n\n${errataTable(paper)}`,
  )
  .join('\n\n')

const file = join(root, 'README.md')
const before = readFileSync(file, 'utf8')
const after = before.replace(
  /(<!-- verdicts -->\n)[\s\S]*(<!-- \/verdicts -->)/,
  (_, begin, end) => `${begin}\n${body}\n\n${end}`,
)
if (check && after !== before) {
  console.error('README.md does not show what the audit finds: run `npm run audit && npm run readme-tables`')
  process.exit(1)
}
if (!check) writeFileSync(file, after)
