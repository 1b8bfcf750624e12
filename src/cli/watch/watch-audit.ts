import { register } from 'node:module'
import { join, resolve } from 'node:path'
import type { LoadedModule } from '../../audit/load/derivations.js'
import type { PreparedPaper } from '../../audit/prepare.js'
import { auditPaper, type StatementResult } from '../../audit/runner.js'
import { loadSecondEngine } from '../../exact/second-engine.js'
import { InputError } from '../../expression/errors.js'
import { reportStatement } from '../../report/report.js'
import { type ExitCode, exitCode } from '../exit.js'
import type { Options } from '../options.js'
import { openSession, type Session, select } from '../session.js'
import { simulationPool } from '../simulation-pool.js'
import { coloredVerdict, colors, print } from '../terminal.js'
import { reasonFor, witnessesOf } from '../verdict-table.js'
import { affectedStatements, type LoadedPaper } from './affected.js'
import { FileChanges } from './file-changes.js'
import { fingerprintOf } from './fingerprint.js'

export interface WatchOptions {
  readonly root: string
  readonly names: readonly string[]
  readonly run: Pick<Options, 'seed' | 'depth' | 'workers' | 'cache'>
}

/**
 * Audits, and again after each save what the save can have changed, until `signal` ends it. Threads, loaded papers and earlier
 * results are kept, so that an algebraic statement is answered in a fraction of a second.
 */
export async function watchAudit({ root, names, run }: WatchOptions, signal: AbortSignal): Promise<ExitCode> {
  // What the tests run has no loader of its own.
  if (!import.meta.url.endsWith('.ts')) register(new URL('./version-loader.js', import.meta.url))
  const pool = simulationPool({
    workers: run.workers,
    signal,
    cache: run.cache === null ? null : resolve(run.cache),
  })
  const secondEngine = await loadSecondEngine()
  const changes = new FileChanges([join(root, 'data'), join(root, 'derivations')], signal)
  const results = new Map<string, StatementResult>()
  let session: Session | null = null
  try {
    for (let started: number | null = performance.now(); started !== null; started = await changes.next()) {
      const before: Session | null = session
      try {
        session = await openSession(root, names, { version: await versionOf(root) })
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        print(`${now()} ${colors.red('cannot be read')}: ${error.message}`)
        continue
      }
      for (const { message } of session.errors) print(`${now()} ${colors.red('left out')}: ${message}`)
      let audited = 0
      for (const [prepared, wanted] of select(session, names)) {
        const only = affectedOf(before, session, prepared, wanted)
        const outcome = await auditPaper(prepared, {
          seed: run.seed,
          depth: run.depth,
          only,
          signal,
          secondEngine,
          simulate: pool.simulate,
        })
        for (const result of outcome.results) {
          tell(prepared, results.get(result.statement.id), result)
          results.set(result.statement.id, result)
        }
        audited += outcome.results.length
      }
      if (signal.aborted) break
      print(
        `${now()} ${audited} audited in ${((performance.now() - started) / 1000).toFixed(2)} s; ${countsOf(session, results)}; waiting for a save, Ctrl-C ends`,
      )
    }
  } finally {
    changes.close()
    await pool.close()
  }
  return exitCode.accounted
}

const versions = new Map<string, { readonly fingerprint: string; readonly version: number }>()

/** The version under which modules are loaded: another one where their texts are others than before. */
async function versionOf(root: string): Promise<number> {
  const fingerprint = await fingerprintOf([join(root, 'derivations'), join(root, 'dist', 'derivations')])
  const known = versions.get(root)
  if (known !== undefined && known.fingerprint === fingerprint) return known.version
  const version = known === undefined ? 0 : known.version + 1
  versions.set(root, { fingerprint, version })
  return version
}

function affectedOf(
  before: Session | null,
  after: Session,
  prepared: PreparedPaper,
  wanted: ReadonlySet<string>,
): ReadonlySet<string> {
  const loaded = (session: Session, paper: PreparedPaper): LoadedPaper => ({
    prepared: paper,
    modules: session.modules.get(paper.paper.id) ?? ([] as readonly LoadedModule[]),
  })
  const earlier = before?.papers.find(({ paper }) => paper.id === prepared.paper.id)
  if (before === null || earlier === undefined) return wanted
  const affected = affectedStatements(loaded(before, earlier), loaded(after, prepared))
  return new Set([...affected].filter((id) => wanted.has(id)))
}

/** One statement's verdict, as it was and as it is; what is wrong with its witness, what is open with the next step. */
function tell(prepared: PreparedPaper, before: StatementResult | undefined, result: StatementResult): void {
  const report = reportStatement(prepared.paper, result, false)
  const was = before === undefined || before.verdict === result.verdict ? '' : `${coloredVerdict(before.verdict)} -> `
  print(`${now()} ${colors.bold(report.id)} ${was}${coloredVerdict(report.verdict)}: ${reasonFor(report)}`)
  for (const line of witnessesOf(report)) print(line)
}

function countsOf({ papers }: Session, results: ReadonlyMap<string, StatementResult>): string {
  const verdicts = papers.flatMap(({ paper }) => paper.statements.flatMap(({ id }) => results.get(id)?.verdict ?? []))
  const counts = new Map<string, number>()
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')
}

const now = (): string => colors.dim(new Date().toTimeString().slice(0, 8))
