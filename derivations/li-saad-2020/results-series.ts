/** How section 6's figures draw theory, exact law and simulation. */

import type { Series, SimulationRequest } from 'corrigenda'
import type { OverlapLaw, PairEnsemble } from 'corrigenda/network'
import { latticeOf } from './results-quantities.js'

export const colours = ['#2166ac', '#b2182b', '#d98200', '#984ea3', '#4d4d4d']
export const rateAxis = { label: 'rate function' }
export const overlapAxis = { label: 'output overlap q^L' }
export const ends = Array.from({ length: 49 }, (_, k) => -0.96 + 0.04 * k)

// ---- Series ----------------------------------------------------------------------------------------------------------------

export const theory = (name: string, x: readonly number[], y: readonly number[], color: string): Series => ({
  name: `theory, ${name}`,
  kind: 'line',
  x,
  y,
  color,
  dashed: true,
})

/** -log P/N of a law at width N, shifted so that its least value is zero, as the paper shifts its simulations. */
export function exactRate(name: string, law: OverlapLaw, width: number): Series {
  const rates = Array.from(law.logProbabilities, (log) => -log / width)
  const least = Math.min(...rates)
  return {
    name: `exact law, ${name}`,
    kind: 'line',
    x: latticeOf(law.width),
    y: rates.map((r) => r - least),
    color: '#1a9850',
  }
}

/** The same from counts of networks; overlaps that none had are left out. */
export function sampledRate(name: string, counts: readonly number[], width: number, color: string): Series {
  const total = counts.reduce((a, b) => a + b, 0)
  const points = latticeOf(counts.length - 1)
    .map((x, k) => ({ x, count: counts[k]! }))
    .filter(({ count }) => count > 0)
    .map(({ x, count }) => ({ x, y: -Math.log(count / total) / width, error: 1 / Math.sqrt(count) / width }))
  const least = Math.min(...points.map(({ y }) => y))
  return {
    name: `simulation, ${name}`,
    kind: 'points',
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y - least),
    error: points.map(({ error }) => error),
    color,
  }
}

export const counting = (
  ensemble: PairEnsemble,
  networks: number,
  stream: string,
  seed: number,
): SimulationRequest => ({
  ensemble,
  // Sign networks with one pattern need no fields: their overlap is a chain of its own.
  level: ensemble.activation === 'sign' && (ensemble.patterns ?? 1) === 1 ? 'collective' : 'preactivations',
  observables: [{ kind: 'lattice', field: (ensemble.patterns ?? 1) > 1 ? 'meanPairOverlap' : 'pairOverlap' }],
  networks,
  stream: `li-saad-2020-${stream}`,
  seed,
})
