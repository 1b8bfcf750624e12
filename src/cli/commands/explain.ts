import { InputError } from '../../expression/errors.js'
import { reportStatement } from '../../report/report.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { readOptions } from '../options.js'
import { locatePapers } from '../papers-door.js'
import { exitCodeFor, runAudit } from '../run.js'
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
    for (const result of results)
      print(explanation(prepared.paper.bibliography, statement, reportStatement(prepared.paper, result, isDrawn)))
    return interrupted ? exitCode.interrupted : exitCodeFor(results, missing)
  })
}
