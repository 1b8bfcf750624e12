import type { Bibliography, Statement } from '../audit/statement.js'
import { conventionsOf } from '../report/errata.js'
import { intervalText, measuredRows, measuredText, widthsText } from '../report/measured.js'
import type { CheckReport, StatementReport } from '../report/report.js'
import { coloredVerdict, colors } from './terminal.js'
import { oneLine, witnessLines } from './verdict-table.js'

/**
 * Everything about one statement: what is printed, what it rests on, what was derived, every check with its evidence;
 * and `first`, that a premise is to be corrected first.
 */
export function explanation(
  bibliography: Bibliography,
  statement: Statement,
  report: StatementReport,
  first: string | null = null,
): string {
  const field = (name: string, value: string | null): readonly string[] =>
    value === null ? [] : [`${colors.dim(name.padEnd(14))}${value}`]
  const severity = report.severity === null ? '' : ` (${report.severity})`
  return [
    `${colors.bold(report.id)} ${report.label}, section ${report.section} of ${bibliography.title}`,
    ...field('about', report.about),
    ...field('verdict', `${coloredVerdict(report.verdict)}${severity}`),
    ...field('open', report.openReason),
    ...field('origin', report.origin === report.id ? 'here' : report.origin),
    ...field('printed', oneLine(report.printed)),
    ...field('corrected', report.corrected && oneLine(report.corrected)),
    ...field('encoding', report.encoding === 'hand' ? `by hand: ${report.encodingReason}` : 'read from LaTeX'),
    ...field('transcription', report.transcription === 'doubtful' ? `doubtful: ${report.transcriptionNote}` : null),
    ...field('reading', report.reading && readingText(statement, report.reading)),
    ...(report.tried.length === 0
      ? []
      : conventionsOf(report)
          .slice(1)
          .flatMap((line) => field('convention', line))),
    ...report.recovers.flatMap(({ at, how }) => field('recovers at', `${at}: ${oneLine(how)}`)),
    ...field('premises', report.from.length === 0 ? null : report.from.join(', ')),
    ...field('but', first),
    ...field('derivation', report.method),
    ...field('derived', report.derived),
    ...field('note', report.note),
    ...field('error', report.error),
    ...field('next', report.nextStep),
    ...report.warnings.flatMap(({ text }) => field('warning', text)),
    '',
    ...(report.checks.length === 0 ? ['no checks'] : report.checks.flatMap(checkLines)),
  ].join('\n')
}

const readingText = (statement: Statement, id: string): string =>
  `${id}: ${oneLine(statement.readings.find((reading) => reading.id === id)?.note ?? '')}`

const marks = { holds: colors.green('holds'), refuted: colors.red('refuted'), undecided: colors.magenta('undecided') }

function checkLines(check: CheckReport): readonly string[] {
  const numbers = Object.entries(check.numbers).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : value}`,
  )
  return [
    `${check.method} on ${check.target}: ${marks[check.outcome]}: ${check.summary}`,
    ...(check.witness ? witnessLines(check.witness) : []),
    ...measuredLines(check),
    ...(numbers.length > 0 ? [colors.dim(`  ${numbers.join(', ')}`)] : []),
  ]
}

/** The measured number and what stands beside it, one below the other. */
function measuredLines({ measured }: CheckReport): readonly string[] {
  if (measured === undefined) return []
  const rows = measuredRows(measured)
  const finite = widthsText(measured)
  const width = Math.max(15, ...rows.map(({ name }) => name.length))
  return [
    `  ${'measured'.padEnd(width)}  ${measuredText(measured)} (${intervalText(measured)})`,
    ...(finite === null ? [] : [`  ${'at finite width'.padEnd(width)}  ${finite}`]),
    ...rows.map(
      ({ name, value, off, compatible }) =>
        `  ${name.padEnd(width)}  ${value.padEnd(9)} ${off.padStart(8)}${compatible ? '' : '  outside'}`,
    ),
  ]
}
