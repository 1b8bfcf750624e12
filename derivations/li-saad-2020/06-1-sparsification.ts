/** Section 6.1: typical overlaps and tail probabilities at N = 64. */
import { confirm, DomainError, type NumberReading, printedNumber, sampledCounts, uses } from 'corrigenda'
import type { TiltedEstimate } from 'corrigenda/network'
import { typicalEnd } from 'corrigenda/theory'
import {
  type Architecture,
  chainOf,
  diluted,
  exactLaw,
  latticeCounts,
  latticeOf,
  mapsOf,
  nameOf,
  pairsOf,
  paper,
  ratesAt,
  recursions,
  tiltedRectifiers,
  typicalOverlap,
} from './results-quantities.js'

// ---- Typical overlaps ----------------------------------------------------------------------------------------------------

/** The printed typical overlap by the printed recursions, and by where the rate function vanishes. */
const typicalNumber = (architecture: Architecture) =>
  printedNumber({
    name: `typical overlap of ${nameOf(architecture)}, L = 4, p = 1/2`,
    readings: [
      {
        name: 'four steps of the recursion',
        value: (input) => {
          const maps = mapsOf(input, architecture)
          if (!maps) throw new DomainError('needs the premises `sign` and `rectifier`')
          return typicalOverlap(maps, Math.sqrt(paper.dilution), paper.layers)
        },
      },
    ],
    beside: [{ name: 'where the rate function vanishes', value: () => typicalEnd(chainOf(architecture, diluted)) }],
  })

export const signOverlap = uses('sec-6.1.sign-overlap', recursions, 'four steps of (9) from equal inputs')
export const rectifierOverlap = uses(
  'sec-6.1.rectifier-overlap',
  recursions,
  'three steps of (10) and one of (9) from equal inputs',
)

// ---- Tail probabilities --------------------------------------------------------------------------------------------------

export const threshold = 0.5
const above = (q: number): boolean => q > threshold + 1e-9
export const notBelow = (q: number): boolean => q > threshold - 1e-9

/** exp(-N I) over the lattice. */
const weightsOf = (architecture: Architecture, width: number): readonly number[] =>
  ratesAt(chainOf(architecture, diluted), latticeOf(width)).map((rate) => Math.exp(-width * rate))

/** A tail by the footnote's sum over the lattice, divided by the sum of all points. */
export function latticeTail(architecture: Architecture, width: number, counts: (q: number) => boolean): number {
  const weights = weightsOf(architecture, width)
  const lattice = latticeOf(width)
  const total = weights.reduce((a, b) => a + b)
  return weights.reduce((sum, weight, k) => sum + (counts(lattice[k]!) ? weight : 0), 0) / total
}

/** A tail of the continuous density exp(-N I) by Simpson's rule. */
function continuousTail(architecture: Architecture, width: number): number {
  const pieces = 256
  const ends = Array.from({ length: pieces + 1 }, (_, k) => -1 + (2 * k) / pieces)
  const density = ratesAt(chainOf(architecture, diluted), ends).map((rate) => Math.exp(-width * rate))
  const simpson = (from: number): number =>
    density
      .slice(from)
      .reduce((sum, y, k, all) => sum + y * (k === 0 || k === all.length - 1 ? 1 : k % 2 === 1 ? 4 : 2), 0)
  return simpson((3 * pieces) / 4) / simpson(0)
}

const tailReadings = (architecture: Architecture): readonly NumberReading[] => [
  {
    name: 'the normalised lattice sum with the strict inequality',
    value: () => latticeTail(architecture, paper.width, above),
  },
  {
    name: 'the normalised lattice sum with the weak inequality',
    value: () => latticeTail(architecture, paper.width, notBelow),
  },
  { name: 'the normalised integral of exp(-N I)', value: () => continuousTail(architecture, paper.width) },
  {
    name: 'exp(-N I) alone',
    value: () => Math.exp(-paper.width * ratesAt(chainOf(architecture, diluted), [threshold])[0]!),
  },
]

const finite = exactLaw(pairsOf('sign', { perturbation: { kind: 'dilution', p: paper.dilution } }))
const signTail = printedNumber({
  name: 'tail of the overlap of sign-DNN at N = 64',
  readings: tailReadings('sign'),
  beside: [
    { name: 'exactly, by the law at N = 64, strict', value: () => Math.exp(finite.logTail(threshold, 'above')) },
    { name: 'exactly, by the law at N = 64, weak', value: () => Math.exp(finite.logTail(threshold, 'atLeast')) },
  ],
})
const rectifierTail = printedNumber({
  name: 'tail of the overlap of relu-DNN at N = 64',
  readings: tailReadings('relu'),
  beside: [
    {
      name: 'by networks drawn along the dominant trajectory, strict',
      value: ({ seed }) => tiltedTail(seed)[0]!.probability,
    },
    { name: 'the same, weak', value: ({ seed }) => tiltedTail(seed)[1]!.probability },
    { name: 'relative error of these', value: ({ seed }) => tiltedTail(seed)[1]!.relativeError },
  ],
})

const tiltedTails = new Map<number, readonly TiltedEstimate[]>()
/** Strict and weak tail of finite ReLU networks: no exact law is known, so networks are drawn with tilts and weighed back. */
function tiltedTail(seed: number): readonly TiltedEstimate[] {
  const unequal = (paper.width * (1 - threshold)) / 2
  const events = [unequal - 1, unequal].map((most) => ({ fewest: 0, most }))
  const known = tiltedTails.get(seed) ?? tiltedRectifiers(diluted, threshold, events, 4000, seed)
  tiltedTails.set(seed, known)
  return known
}

/** Overlaps of sampled sign networks against the exact law, by the dilution itself and not by its Gaussian fields. */
export const signLattice = sampledCounts({
  name: 'overlaps of sampled diluted sign networks',
  stream: 'li-saad-2020-dilution',
  finiteWidth: 'the exact law at N = 64',
  cases: () => [
    {
      parameters: { N: paper.width, L: paper.layers, p: paper.dilution },
      request: {
        ensemble: pairsOf('sign', { perturbation: { kind: 'dilution', p: paper.dilution } }),
        level: 'collective',
        observables: [{ kind: 'lattice', field: 'pairOverlap' }],
        networks: paper.networks,
      },
      counts: (summary) => {
        const counts = latticeCounts(summary, 0)
        const tail = counts.reduce((sum, n, k) => sum + (notBelow(latticeOf(paper.width)[k]!) ? n : 0), 0)
        return [...counts, tail]
      },
      probabilities: () => [
        ...Array.from(finite.logProbabilities, Math.exp),
        Math.exp(finite.logTail(threshold, 'atLeast')),
      ],
      label: (k) => (k <= paper.width ? `the overlap ${latticeOf(paper.width)[k]}` : 'an overlap of 1/2 or more'),
    },
  ],
})

export const confirmations = [
  confirm(signOverlap, typicalNumber('sign')),
  confirm(rectifierOverlap, typicalNumber('relu')),
  confirm('sec-6.1.sign-tail', signTail, signLattice),
  confirm('sec-6.1.rectifier-tail', rectifierTail),
]
