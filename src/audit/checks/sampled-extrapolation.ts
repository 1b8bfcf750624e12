import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import { type Estimate, extrapolateEstimates } from '../../statistics/index.js'
import { refuseUnknownOptions } from '../arguments.js'
import type { CheckInput, Depth, SampledCheck } from '../derivation.js'
import { judgeComparisons } from './judge-comparisons.js'
import { predictionsOf } from './predictions.js'
import { networksOf } from './sampled-check.js'

/** Numbers measured at several widths, whose limit of infinite width a claim predicts. */
export interface ExtrapolationCase {
  readonly parameters: Readonly<Record<string, number>>
  readonly widths: readonly number[]
  readonly request: (width: number, depth: Depth) => Omit<SimulationRequest, 'seed' | 'stream'>
  /** In units in which the limit is finite. */
  readonly measured: (summary: ShardSummary, width: number) => readonly Estimate[]
  readonly predicted: (claimed: Formula, input: CheckInput) => readonly number[]
  readonly label: (k: number) => string
  /** Powers of 1/N in the fit. @defaultValue 0, 1, 2 */
  readonly powers?: readonly number[]
}

export interface SampledExtrapolation extends ExtrapolationCase {
  readonly name: string
  readonly stream: string
}

/** Several ensembles, extrapolated each by itself and judged together. */
export interface SampledExtrapolations {
  readonly name: string
  /** Names the random streams, one for each case and width. */
  readonly stream: string
  readonly cases: readonly ExtrapolationCase[]
}

/** Extrapolates sampled expectations in powers of 1/N and compares the limits; the fit is in the evidence. */
export function sampledExtrapolation(check: SampledExtrapolation): SampledCheck {
  refuseUnknownOptions('sampledExtrapolation', check, { name: true, stream: true, ...caseKeys })
  return extrapolation(check.name, [check], () => check.stream)
}

/** The same for several ensembles at once. */
export function sampledExtrapolations(check: SampledExtrapolations): SampledCheck {
  refuseUnknownOptions('sampledExtrapolations', check, { name: true, stream: true, cases: true })
  const { name, stream, cases } = check
  for (const one of cases) refuseUnknownOptions(`a case of '${name}'`, one, caseKeys)
  return extrapolation(name, cases, (c) => `${stream}/${c}`)
}

const caseKeys = {
  parameters: true, widths: true, request: true, measured: true, predicted: true, label: true, powers: true,
} as const // biome-ignore format: a list reads best as a list

function extrapolation(name: string, cases: readonly ExtrapolationCase[], stream: (c: number) => string): SampledCheck {
  const predictions = predictionsOf()
  return {
    kind: 'sampled',
    name,
    simulations: ({ seed, depth }) =>
      cases.flatMap((one, c) =>
        one.widths.map((width) => ({ ...one.request(width, depth), seed, stream: `${stream(c)}/${width}` })),
      ),
    judge: (input, summaries) => {
      let used = 0
      const fits = cases.flatMap((one, c) => {
        const own = summaries.slice(used, used + one.widths.length)
        used += one.widths.length
        return fitsOf(name, one, own, predictions(input, c, one.predicted))
      })
      const networks = networksOf(summaries)
      const comparisons = fits.map(({ prediction, fit, label, parameters, scale }) => ({
        estimate: fit.limit,
        prediction,
        label: `the limit of ${label}`,
        parameters,
        scale,
      }))
      const [first] = fits
      const { widths, powers = defaultPowers } = cases[0]!
      return judgeComparisons({
        name,
        finiteWidth: `extrapolated from widths ${widths.join(', ')} in powers ${powers.join(', ')} of 1/N (chi^2 ${first?.fit.fit.chiSquare.toPrecision(3) ?? '-'} for ${widths.length - powers.length} degree(s) of freedom)`,
        input,
        comparisons,
        networks,
        numbers: {
          widths,
          coefficients: first?.fit.fit.coefficients.map((c) => Number(c.toPrecision(6))) ?? [],
          chiSquare: Number((first?.fit.fit.chiSquare ?? 0).toPrecision(4)),
        },
      })
    },
  }
}

const defaultPowers: readonly number[] = [0, 1, 2]

/** The fitted limits of one ensemble's numbers beside what the claim predicts. */
function fitsOf(
  name: string,
  one: ExtrapolationCase,
  summaries: readonly ShardSummary[],
  predictions: readonly number[],
) {
  const { widths, parameters, powers = defaultPowers } = one
  const measured = widths.map((width, w) => {
    const summary = summaries[w]
    if (!summary) throw new DomainError(`${name}: the simulation at width ${width} is missing`)
    return one.measured(summary, width)
  })
  const scale = Math.max(...predictions.map(Math.abs))
  return predictions.map((prediction, k) => {
    const points = widths.map((size, w) => ({ size, estimate: measured[w]![k]! }))
    return { prediction, fit: extrapolateEstimates(points, { powers }), label: one.label(k), parameters, scale }
  })
}
