import {
  acceptedDeviations,
  detectableDeviation,
  type Estimate,
  estimateTest,
  withError,
} from '../../statistics/index.js'
import type { CheckInput } from '../derivation.js'
import type { Evidence } from '../evidence.js'
import { samplingSignificance, statedPower } from '../significance.js'

/** A measured number beside its prediction. */
export interface Comparison {
  readonly estimate: Estimate
  readonly prediction: number
  readonly label: string
  readonly parameters: Readonly<Record<string, number>>
  /**
   * The largest of the numbers that this one belongs with: a small one is measured as well as can be expected if its error
   * is small against them. @defaultValue the prediction
   */
  readonly scale?: number
}

interface Judged {
  readonly name: string
  readonly finiteWidth: string
  readonly input: CheckInput
  readonly comparisons: readonly Comparison[]
  readonly networks: number
  /** Further figures for the evidence. */
  readonly numbers: Evidence['numbers']
}

/**
 * Evidence from measured numbers and their predictions, all compared at once: refuted where any deviation has a p-value
 * (`estimateTest`) below `samplingSignificance` over the number of comparisons (Bonferroni). States the power: the
 * smallest deviation that would be caught with probability 0.999, of the best-measured number relative to its own
 * prediction, and of the worst relative to the largest of the numbers that it belongs with.
 */
export function judgeComparisons({ name, finiteWidth, input, comparisons, networks, numbers }: Judged): Evidence {
  const base = { method: 'sampled' as const, target: input.target }
  const missing = comparisons.find(
    ({ estimate, prediction }) => !Number.isFinite((estimate.value - prediction) / estimate.standardError),
  )
  if (comparisons.length === 0 || missing !== undefined)
    return {
      ...base,
      outcome: 'undecided',
      summary: `${name}: ${missing ? `no number for ${missing.label}` : 'nothing was compared'}`,
      witness: null,
      numbers: { networks, seed: input.seed },
    }
  const alpha = samplingSignificance / comparisons.length
  const judged = comparisons.map((comparison) => judgeOne(comparison, alpha))
  const worst = judged.reduce((a, b) => (moreExtreme(b, a) ? b : a))
  const { estimate, prediction, label, parameters } = worst.comparison
  const { statistic: z, limit } = worst
  const { smallest, largest } = power(judged)
  const measured = withError(estimate.value, estimate.standardError)
  const predicted = String(Number(prediction.toPrecision(6)))
  const refuted = worst.pValue < alpha
  const tests = comparisons.length
  return {
    ...base,
    outcome: refuted ? 'refuted' : 'holds',
    summary: refuted
      ? `${name}: ${label} is ${measured}, predicted ${predicted} (${z.toFixed(1)} standard errors)`
      : `${name}: ${tests} number${tests === 1 ? '' : 's'} from ${networks} networks, largest deviation ${Math.abs(z).toFixed(2)} standard errors (limit ${Math.abs(limit).toFixed(2)}); a deviation of ${(100 * smallest).toPrecision(2)} % would be caught; ${finiteWidth}`,
    witness: refuted
      ? {
          at: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
          left: predicted,
          right: measured,
          note: `${label}: predicted, and measured on ${estimate.count} networks`,
        }
      : null,
    tests: judged.map(({ comparison, statistic, pValue, detectable }) => ({
      label: comparison.label,
      prediction: comparison.prediction,
      deviation: statistic,
      pValue,
      detectable,
    })),
    numbers: {
      ...numbers,
      z: round(z),
      limit: round(Math.abs(limit)),
      pValue: round(worst.pValue),
      comparisons: tests,
      networks,
      smallestDetectable: round(smallest),
      largestDetectable: round(largest),
      power: statedPower,
      significance: samplingSignificance,
      seed: input.seed,
    },
  }
}

/** A comparison with its test at a level; the limit is that of the deviation's own side. */
function judgeOne(comparison: Comparison, alpha: number) {
  const { estimate, prediction } = comparison
  const { statistic, pValue } = estimateTest(estimate, prediction)
  const [lower, upper] = acceptedDeviations(estimate, alpha)
  return {
    comparison,
    statistic,
    pValue,
    limit: statistic < 0 ? lower : upper,
    detectable: detectableDeviation(estimate, { alpha, power: statedPower }),
  }
}

type JudgedOne = ReturnType<typeof judgeOne>

/** Detectable deviations of the best-measured number and of the worst. A prediction of zero has no relative deviation. */
function power(judged: readonly JudgedOne[]): { readonly smallest: number; readonly largest: number } {
  const scaleOf = ({ comparison: { prediction, scale = prediction } }: JudgedOne): number => Math.abs(scale) || 1
  const largest = Math.max(...judged.map((one) => one.detectable / scaleOf(one)))
  const own = judged.filter(({ comparison }) => comparison.prediction !== 0)
  const relative = own.map(({ detectable, comparison }) => detectable / Math.abs(comparison.prediction))
  return { smallest: relative.length > 0 ? Math.min(...relative) : largest, largest }
}

/** By p-value; far out, where those vanish, by the deviation itself. */
const moreExtreme = (a: JudgedOne, b: JudgedOne): boolean =>
  a.pValue < b.pValue || (a.pValue === b.pValue && Math.abs(a.statistic) > Math.abs(b.statistic))

const round = (x: number): number => Number(x.toPrecision(4))
