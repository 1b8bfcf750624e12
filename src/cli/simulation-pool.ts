import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import type { Simulate } from '../audit/assess.js'
import { mergeAll, planShards, type Shard, type ShardSummary, type SimulationRequest } from '../network/index.js'
import { runShards } from './simulation-worker.js'

export interface SimulationPool {
  readonly simulate: Simulate
  /** Stops the workers; simulations that have not finished never do. */
  readonly close: () => Promise<void>
}

export interface PoolOptions {
  /** Worker threads. @defaultValue as many as the machine runs at once */
  readonly workers?: number | undefined
  /** Told after every part of a simulation how many of all parts asked for so far are done. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Parts that a worker's share of a simulation is cut into, so that all workers end at about the same time. */
const partsPerWorker = 4

/**
 * Runs simulations on worker threads. Equal requests are run once. The result is the same bytes for any number of
 * workers: the shards are planned from the request alone and merged in their order.
 */
export function simulationPool({
  workers = availableParallelism(),
  onProgress,
  signal,
}: PoolOptions = {}): SimulationPool {
  // Every part that waits listens for the end; there may be hundreds.
  if (signal) setMaxListeners(0, signal)
  const running = new Map<string, Promise<ShardSummary>>()
  let pool: Tinypool | null = null
  let done = 0
  let total = 0
  // Worker threads load JavaScript; where the engine runs from TypeScript, as in its tests, this thread does the work.
  const inline = workers <= 1 || import.meta.url.endsWith('.ts')

  const runPart = async (shards: readonly Shard[]): Promise<readonly ShardSummary[]> => {
    signal?.throwIfAborted()
    if (inline) {
      await new Promise((resolve) => setImmediate(resolve))
      return runShards(shards)
    }
    pool ??= new Tinypool({
      filename: new URL('./simulation-worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: 60_000,
    })
    return pool.run(shards, { name: 'runShards', ...(signal ? { signal } : {}) })
  }

  const run = async (request: SimulationRequest): Promise<ShardSummary> => {
    const parts = inParts(planShards(request), workers * partsPerWorker)
    total += parts.length
    const summaries = await Promise.all(
      parts.map(async (part) => {
        const result = await runPart(part)
        done += 1
        onProgress?.(done, total)
        return result
      }),
    )
    return mergeAll(summaries.flat())
  }

  return {
    simulate: (request) => {
      const key = JSON.stringify(request)
      const known = running.get(key) ?? run(request)
      running.set(key, known)
      return known
    },
    close: async () => {
      await pool?.destroy()
    },
  }
}

function inParts(shards: readonly Shard[], count: number): readonly (readonly Shard[])[] {
  const size = Math.max(1, Math.ceil(shards.length / count))
  return Array.from({ length: Math.ceil(shards.length / size) }, (_, k) => shards.slice(k * size, (k + 1) * size))
}
