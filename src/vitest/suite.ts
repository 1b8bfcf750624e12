import { afterAll, assert, describe, expect, it } from 'vitest'
import type { Depth } from '../audit/derivation.js'
import { ancestorsOf } from '../audit/graph.js'
import type { PreparedPaper } from '../audit/prepare.js'
import { type StatementResult, statementAuditor } from '../audit/runner.js'
import { isInDerivations, openSession, type Session } from '../cli/session.js'
import { simulationPool } from '../cli/simulation-pool.js'
import { InputError } from '../expression/errors.js'
import { paperRoot } from '../node/paper-root.js'
import { failureLine, failureText, standing } from '../report/failure-text.js'
import { isWrong, reportStatement, type StatementReport } from '../report/report.js'

/** How `auditSuite` audits. */
export interface SuiteOptions {
  /** Ids of the papers to audit. @defaultValue all of the folder */
  readonly papers?: readonly string[]
  /** How many instances and networks. @defaultValue 'quick' */
  readonly depth?: Depth
  /** Every random number follows from it. @defaultValue 1 */
  readonly seed?: number
  /** Threads for simulations: 1 is the thread of the test. @defaultValue 1 */
  readonly workers?: number
  /** What each statement's test may take, in milliseconds. @defaultValue 180000 */
  readonly timeout?: number
}

/** A paper of a suite, for further tests: what is asked for is audited once, by the suite's own tests too. */
export interface SuitePaper {
  readonly prepared: PreparedPaper
  /** A statement's result, by full id or by the id that it has in the paper. */
  readonly result: (id: string) => Promise<StatementResult>
  /** The same as reports have it, for the matchers. */
  readonly statement: (id: string) => Promise<StatementReport>
  /** All results, in the paper's order. */
  readonly results: () => Promise<readonly StatementResult[]>
}

/**
 * One test a statement, named by its id: it passes where the verdict leaves nothing to do, and otherwise fails with what is
 * printed, what was derived and the witness. What is open for a reason that its data declare is skipped, with the reason;
 * where evidence has overtaken the reason, it fails. A derivation module that does not load is a failing test of its own.
 *
 * @param from the paper's folder, or `import.meta.url` of a test file in it
 * @throws InputError where there is no such paper or its data cannot be understood
 *
 * @example
 * ```ts
 * import { auditSuite } from 'corrigenda/vitest'
 *
 * await auditSuite(import.meta.url)
 * ```
 */
export async function auditSuite(from: string | URL, options: SuiteOptions = {}): Promise<readonly SuitePaper[]> {
  const { seed = 1, depth = 'quick', workers = 1, timeout = 180_000 } = options
  const session = await openSession(paperRoot(from), options.papers)
  const pool = simulationPool({ workers })
  afterAll(() => pool.close())
  return chosen(session, options.papers).map((prepared) => {
    const paper = suitePaper(prepared, statementAuditor(prepared, { seed, depth, simulate: pool.simulate }))
    describe(prepared.paper.id, () => {
      for (const error of modulesMissing(session, prepared))
        it(`${error.place.file} loads`, () => assert.fail(error.message))
      for (const { id, open } of prepared.paper.statements)
        it(
          id,
          async ({ skip }) => {
            const statement = await paper.statement(id)
            const stands = standing(statement)
            if (stands === 'declared') skip(failureLine(statement))
            if (stands !== 'passes') {
              const above = isWrong(statement) ? ancestorsOf(prepared.graph, statement.id) : []
              assert.fail(failureText(statement, await Promise.all(above.map(paper.statement))))
            }
            if (open !== null)
              assert.fail(
                `${id}: its data say that it is open (${open.trim()}), and it is ${statement.verdict}; remove 'open'`,
              )
            expect(stands).toBe('passes')
          },
          timeout,
        )
    })
    return paper
  })
}

function chosen({ papers }: Session, wanted: readonly string[] | undefined): readonly PreparedPaper[] {
  if (wanted === undefined) return papers
  return wanted.map((id) => {
    const found = papers.find(({ paper }) => paper.id === id)
    if (found === undefined)
      throw new InputError(`no paper '${id}'; there are ${papers.map(({ paper }) => paper.id).join(', ')}`)
    return found
  })
}

const modulesMissing = ({ errors }: Session, { paper }: PreparedPaper): readonly InputError[] =>
  errors.filter((error) => isInDerivations(error, paper.id))

function suitePaper(prepared: PreparedPaper, audit: (id: string) => Promise<StatementResult>): SuitePaper {
  const { paper } = prepared
  const result = async (id: string): Promise<StatementResult> => {
    const known = paper.statements.find((statement) => statement.id === id || statement.id === `${paper.id}/${id}`)
    if (known === undefined)
      throw new InputError(`no statement '${id}' in ${paper.id}; \`corrigenda list\` names them all`)
    return audit(known.id)
  }
  return {
    prepared,
    result,
    statement: async (id) => {
      const found = await result(id)
      return reportStatement(paper, found, prepared.figure(found.statement.id) !== undefined)
    },
    results: () => Promise.all(paper.statements.map(({ id }) => audit(id))),
  }
}
