import type { Depth } from '../audit/derivation.js'
import { auditPaper, type StatementResult } from '../audit/runner.js'
import { openSession, packageVersion, select } from '../cli/session.js'
import { auditPool } from '../cli/simulation-pool.js'
import { loadSecondEngine } from '../exact/second-engine.js'
import type { InputError } from '../expression/errors.js'
import { makeReport, type Report, reportedPaper } from '../report/report.js'
import { paperRoot } from './paper-root.js'

/** How a folder is audited. */
export interface FolderAuditOptions {
  /** Papers and statements by id, as on the command line. @defaultValue everything */
  readonly names?: readonly string[]
  /** How many instances and networks. @defaultValue 'standard' */
  readonly depth?: Depth
  /** Every random number follows from it. @defaultValue 1 */
  readonly seed?: number
  /** Worker threads. @defaultValue as many as the machine runs at once */
  readonly workers?: number
  /** Folder in which sampled results are kept and looked up. @defaultValue null: none */
  readonly cache?: string | null
  /** Stops the audit: the report then has the statements that were finished. */
  readonly signal?: AbortSignal
  /** Told of every result as it comes. */
  readonly onResult?: (result: StatementResult, done: number, total: number) => void
}

/** What `auditFolder` found. */
export interface FolderAudit {
  readonly report: Report
  /** Derivation modules that could not be loaded; what they derive is missing in the report. */
  readonly errors: readonly InputError[]
  readonly interrupted: boolean
}

/**
 * Audits the papers of a folder, as `corrigenda audit` does, and returns the report in the place of writing it.
 *
 * @param from the folder that holds `data` and `derivations`, a place below it, or the URL of one
 * @throws InputError where there is no paper, a paper's data cannot be understood, or a name is unknown
 */
export async function auditFolder(from: string | URL, options: FolderAuditOptions = {}): Promise<FolderAudit> {
  const started = performance.now()
  const { names = [], depth = 'standard', seed = 1, cache = null, signal, onResult } = options
  const root = paperRoot(from)
  const session = await openSession(root, names)
  const pool = auditPool({ workers: options.workers, cache, ...(signal ? { signal } : {}) })
  try {
    const secondEngine = await loadSecondEngine()
    const papers = []
    let interrupted = false
    for (const [prepared, only] of select(session, names)) {
      const groundwork = pool.groundworkOf(only, { root, seed, depth })
      const outcome = await auditPaper(prepared, {
        seed,
        depth,
        only,
        simulate: pool.simulate,
        secondEngine,
        ...(signal ? { signal } : {}),
        ...(groundwork ? { groundwork } : {}),
        ...(onResult ? { onResult } : {}),
      })
      papers.push(reportedPaper(prepared, outcome.results))
      interrupted ||= outcome.interrupted
      if (interrupted) break
    }
    const elapsedSeconds = (performance.now() - started) / 1000
    const head = { version: await packageVersion(), seed, depth, elapsedSeconds }
    return { report: makeReport(head, papers), errors: session.errors, interrupted }
  } finally {
    await pool.close()
  }
}
