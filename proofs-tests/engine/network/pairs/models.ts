import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Field,
  type Level,
  mergeAll,
  type PairEnsemble,
  planShards,
  runShard,
  type ShardSummary,
  type SimulationRequest,
} from '../../../../src/network/index.js'
import { columnOf } from '../../../../src/network/moment-table.js'
import { type Estimate, meanEstimate } from '../../../../src/statistics/estimate.js'

/** Pairs of networks of signs under a rotation, small so that finite widths show. */
export const pair = (changes: Partial<PairEnsemble> = {}): PairEnsemble => ({
  kind: 'pair',
  activation: 'sign',
  widths: [7, 9, 5, 8],
  depth: 3,
  weights: { kind: 'gaussian' },
  weightVariance: 1,
  perturbation: { kind: 'rotation', eta: 0.4 },
  ...changes,
})

/** What is measured of the networks of an ensemble at a level. */
export function simulate(
  ensemble: PairEnsemble,
  level: Level,
  networks: number,
  observables: SimulationRequest['observables'],
): ShardSummary {
  const shards = planShards({ ensemble, level, observables, networks, stream: `pairs/${level}`, seed: 7 })
  return mergeAll(shards.map((shard) => runShard(shard)))
}

/** Means over networks of fields at every layer: `means[field][layer]`. */
export function layerMeans(
  ensemble: PairEnsemble,
  level: Level,
  networks: number,
  fields: readonly Field[],
): readonly (readonly Estimate[])[] {
  const { observables } = simulate(
    ensemble,
    level,
    networks,
    fields.map((field) => ({ kind: 'layers', field })),
  )
  return observables.map((summary) => {
    if (summary.kind !== 'layers') throw new Error('expected moments of layers')
    return summary.table.mean.map((_, layer) => meanEstimate(columnOf(summary.table, layer)))
  })
}

/** How often the last layer's overlap takes each value of its lattice. */
export function overlapCounts(ensemble: PairEnsemble, level: Level, networks: number): readonly number[] {
  const [summary] = simulate(ensemble, level, networks, [{ kind: 'lattice', field: 'meanPairOverlap' }]).observables
  if (summary?.kind !== 'lattice') throw new Error('expected lattice counts')
  return summary.counts
}

interface Fixture {
  readonly dawson: readonly (readonly [number, number])[]
  readonly flipped: readonly {
    readonly width: number
    readonly agreeing: number
    readonly p: number
    readonly zeroSign: 'random' | 'plus'
    readonly same: number
  }[]
  readonly diluted: readonly {
    readonly width: number
    readonly agreeing: number
    readonly p: number
    readonly same: number
  }[]
  readonly binarised: readonly { readonly width: number; readonly agreeing: number; readonly same: number }[]
  readonly thermal: readonly { readonly correlation: number; readonly b: number; readonly overlap: number }[]
  readonly laws: readonly {
    readonly widths: readonly number[]
    readonly kappa: number
    readonly start: number
    readonly logs: readonly number[]
  }[]
  readonly rates: readonly { readonly kappa: number; readonly overlap: number; readonly rate: number }[]
}

/** Values by other roads, from pairs.fixture.py. */
export const fixture = JSON.parse(
  readFileSync(fileURLToPath(new URL('pairs.fixture.json', import.meta.url)), 'utf8'),
) as Fixture
