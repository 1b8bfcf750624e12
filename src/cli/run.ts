import { resolve } from 'node:path'
import type { PreparedPaper } from '../audit/prepare.js'
import { type AuditOptions, auditPaper, type StatementResult } from '../audit/runner.js'
import { accountedFor } from '../audit/verdict.js'
import { type ExitCode, exitCode } from './exit.js'
import type { Options } from './options.js'
import type { Session } from './session.js'
import type { SimulationPool } from './simulation-pool.js'
import { Progress } from './terminal.js'

/** A paper's part of a run. */
export interface PaperResults {
  readonly prepared: PreparedPaper
  readonly results: readonly StatementResult[]
}

export interface RunOutcome {
  readonly papers: readonly PaperResults[]
  readonly interrupted: boolean
}

export type RunOptions = Pick<Options, 'seed' | 'depth' | 'workers' | 'cache'> &
  Pick<AuditOptions, 'overrides' | 'instead'> & {
    /** Folder from which other threads can load the same papers. @defaultValue none: this thread compares */
    readonly root?: string
  }

/** Audits the selected statements with worker threads and progress; `use` still has the simulations when it is over. */
export async function runAudit<T>(
  selected: ReadonlyMap<PreparedPaper, ReadonlySet<string>>,
  options: RunOptions,
  signal: AbortSignal,
  use: (outcome: RunOutcome, pool: SimulationPool) => Promise<T>,
): Promise<T> {
  const { auditPool } = await import('./simulation-pool.js')
  const { loadSecondEngine } = await import('../exact/second-engine.js')
  const secondEngine = await loadSecondEngine()
  const progress = new Progress()
  const pool = auditPool({
    workers: options.workers,
    signal,
    cache: options.cache === null ? null : resolve(options.cache),
    onProgress: (done, total) => progress.simulations(done, total),
    onNotice: (line) => progress.say(line),
  })
  try {
    const papers: PaperResults[] = []
    let interrupted = false
    for (const [prepared, only] of selected) {
      const { seed, depth, overrides, instead, root } = options
      const alike = root !== undefined && overrides === undefined && instead === undefined
      const groundwork = alike ? pool.groundworkOf(only, { root, seed, depth }) : undefined
      const outcome = await auditPaper(prepared, {
        seed,
        depth,
        only,
        signal,
        simulate: pool.simulate,
        secondEngine,
        ...(overrides ? { overrides } : {}),
        ...(instead ? { instead } : {}),
        ...(groundwork ? { groundwork } : {}),
        onResult: (result, done, total) => progress.statements(done, total, result.statement.id),
      })
      papers.push({ prepared, results: outcome.results })
      interrupted ||= outcome.interrupted
      if (interrupted) break
    }
    progress.end()
    return await use({ papers, interrupted }, pool)
  } finally {
    progress.end()
    await pool.close()
  }
}

/** The exit code that results call for; what could not be understood counts most. */
export function exitCodeFor(results: readonly StatementResult[], errors: Session['errors']): ExitCode {
  if (errors.length > 0 || results.some(({ error }) => error !== null)) return exitCode.input
  return results.every(({ verdict }) => accountedFor(verdict)) ? exitCode.accounted : exitCode.refuted
}
