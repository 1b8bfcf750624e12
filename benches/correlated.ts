/** Figure 3.2 of singh-2021: rectified networks with anti-correlated rows, 2048 neurons wide, against NumPy multiplying weights. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type FeedForwardEnsemble, mergeAll, planShards, runShard } from '../src/network/index.js'

const [width, depth, inputs, k, weightVariance, biasVariance] = [2048, 32, 4, 100, 2, 0.1]
const [weightVariances, networks] = [21, 40]
/** All layers of the figure: weight variances x networks x depth. */
const wholeLayers = weightVariances * networks * depth
const [measuredNetworks, numpyLayers, target] = [6, 8, 100]

const ensemble: FeedForwardEnsemble = {
  kind: 'feed-forward',
  activation: 'relu',
  widths: width,
  depth,
  weightVariance,
  biasVariance,
  input: { kind: 'normal', count: inputs },
  rows: { covariance: { kind: 'correlated', rowCorrelation: k } },
}

/** Seconds a layer, lengths and correlations of every layer observed; the fastest of a few runs. */
function secondsPerLayer(special: boolean): number {
  const shards = planShards({
    ensemble: special ? { ...ensemble, special: { weight: { kind: 'beta', alpha: 2, beta: 1 } } } : ensemble,
    level: 'preactivations',
    observables: [
      { kind: 'layers', field: 'meanLength' },
      { kind: 'layers', field: 'meanCorrelation' },
    ],
    networks: measuredNetworks,
    stream: 'bench/correlated',
    seed: 1,
  })
  const run = (): number => {
    const start = performance.now()
    mergeAll(shards.map((shard) => runShard(shard)))
    return (performance.now() - start) / 1000 / (measuredNetworks * depth)
  }
  return Math.min(...Array.from({ length: 4 }, run))
}

function numpy(root: URL): { readonly version: string; readonly secondsPerLayer: number } | null {
  const script = fileURLToPath(new URL('benches/numpy-correlated.py', root))
  const parameters = [width, inputs, k, weightVariance, biasVariance, numpyLayers].map(String)
  const run = spawnSync('/usr/bin/python3', [script, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
  })
  if (run.status !== 0) return null
  const { numpy: version, secondsPerLayer: each } = JSON.parse(run.stdout) as { numpy: string; secondsPerLayer: number }
  return { version, secondsPerLayer: each }
}

/** The lines of the bench about wide networks with correlated rows; NumPy is measured in the same run. */
export function correlatedLines(root: URL): readonly string[] {
  const head = `singh-2021 figure 3.2: ${weightVariances} weight variances x ${networks} networks x depth ${depth} x width ${width}, ${inputs} inputs`
  const yardstick = numpy(root)
  const note = yardstick
    ? `NumPy ${yardstick.version}, matrices of anti-correlated weights times ${inputs} inputs: ${(yardstick.secondsPerLayer * wholeLayers).toFixed(0)} s (scaled from the fastest of ${numpyLayers} layers)`
    : 'NumPy is missing (Debian: apt-get install python3-numpy): no ratios'
  const rows = [false, true].map((special) => {
    const each = secondsPerLayer(special)
    const ratio = yardstick ? yardstick.secondsPerLayer / each : null
    const compared =
      ratio === null
        ? ''
        : `  ${ratio.toFixed(1).padStart(8)} x NumPy, target ${target}: target ${ratio >= target ? 'met' : 'missed'}`
    const what = special ? 'and a Beta weight (figure 3.7)' : 'anti-correlated rows'
    return `${what.padEnd(31)} ${(each * wholeLayers).toFixed(2).padStart(8)} s (scaled from ${measuredNetworks} networks)${compared}`
  })
  return [head, note, ...rows]
}
