import { dirname, resolve } from 'node:path'
import { latexOf } from '../../audit/formulas.js'
import { ancestorsOf } from '../../audit/graph.js'
import { InputError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import { readFormula } from '../../expression/read-latex.js'
import { makeReport, reportJson, reportStatement } from '../../report/report.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { requireWritable, writeAtomic } from '../files.js'
import { readOptions } from '../options.js'
import { locatePapers } from '../papers-door.js'
import { exitCodeFor, runAudit } from '../run.js'
import {
  findStatement,
  openSession,
  packageVersion,
  reportMissingModules,
  type Selected,
  type Session,
} from '../session.js'
import { explanation } from '../statement-text.js'
import { print } from '../terminal.js'

export const check: Command = async (rawArguments, signal) => {
  const started = performance.now()
  const options = readOptions('check', rawArguments, [
    'depth',
    'seed',
    'workers',
    'json',
    'printed',
    'given',
    'cache',
    'no-cache',
  ])
  const { root, names } = locatePapers(process.cwd(), options.positionals)
  const [id, ...others] = names
  if (id === undefined || others.length > 0)
    throw new InputError("name one statement: 'corrigenda check STATEMENT' or 'corrigenda check DIR STATEMENT'")
  const session = await openSession(root, [id])
  const selected = findStatement(session, id)
  const { prepared, statement } = selected
  const missing = reportMissingModules(session, prepared.paper.id)
  const overrides = readOverrides(session, selected, options.given)
  const instead = options.printed === undefined ? null : readPrinted(selected, options.printed)
  if (options.json !== undefined && options.json !== '-') await requireWritable(dirname(resolve(options.json)))
  const run = {
    ...options,
    overrides,
    ...(instead === null ? {} : { instead: new Map([[statement.id, instead]]) }),
  }
  return runAudit(new Map([[prepared, new Set([statement.id])]]), run, signal, async ({ papers, interrupted }) => {
    if (interrupted) return exitCode.interrupted
    const [result] = papers.flatMap((paper) => paper.results)
    if (result === undefined) throw new Error('the statement has no result')
    if (result.error !== null) throw result.error
    const shown = {
      ...reportStatement(prepared.paper, result, prepared.figure(statement.id) !== undefined),
      ...(options.printed === undefined ? {} : { printed: options.printed, corrected: null }),
    }
    if (options.json === undefined) print(explanation(prepared.paper.bibliography, statement, shown))
    else {
      const head = {
        version: await packageVersion(),
        seed: options.seed,
        depth: options.depth,
        elapsedSeconds: (performance.now() - started) / 1000,
      }
      const report = makeReport(head, [{ paper: prepared.paper, results: [], drawn: new Set() }])
      const text = reportJson({ ...report, papers: [{ ...report.papers[0]!, statements: [shown] }] })
      if (options.json === '-') print(text)
      else await writeAtomic(resolve(options.json), text)
    }
    return exitCodeFor([result], missing)
  })
}

/** What stands in the place of premises, each given once. */
function readOverrides(session: Session, selected: Selected, given: readonly string[]): ReadonlyMap<string, Formula> {
  const overrides = new Map<string, Formula>()
  for (const one of given) {
    const [premise, formula] = readGiven(session, selected, one)
    if (overrides.has(premise)) throw new InputError(`--given names ${premise} twice; give each premise one formula`)
    overrides.set(premise, formula)
  }
  return overrides
}

/** `PREMISE=LATEX`: the premise by full id or short, within the statement's paper first. */
function readGiven(session: Session, { prepared, statement }: Selected, given: string): readonly [string, Formula] {
  const split = given.indexOf('=')
  if (split < 1) throw new InputError(`--given '${given}': write PREMISE=LATEX, such as --given 'eq-12=…'`)
  const name = given.slice(0, split).trim()
  const own = prepared.paper.statements.find(({ id }) => id === `${prepared.paper.id}/${name}`)
  const premise = own ?? findStatement(session, name).statement
  const above = ancestorsOf(prepared.graph, statement.id)
  if (!above.includes(premise.id))
    throw new InputError(
      `--given ${name}: ${statement.id} does not rest on ${premise.id}; it rests on ${above.join(', ') || 'nothing'}`,
    )
  const { notation } = prepared.material(premise.id)
  return [premise.id, readFormula(given.slice(split + 1), notation, { place: { statement: `--given ${name}` } })]
}

/** Whether a statement is a definition that neither a derivation nor a check speaks of. */
const isOnlyDefined = ({ graph, checks }: Selected['prepared'], { id, role }: Selected['statement']): boolean =>
  role === 'definition' && !graph.derivationOf.has(id) && checks(id).length === 0

function readPrinted({ prepared, statement }: Selected, latex: string): Formula {
  if (isOnlyDefined(prepared, statement))
    throw new InputError(
      '--printed: this is a definition: nothing is derived for it and nothing checks it, so that there is nothing to compare another formula with',
      { statement: statement.id },
    )
  if (latexOf(statement, 'printed') === null)
    throw new InputError(
      `--printed: this statement is encoded by hand (${statement.encodingReason}), so that no LaTeX can stand in its place`,
      {
        statement: statement.id,
      },
    )
  return readFormula(latex, prepared.material(statement.id).notation, { place: { statement: '--printed' } })
}
