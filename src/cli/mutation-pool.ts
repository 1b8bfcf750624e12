import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import type { AttackResult } from '../audit/mutation/attack.js'
import { attack, type MutationTask } from './mutation-worker.js'

export interface MutationPool {
  readonly attack: (task: MutationTask) => Promise<AttackResult>
  readonly close: () => Promise<void>
}

/** Attacks statements on worker threads, each of which loads the papers for itself. The results do not depend on how many. */
export function mutationPool(workers: number = availableParallelism(), signal?: AbortSignal): MutationPool {
  if (signal) setMaxListeners(0, signal)
  // Worker threads load JavaScript; where the engine runs from TypeScript, as in its tests, this thread does the work.
  if (import.meta.url.endsWith('.ts')) return { attack, close: async () => {} }
  const pool = new Tinypool({
    filename: new URL('./mutation-worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: 60_000,
  })
  return {
    attack: (task) => pool.run(task, { name: 'attack', ...(signal ? { signal } : {}) }),
    close: () => pool.destroy(),
  }
}
