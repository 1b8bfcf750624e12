import type { SecondEngine } from '../exact/second-engine.js'
import { InputError } from '../expression/errors.js'
import type { Formula } from '../expression/expression.js'
import { type Assessment, type AssessOptions, assess } from './assess.js'
import type { Depth } from './derivation.js'
import type { Severity, Verdict } from './evidence.js'
import type { Groundwork } from './groundwork.js'
import { refutationHints, reservedWarnings } from './hints.js'
import { type KnownVerdict, originOf } from './origin.js'
import { asInputError, type Overrides, type PreparedPaper } from './prepare.js'
import type { Simulate } from './run-check.js'
import type { Statement } from './statement.js'
import { judge } from './verdict.js'
import { unreadWarnings, type Warning, warningsOf } from './warnings.js'

/** A statement with its verdict and everything behind it. */
export interface StatementResult extends Assessment {
  readonly statement: Statement
  readonly verdict: Verdict
  readonly severity: Severity | null
  /** Full id of the statement in which the error first enters; for an erratum or a refuted statement. */
  readonly origin: string | null
  /** Full ids of the premises it was derived from. */
  readonly from: readonly string[]
  readonly method: string | null
  /** Why the statement or its derivation could not be understood; then the verdict is `open`. */
  readonly error: InputError | null
  /** What to know before one believes the verdict: guessed symbols, places in the domains where a formula has no value. */
  readonly warnings: readonly Warning[]
  /** The module that speaks of it and did not load. @defaultValue null */
  readonly unloaded?: string | null
  /** Why its derivation was left out. @defaultValue null */
  readonly leftOut?: string | null
}

export interface AuditOptions {
  readonly seed: number
  readonly depth: Depth
  readonly simulate: Simulate
  /** A second computer algebra engine, to be asked about exact decisions. @defaultValue none */
  readonly secondEngine?: SecondEngine
  /** Full ids of the statements to audit. @defaultValue all */
  readonly only?: ReadonlySet<string>
  readonly overrides?: Overrides
  /** A formula to test in the place of the printed one. */
  readonly instead?: ReadonlyMap<string, Formula>
  /**
   * Does the groundwork of a statement, by its full id, in another thread, for the seed and depth of this audit and without
   * overrides; null where it must be done here. All statements are then under way together. @defaultValue here, one by one
   */
  readonly groundwork?: (id: string) => Promise<Groundwork | null>
  /** Told of every result as it comes. */
  readonly onResult?: (result: StatementResult, done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface AuditOutcome {
  /** In the paper's order. */
  readonly results: readonly StatementResult[]
  /** Whether the audit was stopped before every statement had its verdict. */
  readonly interrupted: boolean
}

/**
 * Audits a paper's statements, premises first. A statement's result depends on the seed, the depth and the statement
 * (with what it rests on) alone. What cannot be understood is reported with its statement; the others are still audited.
 */
export async function auditPaper(prepared: PreparedPaper, options: AuditOptions): Promise<AuditOutcome> {
  const wanted = prepared.graph.order.filter(({ id }) => options.only === undefined || options.only.has(id))
  const audit = new Audit(prepared, options)
  const found = new Map<string, StatementResult>()
  let interrupted = false
  const one = async (statement: Statement): Promise<void> => {
    options.signal?.throwIfAborted()
    const result = await audit.result(statement.id)
    found.set(statement.id, result)
    options.onResult?.(result, found.size, wanted.length)
  }
  try {
    // Groundwork is asked for before simulations, which come in smaller pieces: threads then end at about the same time.
    const together = options.groundwork === undefined ? [] : wanted.map(one)
    if (!options.overrides?.size) startSimulations(prepared, wanted, options)
    if (options.groundwork === undefined) for (const statement of wanted) await one(statement)
    await Promise.all(together)
  } catch (error) {
    if (!options.signal?.aborted) throw error
    interrupted = true
  }
  const results = prepared.paper.statements.flatMap(({ id }) => found.get(id) ?? [])
  return { results, interrupted }
}

/**
 * Audits single statements of a paper when they are asked for, each of them and what it takes its error from once. The
 * results are those of `auditPaper`.
 */
export function statementAuditor(
  prepared: PreparedPaper,
  options: Omit<AuditOptions, 'only' | 'onResult' | 'signal'>,
): (id: string) => Promise<StatementResult> {
  const audit = new Audit(prepared, options)
  return (id) => audit.result(id)
}

/** Simulations run while this thread compares formulas. Who needs one asks for it again and is given the same. */
function startSimulations(prepared: PreparedPaper, wanted: readonly Statement[], options: AuditOptions): void {
  for (const { id } of wanted)
    for (const check of prepared.checks(id)) {
      if (check.kind !== 'sampled') continue
      try {
        for (const request of check.simulations(options)) options.simulate(request).catch(() => {})
      } catch (error) {
        // The check reports it when its turn comes.
        asInputError(error, 'the check fails')
      }
    }
}

/** Results by statement, each computed once: also of statements that were not asked for but where an error may come from. */
class Audit {
  readonly #results = new Map<string, Promise<StatementResult>>()

  constructor(
    private readonly prepared: PreparedPaper,
    private readonly options: AuditOptions,
  ) {}

  result(id: string): Promise<StatementResult> {
    const known = this.#results.get(id) ?? this.#audit(id)
    this.#results.set(id, known)
    return known
  }

  async #audit(id: string): Promise<StatementResult> {
    const { prepared, options } = this
    const statement = prepared.statement(id)
    const instead = options.instead?.get(id) ?? null
    const common = {
      statement,
      from: prepared.graph.premisesOf(id),
      method: prepared.graph.derivationOf.get(id)?.method ?? null,
      unloaded: prepared.unloaded(id),
      leftOut: prepared.leftOut(id),
    }
    const assessOptions: AssessOptions = {
      ...options,
      secondEngine: options.secondEngine ?? null,
      overrides: options.overrides ?? new Map(),
      instead,
    }
    let assessment: Assessment
    try {
      assessment = await assess(prepared, id, assessOptions)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      const nothing = { results: [], derived: null, unread: [], reading: null, tried: [], severity: null, origin: null }
      return { ...common, ...nothing, verdict: 'open', error, warnings: [] }
    }
    const { verdict, severity } = judge({
      role: statement.role,
      corrected: statement.corrected !== null && instead === null,
      slip: statement.slip,
      results: assessment.results,
    })
    const wrong = verdict === 'erratum' || verdict === 'refuted'
    const origin = wrong ? await this.#origin(id, instead !== null) : null
    const warnings = [
      ...warningsOf(
        instead === null
          ? prepared.material(id)
          : { notation: prepared.material(id).notation, printed: instead, corrected: null },
      ),
      ...reservedWarnings(prepared, id),
      ...(verdict === 'refuted'
        ? refutationHints(prepared, id, {
            claimed: instead ?? prepared.material(id).printed,
            derived: assessment.derived,
          })
        : []),
      ...unreadWarnings(assessment.unread, prepared.graph.derivationOf.get(id)?.premises ?? {}),
    ]
    return { ...common, ...assessment, verdict, severity, origin, error: null, warnings }
  }

  /** A formula that was put in the printed one's place has its error to itself. */
  async #origin(id: string, replaced: boolean): Promise<string> {
    if (replaced) return id
    const known = new Map<string, KnownVerdict>()
    for (const premise of this.prepared.graph.premisesOf(id)) known.set(premise, await this.result(premise))
    return originOf(this.prepared, id, known, this.options.seed)
  }
}
