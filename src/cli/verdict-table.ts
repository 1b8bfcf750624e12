import Table from 'cli-table3'
import type { Evidence, Verdict, Witness } from '../audit/evidence.js'
import { errataOf } from '../report/errata.js'
import type { PaperReport, StatementReport } from '../report/report.js'
import { withSimplestWitness } from '../report/witness-text.js'
import { coloredVerdict, colors, terminalWidth } from './terminal.js'

/**
 * The verdicts of a paper as a table no wider than `width` columns: one line a statement, ids whole, the reason cut where
 * it would not fit, and left out where there is no room for it at all.
 */
export function verdictTable(paper: PaperReport, width: number = terminalWidth()): string {
  const titles = ['statement', 'verdict', 'severity', 'origin'] as const
  const rows = paper.statements.map((statement) => ({
    cells: [
      shortOf(statement.id) + (statement.transcription === 'doubtful' ? ' ?' : ''),
      statement.verdict,
      statement.severity ?? '',
      statement.origin === statement.id ? 'here' : statement.origin === null ? '' : shortOf(statement.origin),
    ],
    statement,
  }))
  const widths = titles.map((title, k) => Math.max(title.length, ...rows.map(({ cells }) => cells[k]!.length)))
  const used = (columns: number): number => widths.slice(0, columns).reduce((sum, w) => sum + w + gap.length, 0)
  // Where not even these fit, the last go first; statement and verdict always stand.
  const shown = [4, 3].find((columns) => used(columns) - gap.length <= width) ?? 2
  const left = width - used(shown)
  const hasReason = shown === 4 && left >= leastReason
  const table = new Table({
    head: [...titles.slice(0, shown), ...(hasReason ? ['why'] : [])].map((title) => colors.bold(title)),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    colWidths: [...widths.slice(0, shown), ...(hasReason ? [left] : [])],
    chars: { ...plainBorders, middle: gap },
  })
  for (const { cells, statement } of rows)
    table.push([
      cells[0]!,
      coloredVerdict(statement.verdict),
      ...cells.slice(2, shown),
      ...(hasReason ? [oneLine(reasonFor(statement))] : []),
    ])
  const lines = table.toString().split('\n')
  return [`${colors.bold(paper.title)} (${paper.id})`, ...lines.map((line) => line.trimEnd())].join('\n')
}

const gap = '  '
/** A reason in fewer columns than these says nothing. */
const leastReason = 16

const plainBorders = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '',
} // biome-ignore format: a frame without lines

const shortOf = (id: string): string => id.slice(id.indexOf('/') + 1)

/** The check that carries the verdict, or why there is none. */
export function reasonFor(statement: StatementReport): string {
  if (statement.error !== null) return statement.error
  const of = (outcome: string): string | undefined =>
    statement.checks.find((check) => check.target === 'printed' && check.outcome === outcome)?.summary
  switch (statement.verdict) {
    case 'definition':
      return statement.about
    case 'erratum':
    case 'refuted':
      return of('refuted') ?? ''
    case 'open':
      if (statement.openReason !== null) return `open: ${statement.openReason}`
      return (
        of('undecided') ??
        of('holds') ??
        (statement.nextStep === null ? 'nothing was derived and nothing checks it' : `next: ${statement.nextStep}`)
      )
    default:
      return of('holds') ?? ''
  }
}

/** The errata of a paper with correction and witness, gravest first, for the terminal. */
export function errataText(paper: PaperReport): string {
  return errataOf(paper)
    .map(({ statement, heirs, recovers, correctFirst }) => {
      const lines = [
        `${coloredVerdict(statement.verdict)} ${colors.bold(statement.id)} (${statement.severity})`,
        `  printed    ${oneLine(statement.printed)}`,
        ...(statement.corrected === null ? [] : [`  corrected  ${oneLine(statement.corrected)}`]),
        ...(statement.origin === null || statement.origin === statement.id
          ? []
          : [`  inherits from ${statement.origin}`]),
        ...(correctFirst === null ? [] : [`  ${correctFirst}`]),
        ...(heirs.length === 0 ? [] : [`  inherited by ${heirs.map(shortOf).join(', ')}`]),
        ...(recovers.length === 0 ? [] : [`  recovers at ${recovers.map(({ at }) => shortOf(at)).join(', ')}`]),
        ...witnessesOf(statement),
      ]
      return lines.join('\n')
    })
    .join('\n\n')
}

export const oneLine = (latex: string): string => latex.replace(/\s+/g, ' ').trim()

/** The simplest witness against what is printed; where the correction fails too, one against it besides. */
export function witnessesOf({ checks }: Pick<StatementReport, 'checks'>): readonly string[] {
  const against = (target: Evidence['target']): Witness | null => {
    const refuting = checks.filter((check) => check.target === target && check.outcome === 'refuted')
    // What algebra or numbers found is simpler to follow than networks.
    const computed = withSimplestWitness(refuting.filter(({ method }) => method !== 'sampled'))
    return (computed ?? withSimplestWitness(refuting))?.witness ?? null
  }
  const [printed, corrected] = [against('printed'), against('corrected')]
  return [
    ...(printed === null ? [] : witnessLines(printed)),
    ...(corrected === null ? [] : ['  the correction fails too:', ...witnessLines(corrected)]),
  ]
}

/** A witness in two lines: where, and the sides' values there. */
export function witnessLines(witness: Witness): readonly string[] {
  const at = Object.entries(witness.at).map(([name, value]) => `${name} = ${value}`)
  return [
    `  witness    ${at.join(', ') || 'everywhere'}`,
    `             stated ${witness.left}, derived ${witness.right}${witness.note ? ` (${witness.note})` : ''}`,
  ]
}

/** Errors of statements and the next steps of what is open whole, guessed symbols together, and other warnings with their statements, for the terminal. */
export function adviceText(paper: PaperReport): string {
  const errors = paper.statements.flatMap(({ id, error }) =>
    error === null ? [] : [`${colors.red('error')} ${colors.bold(shortOf(id))}: ${error}`],
  )
  const waiting = new Map<string, readonly string[]>()
  for (const { id, nextStep } of paper.statements)
    if (nextStep !== null) waiting.set(nextStep, [...(waiting.get(nextStep) ?? []), shortOf(id)])
  const steps = [...waiting].map(([step, ids]) => `${colors.magenta('open')} ${colors.bold(ids.join(', '))}: ${step}`)
  const guessed = paper.symbols.filter(({ guess }) => guess).map(({ latex }) => latex[0] ?? '')
  const resting = paper.statements.filter(({ warnings }) => warnings.some(({ kind }) => kind === 'guess')).length
  const note =
    guessed.length === 0
      ? []
      : [
          `${colors.yellow('guessed')}: ${guessed.join(', ')}; ${resting} statements rest on ${guessed.length === 1 ? 'it' : 'them'}: confirm the notation in data/${paper.id}/paper.yaml and take each 'guess: true' away`,
        ]
  const places = paper.statements.flatMap(({ id, warnings }) =>
    warnings
      .filter(({ kind }) => kind !== 'guess')
      .map(({ kind, text }) => `${colors.yellow(kind)} ${colors.bold(shortOf(id))}: ${text}`),
  )
  return [...errors, ...steps, ...note, ...places].join('\n')
}

/** How many statements of each verdict, read by the parser and by hand, doubtful in transcription. */
export function countsText(papers: readonly PaperReport[]): string {
  const statements = papers.flatMap((paper) => paper.statements)
  const order: readonly Verdict[] = [
    'definition',
    'proved',
    'verified',
    'asymptotic',
    'sampled',
    'erratum',
    'refuted',
    'open',
  ]
  const verdicts = order
    .map((verdict) => [verdict, statements.filter((statement) => statement.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${coloredVerdict(verdict)}`)
  const hand = statements.filter(({ encoding }) => encoding === 'hand').length
  const doubtful = statements.filter(({ transcription }) => transcription === 'doubtful').length
  const declared = statements.filter(({ openReason }) => openReason !== null).length
  const reasons = declared === 0 ? '' : ` (${declared} of the open for a declared reason)`
  return `${statements.length} statements: ${verdicts.join(', ')}${reasons}\n${statements.length - hand} read from LaTeX, ${hand} encoded by hand, ${doubtful} doubtful in transcription`
}
