import { DomainError } from '../expression/errors.js'
import { resolveField } from './fields.js'
import { makeCollector } from './observables/collect.js'
import { mergeObservables } from './observables/merge.js'
import { fieldsOf, type ObservableSummary } from './observables/observable.js'
import type { Shard } from './shards.js'
import { streamState } from './stream.js'
import { makeSampler } from './trajectory.js'

/** What consecutive shards saw: plain data, mergeable. */
export interface ShardSummary {
  readonly firstShard: number
  readonly lastShard: number
  readonly networks: number
  /** One for each of the request's observables, in their order. */
  readonly observables: readonly ObservableSummary[]
}

/** How to follow and to end a shard early. Both are called between batches of networks. */
export interface RunOptions {
  /** Told how many of the shard's networks are done. */
  readonly onProgress?: (done: number, total: number) => void
  /** Asked whether to give up; then `SimulationStopped` is thrown and the shard leaves nothing behind. */
  readonly shouldStop?: () => boolean
}

/** A simulation given up on request. Not an input error: whoever asked for the stop catches it. */
export class SimulationStopped extends Error {
  override readonly name = 'SimulationStopped'
  constructor(
    readonly shard: number,
    readonly networksDone: number,
  ) {
    super(`the simulation was stopped in shard ${shard} after ${networksDone} networks`)
  }
}

/** Networks between two calls of the callbacks: enough that the calls cost nothing, few enough to stop soon. */
const batchesPerShard = 16

/**
 * Simulates one shard. Pure: the same shard gives the same summary, and nothing outside it is touched.
 * @throws DomainError if a field stops being a finite number (an activation or variance that blows up);
 * SimulationStopped if asked to stop.
 */
export function runShard(shard: Shard, { onProgress, shouldStop }: RunOptions = {}): ShardSummary {
  const { ensemble, level, observables, networks } = shard
  const fields = observables.flatMap((observable) =>
    fieldsOf(observable).map((field) => resolveField(field, ensemble, level)),
  )
  const state = streamState({ seed: shard.seed, name: shard.stream, shard: shard.shard })
  const sample = makeSampler(ensemble, level, fields, state)
  const collectors = observables.map((observable) => makeCollector(observable, ensemble, level))
  const batch = Math.max(1, Math.ceil(networks / batchesPerShard))
  for (let done = 0; done < networks; done++) {
    if (done % batch === 0) {
      if (shouldStop?.()) throw new SimulationStopped(shard.shard, done)
      onProgress?.(done, networks)
    }
    const trajectory = sample()
    for (const [key, column] of trajectory) checkFinite(key, column)
    for (const collector of collectors) collector.add(trajectory, shard.firstNetwork + done)
  }
  onProgress?.(networks, networks)
  return {
    firstShard: shard.shard,
    lastShard: shard.shard,
    networks,
    observables: collectors.map((collector) => collector.summary()),
  }
}

/**
 * A number that stopped being finite never becomes finite again in these recursions, so the last layer tells; but a
 * correlation or a logarithm that does not exist at one layer may at the next.
 */
function checkFinite(key: string, column: Float64Array): void {
  const name = key.split(':')[0]!
  const relative = /^log|correlation$/i.test(name)
  if (relative ? column.every(Number.isFinite) : Number.isFinite(column[column.length - 1]!)) return
  const layer = column.findIndex((x) => !Number.isFinite(x))
  throw new DomainError(
    relative
      ? `the field '${name}' does not exist at layer ${layer}: something there has length zero, or is not finite; give biases, inputs that differ from zero, a greater width, or a weight variance at which lengths neither vanish nor blow up`
      : `the field '${name}' is not a finite number at layer ${layer}: the ensemble blows up or its activation has no value there; lower the weight variance or the depth`,
  )
}

/**
 * What shards a and then b saw. Sums are rounded, so the order is fixed: b must start where a ends.
 * @throws DomainError if it does not, or for summaries of different requests.
 */
export function mergeSummaries(a: ShardSummary, b: ShardSummary): ShardSummary {
  if (b.firstShard !== a.lastShard + 1)
    throw new DomainError(
      `shards ${a.firstShard}-${a.lastShard} are followed by shard ${a.lastShard + 1}, not ${b.firstShard}: merge in shard order`,
    )
  if (a.observables.length !== b.observables.length)
    throw new DomainError('summaries of different requests cannot be merged')
  return {
    firstShard: a.firstShard,
    lastShard: b.lastShard,
    networks: a.networks + b.networks,
    observables: a.observables.map((summary, k) => mergeObservables(summary, b.observables[k]!)),
  }
}

/**
 * All shards of a plan together, whatever order they came in: sorted by shard number, then merged from the left.
 * @throws DomainError if a shard is missing, comes twice, or there is none.
 */
export function mergeAll(summaries: readonly ShardSummary[]): ShardSummary {
  const [first, ...rest] = [...summaries].sort((a, b) => a.firstShard - b.firstShard)
  if (first === undefined) throw new DomainError('there are no shards to merge')
  return rest.reduce(mergeSummaries, first)
}
