import type { Severity } from '../audit/evidence.js'
import type { CheckReport, PaperReport, Report, StatementReport } from './report.js'

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
  const witnessed = refuting.find(({ witness }) => witness !== null)
  const heirs = paper.statements.filter(({ id, origin }) => origin === statement.id && id !== statement.id)
  const verdict = statement.verdict === 'refuted' ? ', no correction that holds' : ''
  return [
    `### ${statement.id}: ${statement.severity}${verdict}`,
    `${statement.label}, section ${statement.section}: ${statement.about}.`,
    `Printed:\n\n${mathBlock(statement.printed)}`,
    ...(statement.corrected === null ? [] : [`Corrected:\n\n${mathBlock(statement.corrected)}`]),
    [
      ...(statement.note === null ? [] : [`- Reason: ${oneLine(statement.note)}`]),
      ...refuting.map(({ method, summary }) => `- Refuted (${method}): ${oneLine(summary)}`),
      ...(witnessed?.witness ? [witnessLine(witnessed.witness)] : []),
      ...networksWord(statement.checks),
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

function witnessLine({ at, left, right, note }: NonNullable<CheckReport['witness']>): string {
  const where = Object.entries(at).map(([name, value]) => `${name} = ${value}`)
  return `- Witness: at ${where.join(', ') || 'any values'} it states ${left}, and ${right} was derived${note ? ` (${note})` : ''}`
}

/** What sampled networks say of the printed and of the corrected form. */
function networksWord(checks: readonly CheckReport[]): readonly string[] {
  const sampled = checks.filter(({ method }) => method === 'sampled')
  return sampled.map(
    ({ target, outcome, summary }) => `- Networks on the ${target} form: ${outcome}: ${oneLine(summary)}`,
  )
}
