import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary } from '../../network/index.js'
import { binomialTwoSided } from '../../statistics/binomial.js'
import { smallestDetectableDeviation } from '../../statistics/index.js'
import type { CheckInput, SampledCheck } from '../derivation.js'
import { samplingSignificance, statedPower } from '../significance.js'
import {
  checkedParts,
  ensembleKeys,
  networksOf,
  type SampledEnsemble,
  type SampledParts,
  simulationsOf,
} from './sampled-check.js'

/** Events counted over sampled networks, and their probabilities. */
export interface CountsCase extends SampledEnsemble {
  /** How many networks showed each of the events. They need not exclude each other. */
  readonly counts: (summary: ShardSummary) => readonly number[]
  /** What the claim says about the events' probabilities, in the same order. */
  readonly probabilities: (claimed: Formula, input: CheckInput) => readonly number[]
}

/** How a check by counting is put together. */
export type SampledCounts = SampledParts<CountsCase>

interface Count {
  readonly count: number
  readonly networks: number
  readonly probability: number
  readonly label: string
  readonly parameters: Readonly<Record<string, number>>
}

/**
 * Counts events over sampled networks and compares with probabilities, by exact binomial tails: refuted where the
 * two-sided p-value of any count is below its share of `samplingSignificance` (Bonferroni). For rare events, where a
 * normal approximation would raise false alarms. States its power for the best-measured and the worst-measured event.
 */
export function sampledCounts(given: SampledCounts): SampledCheck {
  const parts = checkedParts('sampledCounts', given, { ...ensembleKeys, counts: true, probabilities: true })
  const { name, cases, finiteWidth } = parts
  return {
    kind: 'sampled',
    name,
    simulations: simulationsOf(parts),
    judge: (input, summaries) => {
      const counted = cases(input.depth).flatMap((one, c): readonly Count[] => {
        const summary = summaries[c]
        if (!summary) throw new DomainError(`${name}: the simulation of case ${c} is missing`)
        const probabilities = one.probabilities(input.claimed, input)
        return one.counts(summary).map((count, k) => ({
          count,
          networks: summary.networks,
          probability: probabilities[k] ?? Number.NaN,
          label: one.label(k),
          parameters: one.parameters,
        }))
      })
      return judged(name, finiteWidth, input, counted, networksOf(summaries))
    },
  }
}

function judged(
  name: string,
  finiteWidth: string,
  input: CheckInput,
  counted: readonly Count[],
  networks: number,
): ReturnType<SampledCheck['judge']> {
  const base = { method: 'sampled' as const, target: input.target }
  // An event that cannot happen has no p-value of its own, but must not have happened.
  const bad = counted.find(({ probability }) => !(probability >= 0 && probability <= 1))
  if (bad || counted.length === 0)
    return {
      ...base,
      outcome: bad ? 'refuted' : 'undecided',
      summary: `${name}: ${bad ? `${bad.label} has the probability ${bad.probability}` : 'nothing was counted'}`,
      witness: bad
        ? { at: texts(bad.parameters), left: String(bad.probability), right: 'a number from 0 to 1', note: bad.label }
        : null,
      numbers: { networks, seed: input.seed },
    }
  const tests = counted.length
  const level = samplingSignificance / tests
  const p = counted.map((c) => binomialTwoSided(c.count, c.networks, c.probability))
  const at = p.reduce((best, value, k) => (value < p[best]! ? k : best), 0)
  const worst = counted[at]!
  const detectable = counted
    .filter(({ probability }) => probability > 0 && probability < 1)
    .map(
      (c) =>
        smallestDetectableDeviation({
          standardError: Math.sqrt((c.probability * (1 - c.probability)) / c.networks),
          alpha: samplingSignificance,
          power: statedPower,
          tests,
        }) / c.probability,
    )
  const refuted = p[at]! < level
  const best = detectable.length > 0 ? Math.min(...detectable) : 1
  const expected = (worst.networks * worst.probability).toPrecision(4)
  return {
    ...base,
    outcome: refuted ? 'refuted' : 'holds',
    summary: refuted
      ? `${name}: ${worst.label} in ${worst.count} of ${worst.networks} networks, expected ${expected} (p = ${p[at]!.toExponential(1)})`
      : `${name}: ${tests} counts over ${networks} networks, least p-value ${p[at]!.toExponential(1)} (limit ${level.toExponential(1)}); a deviation of ${(100 * best).toPrecision(2)} % would be caught; ${finiteWidth}`,
    witness: refuted
      ? {
          at: texts(worst.parameters),
          left: String(worst.probability),
          right: `${worst.count}/${worst.networks}`,
          note: `${worst.label}: probability, and share of the networks`,
        }
      : null,
    numbers: {
      leastP: Number(p[at]!.toPrecision(3)),
      limit: level,
      comparisons: tests,
      networks,
      smallestDetectable: Number(best.toPrecision(4)),
      largestDetectable: Number((detectable.length > 0 ? Math.max(...detectable) : 1).toPrecision(4)),
      power: statedPower,
      significance: samplingSignificance,
      seed: input.seed,
    },
  }
}

const texts = (parameters: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)]))
