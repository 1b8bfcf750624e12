import { criticalZ, type Estimate, smallestDetectableDeviation } from '../../statistics/index.js'
import type { CheckInput } from '../derivation.js'
import type { Evidence } from '../evidence.js'
import { samplingSignificance, statedPower } from '../significance.js'

/** A measured number beside its prediction. */
export interface Comparison {
  readonly estimate: Pick<Estimate, 'value' | 'standardError' | 'count'>
  readonly prediction: number
  readonly label: string
  readonly parameters: Readonly<Record<string, number>>
  /** What a deviation is relative to, in the statement of power. @defaultValue the prediction */
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
 * Evidence from measured numbers and their predictions, all compared at once: refuted where any deviation, in standard
 * errors, exceeds what chance would exceed with probability `samplingSignificance` among that many comparisons
 * (Bonferroni). States the power: the smallest relative deviation that would be caught with probability 0.999, for the
 * best-measured number and for the worst.
 */
export function judgeComparisons({ name, finiteWidth, input, comparisons, networks, numbers }: Judged): Evidence {
  const base = { method: 'sampled' as const, target: input.target }
  const deviations = comparisons.map(
    ({ estimate, prediction }) => (estimate.value - prediction) / estimate.standardError,
  )
  const missing = deviations.findIndex((z) => !Number.isFinite(z))
  if (comparisons.length === 0 || missing >= 0)
    return {
      ...base,
      outcome: 'undecided',
      summary: `${name}: ${missing >= 0 ? `no number for ${comparisons[missing]!.label}` : 'nothing was compared'}`,
      witness: null,
      numbers: { networks, seed: input.seed },
    }
  const tests = comparisons.length
  const limit = criticalZ(samplingSignificance, tests)
  const at = deviations.reduce((best, z, k) => (Math.abs(z) > Math.abs(deviations[best]!) ? k : best), 0)
  const [z, worst] = [deviations[at]!, comparisons[at]!]
  const detectable = comparisons.map(
    ({ estimate: { standardError }, prediction, scale = prediction }) =>
      smallestDetectableDeviation({ standardError, alpha: samplingSignificance, power: statedPower, tests }) /
      (Math.abs(scale) || 1),
  )
  const measured = `${worst.estimate.value.toPrecision(6)} ± ${worst.estimate.standardError.toPrecision(2)}`
  const predicted = worst.prediction.toPrecision(6)
  const refuted = Math.abs(z) > limit
  return {
    ...base,
    outcome: refuted ? 'refuted' : 'holds',
    summary: refuted
      ? `${name}: ${worst.label} is ${measured}, predicted ${predicted} (${z.toFixed(1)} standard errors)`
      : `${name}: ${tests} number${tests === 1 ? '' : 's'} from ${networks} networks, largest deviation ${Math.abs(z).toFixed(2)} standard errors (limit ${limit.toFixed(2)}); a deviation of ${(100 * Math.min(...detectable)).toPrecision(2)} % would be caught; ${finiteWidth}`,
    witness: refuted
      ? {
          at: Object.fromEntries(Object.entries(worst.parameters).map(([key, value]) => [key, String(value)])),
          left: predicted,
          right: measured,
          note: `${worst.label}: predicted, and measured on ${worst.estimate.count} networks`,
        }
      : null,
    numbers: {
      ...numbers,
      z: round(z),
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
