import type { Severity, Verdict } from '../audit/evidence.js'
import { failureText, standing } from '../report/failure-text.js'
import type { StatementReport } from '../report/report.js'
import { parametersText } from '../report/witness-text.js'

/** What `expect.extend(matchers)` adds for statements of a report. */
export interface StatementMatchers {
  /** The verdict leaves nothing to do: not refuted, nor open without a declared reason. */
  toBeAccountedFor(): void
  /** The verdict, and the severity where one is given. */
  toHaveVerdict(verdict: Verdict, severity?: Severity): void
  /** What is printed is refuted by a check with a witness; where values are given, one that has them. */
  toHaveWitness(at?: Readonly<Record<string, string>>): void
}

declare module 'vitest' {
  interface Matchers<T> extends StatementMatchers {}
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * Matchers for statements of a report: those of `SuitePaper.statement`, of `auditFolder`, or of a `report.json`.
 *
 * @example
 * ```ts
 * expect.extend(matchers)
 * const [paper] = await auditSuite(import.meta.url)
 * it('finds the factor', async () => expect(await paper.statement('eq-2')).toHaveVerdict('erratum', 'algebra'))
 * ```
 */
export const matchers = {
  toBeAccountedFor(statement: StatementReport): MatcherResult {
    const pass = ['passes', 'declared'].includes(standing(statement))
    return {
      pass,
      message: () =>
        pass ? `${statement.id} is ${statement.verdict}, which leaves nothing to do` : failureText(statement),
    }
  },
  toHaveVerdict(statement: StatementReport, verdict: Verdict, severity?: Severity): MatcherResult {
    const pass = statement.verdict === verdict && (severity === undefined || statement.severity === severity)
    const wanted = severity === undefined ? verdict : `${verdict} (${severity})`
    return {
      pass,
      message: () => (pass ? `${statement.id} is ${wanted}` : `expected ${wanted}\n${failureText(statement)}`),
    }
  },
  toHaveWitness(statement: StatementReport, at: Readonly<Record<string, string>> = {}): MatcherResult {
    const witnesses = statement.checks.flatMap(({ target, outcome, witness }) =>
      target === 'printed' && outcome === 'refuted' && witness !== null ? [witness] : [],
    )
    const found = witnesses.find((witness) => Object.entries(at).every(([name, value]) => witness.at[name] === value))
    const wanted = parametersText({ at })
    return {
      pass: found !== undefined,
      message: () =>
        found !== undefined
          ? `${statement.id} is refuted at ${parametersText(found)}`
          : `expected a witness against what is printed at ${wanted}\n${failureText(statement)}`,
    }
  },
} as const
