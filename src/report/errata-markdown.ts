import { type Erratum, errataOf } from './errata.js'
import type { CheckReport, PaperReport, Report } from './report.js'
import { parametersText, shortSides } from './witness-text.js'

/** The errata of a report as Markdown, gravest first; within a severity in the papers' order. */
export function errataMarkdown(report: Report): string {
  const head = `# Errata\n\nFound by corrigenda ${report.corrigenda} (seed ${report.seed}, depth ${report.depth}). Severity: *observable*, sampled networks refute it too; *algebra*, wrong as printed; *notation*, a slip that nobody would compute with.`
  return `${[head, ...report.papers.map(paperErrata)].join('\n\n')}\n`
}

function paperErrata(paper: PaperReport): string {
  const wrong = errataOf(paper).map(erratum)
  return [`## ${paper.title} (${paper.id})`, ...(wrong.length === 0 ? ['None found.'] : wrong)].join('\n\n')
}

function erratum({ statement, inheritedFrom, heirs, unharmed, recovers, conventions }: Erratum): string {
  const refuting = statement.checks.filter(({ target, outcome }) => target === 'printed' && outcome === 'refuted')
  const corrected = statement.checks.filter(({ target, method }) => target === 'corrected' && method === 'sampled')
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
      inheritedFrom === null ? '- Origin: here' : `- Origin: inherited from ${inheritedFrom}`,
      ...(heirs.length === 0 ? [] : [`- Inherited by: ${heirs.join(', ')}`]),
      ...recovers.map(
        ({ at, how, wrongOtherwise }) =>
          `- The paper recovers at ${at}${wrongOtherwise ? ' (itself an erratum for another reason)' : ''}: ${oneLine(how)}`,
      ),
      ...(unharmed.length === 0 ? [] : [`- Rest on it and are right as printed: ${unharmed.join(', ')}`]),
      `- Convention: ${conventions[0]}`,
      ...conventions.slice(1).map((line) => `  - ${line}`),
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
