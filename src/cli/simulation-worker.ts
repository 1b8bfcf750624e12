import { runShard, type Shard, type ShardSummary } from '../network/index.js'
import { batchFile, batchKey, readBatch, writeBatch } from './result-cache.js'

/** What a worker thread is sent. */
export interface Batch {
  readonly shards: readonly Shard[]
  /** Folder of results that are already known, which exists. Null: none is asked for or kept. */
  readonly cache: string | null
}

/** What it sends back. */
export interface BatchResult {
  /** What the shards saw, in their order. */
  readonly summaries: readonly ShardSummary[]
  /** A file of the cache that could not be taken, and has been replaced. */
  readonly damaged: { readonly file: string; readonly problem: string } | null
  /** Why the result could not be kept. */
  readonly unwritable: string | null
}

/**
 * Runs a batch of shards, or finds it in the cache. The file is written here, at once and not by the thread that waits
 * for many batches: a run that is killed loses no batch but those at work. Called by tinypool by name.
 */
export function runBatch({ shards, cache }: Batch): BatchResult {
  const compute = (): readonly ShardSummary[] => shards.map((shard) => runShard(shard))
  if (cache === null) return { summaries: compute(), damaged: null, unwritable: null }
  const key = batchKey(shards)
  const lookup = readBatch(cache, key, shards)
  if (lookup.kind === 'found') return { summaries: lookup.summaries, damaged: null, unwritable: null }
  const summaries = compute()
  let unwritable: string | null = null
  try {
    writeBatch(cache, key, summaries)
  } catch (error) {
    unwritable = (error as NodeJS.ErrnoException).code ?? String(error)
  }
  const damaged = lookup.kind === 'damaged' ? { file: batchFile(cache, key), problem: lookup.problem } : null
  return { summaries, damaged, unwritable }
}
