import { type Erratum, errataOf } from './errata.js'
import { clauses, withoutName } from './erratum-words.js'
import { markdownFormula, markdownMathematics, markdownProse, markdownText } from './markdown-text.js'
import { parameterLatex } from './parameter-names.js'
import type { CheckReport, PaperReport, Report } from './report.js'
import { placeOf } from './sections.js'
import { followWords } from './uncorrected.js'
import { shortSides } from './witness-text.js'

/** The errata of a report as Markdown, gravest first; within a severity in the papers' order. */
export function errataMarkdown(report: Report): string {
  const head = `# Errata\n\nFound by corrigenda ${report.corrigenda} (seed ${report.seed}, depth ${report.depth}). Severity: *observable*, sampled networks refute it too; *algebra*, wrong as printed; *notation*, a slip that nobody would compute with.`
  return `${[head, ...report.papers.map(paperErrata)].join('\n\n')}\n`
}

/** The errata of one paper below a heading of their own. */
export function paperErrata(paper: PaperReport): string {
  const wrong = errataOf(paper).map((one) => erratum(paper, one))
  return [`## ${markdownText(paper.title)} (${paper.id})`, ...(wrong.length === 0 ? ['None found.'] : wrong)].join(
    '\n\n',
  )
}

function erratum(
  paper: PaperReport,
  { statement, inheritedFrom, heirs, unharmed, following, correctFirst, recovers, conventions }: Erratum,
): string {
  const refuting = statement.checks.filter(({ target, outcome }) => target === 'printed' && outcome === 'refuted')
  const corrected = statement.checks.filter(({ target, method }) => target === 'corrected' && method === 'sampled')
  const verdict = statement.verdict === 'refuted' ? ', no correction that holds' : ''
  const found = (check: CheckReport): readonly string[] => finding(paper, check)
  return [
    `### ${statement.id}: ${statement.severity}${verdict}`,
    `${markdownText(placeOf(statement))}: ${markdownProse(statement.about)}.`,
    `For:\n\n${markdownFormula(statement.printed)}`,
    ...(statement.corrected === null ? [] : [`Read:\n\n${markdownFormula(statement.corrected)}`]),
    [
      ...(statement.note === null ? [] : [`- Reason: ${markdownProse(statement.note)}`]),
      ...refuting.flatMap(found),
      ...corrected.flatMap(found),
      inheritedFrom === null ? '- Origin: here' : `- Origin: inherited from ${inheritedFrom}`,
      ...(correctFirst === null ? [] : [`- Premise: ${correctFirst}`]),
      ...(heirs.length === 0 ? [] : [`- Inherited by: ${heirs.join(', ')}`]),
      ...recovers.map(
        ({ at, how, wrongOtherwise }) =>
          `- The paper recovers at ${at}${wrongOtherwise ? ' (itself an erratum for another reason)' : ''}: ${markdownProse(how)}`,
      ),
      ...(unharmed.length === 0 ? [] : [`- Rest on it and are right as printed: ${unharmed.join(', ')}`]),
      ...(following.length === 0 ? [] : [`- ${followWords(statement)}: ${following.join(', ')}`]),
      `- Convention: ${markdownProse(conventions[0] ?? '')}`,
      ...conventions.slice(1).map((line) => `  - ${markdownProse(line)}`),
      ...(statement.transcription === 'doubtful'
        ? [`- Transcription doubtful: ${markdownProse(statement.transcriptionNote ?? '')}`]
        : []),
    ].join('\n'),
  ].join('\n\n')
}

/** What a check found, and below it where it is wrong: the parameters, and both values there. */
function finding(paper: PaperReport, check: CheckReport): readonly string[] {
  const { method, target, name, outcome, witness } = check
  const sampled = method === 'sampled'
  const [first = '', ...more] = clauses(withoutName(check))
  const who = sampled ? `Networks on the ${target} form (${markdownProse(name)}): ${outcome}` : `Refuted (${method})`
  return [
    `- ${who}: ${markdownProse(first)}`,
    ...more.map((clause) => `  - ${markdownProse(clause)}`),
    ...witnessLines(paper, witness, sampled),
  ]
}

function witnessLines(paper: PaperReport, witness: CheckReport['witness'], sampled: boolean): readonly string[] {
  if (witness === null) return []
  const { left, right } = shortSides(witness)
  const parameters = Object.entries(witness.at).map(([name, value]) => {
    const latex = parameterLatex(name, paper.symbols)
    return `${latex === null ? markdownText(name) : markdownMathematics(latex)} = ${markdownProse(value)}`
  })
  return [
    `  - Witness: at ${parameters.join(', ') || 'any values'}`,
    `  - There it states ${markdownProse(left)}; ${markdownProse(right)} was ${sampled ? 'measured' : 'derived'}`,
    ...(witness.note ? [`  - What is compared: ${markdownProse(witness.note)}`] : []),
  ]
}
