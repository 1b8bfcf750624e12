/** Simulations of one seed, kept in one file: a run that is ended goes on where it was, and a change in the statistics is measured again without simulating. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { mergeAll, planShards, runShard, simulatorVersion } from '../../dist/src/network/index.js'

const simulated = (request) => mergeAll(planShards(request).map((shard) => runShard(shard)))

/**
 * Summaries of the requests, in their order; equal requests are run once. What the seed's file does not hold, or holds from
 * another simulator, is simulated, and the file written whole or not at all; what else it holds stays.
 */
export function summariesOf(folder, seed, requests) {
  const keys = requests.map((request) => JSON.stringify(request))
  const distinct = new Map(keys.map((key, k) => [key, requests[k]]))
  const file = join(folder, `${seed}.bin`)
  const kept = existsSync(file) ? deserialize(readFileSync(file)) : null
  const known = new Map(kept?.version === simulatorVersion ? kept.results : [])
  const missing = [...distinct.keys()].some((key) => !known.has(key))
  const results = new Map([...distinct].map(([key, request]) => [key, known.get(key) ?? simulated(request)]))
  if (missing) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${file}.tmp`, serialize({ version: simulatorVersion, results: [...known, ...results] }))
    renameSync(`${file}.tmp`, file)
  }
  return keys.map((key) => results.get(key))
}
