import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { Tinypool } from 'tinypool'
import type { Groundwork } from '../audit/groundwork.js'
import type { Simulate } from '../audit/run-check.js'
import type { AuditOptions } from '../audit/runner.js'
import { mergeAll, planShards, type Shard, type ShardSummary, type SimulationRequest } from '../network/index.js'
import { writeExactJson } from './exact-json.js'
import { requireWritable } from './files.js'
import { tidyCache } from './result-cache.js'
import { type Batch, type BatchResult, runBatch } from './simulation-worker.js'
import type { StatementTask } from './statement-worker.js'

export interface SimulationPool {
  readonly simulate: Simulate
  /** Stops the workers; simulations that have not finished never do. */
  readonly close: () => Promise<void>
}

/** The same threads, for whole audits. */
export interface AuditPool extends SimulationPool {
  /**
   * Does the groundwork of a paper's statements in worker threads, each of which loads the paper first; undefined where there
   * are no threads, or too few statements for that to pay.
   */
  readonly groundworkOf: (
    only: ReadonlySet<string>,
    common: Omit<StatementTask, 'statement'>,
  ) => AuditOptions['groundwork']
}

export interface PoolOptions {
  /** Worker threads. @defaultValue as many as the machine runs at once */
  readonly workers?: number | undefined
  /** Told after every part of a simulation how many of all parts asked for so far are done. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
  /** Folder in which results are kept and looked up; made when the first is wanted. Null: none. @defaultValue null */
  readonly cache?: string | null
  /** Told, in one line, what is wrong with the cache. Results are the same with it and without. */
  readonly onNotice?: (line: string) => void
}

/** Batches that a simulation is cut into at least, so that workers end at about the same time. */
const fewestBatches = 8
/** Shards of a batch at most: what a killed run loses of each worker's work, less than half a second. */
const largestBatch = 8

/** Statements from which on threads load the paper as well, which takes them a second. */
const worthLoading = 8

/**
 * Runs simulations on worker threads. Equal requests are run once. The result is the same bytes for any number of
 * workers, and with a cache or without: shards and batches are planned from the request alone, and merged in their
 * order.
 */
export const simulationPool = (options: PoolOptions = {}): SimulationPool => auditPool(options)

/** The threads of a whole audit, as `simulationPool`. */
export function auditPool(options: PoolOptions = {}): AuditPool {
  const { workers = availableParallelism(), onProgress, signal } = options
  // Every batch that waits listens for the end; there may be hundreds.
  if (signal) setMaxListeners(0, signal)
  const running = new Map<string, Promise<ShardSummary>>()
  const cache = cacheFolder(options)
  let pool: Tinypool | null = null
  let done = 0
  let total = 0
  // Worker threads load JavaScript; where the engine runs from TypeScript, as in its tests, this thread does the work.
  const inline = workers <= 1 || import.meta.url.endsWith('.ts')

  const workerPool = (): Tinypool => {
    pool ??= new Tinypool({
      filename: new URL('./simulation-worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: 60_000,
    })
    return pool
  }
  const stopping = signal ? { signal } : {}

  const runSomewhere = async (batch: Batch): Promise<BatchResult> => {
    signal?.throwIfAborted()
    if (inline) {
      await new Promise((resolve) => setImmediate(resolve))
      return runBatch(batch)
    }
    return workerPool().run(batch, { name: 'runBatch', ...stopping })
  }

  const run = async (request: SimulationRequest): Promise<ShardSummary> => {
    const batches = inBatches(planShards(request))
    total += batches.length
    const folder = await cache.open()
    const summaries = await Promise.all(
      batches.map(async (shards) => {
        const result = await runSomewhere({ shards, cache: folder })
        cache.hear(result)
        done += 1
        onProgress?.(done, total)
        return result.summaries
      }),
    )
    return mergeAll(summaries.flat())
  }

  return {
    simulate: (request) => {
      const key = writeExactJson(request)
      const known = running.get(key) ?? run(request)
      running.set(key, known)
      return known
    },
    groundworkOf: (only, common) => {
      if (inline || only.size < worthLoading) return undefined
      const filename = new URL('./statement-worker.js', import.meta.url).href
      return (statement): Promise<Groundwork | null> =>
        workerPool().run({ ...common, statement } satisfies StatementTask, {
          name: 'groundwork',
          filename,
          ...stopping,
        })
    },
    close: async () => {
      await pool?.destroy()
    },
  }
}

/** The cache's folder as a run sees it: opened once, and given up with one word where nothing can be written. */
function cacheFolder({ cache = null, onNotice }: PoolOptions) {
  let folder: Promise<string | null> | null = null
  let writable = true
  const giveUp = (reason: string): null => {
    if (writable) onNotice?.(`results cannot be kept in '${shown(cache ?? '')}' (${reason}); the run goes on without`)
    writable = false
    return null
  }
  const open = async (path: string): Promise<string | null> => {
    try {
      await requireWritable(path)
      tidyCache(path, Date.now())
      return path
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
      return giveUp((cause as NodeJS.ErrnoException).code ?? String(cause))
    }
  }
  return {
    open: (): Promise<string | null> => {
      if (cache !== null) folder ??= open(cache)
      return folder ?? Promise.resolve(null)
    },
    hear: ({ damaged, unwritable }: BatchResult): void => {
      if (damaged !== null)
        onNotice?.(`'${shown(damaged.file)}' is damaged: ${damaged.problem}; its result was computed again`)
      if (unwritable !== null) giveUp(unwritable)
    },
  }
}

const shown = (path: string): string => {
  const near = relative(process.cwd(), path)
  return near === '' || near.startsWith('..') ? path : near
}

function inBatches(shards: readonly Shard[]): readonly (readonly Shard[])[] {
  const size = Math.min(largestBatch, Math.ceil(shards.length / fewestBatches))
  return Array.from({ length: Math.ceil(shards.length / size) }, (_, k) => shards.slice(k * size, (k + 1) * size))
}
