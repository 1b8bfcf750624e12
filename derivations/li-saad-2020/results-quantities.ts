/** The ensembles of section 6, its chains of large deviations and its mean-field maps, for the claims and the figures. */

import {
  type CheckInput,
  type Estimate,
  expanded,
  type Formula,
  meanEstimate,
  type ShardSummary,
  scalarValue,
  substitute,
  symbol,
  varianceEstimate,
} from 'corrigenda'
import {
  arcsineAgreement,
  type OutputEvent,
  type OverlapLaw,
  overlapChain,
  overlapLaw,
  type PairEnsemble,
  sampleTilted,
  type TiltedEstimate,
  tiltedEstimates,
} from 'corrigenda/network'
import {
  type DeviationChain,
  type PairOfNetworks,
  pairChain,
  rateCurve,
  ratePoint,
  tiltSchedule,
  typicalEnd,
} from 'corrigenda/theory'

export type Architecture = 'sign' | 'relu'
export const architectures: readonly Architecture[] = ['sign', 'relu']
export const nameOf = (architecture: Architecture): string => (architecture === 'sign' ? 'sign-DNN' : 'relu-DNN')

/** The example of section 6.1: layers, width, probability of dilution; and how many networks the paper drew. */
export const paper = { layers: 4, width: 64, dilution: 0.5, networks: 100_000 } as const

// ---- Mean-field maps, read from (9) and (10) ------------------------------------------------------------------------------

/** The overlap after a layer, by the overlap before it and the strength of the rotation. */
export type OverlapMap = (rotation: number, overlap: number) => number

/** A printed recursion as a function. */
export function mapOf(formula: Formula, input: Pick<CheckInput, 'context'>): OverlapMap {
  const side = substitute(expanded(formula, input), (node) =>
    node.kind === 'indexed' ? letters.get(node.name) : undefined,
  )
  // Rounding may carry an overlap of one beyond one, where inverse sines end.
  return (rotation, overlap) =>
    Math.max(-1, Math.min(1, scalarValue(side, { rotation, overlap: Math.max(-1, Math.min(1, overlap)) })))
}
const letters = new Map(['rotation', 'overlap'].map((name) => [name, symbol(name)] as const))

/** Both maps: of the hidden layers of an architecture, and of its output. */
export interface Maps {
  readonly hidden: OverlapMap
  readonly output: OverlapMap
}

/** The maps that the premises `sign` and `rectifier` print. Null where one is missing. */
export function mapsOf(input: Pick<CheckInput, 'context' | 'premises'>, architecture: Architecture): Maps | null {
  const { sign, rectifier } = input.premises
  if (!sign || !rectifier) return null
  const output = mapOf(sign, input)
  return { output, hidden: architecture === 'sign' ? output : mapOf(rectifier, input) }
}

/** The premises under which claims on typical overlaps stand. */
export const recursions = { sign: 'eq-9', rectifier: 'eq-10' } as const

/** q_mf^L of a network whose layers are rotated alike, or each by its own strength. */
export function typicalOverlap(maps: Maps, rotation: number | readonly number[], layers: number, start = 1): number {
  let overlap = start
  for (let l = 1; l <= layers; l++) {
    const strength = typeof rotation === 'number' ? rotation : rotation[l - 1]!
    overlap = (l < layers ? maps.hidden : maps.output)(strength, overlap)
  }
  return overlap
}

// ---- Chains of large deviations ------------------------------------------------------------------------------------------

const chains = new Map<string, DeviationChain>()

/** The chain of an architecture; made once. */
export function chainOf(architecture: Architecture, options: Partial<PairOfNetworks> = {}): DeviationChain {
  const key = `${architecture} ${JSON.stringify(options)}`
  const known = chains.get(key) ?? pairChain({ layers: paper.layers, activation: architecture, ...options })
  chains.set(key, known)
  return known
}

export const diluted = { perturbation: { kind: 'dilution', probability: paper.dilution } } as const
export const binarised = { perturbation: { kind: 'binarisation' } } as const

const curves = new Map<DeviationChain, Map<number, number>>()

/** The rate function at several end points; each is computed once. */
export function ratesAt(chain: DeviationChain, ends: readonly number[]): readonly number[] {
  const known = curves.get(chain) ?? new Map<number, number>()
  curves.set(chain, known)
  const missing = ends.filter((end) => !known.has(end))
  const points = missing.length > 0 ? rateCurve(chain, missing) : []
  for (const [k, end] of missing.entries()) known.set(end, points[k]!.rate)
  return ends.map((end) => known.get(end)!)
}

const curvatures = new Map<DeviationChain, number>()

/** I'' at the typical overlap, a hair beside it, where the trajectory is no longer the mean-field one alone. */
export function typicalCurvature(chain: DeviationChain): number {
  const known = curvatures.get(chain) ?? rateCurve(chain, [typicalEnd(chain) + 1e-7])[0]!.curvature
  curvatures.set(chain, known)
  return known
}

/** The values that the overlap of N neurons takes. */
export const latticeOf = (width: number): readonly number[] =>
  Array.from({ length: width + 1 }, (_, k) => (2 * k - width) / width)

// ---- Ensembles -----------------------------------------------------------------------------------------------------------

/** Pairs of networks of an architecture with sign outputs and Gaussian weights. */
export const pairsOf = (architecture: Architecture, options: Partial<PairEnsemble> = {}): PairEnsemble => ({
  kind: 'pair',
  activation: architecture,
  outputActivation: 'sign',
  widths: paper.width,
  depth: paper.layers,
  weights: { kind: 'gaussian' },
  weightVariance: 2,
  perturbation: { kind: 'none' },
  ...options,
})

/** Rotation by which fields are correlated as under dilution with a probability. */
export const rotationFor = (probability: number) => ({ kind: 'rotation', eta: Math.sqrt(probability) }) as const

/** The probability of dilution that is equivalent to binarisation. */
export const binarisationAsDilution = 1 - 2 / Math.PI

const laws = new Map<string, OverlapLaw>()

/** The exact law of the overlap at finite width; sign networks only. Computed once. */
export function exactLaw(ensemble: PairEnsemble): OverlapLaw {
  const key = JSON.stringify(ensemble)
  const known = laws.get(key) ?? overlapLaw(overlapChain(ensemble))
  laws.set(key, known)
  return known
}

/** The exact law for rotated sign networks of any widths. */
export function rotatedLaw(widths: readonly number[], probability: number, start = 1): OverlapLaw {
  const key = `${widths.join(' ')} ${probability} ${start}`
  const correlation = Math.sqrt(1 - probability)
  const known =
    laws.get(key) ?? overlapLaw({ widths, start, agreement: (_, overlap) => arcsineAgreement(correlation * overlap) })
  laws.set(key, known)
  return known
}

// ---- What simulations show -----------------------------------------------------------------------------------------------

function momentsOf(summary: ShardSummary, position: number, column: number) {
  const observable = summary.observables[position]
  if (!observable || !('table' in observable)) throw new TypeError(`observable ${position} is no table`)
  const { count, mean, m2, m3, m4 } = observable.table
  return { count, mean: mean[column]!, m2: m2[column]!, m3: m3[column]!, m4: m4[column]! }
}

/** Mean of a layer's field with its standard error. */
export const meanOf = (summary: ShardSummary, position: number, column: number): Estimate =>
  meanEstimate(momentsOf(summary, position, column))

/** Variance of a layer's field with its standard error. */
export const varianceOf = (summary: ShardSummary, position: number, column: number): Estimate =>
  varianceEstimate(momentsOf(summary, position, column))

/** How many networks had each of the lattice's overlaps. */
export function latticeCounts(summary: ShardSummary, position: number): readonly number[] {
  const observable = summary.observables[position]
  if (observable?.kind !== 'lattice') throw new TypeError(`observable ${position} does not count overlaps`)
  return observable.counts
}

/**
 * Chances of output overlaps of finite ReLU networks (events by numbers of unequal outputs), drawn along the dominant
 * trajectory to an end point and weighed back: reaches what no plain simulation does.
 */
export function tiltedRectifiers(
  options: typeof diluted | typeof binarised,
  end: number,
  events: readonly OutputEvent[],
  samples: number,
  seed: number,
): readonly TiltedEstimate[] {
  const chain = chainOf('relu', options)
  const correlation = options.perturbation.kind === 'dilution' ? 1 - paper.dilution : 1 - binarisationAsDilution
  const layers = tiltSchedule(chain, ratePoint(chain, end)).map((tilted, k, all) => ({
    ...tilted,
    activation: k < all.length - 1 ? ('relu' as const) : ('sign' as const),
    width: paper.width,
    weightVariance: 2,
    weightCorrelation: Math.sqrt(correlation),
  }))
  const name = `li-saad-2020-tilted/${options.perturbation.kind}/${end}`
  return tiltedEstimates(sampleTilted({ name, seed, shard: 0, startOverlap: 1, layers, events, samples }))
}
