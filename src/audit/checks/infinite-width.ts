import type { Formula } from '../../expression/expression.js'
import { limitAtZero } from '../../numeric/neville.js'
import { refuseUnknownOptions } from '../arguments.js'
import type { CheckInput, DirectCheck } from '../derivation.js'
import type { Evidence } from '../evidence.js'

/** A quantity of networks that is known exactly at every width, and what a claim says of its limit. */
export interface InfiniteWidthCase {
  readonly parameters: Readonly<Record<string, number>>
  /** Exact values at finite width, in units in which the limit is finite. */
  readonly exact: (width: number) => readonly number[]
  /** What the claimed formula says that they tend to. */
  readonly predicted: (claimed: Formula, input: CheckInput) => readonly number[]
  readonly label: (k: number) => string
}

export interface InfiniteWidth {
  readonly name: string
  readonly cases: readonly InfiniteWidthCase[]
  /** Widths, growing. @defaultValue 4000 to 64000, doubling */
  readonly widths?: readonly number[]
  /** Whether the claim is itself one about the limit, so that it holds to leading order only. */
  readonly leadingOrder?: boolean
}

/** Relative agreement asked for beyond the extrapolation's own error estimate. */
const agreement = 1e-7

/**
 * Compares the limit of infinite width, extrapolated in 1/N from exact laws at several widths, with what the claimed
 * formula says; and measures the order of the finite-width correction, as the slope of log deviation against log N
 * between the two largest widths. No random numbers.
 */
export function infiniteWidth(options: InfiniteWidth): DirectCheck {
  refuseUnknownOptions('infiniteWidth', options, { name: true, cases: true, widths: true, leadingOrder: true })
  const { name, cases, widths = [4000, 8000, 16000, 32000, 64000], leadingOrder = false } = options
  for (const one of cases)
    refuseUnknownOptions(`a case of '${name}'`, one, { parameters: true, exact: true, predicted: true, label: true })
  return {
    kind: 'direct',
    name,
    run: (input): Evidence => {
      let worst = {
        excess: Number.NEGATIVE_INFINITY,
        relative: 0,
        label: '',
        limit: 0,
        prediction: 0,
        parameters: {} as Readonly<Record<string, number>>,
      }
      const orders: number[] = []
      let count = 0
      for (const one of cases) {
        const predictions = one.predicted(input.claimed, input)
        const values = widths.map(one.exact)
        // Numbers of one case are compared on one scale: a covariance far away is small beside that at no distance.
        const scale = Math.max(...predictions.map(Math.abs))
        predictions.forEach((prediction, k) => {
          const points = widths.map((width, w) => ({ x: 1 / width, y: values[w]![k]! }))
          const limit = limitAtZero(points)
          const relative = Math.abs(limit.value - prediction) / scale
          const allowed = agreement + (10 * limit.error) / scale
          count += 1
          if (!(relative - allowed <= worst.excess))
            worst = {
              excess: relative - allowed,
              relative,
              label: one.label(k),
              limit: limit.value,
              prediction,
              parameters: one.parameters,
            }
          const [a, b] = [points.at(-2)!, points.at(-1)!].map(({ y }) => Math.abs(y - limit.value))
          // A correction too small to see has no order.
          if (a! > 1e-10 * scale && b! > 1e-10 * scale)
            orders.push(Math.log(b! / a!) / Math.log(widths.at(-1)! / widths.at(-2)!))
        })
      }
      const order = orders.length > 0 ? orders.reduce((sum, x) => sum + x, 0) / orders.length : 0
      const base = { method: 'numeric' as const, target: input.target }
      if (count === 0 || Number.isNaN(worst.excess))
        return {
          ...base,
          outcome: 'undecided',
          summary: `${name}: the formula gave no number to compare`,
          witness: null,
          numbers: {},
        }
      const refuted = worst.excess > 0
      const numbers = {
        relativeDeviation: Number(worst.relative.toPrecision(3)),
        order: Number(order.toFixed(3)),
        comparisons: count,
      }
      return refuted
        ? {
            ...base,
            outcome: 'refuted',
            summary: `${name}: ${worst.label} tends to ${worst.limit.toPrecision(8)}, not to ${worst.prediction.toPrecision(8)}`,
            witness: {
              at: Object.fromEntries(Object.entries(worst.parameters).map(([key, value]) => [key, String(value)])),
              left: worst.prediction.toPrecision(12),
              right: worst.limit.toPrecision(12),
              note: `${worst.label}: claimed, and extrapolated in 1/N from the exact laws at widths ${widths.join(', ')}`,
            },
            numbers,
          }
        : {
            ...base,
            outcome: 'holds',
            summary: `${name}: ${count} limits of infinite width agree to ${worst.relative.toExponential(0)}; the finite-width correction goes as N^${order.toFixed(2)}`,
            witness: null,
            numbers,
            ...(leadingOrder ? { leadingOrder: true } : {}),
          }
    },
  }
}
