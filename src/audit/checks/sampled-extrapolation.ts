import { DomainError } from '../../expression/errors.js'
import type { Formula } from '../../expression/expression.js'
import type { ShardSummary, SimulationRequest } from '../../network/index.js'
import { type Estimate, extrapolate } from '../../statistics/index.js'
import type { CheckInput, Depth, SampledCheck } from '../derivation.js'
import { judgeComparisons } from './judge-comparisons.js'
import { networksOf } from './sampled-expectations.js'

/** Numbers measured at several widths, whose limit of infinite width a claim predicts. */
export interface SampledExtrapolation {
  readonly name: string
  readonly stream: string
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

/** Extrapolates sampled expectations in powers of 1/N and compares the limits; the fit is in the evidence. */
export function sampledExtrapolation(check: SampledExtrapolation): SampledCheck {
  const { name, stream, widths, parameters, powers = [0, 1, 2] } = check
  return {
    kind: 'sampled',
    name,
    simulations: ({ seed, depth }) =>
      widths.map((width) => ({ ...check.request(width, depth), seed, stream: `${stream}/${width}` })),
    judge: (input, summaries) => {
      const measured = widths.map((width, w) => {
        const summary = summaries[w]
        if (!summary) throw new DomainError(`${name}: the simulation at width ${width} is missing`)
        return check.measured(summary, width)
      })
      const fits = check.predicted(input.claimed, input).map((prediction, k) => {
        const points = widths.map((size, w) => {
          const { value, standardError } = measured[w]![k]!
          return { size, value, error: standardError }
        })
        return { prediction, fit: extrapolate(points, { powers }), label: check.label(k) }
      })
      const scale = Math.max(...fits.map(({ prediction }) => Math.abs(prediction)))
      const comparisons = fits.map(({ prediction, fit, label }) => ({
        estimate: { value: fit.value, standardError: fit.error, count: networksOf(summaries) },
        prediction,
        label: `the limit of ${label}`,
        parameters,
        scale,
      }))
      const first = fits[0]?.fit
      return judgeComparisons({
        name,
        finiteWidth: `extrapolated from widths ${widths.join(', ')} in powers ${powers.join(', ')} of 1/N (chi^2 ${first?.fit.chiSquare.toPrecision(3) ?? '-'} for ${widths.length - powers.length} degree(s) of freedom)`,
        input,
        comparisons,
        networks: networksOf(summaries),
        numbers: {
          widths,
          coefficients: first?.fit.coefficients.map((c) => Number(c.toPrecision(6))) ?? [],
          chiSquare: Number((first?.fit.chiSquare ?? 0).toPrecision(4)),
        },
      })
    },
  }
}
