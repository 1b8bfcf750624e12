import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import { gammaRatioDetectable, gammaRatioTest } from '../../statistics/index.js'
import type { CheckInput, Depth, SampledCheck } from '../derivation.js'
import { samplingSignificance, statedPower } from '../significance.js'
import { predictionsOf } from './predictions.js'
import { checkedParts, ensembleKeys, networksOf } from './sampled-check.js'

/** Mean powers of Gaussian Fourier modes over networks: `components` real ones (1 for q = 0 and pi, else 2) each. */
export interface ModePowers {
  readonly mean: number
  readonly count: number
  /** Real components of the amplitude; a number below it where the power fluctuates more than a Gaussian's. */
  readonly components: number
}

export interface SampledPowersCase {
  readonly parameters: Readonly<Record<string, number>>
  readonly request: Omit<SimulationRequest, 'seed' | 'stream'>
  readonly measured: (summary: ShardSummary) => readonly ModePowers[]
  /**
   * A larger ensemble on which to learn how much the powers fluctuate, where amplitudes are not Gaussian: effective
   * components 2 mean^2/variance, for each mode. It does not enter the comparison of means.
   */
  readonly fluctuations?: {
    readonly request: Omit<SimulationRequest, 'seed' | 'stream'>
    readonly components: (summary: ShardSummary) => readonly number[]
  }
  readonly predicted: (claimed: Formula, input: CheckInput) => readonly number[]
  readonly label: (k: number) => string
}

export interface SampledPowers {
  readonly name: string
  readonly stream: string
  readonly cases: (depth: Depth) => readonly SampledPowersCase[]
  readonly finiteWidth: string
}

/**
 * Compares the variances of many Fourier modes, each measured on few networks: the mean of M squared Gaussian amplitudes
 * over its expectation is chi-square with M or 2M degrees of freedom over that number, exactly; no normal approximation is
 * made. All modes at once (Bonferroni).
 */
export function sampledPowers(given: SampledPowers): SampledCheck {
  const { name, stream, cases, finiteWidth } = checkedParts<SampledPowersCase>('sampledPowers', given, {
    ...ensembleKeys,
    measured: true,
    fluctuations: true,
    predicted: true,
  })
  const predictions = predictionsOf()
  return {
    kind: 'sampled',
    name,
    simulations: ({ seed, depth }) => {
      const all = cases(depth)
      const learned = all.flatMap(({ fluctuations }) => (fluctuations ? [fluctuations.request] : []))
      return [
        ...all.map(({ request }, c) => ({ ...request, seed, stream: `${stream}/${c}` })),
        ...learned.map((request, c) => ({ ...request, seed, stream: `${stream}/fluctuations/${c}` })),
      ]
    },
    judge: (input, allSummaries) => {
      const all = cases(input.depth)
      const summaries = allSummaries.slice(0, all.length)
      const learned = allSummaries.slice(all.length)
      const withFluctuations = all.filter(({ fluctuations }) => fluctuations)
      const tested = all.flatMap((one, c) => {
        const summary = summaries[c]
        if (!summary) throw new DomainError(`${name}: the simulation of case ${c} is missing`)
        const predicted = predictions(input, c, one.predicted)
        const other = learned[withFluctuations.indexOf(one)]
        const effective = other && one.fluctuations?.components(other)
        return one.measured(summary).map(({ mean, count, components: gaussian }, k) => {
          const components = Math.min(gaussian, effective?.[k] ?? gaussian)
          const expected = predicted[k] ?? Number.NaN
          if (Number.isNaN(expected)) throw new DomainError(`${name}: no variance is predicted for ${one.label(k)}`)
          return {
            mean,
            count,
            expected,
            // A variance that is not positive cannot be measured.
            pValue: expected > 0 ? gammaRatioTest(mean, expected, count, { degreesPerPower: components }).pValue : 0,
            label: one.label(k),
            parameters: one.parameters,
            components,
          }
        })
      })
      const base = { method: 'sampled' as const, target: input.target }
      const networks = networksOf(summaries)
      const worst = tested.reduce((a, b) => (b.pValue < a.pValue ? b : a))
      const limit = samplingSignificance / tested.length
      const refuted = worst.pValue < limit
      const detectableOf = detectableDeviations(limit)
      const detectable = tested.map(({ count, components }) => detectableOf(count, components))
      const tests = tested.map(({ label, expected, pValue }, k) => ({
        label,
        prediction: expected,
        pValue,
        detectable: Math.abs(expected) * detectable[k]!,
      }))
      const ratio = worst.mean / worst.expected
      return {
        ...base,
        outcome: refuted ? 'refuted' : 'holds',
        summary: refuted
          ? `${name}: the variance of ${worst.label} is ${ratio.toPrecision(4)} times the predicted one (p = ${worst.pValue.toExponential(1)})`
          : `${name}: ${tested.length} variances from ${networks} networks, smallest p-value ${worst.pValue.toPrecision(2)} (limit ${limit.toExponential(1)}); a deviation of ${(100 * Math.min(...detectable)).toPrecision(2)} % of a single mode's variance would be caught; ${finiteWidth}`,
        witness: refuted
          ? {
              at: Object.fromEntries(Object.entries(worst.parameters).map(([key, value]) => [key, String(value)])),
              left: worst.expected.toPrecision(6),
              right: worst.mean.toPrecision(6),
              note: `variance of ${worst.label}: predicted, and measured on ${worst.count} networks`,
            }
          : null,
        tests,
        numbers: {
          pValue: Number(worst.pValue.toPrecision(3)),
          limit: Number(limit.toPrecision(3)),
          comparisons: tested.length,
          networks,
          smallestDetectable: Number(Math.min(...detectable).toPrecision(3)),
          largestDetectable: Number(Math.max(...detectable).toPrecision(3)),
          power: statedPower,
          significance: samplingSignificance,
          seed: input.seed,
        },
      }
    },
  }
}

/** Detectable relative deviations at a level; most modes share one. */
function detectableDeviations(alpha: number): (count: number, components: number) => number {
  const known = new Map<number, number>()
  return (count, components) => {
    const degrees = count * components
    const value =
      known.get(degrees) ?? gammaRatioDetectable(count, { alpha, power: statedPower }, { degreesPerPower: components })
    known.set(degrees, value)
    return value
  }
}
