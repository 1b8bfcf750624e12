import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Level } from '../src/network/fields.js'
import {
  arcsineAgreement,
  overlapChain,
  overlapLaw,
  type PairEnsemble,
  type Perturbation,
} from '../src/network/pairs/index.js'
import { mergeAll, runShard } from '../src/network/run-shard.js'
import { planShards } from '../src/network/shards.js'

/** Figure 3 of li-saad-2020: four layers of 64 neurons, half of all weights dropped, 100,000 pairs of networks. */
const [width, depth, p, pairs] = [64, 4, 0.5, 100_000]
const target = 100

const figure = (activation: 'sign' | 'relu', perturbation: Perturbation): PairEnsemble => ({
  kind: 'pair',
  activation,
  outputActivation: 'sign',
  widths: width,
  depth,
  weights: { kind: 'gaussian' },
  weightVariance: activation === 'relu' ? 2 : 1,
  perturbation,
})

interface Row {
  readonly what: string
  readonly activation: 'sign' | 'relu'
  readonly level: Level
  readonly perturbation: Perturbation
}

/** The rotation that has the dilution's covariance. */
const rotation = { kind: 'rotation', eta: Math.sqrt(p) } as const
const dilution = { kind: 'dilution', p } as const

const rows: readonly Row[] = [
  { what: 'sign, rotation, collective', activation: 'sign', level: 'collective', perturbation: rotation },
  { what: 'sign, dilution, collective', activation: 'sign', level: 'collective', perturbation: dilution },
  { what: 'relu, rotation, preactivations', activation: 'relu', level: 'preactivations', perturbation: rotation },
]

/** Seconds to simulate all pairs, the fastest of a few runs after a warm-up. */
function simulate({ activation, level, perturbation }: Row): number {
  const shards = planShards({
    ensemble: figure(activation, perturbation),
    level,
    observables: [{ kind: 'lattice', field: 'pairOverlap' }],
    networks: pairs,
    stream: 'bench/pairs',
    seed: 1,
  })
  const run = (): number => {
    const start = performance.now()
    mergeAll(shards.map((shard) => runShard(shard)))
    return (performance.now() - start) / 1000
  }
  return Math.min(...Array.from({ length: 5 }, run).slice(1))
}

const numpyPairs = 2000

interface NumpyTime {
  readonly numpy: string
  readonly seconds: number
}

function numpy(root: URL, activation: string): NumpyTime | null {
  const script = fileURLToPath(new URL('benches/numpy-pairs.py', root))
  const run = spawnSync('/usr/bin/python3', [script, `${width}`, `${depth}`, `${p}`, activation, `${numpyPairs}`], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
  })
  if (run.status !== 0) return null
  const { numpy: version, secondsPerPair } = JSON.parse(run.stdout) as { numpy: string; secondsPerPair: number }
  return { numpy: version, seconds: secondsPerPair * pairs }
}

/** Milliseconds of the exact law at N = 512, nothing remembered from before. */
function exactLaw(ensemble: PairEnsemble): number {
  const start = performance.now()
  overlapLaw(overlapChain(ensemble))
  return performance.now() - start
}

const verdict = (met: boolean): string => (met ? 'target met' : 'target missed')

/** The lines of the bench about pairs of networks; NumPy is measured in the same run. */
export function pairLines(root: URL): readonly string[] {
  const yardsticks = { sign: numpy(root, 'sign'), relu: numpy(root, 'relu') }
  const head = `li-saad-2020 figure 3: ${pairs} pairs of networks, N = ${width}, ${depth} layers, p = ${p}`
  const version = yardsticks.sign?.numpy
  const note = version
    ? `NumPy ${version}, normal weights and masks: sign ${yardsticks.sign?.seconds.toFixed(1)} s, relu ${yardsticks.relu?.seconds.toFixed(1)} s (scaled from ${numpyPairs} pairs each)`
    : 'NumPy is missing (Debian: apt-get install python3-numpy): no ratios'
  const simulated = rows.map((row) => {
    const seconds = simulate(row)
    const yardstick = yardsticks[row.activation]
    const ratio = yardstick ? yardstick.seconds / seconds : null
    const compared =
      ratio === null ? '' : `  ${ratio.toFixed(1).padStart(8)} x NumPy, target ${target}: ${verdict(ratio >= target)}`
    return `${row.what.padEnd(31)} ${seconds.toFixed(4).padStart(8)} s${compared}`
  })
  const wide = (perturbation: Perturbation): PairEnsemble => ({ ...figure('sign', perturbation), widths: 512 })
  // Starts the machinery, so that compiling it is not counted.
  overlapLaw({ widths: [64, 64], agreement: (_, q) => arcsineAgreement(q) })
  const laws = [rotation, dilution, { kind: 'binarisation' } as const].map((perturbation) => {
    const milliseconds = exactLaw(wide(perturbation))
    return `exact law, N = 512, L = ${depth}, ${perturbation.kind}: ${milliseconds.toFixed(0)} ms, target below 2000: ${verdict(milliseconds < 2000)}`
  })
  return [head, note, ...simulated, ...laws]
}
