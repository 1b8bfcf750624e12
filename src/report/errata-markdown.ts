import type { Severity } from '../audit/evidence.js'
import type { CheckReport, PaperReport, Report, StatementReport } from './report.js'
import { parametersText, shortSides } from './witness-text.js'

const rank: Readonly<Record<Severity, number>> = { observable: 0, algebra: 1, notation: 2 }

/** The errata of a report as Markdown, gravest first; within a severity in the papers' order. */
export function errataMarkdown(report: Report): string {
  const head = `# Errata\n\nFound by corrigenda ${report.corrigenda} (seed ${report.seed}, depth ${report.depth}). Severity: *observable*, sampled networks refute it too; *algebra*, wrong as printed; *notation*, a slip that nobody would compute with.`
  return `${[head, ...report.papers.map(paperErrata)].join('\n\n')}\n`
}

function paperErrata(paper: PaperReport): string {
  const wrong = paper.statements
    .filter(({ verdict }) => verdict === 'erratum' || verdict === 'refuted')
    .map((statement, position) => ({ statement, position }))
    .sort((a, b) => severityRank(a.statement) - severityRank(b.statement) || a.position - b.position)
    .map(({ statement }) => erratum(statement, paper))
  return [`## ${paper.title} (${paper.id})`, ...(wrong.length === 0 ? ['None found.'] : wrong)].join('\n\n')
}

const severityRank = ({ severity }: StatementReport): number => (severity === null ? 3 : rank[severity])

function erratum(statement: StatementReport, paper: PaperReport): string {
  const refuting = statement.checks.filter(({ target, outcome }) => target === 'printed' && outcome === 'refuted')
  const corrected = statement.checks.filter(({ target, method }) => target === 'corrected' && method === 'sampled')
  const heirs = paper.statements.filter(({ id, origin }) => origin === statement.id && id !== statement.id)
  const verdict = statement.verdict === 'refuted' ? ', no correction that holds' : ''
  return [
    `### ${statement.id}: ${statement.severity}${verdict}`,
    `${statement.label}, section ${statement.section}: ${statement.about}.`,
    `Printed:\n\n${mathBlock(statement.printed)}`,
    ...(statement.corrected === null ? [] : [`Corrected:\n\n${mathBlock(statement.corrected)}`]),
    [
      ...(statement.note === null ? [] : [`- Reason: ${oneLine(statement.note)}`]),
      ...refuting.flatMap(finding),
      ...corrected.flatMap(finding),
      ...(statement.origin === null || statement.origin === statement.id
        ? ['- Origin: here']
        : [`- Origin: inherited from ${statement.origin}`]),
      ...(heirs.length === 0 ? [] : [`- Inherited by: ${heirs.map(({ id }) => id).join(', ')}`]),
      ...(statement.reading === null ? [] : [`- Read under: ${statement.reading}`]),
      ...(statement.transcription === 'doubtful'
        ? [`- Transcription doubtful: ${oneLine(statement.transcriptionNote ?? '')}`]
        : []),
    ].join('\n'),
  ].join('\n\n')
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** A fenced block, so that no formula can become markup. */
const mathBlock = (latex: string): string => `\`\`\`math\n${latex.replaceAll('```', '').trim()}\n\`\`\``

/** What a check found, and below it where it is wrong: the parameters, and both values there. */
function finding({ method, target, name, outcome, summary, witness }: CheckReport): readonly string[] {
  const sampled = method === 'sampled'
  const text = oneLine(summary)
  const [first, ...more] = clauses(text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text)
  const who = sampled ? `Networks on the ${target} form (${oneLine(name)}): ${outcome}` : `Refuted (${method})`
  return [`- ${who}: ${first}`, ...more.map((clause) => `  - ${clause}`), ...witnessLines(witness, sampled)]
}

function witnessLines(witness: CheckReport['witness'], sampled: boolean): readonly string[] {
  if (witness === null) return []
  const { left, right } = shortSides(witness)
  return [
    `  - Witness: at ${parametersText(witness)}`,
    `  - There it states ${left}; ${right} was ${sampled ? 'measured' : 'derived'}`,
    ...(witness.note ? [`  - What is compared: ${oneLine(witness.note)}`] : []),
  ]
}

/** The parts of a line between its semicolons, those within brackets left alone. */
const clauses = (text: string): readonly string[] => text.split(/;\s+(?![^()]*\))/)
