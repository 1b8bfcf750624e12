/** What the figures show, judged: overlaps counted over networks, means and variances extrapolated, exact laws in the limit. */

import { confirm, directCheck, sampledCounts, sampledExpectations, sampledExtrapolations, uses } from 'corrigenda'
import { arcsineAgreement, overlapChain, overlapRate } from 'corrigenda/network'
import { convexityViolations, rateCurve, typicalEnd } from 'corrigenda/theory'
import { signLattice } from './06-1-sparsification.js'
import { captionStrength, sampledCorrelation } from './06-3-inputs.js'
import { bottleneckAt, bottleneckShare } from './06-4-bottleneck.js'
import { countedSides, shownStarts } from './06-4-deviations.js'
import { limitOfLaws } from './06-5-limits.js'
import { jointRate, shallowIsGood } from './06-5-patterns.js'
import {
  architectures,
  binarisationAsDilution,
  binarised,
  chainOf,
  diluted,
  exactLaw,
  latticeCounts,
  latticeOf,
  mapsOf,
  meanOf,
  nameOf,
  pairsOf,
  paper,
  ratesAt,
  recursions,
  rotatedLaw,
  rotationFor,
  typicalCurvature,
  typicalOverlap,
  varianceOf,
} from './results-quantities.js'

/** Mean of the output overlap and N times its variance, extrapolated, against recursion and curvature of the rate function. */
const rectifierMoments = (stream: string, probability: number, options: typeof diluted | typeof binarised) =>
  sampledExtrapolations({
    name: 'mean and variance of the output overlap of relu-DNN',
    stream: `li-saad-2020-${stream}`,
    cases: [
      {
        parameters: { p: probability, L: paper.layers },
        widths: [16, 32, 64, 128],
        powers: [0, 1, 2],
        request: (width, depth) => ({
          ensemble: pairsOf('relu', { widths: width, perturbation: rotationFor(probability) }),
          level: 'preactivations',
          observables: [{ kind: 'layers', field: 'pairOverlap', layers: [paper.layers] }],
          networks: depth === 'quick' ? 2000 : 15_000,
        }),
        measured: (summary, width) => {
          const { value, standardError, count } = varianceOf(summary, 0, 0)
          return [meanOf(summary, 0, 0), { value: width * value, standardError: width * standardError, count }]
        },
        predicted: (_, input) => {
          const maps = mapsOf(input, 'relu')
          return [
            maps ? typicalOverlap(maps, Math.sqrt(probability), paper.layers) : Number.NaN,
            1 / typicalCurvature(chainOf('relu', options)),
          ]
        },
        label: (k) => ['the mean overlap', 'N times the variance of the overlap'][k]!,
      },
    ],
  })

const binarisedEnsemble = pairsOf('sign', { perturbation: { kind: 'binarisation' } })
const binarisedLattice = sampledCounts({
  name: 'overlaps of sampled binarised sign networks',
  stream: 'li-saad-2020-binarisation',
  finiteWidth: 'the exact law at N = 64, of the binarised weights themselves',
  cases: () => [
    {
      parameters: { N: paper.width, L: paper.layers },
      request: {
        ensemble: binarisedEnsemble,
        level: 'collective',
        observables: [{ kind: 'lattice', field: 'pairOverlap' }],
        networks: paper.networks,
      },
      counts: (summary) => latticeCounts(summary, 0),
      probabilities: () => Array.from(exactLaw(binarisedEnsemble).logProbabilities, Math.exp),
      label: (k) => `the overlap ${latticeOf(paper.width)[k]}`,
    },
  ],
})

/** Exact laws of binarised and of diluted networks in the limit: they have the rates of the rotations that they stand for. */
const unified = directCheck('exact laws of the perturbed weights themselves, extrapolated', 'numeric', () => {
  const sizes = [32, 48, 64, 96, 128]
  const cases = [
    { perturbation: { kind: 'dilution', p: paper.dilution } as const, chain: chainOf('sign', diluted) },
    { perturbation: { kind: 'binarisation' } as const, chain: chainOf('sign', binarised) },
  ]
  const found = cases.map(({ perturbation, chain }) => {
    const { rate: limit, error } = overlapRate(
      { chain: (size) => overlapChain(pairsOf('sign', { widths: size, perturbation })), overlap: 0.5, sizes },
      { logarithm: 0.5 },
    )
    return { kind: perturbation.kind, limit, error, rate: ratesAt(chain, [0.5])[0]! }
  })
  const worst = found.reduce((a, b) => (Math.abs(b.limit - b.rate) > Math.abs(a.limit - a.rate) ? b : a))
  return {
    holds: found.every(({ limit, rate, error }) => Math.abs(limit - rate) < 1e-6 + 10 * error && error < 1e-4),
    summary: `rates at q^L = 1/2 of ${found.map((f) => `${f.kind} tend to ${f.limit.toPrecision(7)} (±${f.error.toExponential(0)}), of the rotation ${f.rate.toPrecision(7)}`).join('; of ')}`,
    witness: { at: { perturbation: worst.kind }, left: String(worst.rate), right: String(worst.limit) },
    numbers: { limits: found.map((f) => f.limit), rates: found.map((f) => f.rate) },
  }
})

export const figureThree = uses('fig-3', recursions, "typical overlaps at the figure's parameters")
export const figureFour = uses('fig-4', recursions, 'typical overlaps at the equivalent dilution')
export const figureFive = uses('fig-5', recursions, 'both recursions without rotation')

const inputMeans = sampledExpectations({
  name: 'mean output overlaps of sign-DNN',
  stream: 'li-saad-2020-sign-inputs',
  finiteWidth: 'the exact law at N = 64',
  cases: (depth) =>
    [2, 4, 8].flatMap((layers) =>
      [-0.5, 0.25, 0.75].map((overlap) => ({
        parameters: { L: layers, 'q^0': overlap },
        request: {
          ensemble: pairsOf('sign', { depth: layers, input: { flips: { kind: 'overlap', overlap } } }),
          level: 'collective' as const,
          observables: [{ kind: 'layers' as const, field: 'pairOverlap' as const, layers: [layers] }],
          networks: depth === 'quick' ? 4000 : 20_000,
        },
        measured: (summary) => [meanOf(summary, 0, 0)],
        predicted: () => [
          rotatedLaw(
            Array.from({ length: layers + 1 }, () => 64),
            0,
            overlap,
          ).mean,
        ],
        label: () => `the mean output overlap at L = ${layers} from q^0 = ${overlap}`,
      })),
    ),
})

const bottleneckLimit = directCheck('exact laws of networks with a bottleneck, extrapolated', 'numeric', () => {
  // A bottleneck of N/8 neurons wants wide networks before powers of 1/N show.
  const sizes = [256, 384, 512, 640, 768, 1024]
  const start = 0.5
  const found = [1, 2, 3].flatMap((layer) =>
    [-0.25, 0.25].map((overlap) => {
      const chain = (size: number) => ({
        widths: [0, 1, 2, 3, 4].map((l) => (l === layer ? size * bottleneckShare : size)),
        start,
        agreement: (_: number, q: number) => arcsineAgreement(q),
      })
      const { rate: limit } = overlapRate({ chain, overlap, sizes }, { logarithm: 0.5 })
      return { layer, overlap, limit, rate: ratesAt(bottleneckAt('sign', layer, start), [overlap])[0]! }
    }),
  )
  const worst = found.reduce((a, b) => (Math.abs(b.limit - b.rate) > Math.abs(a.limit - a.rate) ? b : a))
  const deviation = Math.abs(worst.limit - worst.rate)
  return {
    holds: deviation < 1e-8,
    summary: `-log P/N at q^L = -1/4 and 1/4 with the bottleneck at layers 1, 2 and 3 of sign-DNN tends to ${found.map((f) => f.limit.toPrecision(7)).join(', ')}, the rate functions to ${deviation.toExponential(0)}`,
    witness: {
      at: { layer: String(worst.layer), 'q^L': String(worst.overlap) },
      left: String(worst.rate),
      right: String(worst.limit),
    },
    numbers: { limits: found.map((f) => f.limit), deviation },
  }
})

/** Zero at the typical overlap alone; whether convex is told, since nothing in the paper asserts it. */
const shape = directCheck('shape of the rate functions', 'numeric', () => {
  const bent: string[] = []
  let least = Number.POSITIVE_INFINITY
  for (const architecture of architectures)
    for (const startOverlap of shownStarts) {
      const chain = chainOf(architecture, { startOverlap, layers: paper.layers })
      const centre = typicalEnd(chain)
      const ends = Array.from({ length: 25 }, (_, k) => -0.96 + 0.08 * k).filter((q) => Math.abs(q - centre) > 0.02)
      const points = rateCurve(chain, ends)
      // In units of the square of the distance, so that nearness to the zero does not count.
      for (const { end, rate } of points) least = Math.min(least, rate / (end - centre) ** 2)
      const violations = convexityViolations(points)
      if (violations.length > 0)
        bent.push(`${nameOf(architecture)} from q^0 = ${startOverlap} near q^L = ${violations.at(-1)![0].toFixed(2)}`)
    }
  return {
    holds: least > 0.05,
    summary: `positive away from the typical overlap, at least ${least.toPrecision(3)} times the distance squared at the points drawn; ${bent.length > 0 ? `not convex: ${bent.join('; ')}` : 'convex'}`,
    witness: { at: { L: '4' }, left: String(least), right: 'a positive number' },
    numbers: { least, notConvex: bent.length },
  }
})

export const confirmations = [
  confirm(figureThree, signLattice, rectifierMoments('dilution-moments', paper.dilution, diluted)),
  confirm(
    figureFour,
    binarisedLattice,
    unified,
    rectifierMoments('binarisation-moments', binarisationAsDilution, binarised),
  ),
  confirm(
    figureFive,
    inputMeans,
    sampledCorrelation([-captionStrength, 0, captionStrength], (c) => c),
  ),
  confirm('fig-6', shape, limitOfLaws, countedSides),
  confirm('fig-7', bottleneckLimit),
  confirm('fig-C.1', jointRate, shallowIsGood),
]
