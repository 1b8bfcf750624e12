import { ancestorsOf } from '../../audit/graph.js'
import type { PreparedPaper } from '../../audit/prepare.js'
import { InputError } from '../../expression/errors.js'
import { isWrong, reportStatement, type StatementReport } from '../../report/report.js'
import { correctFirst } from '../../report/uncorrected.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { readOptions } from '../options.js'
import { locatePapers } from '../papers-door.js'
import { exitCodeFor, type RunOptions, runAudit } from '../run.js'
import { findStatement, openSession, reportMissingModules } from '../session.js'
import { explanation } from '../statement-text.js'
import { print } from '../terminal.js'

export const explain: Command = async (rawArguments, signal) => {
  const options = readOptions('explain', rawArguments, ['depth', 'seed', 'workers', 'cache', 'no-cache'])
  const { root, names } = locatePapers(process.cwd(), options.positionals)
  const [id, ...others] = names
  if (id === undefined || others.length > 0)
    throw new InputError("name one statement: 'corrigenda explain STATEMENT' or 'corrigenda explain DIR STATEMENT'")
  const session = await openSession(root, [id])
  const { prepared, statement } = findStatement(session, id)
  const missing = reportMissingModules(session, prepared.paper.id)
  return runAudit(new Map([[prepared, new Set([statement.id])]]), options, signal, async ({ papers, interrupted }) => {
    const results = papers.flatMap((paper) => paper.results)
    const isDrawn = prepared.figure(statement.id) !== undefined
    const reports = results.map((result) => reportStatement(prepared.paper, result, isDrawn))
    for (const report of reports) {
      const above = isWrong(report) ? await premisesAbove(prepared, report.id, options, signal) : []
      print(explanation(prepared.paper.bibliography, statement, report, correctFirst([...above, report], report)))
    }
    return interrupted ? exitCode.interrupted : exitCodeFor(results, missing)
  })
}

/** What a statement rests on, all the way up, audited as well: of what is wrong one wants to know whether that stands. */
const premisesAbove = (
  prepared: PreparedPaper,
  id: string,
  options: RunOptions,
  signal: AbortSignal,
): Promise<readonly StatementReport[]> =>
  runAudit(new Map([[prepared, new Set(ancestorsOf(prepared.graph, id))]]), options, signal, async ({ papers }) =>
    papers.flatMap(({ results }) => results.map((result) => reportStatement(prepared.paper, result, false))),
  )
