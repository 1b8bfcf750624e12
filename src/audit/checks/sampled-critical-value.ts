import type { Formula } from '../../expression/expression.js'
import type { ShardSummary } from '../../network/index.js'
import { withError } from '../../statistics/index.js'
import type { CheckInput, SampledCheck } from '../derivation.js'
import type { Evidence, ValueBeside } from '../evidence.js'
import { samplingSignificance } from '../significance.js'
import {
  type CriticalValue,
  criticalSimulations,
  howMeasured,
  type Measurement,
  measureCritical,
  measuredNumbers,
  measuredValue,
  toldLevel,
} from './critical-value.js'
import { halfLastUnit, type NumberReading } from './printed-number.js'
import { claimedValue } from './values.js'

/** What is common to checks of critical values. */
interface CriticalParts {
  readonly name: string
  readonly critical: CriticalValue
  /** Numbers told beside the measured one, which do not judge it: closures, the exact limit. @defaultValue none */
  readonly beside?: readonly NumberReading[]
}

export interface SampledCriticalValue extends CriticalParts {
  /** The critical value that a claim states. @defaultValue the number on its last side */
  readonly claimed?: (claimed: Formula, input: CheckInput) => number
  /** Whether the claim is a rounded number, which stands for all that round to it, or an exact one. @defaultValue rounded */
  readonly digits?: 'rounded' | 'exact'
}

/**
 * A claimed critical value against sampled networks: measured with a confidence interval of its own, by networks at several
 * values of the parameter and several widths (see {@link CriticalValue}). Refuted where no number that rounds to the claimed
 * one lies in the interval at `samplingSignificance`. States the smallest relative deviation that would be caught.
 */
export function sampledCriticalValue(parts: SampledCriticalValue): SampledCheck {
  const { critical, claimed: claim, digits = 'rounded' } = parts
  return check(parts, (input, found) => {
    const stated = (claim ?? ((formula) => claimedValue(formula, input, {})))(input.claimed, input)
    if (!(stated > 0))
      return { outcome: 'refuted', told: `a critical value of ${stated} is claimed`, stated, half: 0, numbers: {} }
    const half = digits === 'exact' ? 0 : halfLastUnit(stated)
    const nearest = nearestWithin(stated, half, found)
    const { statistic, pValue } = found.fit.test(Math.log(nearest))
    const refuted = pValue < samplingSignificance
    const rounding = half > 1e-9 * stated ? ' within its digits' : ''
    return {
      outcome: refuted ? 'refuted' : 'holds',
      told: refuted
        ? `${stated}${rounding} is claimed, ${Math.abs(statistic).toFixed(1)} standard errors away`
        : `${stated} is claimed and lies there${rounding}; a claim ${(100 * found.detectable(samplingSignificance)).toPrecision(2)} % off would be caught`,
      stated,
      half,
      test: {
        label: `the critical value of ${critical.parameter}`,
        prediction: stated,
        pValue,
        detectable: found.detectable(samplingSignificance) * found.value + half,
        ...(half === 0 ? { deviation: statistic } : {}),
      },
      // A number inside the claimed one's digits is no distance away, but for rounding.
      numbers: {
        z: nearest === found.value ? 0 : Number(statistic.toPrecision(4)),
        pValue: Number(pValue.toPrecision(4)),
        comparisons: 1,
      },
    }
  })
}

/**
 * A measured critical value beside a number that does not claim to be it: that of an approximation, which is what it is
 * whatever networks do. Judges nothing, and so is always undecided; it tells how far the approximation is off.
 */
export function besideCriticalValue(parts: CriticalParts): SampledCheck {
  return check(parts, (input) => {
    const stated = claimedValue(input.claimed, input, {})
    return {
      outcome: 'undecided',
      told: `${stated} is an approximation's value: nothing here speaks for or against it`,
      stated,
      half: halfLastUnit(stated),
      numbers: {},
    }
  })
}

interface Judged {
  readonly outcome: Evidence['outcome']
  readonly told: string
  readonly stated: number
  /** By how much rounding may have changed it. */
  readonly half: number
  readonly test?: NonNullable<Evidence['tests']>[number]
  readonly numbers: Evidence['numbers']
}

function check(
  { name, critical, beside = [] }: CriticalParts,
  judge: (input: CheckInput, found: Measurement) => Judged,
): SampledCheck {
  return {
    kind: 'sampled',
    name,
    simulations: (input) => criticalSimulations(critical, input),
    judge: (input, summaries): Evidence => {
      const found = measureCritical(critical, summaries)
      const base = { method: 'sampled' as const, target: input.target }
      const numbers = measuredNumbers(found, samplingSignificance, input.seed)
      if (found.obstacle !== null)
        return { ...base, outcome: 'undecided', summary: `${name}: ${found.obstacle}`, witness: null, numbers }
      const { outcome, told, stated, half, test, numbers: further } = judge(input, found)
      const others = beside.map((reading) => ({ name: reading.name, value: reading.value(input) }))
      // A number as stated stands for all that round to it, where it is a rounded one.
      const values = [
        besideValue({ name: input.target, value: stated }, found, half),
        ...others.map((one) => besideValue(one, found)),
      ]
      const { parameter } = critical
      const measured = withError(found.value, found.standardError)
      const [from, to] = found.interval(toldLevel)
      return {
        ...base,
        outcome,
        summary: `${name}: measured ${parameter} = ${measured}, 95 % from ${from.toPrecision(5)} to ${to.toPrecision(5)}; ${told}; ${howMeasured(critical, found)}`,
        witness:
          outcome === 'refuted'
            ? {
                at: {},
                left: String(stated),
                right: measured,
                note: `the critical value of ${parameter}: claimed, and measured on ${found.networks} networks`,
              }
            : null,
        ...(test ? { tests: [test] } : {}),
        measured: { ...measuredValue(critical, found), beside: values },
        numbers: { ...numbers, ...further },
      }
    },
  }
}

/** The number nearest to the measured one of those that round to a stated one; positive. */
const nearestWithin = (stated: number, half: number, { value }: Measurement): number =>
  Math.min(Math.max(value, stated - half, stated * Number.EPSILON), stated + half)

/** A number beside the measured one: how far off, and whether networks leave room for it. */
const besideValue = ({ name, value }: { name: string; value: number }, found: Measurement, half = 0): ValueBeside => ({
  name,
  value,
  relative: Number((value / found.value - 1).toPrecision(3)),
  compatible: value > 0 && found.fit.test(Math.log(nearestWithin(value, half, found))).pValue >= samplingSignificance,
})

/** A number that a critical value lies above or below of. */
export interface OrderedNumber {
  readonly name: string
  readonly value: (input: CheckInput) => number
  readonly critical: CriticalValue
  /** Name of the premise that prints the number, where it is one of the paper's. */
  readonly premise?: string
}

export interface SampledCriticalOrder {
  readonly name: string
  readonly numbers: readonly OrderedNumber[]
  /** What a claim states, from the signs of each number less its critical value. @defaultValue the sign of the first */
  readonly stated?: (signs: readonly number[]) => number
}

/**
 * An assertion that numbers lie above or below critical values, against sampled networks: a sign is established where the
 * number lies outside of the critical value's interval at `samplingSignificance` over how many there are (Bonferroni). Holds or
 * is refuted where all signs are established, undecided otherwise: more networks would tell. What is printed is not refuted
 * where it would hold of the numbers that its premises print: then a number is wrong, which is for its own derivation to say,
 * and networks have no part in it.
 */
export function sampledCriticalOrder({ name, numbers, stated }: SampledCriticalOrder): SampledCheck {
  const criticals = [...new Set(numbers.map(({ critical }) => critical))]
  return {
    kind: 'sampled',
    name,
    simulations: (input) => criticals.flatMap((critical) => criticalSimulations(critical, input)),
    judge: (input, summaries): Evidence => {
      const found = measureAll(criticals, summaries)
      const alpha = samplingSignificance / numbers.length
      const placed = numbers.map((number) => {
        const measurement = found.get(number.critical)!
        const value = number.value(input)
        const { pValue } = measurement.fit.test(Math.log(value))
        const sign = signOf(value, measurement, alpha)
        return { ...number, measurement, value, sign, pValue }
      })
      const texts = placed.map(
        ({ name: what, value, sign, measurement, critical }) =>
          `${what}, ${value.toPrecision(6)}, ${sign === 0 ? 'is not told from' : sign > 0 ? 'lies above' : 'lies below'} the measured ${critical.parameter} = ${withError(measurement.value, measurement.standardError)}`,
      )
      const claimed = claimedValue(input.claimed, input, {})
      const open = placed.some(({ sign }) => sign === 0)
      const signed = stated ?? (([sign]: readonly number[]) => sign ?? Number.NaN)
      const measured = signed(placed.map(({ sign }) => sign))
      const agreesAsPrinted =
        input.target === 'printed' &&
        claimed === signed(placed.map((one) => signOf(asPrinted(one, input), one.measurement, alpha)))
      const byNumbers = !open && claimed !== measured && agreesAsPrinted
      const outcome = open || byNumbers ? 'undecided' : claimed === measured ? 'holds' : 'refuted'
      const judged = byNumbers
        ? '; with the numbers as they are printed networks agree, so that they do not refute it'
        : ''
      const networks = [...found.values()].reduce((sum, one) => sum + one.networks, 0)
      const detectable = Math.max(...placed.map(({ measurement }) => measurement.detectable(alpha)))
      return {
        method: 'sampled',
        target: input.target,
        outcome,
        summary: `${name}: ${texts.join('; ')}; a number ${(100 * detectable).toPrecision(2)} % off is told from it; ${networks} networks, extrapolated from widths ${[...new Set(criticals.flatMap(({ widths }) => widths))].join(', ')}${judged}`,
        witness:
          outcome === 'refuted'
            ? {
                at: {},
                left: String(claimed),
                right: String(measured),
                note: `claimed, and by sampled networks: ${texts.join('; ')}`,
              }
            : null,
        numbers: {
          comparisons: placed.length,
          networks,
          largestDetectable: Number(detectable.toPrecision(3)),
          pValue: Math.max(...placed.map(({ pValue }) => pValue)),
          significance: samplingSignificance,
          seed: input.seed,
        },
      }
    },
  }
}

/** On which side of a measured critical value a number lies; 0 where it is not told from it. */
function signOf(value: number, measurement: Measurement, alpha: number): number {
  if (measurement.obstacle !== null || !(measurement.fit.test(Math.log(value)).pValue < alpha)) return 0
  return Math.sign(value - measurement.value)
}

/** A number as its premise prints it; as computed where no premise does. */
function asPrinted(one: { readonly premise?: string; readonly value: number }, input: CheckInput): number {
  const formula = one.premise === undefined ? undefined : input.premisesAsPrinted?.[one.premise]
  return formula === undefined ? one.value : claimedValue(formula, input, {})
}

function measureAll(
  criticals: readonly CriticalValue[],
  summaries: readonly ShardSummary[],
): ReadonlyMap<CriticalValue, Measurement> {
  let used = 0
  return new Map(
    criticals.map((critical) => {
      const own = summaries.slice(used, used + critical.values.length * critical.widths.length)
      used += own.length
      return [critical, measureCritical(critical, own)]
    }),
  )
}
