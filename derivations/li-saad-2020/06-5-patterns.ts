/** Appendix C: overlaps averaged over several patterns that go through the same weights. */

import {
  confirm,
  type Depth,
  directCheck,
  type Estimate,
  type SampledCheck,
  type ShardSummary,
  sampledExtrapolations,
  withError,
} from 'corrigenda'
import { alignedBound, ratePoint, twoPatternChain } from 'corrigenda/theory'
import {
  type Architecture,
  chainOf,
  diluted,
  exactLaw,
  pairsOf,
  paper,
  ratesAt,
  rotationFor,
  varianceOf,
} from './results-quantities.js'

/** Networks of figure C1 through which M patterns go. */
export const patternsThrough = (architecture: Architecture, patterns: number, layers: number, width: number) =>
  pairsOf(architecture, { patterns, depth: layers, widths: width, perturbation: rotationFor(paper.dilution) })

/** Column of the output in a table of one layer. */
const output = 0

// ---- The scaling with the number of patterns, near the typical overlap -------------------------------------------------------

/**
 * M Var(q-tilde) / Var(q), the variances measured on networks of their own: one where (25) holds. For sign networks the
 * variance of one pattern is known exactly.
 */
const ratioOf = (summary: ShardSummary, patterns: number, single: Estimate | number): Estimate => {
  const several = varianceOf(summary, 0, output)
  const [value, error] = typeof single === 'number' ? [single, 0] : [single.value, single.standardError]
  const ratio = (patterns * several.value) / value
  return {
    value: ratio,
    standardError: ratio * Math.hypot(several.standardError / several.value, error / value),
    count: several.count,
  }
}

const signPatterns = 4
const scalingWidths = [16, 32, 64, 128]
/** M Var(q-tilde)/Var(q) of sign networks, extrapolated. */
const signScaling = sampledExtrapolations({
  name: `${signPatterns} times the variance over ${signPatterns} patterns over that of one, sign-DNN`,
  stream: 'li-saad-2020-sign-patterns',
  cases: [paper.layers].map((layers) => ({
    parameters: { L: layers, M: signPatterns },
    widths: scalingWidths,
    powers: [0, 1],
    request: (width: number, depth: Depth) => ({
      ensemble: patternsThrough('sign', signPatterns, layers, width),
      level: 'preactivations' as const,
      observables: [{ kind: 'layers' as const, field: 'meanPairOverlap' as const, layers: [layers] }],
      networks: depth === 'quick' ? 1500 : 5000,
    }),
    measured: (summary: ShardSummary, width: number) => [
      ratioOf(
        summary,
        signPatterns,
        exactLaw(pairsOf('sign', { depth: layers, widths: width, perturbation: rotationFor(paper.dilution) })).variance,
      ),
    ],
    predicted: () => [1],
    label: () => 'the ratio of the variances',
  })),
})

/**
 * For ReLU networks: two patterns' ratio measured at one width. The claim is that it is not one: what is predicted is that
 * the deviation is seen, so one is put to the test and must fail.
 */
const rectifierRatio = (
  name: string,
  layers: readonly number[],
  judge: (ratios: readonly Estimate[]) => { holds: boolean | null; summary: string },
): SampledCheck => {
  const requests = layers.map((depth) => ({
    ensemble: patternsThrough('relu', 2, depth, paper.width),
    level: 'preactivations' as const,
    observables: [
      { kind: 'layers' as const, field: 'meanPairOverlap' as const, layers: [depth] },
      { kind: 'layers' as const, field: 'pairOverlap' as const, layers: [depth] },
    ],
  }))
  return {
    kind: 'sampled',
    name,
    simulations: ({ seed }) =>
      requests.map((request, k) => ({
        ...request,
        // As many at every depth: fewer could not tell the ratios apart.
        networks: 30_000,
        seed,
        stream: `li-saad-2020-relu-patterns/${layers[k]}`,
      })),
    judge: (input, summaries) => {
      const ratios = summaries.map((summary) => ratioOf(summary, 2, varianceOf(summary, 1, output)))
      const { holds, summary } = judge(ratios)
      const shown = ratios.map(({ value, standardError }) => withError(value, standardError))
      return {
        method: 'sampled',
        target: input.target,
        outcome: holds === null ? 'undecided' : holds ? 'holds' : 'refuted',
        summary: `${name}: ${shown.join(', ')} at L = ${layers.join(', ')}; ${summary}`,
        witness:
          holds !== false
            ? null
            : {
                at: { N: String(paper.width), L: layers.join(', ') },
                left: 'ratio of the variances',
                right: shown.join(', '),
              },
        numbers: {
          ratios: ratios.map(({ value }) => value),
          standardErrors: ratios.map(({ standardError }) => standardError),
          networks: summaries.reduce((sum, { networks }) => sum + networks, 0),
          smallestDetectable: Number((8.3 * Math.min(...ratios.map((r) => r.standardError))).toPrecision(3)),
          seed: input.seed,
        },
      }
    },
  }
}
/** Beyond any chance that a false alarm in an audit may have. */
export const clear = 6
export const deepFails = rectifierRatio(
  'twice the variance over two patterns over that of one, relu-DNN',
  [4],
  ([four]) => ({
    holds: told(four!.value - 1, four!.standardError),
    summary: 'independent patterns would give one',
  }),
)
/** What "good" is taken to mean: a variance within a tenth. */
const good = 0.1
export const shallowIsGood = rectifierRatio(
  'twice the variance over two patterns over that of one, relu-DNN',
  [2, 4, 6],
  ([two, , six]) => {
    const near = told(good - Math.abs(two!.value - 1), two!.standardError / 2)
    const grows = told(six!.value - two!.value, Math.hypot(two!.standardError, six!.standardError))
    return {
      holds: near === false || grows === false ? false : near && grows,
      summary: 'the deviation from one grows with the depth',
    }
  },
)
/** Whether a number is above zero beyond any chance that an audit may take; null where that cannot be told. */
export function told(value: number, standardError: number): boolean | null {
  return value > clear * standardError ? true : value < -clear * standardError ? false : null
}

/** The joint rate of two patterns, all six of their overlaps free, and the cheapest alignment of more patterns. */
export const jointRate = directCheck('joint rate function of patterns that share the weights', 'numeric', () => {
  const correlation = Math.sqrt(1 - paper.dilution)
  const ends = [-0.6, -0.3, 0.2, 0.5, 0.8, 0.99]
  let worst = 0
  for (const layers of [2, paper.layers]) {
    const single = chainOf('sign', { ...diluted, layers })
    const pair = twoPatternChain({ layers, weightCorrelation: correlation })
    for (const end of ends) {
      const [twice, joint] = [2 * ratesAt(single, [end])[0]!, ratePoint(pair, end).rate]
      worst = Math.max(worst, Math.abs(joint - twice))
      if (!(Math.abs(joint - twice) < 1e-8))
        return {
          holds: false,
          summary: `two patterns reach ${end} at the rate ${joint}, twice the rate of one is ${twice}`,
          witness: { at: { L: String(layers), 'q-tilde': String(end) }, left: String(twice), right: String(joint) },
        }
    }
  }
  const bounds = [2, 4, 10].flatMap((patterns) =>
    [-0.9, 0.5, 1].map((end) => alignedBound(chainOf('sign', diluted), patterns, end)),
  )
  const cheaper = bounds.filter(({ aligned, independent }) => aligned < independent).length
  return {
    holds: cheaper === 0,
    summary: `that of two patterns, their six overlaps free, is twice that of one to ${worst.toExponential(0)} at L = 2 and 4; of 2, 4 and 10 patterns none is cheaper when they coincide from a hidden layer on (${cheaper} of ${bounds.length})`,
    witness: { at: {}, left: 'M times the rate of one', right: 'a lower rate by alignment' },
    numbers: { deviation: worst, cheaper },
  }
})

export const confirmations = [
  confirm('sec-4.1.scaling-sign', jointRate, signScaling),
  confirm('sec-4.1.scaling-rectifier', deepFails),
  confirm('sec-C.shallow', shallowIsGood),
]
