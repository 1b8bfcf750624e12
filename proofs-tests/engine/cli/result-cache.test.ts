import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readExactJson, writeExactJson } from '../../../src/cli/exact-json.js'
import { batchFile, batchKey, readBatch, tidyCache, writeBatch } from '../../../src/cli/result-cache.js'
import { simulationPool } from '../../../src/cli/simulation-pool.js'
import { runBatch } from '../../../src/cli/simulation-worker.js'
import { planShards, runShard, type SimulationRequest, simulatorVersion } from '../../../src/network/index.js'

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-cache-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newFolder = (name: string): string => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

const request = {
  ensemble: {
    kind: 'feed-forward',
    activation: 'tanh',
    widths: 8,
    depth: 16,
    weightVariance: 0.8,
    biasVariance: 0.1,
    input: { kind: 'normalised', squaredNorm: 8 },
  },
  level: 'preactivations',
  observables: [
    { kind: 'layers', field: 'norm' },
    { kind: 'modePower', fields: ['norm'], last: 8 },
    { kind: 'samples', field: 'norm', count: 3 },
    { kind: 'modeHistogram', field: 'norm', reference: 1, last: 8, modes: [1], halfRange: 1, bins: 4 },
  ],
  networks: 40,
  stream: 'cache',
  seed: 1,
  networksPerShard: 4,
} as const satisfies SimulationRequest
const shards = planShards(request).slice(2, 5)
const summaries = shards.map((shard) => runShard(shard))
const key = batchKey(shards)

describe('exact JSON', () => {
  it('gives back every plain value with every bit of its numbers', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 5e-324, 2 ** 53))
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        number,
        fc.bigInt(),
        fc.string(),
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('any'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).any
    fc.assert(
      fc.property(value, (x) => {
        expect(readExactJson(writeExactJson(x))).toStrictEqual(x)
      }),
      { numRuns: 500 },
    )
  })

  it('is one text for equal data, in whatever order the keys were given', () => {
    expect(writeExactJson({ b: 1, a: { d: 2n, c: [-0] } })).toBe(writeExactJson({ a: { c: [-0], d: 2n }, b: 1 }))
  })
})

describe('the key of a batch', () => {
  it('differs for everything that numbers follow from', () => {
    const variants: readonly SimulationRequest[] = [
      { ...request, seed: 2 },
      { ...request, stream: 'other' },
      { ...request, level: 'weights' },
      { ...request, networksPerShard: 5 },
      { ...request, observables: request.observables.slice(1) },
      { ...request, ensemble: { ...request.ensemble, weightVariance: 0.8000000000000002 } },
      { ...request, ensemble: { ...request.ensemble, normalisation: 'fan-out' } },
      {
        ...request,
        ensemble: { ...request.ensemble, activation: { formula: { kind: 'symbol', name: 'z' } } },
      },
    ]
    const keys = [
      key,
      batchKey(shards, simulatorVersion + 1),
      batchKey(shards.slice(1)),
      batchKey(shards.slice(0, 2)),
      ...variants.map((variant) => batchKey(planShards(variant).slice(2, 5))),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('is the same for equal requests', () => {
    expect(batchKey(planShards(structuredClone(request)).slice(2, 5))).toBe(key)
  })
})

describe('a cached batch', () => {
  const put = (name: string): { readonly cache: string; readonly file: string; readonly text: string } => {
    const cache = newFolder(name)
    writeBatch(cache, key, summaries)
    const file = batchFile(cache, key)
    return { cache, file, text: readFileSync(file, 'utf8') }
  }

  it('comes back bit for bit, and nothing but its file is left', () => {
    const { cache } = put('whole')
    expect(readBatch(cache, key, shards)).toStrictEqual({ kind: 'found', summaries })
    expect(readdirSync(cache)).toEqual([`${key}.json`])
  })

  it('that was cut anywhere, or has any character changed, is noticed', () => {
    const { cache, file, text } = put('damaged')
    const step = Math.ceil(text.length / 60)
    for (let at = 0; at < text.length; at += step) {
      writeFileSync(file, text.slice(0, at))
      expect(readBatch(cache, key, shards).kind, `cut at ${at}`).toBe('damaged')
      const other = text[at] === '1' ? '2' : '1'
      writeFileSync(file, text.slice(0, at) + other + text.slice(at + 1))
      expect(readBatch(cache, key, shards).kind, `changed at ${at}`).toBe('damaged')
    }
    writeFileSync(file, Buffer.from([0xff, 0x00, 0xc3, 0x28]))
    expect(readBatch(cache, key, shards).kind).toBe('damaged')
  })

  it.each([
    ['of another format', '"format":1', '"format":2', /format/],
    ['of other simulators', `"simulator":${simulatorVersion}`, '"simulator":0', /simulators/],
  ])('%s is not taken', (name, from, to, problem) => {
    const { cache, file, text } = put(name)
    writeFileSync(file, text.replace(from, to))
    expect(readBatch(cache, key, shards)).toMatchObject({ kind: 'damaged', problem: expect.stringMatching(problem) })
  })

  it('of another simulation, under this one’s name, is not taken', () => {
    const { cache, text } = put('foreign')
    const others = planShards(request).slice(5, 8)
    writeFileSync(batchFile(cache, batchKey(others)), text)
    expect(readBatch(cache, batchKey(others), others)).toMatchObject({ kind: 'damaged' })
  })

  it('that is damaged is computed again and replaced', () => {
    const { cache, file, text } = put('replaced')
    writeFileSync(file, text.slice(0, 100))
    const first = runBatch({ shards, cache })
    expect(first).toMatchObject({ summaries, damaged: { file }, unwritable: null })
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(runBatch({ shards, cache })).toStrictEqual({ summaries, damaged: null, unwritable: null })
  })

  it('leaves half-written files of killed runs behind for an hour only', () => {
    const cache = newFolder('abandoned')
    for (const name of ['old.tmp', 'young.tmp', 'kept.json']) writeFileSync(join(cache, name), '')
    const now = Date.now()
    utimesSync(join(cache, 'old.tmp'), now / 1000 - 7200, now / 1000 - 7200)
    tidyCache(cache, now)
    expect(readdirSync(cache).sort()).toEqual(['kept.json', 'young.tmp'])
  })

  it('that holds too much loses its oldest results, and only those, and nothing that is not its own', () => {
    const cache = newFolder('full')
    const now = Date.now()
    const put = (name: string, hours: number): void => {
      writeFileSync(join(cache, name), 'x'.repeat(100))
      utimesSync(join(cache, name), now / 1000 - 3600 * hours, now / 1000 - 3600 * hours)
    }
    for (const hours of [0, 2, 3, 4, 5]) put(`${hours}.json`, hours)
    put('notes.txt', 9)
    tidyCache(cache, now, 500)
    expect(readdirSync(cache)).toHaveLength(6)
    tidyCache(cache, now, 250)
    expect(readdirSync(cache).sort()).toEqual(['0.json', '2.json', 'notes.txt'])
    tidyCache(cache, now, 0)
    expect(readdirSync(cache).sort()).toEqual(['0.json', 'notes.txt'])
  })
})

describe('a pool', () => {
  const simulate = async (cache: string | null) => {
    const notices: string[] = []
    const pool = simulationPool({ workers: 1, cache, onNotice: (line) => notices.push(line) })
    const summary = await pool.simulate(request)
    await pool.close()
    return { summary, notices }
  }

  it('gives the same bytes without a cache, with an empty one, with a full one and with damaged ones', async () => {
    const cache = join(folder, 'a', 'pool')
    const { summary } = await simulate(null)
    expect(await simulate(cache)).toStrictEqual({ summary, notices: [] })
    expect(await simulate(cache)).toStrictEqual({ summary, notices: [] })
    const names = readdirSync(cache)
    expect(names.length).toBeGreaterThan(3)
    for (const name of names.slice(0, 2)) writeFileSync(join(cache, name), 'rubbish')
    const third = await simulate(cache)
    expect(third.summary).toStrictEqual(summary)
    expect(third.notices).toHaveLength(2)
    for (const line of third.notices)
      expect(line).toMatch(/is damaged: it has no header; its result was computed again$/)
    expect(await simulate(cache)).toStrictEqual({ summary, notices: [] })
  })

  it('says once that the folder cannot be written, and goes on', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { summary } = await simulate(null)
    const outcome = await simulate(join(folder, 'file', 'below'))
    expect(outcome.summary).toStrictEqual(summary)
    expect(outcome.notices).toHaveLength(1)
    expect(outcome.notices[0]).toMatch(/results cannot be kept in '.*' \(ENOTDIR\); the run goes on without$/)
  })
})

it('the simulators say what they said when their version was raised last: on a difference, raise simulatorVersion', () => {
  const linear = { ...request.ensemble, activation: 'linear' } as const
  const requests: readonly SimulationRequest[] = [
    request,
    { ...request, level: 'weights' },
    { ...request, ensemble: { ...request.ensemble, activation: 'relu' } },
    { ...request, ensemble: linear, level: 'collective' },
  ]
  const said = requests.map((one) => planShards(one).map((shard) => runShard(shard)))
  const digest = createHash('sha256').update(writeExactJson(said)).digest('hex')
  expect(`version ${simulatorVersion}: ${digest}`).toMatchInlineSnapshot(
    `"version 1: 8948a2dc742409d6cb6308fd829b0d198461a7b59f6d7e1c842229c4490279f6"`,
  )
})
