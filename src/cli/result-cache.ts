import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Shard, type ShardSummary, simulatorVersion } from '../network/index.js'
import { readExactJson, writeExactJson } from './exact-json.js'

/** The shape of the files, stated in each of them. */
const formatVersion = 1
/** Files this old belong to no run that is still going. */
const abandonedAfter = 3_600_000
/** What a cache may hold; an audit of everything shipped writes less than a tenth of it. */
const mostBytes = 200_000_000

/** What a batch of shards is known by: the SHA-256 of all that its summaries follow from, the simulators' version included. */
export function batchKey(shards: readonly Shard[], version: number = simulatorVersion): string {
  const [first] = shards
  const { ensemble, level, observables, stream, seed } = first!
  const parts = shards.map(({ shard, firstNetwork, networks }) => [shard, firstNetwork, networks])
  return digest(writeExactJson({ version, ensemble, level, observables, stream, seed, parts }))
}

/** The file of a batch. */
export const batchFile = (folder: string, key: string): string => join(folder, `${key}.json`)

/** What a cache says about a batch: its summaries, that it has none, or why those that it has cannot be taken. */
export type Lookup =
  | { readonly kind: 'found'; readonly summaries: readonly ShardSummary[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly problem: string }

/** Looks a batch up. Never throws: what cannot be read or believed is damaged. */
export function readBatch(folder: string, key: string, shards: readonly Shard[]): Lookup {
  let text: string
  try {
    text = readFileSync(batchFile(folder, key), 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return code === 'ENOENT' ? { kind: 'none' } : { kind: 'damaged', problem: `cannot be read (${code})` }
  }
  return decode(text, key, shards)
}

function decode(text: string, key: string, shards: readonly Shard[]): Lookup {
  const damaged = (problem: string): Lookup => ({ kind: 'damaged', problem })
  const [head, payload, ...rest] = text.split('\n')
  const header = parseHeader(head!)
  if (header === null) return damaged('it has no header')
  if (header['format'] !== formatVersion) return damaged(`its format is not ${formatVersion}`)
  if (header['simulator'] !== simulatorVersion) return damaged(`its simulators are not of version ${simulatorVersion}`)
  if (header['key'] !== key) return damaged('it belongs to another simulation')
  if (payload === undefined || rest.length !== 1 || rest[0] !== '') return damaged('it is cut short')
  if (header['checksum'] !== digest(payload)) return damaged('its checksum differs')
  const summaries = readExactJson(payload) as readonly ShardSummary[]
  const fits =
    summaries.length === shards.length &&
    shards.every(({ shard, networks }, k) => summaries[k]!.firstShard === shard && summaries[k]!.networks === networks)
  return fits ? { kind: 'found', summaries } : damaged('it holds other shards')
}

function parseHeader(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const header: unknown = JSON.parse(line)
    return typeof header === 'object' && header !== null ? (header as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

/** Keeps a batch: the whole file appears at once or not at all. Throws the file system's error. */
export function writeBatch(folder: string, key: string, summaries: readonly ShardSummary[]): void {
  const payload = writeExactJson(summaries)
  const header = { format: formatVersion, simulator: simulatorVersion, key, checksum: digest(payload) }
  const temporary = join(folder, `${key}.${randomUUID()}.tmp`)
  try {
    writeFileSync(temporary, `${JSON.stringify(header)}\n${payload}\n`)
    renameSync(temporary, batchFile(folder, key))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/**
 * Removes what killed runs left half written, and the oldest results for as long as the folder holds more than `most`
 * bytes. Other runs may be at work in the folder: what is young stays.
 */
export function tidyCache(folder: string, now: number, most: number = mostBytes): void {
  const files = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), status: statSync(join(folder, name), { throwIfNoEntry: false }) }))
    .filter(({ path, status }) => status?.isFile() === true && /\.(json|tmp)$/.test(path))
    .map(({ path, status }) => ({ path, bytes: status!.size, written: status!.mtimeMs }))
    .sort((a, b) => a.written - b.written)
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { path, bytes, written } of files) {
    if (now - written <= abandonedAfter) return
    if (total <= most && !path.endsWith('.tmp')) continue
    rmSync(path, { force: true })
    total -= bytes
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
