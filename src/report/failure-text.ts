import { accountedFor, declaredOpen } from '../audit/verdict.js'
import type { CheckReport, StatementReport } from './report.js'
import { correctFirst } from './uncorrected.js'
import { parametersText, shortSides } from './witness-text.js'

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/**
 * What a test of a statement should say: it passes, it is open for the reason that its data declare, it cannot be understood,
 * or its verdict leaves something to do.
 */
export function standing({ verdict, error, openReason }: StatementReport): 'passes' | 'declared' | 'error' | 'fails' {
  if (error !== null) return 'error'
  if (declaredOpen(verdict, openReason, error)) return 'declared'
  return accountedFor(verdict) ? 'passes' : 'fails'
}

/** The verdict in one line, with what carries it: what a statement that is not accounted for has to say first. */
export function failureLine(statement: StatementReport): string {
  const severity = statement.severity === null ? '' : ` (${statement.severity})`
  return oneLine(`${statement.id}: ${statement.verdict}${severity}: ${why(statement)}`)
}

/**
 * Why a statement is not accounted for, in lines for a test's message: its verdict, what is printed, what was derived, and
 * every check that refutes it or could not decide, each refutation with its witness. Where the paper's statements are given,
 * also a premise that is to be corrected first.
 */
export function failureText(statement: StatementReport, statements: readonly StatementReport[] = []): string {
  const first = correctFirst([...statements.filter(({ id }) => id !== statement.id), statement], statement)
  const speaking = statement.checks.filter(({ outcome }) => outcome !== 'holds')
  return [
    failureLine(statement),
    `  printed   ${oneLine(statement.printed)}`,
    ...(statement.corrected === null ? [] : [`  corrected ${oneLine(statement.corrected)}`]),
    ...(statement.derived === null ? [] : [`  derived   ${oneLine(statement.derived)}`]),
    ...(statement.origin === null || statement.origin === statement.id ? [] : [`  inherits from ${statement.origin}`]),
    ...(first === null ? [] : [`  ${first}`]),
    ...speaking.flatMap(checkLines),
    ...(statement.nextStep === null ? [] : [`  next      ${statement.nextStep}`]),
  ].join('\n')
}

function checkLines({ method, target, outcome, summary, witness }: CheckReport): readonly string[] {
  const line = `  ${method} on ${target}: ${outcome}: ${oneLine(summary)}`
  if (witness === null) return [line]
  const { left, right } = shortSides(witness)
  return [
    line,
    `    witness ${parametersText(witness)}`,
    `            stated ${left}, derived ${right}${witness.note ? ` (${oneLine(witness.note)})` : ''}`,
  ]
}

function why({ checks, corrected, error, openReason, verdict }: StatementReport): string {
  if (error !== null) return error
  const first = (outcome: CheckReport['outcome']): string | undefined =>
    checks.find((check) => check.target === 'printed' && check.outcome === outcome)?.summary
  if (verdict === 'open') {
    if (openReason !== null) return openReason
    if (corrected !== null && first('holds') !== undefined)
      return `the data hold a correction, but what is printed passes: ${first('holds')}`
    return first('undecided') ?? 'nothing was derived for it and nothing checks it'
  }
  return first('refuted') ?? first('holds') ?? 'there is nothing to derive'
}
