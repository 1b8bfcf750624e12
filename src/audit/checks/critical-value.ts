import { DomainError } from '../../expression/errors.js'
import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import {
  detectableDeviation,
  type Estimate,
  fitRoot,
  type ResponseModel,
  type RootFit,
} from '../../statistics/index.js'
import type { CheckInput, Depth, SampledCheck } from '../derivation.js'
import type { MeasuredValue } from '../evidence.js'
import { samplingSignificance, statedPower } from '../significance.js'
import { networksOf } from './sampled-check.js'

/**
 * The value of a positive parameter at which a response of networks vanishes as they grow infinitely wide: a weight variance,
 * say, at which lengths neither grow nor shrink. The response is measured at several values and widths, each by networks of
 * its own, and fitted in the logarithm of the parameter and in powers of 1/N.
 */
export interface CriticalValue {
  /** The parameter in the paper's LaTeX: `\sigma_w^2`. */
  readonly parameter: string
  /** What is measured and vanishes at the critical value: `the logarithm of the growth of the length a layer`. */
  readonly response: string
  /** Names the random streams; checks of one critical value share their simulations. */
  readonly stream: string
  /** Positive, on both sides of the critical value. Three or more where the fit has its default degree. */
  readonly values: readonly number[]
  /** At least three, so that the fit in 1/N has something to fail by. */
  readonly widths: readonly number[]
  readonly request: (value: number, width: number, depth: Depth) => Omit<SimulationRequest, 'seed' | 'stream'>
  readonly measured: (summary: ShardSummary, value: number, width: number) => Estimate
  /** The response as a function of the parameter's logarithm and the width. @defaultValue quadratic, and 1/N */
  readonly model?: ResponseModel
  /** Which layers are left out as a transient, and whatever else of finite depth matters, for the report. */
  readonly finiteDepth: string
}

/** One minus the confidence of the intervals that are told; claims are decided at `samplingSignificance`. */
export const toldLevel = 0.05

/** A fit is not believed where its misfit is less likely than this. */
const misfitLevel = 1e-4

/** A critical value as measured. */
export interface Measurement {
  readonly fit: RootFit
  readonly value: number
  readonly standardError: number
  /** The interval at a level, in the parameter itself; open ends are 0 and Infinity. */
  readonly interval: (alpha: number) => readonly [from: number, to: number]
  /** The smallest relative deviation of a claim that is caught with the stated power. */
  readonly detectable: (alpha: number) => number
  /** Why nothing is to be concluded from it; null where something is. */
  readonly obstacle: string | null
  readonly networks: number
}

/** The simulations of a critical value, each in a stream of its own. */
export const criticalSimulations = (
  { stream, values, widths, request }: CriticalValue,
  { seed, depth }: Pick<CheckInput, 'seed' | 'depth'>,
): ReturnType<SampledCheck['simulations']> =>
  values.flatMap((value, v) =>
    widths.map((width) => ({ ...request(value, width, depth), seed, stream: `${stream}/${v}/${width}` })),
  )

/**
 * The critical value from the summaries of its simulations. Throws DomainError where a simulation is missing, or where the
 * response has one sign over all values.
 */
export function measureCritical(critical: CriticalValue, summaries: readonly ShardSummary[]): Measurement {
  const { values, widths, measured, model, parameter } = critical
  for (const value of values)
    if (!(value > 0)) throw new DomainError(`${parameter} = ${value}: critical values of positive parameters alone`)
  const fit = fitRoot(
    values.flatMap((value, v) =>
      widths.map((size, w) => {
        const summary = summaries[v * widths.length + w]
        if (!summary) throw new DomainError(`the simulation at ${parameter} = ${value}, N = ${size} is missing`)
        return { at: Math.log(value), size, estimate: measured(summary, value, size) }
      }),
    ),
    model,
  )
  const value = Math.exp(fit.root.value)
  const interval: Measurement['interval'] = (alpha) => {
    const [from, to] = fit.interval(alpha)
    return [Math.exp(from), Math.exp(to)]
  }
  return {
    fit,
    value,
    standardError: value * fit.root.standardError,
    interval,
    detectable: (alpha) => Math.expm1(detectableDeviation(fit.root, { alpha, power: statedPower })),
    obstacle: obstacleOf(parameter, fit.misfit.pValue, interval(toldLevel)),
    networks: networksOf(summaries),
  }
}

function obstacleOf(parameter: string, misfit: number | null, [from, to]: readonly [number, number]): string | null {
  if (misfit !== null && misfit < misfitLevel)
    return `the response is no such function of ${parameter} and 1/N (misfit: p = ${misfit.toExponential(1)})`
  return from > 0 && Number.isFinite(to)
    ? null
    : `the interval of ${parameter} is open: take values farther apart, or more networks`
}

const rounded = (x: number, digits = 6): number => Number(x.toPrecision(digits))

/** The critical value of networks of a finite width, if it lies where it was measured. */
function atWidth({ fit }: Measurement, width: number): NonNullable<MeasuredValue['widths']> {
  try {
    const { value, standardError } = fit.rootAt(width)
    const critical = Math.exp(value)
    return [{ width, value: rounded(critical), standardError: rounded(critical * standardError, 3) }]
  } catch (error) {
    if (error instanceof DomainError) return []
    throw error
  }
}

/** The measured value with its intervals, for the evidence. */
export const measuredValue = ({ parameter, widths }: CriticalValue, found: Measurement): MeasuredValue => {
  const [from, to] = found.interval(toldLevel)
  const [least, most] = found.interval(samplingSignificance)
  return {
    quantity: parameter,
    value: rounded(found.value),
    standardError: rounded(found.standardError),
    interval: [rounded(from), rounded(to)],
    level: 1 - toldLevel,
    widths: widths.flatMap((width) => atWidth(found, width)),
    ...(least > 0 && Number.isFinite(most) ? { refutedOutside: [rounded(least), rounded(most)] as const } : {}),
  }
}

/** How the number came about, in a line of a report. */
export function howMeasured(critical: CriticalValue, { fit, networks }: Measurement): string {
  const { values, widths, response, finiteDepth, model = {} } = critical
  const { degree = 2, slope, sizePowers = [1] } = model
  const shape = slope === undefined ? `fitted to degree ${degree}` : `of known slope ${slope}`
  const { misfit } = fit
  return `where ${response} vanishes, of ${networks} networks at ${values.join(', ')}, ${shape} in the logarithm, extrapolated from widths ${widths.join(', ')} in powers ${sizePowers.join(', ')} of 1/N (chi^2 ${misfit.chiSquare.toPrecision(3)} for ${misfit.degreesOfFreedom} degrees of freedom${misfit.pValue === null ? '' : `, p = ${misfit.pValue.toPrecision(2)}`}); ${finiteDepth}`
}

/** Figures of the evidence. */
export const measuredNumbers = (found: Measurement, alpha: number, seed: number) => ({
  measured: rounded(found.value),
  standardError: rounded(found.standardError, 3),
  interval: found
    .interval(toldLevel)
    .map((x) => rounded(x))
    .filter(Number.isFinite),
  chiSquare: rounded(found.fit.misfit.chiSquare, 4),
  degreesOfFreedom: found.fit.misfit.degreesOfFreedom,
  networks: found.networks,
  smallestDetectable: rounded(found.detectable(alpha), 3),
  largestDetectable: rounded(found.detectable(alpha), 3),
  power: statedPower,
  significance: samplingSignificance,
  seed,
})
