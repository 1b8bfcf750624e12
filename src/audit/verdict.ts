import type { Evidence, Severity, Verdict } from './evidence.js'

/** What a check, known by its name, found about one target. */
export interface CheckResult {
  readonly check: string
  readonly evidence: Evidence
}

/** What a verdict is computed from. */
export interface Case {
  readonly role: 'definition' | 'result'
  /** Whether the data hold a correction. */
  readonly corrected: boolean
  readonly slip: boolean
  readonly results: readonly CheckResult[]
}

export interface Judgement {
  readonly verdict: Verdict
  /** For an erratum or a refuted statement. */
  readonly severity: Severity | null
}

const ofTarget = (results: readonly CheckResult[], target: Evidence['target']): readonly CheckResult[] =>
  results.filter(({ evidence }) => evidence.target === target)

const has = (results: readonly CheckResult[], outcome: Evidence['outcome']): boolean =>
  results.some(({ evidence }) => evidence.outcome === outcome)

/** Whether everything that a target was put to speaks for it: something holds and nothing refutes it. */
const stands = (results: readonly CheckResult[]): boolean => has(results, 'holds') && !has(results, 'refuted')

/**
 * The verdict on a statement, from the evidence alone. What is undecided speaks neither for nor against; one refutation
 * outweighs any number of checks that hold, an exact proof included: where engines and numbers disagree, numbers decide.
 */
export function judge(subject: Case): Judgement {
  const printed = ofTarget(subject.results, 'printed')
  if (has(printed, 'refuted'))
    return {
      verdict: correctionHolds(subject, printed) ? 'erratum' : 'refuted',
      severity: severityOf(subject, printed),
    }
  // A statement with a correction claims that what is printed is wrong; a printed form that passes leaves that open.
  if (subject.corrected) return { verdict: 'open', severity: null }
  if (subject.role === 'definition') return { verdict: 'definition', severity: null }
  return { verdict: support(printed), severity: null }
}

/**
 * The correction must pass, and pass at least one of the very checks that the printed form failed. An exact comparison that holds
 * has answered what random instances of the same comparison refuted in the printed form: it says of all instances what they say of some.
 */
function correctionHolds(subject: Case, printed: readonly CheckResult[]): boolean {
  if (!subject.corrected) return false
  const corrected = ofTarget(subject.results, 'corrected')
  const failed = new Set(printed.filter(({ evidence }) => evidence.outcome === 'refuted').map(({ check }) => check))
  const answers = (check: string): boolean => failed.has(check) || failed.has(check.replace(/^exact\b/, 'property'))
  return (
    stands(corrected) &&
    has(
      corrected.filter(({ check }) => answers(check)),
      'holds',
    )
  )
}

function severityOf(subject: Case, printed: readonly CheckResult[]): Severity {
  if (subject.slip) return 'notation'
  const bySampling = printed.some(({ evidence }) => evidence.outcome === 'refuted' && evidence.method === 'sampled')
  return bySampling ? 'observable' : 'algebra'
}

/** How far evidence that nothing contradicts carries. */
function support(results: readonly CheckResult[]): Verdict {
  const holding = results.map(({ evidence }) => evidence).filter(({ outcome }) => outcome === 'holds')
  if (holding.length === 0) return 'open'
  if (holding.some(({ leadingOrder }) => leadingOrder)) return 'asymptotic'
  if (holding.some(({ method, instances }) => method === 'exact' && !instances)) return 'proved'
  return holding.some(({ method }) => method !== 'sampled') ? 'verified' : 'sampled'
}

/** Whether a statement is open for the reason that its data declare, and no error hides behind it. */
export const declaredOpen = (verdict: Verdict, reason: string | null, error: unknown = null): boolean =>
  verdict === 'open' && reason !== null && error === null

/** Whether a verdict leaves nothing to do: exit code 0. */
export const accountedFor = (verdict: Verdict): boolean => verdict !== 'refuted' && verdict !== 'open'
