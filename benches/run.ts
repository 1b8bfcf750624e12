/**
 * `npm run bench`: the three simulator levels against NumPy drawing weight matrices, for figure 4's ensemble of
 * schoenholz-2017 (7 weight variances x 200 networks x depth 1024 x width 200), all in one run on one core; pairs of networks
 * against NumPy drawing both; rate functions; wide networks with correlated rows; a phase diagram; and the start of the command line against a bare node. Prints a table; decides nothing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FeedForwardEnsemble } from '../src/network/ensemble.js'
import type { Level } from '../src/network/fields.js'
import { mergeAll, runShard } from '../src/network/run-shard.js'
import { planShards } from '../src/network/shards.js'
import { correlatedLines } from './correlated.js'
import { deviationLines } from './large-deviations.js'
import { pairLines } from './pairs.js'
import { diagramLine } from './phase-diagram.js'

const weightVariances = [0.02, 0.18, 0.34, 0.5, 0.66, 0.82, 0.98]
const biasVariance = 0.01
const [networks, depth, width] = [200, 1024, 200]
const wholeLayers = weightVariances.length * networks * depth

/** The project's root, from dist/benches/run.js or from benches/run.ts. */
const root = [new URL('../', import.meta.url), new URL('../../', import.meta.url)].find((url) =>
  existsSync(new URL('package.json', url)),
)
if (root === undefined) throw new Error('run the benchmark from a checkout of the project')

interface Row {
  readonly what: string
  readonly measured: string
  readonly secondsForAll: number
  readonly target: number
}

function ensemble(weightVariance: number): FeedForwardEnsemble {
  const input = { kind: 'normalised', squaredNorm: width } as const
  return { kind: 'feed-forward', activation: 'linear', widths: width, depth, weightVariance, biasVariance, input }
}

/** Seconds to simulate and observe `count` networks of every weight variance. */
function simulate(level: Level, count: number): number {
  const start = performance.now()
  for (const weightVariance of weightVariances) {
    const reference = Math.sqrt((width * biasVariance) / (1 - weightVariance))
    const shards = planShards({
      ensemble: ensemble(weightVariance),
      level,
      observables: [
        { kind: 'modePower', fields: ['norm'], references: [reference], last: 512 },
        { kind: 'windowMean', field: 'norm', last: 512 },
      ],
      networks: count,
      stream: `bench/${weightVariance}`,
      seed: 1,
    })
    mergeAll(shards.map((shard) => runShard(shard)))
  }
  return (performance.now() - start) / 1000
}

/** The same for all of the ensemble, from `count` networks a weight variance; the best of a few runs after a warm-up. */
function level(what: Level, count: number, runs: number, target: number): Row {
  if (runs > 1) simulate(what, count)
  const seconds = Math.min(...Array.from({ length: runs }, () => simulate(what, count)))
  const slice = count === networks ? 'all of it' : `${count} of ${networks} networks`
  return {
    what,
    measured: `${slice}, ${runs} run${runs > 1 ? 's' : ''}`,
    secondsForAll: (seconds * networks) / count,
    target,
  }
}

const numpyLayers = 1500
function numpySeconds(): { readonly version: string; readonly seconds: number } | null {
  const script = fileURLToPath(new URL('benches/numpy-weights.py', root))
  const run = spawnSync('/usr/bin/python3', [script, `${width}`, `${numpyLayers}`, '0.5', `${biasVariance}`], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
  })
  if (run.status !== 0) return null
  const { numpy, seconds } = JSON.parse(run.stdout) as { numpy: string; seconds: number }
  return { version: numpy, seconds: (seconds / numpyLayers) * wholeLayers }
}

/** Median milliseconds of starting a process. */
function startMilliseconds(args: readonly string[]): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now()
    spawnSync(process.execPath, args, { stdio: 'ignore' })
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[4]!
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const before = numpySeconds()
const rows = [level('weights', 1, 1, 1), level('preactivations', 4, 3, 50), level('collective', networks, 5, 5000)]
const after = numpySeconds()

say(
  `schoenholz-2017 figure 4: ${weightVariances.length} weight variances x ${networks} networks x depth ${depth} x width ${width}`,
)
if (before === null || after === null) say('NumPy is missing (Debian: apt-get install python3-numpy): no ratios')
else {
  // The faster of the runs before and after, so that a busy machine does not flatter us.
  const seconds = Math.min(before.seconds, after.seconds)
  say(
    `NumPy ${before.version}, standard_normal and matrix-vector: ${seconds.toFixed(1)} s (scaled from ${numpyLayers} of ${wholeLayers} layers)`,
  )
  for (const { what, measured, secondsForAll, target } of rows) {
    const ratio = seconds / secondsForAll
    say(
      `${what.padEnd(15)} ${secondsForAll.toFixed(4).padStart(10)} s (${measured})  ${ratio.toFixed(1).padStart(8)} x NumPy, target ${target}: ${ratio >= target ? 'target met' : 'target missed'}`,
    )
  }
}

for (const line of pairLines(root)) say(line)
for (const line of deviationLines()) say(line)
for (const line of correlatedLines(root)) say(line)
say(diagramLine())

const program = fileURLToPath(new URL('dist/src/cli/corrigenda.js', root))
if (existsSync(program)) {
  const bare = startMilliseconds(['-e', '0'])
  const help = startMilliseconds([program, '--help'])
  say(
    `corrigenda --help: ${help.toFixed(0)} ms, bare node ${bare.toFixed(0)} ms: ${(help / bare).toFixed(2)} x, target below 3: ${help < 3 * bare ? 'target met' : 'target missed'}`,
  )
}
