import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary } from '../../network/index.js'
import { acceptedDeviations, detectableDeviation, type Estimate } from '../../statistics/index.js'
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

/** Where an expectation is claimed to lie; a missing end is open. */
export interface Bound {
  readonly least?: number
  readonly most?: number
}

/** Expectations of one ensemble and where they are claimed to lie. */
export interface BoundsCase extends SampledEnsemble {
  readonly measured: (summary: ShardSummary) => readonly Estimate[]
  /** One for each number measured, in the same order. */
  readonly bounds: (claimed: Formula, input: CheckInput) => readonly Bound[]
}

/** How a check of bounds is put together. */
export type SampledBounds = SampledParts<BoundsCase>

interface Found {
  readonly estimate: Estimate
  readonly bound: Bound
  readonly label: string
  readonly parameters: Readonly<Record<string, number>>
}

const among = ({ least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Bound): string =>
  most === Number.POSITIVE_INFINITY ? `at least ${least}` : least === Number.NEGATIVE_INFINITY ? `at most ${most}` : `from ${least} to ${most}` // biome-ignore format: one choice

/** A few numbers are told one by one; of many the first and the last. */
const toldOf = (texts: readonly string[]): string =>
  texts.length <= 4 ? texts.join('; ') : `${texts.length} numbers, ${texts[0]}, …, ${texts.at(-1)}`

/**
 * Assertions in words about sampled networks, put as bounds on expectations: each number has an interval at
 * `samplingSignificance` over the number of them (Bonferroni). Holds where every interval lies within its bounds, refuted
 * where one lies outside, undecided otherwise: more networks would tell.
 */
export function sampledBounds(given: SampledBounds): SampledCheck {
  const parts = checkedParts('sampledBounds', given, { ...ensembleKeys, measured: true, bounds: true })
  const { name, cases, finiteWidth } = parts
  return {
    kind: 'sampled',
    name,
    simulations: simulationsOf(parts),
    judge: (input, summaries) => {
      const found = cases(input.depth).flatMap((one, c): readonly Found[] => {
        const summary = summaries[c]
        if (!summary) throw new DomainError(`${name}: the simulation of case ${c} is missing`)
        const bounds = one.bounds(input.claimed, input)
        return one
          .measured(summary)
          .map((estimate, k) => ({ estimate, bound: bounds[k] ?? {}, label: one.label(k), parameters: one.parameters }))
      })
      return judged(name, finiteWidth, input, found, networksOf(summaries))
    },
  }
}

function judged(
  name: string,
  finiteWidth: string,
  input: CheckInput,
  found: readonly Found[],
  networks: number,
): ReturnType<SampledCheck['judge']> {
  const alpha = samplingSignificance / Math.max(1, found.length)
  const placed = found.map((one) => {
    const { value, standardError } = one.estimate
    const [lower, upper] = acceptedDeviations(one.estimate, alpha)
    const [from, to] = [value - upper * standardError, value - lower * standardError]
    const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = one.bound
    const inside = from >= least && to <= most
    const outside = to < least || from > most
    return { ...one, from, to, inside, outside }
  })
  const wrong = placed.find((one) => one.outside)
  const open = placed.find((one) => !one.inside)
  const base = { method: 'sampled' as const, target: input.target }
  const text = ({ label, estimate: { value, standardError }, bound }: Found): string =>
    `${label} is ${value.toPrecision(4)} ± ${standardError.toPrecision(2)}, claimed ${among(bound)}`
  const detectable = found.map(({ estimate }) => detectableDeviation(estimate, { alpha, power: statedPower }))
  const largest = Math.max(0, ...detectable)
  const outcome = found.length === 0 ? 'undecided' : wrong ? 'refuted' : open ? 'undecided' : 'holds'
  const told = wrong ?? open
  return {
    ...base,
    outcome,
    summary: told
      ? `${name}: ${text(told)}`
      : `${name}: ${toldOf(placed.map(text))}; numbers ${largest.toPrecision(2)} beyond a bound would be caught; ${finiteWidth}`,
    witness: wrong
      ? {
          at: Object.fromEntries(Object.entries(wrong.parameters).map(([key, value]) => [key, String(value)])),
          left: among(wrong.bound),
          right: `${wrong.estimate.value.toPrecision(6)} ± ${wrong.estimate.standardError.toPrecision(2)}`,
          note: `${wrong.label}: claimed, and measured on ${wrong.estimate.count} networks`,
        }
      : null,
    numbers: {
      comparisons: found.length,
      networks,
      largestDetectable: Number(largest.toPrecision(4)),
      power: statedPower,
      significance: samplingSignificance,
      seed: input.seed,
    },
  }
}
