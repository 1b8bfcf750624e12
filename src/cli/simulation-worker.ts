import { runShard, type Shard, type ShardSummary } from '../network/index.js'

/** What a worker thread is sent: some shards; it sends back what they saw, in their order. Called by tinypool by name. */
export function runShards(shards: readonly Shard[]): readonly ShardSummary[] {
  return shards.map((shard) => runShard(shard))
}
