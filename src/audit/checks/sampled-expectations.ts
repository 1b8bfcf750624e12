import type { Formula } from '../../expression/expression.js'
import { DomainError } from '../../expression/errors.js'
import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import { criticalZ, type Estimate, smallestDetectableDeviation } from '../../statistics/index.js'
import type { CheckInput, Depth, SampledCheck } from '../derivation.js'
import type { Evidence, Witness } from '../evidence.js'
import { samplingSignificance, statedPower } from '../significance.js'

/** Expectations of one ensemble, measured and predicted. */
export interface SampledCase {
  /** The parameters as the paper names them, for the report: `{ '\\sigma_w^2': 0.9, N: 200 }`. */
  readonly parameters: Readonly<Record<string, number>>
  readonly request: Omit<SimulationRequest, 'seed' | 'stream'>
  /** What was measured, with standard errors from independent networks. */
  readonly measured: (summary: ShardSummary) => readonly Estimate[]
  /** What the claimed formula says about the same numbers, in the same order. Throws DomainError where it says nothing. */
  readonly predicted: (claimed: Formula, input: CheckInput) => readonly number[]
  /** What the k-th number is. */
  readonly label: (k: number) => string
}

/** How a check by sampling is put together. */
export interface SampledExpectations {
  readonly name: string
  /** Names the random streams; two checks with the same stream and the same requests share their simulations. */
  readonly stream: string
  readonly cases: (depth: Depth) => readonly SampledCase[]
  /** How finite width is dealt with, for the report: a sampled check without an answer to that is none. */
  readonly finiteWidth: string
}

/**
 * Compares expectations over sampled networks with what the claimed formula predicts, all at once: refuted where any of
 * the deviations, in standard errors, exceeds what chance would exceed with probability `samplingSignificance` among
 * that many comparisons (Bonferroni). The evidence states the power: the smallest relative deviation of the
 * best-measured number that would be caught with probability 0.999, and of the worst-measured one.
 */
export function sampledExpectations({ name, stream, cases, finiteWidth }: SampledExpectations): SampledCheck {
  return {
    kind: 'sampled',
    name,
    simulations: ({ seed, depth }) => cases(depth).map(({ request }) => ({ ...request, seed, stream })),
    judge: (input, summaries) => judge(name, finiteWidth, cases(input.depth), input, summaries),
  }
}

interface Comparison {
  readonly z: number
  readonly estimate: Estimate
  readonly prediction: number
  readonly label: string
  readonly parameters: Readonly<Record<string, number>>
}

function judge(
  name: string,
  finiteWidth: string,
  cases: readonly SampledCase[],
  input: CheckInput,
  summaries: readonly ShardSummary[],
): Evidence {
  const comparisons = cases.flatMap((one, c): readonly Comparison[] => {
    const summary = summaries[c]
    if (!summary) throw new DomainError(`${name}: the simulation of case ${c} is missing`)
    const predictions = one.predicted(input.claimed, input)
    return one.measured(summary).map((estimate, k) => {
      const prediction = predictions[k] ?? Number.NaN
      return {
        z: (estimate.value - prediction) / estimate.standardError,
        estimate,
        prediction,
        label: one.label(k),
        parameters: one.parameters,
      }
    })
  })
  const networks = summaries.reduce((sum, { networks }) => sum + networks, 0)
  const undefinedOne = comparisons.find(({ z }) => !Number.isFinite(z))
  if (comparisons.length === 0 || undefinedOne)
    return {
      method: 'sampled',
      target: input.target,
      outcome: 'undecided',
      summary: `${name}: ${undefinedOne ? `no number for ${undefinedOne.label}` : 'nothing was compared'}`,
      witness: null,
      numbers: { networks, seed: input.seed },
    }
  const tests = comparisons.length
  const limit = criticalZ(samplingSignificance, tests)
  const worst = comparisons.reduce((a, b) => (Math.abs(b.z) > Math.abs(a.z) ? b : a))
  const detectable = comparisons.map(
    ({ estimate, prediction }) =>
      smallestDetectableDeviation({ standardError: estimate.standardError, alpha: samplingSignificance, power: statedPower, tests }) /
      (Math.abs(prediction) || 1),
  )
  const refuted = Math.abs(worst.z) > limit
  const digits = (x: number): string => x.toPrecision(6)
  const witness: Witness = {
    at: Object.fromEntries(Object.entries(worst.parameters).map(([key, value]) => [key, String(value)])),
    left: digits(worst.prediction),
    right: `${digits(worst.estimate.value)} ± ${worst.estimate.standardError.toPrecision(2)}`,
    note: `${worst.label}: predicted, and measured on ${worst.estimate.count} networks`,
  }
  return {
    method: 'sampled',
    target: input.target,
    outcome: refuted ? 'refuted' : 'holds',
    summary: refuted
      ? `${name}: ${worst.label} is ${digits(worst.estimate.value)} ± ${worst.estimate.standardError.toPrecision(2)}, predicted ${digits(worst.prediction)} (${worst.z.toFixed(1)} standard errors)`
      : `${name}: ${tests} numbers from ${networks} networks, largest deviation ${Math.abs(worst.z).toFixed(2)} standard errors (limit ${limit.toFixed(2)}); a deviation of ${(100 * Math.min(...detectable)).toPrecision(2)} % would be caught; ${finiteWidth}`,
    witness: refuted ? witness : null,
    numbers: {
      z: round(worst.z),
      limit: round(limit),
      comparisons: tests,
      networks,
      smallestDetectable: round(Math.min(...detectable)),
      largestDetectable: round(Math.max(...detectable)),
      power: statedPower,
      significance: samplingSignificance,
      seed: input.seed,
    },
  }
}

const round = (x: number): number => Number(x.toPrecision(4))
