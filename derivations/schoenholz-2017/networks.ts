/** What the paper's ensembles have in common, whatever the activation: sizes, parameters, exact laws, what is read off summaries. */

import type { Depth, Expression, FeedForwardEnsemble, ModePowerSummary, ScalarValues, ShardSummary } from 'corrigenda'
import { type CollectiveLaw, collectiveLaw } from 'corrigenda/network'

export const biasVariance = 0.01
export const paperDepth = 1024
export const paperWidth = 200
export const paperNetworks = 200
/** Layers that the paper analyses: the last half. */
export const paperWindow = 512

type Activation = 'linear' | 'relu'

export const networkOf =
  (activation: Activation) =>
  (weightVariance: number, widths = paperWidth, depth = paperDepth): FeedForwardEnsemble => ({
    kind: 'feed-forward',
    activation,
    widths,
    depth,
    weightVariance,
    biasVariance,
    // "A random input": one whose components have mean square one.
    input: { kind: 'normalised', squaredNorm: widths },
  })

export const scalars = (weightVariance: number, width = paperWidth): ScalarValues => ({
  weightStandardDeviation: Math.sqrt(weightVariance),
  biasStandardDeviation: Math.sqrt(biasVariance),
  width,
})

/** Parameters as a report shows them; those that are not given do not matter. */
export const shownParameters = (
  weightVariance: number,
  width?: number,
  depth?: number,
): Readonly<Record<string, number>> => ({
  '\\sigma_w^2': weightVariance,
  '\\sigma_b^2': biasVariance,
  ...(width === undefined ? {} : { N: width }),
  ...(depth === undefined ? {} : { L: depth }),
})

/** A function of a weight variance and a width that is computed once for each. */
export function remembered<T>(compute: (weightVariance: number, width: number) => T): typeof compute {
  const known = new Map<string, T>()
  return (weightVariance, width) => {
    const key = `${weightVariance} ${width}`
    const value = known.has(key) ? known.get(key)! : compute(weightVariance, width)
    known.set(key, value)
    return value
  }
}

/** The exact law at a width of the norm, or of r_+ for rectified networks. */
export const lawOf = (activation: Activation): ((weightVariance: number, width: number) => CollectiveLaw) =>
  remembered((weightVariance, width) => collectiveLaw({ activation, width, weightVariance, biasVariance }))

/** Stands for infinite width in ratios of exact laws; what it lacks is a millionth. */
export const wide = 1_000_000

/** Exact mean at a width over the mean at infinite width, both in units of sqrt(N). */
export const meanRatioOf =
  (lawAt: ReturnType<typeof lawOf>) =>
  (weightVariance: number, width: number): number =>
    lawAt(weightVariance, width).mean / Math.sqrt(width) / (lawAt(weightVariance, wide).mean / Math.sqrt(wide))

/** An observable that holds the powers of modes. */
export function modesOf(summary: ShardSummary, position = 0): ModePowerSummary {
  const observable = summary.observables[position]
  if (observable?.kind !== 'modePower') throw new TypeError(`observable ${position} is no mode power`)
  return observable
}

/** Networks by how thorough the audit is. */
export const networksAt = (depth: Depth, standard: number): number =>
  depth === 'quick' ? Math.max(200, Math.round(standard / 8)) : depth === 'full' ? 10 * standard : standard

/** Whether a quantity occurs in an expression. */
export const mentions = (e: Expression, quantity: string): boolean =>
  JSON.stringify(e, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)).includes(`"${quantity}"`)

/** Colours of the paper's weight variances, from the least to the greatest. */
export const colours: readonly string[] = ['#2166ac', '#4393c3', '#92c5de', '#969696', '#f4a582', '#d6604d', '#b2182b']
